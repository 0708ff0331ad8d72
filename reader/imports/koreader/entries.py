"""What the entries of KOReader's files have in common, whichever form the file has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from reader.digests import digest_of_text
from reader.imports.model import ImportedNote
from reader.imports.records import value_in

PLAIN: Final = "lighten"
"""The style of a passage on a device that has no colours, if the reader chose none."""

_BOOK_DIGITS = 8

_NO_COLOUR = frozenset({"", "gray"})


def is_mark(entry: Mapping[Any, Any]) -> bool:
    """Tell whether an entry is a passage, and not a bookmark."""
    return bool(entry.get("drawer") or entry.get("pos0"))


def colour_of(entry: Mapping[Any, Any]) -> str:
    """Return the colour of a passage, or the style of one on a device without colours."""
    colour, style = value_in(entry, "color"), value_in(entry, "drawer")
    if colour in _NO_COLOUR:
        return style if style != PLAIN else colour
    return colour


def with_unique_keys(title: str, notes: Iterable[ImportedNote]) -> tuple[ImportedNote, ...]:
    """Return the notes of a book, each with a key that no note of another book has.

    The key is the second in which a passage was marked, which stays when the passage or its note is
    changed; a program that fills in the notes of another one gives several the same second.
    """
    book = digest_of_text(title)[:_BOOK_DIGITS]
    seen: dict[str, int] = {}
    keyed = []
    for note in notes:
        count = seen[note.key] = seen.get(note.key, 0) + 1
        key = f"{book} {note.key}" + (f" {count}" if count > 1 else "")
        keyed.append(msgspec.structs.replace(note, key=key if note.key else ""))
    return tuple(keyed)
