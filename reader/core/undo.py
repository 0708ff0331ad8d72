"""Undo and redo edits of annotations; every value is immutable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from reader.core.annotation import Annotation


class Change(msgspec.Struct, frozen=True):
    """A change of one annotation: it was added, changed or removed."""

    before: Annotation | None
    """The annotation before the change; None where the change added it."""
    after: Annotation | None
    """The annotation after the change; None where the change removed it."""

    def __post_init__(self) -> None:
        """Check that the change concerns exactly one annotation.

        Raises:
            ValueError: Neither side is there, or the ids differ.
        """
        if len({side.id for side in (self.before, self.after) if side is not None}) != 1:
            raise ValueError("a change has one annotation, before, after or both")

    @property
    def id(self) -> str:
        """The annotation's id."""
        return self.after.id if self.after is not None else self.before.id  # type: ignore[union-attr]

    def inverse(self) -> Change:
        """Return the change that undoes this one."""
        return Change(self.after, self.before)


class VerdictChange(NamedTuple):
    """A change of whether a suggested quotation is turned down."""

    key: str
    """The quotation's key."""
    was_declined: bool
    """Whether it was turned down before."""
    is_declined: bool
    """Whether it is turned down now."""

    def inverse(self) -> VerdictChange:
        """Return the change that undoes this one."""
        return VerdictChange(self.key, self.is_declined, self.was_declined)


class Edit(msgspec.Struct, frozen=True):
    """Changes that are undone together."""

    label: str
    """The edit's name, shown after "Undo:", such as ``tag as claim``."""
    changes: tuple[Change, ...]
    """The changes, in the order in which they were made."""
    verdicts: tuple[VerdictChange, ...] = ()
    """The suggested quotations that were turned down, or are suggested again."""

    def inverse(self) -> Edit:
        """Return the edit that undoes this one."""
        return Edit(
            self.label,
            tuple(change.inverse() for change in reversed(self.changes)),
            tuple(verdict.inverse() for verdict in reversed(self.verdicts)),
        )


class _Stack(NamedTuple):
    """An immutable stack; shares its lower part with the stacks that it was made from."""

    top: Edit
    rest: _Stack | None


class UndoHistory:
    """What can be undone and redone; immutable, so that a state of the session may hold it.

    Each step takes the same time however long the session is.
    """

    __slots__ = ("_done", "_undone")

    def __init__(self) -> None:
        """Start with nothing done."""
        self._done: _Stack | None = None
        self._undone: _Stack | None = None

    @classmethod
    def _of(cls, done: _Stack | None, undone: _Stack | None) -> UndoHistory:
        history = cls()
        history._done, history._undone = done, undone
        return history

    def done(self, edit: Edit) -> UndoHistory:
        """Return the history with ``edit`` as its last edit and with nothing to redo."""
        return self._of(_Stack(edit, self._done), None)

    def undo(self) -> tuple[UndoHistory, Edit] | None:
        """Return the history without its last edit, and the edit that undoes it.

        Returns:
            None where there is nothing to undo.
        """
        if self._done is None:
            return None
        last = self._done.top
        return self._of(self._done.rest, _Stack(last, self._undone)), last.inverse()

    def redo(self) -> tuple[UndoHistory, Edit] | None:
        """Return the history with the edit that was undone last, and that edit to apply again.

        Returns:
            None where there is nothing to redo.
        """
        if self._undone is None:
            return None
        following = self._undone.top
        return self._of(_Stack(following, self._done), self._undone.rest), following


def apply(annotations: Mapping[str, Annotation], edit: Edit) -> dict[str, Annotation]:
    """Return ``annotations``, by their ids, as they are after ``edit``."""
    changed = dict(annotations)
    for change in edit.changes:
        if change.after is None:
            changed.pop(change.id, None)
        else:
            changed[change.id] = change.after
    return changed
