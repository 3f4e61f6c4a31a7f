"""Which span the present work belongs to (https://www.w3.org/TR/trace-context/)."""

import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass

_TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_MAX_TRACESTATE = 512


@dataclass(frozen=True, slots=True)
class SpanContext:
    """The identity of a span."""

    trace_id: str
    span_id: str
    sampled: bool
    state: str = ""

    @property
    def traceparent(self) -> str:
        """As it is handed on."""
        return f"00-{self.trace_id}-{self.span_id}-{'01' if self.sampled else '00'}"

    @staticmethod
    def parse(traceparent: str, tracestate: str = "") -> "SpanContext | None":
        """What came from elsewhere; nothing where it is not valid."""
        match = _TRACEPARENT.fullmatch(traceparent.strip())
        if match is None:
            return None
        version, trace_id, span_id, flags, rest = match.groups()
        if version == "ff" or (version == "00" and rest):
            return None
        if set(trace_id) == {"0"} or set(span_id) == {"0"}:
            return None
        state = tracestate if len(tracestate) <= _MAX_TRACESTATE else ""
        return SpanContext(trace_id, span_id, bool(int(flags, 16) & 1), state)

    @staticmethod
    def below(parent: "SpanContext | None") -> "SpanContext":
        """A new span: of the trace of its parent, or of a new one."""
        if parent is None:
            return SpanContext(secrets.token_hex(16), secrets.token_hex(8), True)
        return SpanContext(parent.trace_id, secrets.token_hex(8), parent.sampled, parent.state)


CURRENT_SPAN: ContextVar[SpanContext | None] = ContextVar("current_span", default=None)


def current_span() -> SpanContext | None:
    """The span that the present work belongs to."""
    return CURRENT_SPAN.get()
