"""The notes that a document's own file holds: highlights of a PDF, comments of a DOCX or ODT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import msgspec

from reader.core.document import Document, TextRange

CONTEXT: Final = 64
"""The most code points of the text before a passage, and of the text after it."""


class EmbeddedAnswer(NamedTuple):
    """An answer to a note in the file of a document."""

    text: str
    """What was written."""
    author: str
    """Who wrote it; may be empty."""
    written: str
    """When: ISO 8601, UTC, with milliseconds; empty if unknown."""


class EmbeddedNote(msgspec.Struct, frozen=True, kw_only=True):
    """A note in the file of a document."""

    key: str
    """What identifies it among the notes of all files, for good."""
    quote: str = ""
    """The words of its passage, as the document has them where they were found there."""
    start: int | None = None
    """Where the passage begins in the document's text; None where it was not found there."""
    prefix: str = ""
    """The text before the passage."""
    suffix: str = ""
    """The text after it."""
    page: str = ""
    """The number of its page in print; may be empty."""
    note: str = ""
    """What was written about the passage; may be empty."""
    author: str = ""
    """Who made it; may be empty."""
    answers: tuple[EmbeddedAnswer, ...] = ()
    """What was answered, the oldest first."""
    colour: str = ""
    """The number of its colour (``#ffd400``), or its form where that is no highlight; may be empty.
    """
    tags: tuple[str, ...] = ()
    """Its tags."""
    created: str = ""
    """When it was made: ISO 8601, UTC, with milliseconds; empty if unknown."""
    modified: str = ""
    """When it was last changed, without its answers; empty if unknown."""


class AnnotatedDocument(NamedTuple):
    """A document with the notes that its file holds."""

    document: Document
    """The document, complete."""
    notes: tuple[EmbeddedNote, ...]
    """The notes, in the order of the file."""


def placed(note: EmbeddedNote, document: Document, passage: TextRange) -> EmbeddedNote:
    """Return a note with a passage of the document as its own."""
    text, (start, end) = document.text, passage
    return msgspec.structs.replace(
        note,
        quote=text[start:end],
        start=start,
        prefix=text[max(start - CONTEXT, 0) : start],
        suffix=text[end : end + CONTEXT],
        page=document.page_at(start) or note.page,
    )


def with_own_keys(notes: Iterable[EmbeddedNote]) -> Iterator[EmbeddedNote]:
    """Yield notes, each with a number behind its key where an earlier one has the same."""
    seen: dict[str, int] = {}
    for note in notes:
        count = seen[note.key] = seen.get(note.key, 0) + 1
        yield note if count == 1 else msgspec.structs.replace(note, key=f"{note.key}#{count}")
