"""How the places of annotations change, with the article or by the reader's hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Place, PlaceState
from reader.core.changes import changed_at, time_of
from reader.core.document import Document, TextRange
from reader.core.selectors import describe, supersede, trimmed
from reader.core.text_formatting import counted, one_line

NAMED_LENGTH = 40
"""The length of a passage that names its note in a notice, in code points."""


def change_notice(changes: Iterable[tuple[Annotation, Annotation]]) -> str:
    """Return a one-line notice of how the notes of a changed article were re-anchored.

    Args:
        changes: Pairs of an annotation before and after; pairs with the same place are ignored.

    Returns:
        ``Changed: 3 notes carried over, 1 lost its place.`` and the like; empty where
        no place changed.
    """
    carried = lost = found = 0
    for before, after in changes:
        if after.is_deleted or replace(before.place, snapshot="") == after.place:
            continue
        if after.is_orphaned:
            lost += not before.is_orphaned
        elif before.is_orphaned:
            found += 1
        else:
            carried += 1
    parts = []
    if carried:
        parts.append(f"{counted(carried, 'note')} carried over")
    if found:
        parts.append(
            f"{found if parts else counted(found, 'note')} found {_its(found)} place again"
        )
    if lost:
        parts.append(f"{lost if parts else counted(lost, 'note')} lost {_its(lost)} place")
    if not parts:
        return ""
    return f"Changed: {', '.join(parts)}."


def conflicting_edits_notice(annotations: Iterable[Annotation]) -> str:
    """Return a one-line notice that names the notes that hold conflicting edits.

    Returns:
        ``The note on “It closed …” was edited in two places at once; it keeps both texts.`` and the
        like; empty where there is none.
    """
    conflicting = [each for each in annotations if each.versions and not each.is_deleted]
    if not conflicting:
        return ""
    first = min(conflicting, key=lambda each: each.place.range)
    passage = one_line(first.selector.exact, NAMED_LENGTH)
    if len(conflicting) == 1:
        return f"The note on “{passage}” was edited in two places at once; it keeps both texts."
    return (
        f"{len(conflicting)} notes were edited in two places at once, the first on “{passage}”; "
        "they keep both texts."
    )


def without_refused(before: Sequence[Annotation], after: Sequence[Annotation]) -> list[Annotation]:
    """Return annotations with their new places, except for places that the reader has refused.

    An annotation with a refused place stays orphaned until its exact words are found.

    Args:
        before: The annotations with their earlier places.
        after: The same annotations with their new places, in the same order.
    """
    return [
        replace(new, place=replace(new.place, state=PlaceState.ORPHANED, refused=True, loss=None))
        if old.place.refused and (new.needs_review or new.is_orphaned)
        else new
        for old, new in zip(before, after, strict=True)
    ]


def with_pages(annotations: Iterable[Annotation], document: Document) -> tuple[Annotation, ...]:
    """Return annotations with their page, where the document has pages.

    The time of that change is as early as possible, so that a change by the reader in another copy
    of the library always wins.

    Args:
        annotations: Annotations with their places in ``document``.
        document: The present document, complete.
    """
    if not document.page_at(len(document.text)):
        return tuple(annotations)
    return tuple(_with_page(each, document) for each in annotations)


def _with_page(annotation: Annotation, document: Document) -> Annotation:
    page = document.page_at(annotation.place.start)
    if annotation.selector.page or annotation.is_orphaned or not page:
        return annotation
    known = replace(annotation, selector=replace(annotation.selector, page=page))
    return changed_at(annotation, known, clock.later("", than=time_of(annotation, "selector")))


def accepted(annotation: Annotation, document: Document, digest: str) -> Annotation:
    """Return the annotation with the words that are at its place now.

    ``Selector.earlier`` keeps the words that it was made on.

    Args:
        annotation: An annotation that has a place.
        document: The present document.
        digest: The digest of the document; of the whole one while only a part has been read.
    """
    return moved(annotation, document, annotation.range, digest)


def moved(
    annotation: Annotation, document: Document, passage: TextRange, digest: str
) -> Annotation:
    """Return the annotation at a range that the reader chose.

    An orphan is re-attached and keeps the words that it was made on; any other annotation takes
    the words of the range.

    Args:
        annotation: The annotation.
        document: The present document.
        passage: The chosen range.
        digest: The digest of the document; of the whole one while only a part has been read.
    """
    if annotation.is_orphaned:
        place = Place(*trimmed(document, passage), PlaceState.BY_HAND)
        return replace(annotation, place=place)
    selector = supersede(annotation.selector, describe(document, passage), digest)
    return replace(annotation, selector=selector, place=Place(selector.start, selector.end))


def without_place(annotation: Annotation) -> Annotation:
    """Return the annotation as an orphan; its range stays as a hint."""
    place = Place(*annotation.range, PlaceState.ORPHANED, refused=True)
    return replace(annotation, place=place)


def _its(count: int) -> str:
    return "its" if count == 1 else "their"
