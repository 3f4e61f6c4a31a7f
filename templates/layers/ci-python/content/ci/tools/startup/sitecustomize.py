"""Loaded by every Python process that the tests start: counts its lines, too."""

import atexit
import os
import sys
from pathlib import Path

_directory = os.environ.get("COVERAGE_DIRECTORY")
_source = os.environ.get("COVERAGE_SOURCE")
if _directory and _source:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from line_coverage import LineCoverage

    _coverage = LineCoverage(Path(_source))
    atexit.register(_coverage.save, Path(_directory, f"{os.getpid()}.json"))
    _coverage.start()
