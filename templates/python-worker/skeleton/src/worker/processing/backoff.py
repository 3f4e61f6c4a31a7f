"""How long to wait before the next attempt."""

import random


def backoff(attempt: int, base: float, most: float) -> float:
    """Twice as long with each attempt, and never the same for all.

    Args:
        attempt: the one that failed, 1 for the first.
        base: seconds after the first.
        most: seconds after any.
    """
    longest = min(most, base * 2.0 ** min(attempt - 1, 30))
    return longest * random.uniform(0.5, 1)  # noqa: S311 (no secret)
