"""Reading a note's Markdown, to show it as it will be read."""

from __future__ import annotations

from reader.core.annotation import Article
from reader.core.document import Document
from reader.core.note_text import without_braces
from reader.errors import ReaderError
from reader.safe_text import sanitise
from reader.session.reading_state import ReadingState


def read_note(note: str) -> ReadingState:
    """Return a note as a document of its own, without annotations.

    Args:
        note: Markdown; any text.
    """
    from reader.formats import read_document  # noqa: PLC0415  (when a note is shown)

    try:
        # No line that looks like the start of front matter is one after an empty line.
        text = sanitise(without_braces(note))
        document = read_document(f"\n{text}".encode("utf-8", "replace"), kind="markdown")
    except ReaderError:  # there is no text
        document = Document("", ())
    return ReadingState(Article("", "", document.metadata), document)
