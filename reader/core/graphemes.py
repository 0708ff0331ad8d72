"""The boundaries of graphemes: what a reader sees as one character, as a range of code points.

Graphemes are the extended grapheme clusters of UAX #29, as ``wcwidth`` finds them. ASCII text, the
greater part of most articles, is handled without importing it.
"""

from __future__ import annotations

from reader.core.document import TextRange

_REACH = 64
"""Code points to look at first; a longer grapheme takes further, wider steps."""

_REGIONAL = ("\U0001f1e6", "\U0001f1ff")
"""The first and the last regional indicator, the letters that form flags."""

_PREPENDED = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd"
)
"""Characters that begin the grapheme of the next character (UAX #29, GB9b); ``wcwidth`` misses them
on its way back if combining marks follow that character."""


def _stands_alone(text: str, offset: int) -> bool:
    """Return whether a boundary before ``offset`` is certain: it lies between ASCII characters."""
    return text[offset] < "\x80" and (
        offset == 0 or (text[offset - 1] < "\x80" and text[offset] != "\n")
    )


def grapheme_start(text: str, offset: int) -> int:
    """Return the start of the grapheme that contains the code point at ``offset``.

    Args:
        text: Any text; only the part around ``offset`` is read.
        offset: Below 0 it gives 0, past the end ``len(text)``.
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
            first -= 1  # flags are pairs, counted from the first indicator of a run
        start = first + grapheme_boundary_before(text[first : offset + 1], offset + 1 - first)
        while start > first and text[start] >= " " and text[start - 1] in _PREPENDED:
            start -= 1
        if start > first or first == 0:
            return start
        reach *= 4


def grapheme_end(text: str, offset: int) -> int:
    """Return the end, exclusive, of the grapheme that contains the code point at ``offset``."""
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
    """Return ``passage`` widened to whole graphemes; an empty range stays empty."""
    start = grapheme_start(text, passage.start)
    if passage.is_empty:
        return TextRange(start, start)
    return TextRange(start, grapheme_end(text, passage.end - 1))
