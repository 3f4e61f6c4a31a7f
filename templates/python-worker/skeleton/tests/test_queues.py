"""What every queue promises, held against each of them."""

import tempfile
import time
import unittest
import unittest.mock
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.support.eventually import eventually
from tests.support.redis_server import RedisServer, needs_redis
from worker.messages import InvalidMessageError, Message
from worker.queues.queue import Beginning, Delivery, Queue, QueueUnavailableError
from worker.queues.redis_address import RedisAddress
from worker.queues.redis_client import RedisClient
from worker.queues.redis_queue import RedisQueue
from worker.queues.sqlite_queue import QueueFullError, SqliteQueue
from worker.telemetry.trace_context import SpanContext

VISIBILITY = 0.3


class QueuePromises:
    """Mixed into a test case for each kind of queue."""

    class Promises(unittest.TestCase):
        """Within a class, so that it is not run by itself."""

        def open(self) -> Queue:
            """Another one of those who share the queue."""
            raise NotImplementedError

        def put(self, message: Message) -> None:
            """As a producer does."""
            raise NotImplementedError

        def take(self, queue: Queue, count: int = 1) -> Sequence[Delivery]:
            """Exactly so many."""
            taken: list[Delivery] = []
            eventually(lambda: taken.extend(queue.receive(9, 0.05)) or len(taken) >= count)
            self.assertEqual(len(taken), count)
            return taken

        def assert_nothing_left(self, queue: Queue) -> None:
            """Neither now nor after the time a message is lent for."""
            state = queue.state()
            self.assertEqual((state.waiting, state.pending, state.oldest_age), (0, 0, 0))
            self.assertEqual(queue.receive(9, VISIBILITY * 1.5), [])

        def test_a_message_comes_once_and_as_it_was(self) -> None:
            queue = self.open()
            self.assertEqual(queue.receive(1, 0), [])
            context = SpanContext.below(None)
            message = Message(
                "a", '{"name": "Ærøskøbing"}', time.time(), context.traceparent, "x=1"
            )
            self.put(message)
            self.assertEqual(queue.state().waiting, 1)
            [delivery] = self.take(queue)
            self.assertAlmostEqual(delivery.message.put_at, message.put_at, delta=5)
            got = delivery.message
            self.assertEqual(
                (got.id, got.body, got.traceparent, got.tracestate),
                (message.id, message.body, message.traceparent, message.tracestate),
            )
            self.assertEqual(delivery.attempt, 1)
            self.assertEqual(queue.begin(delivery), Beginning.PROCESS)
            state = queue.state()
            self.assertEqual((state.waiting, state.pending, state.dead), (0, 1, 0))
            self.assertGreater(state.oldest_age, 0)
            queue.complete(delivery, {"done": True})
            self.assert_nothing_left(queue)

        def test_never_more_than_asked_for(self) -> None:
            queue = self.open()
            queue.receive(1, 0)
            for number in range(5):
                self.put(Message(f"m{number}", "1", time.time()))
            first = queue.receive(2, 1)
            self.assertEqual([delivery.message.id for delivery in first], ["m0", "m1"])
            for delivery in [*first, *self.take(queue, 3)]:
                queue.complete(delivery, None)
            self.assert_nothing_left(queue)

        def test_a_message_put_off_comes_again_and_counts_its_attempts(self) -> None:
            queue, other = self.open(), self.open()
            queue.receive(1, 0)
            self.put(Message("a", "1", time.time()))
            [delivery] = self.take(queue)
            queue.begin(delivery)
            queue.retry(delivery, 0.1, "not yet")
            self.assertEqual(other.receive(9, 0), [])
            [again] = self.take(other)
            self.assertEqual(again.attempt, 2)
            self.assertEqual(other.begin(again), Beginning.PROCESS)
            other.complete(again, None)
            self.assert_nothing_left(other)

        def test_messages_given_back_are_taken_by_others_as_if_nothing_had_been(self) -> None:
            queue, other = self.open(), self.open()
            queue.receive(1, 0)
            self.put(Message("a", "1", time.time()))
            self.put(Message("b", "1", time.time()))
            queue.give_back(self.take(queue, 2))
            again = self.take(other, 2)
            self.assertEqual([delivery.attempt for delivery in again], [1, 1])
            for delivery in again:
                other.complete(delivery, None)
            self.assert_nothing_left(other)

        def test_who_gives_no_sign_of_life_loses_the_message_to_another(self) -> None:
            dead, other = self.open(), self.open()
            dead.receive(1, 0)
            self.put(Message("a", "1", time.time()))
            [lost] = self.take(dead)
            dead.begin(lost)
            [taken_over] = self.take(other)
            self.assertEqual((taken_over.message.id, taken_over.attempt), ("a", 2))
            self.assertEqual(other.begin(taken_over), Beginning.PROCESS)
            other.complete(taken_over, None)
            self.assert_nothing_left(other)

        def test_who_gives_signs_of_life_keeps_the_message(self) -> None:
            queue, other = self.open(), self.open()
            queue.receive(1, 0)
            self.put(Message("a", "1", time.time()))
            deliveries = self.take(queue)
            end = time.monotonic() + VISIBILITY * 3
            while time.monotonic() < end:
                queue.extend(deliveries)
                self.assertEqual(other.receive(9, VISIBILITY / 6), [])
            queue.complete(deliveries[0], None)
            self.assert_nothing_left(other)

        def test_a_message_that_is_given_up_is_kept_among_the_dead(self) -> None:
            queue = self.open()
            queue.receive(1, 0)
            self.put(Message("a", "no JSON", time.time()))
            [delivery] = self.take(queue)
            queue.begin(delivery)
            queue.bury(delivery, "it is no JSON")
            self.assertEqual(queue.state().dead, 1)
            self.assert_nothing_left(queue)


class SqliteQueueTest(QueuePromises.Promises):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name, "of/its/own/queue.db")

    def open(self) -> SqliteQueue:
        queue = SqliteQueue(str(self.path), "greetings", VISIBILITY)
        self.addCleanup(queue.close)
        return queue

    def put(self, message: Message) -> None:
        self.open().put(message)

    def test_an_id_is_one_message(self) -> None:
        queue = self.open()
        self.assertTrue(queue.put(Message("a", "1", time.time()))[1])
        known, is_new = queue.put(Message("a", "2", time.time()))
        self.assertEqual((known.state, is_new), ("waiting", False))
        [delivery] = self.take(queue)
        self.assertEqual(delivery.message.body, "1")
        queue.complete(delivery, {"greeting": "Hello"})
        kept = self.open().find("a")
        self.assertEqual(kept and (kept.state, kept.result), ("processed", {"greeting": "Hello"}))
        self.assertIsNone(queue.find("b"))

    def test_whoever_lost_a_message_settles_nothing(self) -> None:
        slow, other = self.open(), self.open()
        self.put(Message("a", "1", time.time()))
        [lost] = self.take(slow)
        [taken_over] = self.take(other)
        slow.bury(lost, "too late")
        slow.retry(lost, 0, "too late")
        other.complete(taken_over, "result")
        found = other.find("a")
        self.assertEqual(found and (found.state, found.attempts), ("processed", 2))

    def test_too_many_are_refused(self) -> None:
        queue = self.open()
        with unittest.mock.patch("worker.queues.sqlite_queue.MAX_OPEN", 1):
            queue.put(Message("a", "1", time.time()))
            self.assertRaises(QueueFullError, queue.put, Message("b", "1", time.time()))

    def test_a_file_that_cannot_be_opened_is_named(self) -> None:
        self.path.parent.mkdir(parents=True)
        self.path.write_text("this is no database, and longer than the head of one " * 9)
        self.assertRaisesRegex(QueueUnavailableError, "queue.db cannot be opened", self.open)


@needs_redis
class RedisQueueTest(QueuePromises.Promises):
    server: RedisServer

    @classmethod
    def setUpClass(cls) -> None:
        cls.server = RedisServer()
        cls.addClassCleanup(cls.server.remove)

    def setUp(self) -> None:
        self.client = RedisClient(RedisAddress.parse(self.server.url))
        self.addCleanup(self.client.close)
        self.client.command("FLUSHALL")

    def open(self) -> RedisQueue:
        queue = RedisQueue(RedisAddress.parse(self.server.url), "greetings", "workers", VISIBILITY)
        # Two of one process are two
        queue._consumer += f"-{id(queue)}"  # pyright: ignore[reportPrivateUsage]
        self.addCleanup(queue.close)
        return queue

    def put(self, message: Message) -> None:
        self.client.command(
            *("XADD", "greetings", "*", "id", message.id, "body", message.body),
            *("traceparent", message.traceparent, "tracestate", message.tracestate),
        )

    def test_a_copy_of_a_message_is_told_from_a_further_attempt(self) -> None:
        queue = self.open()
        queue.receive(1, 0)
        for _ in range(3):
            self.put(Message("a", "1", time.time()))
        first, second, third = self.take(queue, 3)
        self.assertEqual(queue.begin(first), Beginning.PROCESS)
        self.assertEqual(queue.begin(second), Beginning.BUSY)
        queue.complete(first, None)
        # Too late, and without effect on what is known of the id
        queue.extend([first])
        queue.retry(second, 0, "")
        lives = self.client.command("PTTL", "greetings.done.a")
        self.assertTrue(isinstance(lives, int) and lives > 60_000, lives)
        self.assertEqual(queue.begin(second), Beginning.DONE)
        queue.discard(second)
        self.assertEqual(queue.begin(third), Beginning.DONE)
        queue.discard(third)
        self.assert_nothing_left(queue)

    def test_the_dead_say_why_and_may_be_put_in_again(self) -> None:
        queue = self.open()
        queue.receive(1, 0)
        self.put(Message("a", "1", time.time()))
        [delivery] = self.take(queue)
        queue.begin(delivery)
        queue.bury(delivery, "no luck")
        [[_, fields]] = self._entries("greetings.dead")
        self.assertEqual(
            fields[:2] + fields[8:12],
            [*map(str.encode, ("id", "a", "reason", "no luck", "attempts", "1"))],
        )
        self.put(delivery.message)
        [again] = self.take(queue)
        self.assertEqual(queue.begin(again), Beginning.PROCESS)

    def test_a_message_without_id_and_body_is_delivered_all_the_same(self) -> None:
        queue = self.open()
        queue.receive(1, 0)
        self.client.command("XADD", "greetings", "*", "something", "else")
        [delivery] = self.take(queue)
        self.assertEqual((delivery.message.id, delivery.message.body), (delivery.receipt, ""))

    def test_what_is_too_large_is_not_valid_and_holds_up_nothing(self) -> None:
        queue = self.open()
        queue.receive(1, 0)
        large = 17 * 1024 * 1024
        self.put(Message("large", "x" * large, time.time()))
        self.put(Message("i" * large, "1", time.time()))
        self.client.command("XADD", "greetings", "*", *["x"] * 150_000, "body", "1")
        self.put(Message("next", "1", time.time()))
        # They are asked for, too, when somebody takes them over
        self.take(queue, 4)
        deliveries = self.take(queue, 4)
        for delivery in deliveries[:3]:
            self.assertRaises(InvalidMessageError, delivery.message.read)
            self.assertEqual(queue.begin(delivery), Beginning.PROCESS)
            queue.bury(delivery, "too large")
        self.assertEqual(deliveries[3].message.read(), 1)
        queue.complete(deliveries[3], None)
        self.assertEqual(queue.state().dead, 3)
        self.assert_nothing_left(queue)

    def test_messages_from_before_the_first_worker_count(self) -> None:
        self.put(Message("early", "1", time.time()))
        [delivery] = self.take(self.open())
        self.assertEqual(delivery.message.id, "early")

    def test_goes_on_after_redis_was_away_and_has_forgotten_everything(self) -> None:
        server = RedisServer()
        self.addCleanup(server.remove)
        queue = RedisQueue(RedisAddress.parse(server.url), "greetings", "workers", VISIBILITY)
        self.addCleanup(queue.close)
        queue.receive(1, 0)
        queue.state()
        server.stop()
        for ask in _all_questions(queue):
            self.assertRaises(QueueUnavailableError, ask)
        server.start()
        client = RedisClient(RedisAddress.parse(server.url))
        self.addCleanup(client.close)
        client.command("XADD", "greetings", "*", "id", "a", "body", "1")
        self.assertEqual(self.take(queue)[0].message.id, "a")

    def test_a_key_of_another_kind_is_a_queue_that_does_not_answer(self) -> None:
        self.client.command("SET", "greetings", "a text")
        queue = self.open()
        for ask in (lambda: queue.receive(1, 0), queue.state):
            self.assertRaisesRegex(QueueUnavailableError, "WRONGTYPE", ask)

    def test_a_wrong_password_is_said_and_not_repeated(self) -> None:
        url = self.server.url.replace(self.server.password, "guessed")
        queue = RedisQueue(RedisAddress.parse(url), "greetings", "workers", VISIBILITY)
        self.addCleanup(queue.close)
        with self.assertRaisesRegex(QueueUnavailableError, "WRONGPASS") as caught:
            queue.receive(1, 0)
        self.assertNotIn("guessed", str(caught.exception))
        self.assertNotIn("guessed", repr(RedisAddress.parse(url)))

    def _entries(self, stream: str) -> list[list[list[bytes]]]:
        reply = self.client.command("XRANGE", stream, "-", "+")
        self.assertIsInstance(reply, list)
        return reply  # pyright: ignore[reportReturnType] (what XRANGE replies)


def _all_questions(queue: Queue) -> list[Callable[[], object]]:
    delivery = Delivery(Message("a", "1", 0), 1, "1-1")
    return [
        lambda: queue.receive(1, 0),
        lambda: queue.begin(delivery),
        lambda: queue.complete(delivery, None),
        lambda: queue.retry(delivery, 0, ""),
        lambda: queue.bury(delivery, ""),
        queue.state,
    ]
