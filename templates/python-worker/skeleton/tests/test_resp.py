import io
import unittest

from worker.messages import MAX_BODY_BYTES
from worker.queues.resp import (
    MAX_ITEMS,
    MAX_LIST_BYTES,
    MAX_STRING_BYTES,
    ProtocolError,
    RedisError,
    encode_command,
    read_reply,
)


class RespTest(unittest.TestCase):
    def test_a_command_is_safe_for_any_bytes(self) -> None:
        self.assertEqual(
            encode_command("SET", "k\r\n", b"\x00\xff", 7),
            b"*4\r\n$3\r\nSET\r\n$3\r\nk\r\n\r\n$2\r\n\x00\xff\r\n$1\r\n7\r\n",
        )

    def test_replies_of_every_kind(self) -> None:
        self.assertEqual(
            read_reply(io.BytesIO(b"*6\r\n+OK\r\n:-5\r\n$3\r\na\r\n\r\n$-1\r\n*-1\r\n*0\r\n")),
            [b"OK", -5, b"a\r\n", None, None, []],
        )
        error = read_reply(io.BytesIO(b"-NOGROUP no such key\r\n"))
        self.assertIsInstance(error, RedisError)
        self.assertEqual(str(error), "NOGROUP no such key")

    def test_of_what_is_too_long_the_beginning_is_kept_and_the_rest_read_past(self) -> None:
        self.assertGreater(MAX_STRING_BYTES, MAX_BODY_BYTES)
        long = MAX_STRING_BYTES * 2 + 1
        string = b"$%d\r\n%s\r\n" % (long, b"a" * long)
        stream = io.BytesIO(b"*2\r\n" + string + b":1\r\n+OK\r\n")
        self.assertEqual(read_reply(stream), [b"a" * MAX_STRING_BYTES, 1])
        self.assertEqual(read_reply(stream), b"OK")
        stream = io.BytesIO(b"*4\r\n" + string * 3 + b"$1\r\na\r\n+OK\r\n")
        kept = read_reply(stream)
        self.assertEqual(kept, [b"a" * MAX_STRING_BYTES] * (MAX_LIST_BYTES // MAX_STRING_BYTES))
        self.assertEqual(read_reply(stream), b"OK")
        many = MAX_ITEMS + 5
        stream = io.BytesIO(b"*%d\r\n" % many + b":1\r\n" * many + b"+OK\r\n")
        self.assertEqual(read_reply(stream), [1] * MAX_ITEMS)
        self.assertEqual(read_reply(stream), b"OK")

    def test_what_is_cut_off_or_something_else_is_refused(self) -> None:
        for data in [
            b"",
            b"+OK",
            b"+" + b"a" * 70_000,
            b"$5\r\nabc",
            b"$3\r\nabcde",
            b"$x\r\n",
            b"$99999999999\r\n",
            b"*99999999\r\n",
            b"*1\r\n" * 9 + b":1\r\n",
            b"HTTP/1.1 400 Bad Request\r\n",
        ]:
            with self.subTest(data=data[:20]):
                self.assertRaises(ProtocolError, read_reply, io.BytesIO(data))
