"""The way that a reader has gone: back and forward."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

Stop = TypeVar("Stop")

LONGEST = 100
"""How many stops a trail keeps at most on each side; the oldest are forgotten."""


class Step(NamedTuple, Generic[Stop]):
    """A step along a trail."""

    trail: Trail[Stop]
    """The trail after it."""
    stop: Stop
    """Where it leads."""


class Trail(NamedTuple, Generic[Stop]):
    """Where one was before, and where one came back from; the present place is not on it."""

    behind: tuple[Stop, ...] = ()
    """The places before this one, the last one last."""
    ahead: tuple[Stop, ...] = ()
    """The places that one came back from, the next one last."""

    def left(self, stop: Stop) -> Trail[Stop]:
        """Return the trail after a jump away from ``stop``; what was ahead is no longer."""
        kept = self.behind[:-1] if self.behind[-1:] == (stop,) else self.behind
        return Trail((*kept, stop)[-LONGEST:])

    def back(self, present: Stop) -> Step[Stop] | None:
        """Return the step back from ``present``; None at the beginning.

        Stops that are where one is already are passed over.
        """
        behind = _without(self.behind, present)
        if not behind:
            return None
        ahead = (*_without(self.ahead, present), present)[-LONGEST:]
        return Step(Trail(behind[:-1], ahead), behind[-1])

    def forward(self, present: Stop) -> Step[Stop] | None:
        """Return the step forward from ``present``, likewise; None where one never came back."""
        step = Trail(self.ahead, self.behind).back(present)
        if step is None:
            return None
        return Step(Trail(step.trail.ahead, step.trail.behind), step.stop)

    def back_to(self, present: Stop, is_wanted: Callable[[Stop], bool]) -> Step[Stop] | None:
        """Return as many steps back as lead to a stop that is wanted; None where none does."""
        step = self.back(present)
        while step is not None and not is_wanted(step.stop):
            step = step.trail.back(step.stop)
        return step

    def changed(self, change: Callable[[Stop], Stop]) -> Trail[Stop]:
        """Return the trail with every stop as ``change`` makes it."""
        return Trail(tuple(map(change, self.behind)), tuple(map(change, self.ahead)))


def _without(stops: tuple[Stop, ...], present: Stop) -> tuple[Stop, ...]:
    """Return stops without those at the end that are ``present``."""
    while stops and stops[-1] == present:
        stops = stops[:-1]
    return stops
