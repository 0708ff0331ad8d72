"""Samples, ratios and tables of measurements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median, quantiles
from typing import NamedTuple


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
