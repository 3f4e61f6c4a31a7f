"""Metrics in the text format of Prometheus."""

import bisect
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Labels = Mapping[str, str]
Sample = tuple[str, Labels, float]

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


class Metric(Protocol):
    """Something that is measured."""

    name: str
    help: str
    kind: str

    def samples(self) -> Iterable[Sample]:
        """What there is to say now: suffix of the name, labels, value."""
        ...


class Counter:
    """A number that only grows."""

    kind = "counter"

    def __init__(self, name: str, help: str) -> None:
        """Without a value until the first of its labels is known."""
        self.name, self.help = name, help
        self._lock = threading.Lock()
        self._values: dict[tuple[tuple[str, str], ...], float] = {}

    def add(self, amount: float, **labels: str) -> None:
        """Counts; 0 makes the labels known."""
        key = tuple(labels.items())
        with self._lock:
            self._values[key] = self._values.get(key, 0) + amount

    def samples(self) -> Iterable[Sample]:
        """One for each set of labels."""
        with self._lock:
            return [("", dict(key), value) for key, value in self._values.items()]


@dataclass(slots=True)
class _Distribution:
    buckets: list[int]
    total: float = 0


class Histogram:
    """How often something took how long."""

    kind = "histogram"

    def __init__(self, name: str, help: str, bounds: Sequence[float]) -> None:
        """Without a value until the first of its labels is known."""
        self.name, self.help = name, help
        self._bounds = bounds
        self._lock = threading.Lock()
        self._values: dict[tuple[tuple[str, str], ...], _Distribution] = {}

    def declare(self, **labels: str) -> None:
        """Makes the labels known, so that the first failure is a change and not news."""
        with self._lock:
            self._of(labels)

    def observe(self, value: float, **labels: str) -> None:
        """Counts a value."""
        with self._lock:
            distribution = self._of(labels)
            distribution.buckets[bisect.bisect_left(self._bounds, value)] += 1
            distribution.total += value

    def samples(self) -> Iterable[Sample]:
        """Its buckets, each with those below it, the sum and the count."""
        samples: list[Sample] = []
        with self._lock:
            for key, distribution in self._values.items():
                labels = dict(key)
                count = 0
                bounds = [*map(_format, self._bounds), "+Inf"]
                for bound, amount in zip(bounds, distribution.buckets, strict=True):
                    count += amount
                    samples.append(("_bucket", labels | {"le": bound}, count))
                samples.append(("_sum", labels, distribution.total))
                samples.append(("_count", labels, count))
        return samples

    def _of(self, labels: Labels) -> _Distribution:
        return self._values.setdefault(
            tuple(labels.items()), _Distribution([0] * (len(self._bounds) + 1))
        )


@dataclass(slots=True)
class Observed:
    """A number that is looked up when somebody asks."""

    name: str
    help: str
    kind: str
    read: Callable[[], Iterable[tuple[Labels, float]]] = field(repr=False)

    def samples(self) -> Iterable[Sample]:
        """What is so now."""
        return [("", labels, value) for labels, value in self.read()]


def render(metrics: Iterable[Metric]) -> str:
    """The page that Prometheus reads."""
    lines: list[str] = []
    for metric in metrics:
        lines.append(f"# HELP {metric.name} {metric.help}")
        lines.append(f"# TYPE {metric.name} {metric.kind}")
        for suffix, labels, value in metric.samples():
            shown = ",".join(f'{key}="{text.translate(_ESCAPES)}"' for key, text in labels.items())
            lines.append(
                f"{metric.name}{suffix}{'{' + shown + '}' if shown else ''} {_format(value)}"
            )
    return "\n".join(lines) + "\n"


def _format(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)
