"""Reading progress: the section at an offset and the minutes that are left."""

from __future__ import annotations

from reader.core.document import Document
from reader.core.outline import Outline
from reader.core.text_formatting import counted, duration, minutes
from reader.core.units import Units


class ReadingProgress:
    """The headings and the word counts of one document."""

    def __init__(self, document: Document) -> None:
        """Read the headings and count the words: about a second for 10 MB."""
        self.document = document
        """The document."""
        self.outline = Outline(document)
        """Its headings."""
        self._units = Units(document)
        self._words = self._units.words()

    def section(self, offset: int) -> str:
        """Return the heading of the section at an offset; empty before the first one."""
        entry = self.outline.section_at(offset)
        return entry.title if entry else ""

    def length(self, words_a_minute: int) -> str:
        """Return the length of the document as shown to the reader: ``1,240 words, 6 min``."""
        needed = minutes(self._words, words_a_minute)
        return f"{counted(self._words, 'word')}, {duration(needed)}"

    def minutes_left(self, offset: int, words_a_minute: int) -> int:
        """Return the minutes needed to read what follows an offset, rounded up."""
        return minutes(self._words - self._units.words_before(offset), words_a_minute)
