"""Joins words that the end of a line splits; compounds keep their hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from reader.formats.joining import ends_unspaced, is_unspaced
from reader.formats.pdf.lines import PdfLine

HYPHENS = ("-", "\u2010")
"""The signs at the end of a line whose last word continues."""

_DASHES = ("–", "—")
_COMPOUNDS_FILE = Path(__file__).with_name("compounds.txt")
_LEAST = 3
_NON = re.compile(r"non(?!e|se|et|ch|pl|ag|na\b)[a-z]{4,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENGLISH = frozenset({"and", "of", "that", "to", "was", "with"})
_FRENCH = frozenset({"et", "les", "des", "que", "une", "dans"})
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


_NUMBERS = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine"})
_TENS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
_IN_THE_MIDDLE = frozenset(
    {"in", "of", "to", "and", "the", "a", "up", "by", "on", "at", "for", "de", "la"}
)
"""Short words inside longer compounds, such as ``mother-in-law``."""


@cache
def _listed(section: str) -> frozenset[str]:
    """Return the words of a section of ``compounds.txt``."""
    text = _COMPOUNDS_FILE.read_text("utf-8")
    body = text.partition(f"[{section}]\n")[2].partition("\n[")[0]
    lines = (line for line in body.split("\n") if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


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
    if min(len(first), len(second)) == 1:
        return True  # a line breaks nowhere else beside a single letter
    if "les" in words and len(words & _FRENCH) > 1:
        return second in _listed("french")
    if "the" not in words or words.isdisjoint(_ENGLISH):
        return False
    if (first in _IN_THE_MIDDLE and "-" in before) or (second in _IN_THE_MIDDLE and "-" in after):
        return True
    if (is_usual := _is_usual(first, second, words)) is not None:
        return is_usual
    if first in _CLOSED_STARTS or second in _CLOSED_ENDS:
        return False
    if "-" in before or "-" in after:  # "state-of-the-" and "art".
        return first in words or second in words
    # Only for English: other languages write such compounds as one word.
    return min(len(first), len(second)) > 3 and {first, second} <= words


def _is_usual(first: str, second: str, words: frozenset[str] | set[str]) -> bool | None:
    """Return whether English usually writes two parts with a hyphen; None where it may or not."""
    if f"{first}-{second}" in _listed("hyphenated"):
        return True
    if f"{first}{second}" in _listed("closed") or second in _listed("suffixes"):
        return False
    if first in _TENS:
        return second in _NUMBERS or None
    if first == "non" and any(map(_NON.fullmatch, words)):
        return False  # this text writes such words without a hyphen
    if first in _listed("starts"):
        return True
    if first in ("re", "pre") and second[0] == "e" and second not in _listed("closed"):
        return True
    if first == "co" and second[0] == "o":
        return True
    if second in _listed("ends") and len(first) > _LEAST and first not in _CLOSED_STARTS:
        return True
    return None
