"""Re-anchoring: find annotations and the reading position in a complete document."""

from __future__ import annotations

import time
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import UNKNOWN_TEXT, Annotation, Article
from reader.core.changes import changed_at, time_of
from reader.core.document import Document
from reader.core.shaping import differ_by_shaping
from reader.session.first_places import Placer, first_places_notice
from reader.session.placement import (
    change_notice,
    conflicting_edits_notice,
    with_known_words,
    with_pages,
    with_words,
    without_refused,
)
from reader.session.reading_state import AnchoringResult

if TYPE_CHECKING:
    from reader.core.alignment import Alignment
    from reader.core.anchoring import Anchorer
    from reader.core.offset_mapper import OffsetMapper

BATCH: Final = 32
"""How many annotations are placed before they are shown: those around a screen."""

STEP_SECONDS: Final = 0.25
"""The least time between two parts of the placed annotations, in seconds."""

STEP_PART: Final = 3
"""A part has at least one in so many of the annotations that are placed by then: showing a part
costs as much as there are annotations."""

TextOf = Callable[[str], str | None]
"""Returns the text with a digest; None where the library has no snapshot of it."""


class Placing(NamedTuple):
    """How the places of many annotations are found while the reader reads on."""

    position: Callable[[], int]
    """Returns an offset; the annotations nearest to it are placed first."""
    on_placed: Callable[[Sequence[Annotation], int, int], object]
    """Called now and then with annotations that have been placed since, with how many have been
    placed, and of how many. It may raise, which ends the work."""


def reanchor(
    document: Document,
    article: Article,
    annotations: Iterable[Annotation],
    text_of: TextOf,
    *,
    own: Container[str] = (),
    placing: Placing | None = None,
) -> AnchoringResult:
    """Find the places of an article's annotations in its document.

    Args:
        document: The present document, complete.
        article: The article; its ``snapshot`` is the digest of the text that was read last.
        annotations: Its annotations, including tombstones.
        text_of: Returns earlier texts.
        own: The ids of annotations that were made on this document, while it was being read.
        placing: Follows the work where there are many annotations.
    """
    text_of = cache(text_of)
    by_id = {annotation.id: annotation for annotation in annotations}
    unchanged, by_text = _divided(document, article, by_id.values(), own)
    anchored = with_pages([_of_document(each, document) for each in unchanged], document)
    conflicts = conflicting_edits_notice(by_id.values())
    if not by_text:
        offset_mapper = _offset_mapper(article, document, text_of)
        return AnchoringResult(document, anchored, conflicts, offset_mapper)
    from reader.core.anchoring import Anchorer  # noqa: PLC0415  (only when a text changed)

    anchorer = Anchorer(document, text_of)
    align = partial(anchorer.alignment_with, article.snapshot)
    offset_mapper = _offset_mapper(article, document, text_of, align)
    work = [(seen, each) for seen, before in by_text.items() for each in before]
    placed = list(_placed_all(document, work, anchorer, offset_mapper, placing))
    news = {seen for seen in by_text if not differ_by_shaping(text_of(seen) or "", document.text)}
    notice = _notice(work, news, placed)
    notice = "\n".join(filter(None, (notice, conflicts)))
    return AnchoringResult(document, (*anchored, *placed), notice, offset_mapper)


def _divided(
    document: Document,
    article: Article,
    annotations: Iterable[Annotation],
    own: Container[str],
) -> tuple[list[Annotation], dict[str, list[Annotation]]]:
    """Return the annotations that stay where they are, and the others by the text of their place.

    Args:
        document: As for ``reanchor``.
        article: As for ``reanchor``.
        annotations: As for ``reanchor``.
        own: As for ``reanchor``.
    """
    by_text: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        digest = annotation.place.snapshot or article.snapshot
        if digest == UNKNOWN_TEXT:
            is_of_this = not annotation.is_waiting and _stands_in(document.text, annotation)
        else:
            is_of_this = annotation.id in own and not annotation.selector.snapshot
        by_text.setdefault(document.digest if is_of_this else digest, []).append(annotation)
    unchanged = by_text.pop(document.digest, []) + by_text.pop("", [])
    if unexplained := [each for each in unchanged if _is_unexplained(each)]:
        by_text[document.digest] = unexplained
        unchanged = [each for each in unchanged if not _is_unexplained(each)]
    return unchanged, by_text


def _of_document(annotation: Annotation, document: Document) -> Annotation:
    """Return an annotation whose place is in the document, with the words that stand there."""
    if annotation.place.snapshot:
        annotation = replace(annotation, place=replace(annotation.place, snapshot=""))
    return with_known_words(annotation, document)


def _notice(
    work: Iterable[tuple[str, Annotation]], news: Container[str], placed: Sequence[Annotation]
) -> str:
    """Return what is said of annotations that were placed.

    Args:
        work: The annotations before, each with the digest of the text that its place refers to.
        news: The digests of the texts that the reader would tell from the document.
        placed: The annotations with their places.
    """
    before = {each.id: (seen, each) for seen, each in work}
    known, arrived = [], []
    for after in placed:
        seen, each = before[after.id]
        if each.is_waiting and not after.is_deleted:
            arrived.append(after)
        elif not each.is_waiting and seen in news:
            known.append((each, after))
    return "\n".join(filter(None, (change_notice(known), first_places_notice(arrived))))


def _placed_all(
    document: Document,
    work: Sequence[tuple[str, Annotation]],
    anchorer: Anchorer,
    offset_mapper: OffsetMapper | None,
    placing: Placing | None,
) -> Iterator[Annotation]:
    """Yield annotations with their places in a document.

    Args:
        document: The document.
        work: The annotations, each with the digest of the text that its place refers to.
        anchorer: Finds their passages.
        offset_mapper: Maps offsets of the text that was read last to the document.
        placing: As for ``reanchor``; without it they are placed in the given order.
    """
    moment = clock.now()
    placer: Placer | None = None
    left = list(reversed(work))
    fresh: list[Annotation] = []
    shown = 0.0  # the nearest ones are shown as soon as they are placed
    if placing is not None:
        _sort(left, placing.position(), offset_mapper)
    while left:
        seen, before = left.pop()
        if before.is_waiting:
            placer = placer or Placer(document)
            after = placer.placed(before)
        else:
            (after,) = without_refused([before], [anchorer.place(before, seen=seen)])
        # In the same text, a place that the reader chose in another copy of the library wins.
        is_same_text = seen == document.digest
        first_seen = time_of(before, "place") if is_same_text else moment
        after = with_words(after, before, document, first_seen)
        after = _placed_at("" if is_same_text else moment, before, after)
        fresh += with_pages([after], document)
        if placing is None or not left:
            continue
        done = len(work) - len(left)
        is_due = len(fresh) >= max(BATCH, done // STEP_PART)
        if is_due and time.monotonic() - shown > STEP_SECONDS:
            placing.on_placed(fresh, done, len(work))
            yield from fresh
            fresh, shown = [], time.monotonic()
            _sort(left, placing.position(), offset_mapper)
    yield from fresh


def _sort(
    work: list[tuple[str, Annotation]], position: int, offset_mapper: OffsetMapper | None
) -> None:
    """Sort annotations by their distance from an offset in the document, the nearest last."""

    def distance(item: tuple[str, Annotation]) -> int:
        start = item[1].place.start
        return abs((offset_mapper.map(start) if offset_mapper else start) - position)

    work.sort(key=distance, reverse=True)


def _stands_in(text: str, annotation: Annotation) -> bool:
    """Return whether a passage is at its place in ``text``, between the words around it."""
    (start, end), words = annotation.range, annotation.selector
    return (
        text[start:end] == words.exact
        and text.endswith(words.prefix, 0, start)
        and text.startswith(words.suffix, end)
    )


def _is_unexplained(annotation: Annotation) -> bool:
    """Return whether a passage was lost before the reason was stored."""
    return annotation.is_orphaned and annotation.loss is None and not annotation.is_deleted


def _offset_mapper(
    article: Article,
    document: Document,
    text_of: TextOf,
    align: Callable[[], Alignment] | None = None,
) -> OffsetMapper | None:
    """Return the mapper from the text that was read last to ``document``.

    It maps the reading position and the caret at once, since this may run on a thread.
    """
    if article.snapshot == document.digest:
        return None
    text = text_of(article.snapshot)
    if text is None:
        return None
    from reader.core.offset_mapper import OffsetMapper  # noqa: PLC0415  (only when a text changed)

    offset_mapper = OffsetMapper(text, document.text, align=align)
    offset_mapper.map(article.position)
    offset_mapper.map(article.caret)
    return offset_mapper


def _placed_at(moment: str, before: Annotation, after: Annotation) -> Annotation:
    """Record when an annotation was placed, so that no older copy overrides its place."""
    if before.place == after.place:
        return after
    return changed_at(before, after, clock.later(moment, than=time_of(before, "place")))
