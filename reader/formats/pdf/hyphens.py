"""Joins words that the end of a line splits; compounds keep their hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.formats.joining import ends_unspaced, is_unspaced
from reader.formats.pdf.lines import PdfLine

HYPHENS = ("-", "\u2010")
"""The signs at the end of a line whose last word continues."""

_DASHES = ("–", "—")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENGLISH = frozenset({"the", "and", "of"})
_CLOSED_STARTS = frozenset({
    "any", "back", "data", "down", "every", "fore", "frame", "here", "how", "in", "inter", "life",
    "net", "never", "news", "not", "out", "over", "some", "there", "through", "under", "up",
    "what", "when", "where", "with", "work"
})  # fmt: skip
_CLOSED_ENDS = frozenset({
    "base", "bodies", "body", "book", "books", "come", "ever", "fore", "head", "hood", "how",
    "land", "line", "lines", "man", "men", "more", "one", "out", "over", "paper", "piece", "point",
    "self", "selves", "ship", "side", "stand", "standing", "stands", "stood", "thing", "things",
    "time", "times", "ward", "wards", "where", "wise", "work", "works"
})  # fmt: skip


def words_of(lines: Iterable[PdfLine]) -> set[str]:
    """Return the words inside lines, without those at the ends of lines."""
    return {word.casefold() for line in lines for word in _WORD.findall(line.text)[1:-1]}


def join(text: str, following: str, words: frozenset[str] | set[str]) -> str:
    """Join two lines as one text.

    Args:
        text: The text before; it may end with a hyphen.
        following: The next line.
        words: The words of the surrounding pages, which show whether a hyphen belongs to a word.
    """
    if not text.endswith(HYPHENS):
        last = text.rsplit(" ", 1)[-1]
        if last.endswith("/") and "://" in last:
            return text + following  # An address continues.
        if text.endswith(_DASHES) and len(last) > 1:
            return text + following
        is_close = ends_unspaced(text) and is_unspaced(following[:1])
        return text + following if is_close else f"{text} {following}"
    before = _WORD.findall(text[:-1].rsplit(" ", 1)[-1])
    after = _WORD.match(following)
    if not before or after is None or not text[-2:-1].isalpha():
        return text + following if text[-2:-1].isalnum() else f"{text} {following}"
    return text[: None if _is_compound(before[-1], after[0], words) else -1] + following


def _is_compound(before: str, after: str, words: frozenset[str] | set[str]) -> bool:
    """Return whether two parts of a word keep the hyphen between them."""
    if not after[0].islower():
        return True
    before, after = before.casefold(), after.casefold()
    first, second = before.rsplit("-", 1)[-1], after.split("-", 1)[0]
    if f"{before}{after}" in words or f"{first}{second}" in words:
        return False
    if f"{before}-{after}" in words or f"{first}-{second}" in words:
        return True
    if not words >= _ENGLISH or first in _CLOSED_STARTS or second in _CLOSED_ENDS:
        return False
    if "-" in before or "-" in after:  # "state-of-the-" and "art".
        return first in words or second in words
    # Only for English: other languages write such compounds as one word.
    return min(len(first), len(second)) > 3 and {first, second} <= words
