"""Graphemes: what a reader takes for one character, as ranges of code points.

The clusters are the extended grapheme clusters of UAX #29, found by ``wcwidth``. ASCII, which is
most of most articles, is answered without loading it.
"""

from __future__ import annotations

from reader.core.document import TextRange

_REACH = 64
"""How many code points are looked at first; longer graphemes are found in wider steps."""

_REGIONAL = ("\U0001f1e6", "\U0001f1ff")
"""The first and last of the letters that make up flags."""

_PREPENDED = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd"
)
"""Characters that begin the grapheme of what follows (UAX #29, GB9b); ``wcwidth`` misses them on
its way back where marks follow their letter."""


def _stands_alone(text: str, offset: int) -> bool:
    """Tell whether a boundary lies before ``offset`` for sure: ASCII, and ASCII before it."""
    return text[offset] < "\x80" and (
        offset == 0 or (text[offset - 1] < "\x80" and text[offset] != "\n")
    )


def grapheme_start(text: str, offset: int) -> int:
    """Return where the grapheme that holds the code point at ``offset`` starts.

    Args:
        text: Any text; only the neighbourhood of ``offset`` is looked at.
        offset: What is below 0 gives 0, what is past the end gives ``len(text)``.
    """
    if offset <= 0:
        return 0
    if offset >= len(text):
        return len(text)
    if _stands_alone(text, offset):
        return offset
    from wcwidth import grapheme_boundary_before  # noqa: PLC0415

    reach = _REACH
    while True:
        first = max(offset - reach, 0)
        while first > 0 and _REGIONAL[0] <= text[first - 1] <= _REGIONAL[1]:
            first -= 1  # flags are pairs, counted from the first of a row
        start = first + grapheme_boundary_before(text[first : offset + 1], offset + 1 - first)
        while start > first and text[start] >= " " and text[start - 1] in _PREPENDED:
            start -= 1
        if start > first or first == 0:
            return start
        reach *= 4


def grapheme_end(text: str, offset: int) -> int:
    """Return where the grapheme that holds the code point at ``offset`` ends, exclusive."""
    if offset >= len(text) - 1:
        return len(text)
    if text[max(offset, 0)] < "\x80" and _stands_alone(text, max(offset, 0) + 1):
        return max(offset, 0) + 1
    from wcwidth import iter_graphemes  # noqa: PLC0415

    start = grapheme_start(text, offset)
    reach = _REACH + offset - start
    while True:
        length = len(next(iter_graphemes(text[start : start + reach])))
        if length < reach or start + reach >= len(text):
            return start + length
        reach *= 4


def whole_graphemes(text: str, passage: TextRange) -> TextRange:
    """Return ``passage`` widened so that it cuts no grapheme; an empty one stays empty."""
    start = grapheme_start(text, passage.start)
    if passage.is_empty:
        return TextRange(start, start)
    return TextRange(start, grapheme_end(text, passage.end - 1))
