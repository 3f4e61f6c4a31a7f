"""Which lines of some Python files were run, with the means of the interpreter alone."""

import ast
import json
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, cast


class LineCoverage:
    """Watches the lines below a folder, in all threads that are started from now on."""

    def __init__(self, source: Path) -> None:
        """Does nothing until it is started."""
        self._prefix = f"{source.resolve()}/"
        self._lines: dict[str, set[int]] = {}
        # What has not been run of each function: once that is nothing, it is not watched
        self._missing: dict[CodeType, set[int]] = {}

    def start(self) -> None:
        """Begins to watch."""
        threading.settrace(self._enter)
        sys.settrace(self._enter)

    def stop(self) -> None:
        """Ends watching."""
        sys.settrace(None)
        threading.settrace(None)

    def save(self, path: Path) -> None:
        """Writes what was seen, for another process to add."""
        lines = {file: sorted(seen) for file, seen in self._lines.items()}
        path.write_text(json.dumps(lines), encoding="utf-8")

    def add(self, path: Path) -> None:
        """Adds what another process has seen."""
        saved = cast(dict[str, list[int]], json.loads(path.read_text(encoding="utf-8")))
        for file, lines in saved.items():
            self._lines.setdefault(file, set()).update(lines)

    def seen(self, path: Path) -> set[int]:
        """The lines of a file that were run."""
        return self._lines.get(str(path.resolve()), set())

    def _enter(self, frame: FrameType, event: str, argument: Any) -> Any:
        del event, argument
        code = frame.f_code
        if not code.co_filename.startswith(self._prefix):
            return None
        missing = self._missing.get(code)
        if missing is None:
            missing = self._missing[code] = {
                line for _, _, line in code.co_lines() if line is not None
            }
            # Entering a function is no line of its own
            missing.discard(code.co_firstlineno)
        return self._see if missing or code.co_name == "<module>" else None

    def _see(self, frame: FrameType, event: str, argument: Any) -> Any:
        del argument
        if event == "line":
            code = frame.f_code
            self._lines.setdefault(code.co_filename, set()).add(frame.f_lineno)
            self._missing[code].discard(frame.f_lineno)
        return self._see


def lines_to_run(path: Path) -> set[int]:
    """The lines of a file that do something."""
    source = path.read_text(encoding="utf-8")
    lines: set[int] = set()
    waiting = [compile(source, str(path), "exec", dont_inherit=True)]
    while waiting:
        code = waiting.pop()
        # Line 0 is before the first, and the first of a function is that of its definition
        lines.update(line for _, _, line in code.co_lines() if line)
        waiting.extend(value for value in code.co_consts if isinstance(value, CodeType))
    return lines - set(_lines_of_nothing(ast.parse(source)))


def _lines_of_nothing(tree: ast.Module) -> Iterable[int]:
    """`...` and descriptions: nothing anybody runs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield from range(node.lineno, (node.end_lineno or node.lineno) + 1)


def lcov(coverage: LineCoverage, files: Iterable[Path]) -> tuple[str, int, int]:
    """The report in the format of LCOV.

    Returns:
        the text, how many lines were run, and how many there are.
    """
    records: list[str] = []
    run = total = 0
    for path in files:
        lines = sorted(lines_to_run(path))
        seen = coverage.seen(path)
        hit = [line for line in lines if line in seen]
        records += [
            "TN:",
            f"SF:{path}",
            *(f"DA:{line},{int(line in seen)}" for line in lines),
            f"LF:{len(lines)}",
            f"LH:{len(hit)}",
            "end_of_record",
        ]
        run += len(hit)
        total += len(lines)
    return "\n".join(records) + "\n", run, total
