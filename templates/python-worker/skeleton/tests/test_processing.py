import logging
import tempfile
import threading
import time
import unittest
import unittest.mock
from collections.abc import Callable
from pathlib import Path

from tests.support.eventually import eventually
from worker.greetings import greet
from worker.messages import MAX_BODY_BYTES, InvalidMessageError, Json, Message
from worker.processing.backoff import backoff
from worker.processing.consumer import Consumer
from worker.processing.processor import Processor
from worker.queues.queue import Beginning, Delivery, QueueUnavailableError
from worker.queues.sqlite_queue import SqliteQueue, StoredMessage
from worker.readiness import Readiness
from worker.telemetry.tracer import Span, Tracer
from worker.telemetry.worker_metrics import WorkerMetrics

VISIBILITY = 0.4


class ProcessingTest(unittest.TestCase):
    def setUp(self) -> None:
        quick = unittest.mock.patch("worker.processing.consumer.WAIT_SECONDS", 0.02)
        quick.start()
        self.addCleanup(quick.stop)
        logging.disable()
        self.addCleanup(logging.disable, logging.NOTSET)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.queue = SqliteQueue(str(Path(folder.name, "q.db")), "greetings", VISIBILITY)
        self.addCleanup(self.queue.close)
        self.metrics = WorkerMetrics(system="sqlite", queue_name="greetings")
        self.readiness = Readiness()
        self.readiness.start()
        self.spans: list[Span] = []

    def test_a_message_is_greeted(self) -> None:
        self.consume(greet)
        done = self.put_and_wait('{"name": "Ada", "language": "fr"}')
        self.assertEqual(done.result, {"message": "Bonjour, Ada!", "language": "fr"})
        self.assertEqual((done.state, done.attempts), ("processed", 1))
        self.assertRegex(self.metrics.render(), r'age_count\{.*outcome="processed"\} 1\n')

    def test_a_message_that_is_not_valid_is_given_up_at_once(self) -> None:
        self.consume(greet)
        for body in ["", "{", "[]", "NaN", '{"name": ""}', '{"name": "A", "language": "xx"}']:
            with self.subTest(body=body):
                done = self.put_and_wait(body)
                self.assertEqual((done.state, done.attempts), ("dead", 1))
                self.assertRegex(done.reason or "", "^InvalidMessageError: ")
        large = self.put_and_wait(f'"{"a" * MAX_BODY_BYTES}"')
        self.assertRegex(large.reason or "", "more than 262144 bytes")
        deep = self.put_and_wait("[" * 100_000)
        self.assertEqual(deep.state, "dead")

    def test_a_failure_is_tried_again_until_it_works(self) -> None:
        failures = [ConnectionError("away"), TimeoutError("slow")]

        def handler(_: Json) -> Json:
            if failures:
                raise failures.pop(0)
            return "at last"

        self.consume(handler)
        done = self.put_and_wait("1")
        self.assertEqual((done.state, done.attempts, done.result), ("processed", 3, "at last"))
        metrics = self.metrics.render()
        for error in ("ConnectionError", "TimeoutError", ""):
            self.assertRegex(metrics, rf'duration_count\{{.*error_type="{error}"\}} 1\n')
        self.assertEqual(
            [span.attributes.get("error.type") for span in self.spans],
            ["ConnectionError", "TimeoutError", None],
        )

    def test_what_never_works_ends_among_the_dead(self) -> None:
        def handler(_: Json) -> Json:
            raise RuntimeError("never " * 1_000)

        self.consume(handler)
        done = self.put_and_wait("1")
        self.assertEqual((done.state, done.attempts), ("dead", 3))
        self.assertRegex(done.reason or "", "^RuntimeError: never")
        self.assertLessEqual(len(done.reason or ""), 500)
        self.assertRegex(self.metrics.render(), r'age_count\{.*outcome="dead"\} 1\n')

    def test_what_ended_the_process_each_time_is_not_begun_again(self) -> None:
        self.queue.put(Message("a", "1", time.time()))
        begun: list[Json] = []
        for _ in range(3):
            # As if the process had been killed
            eventually(lambda: self.queue.receive(1, 0.1))
        self.consume(lambda body: begun.append(body))
        done = self.wait_for("a")
        self.assertEqual((done.state, begun), ("dead", []))
        self.assertEqual(done.reason, "no end was seen of 3 attempts")

    def test_a_copy_is_left_out_and_one_under_way_elsewhere_put_off(self) -> None:
        answers = [Beginning.BUSY, Beginning.DONE]
        self.queue.begin = lambda delivery: answers.pop(0)
        begun: list[Json] = []
        self.consume(lambda body: begun.append(body))
        done = self.put_and_wait("1")
        self.assertEqual((done.attempts, begun), (2, []))
        self.assertRegex(self.metrics.render(), r'age_count\{.*outcome="duplicate"\} 1\n')

    def test_never_more_at_a_time_than_allowed_and_never_lost_while_under_way(self) -> None:
        gate = threading.Event()
        lock = threading.Lock()
        active, most, begun = 0, 0, 0

        def handler(_: Json) -> Json:
            nonlocal active, most, begun
            with lock:
                active, begun = active + 1, begun + 1
                most = max(most, active)
            gate.wait()
            with lock:
                active -= 1

        for number in range(6):
            self.queue.put(Message(f"m{number}", "1", time.time()))
        consumer = self.consume(handler)
        eventually(lambda: begun == 2)
        # Longer than a message is lent for: signs of life keep it
        other = SqliteQueue(self.path(), "greetings", VISIBILITY)
        self.addCleanup(other.close)
        end = time.monotonic() + VISIBILITY * 2
        taken: list[Delivery] = []
        while time.monotonic() < end:
            taken += other.receive(9, 0.05)
            other.extend(taken)
        self.assertEqual(sorted(d.message.id for d in taken), ["m2", "m3", "m4", "m5"])
        for delivery in taken:
            other.retry(delivery, 0, "")
        gate.set()
        for number in range(6):
            self.assertEqual(self.wait_for(f"m{number}").state, "processed")
        self.assertEqual((most, begun), (2, 6))
        consumer.stop()
        self.assertEqual(consumer.drain(5), 0)

    def test_stopping_takes_nothing_more_and_says_what_is_cut_off(self) -> None:
        gate = threading.Event()
        self.addCleanup(gate.set)
        began = threading.Event()

        def handler(_: Json) -> Json:
            began.set()
            gate.wait()

        consumer = self.consume(handler)
        self.queue.put(Message("a", "1", time.time()))
        began.wait(5)
        consumer.stop()
        self.assertEqual(consumer.drain(0.05), 1)
        self.queue.put(Message("b", "1", time.time()))
        gate.set()
        self.assertEqual(self.wait_for("a").state, "processed")
        # Whether or not it was on its way when the worker stopped
        left = eventually(
            lambda: self.queue.find("b"),
            lambda found: found is not None and found.state == "waiting",
        )
        self.assertEqual(left and left.attempts, 0)

    def test_a_queue_that_is_away_makes_it_unready_until_it_answers(self) -> None:
        receive, state = self.queue.receive, self.queue.state
        away = True

        def unless_away(ask: Callable[[], object]) -> object:
            if away:
                raise QueueUnavailableError("away")
            return ask()

        self.queue.receive = lambda limit, wait: unless_away(lambda: receive(limit, wait))  # pyright: ignore
        self.queue.state = lambda: unless_away(state)  # pyright: ignore
        self.consume(greet)
        self.assertFalse(self.readiness.ready)
        self.assertNotIn("messaging_queue_messages{", self.metrics.render())
        away = False
        eventually(lambda: self.readiness.ready)
        self.assertEqual(self.put_and_wait('{"name": "Ada"}').state, "processed")

    def test_what_cannot_be_settled_comes_again(self) -> None:
        complete = self.queue.complete
        failures = [QueueUnavailableError("away")]

        def once_away(delivery: Delivery, result: Json) -> None:
            if failures:
                raise failures.pop()
            complete(delivery, result)

        self.queue.complete = once_away
        self.consume(greet)
        done = self.put_and_wait('{"name": "Ada"}')
        self.assertEqual((done.state, done.attempts), ("processed", 2))

    def test_pauses_grow_up_to_a_limit_and_differ(self) -> None:
        self.assertTrue(0.5 <= backoff(1, 1, 60) <= 1)
        self.assertTrue(4 <= backoff(4, 1, 60) <= 8)
        self.assertTrue(30 <= backoff(5_000, 1, 60) <= 60)
        self.assertGreater(len({backoff(3, 1, 60) for _ in range(20)}), 1)

    def path(self) -> str:
        [(_, _, path)] = self.queue._database.execute("PRAGMA database_list")  # pyright: ignore
        return path

    def consume(self, handler: Callable[[Json], Json]) -> Consumer:
        processor = Processor(
            handler=handler,
            queue=self.queue,
            tracer=Tracer(self.spans.append),
            metrics=self.metrics,
            max_attempts=3,
            retry_delay=0.01,
            visibility_timeout=VISIBILITY,
        )
        consumer = Consumer(
            queue=self.queue,
            processor=processor,
            metrics=self.metrics,
            readiness=self.readiness,
            concurrency=2,
            visibility_timeout=VISIBILITY,
        )
        consumer.start()
        self.addCleanup(consumer.drain, 5)
        self.addCleanup(consumer.stop)
        return consumer

    def put_and_wait(self, body: str) -> StoredMessage:
        message = Message(f"m{time.monotonic_ns()}", body, time.time())
        self.queue.put(message)
        return self.wait_for(message.id)

    def wait_for(self, message_id: str) -> StoredMessage:
        found = eventually(
            lambda: self.queue.find(message_id),
            lambda stored: stored is not None and stored.state in ("processed", "dead"),
        )
        assert found is not None
        return found


class InvalidMessageTest(unittest.TestCase):
    def test_ids_are_text_of_some_length(self) -> None:
        for message_id in ["", "a" * 201, "a\nb"]:
            with self.subTest(message_id=message_id[:5]):
                message = Message(message_id, "1", 0)
                self.assertRaises(InvalidMessageError, message.read)
