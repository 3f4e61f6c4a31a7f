"""A Redis of the tests' own, where there is one to be had."""

import shutil
import socket
import subprocess
import tempfile
import unittest

from tests.support.eventually import eventually
from worker.queues.queue import QueueUnavailableError
from worker.queues.redis_address import RedisAddress
from worker.queues.redis_client import RedisClient

MISSING = "redis-server is not on the PATH: nothing is proven of Redis here"

needs_redis = unittest.skipUnless(shutil.which("redis-server"), MISSING)


class RedisServer:
    """A process that keeps everything in memory, and asks for a password."""

    password = "let-me-in"

    def __init__(self) -> None:
        """Starts it on a free port."""
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        self._folder = tempfile.TemporaryDirectory()
        self.url = f"redis://:{self.password}@127.0.0.1:{self.port}/1"
        self.start()

    def start(self) -> None:
        """Starts it, without anything in it."""
        self._process = subprocess.Popen(
            [
                *("redis-server", "--port", str(self.port), "--bind", "127.0.0.1"),
                *("--save", "", "--appendonly", "no", "--requirepass", self.password),
                *("--dir", self._folder.name),
            ],
            stdout=subprocess.DEVNULL,
        )
        client = RedisClient(RedisAddress.parse(self.url))
        try:
            eventually(lambda: self._answers(client))
        finally:
            client.close()

    def stop(self) -> None:
        """Stops it; it forgets everything."""
        self._process.kill()
        self._process.wait()

    def remove(self) -> None:
        """Stops it for good."""
        self.stop()
        self._folder.cleanup()

    def _answers(self, client: RedisClient) -> bool:
        try:
            return client.command("PING") == b"PONG"
        except QueueUnavailableError:
            return False
