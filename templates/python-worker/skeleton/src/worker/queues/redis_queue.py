"""A queue in Redis Streams (Redis 6.2 or newer), shared by all instances."""

import json
import os
import socket
import time
from collections.abc import Sequence

from worker.messages import MAX_ID_LENGTH, Json, Message
from worker.queues.queue import Beginning, Delivery, QueueState, QueueUnavailableError
from worker.queues.redis_address import RedisAddress
from worker.queues.redis_client import Command, RedisClient
from worker.queues.resp import RedisError, Reply

DEAD_MESSAGES = 10_000
REMEMBERED_MS = 24 * 60 * 60 * 1_000
CLAIM_EVERY_SECONDS = 1.0


class RedisQueue:
    """A stream with one consumer group.

    A message stays pending until it is settled; who does not give a sign of life for the
    visibility timeout loses it to the next one who asks (XAUTOCLAIM). Settled messages
    leave the stream, so that its length is what there is to do.
    """

    def __init__(
        self, address: RedisAddress, name: str, group: str, visibility_timeout: float
    ) -> None:
        """Connects with the first question."""
        self.system = "redis"
        self.name = name
        self._dead = f"{name}.dead"
        self._group = group
        # As long as its pod; the process id tells two on one machine apart
        self._consumer = f"{socket.gethostname()}-{os.getpid()}"
        self._visibility_ms = int(visibility_timeout * 1_000)
        # One waits for messages, so another one settles them
        self._receiving = RedisClient(address)
        self._settling = RedisClient(address)
        self._claim_cursor: str | bytes = "0-0"
        self._claim_at = 0.0

    def receive(self, limit: int, wait: float) -> Sequence[Delivery]:
        """Takes what others left behind or put off, else what is new."""
        try:
            if time.monotonic() >= self._claim_at:
                claimed = self._claim(limit)
                if claimed:
                    return claimed
                self._claim_at = time.monotonic() + CLAIM_EVERY_SECONDS
            return self._read(limit, min(wait, CLAIM_EVERY_SECONDS))
        except RedisError as error:
            if str(error).startswith("NOGROUP"):
                # The first one, or Redis has lost its data
                self._make_group()
                return []
            raise _refused(error) from error

    def begin(self, delivery: Delivery) -> Beginning:
        """Remembers that this delivery is the one that processes a message of its id."""
        lock = self._lock(delivery)
        try:
            done, _, holder = self._settling.pipeline(
                [
                    ("EXISTS", self._done(delivery)),
                    ("SET", lock, delivery.receipt, "NX", "PX", self._visibility_ms * 2),
                    ("GET", lock),
                ]
            )
        except RedisError as error:
            raise _refused(error) from error
        if done:
            return Beginning.DONE
        # Its own from before: this is a further attempt
        return Beginning.PROCESS if holder == delivery.receipt.encode() else Beginning.BUSY

    def complete(self, delivery: Delivery, result: Json) -> None:
        """Remembers the id and takes the message off the stream, both or neither."""
        del result
        self._settle(
            delivery,
            ("SET", self._done(delivery), delivery.receipt, "PX", REMEMBERED_MS),
            ("DEL", self._lock(delivery)),
        )

    def discard(self, delivery: Delivery) -> None:
        """Takes the copy off the stream."""
        self._settle(delivery)

    def retry(self, delivery: Delivery, delay: float, reason: str) -> None:
        """Makes it look abandoned in `delay` seconds."""
        del reason
        idle = max(0, self._visibility_ms - int(delay * 1_000))
        self._claim_own([delivery], "IDLE", idle)

    def give_back(self, deliveries: Sequence[Delivery]) -> None:
        """Makes them look abandoned, by one attempt less."""
        for delivery in deliveries:
            attempts = delivery.attempt - 1
            self._claim_own([delivery], "IDLE", self._visibility_ms, "RETRYCOUNT", attempts)

    def bury(self, delivery: Delivery, reason: str) -> None:
        """Moves it to the stream of the dead."""
        message = delivery.message
        fields = {
            "id": message.id,
            "body": message.body,
            "traceparent": message.traceparent,
            "tracestate": message.tracestate,
            "reason": reason,
            "attempts": str(delivery.attempt),
            "entry": delivery.receipt,
        }
        self._settle(
            delivery,
            (
                *("XADD", self._dead, "MAXLEN", "~", DEAD_MESSAGES, "*"),
                *(part for pair in fields.items() for part in pair),
            ),
            ("DEL", self._lock(delivery)),
        )

    def extend(self, deliveries: Sequence[Delivery]) -> None:
        """Gives a sign of life."""
        self._claim_own(deliveries, "IDLE", 0)
        self._pipeline(
            [("PEXPIRE", self._lock(delivery), self._visibility_ms * 2) for delivery in deliveries]
        )

    def state(self) -> QueueState:
        """Asks for lengths; none of it grows with the stream."""
        try:
            length, dead, pending, oldest = self._settling.pipeline(
                [
                    ("XLEN", self.name),
                    ("XLEN", self._dead),
                    ("XPENDING", self.name, self._group),
                    ("XRANGE", self.name, "-", "+", "COUNT", 1),
                ]
            )
        except RedisError as error:
            if str(error).startswith("NOGROUP"):
                self._make_group()
                return QueueState(0, 0, 0, 0)
            raise _refused(error) from error
        taken = _number(_items(pending)[0])
        first = _items(oldest)
        age = time.time() - _put_at(_items(first[0])[0]) if first else 0
        return QueueState(max(0, _number(length) - taken), taken, _number(dead), max(0, age))

    def close(self) -> None:
        """Ends both connections, and leaves the group where nothing is pending."""
        try:
            own = self._settling.command(
                "XPENDING", self.name, self._group, "-", "+", 1, self._consumer
            )
            # Whoever leaves with messages would take them along
            if own == []:
                self._settling.command(
                    "XGROUP", "DELCONSUMER", self.name, self._group, self._consumer
                )
        except (RedisError, QueueUnavailableError):
            # The name of a consumer that is gone does no harm
            pass
        finally:
            self._receiving.close()
            self._settling.close()

    def _read(self, limit: int, wait: float) -> list[Delivery]:
        reply = self._receiving.command(
            *("XREADGROUP", "GROUP", self._group, self._consumer, "COUNT", limit),
            # 0 would wait for ever
            *("BLOCK", max(1, int(wait * 1_000)), "STREAMS", self.name, ">"),
            wait=wait,
        )
        if reply is None:
            return []
        [stream] = _items(reply)
        return [_delivery(entry, 1) for entry in _items(_items(stream)[1])]

    def _claim(self, limit: int) -> list[Delivery]:
        reply = _items(
            self._receiving.command(
                *("XAUTOCLAIM", self.name, self._group, self._consumer),
                *(self._visibility_ms, self._claim_cursor, "COUNT", limit),
            )
        )
        self._claim_cursor = _bytes(reply[0])
        # Before Redis 7, what was deleted meanwhile comes as nothing
        entries = [entry for entry in _items(reply[1]) if entry is not None]
        if not entries:
            return []
        attempts = self._receiving.pipeline(
            [
                ("XPENDING", self.name, self._group, _bytes(entry_id), _bytes(entry_id), 1)
                for entry_id, _ in map(_items, entries)
            ]
        )
        return [
            _delivery(entry, _number(_items(_items(pending)[0])[3]))
            for entry, pending in zip(entries, attempts, strict=True)
            # Settled by somebody else in between
            if pending
        ]

    def _claim_own(self, deliveries: Sequence[Delivery], *options: str | int) -> None:
        self._pipeline(
            [
                # JUSTID: this is no further attempt
                (
                    *("XCLAIM", self.name, self._group, self._consumer, 0, delivery.receipt),
                    *(*options, "JUSTID"),
                )
                for delivery in deliveries
            ]
        )

    def _settle(self, delivery: Delivery, *commands: Command) -> None:
        try:
            self._settling.transaction(
                [
                    *commands,
                    ("XACK", self.name, self._group, delivery.receipt),
                    ("XDEL", self.name, delivery.receipt),
                ]
            )
        except RedisError as error:
            raise _refused(error) from error

    def _make_group(self) -> None:
        try:
            # From the beginning: what was put in before the first worker came counts, too
            self._settling.command("XGROUP", "CREATE", self.name, self._group, "0", "MKSTREAM")
        except RedisError as error:
            if not str(error).startswith("BUSYGROUP"):
                raise _refused(error) from error

    def _pipeline(self, commands: list[Command]) -> None:
        try:
            self._settling.pipeline(commands)
        except RedisError as error:
            raise _refused(error) from error

    def _lock(self, delivery: Delivery) -> str:
        """Says which of several messages of an id is being processed."""
        return f"{self.name}.lock.{delivery.message.id}"

    def _done(self, delivery: Delivery) -> str:
        """Says that a message of that id was processed. Nothing but time takes it away."""
        return f"{self.name}.done.{delivery.message.id}"


def _delivery(entry: Reply, attempt: int) -> Delivery:
    entry_id, pairs = _items(entry)
    values = [_bytes(value).decode(errors="replace") for value in _items(pairs)]
    # Of very many fields only the first were kept, which may end with a name
    fields = dict(zip(values[::2], values[1::2], strict=False))
    receipt = _bytes(entry_id).decode()
    return Delivery(
        message=Message(
            # Without an id of its own it cannot be told from a copy of itself. One that is too
            # long stays too long, but fits into keys and log lines.
            id=(fields.get("id") or receipt)[: MAX_ID_LENGTH + 1],
            body=fields.get("body", ""),
            put_at=_put_at(entry_id),
            traceparent=fields.get("traceparent", ""),
            tracestate=fields.get("tracestate", ""),
        ),
        attempt=attempt,
        receipt=receipt,
    )


def _put_at(entry_id: Reply) -> float:
    """An entry is named after the millisecond in which it was put in."""
    return int(_bytes(entry_id).split(b"-")[0]) / 1_000


def _items(reply: Reply) -> list[Reply]:
    if not isinstance(reply, list):
        raise QueueUnavailableError(f"Redis answered {json.dumps(str(reply))} in place of a list")
    return reply


def _bytes(reply: Reply) -> bytes:
    if not isinstance(reply, bytes):
        raise QueueUnavailableError(f"Redis answered {json.dumps(str(reply))} in place of a text")
    return reply


def _number(reply: Reply) -> int:
    if not isinstance(reply, int):
        raise QueueUnavailableError(f"Redis answered {json.dumps(str(reply))} in place of a number")
    return reply


def _refused(error: RedisError) -> QueueUnavailableError:
    return QueueUnavailableError(f"Redis refuses: {error}")
