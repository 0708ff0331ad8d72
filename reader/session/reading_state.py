"""The state of an open article that screens show, and the places found for its annotations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reader.core.annotation import Annotation, Article
from reader.core.beside import offsets_beside
from reader.core.document import Document
from reader.core.overlay import IntervalIndex
from reader.core.undo import UndoHistory

if TYPE_CHECKING:
    from reader.core.offset_mapper import OffsetMapper


class ReadingState(msgspec.Struct, frozen=True, dict=True):
    """Everything a screen shows of an open article; every change makes a new state."""

    article: Article
    """The article as stored."""
    document: Document
    """The text; a prefix of the whole while ``is_complete`` is false."""
    by_id: Mapping[str, Annotation] = {}
    """All annotations by id, including tombstones."""
    history: UndoHistory = UndoHistory()
    """The edits that can be undone and redone."""

    @cached_property
    def annotations(self) -> tuple[Annotation, ...]:
        """The annotations that are not deleted, in the order of the text."""
        present = (each for each in self.by_id.values() if not each.is_deleted)
        return tuple(sorted(present, key=lambda each: (each.place.start, each.place.end, each.id)))

    @cached_property
    def places(self) -> IntervalIndex[Annotation]:
        """The annotations that have a place, indexed by range."""
        return IntervalIndex(
            (each.range, each) for each in self.annotations if not each.is_orphaned
        )

    def at(self, caret: int, just_made: str = "") -> list[Annotation]:
        """Return the annotations at the caret, which commands act on: the shortest first.

        Where none is around the caret's character, those up to ``beside.REACH`` characters beside
        it are at the caret.

        Args:
            caret: Offset of the character under the caret.
            just_made: The annotation that was made there; where it is among them, it is the only
                one.
        """
        around = next(
            filter(None, map(self.places.at, offsets_beside(self.document.text, caret))), []
        )
        made = [each for each in around if each.id == just_made]
        return made or sorted(around, key=lambda each: (each.place.end - each.place.start, each.id))


class AnchoringResult(NamedTuple):
    """Where the annotations are, once the document is complete."""

    document: Document
    """The complete document."""
    annotations: tuple[Annotation, ...]
    """All annotations with their places in it."""
    notice: str = ""
    """One sentence on how notes of a changed article were re-anchored; may be empty."""
    offset_mapper: OffsetMapper | None = None
    """Maps offsets of the text that was read last to this one; None where that text is the same or
    lost."""
