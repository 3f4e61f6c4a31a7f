"""Puts the worker together, starts it and stops it."""

import logging
import time
from collections.abc import Mapping

from worker.config import read_config
from worker.processing.consumer import Consumer
from worker.processing.processor import Handler, Processor
from worker.queues.open_queue import open_queue
from worker.queues.sqlite_queue import SqliteQueue
from worker.readiness import Readiness
from worker.telemetry.logs import fields
from worker.telemetry.otlp import OtlpExporter, OtlpSettings
from worker.telemetry.tracer import Tracer
from worker.telemetry.worker_metrics import WorkerMetrics
from worker.web.routes import Routes, metrics_routes
from worker.web.server import HttpServer

EXPORT_TIMEOUT = 3.0

_log = logging.getLogger(__name__)


class Application:
    """The worker."""

    def __init__(self, environment: Mapping[str, str], handler: Handler) -> None:
        """Opens the queue and the ports.

        Raises:
            ConfigError: a setting is not valid.
            QueueUnavailableError: the file of the queue cannot be opened.
            OSError: a port is taken.
        """
        config = read_config(environment)
        self._config = config
        settings = OtlpSettings.read(environment)
        self._exporter = OtlpExporter(settings) if settings else None
        tracer = Tracer(self._exporter.export if self._exporter else None)
        self._queue = open_queue(config)
        metrics = WorkerMetrics(system=self._queue.system, queue_name=self._queue.name)
        self._readiness = Readiness()
        self._consumer = Consumer(
            queue=self._queue,
            processor=Processor(
                handler=handler,
                queue=self._queue,
                tracer=tracer,
                metrics=metrics,
                max_attempts=config.max_attempts,
                retry_delay=config.retry_delay,
                visibility_timeout=config.visibility_timeout,
            ),
            metrics=metrics,
            readiness=self._readiness,
            concurrency=config.concurrency,
            visibility_timeout=config.visibility_timeout,
        )
        routes = Routes(
            readiness=self._readiness,
            tracer=tracer,
            local=self._queue if isinstance(self._queue, SqliteQueue) else None,
        )
        self._web = HttpServer(config.host, config.port, routes.respond)
        self._metrics_web = HttpServer(config.host, config.metrics_port, metrics_routes(metrics))

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{self._config.host}:{self._web.port}"

    @property
    def metrics_url(self) -> str:
        """Where it says what it measured."""
        return f"http://{self._config.host}:{self._metrics_web.port}/metrics"

    def start(self) -> None:
        """Begins to work."""
        self._metrics_web.start()
        self._web.start()
        self._consumer.start()
        self._readiness.start()
        _log.info(
            "worker listens",
            extra=fields(
                url=self.url,
                metrics=self.metrics_url,
                queue=self._queue.name,
                system=self._queue.system,
            ),
        )

    def stop(self, reason: str) -> int:
        """Stops without losing anything.

        Not ready first and no further message; what is under way goes on. Requests are
        answered until nobody sends any here, then those under way get their answer.

        Returns:
            the exit code: 0, or 1 if something under way was cut off.
        """
        config = self._config
        self._readiness.stop()
        self._consumer.stop()
        _log.info(
            "stopping: not ready any more",
            extra=fields(signal=reason, delay=config.shutdown_delay),
        )
        time.sleep(config.shutdown_delay)
        deadline = time.monotonic() + config.shutdown_timeout
        answered = self._web.stop(config.shutdown_timeout)
        left = self._consumer.drain(max(0, deadline - time.monotonic()))
        self._metrics_web.stop(1)
        if answered and left == 0:
            _log.info("stopped: everything under way came to its end")
        else:
            _log.error("stopped: work was cut off, and will be done again", extra=fields(left=left))
        if left == 0:
            self._queue.close()
        if self._exporter is not None:
            # A collector that does not answer must not hold up the exit
            self._exporter.stop(EXPORT_TIMEOUT)
        return 0 if answered and left == 0 else 1
