"""The offsets that the caret stands for: its own character, and two on either side of it.

A passage is often marked without the quotation mark or the full stop beside it, and the caret is as
often on those. Another sentence is never beside a passage: the caret is on its first character
after every motion by sentences, and on its full stop after a motion to the end of a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from reader.core.graphemes import grapheme_end, grapheme_start

REACH = 2
"""How many characters beside a passage still belong to it."""

_ENDS = frozenset(".!?…。！？")
_LOOK_BACK = 8
"""How far to look back for the end of a sentence: white space and closing marks, in code points."""

_CLOSERS = "\"'”’»›)]」』）】"


def offsets_beside(text: str, offset: int) -> Iterator[int]:
    """Yield ``offset``, then those of up to ``REACH`` characters on either side, nearest first.

    Of two at the same distance, the one before ``offset`` is first. None is beyond the line, and
    none in another sentence.

    Args:
        text: The document's text.
        offset: The caret, from 0 to the end of the text.
    """
    yield offset
    for pair in zip_longest(_before(text, offset), _after(text, offset)):
        yield from (each for each in pair if each is not None)


def _before(text: str, caret: int) -> Iterator[int]:
    offset = caret
    for _ in range(REACH):
        if offset <= 0 or text[offset - 1] == "\n":
            return
        offset = grapheme_start(text, offset - 1)
        if _begins_sentence(text, offset, caret):
            return
        yield offset


def _after(text: str, caret: int) -> Iterator[int]:
    offset = caret
    for _ in range(REACH):
        if offset >= len(text) or text[offset] == "\n":
            return
        offset = grapheme_end(text, offset)
        if _ends_sentence(text, caret, offset):
            return
        yield offset


def _begins_sentence(text: str, last: int, caret: int) -> bool:
    """Return whether the caret is in the sentence after the one that ends with ``last``."""
    end = grapheme_end(text, last)
    between = text[end : caret + 1].lstrip(_CLOSERS)
    return bool(between.strip()) and _ends_at(text, end)


def _ends_sentence(text: str, caret: int, first: int) -> bool:
    """Return whether the caret is in the sentence before the one that begins with ``first``."""
    return not text[caret].isspace() and _ends_at(text, first)


def _ends_at(text: str, offset: int) -> bool:
    """Return whether a sentence ends right before ``offset``, white space aside."""
    return text[max(offset - _LOOK_BACK, 0) : offset].rstrip().rstrip(_CLOSERS)[-1:] in _ENDS
