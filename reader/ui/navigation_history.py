"""Back and forward through the positions in articles where the reader has been."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reader.core.back_forward import BackForward, Step
from reader.session import LoadingArticle
from reader.ui.article.position import ViewPosition

if TYPE_CHECKING:
    from reader.core.offset_mapper import OffsetMapper


@dataclass(frozen=True)
class HistoryEntry:
    """A position in an article that the reader can go back to."""

    article_id: str
    """The article."""
    position: ViewPosition
    """The caret, and what was on screen."""
    loading_article: LoadingArticle = field(compare=False, repr=False)
    """The article as it was opened."""
    is_reading: bool = field(default=True, compare=False)
    """Whether the reader had read up to there, and not jumped."""


class NavigationHistory:
    """The positions that jumps and other articles have led away from, in this run."""

    def __init__(self, is_removed: Callable[[str], bool]) -> None:
        """Begin with no positions.

        Args:
            is_removed: Returns whether an article was removed from the library, by its id.
        """
        self._is_removed = is_removed
        self._entries: BackForward[HistoryEntry] = BackForward()

    @property
    def article_ids(self) -> set[str]:
        """The articles that back or forward can lead to."""
        return {entry.article_id for entry in (*self._entries.behind, *self._entries.ahead)}

    def record(self, entry: HistoryEntry) -> None:
        """Add the position that a jump, or another article, leads away from."""
        self._entries = self._entries.push(entry)

    def record_close(self, entry: HistoryEntry, below: str | None) -> None:
        """Add the position in an article that is closed: forward leads to it again.

        Args:
            entry: The position in it.
            below: The article that is shown next; None where none is.
        """
        step = self._entries.back_to(entry, lambda earlier: earlier.article_id == below)
        if step is not None:
            self._entries = step.history
        else:
            self.record(entry)

    def map_offsets(
        self, article_id: str, offset_mapper: OffsetMapper, loading_article: LoadingArticle
    ) -> None:
        """Map the positions in an article to its new text.

        Args:
            article_id: The article.
            offset_mapper: Maps offsets of the old text to those of the new one.
            loading_article: The article with its new text.
        """

        def mapped(entry: HistoryEntry) -> HistoryEntry:
            if entry.article_id != article_id:
                return entry
            position = entry.position.mapped(offset_mapper.map)
            return replace(entry, position=position, loading_article=loading_article)

        self._entries = self._entries.updated(mapped)

    def next_step(self, present: HistoryEntry, *, is_forward: bool) -> Step[HistoryEntry] | None:
        """Return the next step, past articles that were removed; None where there is none.

        Args:
            present: The present position.
            is_forward: Whether to go forward, not back.
        """
        entries = self._entries
        while step := (entries.forward if is_forward else entries.back)(present):
            if not self._is_removed(step.entry.article_id):
                return step
            entries = step.history
        return None

    def finish(self, step: Step[HistoryEntry]) -> None:
        """Be at the position that a step has led to."""
        self._entries = step.history
