"""A message, whatever queue it came through."""

import json
from dataclasses import dataclass
from typing import TypeAlias, cast

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

MAX_ID_LENGTH = 200
MAX_BODY_BYTES = 256 * 1024


class InvalidMessageError(Exception):
    """A message that no further attempt makes any better."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, as its producer put it in."""

    id: str
    """Named by its producer: the same id is the same message, however often it comes."""
    body: str
    """JSON."""
    put_at: float
    """Seconds since 1970."""
    traceparent: str = ""
    """Trace of the producer (W3C Trace Context)."""
    tracestate: str = ""

    def read(self) -> Json:
        """What the body says.

        Raises:
            InvalidMessageError: it is not JSON, or too large.
        """
        if not is_message_id(self.id):
            raise InvalidMessageError(
                f"its id is empty or has more than {MAX_ID_LENGTH} characters"
            )
        if len(self.body.encode()) > MAX_BODY_BYTES:
            raise InvalidMessageError(f"it has more than {MAX_BODY_BYTES} bytes")
        return parse_json(self.body)


def is_message_id(text: str) -> bool:
    """Whether a message may be called that."""
    return 0 < len(text) <= MAX_ID_LENGTH and text.isprintable()


def parse_json(text: str) -> Json:
    """JSON as RFC 8259 has it, without NaN and Infinity.

    Raises:
        InvalidMessageError: it is none.
    """
    try:
        return cast(Json, json.loads(text, parse_constant=_refuse_constant))
    except (ValueError, RecursionError) as error:
        raise InvalidMessageError(f"it is no JSON: {error}") from error


def _refuse_constant(name: str) -> Json:
    raise ValueError(f"{name} is not a number")
