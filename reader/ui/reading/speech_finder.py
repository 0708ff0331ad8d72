"""Finding the quotations of the open article, when they are first asked for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from reader.core.document import Document, TextRange
from reader.ui.compat import quick_switching
from reader.ui.reading.context import ReadingContext

if TYPE_CHECKING:
    from reader.core.speech import Speech

FAST_LENGTH = 100_000
"""How many code points are read at once, while a key waits; this takes about 100 ms."""

LONG = 1_000_000
"""Of longer texts, in code points, that many are read around an annotation to find its speaker."""


class _Found(NamedTuple):
    """What was found in a part of a document."""

    document: Document
    """The document."""
    part: TextRange
    """The part."""
    speech: Speech
    """What was found there."""


class SpeechFinder:
    """Keeps what was found in the present text of an article, and around the last place."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context
        self._whole: _Found | None = None
        self._around: _Found | None = None

    @property
    def known(self) -> Speech | None:
        """What was found in all of the present text; None while nothing has been looked for."""
        whole = self._whole
        return whole.speech if whole and whole.document is self._document else None

    def known_at(self, passage: TextRange) -> Speech | None:
        """Return what was found around a passage; None while nothing has been looked for there."""
        around = self._around
        if around and around.document is self._document and _is_inside(passage, around.part):
            return self.known or around.speech
        return self.known

    @property
    def _document(self) -> Document:
        return self._context.state.document

    def near(self, offset: int) -> Speech:
        """Return what was found around an offset, at once: a key pressed next builds on it.

        In a long text these are the quotations of the surroundings, without names from elsewhere.
        """
        if (known := self.known) is not None:
            return known
        found = _read(self._document, _part(self._document, offset, FAST_LENGTH))
        if found.part == _all_of(found.document):
            self._whole = found
        return found.speech

    async def around(self, passage: TextRange) -> Speech:
        """Return what was found around a passage, with the names of as much text as is quick."""
        if (known := self.known_at(passage)) is not None:
            return known
        document = self._document
        if len(document.text) <= LONG:
            return await self.find()
        part = _part(document, passage.start, LONG)
        self._around = await asyncio.to_thread(_read, document, part)
        return self._around.speech

    async def find(self) -> Speech:
        """Return the quotations and the people of the whole article."""
        if (known := self.known) is not None:
            return known
        document = self._document
        self._whole = await asyncio.to_thread(_read, document, _all_of(document))
        return self._whole.speech


def _part(document: Document, offset: int, length: int) -> TextRange:
    """Return about ``length`` code points around an offset, or all where there are no more."""
    if len(document.text) <= length:
        return _all_of(document)
    return TextRange(max(offset - length // 2, 0), min(offset + length // 2, len(document.text)))


def _all_of(document: Document) -> TextRange:
    return TextRange(0, len(document.text))


def _is_inside(passage: TextRange, part: TextRange) -> bool:
    return part.start <= passage.start and passage.end <= part.end


def _read(document: Document, part: TextRange) -> _Found:
    """Read the blocks of a part of a document; their offsets stay those of the document."""
    from reader.core.speech import read_speech  # noqa: PLC0415  (when needed)

    if part != _all_of(document):
        first, last = document.block_index(part.start), document.block_index(part.end)
        blocks = document.blocks[max(first, 0) : last + 1]
    else:
        blocks = document.blocks
    with quick_switching():
        return _Found(document, part, read_speech(replace(document, blocks=blocks)))
