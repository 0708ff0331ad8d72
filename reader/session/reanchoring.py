"""Settling: where annotations and the reading place are in a document that is now complete."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Article
from reader.core.changes import changed_at, time_of
from reader.core.document import Document
from reader.session.open_article import AnchoringResult
from reader.session.places import (
    conflicting_edits_notice,
    what_became_of,
    with_pages,
    without_refused,
)

if TYPE_CHECKING:
    from reader.core.offset_mapper import OffsetMapper

TextOf = Callable[[str], str | None]
"""Gives the text with a digest; None where no snapshot of it is kept."""


def reanchored(
    document: Document, article: Article, annotations: Iterable[Annotation], text_of: TextOf
) -> AnchoringResult:
    """Find the places of an article's annotations in its document.

    Args:
        document: The document as it is now, complete.
        article: The article, of which ``snapshot`` names the text that was read last.
        annotations: Its annotations, tombstones among them.
        text_of: Gives the earlier texts.
    """
    known = {each.id: each for each in annotations}
    by_text: dict[str, list[Annotation]] = {}
    for each in known.values():
        by_text.setdefault(each.place.snapshot or article.snapshot, []).append(each)
    there = by_text.pop(document.digest, []) + by_text.pop("", [])
    anchoring = [
        replace(each, place=replace(each.place, snapshot="")) if each.place.snapshot else each
        for each in there
    ]
    apart = conflicting_edits_notice(known.values())
    offset_mapper = _offset_mapper(article, document, text_of)
    if not by_text:
        return AnchoringResult(document, with_pages(anchoring, document), apart, offset_mapper)
    from reader.core.anchoring import anchor_all  # noqa: PLC0415  (only when a text changed)

    moment = clock.now()
    placed: list[Annotation] = []
    for seen, before in by_text.items():
        after = anchor_all(before, document, text_of, seen=seen)
        placed += map(partial(_placed_at, moment), before, without_refused(before, after))
    became = what_became_of((known[each.id], each) for each in placed)
    notice = "\n".join(filter(None, (became, apart)))
    return AnchoringResult(
        document, with_pages((*anchoring, *placed), document), notice, offset_mapper
    )


def _offset_mapper(article: Article, document: Document, text_of: TextOf) -> OffsetMapper | None:
    """Return what takes places of the text that was read last to those of ``document``.

    The place where the article was left is carried over at once: that may be on a thread now.
    """
    if article.snapshot == document.digest:
        return None
    text = text_of(article.snapshot)
    if text is None:
        return None
    from reader.core.offset_mapper import OffsetMapper  # noqa: PLC0415  (only when a text changed)

    offset_mapper = OffsetMapper(text, document.text)
    offset_mapper.map(article.position)
    return offset_mapper


def _placed_at(moment: str, before: Annotation, after: Annotation) -> Annotation:
    """Note when an annotation was placed, so that no older copy takes its place back."""
    if before.place == after.place:
        return after
    return changed_at(before, after, clock.later(moment, than=time_of(before, "place")))
