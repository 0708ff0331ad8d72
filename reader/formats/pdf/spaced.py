"""Joins the letters of headings that are set with spaces between the letters."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from reader.formats.pdf.process import PdfWord

_LEAST: Final = 4
"""The fewest letters of a line that are joined."""

_LONGEST_PIECE: Final = 2
"""The most letters that stand close together in such a line, as ``AV`` do."""

_SINGLE_SHARE: Final = 0.7
_WIDEST_GAP: Final = 2.5
"""The widest gap between two words of such a line, as a share of the font's size."""

_WORD_GAP: Final = 1.5
"""The gap between two words, as a multiple of that between letters."""

_WORD_GAP_MORE: Final = 0.12
"""What a gap between words has more than one between letters, as a share of the font's size."""

_SPREAD: Final = 0.25
"""How far gaps between letters differ from the usual one, as a share of the font's size."""

_SPACE: Final = 0.3
"""The gap that is left between two words, as a share of the font's size."""

_VOWELS: Final = frozenset("aeiouyäöüàâáéèêëíîïóôòúûùæøå")


def with_joined_letters(words: Iterable[PdfWord]) -> Iterator[PdfWord]:
    """Yield words, with one for the letters of each word of a line that is set with spaces."""
    letters: list[PdfWord] = []
    for word in words:
        if letters and not _goes_on(letters[-1], word):
            yield from _joined(letters)
            letters = []
        if 0 < len(word.text) <= _LONGEST_PIECE:
            letters.append(word)
        else:
            yield from _joined(letters)
            letters = []
            yield word
    yield from _joined(letters)


def _goes_on(before: PdfWord, word: PdfWord) -> bool:
    """Return whether a word stands on the line of the letter before it, and not far from it."""
    gap = word.left - before.right
    return (
        abs(word.base - before.base) < 0.1 * before.size
        and abs(word.size - before.size) < 0.2 * before.size
        and -0.1 * before.size < gap < _WIDEST_GAP * before.size
    )


def _joined(letters: list[PdfWord]) -> list[PdfWord]:
    """Return the words of letters; the letters themselves where they are no spaced words."""
    if len(letters) < _LEAST or not _are_letters(letters):
        return letters
    size = letters[0].size
    gaps = [word.left - before.right for before, word in pairwise(letters)]
    usual = _usual_gap(gaps)
    limit = max(usual * _WORD_GAP, usual + _WORD_GAP_MORE * size)
    inner = [gap for gap in gaps if gap <= limit]
    if any(abs(gap - usual) > _SPREAD * size for gap in inner):
        return letters
    words = [letters[0]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > limit:
            words[-1].right = max(words[-1].right, letter.left - _SPACE * size)
            words.append(letter)
        else:
            _append(words[-1], letter)
    return words


def _usual_gap(gaps: list[float]) -> float:
    """Return the gap between two letters: the median of the smaller half and a little more."""
    ordered = sorted(gaps)
    return statistics.median(ordered[: max(len(ordered) * 2 // 3, 1)])


def _are_letters(letters: list[PdfWord]) -> bool:
    """Return whether single letters spell words: mostly in capitals, and with vowels."""
    text = "".join(word.text for word in letters)
    singles = sum(len(word.text) == 1 for word in letters)
    alphabetic = [letter for letter in text if letter.isalpha()]
    if singles < _SINGLE_SHARE * len(letters) or len(alphabetic) * 3 < len(text) * 2:
        return False
    if len(alphabetic) < _LEAST or not text[0].isupper():
        return False
    codes = [ord(letter) for letter in alphabetic]
    if all(after - before == 1 for before, after in pairwise(codes)):
        return False  # the names of columns
    return not text.isascii() or not _VOWELS.isdisjoint(text.lower())


def _append(word: PdfWord, letter: PdfWord) -> None:
    word.text += letter.text
    word.right = max(word.right, letter.right)
    word.bottom, word.top = min(word.bottom, letter.bottom), max(word.top, letter.top)
    word.style &= letter.style
