"""The worker as it runs in production: a process of its own, on any free port."""

import json
import os
import signal
import subprocess
import sys
import threading
from typing import Any
from unittest import TestCase

from tests.support.eventually import TIMEOUT, eventually


class WorkerProcess:
    """Started with the environment given; the end of the test ends it."""

    def __init__(self, test: TestCase, module: str = "worker", **environment: str) -> None:
        """Waits until it listens."""
        self.log: list[Any] = []
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", module],
            env=os.environ
            | {
                "HOST": "127.0.0.1",
                "PORT": "0",
                "METRICS_PORT": "0",
                "SHUTDOWN_DELAY_MS": "0",
                "QUEUE_URL": "memory:",
            }
            | environment,
            stdout=subprocess.PIPE,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        test.addCleanup(self._end)
        listens = eventually(self._listens_or_ended)
        self.url: str = listens["url"]
        self.metrics_url: str = listens["metrics"]

    def logged(self, message: str) -> list[Any]:
        """The lines that say this."""
        return [line for line in self.log if line["msg"] == message]

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal."""
        self._process.send_signal(number)

    def exit_code(self) -> int:
        """Waits for its end."""
        code = self._process.wait(TIMEOUT)
        self._reader.join(TIMEOUT)
        return code

    def _listens_or_ended(self) -> Any:
        if self._process.poll() is not None:
            raise AssertionError(f"it ended with {self._process.returncode}: {self.log}")
        return next(iter(self.logged("worker listens")), None)

    def _read(self) -> None:
        stream = self._process.stdout
        if stream is not None:
            for line in stream:
                self.log.append(json.loads(line))

    def _end(self) -> None:
        self._process.kill()
        self.exit_code()
        if self._process.stdout is not None:
            self._process.stdout.close()
