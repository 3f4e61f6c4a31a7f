"""Whether the worker can work."""

import threading


class Readiness:
    """Ready once it has begun, as long as the queue answers, and until it stops."""

    def __init__(self) -> None:
        """Not ready."""
        self._lock = threading.Lock()
        self._started = False
        self._stopping = False
        self._queue_answers = False

    @property
    def ready(self) -> bool:
        """What /readyz says."""
        with self._lock:
            return self._started and self._queue_answers and not self._stopping

    def start(self) -> None:
        """Everything listens."""
        with self._lock:
            self._started = True

    def stop(self) -> None:
        """For good."""
        with self._lock:
            self._stopping = True

    def set_queue_answers(self, answers: bool) -> bool:
        """Says whether the queue did answer; returns whether that is news."""
        with self._lock:
            changed = self._queue_answers != answers
            self._queue_answers = answers
            return changed
