"""The first places of imported notes, which waited for a text to have one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec.structs import replace

from reader.core.annotation import Annotation, Loss, Place, PlaceState
from reader.core.document import BlockKind, Document, TextRange
from reader.core.selectors import describe, trimmed
from reader.core.text_formatting import counted

TITLE_LENGTH = 80
"""The most code points of a first paragraph that stand for the title of a text without one."""


class Placer:
    """Finds the passages of imported notes in one text."""

    def __init__(self, document: Document) -> None:
        """Search a complete text; nothing is done yet."""
        from reader.core.anchoring import Anchoring  # noqa: PLC0415  (the first picture does without)

        self._document = document
        self._anchoring = Anchoring(document)

    def placed(self, annotation: Annotation) -> Annotation:
        """Return an annotation that waits for a text with its place in it.

        Where its words are there, it is described by the text from now on. Of equal passages the
        one nearest to the start of its selector is chosen, where that is known. A note on the whole
        source stands on the title.
        """
        from reader.core.anchoring import Anchored  # noqa: PLC0415  (as above)
        from reader.core.quotes import locate  # noqa: PLC0415  (as above)

        if is_about_source(annotation):
            return self._at(annotation, self._title)
        found = self._anchoring.find(annotation.selector)
        if isinstance(found, Anchored):
            if found.state is not PlaceState.EDITED:
                return self._at(annotation, found.range)
            return replace(annotation, place=Place(*found.range, PlaceState.EDITED))
        start = annotation.selector.start
        if found.reason is Loss.AMBIGUOUS and start:
            places = locate(self._document, annotation.selector.exact)
            if places:
                return self._at(annotation, min(places, key=lambda each: abs(each.start - start)))
        hint = found.hint or TextRange(0, 0)
        return replace(annotation, place=Place(*hint, PlaceState.ORPHANED, loss=found.reason))

    def _at(self, annotation: Annotation, passage: TextRange) -> Annotation:
        earlier, since = annotation.selector.earlier, annotation.selector.since
        described = describe(self._document, passage)
        selector = replace(described, earlier=earlier, since=since)
        place = Place(selector.start, selector.end)
        return replace(annotation, selector=selector, place=place)

    @cached_property
    def _title(self) -> TextRange:
        """The title in the text, or else its first words."""
        own = [each for each in self._document.blocks if not each.residue]
        for block in own:
            if block.kind is BlockKind.HEADING:
                return trimmed(self._document, block.range)
        for block in own:
            passage = trimmed(self._document, block.range)
            if not passage.is_empty:
                return trimmed(
                    self._document,
                    TextRange(passage.start, min(passage.end, passage.start + TITLE_LENGTH)),
                )
        return trimmed(self._document, TextRange(0, TITLE_LENGTH))


def with_first_places(
    annotations: Iterable[Annotation], document: Document
) -> Iterator[Annotation]:
    """Yield annotations, those that wait for a text with their places in one that is complete."""
    placer: Placer | None = None
    for each in annotations:
        if each.is_waiting:
            placer = placer or Placer(document)
            yield placer.placed(each)
        else:
            yield each


def is_about_source(annotation: Annotation) -> bool:
    """Return whether an annotation that waits for a text is on no passage, but the whole source."""
    return bool(annotation.origins) and not any(
        "quote" in origin.parts for origin in annotation.origins.values()
    )


def first_places_notice(annotations: Iterable[Annotation]) -> str:
    """Return a one-line notice of what became of notes that waited for a text; may be empty.

    Args:
        annotations: These notes with their places in it.
    """
    found = lost = 0
    for each in annotations:
        lost += each.is_orphaned
        found += not each.is_orphaned
    if not lost:
        have = "has its place" if found == 1 else "have their places"
        return f"{counted(found, 'imported note')} {have} in the text now." if found else ""
    are = "is" if lost == 1 else "are"
    return (
        f"Of {counted(found + lost, 'imported note')}, {found:,} have their places in the text now,"
        f" and {lost:,} {are} not found in it."
    )
