"""Runs the tests; leaves reports/junit.xml and coverage/lcov.info."""

import argparse
import os
import sys
import time
import unittest
from pathlib import Path
from types import TracebackType
from typing import TypeAlias
from xml.etree import ElementTree

from line_coverage import LineCoverage, lcov

ErrorInfo: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]
)


class JunitResult(unittest.TextTestResult):
    """Says on the terminal how it goes, and keeps each test for the report."""

    suite = ElementTree.Element("testsuite")
    _started = 0.0
    _outcome: tuple[str, str] | None = None

    def startTest(self, test: unittest.TestCase) -> None:
        """A test begins."""
        super().startTest(test)
        self._started = time.monotonic()
        self._outcome = None

    def stopTest(self, test: unittest.TestCase) -> None:
        """A test has ended."""
        super().stopTest(test)
        class_name, _, name = test.id().rpartition(".")
        case = ElementTree.SubElement(
            self.suite,
            "testcase",
            classname=class_name,
            name=name,
            time=f"{time.monotonic() - self._started:.3f}",
        )
        if self._outcome is not None:
            kind, text = self._outcome
            element = ElementTree.SubElement(case, kind, message=text.strip().split("\n")[-1])
            element.text = text

    def addFailure(self, test: unittest.TestCase, err: ErrorInfo) -> None:
        """It does not hold."""
        super().addFailure(test, err)
        self._outcome = ("failure", self.failures[-1][1])

    def addError(self, test: unittest.TestCase, err: ErrorInfo) -> None:
        """It broke."""
        super().addError(test, err)
        self._outcome = ("error", self.errors[-1][1])

    def addSubTest(
        self, test: unittest.TestCase, subtest: unittest.TestCase, err: ErrorInfo | None
    ) -> None:
        """One of several cases in a test has ended."""
        super().addSubTest(test, subtest, err)
        if err is not None:
            failed = self.failures[-1:] + self.errors[-1:]
            self._outcome = ("failure", f"{subtest.id()}\n{failed[0][1]}")

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        """It was left out."""
        super().addSkip(test, reason)
        self._outcome = ("skipped", reason)


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--tests", type=Path, required=True)
    parser.add_argument("--minimum", type=float, required=True, help="percent of lines")
    options = parser.parse_args()

    # Processes that the tests start find the code, and count their lines into this folder
    processes = Path("build/coverage").resolve()
    processes.mkdir(parents=True, exist_ok=True)
    startup = Path(__file__).parent / "startup"
    os.environ |= {
        "COVERAGE_DIRECTORY": str(processes),
        "COVERAGE_SOURCE": str(options.source.resolve()),
        "PYTHONPATH": f"{startup}{os.pathsep}{options.source.resolve()}",
    }
    sys.path[:0] = [str(options.source.resolve()), str(options.tests.parent.resolve())]

    coverage = LineCoverage(options.source)
    coverage.start()
    tests = unittest.defaultTestLoader.discover(
        str(options.tests), top_level_dir=str(options.tests.parent)
    )
    # Warnings as the command line has them, or the runner would soften them
    runner = unittest.TextTestRunner(
        verbosity=2,
        resultclass=JunitResult,  # pyright: ignore[reportArgumentType] (its stream has a private type)
        warnings="error",
    )
    result = runner.run(tests)
    coverage.stop()
    for path in processes.glob("*.json"):
        coverage.add(path)

    return 0 if write_reports(result, coverage, options.source, options.minimum) else 1


def write_reports(
    result: unittest.TestResult, coverage: LineCoverage, source: Path, minimum: float
) -> bool:
    """Writes both reports and says what they come to; returns whether that is enough."""
    suite = JunitResult.suite
    suite.attrib.update(
        name="unit tests",
        tests=str(result.testsRun),
        failures=str(len(result.failures)),
        errors=str(len(result.errors)),
        skipped=str(len(result.skipped)),
    )
    Path("reports").mkdir(exist_ok=True)
    ElementTree.ElementTree(suite).write(
        "reports/junit.xml", encoding="utf-8", xml_declaration=True
    )

    files = sorted(source.rglob("*.py"))
    text, run, total = lcov(coverage, files)
    Path("coverage").mkdir(exist_ok=True)
    Path("coverage/lcov.info").write_text(text, encoding="utf-8")
    for path in files:
        _, run_here, total_here = lcov(coverage, [path])
        if total_here:
            print(f"{100 * run_here / total_here:6.1f} %  {path}")
    percent = 100 * run / total if total else 0
    print(f"{percent:6.1f} %  of {total} lines")
    for test, reason in result.skipped:
        print(f"LEFT OUT: {test.id()}: {reason}", file=sys.stderr)
    if result.testsRun == 0:
        print("There are no tests", file=sys.stderr)
    if percent < minimum:
        print(f"Less than {minimum:g} % of the lines were run", file=sys.stderr)
    return result.wasSuccessful() and result.testsRun > 0 and percent >= minimum


if __name__ == "__main__":
    sys.exit(main())
