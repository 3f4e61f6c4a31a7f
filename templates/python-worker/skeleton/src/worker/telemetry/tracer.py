"""Spans: what was done, how long it took, and how it ended."""

import contextlib
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeAlias

from worker.telemetry.trace_context import CURRENT_SPAN, SpanContext

Attribute: TypeAlias = str | int


class SpanKind(IntEnum):
    """As the OpenTelemetry protocol numbers them."""

    SERVER = 2
    CONSUMER = 5


@dataclass(slots=True)
class Span:
    """One piece of work."""

    context: SpanContext
    parent_id: str
    name: str
    kind: SpanKind
    start_ns: int
    attributes: dict[str, Attribute] = field(default_factory=dict[str, Attribute])
    end_ns: int = 0
    error: str = ""
    """Why it failed, where it did."""

    def fail(self, error_type: str, reason: str) -> None:
        """Says that it failed, and of what kind the error is."""
        self.error = reason
        self.attributes["error.type"] = error_type


class Tracer:
    """Makes spans, and hands on those that are sampled once they have ended."""

    def __init__(self, export: Callable[[Span], None] | None) -> None:
        """Without `export` there are ids for the log and nothing else."""
        self._export = export

    @contextlib.contextmanager
    def span(
        self,
        name: str,
        kind: SpanKind,
        parent: SpanContext | None,
        attributes: dict[str, Attribute],
    ) -> Generator[Span, None, None]:
        """Has what is done below belong to a new span."""
        context = SpanContext.below(parent)
        span = Span(
            context=context,
            parent_id=parent.span_id if parent else "",
            name=name,
            kind=kind,
            start_ns=time.time_ns(),
            attributes=attributes,
        )
        token = CURRENT_SPAN.set(context)
        try:
            yield span
        except BaseException as error:
            span.fail(type(error).__name__, str(error))
            raise
        finally:
            CURRENT_SPAN.reset(token)
            span.end_ns = time.time_ns()
            if self._export is not None and context.sampled:
                self._export(span)
