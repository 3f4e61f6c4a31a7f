import io
import unittest

from worker.queues.resp import ProtocolError, RedisError, encode_command, read_reply


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

    def test_what_is_cut_off_too_large_or_something_else_is_refused(self) -> None:
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
