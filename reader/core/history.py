"""Undo and redo of edits to annotations: values only, every past state stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from reader.core.annotation import Annotation


class Change(msgspec.Struct, frozen=True):
    """What became of one annotation; at least one side is there, and both have one id."""

    before: Annotation | None
    """As it was; None where it was made."""
    after: Annotation | None
    """As it is now; None where it was taken away."""

    def __post_init__(self) -> None:
        """Refuse what is not a change of one annotation.

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
        """Return the change that takes this one back."""
        return Change(self.after, self.before)


class Edit(msgspec.Struct, frozen=True):
    """What a person did in one go."""

    label: str
    """What it is called after "Undo:", such as ``tag as claim``."""
    changes: tuple[Change, ...]
    """In the order in which they were made."""

    def inverse(self) -> Edit:
        """Return the edit that takes this one back."""
        return Edit(self.label, tuple(change.inverse() for change in reversed(self.changes)))


class _Pile(NamedTuple):
    """A stack that shares its lower part with the stacks that it was made from."""

    top: Edit
    rest: _Pile | None


class History:
    """What can be undone and redone; immutable, so that a state of the session may hold it.

    Each step takes the same time however long the session is.
    """

    __slots__ = ("_done", "_undone")

    def __init__(self) -> None:
        """Start with nothing done."""
        self._done: _Pile | None = None
        self._undone: _Pile | None = None

    @classmethod
    def _of(cls, done: _Pile | None, undone: _Pile | None) -> History:
        history = cls()
        history._done, history._undone = done, undone
        return history

    def done(self, edit: Edit) -> History:
        """Return the history with ``edit`` as its last; what was undone can be redone no more."""
        return self._of(_Pile(edit, self._done), None)

    def undo(self) -> tuple[History, Edit] | None:
        """Return the history before its last edit, and the edit to apply for that.

        Returns:
            None where there is nothing to undo.
        """
        if self._done is None:
            return None
        last = self._done.top
        return self._of(self._done.rest, _Pile(last, self._undone)), last.inverse()

    def redo(self) -> tuple[History, Edit] | None:
        """Return the history after the edit that was last undone, and that edit to apply again.

        Returns:
            None where there is nothing to redo.
        """
        if self._undone is None:
            return None
        following = self._undone.top
        return self._of(_Pile(following, self._done), self._undone.rest), following


def apply(annotations: Mapping[str, Annotation], edit: Edit) -> dict[str, Annotation]:
    """Return ``annotations``, by their ids, as they are after ``edit``."""
    changed = dict(annotations)
    for change in edit.changes:
        if change.after is None:
            changed.pop(change.id, None)
        else:
            changed[change.id] = change.after
    return changed
