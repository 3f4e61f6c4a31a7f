"""The protocol of Redis, version 2 (https://redis.io/docs/latest/develop/reference/protocol-spec/)."""

from typing import BinaryIO, TypeAlias

Reply: TypeAlias = "bytes | int | list[Reply] | RedisError | None"

MAX_LINE_BYTES = 64 * 1024
MAX_BULK_BYTES = 16 * 1024 * 1024
MAX_ITEMS = 100_000
MAX_DEPTH = 8


class ProtocolError(Exception):
    """What came is not what a Redis sends; the connection is of no use any more."""


class RedisError(Exception):
    """Redis refuses the command."""


def encode_command(*arguments: str | bytes | int) -> bytes:
    """A command as a list of bulk strings, which is safe for any bytes."""
    parts = [b"*%d\r\n" % len(arguments)]
    for argument in arguments:
        data = argument if isinstance(argument, bytes) else str(argument).encode()
        parts.append(b"$%d\r\n%s\r\n" % (len(data), data))
    return b"".join(parts)


def read_reply(stream: BinaryIO, depth: int = 0) -> Reply:
    """Reads one reply. An error within a list is an item of it.

    Raises:
        ProtocolError: it is none, it is too large, or the connection has ended.
        RedisError: never; it is returned, so that a reply is always read to its end.
    """
    line = stream.readline(MAX_LINE_BYTES)
    if not line.endswith(b"\r\n"):
        raise ProtocolError("the connection ended" if not line else "a line has no end")
    kind, text = line[:1], line[1:-2]
    match kind:
        case b"+":
            return text
        case b"-":
            return RedisError(text.decode(errors="replace"))
        case b":":
            return _read_number(text)
        case b"$":
            return _read_bulk(stream, _read_number(text))
        case b"*":
            count = _read_number(text)
            if count > MAX_ITEMS or depth >= MAX_DEPTH:
                raise ProtocolError("a list is too large")
            return None if count < 0 else [read_reply(stream, depth + 1) for _ in range(count)]
        case _:
            raise ProtocolError("a reply of an unknown kind")


def _read_bulk(stream: BinaryIO, size: int) -> bytes | None:
    if size < 0:
        return None
    if size > MAX_BULK_BYTES:
        raise ProtocolError("a string is too large")
    data = stream.read(size + 2)
    if len(data) != size + 2 or not data.endswith(b"\r\n"):
        raise ProtocolError("the connection ended")
    return data[:-2]


def _read_number(text: bytes) -> int:
    try:
        return int(text)
    except ValueError:
        raise ProtocolError("a number is none") from None
