"""Finds in a document the letters that lie beneath an annotation of its PDF.

The reader joins lines, drops hyphens and headers, and cleans characters; so only letters and digits
are compared, without their accents and their case.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from reader.core.document import Document, MarkKind, TextRange
from reader.core.words import trim, word_around

_SLACK: Final = 3000
"""Letters before and after a page in which its words are looked for: a footnote moves behind the
paragraph around it."""

_MOST_PLACES: Final = 200
"""The most places of the same letters that are compared."""

_STRETCH: Final = 1000
"""How many letters may lie between the parts of a passage: a figure's caption, a header."""

_WORDS = re.compile(r"[^\W_]+")
_DOTLESS = {"ı": "i", "ȷ": "j"}


@lru_cache(4096)
def _folded_letter(letter: str) -> str:
    """Return the plain letters of one character, without accents; empty where it is no letter."""
    parts = unicodedata.normalize("NFKD", _DOTLESS.get(letter, letter)).casefold()
    return "".join(part for part in parts if part.isalnum())


def folded(text: str) -> str:
    """Return the plain letters and digits of a text."""
    return "".join(map(_folded_letter, text))


class LetterFinder:
    """Finds the letters of annotations in one document."""

    def __init__(self, document: Document) -> None:
        """Fold the whole text once."""
        self._document = document
        self._offsets = array("L")
        pieces: list[str] = []
        for word in _WORDS.finditer(document.text):
            if word[0].isascii():
                pieces.append(word[0].lower())
                self._offsets.extend(range(*word.span()))
                continue
            for offset, letter in enumerate(word[0], word.start()):
                plain = _folded_letter(letter)
                pieces.append(plain)
                self._offsets.extend([offset] * len(plain))
        self._letters = "".join(pieces)
        self._pages = {
            mark.name: mark.offset for mark in document.marks if mark.kind is MarkKind.ANCHOR
        }

    def find(self, parts: list[str], before: str, after: str, page: int) -> TextRange | None:
        """Return the passage with the letters of an annotation; None where they are not together.

        Args:
            parts: The characters beneath each area of the annotation.
            before: The characters before those.
            after: The characters after them.
            page: The index of the page.
        """
        letters = [plain for part in parts if (plain := folded(part))]
        around = folded(before), folded(after)
        if not letters:
            return self._signs("".join("".join(parts).split()), around, page)
        found = self._place("".join(letters), around, page)
        if found is None and len(letters) > 1:
            found = self._between(letters, around, page)
        if found is None:
            return None
        start, end = self._offsets[found[0]], self._offsets[found[1] - 1] + 1
        passage = self._with_signs(TextRange(start, end), parts)
        whole = _in_whole_words(self._document.text, passage)
        return passage if whole.is_empty else whole

    def _place(self, letters: str, around: tuple[str, str], page: int) -> tuple[int, int] | None:
        """Return where letters stand; of several places the one with the most of the same around.

        Args:
            letters: Folded letters.
            around: The folded letters before and after them.
            page: The index of the page.
        """
        before, after = around
        best: tuple[int, int] | None = None
        for place in self._places(letters, page):
            end = place + len(letters)
            likeness = _shared_end(self._letters[max(place - len(before), 0) : place], before)
            likeness += _shared_start(self._letters[end : end + len(after)], after)
            if best is None or likeness > best[0]:
                best = likeness, place
        return (best[1], best[1] + len(letters)) if best else None

    def _places(self, letters: str, page: int) -> Iterator[int]:
        """Yield the places of letters on a page; if they are not there, all in the document."""
        start, end = self._range_of(page)
        found = False
        for lower, upper in ((start, end), (0, len(self._letters))):
            place = self._letters.find(letters, lower, upper)
            for _ in range(_MOST_PLACES):
                if place < 0:
                    break
                found = True
                yield place
                place = self._letters.find(letters, place + 1, upper)
            if found:
                return

    def _range_of(self, page: int) -> tuple[int, int]:
        """Return the range of letters that a page can have."""
        start = self._pages.get(f"page-{page + 1}")
        if start is None:
            return 0, len(self._letters)
        end = self._pages.get(f"page-{page + 2}", len(self._document.text))
        first, last = (bisect_left(self._offsets, offset) for offset in (start, max(start, end)))
        return max(first - _SLACK, 0), last + _SLACK

    def _between(
        self, letters: list[str], around: tuple[str, str], page: int
    ) -> tuple[int, int] | None:
        """Return the range from the first part of a passage to its last, where they are close."""
        before, after = around
        first = self._place(letters[0], (before, letters[1]), page)
        last = self._place(letters[-1], (letters[-2], after), page)
        if first is None or last is None:
            return None
        length = sum(map(len, letters))
        is_close = first[0] <= last[0] and last[1] - first[0] <= length + _STRETCH
        return (first[0], last[1]) if is_close else None

    def _signs(self, signs: str, around: tuple[str, str], page: int) -> TextRange | None:
        """Return the place of signs between the letters before and after them, such as a comma."""
        before, after = around
        if not (signs and before and after):
            return None
        found = self._place(before + after, ("", ""), page)
        if found is None:
            return None
        last, following = found[0] + len(before) - 1, found[0] + len(before)
        place = self._document.text.find(signs, self._offsets[last] + 1, self._offsets[following])
        return TextRange(place, place + len(signs)) if place >= 0 else None

    def _with_signs(self, passage: TextRange, parts: list[str]) -> TextRange:
        """Return a passage with the signs at its ends that lie beneath the annotation, too."""
        text, (start, end) = self._document.text, passage
        beneath = "".join("".join(parts).split())
        for sign in reversed(beneath[: _length_of_signs(beneath)]):
            if text[start - 1 : start] != sign:
                break
            start -= 1
        after = _length_of_signs(beneath[::-1])
        for sign in beneath[len(beneath) - after :]:
            if text[end : end + 1] != sign:
                break
            end += 1
        return TextRange(start, end)


def _length_of_signs(text: str) -> int:
    """Return how many characters at the start of a text are no letters."""
    return next((at for at, sign in enumerate(text) if _folded_letter(sign)), len(text))


def _in_whole_words(text: str, passage: TextRange) -> TextRange:
    """Return a passage that cuts no word: one that is half in it is in it."""
    start, end = passage
    first = word_around(text, start)
    if first is not None and (first.end >= end or 2 * (first.end - start) >= len(range(*first))):
        start = first.start
    elif first is not None:
        start = first.end
    last = word_around(text, end)
    if last is not None and (last.start <= start or 2 * (end - last.start) >= len(range(*last))):
        end = last.end
    elif last is not None:
        end = last.start
    return trim(text, TextRange(start, end))


def _shared_start(one: str, other: str) -> int:
    """Return how many characters at their starts two texts share."""
    for at, (first, second) in enumerate(zip(one, other, strict=False)):
        if first != second:
            return at
    return min(len(one), len(other))


def _shared_end(one: str, other: str) -> int:
    return _shared_start(one[::-1], other[::-1])
