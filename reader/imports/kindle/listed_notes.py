"""Joins notes that stand in a list after their highlights, as Kindle's exports have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from reader.imports.kindle.entries import Place, same_words
from reader.imports.kindle.words import Kind
from reader.imports.model import ImportedNote
from reader.imports.values import made_key

_BYTES_OF_LOCATION = 100
"""At least so many bytes of text lie between one location and the next; mostly 150."""


class ListedNote(NamedTuple):
    """A highlight or a note of a list."""

    kind: Kind
    section: str
    place: Place
    colour: str
    text: str
    tags: tuple[str, ...] = ()


def joined(title: str, notes: Sequence[ListedNote]) -> Iterator[ImportedNote]:
    """Yield the notes of a book, those on a highlight together with it.

    An export has no ids: a note is known by its place, and a highlight by its place and words.
    """
    number = 0
    seen: Counter[str] = Counter()
    while number < len(notes):
        note = notes[number]
        row = number = number + 1
        is_highlight = note.kind is Kind.HIGHLIGHT
        texts = [] if is_highlight else [note.text]
        while is_highlight and number < len(notes) and _belongs(notes[number], note):
            texts.append(notes[number].text)
            number += 1
        made = _imported(title, note, "\n\n".join(texts), row)
        seen[made.key] += 1
        count = seen[made.key]
        yield replace(made, key=f"{made.key} {count}") if count > 1 else made


def _belongs(note: ListedNote, highlight: ListedNote) -> bool:
    """Return whether a note stands where the highlight before it does."""
    if note.kind is Kind.HIGHLIGHT:
        return False
    if note.place.first < 0 or highlight.place.first < 0:
        return note.place.page == highlight.place.page
    length = len(highlight.text.encode("utf-8", "replace")) // _BYTES_OF_LOCATION + 2
    return 0 <= note.place.first - highlight.place.first <= length


def _imported(title: str, note: ListedNote, text: str, row: int) -> ImportedNote:
    quote = note.text if note.kind is Kind.HIGHLIGHT else ""
    place = (note.place.page, str(note.place.first))
    parts = (title, note.kind.value, *place, same_words(quote))
    return ImportedNote(
        quote=quote,
        note=text,
        tags=note.tags,
        colour=note.colour,
        section=note.section,
        page=note.place.page,
        position=note.place.position,
        key=made_key(*parts),
        row=row,
    )
