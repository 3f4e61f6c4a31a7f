"""Waiting for what happens somewhere else."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TIMEOUT = 10.0


def eventually(ask: Callable[[], T], wanted: Callable[[T], bool] = bool) -> T:
    """Asks until the answer is as wanted; fails after ten seconds."""
    deadline = time.monotonic() + TIMEOUT
    while True:
        answer = ask()
        if wanted(answer):
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"still not as wanted: {answer!r}"[:1_000])
        time.sleep(0.01)
