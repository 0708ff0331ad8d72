"""What becomes of the places of annotations when their article changes, and by a person's hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from reader import clock
from reader.core.annotation import Annotation, Place, PlaceState
from reader.core.changes import changed_at, time_of
from reader.core.document import Document, TextRange
from reader.core.selectors import describe, supersede, trimmed


def what_became_of(changes: Iterable[tuple[Annotation, Annotation]]) -> str:
    """Say in one line what became of the notes of an article that changed.

    Args:
        changes: Annotations before and after; those whose place is what it was are not spoken of.

    Returns:
        ``Changed: 3 notes carried over, 1 lost its place.`` and the like; empty where
        no place changed.
    """
    carried = lost = found = 0
    for before, after in changes:
        if after.is_deleted or before.place == after.place:
            continue
        if after.is_orphaned:
            lost += not before.is_orphaned
        elif before.is_orphaned:
            found += 1
        else:
            carried += 1
    parts = []
    if carried:
        parts.append(f"{_notes(carried)} carried over")
    if found:
        parts.append(f"{found if parts else _notes(found)} found {_its(found)} place again")
    if lost:
        parts.append(f"{lost if parts else _notes(lost)} lost {_its(lost)} place")
    if not parts:
        return ""
    return f"Changed: {', '.join(parts)}."


def conflicting_edits_notice(annotations: Iterable[Annotation]) -> str:
    """Say in one line how many notes hold texts that were written apart, until they are edited.

    Returns:
        ``A note was edited in two places at once; it keeps both texts.`` and the like; empty where
        there is none.
    """
    count = sum(bool(each.versions) and not each.is_deleted for each in annotations)
    if not count:
        return ""
    if count == 1:
        return "A note was edited in two places at once; it keeps both texts."
    return f"{count} notes were edited in two places at once; they keep both texts."


def without_refused(before: Sequence[Annotation], after: Sequence[Annotation]) -> list[Annotation]:
    """Return annotations with their new places, but for those that a person has refused.

    What a person said is not there has lost its place until its very words stand somewhere.

    Args:
        before: The annotations with the places that they had.
        after: The same annotations with the places that were found, in the same order.
    """
    return [
        replace(new, place=replace(new.place, state=PlaceState.ORPHANED, refused=True))
        if old.place.refused and (new.needs_review or new.is_orphaned)
        else new
        for old, new in zip(before, after, strict=True)
    ]


def with_pages(annotations: Iterable[Annotation], document: Document) -> tuple[Annotation, ...]:
    """Return annotations of which those that did not know their page do, as far as there are pages.

    The moment of that is as early as can be, so that what a person does to the passage in another
    copy of the library always counts for more.

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
    """Return the annotation as one of the words that stand at its place now.

    What it was made on is remembered in ``Selector.earlier``.

    Args:
        annotation: One that has a place.
        document: The present document.
        digest: Its digest, or that of the whole while only a part has been read.
    """
    return moved(annotation, document, annotation.range, digest)


def moved(
    annotation: Annotation, document: Document, passage: TextRange, digest: str
) -> Annotation:
    """Return the annotation at a range that a person chose; the other arguments are as above.

    One that had lost its place is put back by hand, and stays an annotation of the words that it
    was made on; any other becomes one of the words that stand there now.
    """
    if annotation.is_orphaned:
        place = Place(*trimmed(document, passage), PlaceState.BY_HAND)
        return replace(annotation, place=place)
    selector = supersede(annotation.selector, describe(document, passage), digest)
    return replace(annotation, selector=selector, place=Place(selector.start, selector.end))


def lost(annotation: Annotation) -> Annotation:
    """Return the annotation without a place; where it was is kept as a hint."""
    place = Place(*annotation.range, PlaceState.ORPHANED, refused=True)
    return replace(annotation, place=place)


def _notes(count: int) -> str:
    return f"{count} note{'' if count == 1 else 's'}"


def _its(count: int) -> str:
    return "its" if count == 1 else "their"
