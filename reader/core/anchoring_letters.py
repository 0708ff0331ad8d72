"""Find a quote by its letters alone, however a program has set, spaced, divided or cut its text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import NamedTuple

from reader.core.alignment_words import Words, words_of
from reader.core.document import TextRange
from reader.core.folding import fold, fold_with_offsets
from reader.core.selectors import trimmed_range
from reader.core.words import word_around

SURE_LETTERS = 12
"""This many letters in a row are no chance, even where they begin or end inside a word."""

MOST_PLACES = 50
"""The most places of a quote that are looked at."""

DIVIDED = re.compile(r"(?<=[^\W\d_])[-\u2010]\s+(?=[^\W\d_])")
"""The hyphen and the white space of a word that was divided at the end of a line."""

_NUMBERS = re.compile(r"\[\d{1,3}\]|[¹²³⁰⁴-⁹]+")
"""The numbers of footnotes; also powers."""

_MARKS = re.compile(rf"[*†‡]|{_NUMBERS.pattern}")
"""The marks of footnotes, and the asterisks of Markdown; also powers."""

_LETTERS = re.compile(r"([^\W_]+)")
_LINE_STARTS = re.compile(r"^[ \t]*[>•‣◦]", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_QUOTATION_MARKS = ("'", '"')
_ELLIPSIS = r"[\[(]?(?:…|\.(?:\s?\.){2,5})[\])]?"
_CUT_BEFORE = re.compile(_ELLIPSIS)
_CUT_AFTER = re.compile(rf"{_ELLIPSIS}$")
_SETTING = re.compile(r"(?<!\d)\s|\s(?!\d)|(?<![^\W_])_|_(?![^\W_])")


class LetterMatch(NamedTuple):
    """A place that has the letters of a quote."""

    place: TextRange
    """Its range in the text."""
    is_verbatim: bool
    """Whether the signs between the letters are those of the quote, too."""


class Letters:
    """The letters of a text, without the signs and the white space between them."""

    def __init__(self, words: Words) -> None:
        """Keep the folded letters of each word.

        Args:
            words: The words of the text.
        """
        self._words = words
        by_number = list(map(_letters, words.vocabulary.folded))
        pieces = list(map(by_number.__getitem__, words.keys))
        for at, letters in _words_with_marks(words):
            pieces[at] = letters
        self._letters = "".join(pieces)
        self._counts = list(accumulate(map(len, pieces), initial=0))

    def find(self, quote: str) -> Iterator[LetterMatch]:
        """Yield the places that have the letters of a quote, from the start of the text on.

        A place begins and ends where words do, unless the quote is long. Where an ellipsis shows
        that a quote was cut, the place has the whole word.
        """
        cut_before, inner, cut_after = _without_cuts(quote)
        letters = "".join(map(_letters, map(fold, words_of(_without_marks(inner)))))
        is_long = len(letters) >= SURE_LETTERS
        settings, unmarked = _settings(inner), _bare(_without_marks(inner))
        text = self._words.text
        for found in islice(self._places(letters), MOST_PLACES):
            start, end = place = self._with_edges(found, inner)
            if not is_long and any(map(self._words.is_inside_word, place)):
                continue
            first, last = word_around(text, start), word_around(text, end)
            if not is_long and (first or last):
                continue
            whole = TextRange(
                first.start if first and cut_before else start,
                last.end if last and cut_after else end,
            )
            there = text[slice(*place)]
            is_verbatim = is_long and (
                _bare(there) in {*settings, unmarked} or _bare(_without_marks(there)) in settings
            )
            yield LetterMatch(whole, is_verbatim)

    def _places(self, letters: str) -> Iterator[TextRange]:
        """Yield the ranges of the text that have these letters."""
        at = self._letters.find(letters) if letters else -1
        while at >= 0:
            end = at + len(letters)
            yield trimmed_range(self._words.text, self._start(at), self._end(end))
            at = self._letters.find(letters, at + 1)

    def _start(self, letter: int) -> int:
        """Return the offset in the text of a letter, by its number."""
        word = bisect_right(self._counts, letter) - 1
        return self._inside(word, letter - self._counts[word])

    def _end(self, letter: int) -> int:
        """Return the offset in the text after the letter before ``letter``."""
        word = bisect_left(self._counts, letter) - 1
        if letter == self._counts[word + 1]:
            return self._words.ends[word]
        return self._inside(word, letter - self._counts[word])

    def _inside(self, word: int, letter: int) -> int:
        """Return the offset in the text of a letter of a word."""
        start = self._words.starts[word]
        if letter == 0:
            return start
        return (
            start + fold_with_offsets(self._words.text[start : self._words.ends[word]])[1][letter]
        )

    def _with_edges(self, place: TextRange, quote: str) -> TextRange:
        """Return a place with the signs beside its letters that the quote has there, too."""
        pieces = _LETTERS.split(_without_marks(quote))
        text = self._words.text
        lead, trail = "".join(pieces[0].split())[::-1], "".join(pieces[-1].split())
        start, end = place
        for sign in lead:
            at = _beside(text, start - 1, -1)
            if at is None or fold(text[at]) != fold(sign):
                break
            start = at
        for sign in trail:
            at = _beside(text, end, 1)
            if at is None or fold(text[at]) != fold(sign):
                break
            end = at + 1
        return TextRange(start, end)


def _beside(text: str, at: int, step: int) -> int | None:
    """Return the offset of the next sign from ``at`` on, over white space, or None at an end."""
    while 0 <= at < len(text) and text[at].isspace():
        at += step
    return at if 0 <= at < len(text) else None


def _without_marks(text: str) -> str:
    """Return a text with white space in place of the marks of footnotes and of Markdown."""
    return _MARKS.sub(lambda mark: mark[0] if _is_power(mark) else " " * len(mark[0]), text)


def _is_power(mark: re.Match[str]) -> bool:
    """Return whether a mark is a raised number after another sign than a letter, as in ``10²``."""
    return mark[0].isdigit() and not mark.string[mark.start() - 1 : mark.start()].isalpha()


def _words_with_marks(words: Words) -> Iterator[tuple[int, str]]:
    """Yield the index of each word of a text that has the number of a footnote, and its letters."""
    text = words.text
    for mark in _NUMBERS.finditer(text):
        if not _is_power(mark):
            for word in words.touching(*mark.span()):
                before = text[words.starts[word] : mark.start()]
                after = text[mark.end() : words.ends[word]]
                yield word, _letters(fold(before + after))


def _letters(word: str) -> str:
    return word if word.isalnum() else "".join(_LETTERS.findall(word))


def _without_cuts(quote: str) -> tuple[bool, str, bool]:
    """Return a quote without the ellipses at its ends, and whether it had one before and after.

    Of the links of Markdown only the words stay.
    """
    quote = _LINK.sub(_words_of_link, quote).strip()
    before, after = _CUT_BEFORE.match(quote), _CUT_AFTER.search(quote)
    first, last = before.end() if before else 0, after.start() if after else len(quote)
    return before is not None, quote[first:last], after is not None


def _words_of_link(link: re.Match[str]) -> str:
    return "" if link[0].startswith("!") else link[1]


def _settings(quote: str) -> set[str]:
    """Return the signs of a quote without white space, in each way that a program may set them."""
    bare = _bare(quote)
    settings = {bare, _bare(_LINE_STARTS.sub("", quote))}
    if bare[:1] in _QUOTATION_MARKS and bare[-1:] == bare[:1]:
        settings.add(bare[1:-1])
    return settings


def _bare(text: str) -> str:
    return _SETTING.sub("", DIVIDED.sub("", fold(text)))
