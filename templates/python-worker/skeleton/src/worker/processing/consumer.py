"""Takes messages from the queue, never more than it can process."""

import logging
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from worker.processing.backoff import backoff
from worker.processing.processor import Processor
from worker.queues.queue import Delivery, Queue, QueueUnavailableError
from worker.readiness import Readiness
from worker.telemetry.worker_metrics import WorkerMetrics

WAIT_SECONDS = 1.0
LONGEST_PAUSE = 15.0
LOOK_EVERY_SECONDS = 5.0

_log = logging.getLogger(__name__)


class Consumer:
    """One thread that takes, several that process, one that gives signs of life."""

    def __init__(
        self,
        *,
        queue: Queue,
        processor: Processor,
        metrics: WorkerMetrics,
        readiness: Readiness,
        concurrency: int,
        visibility_timeout: float,
    ) -> None:
        """Does nothing until it is started."""
        self._queue = queue
        self._processor = processor
        self._metrics = metrics
        self._readiness = readiness
        self._concurrency = concurrency
        self._visibility_timeout = visibility_timeout
        self._stopping = threading.Event()
        self._changed = threading.Condition()
        self._under_way: dict[int, Delivery] = {}
        self._executor = ThreadPoolExecutor(concurrency, thread_name_prefix="message")
        self._threads = [
            threading.Thread(target=self._take, name="consumer", daemon=True),
            threading.Thread(target=self._look_after, name="housekeeping", daemon=True),
        ]

    def start(self) -> None:
        """Begins to take messages."""
        self._look()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Takes no further message. Those under way go on."""
        with self._changed:
            self._stopping.set()
            self._changed.notify_all()

    def drain(self, timeout: float) -> int:
        """Waits for the messages under way.

        Returns:
            how many have not come to an end; they will be delivered again.
        """
        deadline = time.monotonic() + timeout
        # What is on its way from the queue still comes
        self._threads[0].join(timeout)
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way, max(0, deadline - time.monotonic()))
            left = len(self._under_way)
        self._executor.shutdown(wait=left == 0, cancel_futures=True)
        return left

    def _take(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            free = self._wait_for_room()
            if free == 0:
                continue
            try:
                deliveries = self._queue.receive(free, WAIT_SECONDS)
            except QueueUnavailableError as error:
                failures += 1
                self._note_answers(False, str(error))
                self._stopping.wait(backoff(failures, 0.2, LONGEST_PAUSE))
                continue
            failures = 0
            self._note_answers(True)
            self._metrics.consumed(len(deliveries))
            if not self._begin(deliveries):
                self._give_back(deliveries)

    def _wait_for_room(self) -> int:
        with self._changed:
            self._changed.wait_for(
                lambda: self._stopping.is_set() or len(self._under_way) < self._concurrency
            )
            return 0 if self._stopping.is_set() else self._concurrency - len(self._under_way)

    def _begin(self, deliveries: Sequence[Delivery]) -> bool:
        """Not any more once it is stopping: nobody would wait for them."""
        with self._changed:
            if self._stopping.is_set():
                return False
            for delivery in deliveries:
                self._under_way[id(delivery)] = delivery
                self._executor.submit(self._process, delivery)
            self._metrics.active(len(self._under_way))
            return True

    def _give_back(self, deliveries: Sequence[Delivery]) -> None:
        try:
            self._queue.give_back(deliveries)
        except QueueUnavailableError as error:
            _log.warning("messages could not be given back: they will come again: %s", error)

    def _process(self, delivery: Delivery) -> None:
        try:
            self._processor.process(delivery)
        finally:
            with self._changed:
                del self._under_way[id(delivery)]
                self._metrics.active(len(self._under_way))
                self._changed.notify_all()

    def _look_after(self) -> None:
        # Three chances until somebody else takes a message over; also while stopping
        every = min(self._visibility_timeout / 3, LOOK_EVERY_SECONDS)
        while True:
            time.sleep(every)
            self._look()

    def _look(self) -> None:
        """Gives signs of life for messages under way, and looks how much there is to do."""
        try:
            with self._changed:
                deliveries = list(self._under_way.values())
            if deliveries:
                self._queue.extend(deliveries)
            self._metrics.queue_state(self._queue.state())
            self._note_answers(True)
        except QueueUnavailableError as error:
            # Better no number than one from before
            self._metrics.queue_state(None)
            self._note_answers(False, str(error))

    def _note_answers(self, answers: bool, reason: str = "") -> None:
        if not self._readiness.set_queue_answers(answers) or self._stopping.is_set():
            return
        if answers:
            _log.info("the queue answers")
        else:
            _log.error("the queue does not answer: %s", reason)
