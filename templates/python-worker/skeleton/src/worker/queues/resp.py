"""The protocol of Redis, version 2 (https://redis.io/docs/latest/develop/reference/protocol-spec/)."""

from typing import BinaryIO, TypeAlias

from worker.messages import MAX_BODY_BYTES

Reply: TypeAlias = "bytes | int | list[Reply] | RedisError | None"

MAX_LINE_BYTES = 64 * 1024
# Anybody may put in anything, and it has to be read past to be put aside: what is longer is
# cut off. That is more than any message may have, so none of those is taken for a whole one.
MAX_STRING_BYTES = 4 * MAX_BODY_BYTES
MAX_LIST_BYTES = 2 * MAX_STRING_BYTES
MAX_ITEMS = 100_000
MAX_DEPTH = 8
PIECE_BYTES = 64 * 1024


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

    Of a string or a list that is too long it keeps the beginning.

    Raises:
        ProtocolError: it is none, or the connection has ended.
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
            if depth >= MAX_DEPTH:
                raise ProtocolError("a list is too deep")
            return _read_list(stream, _read_number(text), depth)
        case _:
            raise ProtocolError("a reply of an unknown kind")


def _read_list(stream: BinaryIO, count: int, depth: int) -> "list[Reply] | None":
    if count < 0:
        return None
    items: list[Reply] = []
    room = MAX_LIST_BYTES
    for number in range(count):
        item = read_reply(stream, depth + 1)
        room -= len(item) if isinstance(item, bytes) else 0
        if number < MAX_ITEMS and room >= 0:
            items.append(item)
    return items


def _read_bulk(stream: BinaryIO, size: int) -> bytes | None:
    if size < 0:
        return None
    data = _read_exactly(stream, min(size, MAX_STRING_BYTES))
    left = size - len(data)
    while left > 0:
        left -= len(_read_exactly(stream, min(left, PIECE_BYTES)))
    if _read_exactly(stream, 2) != b"\r\n":
        raise ProtocolError("a string has no end")
    return data


def _read_exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise ProtocolError("the connection ended")
    return data


def _read_number(text: bytes) -> int:
    try:
        return int(text)
    except ValueError:
        raise ProtocolError("a number is none") from None
