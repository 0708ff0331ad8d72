"""Comparing two versions of an article as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from reader.core.annotation import Annotation, Place
from reader.core.article_diff import ArticleDiff
from reader.core.document import Document
from reader.session.reading_state import ReadingState
from reader.session.versions import earlier_state


class Comparison(NamedTuple):
    """Two versions of an article, and the annotations of the later one."""

    diff: ArticleDiff
    """What differs."""
    state: ReadingState
    """The document of both versions, with the annotations of the later one."""


def compare(
    state: ReadingState, old: str, new: str, snapshot: Callable[[str], Document | None]
) -> Comparison | None:
    """Compare two versions of an open article.

    Args:
        state: The open article.
        old: The digest of the earlier version.
        new: The digest of the later version.
        snapshot: Returns the document with a digest; None if the library does not have it.

    Returns:
        The comparison; None where the library has no copy of one of them.
    """
    earlier = _document(state, old, snapshot)
    later = _document(state, new, snapshot)
    if earlier is None or later is None:
        return None
    diff = ArticleDiff(earlier, later)
    of_later = state if later is state.document else earlier_state(state, later)
    by_id = {each.id: _mapped(each, diff) for each in of_later.annotations}
    article = replace(of_later.article, position=0, caret_distance=0)
    return Comparison(diff, ReadingState(article, diff.document, by_id))


def _document(
    state: ReadingState, digest: str, snapshot: Callable[[str], Document | None]
) -> Document | None:
    is_present = state.document.is_complete and state.document.digest == digest
    return state.document if is_present else snapshot(digest)


def _mapped(annotation: Annotation, diff: ArticleDiff) -> Annotation:
    """Return an annotation with its place in the document of both versions."""
    place: Place = annotation.place
    start, end = diff.range_of(place.range)
    return replace(annotation, place=replace(place, start=start, end=end))
