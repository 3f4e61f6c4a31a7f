"""Logs: one JSON object per line on standard output, with the ids of the trace."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

from worker.telemetry.trace_context import current_span

LOG_LEVELS = {
    "trace": logging.DEBUG - 5,
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warn": logging.WARNING,
    "error": logging.ERROR,
    "fatal": logging.CRITICAL,
    "silent": logging.CRITICAL + 10,
}

_NAMES = {level: name for name, level in LOG_LEVELS.items()}


def log_to(stream: TextIO, level: str) -> None:
    """Has every logger of the process write to the stream."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=LOG_LEVELS[level], force=True)


def fields(**values: object) -> dict[str, object]:
    """For `extra=` of a logger: what becomes fields of the line of its own."""
    return {"fields": values}


class JsonFormatter(logging.Formatter):
    """A line of the log."""

    def format(self, record: logging.LogRecord) -> str:
        """As JSON; what cannot be JSON is put down as text."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {
            "level": _NAMES.get(record.levelno, record.levelname.lower()),
            "time": time.replace("+00:00", "Z"),
        }
        span = current_span()
        if span is not None:
            line |= {"trace_id": span.trace_id, "span_id": span.span_id}
        line |= getattr(record, "fields", {})
        line["msg"] = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line["err"] = {
                "type": type(error).__name__,
                "message": str(error),
                "stack": self.formatException(record.exc_info),
            }
        return json.dumps(line, default=str, ensure_ascii=False)


def log_uncaught() -> None:
    """Has even the last words of the process be a line of JSON."""

    def write(_kind: type[BaseException], error: BaseException, _traceback: object) -> None:
        logging.getLogger("worker").critical("it cannot go on", exc_info=error)

    sys.excepthook = write
