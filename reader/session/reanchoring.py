"""Re-anchoring: find annotations and the reading position in a complete document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Article
from reader.core.changes import changed_at, time_of
from reader.core.document import Document
from reader.core.shaping import differ_by_shaping
from reader.session.placement import (
    change_notice,
    conflicting_edits_notice,
    with_pages,
    without_refused,
)
from reader.session.reading_state import AnchoringResult

if TYPE_CHECKING:
    from reader.core.offset_mapper import OffsetMapper

TextOf = Callable[[str], str | None]
"""Returns the text with a digest; None where the library has no snapshot of it."""


def reanchor(
    document: Document, article: Article, annotations: Iterable[Annotation], text_of: TextOf
) -> AnchoringResult:
    """Find the places of an article's annotations in its document.

    Args:
        document: The present document, complete.
        article: The article; its ``snapshot`` is the digest of the text that was read last.
        annotations: Its annotations, including tombstones.
        text_of: Returns earlier texts.
    """
    by_id = {annotation.id: annotation for annotation in annotations}
    by_text: dict[str, list[Annotation]] = {}
    for annotation in by_id.values():
        digest = annotation.place.snapshot or article.snapshot
        by_text.setdefault(digest, []).append(annotation)
    unchanged = by_text.pop(document.digest, []) + by_text.pop("", [])
    if unexplained := [each for each in unchanged if _is_unexplained(each)]:
        by_text[document.digest] = unexplained
        unchanged = [each for each in unchanged if not _is_unexplained(each)]
    anchoring = [
        replace(each, place=replace(each.place, snapshot="")) if each.place.snapshot else each
        for each in unchanged
    ]
    conflicts = conflicting_edits_notice(by_id.values())
    offset_mapper = _offset_mapper(article, document, text_of)
    if not by_text:
        return AnchoringResult(document, with_pages(anchoring, document), conflicts, offset_mapper)
    from reader.core.anchoring import anchor_all  # noqa: PLC0415  (only when a text changed)

    moment = clock.now()
    placed: list[Annotation] = []
    is_news: set[str] = set()
    for seen, before in by_text.items():
        after = anchor_all(before, document, text_of, seen=seen)
        # In the same text, a place that the reader chose in another copy of the library wins.
        placing = partial(_placed_at, "" if seen == document.digest else moment)
        placed += map(placing, before, without_refused(before, after))
        if not differ_by_shaping(text_of(seen) or "", document.text):
            is_news.update(each.id for each in before)
    changes = change_notice((by_id[each.id], each) for each in placed if each.id in is_news)
    notice = "\n".join(filter(None, (changes, conflicts)))
    return AnchoringResult(
        document, with_pages((*anchoring, *placed), document), notice, offset_mapper
    )


def _is_unexplained(annotation: Annotation) -> bool:
    """Return whether a passage was lost before the reason was stored."""
    return annotation.is_orphaned and annotation.loss is None and not annotation.is_deleted


def _offset_mapper(article: Article, document: Document, text_of: TextOf) -> OffsetMapper | None:
    """Return the mapper from the text that was read last to ``document``.

    It maps the reading position and the caret at once, since this may run on a thread.
    """
    if article.snapshot == document.digest:
        return None
    text = text_of(article.snapshot)
    if text is None:
        return None
    from reader.core.offset_mapper import OffsetMapper  # noqa: PLC0415  (only when a text changed)

    offset_mapper = OffsetMapper(text, document.text)
    offset_mapper.map(article.position)
    offset_mapper.map(article.caret)
    return offset_mapper


def _placed_at(moment: str, before: Annotation, after: Annotation) -> Annotation:
    """Record when an annotation was placed, so that no older copy overrides its place."""
    if before.place == after.place:
        return after
    return changed_at(before, after, clock.later(moment, than=time_of(before, "place")))
