"""Samples, ratios and tables of measurements."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Final, NamedTuple, Self

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
