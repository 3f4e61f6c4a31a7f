"""Sends spans to a collector: OTLP over HTTP, in JSON (https://opentelemetry.io/docs/specs/otlp/)."""

import json
import logging
import queue
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import unquote, urlsplit

from worker.service import SERVICE_NAME, SERVICE_VERSION
from worker.telemetry.logs import fields
from worker.telemetry.tracer import Span

MAX_WAITING = 2_048
MAX_BATCH = 512
TIMEOUT = 5.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OtlpSettings:
    """Where spans go, by the standard variables of OpenTelemetry."""

    url: str
    interval: float
    headers: Mapping[str, str] = field(repr=False)
    resource: Mapping[str, str]

    @staticmethod
    def read(environment: Mapping[str, str]) -> "OtlpSettings | None":
        """Nothing where they are to stay here."""
        base = environment.get("OTEL_EXPORTER_OTLP_ENDPOINT", "").rstrip("/")
        url = environment.get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") or (
            f"{base}/v1/traces" if base else ""
        )
        switched_off = (
            environment.get("OTEL_SDK_DISABLED", "").lower() == "true"
            or environment.get("OTEL_TRACES_EXPORTER") == "none"
        )
        if switched_off or urlsplit(url).scheme not in ("http", "https"):
            return None
        delay = environment.get("OTEL_BSP_SCHEDULE_DELAY", "")
        resource = {
            "service.name": SERVICE_NAME,
            "service.version": SERVICE_VERSION,
            "telemetry.sdk.language": "python",
            **_read_pairs(environment.get("OTEL_RESOURCE_ATTRIBUTES", "")),
        }
        if environment.get("OTEL_SERVICE_NAME"):
            resource["service.name"] = environment["OTEL_SERVICE_NAME"]
        return OtlpSettings(
            url=url,
            interval=int(delay) / 1_000 if delay.isascii() and delay.isdigit() else 5.0,
            headers=_read_pairs(environment.get("OTEL_EXPORTER_OTLP_HEADERS", "")),
            resource=resource,
        )


class OtlpExporter:
    """Sends in a thread of its own; what is too much is left out, and work never waits."""

    def __init__(self, settings: OtlpSettings) -> None:
        """Starts the thread."""
        self._settings = settings
        self._waiting: queue.Queue[Span] = queue.Queue(MAX_WAITING)
        self._stopping = threading.Event()
        self._unreachable = False
        self._thread = threading.Thread(target=self._run, name="traces", daemon=True)
        self._thread.start()

    def export(self, span: Span) -> None:
        """Takes a span that has ended."""
        try:
            self._waiting.put_nowait(span)
        except queue.Full:
            if not self._unreachable:
                _log.warning("more spans than can be sent: some are left out")

    def stop(self, timeout: float) -> None:
        """Sends what is left, as far as that is possible in time."""
        self._stopping.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stopping.wait(self._settings.interval):
            self._send_waiting()
        self._send_waiting()

    def _send_waiting(self) -> None:
        while not self._waiting.empty():
            batch: list[Span] = []
            while len(batch) < MAX_BATCH and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            if not self._send(batch):
                return

    def _send(self, batch: list[Span]) -> bool:
        request = urllib.request.Request(  # noqa: S310 (its scheme was looked at)
            self._settings.url,
            data=json.dumps(encode_spans(batch, self._settings.resource)).encode(),
            headers={"content-type": "application/json", **self._settings.headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT):  # noqa: S310 (the same)
                pass
        # Whatever it is: traces are not worth a message
        except (OSError, ValueError) as error:
            if not self._unreachable:
                self._unreachable = True
                _log.warning("traces cannot be sent: %s", error, extra=fields(spans=len(batch)))
            return False
        self._unreachable = False
        return True


def encode_spans(spans: list[Span], resource: Mapping[str, str]) -> dict[str, object]:
    """An ExportTraceServiceRequest."""
    return {
        "resourceSpans": [
            {
                "resource": {"attributes": _encode_attributes(resource)},
                "scopeSpans": [
                    {
                        "scope": {"name": "worker", "version": SERVICE_VERSION},
                        "spans": [_encode_span(span) for span in spans],
                    }
                ],
            }
        ]
    }


def _encode_span(span: Span) -> dict[str, object]:
    status_error = 2
    encoded: dict[str, object] = {
        "traceId": span.context.trace_id,
        "spanId": span.context.span_id,
        "name": span.name,
        "kind": int(span.kind),
        # 64 bits are more than a number of JSON holds
        "startTimeUnixNano": str(span.start_ns),
        "endTimeUnixNano": str(span.end_ns),
        "attributes": _encode_attributes(span.attributes),
        "status": {"code": status_error, "message": span.error[:1_000]} if span.error else {},
    }
    if span.parent_id:
        encoded["parentSpanId"] = span.parent_id
    if span.context.state:
        encoded["traceState"] = span.context.state
    return encoded


def _encode_attributes(attributes: Mapping[str, str] | Mapping[str, str | int]) -> list[object]:
    return [
        {
            "key": key,
            "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value},
        }
        for key, value in cast(Mapping[str, str | int], attributes).items()
    ]


def _read_pairs(text: str) -> dict[str, str]:
    """`key=value,key=value`, with percent signs for what is special."""
    pairs = (part.partition("=") for part in text.split(","))
    return {unquote(key.strip()): unquote(value.strip()) for key, sign, value in pairs if sign}
