"""One delivery, from its trace to what became of it."""

import logging
import time
from collections.abc import Callable
from typing import TypeAlias

from worker.messages import InvalidMessageError, Json
from worker.processing.backoff import backoff
from worker.queues.queue import Beginning, Delivery, Queue, QueueUnavailableError
from worker.telemetry.logs import fields
from worker.telemetry.trace_context import SpanContext
from worker.telemetry.tracer import Span, SpanKind, Tracer
from worker.telemetry.worker_metrics import WorkerMetrics

Handler: TypeAlias = Callable[[Json], Json]

_MAX_REASON = 500

_log = logging.getLogger(__name__)


class Processor:
    """Has a handler process messages, and tells the queue how that went."""

    def __init__(
        self,
        *,
        handler: Handler,
        queue: Queue,
        tracer: Tracer,
        metrics: WorkerMetrics,
        max_attempts: int,
        retry_delay: float,
        visibility_timeout: float,
    ) -> None:
        """For one queue and one kind of message."""
        self._handler = handler
        self._queue = queue
        self._tracer = tracer
        self._metrics = metrics
        self._max_attempts = max_attempts
        self._retry_delay = retry_delay
        # A pause is the time until somebody else may take the message over
        self._longest_delay = visibility_timeout

    def process(self, delivery: Delivery) -> None:
        """Never raises: a message that is not settled is delivered again."""
        message = delivery.message
        parent = SpanContext.parse(message.traceparent, message.tracestate)
        attributes: dict[str, str | int] = {
            "messaging.system": self._queue.system,
            "messaging.destination.name": self._queue.name,
            "messaging.operation.name": "process",
            "messaging.operation.type": "process",
            "messaging.message.id": message.id,
        }
        name = f"process {self._queue.name}"
        with self._tracer.span(name, SpanKind.CONSUMER, parent, attributes) as span:
            try:
                self._process(delivery, span)
            except QueueUnavailableError as error:
                # What was done may be done again; nothing is lost
                span.fail("QueueUnavailableError", str(error))
                _log.error(
                    "what became of a message could not be said: it will come again",
                    extra=_about(delivery, reason=str(error)),
                )

    def _process(self, delivery: Delivery, span: Span) -> None:
        match self._queue.begin(delivery):
            case Beginning.DONE:
                self._queue.discard(delivery)
                self._settled(delivery, "duplicate")
                _log.info("message was processed before", extra=_about(delivery))
                return
            case Beginning.BUSY:
                self._queue.retry(delivery, self._delay(delivery), "under way elsewhere")
                _log.info("message is under way elsewhere", extra=_about(delivery))
                return
            case Beginning.PROCESS:
                pass

        # Each of its attempts ended the process: one more would do the same
        if delivery.attempt > self._max_attempts:
            self._give_up(delivery, f"no end was seen of {delivery.attempt - 1} attempts", span)
            return
        started = time.monotonic()
        try:
            result = self._handler(delivery.message.read())
        except Exception as error:
            self._metrics.attempted(time.monotonic() - started, type(error).__name__)
            self._failed(delivery, error, span)
            return
        seconds = time.monotonic() - started
        self._metrics.attempted(seconds, "")
        self._queue.complete(delivery, result)
        self._settled(delivery, "processed")
        _log.info("message processed", extra=_about(delivery, seconds=round(seconds, 6)))

    def _failed(self, delivery: Delivery, error: Exception, span: Span) -> None:
        reason = f"{type(error).__name__}: {error}"[:_MAX_REASON]
        span.fail(type(error).__name__, reason)
        if isinstance(error, InvalidMessageError):
            self._give_up(delivery, reason, span)
        elif delivery.attempt >= self._max_attempts:
            _log.error("message failed for the last time", exc_info=error, extra=_about(delivery))
            self._give_up(delivery, reason, span)
        else:
            delay = self._delay(delivery)
            _log.warning(
                "message failed: it will be tried again",
                exc_info=error,
                extra=_about(delivery, delay=round(delay, 3)),
            )
            self._queue.retry(delivery, delay, reason)

    def _give_up(self, delivery: Delivery, reason: str, span: Span) -> None:
        span.error = span.error or reason
        self._queue.bury(delivery, reason)
        self._settled(delivery, "dead")
        _log.error("message is given up", extra=_about(delivery, reason=reason))

    def _delay(self, delivery: Delivery) -> float:
        return backoff(delivery.attempt, self._retry_delay, self._longest_delay)

    def _settled(self, delivery: Delivery, outcome: str) -> None:
        self._metrics.settled(outcome, time.time() - delivery.message.put_at)


def _about(delivery: Delivery, **more: object) -> dict[str, object]:
    return fields(message_id=delivery.message.id, attempt=delivery.attempt, **more)
