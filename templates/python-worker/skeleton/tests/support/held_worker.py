"""A worker whose messages take until the test lets them end.

`python -m tests.support.held_worker`; RELEASE names the file that lets them end.
"""

import logging
import os
import time
from pathlib import Path

from worker.__main__ import main
from worker.greetings import greet
from worker.messages import Json


def held_greet(request: Json) -> Json:
    """Says that it began, and waits."""
    logging.getLogger(__name__).info("handler began")
    while not Path(os.environ["RELEASE"]).exists():
        time.sleep(0.01)
    return greet(request)


if __name__ == "__main__":
    main(held_greet)
