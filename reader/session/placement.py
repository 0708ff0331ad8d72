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
from reader.core.wording import words_apart

NAMED_LENGTH = 40
"""The length of a passage that names its note in a notice, in code points."""

_MAY_HAVE_OTHER_WORDS = frozenset({PlaceState.EDITED, PlaceState.BY_HAND})
"""The states of places whose words may be other ones than those of the selector."""


def change_notice(changes: Iterable[tuple[Annotation, Annotation]]) -> str:
    """Return a one-line notice of what became of the passages of a changed article.

    What matters most comes first: passages with other words, then lost ones.

    Args:
        changes: Pairs of an annotation before and after.

    Returns:
        ``The article has changed: 1 passage has other words now, 2 lost their place, 19
        unchanged.`` and the like; empty where every passage is where it was, with its words.
    """
    reworded = lost = found = unchanged = 0
    is_news = False
    for before, after in changes:
        if after.is_deleted or (before.is_orphaned and after.is_orphaned):
            continue
        is_news = is_news or _as_of_present(before.place) != _as_of_present(after.place)
        if after.is_orphaned:
            lost += 1
        elif before.is_orphaned:
            found += 1
        elif before.place.words != after.place.words:
            reworded += 1
        else:
            unchanged += 1
    if not is_news:
        return ""
    clauses = [
        (reworded, "has other words now" if reworded == 1 else "have other words now"),
        (lost, f"lost {_its(lost)} place"),
        (found, f"found {_its(found)} place again"),
        (unchanged, "unchanged"),
    ]
    (first, words), *others = [clause for clause in clauses if clause[0]]
    parts = [f"{counted(first, 'passage')} {words}", *(f"{n:,} {words}" for n, words in others)]
    return f"The article has changed: {', '.join(parts)}."


def _as_of_present(place: Place) -> Place:
    """Return a place without the name of the text that it refers to, and without its times."""
    return replace(place, snapshot="", since="")


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


def with_words(
    annotation: Annotation, before: Annotation, document: Document, moment: str
) -> Annotation:
    """Return an annotation with the words at its place, and since when they are there.

    Args:
        annotation: The annotation with its place in ``document``.
        before: The annotation with its earlier place.
        document: The document.
        moment: When the document was first seen: ISO 8601, UTC, with milliseconds.
    """
    place, earlier = annotation.place, before.place
    words = ""
    if place.state in _MAY_HAVE_OTHER_WORDS:
        words = words_apart(annotation.selector.exact, document.quote(place.range))
    since = ""
    if words or annotation.is_orphaned:
        is_same = words == earlier.words and annotation.is_orphaned == before.is_orphaned
        since = earlier.since if is_same and earlier.since else moment
    return replace(annotation, place=replace(place, words=words, since=since))


def with_known_words(annotation: Annotation, document: Document) -> Annotation:
    """Return an annotation with the words at its place, where a past version did not store them.

    The time of that change is as early as possible, as in ``with_pages``.
    """
    is_unknown = not annotation.place.since and (
        annotation.is_orphaned or annotation.place.state in _MAY_HAVE_OTHER_WORDS
    )
    if not is_unknown or annotation.is_deleted:
        return annotation
    placed_at = time_of(annotation, "place")
    known = with_words(annotation, annotation, document, placed_at)
    return changed_at(annotation, known, clock.later("", than=placed_at))


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
        put = replace(annotation, place=place)
        return with_words(put, annotation, document, annotation.place.since or clock.now())
    selector = supersede(annotation.selector, describe(document, passage), digest)
    since = annotation.place.since or annotation.selector.since
    selector = replace(selector, since=since if selector.earlier else "")
    return replace(annotation, selector=selector, place=Place(selector.start, selector.end))


def without_place(annotation: Annotation) -> Annotation:
    """Return the annotation as an orphan; its range stays as a hint."""
    since = annotation.place.since or clock.now()
    place = Place(*annotation.range, PlaceState.ORPHANED, refused=True, since=since)
    return replace(annotation, place=place)


def _its(count: int) -> str:
    return "its" if count == 1 else "their"
