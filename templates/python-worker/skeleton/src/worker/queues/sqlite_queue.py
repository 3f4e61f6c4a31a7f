"""A queue in a file: durable, for one machine, without anything to install."""

import contextlib
import json
import os
import secrets
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from worker.messages import Json, Message
from worker.queues.queue import Beginning, Delivery, QueueState, QueueUnavailableError

MAX_OPEN = 10_000
MAX_SETTLED = 10_000
POLL_SECONDS = 0.2

_SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  traceparent TEXT NOT NULL,
  tracestate TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'processing', 'processed', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  put_at REAL NOT NULL,
  -- When it may be taken: now, after a pause, or once its lease has run out
  due_at REAL NOT NULL,
  settled_at REAL,
  lease TEXT NOT NULL DEFAULT '',
  result TEXT,
  reason TEXT
);
CREATE INDEX IF NOT EXISTS messages_due ON messages (state, due_at);
CREATE INDEX IF NOT EXISTS messages_settled ON messages (settled_at);
"""

_TAKE = """
UPDATE messages SET state = 'processing', attempts = attempts + 1, due_at = ?, lease = ?
WHERE id IN (
  SELECT id FROM messages WHERE state IN ('waiting', 'processing') AND due_at <= ?
  ORDER BY due_at, put_at LIMIT ?
)
RETURNING id, body, put_at, traceparent, tracestate, attempts
"""


class QueueFullError(Exception):
    """There are too many messages that wait."""


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """What became of a message."""

    id: str
    state: str
    attempts: int
    result: Json
    reason: str | None


class SqliteQueue:
    """The queue of a developer's machine. Several processes may share its file."""

    def __init__(self, path: str, name: str, visibility_timeout: float) -> None:
        """Opens the file, and makes it where there is none."""
        self.system = "sqlite"
        self.name = name
        self._visibility_timeout = visibility_timeout
        self._lock = threading.Lock()
        self._arrival = threading.Condition()
        try:
            if path != ":memory:":
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(
                path, timeout=5, isolation_level=None, check_same_thread=False
            )
            self._database.execute("PRAGMA journal_mode = WAL")
            # An acknowledged message survives a power cut
            self._database.execute("PRAGMA synchronous = FULL")
            self._database.executescript(_SCHEMA)
        except (sqlite3.Error, OSError) as error:
            where = os.path.abspath(path) if path != ":memory:" else "memory"
            raise QueueUnavailableError(f"{where} cannot be opened: {error}") from error

    def put(self, message: Message) -> tuple[StoredMessage, bool]:
        """Puts a message in; one whose id is known stays as it is.

        Returns:
            what is known of it, and whether it is new.

        Raises:
            QueueFullError: too many messages wait.
        """
        with self._transaction() as database:
            known = self._find(database, message.id)
            if known is not None:
                return known, False
            counts = self._counts(database)
            if counts["waiting"] + counts["processing"] >= MAX_OPEN:
                raise QueueFullError(f"{MAX_OPEN} messages wait already")
            database.execute(
                "INSERT INTO messages (id, body, traceparent, tracestate, state, put_at, due_at)"
                " VALUES (?, ?, ?, ?, 'waiting', ?, ?)",
                (
                    message.id,
                    message.body,
                    message.traceparent,
                    message.tracestate,
                    message.put_at,
                    message.put_at,
                ),
            )
        with self._arrival:
            self._arrival.notify_all()
        return StoredMessage(message.id, "waiting", 0, None, None), True

    def find(self, message_id: str) -> StoredMessage | None:
        """What became of a message, as far as it is still known."""
        with self._transaction() as database:
            return self._find(database, message_id)

    def receive(self, limit: int, wait: float) -> Sequence[Delivery]:
        """Takes what is due, also from those who did not give a sign of life."""
        deadline = time.monotonic() + wait
        while True:
            deliveries = self._take(limit)
            left = deadline - time.monotonic()
            if deliveries or left <= 0:
                return deliveries
            with self._arrival:
                # Other processes and pauses that end notify nobody
                self._arrival.wait(min(left, POLL_SECONDS))

    def begin(self, delivery: Delivery) -> Beginning:
        """Always: there is one message of each id."""
        del delivery
        return Beginning.PROCESS

    def complete(self, delivery: Delivery, result: Json) -> None:
        """Keeps the result."""
        self._settle(delivery, "processed", result=json.dumps(result))

    def discard(self, delivery: Delivery) -> None:
        """Is never asked for here."""
        self._settle(delivery, "processed")

    def retry(self, delivery: Delivery, delay: float, reason: str) -> None:
        """Lets it wait."""
        with self._transaction() as database:
            database.execute(
                "UPDATE messages SET state = 'waiting', due_at = ?, lease = '', reason = ?"
                " WHERE id = ? AND lease = ?",
                (time.time() + delay, reason, delivery.message.id, delivery.receipt),
            )

    def give_back(self, deliveries: Sequence[Delivery]) -> None:
        """Has them wait as before."""
        with self._transaction() as database:
            database.executemany(
                "UPDATE messages SET state = 'waiting', due_at = put_at, lease = '',"
                " attempts = attempts - 1 WHERE id = ? AND lease = ?",
                [(delivery.message.id, delivery.receipt) for delivery in deliveries],
            )

    def bury(self, delivery: Delivery, reason: str) -> None:
        """Keeps it as a dead one."""
        self._settle(delivery, "dead", reason=reason)

    def extend(self, deliveries: Sequence[Delivery]) -> None:
        """Prolongs the leases."""
        with self._transaction() as database:
            database.executemany(
                "UPDATE messages SET due_at = ? WHERE id = ? AND lease = ?",
                [
                    (time.time() + self._visibility_timeout, delivery.message.id, delivery.receipt)
                    for delivery in deliveries
                ],
            )

    def state(self) -> QueueState:
        """Counts, and forgets what was settled long ago."""
        with self._transaction() as database:
            database.execute(
                "DELETE FROM messages WHERE id IN (SELECT id FROM messages"
                " WHERE settled_at IS NOT NULL ORDER BY settled_at DESC LIMIT -1 OFFSET ?)",
                (MAX_SETTLED,),
            )
            oldest = cast(
                float | None,
                database.execute(
                    "SELECT min(put_at) FROM messages WHERE state IN ('waiting', 'processing')"
                ).fetchone()[0],
            )
            counts = self._counts(database)
            return QueueState(
                waiting=counts["waiting"],
                pending=counts["processing"],
                dead=counts["dead"],
                oldest_age=0 if oldest is None else max(0, time.time() - oldest),
            )

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._database.close()

    def _take(self, limit: int) -> list[Delivery]:
        now = time.time()
        lease = secrets.token_hex(8)
        with self._transaction() as database:
            rows = cast(
                list[tuple[str, str, float, str, str, int]],
                database.execute(
                    _TAKE, (now + self._visibility_timeout, lease, now, limit)
                ).fetchall(),
            )
        return [
            Delivery(Message(message_id, body, put_at, traceparent, tracestate), attempts, lease)
            for message_id, body, put_at, traceparent, tracestate, attempts in rows
        ]

    def _settle(
        self,
        delivery: Delivery,
        state: str,
        *,
        result: str | None = None,
        reason: str | None = None,
    ) -> None:
        with self._transaction() as database:
            database.execute(
                "UPDATE messages SET state = ?, settled_at = ?, lease = '', result = ?, reason = ?"
                " WHERE id = ? AND lease = ?",
                (state, time.time(), result, reason, delivery.message.id, delivery.receipt),
            )

    def _find(self, database: sqlite3.Connection, message_id: str) -> StoredMessage | None:
        row = cast(
            tuple[str, int, str | None, str | None] | None,
            database.execute(
                "SELECT state, attempts, result, reason FROM messages WHERE id = ?", (message_id,)
            ).fetchone(),
        )
        if row is None:
            return None
        state, attempts, result, reason = row
        kept = None if result is None else cast(Json, json.loads(result))
        return StoredMessage(message_id, state, attempts, kept, reason)

    def _counts(self, database: sqlite3.Connection) -> Counter[str]:
        rows = database.execute("SELECT state, count(*) FROM messages GROUP BY state")
        return Counter(dict(cast(list[tuple[str, int]], rows.fetchall())))

    @contextlib.contextmanager
    def _transaction(self) -> Generator[sqlite3.Connection, None, None]:
        with self._lock:
            try:
                self._database.execute("BEGIN IMMEDIATE")
                try:
                    yield self._database
                except BaseException:
                    self._database.execute("ROLLBACK")
                    raise
                self._database.execute("COMMIT")
            except sqlite3.Error as error:
                raise QueueUnavailableError(f"the file of the queue: {error}") from error
