"""Finding the quotations of the open article, on a thread, when they are first asked for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.core.document import Document
from reader.ui.compat import quick_switching
from reader.ui.reading.context import ReadingContext

if TYPE_CHECKING:
    from reader.core.speech import Speech

FAST_LENGTH = 100_000
"""Longer texts, in code points, are read on a thread; this one takes about 70 ms."""


class SpeechFinder:
    """Keeps what was found in the present text of an article."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context
        self._document: Document | None = None
        self._speech: Speech | None = None

    @property
    def known(self) -> Speech | None:
        """What was found in the present text; None while nothing has been looked for."""
        is_present = self._document is self._context.state.document
        return self._speech if is_present else None

    def near(self, offset: int) -> Speech:
        """Return what was found around an offset, at once: a key pressed next builds on it.

        In a long text these are the quotations of the surroundings, without names from elsewhere.
        """
        known = self.known
        if known is not None:
            return known
        document = self._context.state.document
        if len(document.text) > FAST_LENGTH:
            return _read(_surroundings(document, offset))
        self._document, self._speech = document, _read(document)
        return self._speech

    async def find(self) -> Speech:
        """Return the quotations and the people of the article."""
        known = self.known
        if known is not None:
            return known
        document = self._context.state.document
        speech = await asyncio.to_thread(_read, document)
        self._document, self._speech = document, speech
        return speech


def _surroundings(document: Document, offset: int) -> Document:
    """Return a document with the blocks around an offset alone; their offsets stay the same."""
    first = document.block_index(max(offset - FAST_LENGTH // 2, 0))
    last = document.block_index(min(offset + FAST_LENGTH // 2, len(document.text)))
    return replace(document, blocks=document.blocks[max(first, 0) : last + 1])


def _read(document: Document) -> Speech:
    from reader.core.speech import read_speech  # noqa: PLC0415  (when needed)

    with quick_switching():
        return read_speech(document)
