"""Earlier versions of an article, on which annotations were made."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.changes import time_of
from reader.core.document import Document
from reader.core.selectors import selector_history
from reader.core.text_formatting import counted
from reader.session.reading_state import ReadingState


class Version(NamedTuple):
    """An earlier text of an article."""

    digest: str
    """The digest of its document."""
    last: str
    """The last time when the article is known to have had this text: ISO 8601, UTC."""
    annotation_ids: frozenset[str]
    """The annotations that were made on it."""

    @property
    def day(self) -> str:
        """The local day of ``last``."""
        return clock.local_day(self.last)

    @property
    def described(self) -> str:
        """How many annotations were made on it."""
        return f"{counted(len(self.annotation_ids), 'annotation')} made on it"


def versions_of(state: ReadingState) -> list[Version]:
    """Return the earlier texts on which annotations were made, the latest first.

    Args:
        state: The open article.
    """
    present = {"", state.article.snapshot, state.document.digest}
    made: dict[str, dict[str, str]] = {}
    for annotation in state.annotations:
        for selector, moment in _dated_selectors(annotation):
            if selector.snapshot not in present:
                made.setdefault(selector.snapshot, {})[annotation.id] = moment
    versions = [
        Version(digest, max(moments.values()), frozenset(moments))
        for digest, moments in made.items()
    ]
    return sorted(versions, key=lambda each: (each.last, each.digest), reverse=True)


def earlier_state(state: ReadingState, document: Document) -> ReadingState:
    """Return the state of an article with an earlier text and the annotations made on it.

    Args:
        state: The open article.
        document: The earlier text, complete.
    """
    by_id: dict[str, Annotation] = {}
    for annotation in state.annotations:
        for selector, _ in _dated_selectors(annotation):
            if selector.snapshot == document.digest:
                place = Place(selector.start, selector.end)
                by_id[annotation.id] = replace(annotation, selector=selector, place=place)
    article: Article = replace(
        state.article,
        source_metadata=document.metadata,
        snapshot=document.digest,
        position=0,
        caret_distance=0,
    )
    return ReadingState(article, document, by_id)


def _dated_selectors(annotation: Annotation) -> list[tuple[Selector, str]]:
    """Return the selectors of a passage, each with a time when it was valid."""
    *earlier, present = selector_history(annotation.selector)
    last = time_of(annotation, "selector") if earlier else annotation.created
    return [*((each, annotation.created) for each in earlier), (present, last)]
