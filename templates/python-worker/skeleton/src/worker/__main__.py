"""`python -m worker`: the process."""

import os
import signal
import sys

from worker.application import Application
from worker.config import read_config
from worker.greetings import greet
from worker.processing.processor import Handler
from worker.telemetry.logs import log_to, log_uncaught

STOP_SIGNALS = {signal.SIGTERM, signal.SIGINT}


def main(handler: Handler = greet) -> None:
    """Works until it is told to stop."""
    log_to(sys.stdout, "info")
    log_uncaught()
    log_to(sys.stdout, read_config(os.environ).log_level)

    # Held back from every thread, so that none of them is interrupted half-way
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    application = Application(os.environ, handler)
    application.start()
    # A second one, as when the whole process group is told, changes nothing
    exit_code = application.stop(signal.Signals(signal.sigwait(STOP_SIGNALS)).name)
    if exit_code != 0:
        # The interpreter would wait for the threads that were cut off
        sys.stdout.flush()
        os._exit(exit_code)


if __name__ == "__main__":
    main()
