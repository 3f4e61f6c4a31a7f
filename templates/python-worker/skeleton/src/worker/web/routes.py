"""What is answered at which address."""

import json
import logging
import time
import uuid
from collections.abc import Callable
from urllib.parse import quote

from worker.messages import MAX_ID_LENGTH, InvalidMessageError, Json, Message, is_message_id
from worker.messages import parse_json as parse
from worker.queues.queue import QueueUnavailableError
from worker.queues.sqlite_queue import QueueFullError, SqliteQueue, StoredMessage
from worker.readiness import Readiness
from worker.telemetry.logs import fields
from worker.telemetry.trace_context import SpanContext
from worker.telemetry.tracer import SpanKind, Tracer
from worker.telemetry.worker_metrics import WorkerMetrics
from worker.web.server import Request, Response

MESSAGES = "/v1/messages"

_TITLES = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}

_log = logging.getLogger(__name__)


def metrics_routes(metrics: WorkerMetrics) -> Callable[[Request], Response]:
    """The port that Prometheus asks."""

    def respond(request: Request) -> Response:
        if request.path != "/metrics":
            return problem(404, "There is nothing at this address.")
        return Response(200, metrics.render().encode(), "text/plain; version=0.0.4; charset=utf-8")

    return respond


class Routes:
    """Health checks; and messages put in by hand, where the queue is this machine's own."""

    def __init__(self, *, readiness: Readiness, tracer: Tracer, local: SqliteQueue | None) -> None:
        """Without `local` there are health checks only."""
        self._readiness = readiness
        self._tracer = tracer
        self._local = local

    def respond(self, request: Request) -> Response:
        """Answers a request."""
        try:
            return self._respond(request)
        except InvalidMessageError as error:
            return problem(400, str(error))
        except QueueFullError as error:
            return problem(503, str(error))
        except QueueUnavailableError:
            _log.exception("a request failed")
            return problem(503, "The queue does not answer.")
        except Exception:
            # What went wrong inside is for the log, not for the caller
            _log.exception("a request failed")
            return problem(500, "The request could not be served.")

    def _respond(self, request: Request) -> Response:
        if request.path == "/healthz":
            return _json(200, {"status": "ok"})
        if request.path == "/readyz":
            ready = self._readiness.ready
            return _json(200 if ready else 503, {"status": "ready" if ready else "not ready"})
        if self._local is not None and request.path == MESSAGES:
            if request.method != "POST":
                return problem(405, "Messages are put in with POST.")
            return self._put(request, self._local)
        if self._local is not None and request.path.startswith(f"{MESSAGES}/"):
            return _find(request.path.removeprefix(f"{MESSAGES}/"), self._local)
        return problem(404, "There is nothing at this address.")

    def _put(self, request: Request, local: SqliteQueue) -> Response:
        parent = SpanContext.parse(
            request.headers.get("traceparent", ""), request.headers.get("tracestate", "")
        )
        attributes: dict[str, str | int] = {
            "http.request.method": "POST",
            "http.route": MESSAGES,
            "messaging.destination.name": local.name,
        }
        with self._tracer.span(f"POST {MESSAGES}", SpanKind.SERVER, parent, attributes) as span:
            message = _read_message(request.body, span.context)
            stored, is_new = local.put(message)
            _log.info("message put in", extra=fields(message_id=message.id, new=is_new))
            return _json(
                202 if is_new else 200, _show(stored), location=f"{MESSAGES}/{quote(stored.id)}"
            )


def problem(status: int, detail: str) -> Response:
    """What went wrong (RFC 9457)."""
    body = {
        "title": _TITLES.get(status, "Service Unavailable" if status == 503 else "Error"),
        "status": status,
        "detail": detail,
    }
    return Response(status, json.dumps(body).encode(), "application/problem+json")


def _read_message(body: bytes, context: SpanContext) -> Message:
    try:
        envelope = parse(body.decode())
    except UnicodeDecodeError as error:
        raise InvalidMessageError("it is not UTF-8") from error
    if not isinstance(envelope, dict) or "body" not in envelope or envelope.keys() - {"id", "body"}:
        raise InvalidMessageError('it has to be an object with "body" and, if you like, "id"')
    message_id = envelope.get("id", str(uuid.uuid4()))
    if not isinstance(message_id, str) or not is_message_id(message_id) or "/" in message_id:
        raise InvalidMessageError(f"id: text of 1 to {MAX_ID_LENGTH} characters, without a slash")
    return Message(
        id=message_id,
        body=json.dumps(envelope["body"]),
        put_at=time.time(),
        traceparent=context.traceparent,
        tracestate=context.state,
    )


def _find(message_id: str, local: SqliteQueue) -> Response:
    stored = local.find(message_id)
    if stored is None:
        return problem(404, "There is no such message, or it was long ago.")
    return _json(200, _show(stored))


def _show(stored: StoredMessage) -> Json:
    shown: dict[str, Json] = {
        "id": stored.id,
        "state": stored.state,
        "attempts": stored.attempts,
    }
    if stored.state == "processed":
        shown["result"] = stored.result
    if stored.reason is not None:
        shown["reason"] = stored.reason
    return shown


def _json(status: int, body: Json, **headers: str) -> Response:
    return Response(status, json.dumps(body).encode(), headers=headers)
