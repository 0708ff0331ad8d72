"""Samples, ratios and tables of measurements."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Final, NamedTuple, Self, TypeVar

Result = TypeVar("Result")

MEMORY_SECONDS: Final = 0.02
"""The seconds between two looks at the memory of a process."""


class Sample(NamedTuple):
    """Repeated measurements of one thing."""

    name: str
    """What was measured."""
    seconds: Sequence[float]
    """The measurements, in seconds."""

    @property
    def median(self) -> float:
        """The median, in seconds."""
        return median(self.seconds)

    @property
    def spread(self) -> tuple[float, float]:
        """The lower and the upper quartile, in seconds."""
        if len(self.seconds) < 2:
            return self.seconds[0], self.seconds[0]
        low, _, high = quantiles(self.seconds, n=4, method="inclusive")
        return low, high

    def row(self, base: Sample | None = None) -> tuple[str, ...]:
        """Return the name, the median, the quartiles, and the ratio to ``base``, all as text."""
        low, high = self.spread
        ratio = f"{self.median / base.median:.2f}" if base else ""
        return (
            self.name,
            f"{self.median * 1000:.1f}",
            f"{low * 1000:.1f} to {high * 1000:.1f}",
            ratio,
        )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join('---' for _ in head)} |"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


class PeakMemory:
    """Follows the peak memory of a process and of its children while they run."""

    def __init__(self, pid: int) -> None:
        """Follow the process ``pid``."""
        self._pid = pid
        self._peaks: dict[int, int] = {}
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> Self:
        """Begin to follow it."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Follow it no longer."""
        self._look()
        self._is_over.set()
        self._thread.join()

    @property
    def megabytes(self) -> float:
        """The peak memory of the processes together, each with its own peak, in MB."""
        return sum(self._peaks.values()) / 1000

    def _follow(self) -> None:
        while not self._is_over.wait(MEMORY_SECONDS):
            self._look()

    def _look(self) -> None:
        processes = [self._pid]
        for pid in processes:
            folder = Path(f"/proc/{pid}")
            with contextlib.suppress(OSError):  # it has ended
                for line in (folder / "status").read_text("ascii").splitlines():
                    if line.startswith("VmHWM:"):
                        self._peaks[pid] = int(line.split()[1])
                for task in (folder / "task").iterdir():
                    processes += map(int, (task / "children").read_text("ascii").split())


class Taken(NamedTuple):
    """How long something took, in seconds."""

    processor: float
    """On the processor."""
    clock: float
    """On the clock."""

    @property
    def text(self) -> str:
        """Both, as a cell of a table."""
        return f"{self.processor:.2f} ({self.clock:.2f})"


def timed(work: Callable[[], Result]) -> tuple[Result, Taken]:
    """Do something; return its result, and how long it took."""
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, Taken(time.process_time() - processor, time.perf_counter() - clock)


def table_of_steps(
    steps: Sequence[str],
    runs: int,
    sizes: Sequence[int],
    measure: Callable[[int], Iterable[Taken]],
) -> str:
    """Return a table of steps: the best of the runs, in seconds of the processor (clock).

    Args:
        steps: The names of the steps.
        runs: How often each is measured.
        sizes: The numbers of articles.
        measure: Takes a number of articles; yields how long each step takes.
    """
    best: dict[tuple[str, int], Taken] = {}
    for size in sizes:
        for _ in range(runs):
            for step, taken in zip(steps, measure(size), strict=True):
                best[step, size] = min(taken, best.get((step, size), taken))

    def growth(step: str) -> str:
        if len(sizes) < 2:
            return ""
        return f"{best[step, sizes[-1]].processor / best[step, sizes[-2]].processor:.1f}"

    rows = [(step, *(best[step, size].text for size in sizes), growth(step)) for step in steps]
    names = (f"{size:,} articles" for size in sizes)
    return table(("processor s (clock s)", *names, "the last two, as a ratio"), rows)
