"""What the worker asks of a queue, so that it need not know which one it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from worker.messages import Json, Message


class QueueUnavailableError(Exception):
    """The queue does not answer, or not as a queue does."""


class Beginning(Enum):
    """Whether a message is to be processed now."""

    PROCESS = "process"
    DONE = "done"
    """A message of that id was processed before."""
    BUSY = "busy"
    """A message of that id is under way somewhere else."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message in the hands of this worker, for as long as it keeps it."""

    message: Message
    attempt: int
    """1 for the first."""
    receipt: str
    """What the queue knows this delivery by."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """How much there is to do."""

    waiting: int
    """Messages nobody has taken."""
    pending: int
    """Messages somebody has taken and not settled."""
    dead: int
    """Messages that were given up."""
    oldest_age: float
    """Seconds since the oldest message that is not settled was put in; 0 without one."""


class Queue(Protocol):
    """A queue that delivers each message at least once.

    Every method raises QueueUnavailableError when the queue cannot be asked.
    """

    @property
    def system(self) -> str:
        """What kind of queue it is, as metrics and traces call it."""
        ...

    @property
    def name(self) -> str:
        """Where the messages are in it."""
        ...

    def receive(self, limit: int, wait: float) -> Sequence[Delivery]:
        """Takes up to `limit` messages; waits up to `wait` seconds for the first."""
        ...

    def begin(self, delivery: Delivery) -> Beginning:
        """Says whether to process it: its id may be known."""
        ...

    def complete(self, delivery: Delivery, result: Json) -> None:
        """It was processed."""
        ...

    def discard(self, delivery: Delivery) -> None:
        """It is the copy of a message that was processed before."""
        ...

    def retry(self, delivery: Delivery, delay: float, reason: str) -> None:
        """Not now: whoever comes first takes it after `delay` seconds."""
        ...

    def give_back(self, deliveries: Sequence[Delivery]) -> None:
        """They were not begun: that was no attempt, and others may take them at once."""
        ...

    def bury(self, delivery: Delivery, reason: str) -> None:
        """Puts it among the dead ones, where people look at it."""
        ...

    def extend(self, deliveries: Sequence[Delivery]) -> None:
        """They are still under way: nobody else shall take them."""
        ...

    def state(self) -> QueueState:
        """How much there is to do."""
        ...

    def close(self) -> None:
        """Ends the connection; nothing is asked after this."""
        ...
