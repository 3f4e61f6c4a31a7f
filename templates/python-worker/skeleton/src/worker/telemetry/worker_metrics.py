"""What is measured of this worker.

Names and labels are those of OpenTelemetry's semantic conventions for messaging and for
processes, written as Prometheus writes them. The conventions have no name for the age of
messages and the length of a queue: `messaging_settled_message_age` and
`messaging_queue_*` are this worker's own.
"""

import os
import resource
import time
from collections.abc import Iterable
from pathlib import Path

from worker.queues.queue import QueueState
from worker.telemetry.registry import Counter, Histogram, Labels, Metric, Observed, render

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_AGES = (0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400)


class WorkerMetrics:
    """Counts what happens to messages; thread-safe."""

    def __init__(self, *, system: str, queue_name: str) -> None:
        """For one queue."""
        self._labels = {
            "messaging_system": system,
            "messaging_destination_name": queue_name,
        }
        self._started = time.time()
        self._state: QueueState | None = None
        self._active = 0
        self._consumed = Counter(
            "messaging_client_consumed_messages_total",
            "Messages that were delivered to the worker",
        )
        self._duration = Histogram(
            "messaging_process_duration",
            "Duration of an attempt to process a message, in seconds",
            _SECONDS,
        )
        self._age = Histogram(
            "messaging_settled_message_age",
            "Age of messages when they were settled, in seconds",
            _AGES,
        )
        # Rates need a first value to grow from
        self.consumed(0)
        self._duration.declare(**self._process_labels(""))
        for outcome in ("processed", "duplicate", "dead"):
            self._age.declare(**self._settle_labels(outcome))
        self._metrics: list[Metric] = [
            self._consumed,
            self._duration,
            self._age,
            Observed(
                "messaging_queue_messages",
                "Messages in the queue that are waiting, pending or dead",
                "gauge",
                self._queue_messages,
            ),
            Observed(
                "messaging_queue_oldest_message_age",
                "Age of the oldest message that is not settled, in seconds",
                "gauge",
                self._oldest_age,
            ),
            Observed(
                "messaging_process_active",
                "Messages that this instance is processing",
                "gauge",
                lambda: [(self._labels, self._active)],
            ),
            Observed("process_cpu_time_total", "CPU time in seconds", "counter", _read_cpu_time),
            Observed("process_memory_usage", "Memory in use, in bytes", "gauge", _read_memory),
            Observed(
                "process_uptime",
                "Seconds since the process started",
                "gauge",
                lambda: [({}, time.time() - self._started)],
            ),
        ]

    def consumed(self, count: int) -> None:
        """So many messages came."""
        self._consumed.add(count, **self._labels, messaging_operation_name="receive")

    def attempted(self, seconds: float, error_type: str) -> None:
        """An attempt has ended; without an error its type is empty."""
        self._duration.observe(seconds, **self._process_labels(error_type))

    def settled(self, outcome: str, age: float) -> None:
        """A message has come to its end: processed, duplicate or dead."""
        self._age.observe(max(0, age), **self._settle_labels(outcome))

    def active(self, count: int) -> None:
        """So many messages are under way."""
        self._active = count

    def queue_state(self, state: QueueState | None) -> None:
        """How much there is to do; nothing while the queue does not answer."""
        self._state = state

    def render(self) -> str:
        """The page that Prometheus reads."""
        return render(self._metrics)

    def _process_labels(self, error_type: str) -> dict[str, str]:
        return {
            **self._labels,
            "messaging_operation_name": "process",
            # Prometheus takes an empty label for none
            "error_type": error_type,
        }

    def _settle_labels(self, outcome: str) -> dict[str, str]:
        return {
            **self._labels,
            "messaging_operation_name": "process",
            "messaging_outcome": outcome,
        }

    def _queue_messages(self) -> Iterable[tuple[Labels, float]]:
        state = self._state
        if state is None:
            return []
        counts = {"waiting": state.waiting, "pending": state.pending, "dead": state.dead}
        return [(self._labels | {"state": name}, count) for name, count in counts.items()]

    def _oldest_age(self) -> Iterable[tuple[Labels, float]]:
        return [] if self._state is None else [(self._labels, self._state.oldest_age)]


def _read_cpu_time() -> Iterable[tuple[Labels, float]]:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return [({"cpu_mode": "user"}, usage.ru_utime), ({"cpu_mode": "system"}, usage.ru_stime)]


def _read_memory() -> Iterable[tuple[Labels, float]]:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        # Elsewhere than on Linux the most there ever was will do; in kilobytes
        return [({}, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024)]
    return [({}, pages * os.sysconf("SC_PAGE_SIZE"))]
