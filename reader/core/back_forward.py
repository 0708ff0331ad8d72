"""A history of entries to go back and forward through, as in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

Entry = TypeVar("Entry")

MAX_ENTRIES = 100
"""The most entries in each direction; older ones are dropped."""


class Step(NamedTuple, Generic[Entry]):
    """A step back or forward."""

    history: BackForward[Entry]
    """The history after the step."""
    entry: Entry
    """The entry that the step leads to."""


class BackForward(NamedTuple, Generic[Entry]):
    """The entries behind and ahead of the present entry, which is in neither."""

    behind: tuple[Entry, ...] = ()
    """The entries before the present entry, the nearest last."""
    ahead: tuple[Entry, ...] = ()
    """The entries that were left by going back, the nearest last."""

    def push(self, entry: Entry) -> BackForward[Entry]:
        """Return the history after a jump away from ``entry``; nothing is ahead then."""
        behind = self.behind[:-1] if self.behind[-1:] == (entry,) else self.behind
        return BackForward((*behind, entry)[-MAX_ENTRIES:])

    def back(self, present: Entry) -> Step[Entry] | None:
        """Return the step back from ``present``; None at the beginning.

        Entries that equal ``present`` are skipped.
        """
        behind = _without(self.behind, present)
        if not behind:
            return None
        ahead = (*_without(self.ahead, present), present)[-MAX_ENTRIES:]
        return Step(BackForward(behind[:-1], ahead), behind[-1])

    def forward(self, present: Entry) -> Step[Entry] | None:
        """Return the step forward from ``present``; None where nothing is ahead.

        Entries that equal ``present`` are skipped.
        """
        step = BackForward(self.ahead, self.behind).back(present)
        if step is None:
            return None
        return Step(BackForward(step.history.ahead, step.history.behind), step.entry)

    def back_to(self, present: Entry, is_wanted: Callable[[Entry], bool]) -> Step[Entry] | None:
        """Return one step back to the nearest wanted entry; None where there is none."""
        step = self.back(present)
        while step is not None and not is_wanted(step.entry):
            step = step.history.back(step.entry)
        return step

    def updated(self, update: Callable[[Entry], Entry]) -> BackForward[Entry]:
        """Return the history with ``update`` applied to every entry."""
        return BackForward(tuple(map(update, self.behind)), tuple(map(update, self.ahead)))


def _without(entries: tuple[Entry, ...], present: Entry) -> tuple[Entry, ...]:
    """Return the entries without those at the end that equal ``present``."""
    while entries and entries[-1] == present:
        entries = entries[:-1]
    return entries
