"""Compare a quotation with one text: where the text has it, and how it differs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.core.alignment_words import Vocabulary
from reader.core.anchoring_matches import Match
from reader.core.anchoring_search import QuoteFinder
from reader.core.annotation import Selector
from reader.core.document import TextRange
from reader.core.draft_check.pieces import MOST_PIECES, Piece, Segment, pieces_of
from reader.core.draft_check.verdicts import QuotationVerdict
from reader.core.draft_check.wordings import WordsAlone, differs_in_typography_alone, seen
from reader.core.word_diff import diff_words

if TYPE_CHECKING:
    from reader.core.word_diff import WordDiff

MOST_REPLACED: Final = 12
"""The most words of a source for which an author's words in brackets may stand."""

MOST_LEFT_OUT: Final = 120
"""The most words that an ellipsis stands for; pieces further apart are joined, not cut."""

FEW_LEFT_OUT: Final = 15
"""The most words that may lack without an ellipsis for a passage to count as one with changes."""

MOST_COPIES: Final = 2_000
"""At how many places the first piece of a quotation is looked at; more are of a word or two."""

FEW_COPIES: Final = 8
"""How many places with the same words are told from one another by their speakers."""

SHORTEST_RUN: Final = 3
"""The fewest words of each of two runs that a quotation is joined from."""

LEAST_ALIKE: Final = 0.6
"""The least share of the words, by length, that a passage with other words shares."""

LEAST_SHARED: Final = 3
"""The fewest words that it shares."""

_MARKS: Final = re.compile('[“”„‟«»‹›「」『』"]')
_NARRATOR: Final = re.compile(
    r"[,.?!…][’'](?!\w)|(?:^|\s)[‘'](?=\w|$)"  # British marks, which are apostrophes as well
    r"|[,.?!…]\s*[—–]\s.*[,.]\s*[—–]\s*$"  # Russian: *…, — сказала она, — …*
    r"|^\s*[—–]\w.*\w[—–][.,;:]?\s*$"  # Spanish: *… —dijo ella—. …*
)
"""What parts the words of a speaker besides those marks: the narrator's words stand between."""

_ENDS: Final = frozenset(".!?")
_AROUND: Final = ' \n\t.,;:…“”„«»"()[]'
"""What is not shown at the ends of words that were left out."""
_SIGNS_AT_ENDS: Final = " .,;:—–-"
_TONES: Final = frozenset("?!")
"""Signs at the end that change what is said."""
_AFTER_SIGNS: Final = " \u00a0\u202f“”„«»\"’'"
"""What may stand between the last word and such a sign, or after it."""

GRADES: Final = (
    QuotationVerdict.VERBATIM,
    QuotationVerdict.SIGNS,
    QuotationVerdict.CUT,
    QuotationVerdict.JOINED,
    QuotationVerdict.OTHER_WORDS,
    QuotationVerdict.NOWHERE,
)
"""What a comparison with one text finds, the nearest to the quotation first."""


class Comparison(NamedTuple):
    """A quotation compared with one text."""

    grade: QuotationVerdict
    """One of ``GRADES``."""
    places: tuple[TextRange, ...] = ()
    """The ranges of the text that its pieces are from, in the order of the quotation."""
    alike: float = 0.0
    """The share of the quotation that the text has, 0 to 1."""
    diff: WordDiff | None = None
    """The words of the text and those of the quotation, where they differ."""
    left_out: tuple[str, ...] = ()
    """What the text has at each ellipsis."""
    copies: tuple[TextRange, ...] = ()
    """Other ranges with the same words, where the quotation has one piece; a few of many."""

    @property
    def place(self) -> TextRange:
        """The range of the text from the first place to the last one."""
        if not self.places:
            return TextRange(0, 0)
        return TextRange(min(self.places).start, max(each.end for each in self.places))

    @property
    def has_all_words(self) -> bool:
        """Whether the text has the words of each piece in a row."""
        return self.grade not in (QuotationVerdict.OTHER_WORDS, QuotationVerdict.NOWHERE)

    @property
    def rank(self) -> tuple[int, float]:
        """What comparisons are sorted by, the nearest to the quotation first."""
        return GRADES.index(self.grade), -self.alike


NOTHING: Final = Comparison(QuotationVerdict.NOWHERE)
"""The comparison with a text that has nothing like the quotation."""


class SearchedText:
    """A text in which quotations are looked for."""

    def __init__(self, text: str) -> None:
        """Keep a text, as of ``without_notes``; its words are indexed at the first search."""
        self.text = text
        """The text."""

    @cached_property
    def _finder(self) -> QuoteFinder:
        return QuoteFinder(WordsAlone(self.text, Vocabulary()))

    def compare(self, quotation: str) -> Comparison:
        """Return how the text has a quotation.

        Args:
            quotation: The words inside its marks.
        """
        pieces = pieces_of(quotation)
        if not 0 < len(pieces) <= MOST_PIECES:
            return NOTHING
        found = [list(self._places(piece)) for piece in pieces]
        if all(found):
            return self._in_one_text(pieces, found)
        return self._joined(pieces) or self._alike(pieces)

    # With the same words

    def _places(self, piece: Piece) -> Iterator[TextRange]:
        """Yield where the words of a piece stand; what is in brackets stands for a few others."""
        words = self._finder.words
        keys = WordsAlone(piece.segments[0].words, words.vocabulary).keys
        for start in _copies(keys, words.keys):
            last: int | None = start + len(keys)
            for segment in piece.segments[1:]:
                last = self._next(segment, last) if last is not None else None
            if last is not None:
                yield TextRange(words.starts[start], words.ends[last - 1])

    def _next(self, segment: Segment, first: int) -> int | None:
        """Return the index after the words of a segment that stands at or soon after a word."""
        words = self._finder.words
        keys = WordsAlone(segment.words, words.vocabulary).keys
        for at in range(first, min(first + MOST_REPLACED, len(words) - len(keys)) + 1):
            if words.keys[at : at + len(keys)] == keys:
                return at + len(keys)
        return None

    def _in_one_text(
        self, pieces: Sequence[Piece], found: Sequence[Sequence[TextRange]]
    ) -> Comparison:
        """Return how pieces whose words the text has stand in it."""
        places = self._nearest(pieces, found)
        has_same_signs = all(map(self._has_same_signs, pieces, places))
        gaps = [self._between(first, second) for first, second in pairwise(places)]
        counts = [len(WordsAlone(gap, Vocabulary())) if gap is not None else -1 for gap in gaps]
        left_out = tuple(seen(gap).strip(_AROUND) for gap in gaps if gap is not None)
        if any(count < 0 or count > MOST_LEFT_OUT for count in counts):
            return Comparison(QuotationVerdict.JOINED, places, 1.0)
        if any(counts):
            return Comparison(QuotationVerdict.CUT, places, 1.0, left_out=left_out)
        if has_same_signs:
            copies = [place for place in found[0][:FEW_COPIES] if place != places[0]]
            alike = [place for place in copies if self._has_same_signs(pieces[0], place)]
            others = tuple(alike) if len(pieces) == 1 else ()
            return Comparison(QuotationVerdict.VERBATIM, places, 1.0, copies=others)
        return Comparison(QuotationVerdict.SIGNS, places, 1.0, self._diff(pieces, places))

    def _nearest(
        self, pieces: Sequence[Piece], found: Sequence[Sequence[TextRange]]
    ) -> tuple[TextRange, ...]:
        """Return a place of each piece: those that follow one another most closely."""
        options = (_following(first, found[1:]) for first in found[0][:MOST_COPIES])
        return min(options, key=lambda places: self._distance(pieces, places))

    def _distance(self, pieces: Sequence[Piece], places: Sequence[TextRange]) -> tuple[int, ...]:
        """Return how far places are from being one passage with the signs of the pieces."""
        backwards = sum(second.start < first.end for first, second in pairwise(places))
        same = sum(map(self._has_same_signs, pieces, places))
        return backwards, -same, places[-1].end - places[0].start, places[0].start

    def _between(self, first: TextRange, second: TextRange) -> str | None:
        """Return the text between two places; None where the second one does not follow."""
        return self.text[first.end : second.start] if first.end <= second.start else None

    def _has_same_signs(self, piece: Piece, place: TextRange) -> bool:
        sign = piece.text.rstrip(_AFTER_SIGNS)[-1:]
        if sign in _TONES and sign != self._tone_after(place):
            return False
        if len(piece.segments) > 1:
            return True  # what stands around the brackets has other signs
        return differs_in_typography_alone(piece.segments[0].text, self.text[slice(*place)])

    def _tone_after(self, place: TextRange) -> str:
        """Return the question or exclamation mark after a place; empty for none."""
        sign = self.text[place.end : place.end + 3].lstrip(_AFTER_SIGNS)[:1]
        return sign if sign in _TONES else ""

    # With other words

    def _joined(self, pieces: Sequence[Piece]) -> Comparison | None:
        """Return the two runs of words of which a quotation without an ellipsis is made."""
        if len(pieces) > 1 or len(pieces[0].segments) > 1:
            return None
        words = self._finder.words
        keys = WordsAlone(pieces[0].words, words.vocabulary).keys
        first = _longest_run(keys, words.keys)
        rest = len(keys) - first.length
        if min(first.length, rest) < SHORTEST_RUN:
            return None
        backwards = _longest_run(keys[::-1], words.keys[::-1])
        if backwards.length < rest:
            return None
        second = _Run(len(words) - backwards.start - rest, rest)
        places = (self._range(first), self._range(second))
        between = self._between(*places)
        is_near = 0 <= second.start - first.end <= FEW_LEFT_OUT
        is_passage = between and not _MARKS.search(between) and not _NARRATOR.search(between)
        if is_near and between and is_passage and "\n" not in between:
            place = TextRange(places[0].start, places[1].end)
            return Comparison(
                QuotationVerdict.OTHER_WORDS, (place,), 1.0, self._diff(pieces, (place,))
            )
        left_out = (seen(between).strip(_AROUND),) if is_near and between else ()
        return Comparison(QuotationVerdict.JOINED, places, 1.0, left_out=left_out)

    def _range(self, run: _Run) -> TextRange:
        words = self._finder.words
        return TextRange(words.starts[run.start], words.ends[run.end - 1])

    def _alike(self, pieces: Sequence[Piece]) -> Comparison:
        """Return the passages that are most like the pieces."""
        best: list[tuple[Piece, Match]] = []
        for piece in pieces:
            matches = self._finder.find(Selector(piece.words))
            if matches:
                best.append((piece, max(matches, key=lambda match: match.word_score)))
        weight = sum(len(piece.words) for piece in pieces)
        alike = sum(len(piece.words) * match.word_score for piece, match in best) / weight
        shared = sum(piece.length * match.recall for piece, match in best)
        if alike < LEAST_ALIKE or shared < LEAST_SHARED:
            return NOTHING
        places = tuple(self._widened(*each) for each in best)
        diff = self._diff([piece for piece, _ in best], places)
        return Comparison(QuotationVerdict.OTHER_WORDS, places, alike, diff)

    def _widened(self, piece: Piece, match: Match) -> TextRange:
        """Return a match with the words beside it that stand for the first and last of a piece."""
        words = self._finder.words
        keys = WordsAlone(piece.words, words.vocabulary).keys
        matched = words.keys[match.words.start : match.words.stop]
        before = keys.index(matched[0]) if matched[0] in keys else 0
        after = keys[::-1].index(matched[-1]) if matched[-1] in keys else 0
        first = words.starts[max(match.words.start - before, 0)]
        start, end = match.place
        if "\n" not in self.text[first:start]:
            start = min(start, first)
        return TextRange(start, max(end, self._end_after(match.words.stop, after)))

    def _end_after(self, word: int, count: int) -> int:
        """Return the offset after so many more words of a paragraph, or nearby its sentence's end.

        Args:
            word: The index of the first of these words, which is not the first of the text.
            count: How many words.
        """
        words, ends = self._finder.words, self._finder.words.ends
        end = ends[word - 1]
        for index in range(word, min(word + count + 1, len(words)) if count else word):
            if "\n" in self.text[ends[index - 1] : ends[index]]:
                return ends[index - 1]
            is_last = self.text[ends[index] : ends[index] + 1] in _ENDS
            if index < word + count or is_last:
                end = ends[index]
            if is_last:
                break
        return end

    def _diff(self, pieces: Sequence[Piece], places: Sequence[TextRange]) -> WordDiff:
        """Return the words of the text and those of the pieces, without the signs at both ends."""
        source = " … ".join(
            _trimmed(self.text[slice(*place)] + self._tone_after(place)) for place in places
        )
        return diff_words(source, " … ".join(_trimmed(piece.text) for piece in pieces))


def _trimmed(text: str) -> str:
    """Return words on one line, without quotation marks, and without the signs at both ends."""
    return " ".join(_MARKS.sub("", seen(text)).split()).strip(_SIGNS_AT_ENDS)


def _following(first: TextRange, found: Sequence[Sequence[TextRange]]) -> tuple[TextRange, ...]:
    """Return a place, and for each further piece the next place after the one before.

    Where there is none, it is the last place of the piece.
    """
    places = [first]
    for options in found:
        index = bisect_left(options, places[-1].end, key=lambda place: place.start)
        places.append(options[min(index, len(options) - 1)])
    return tuple(places)


def _copies(keys: Sequence[int], among: Sequence[int]) -> Iterator[int]:
    """Yield the indices at which some keys stand in a row."""
    at = -1
    try:
        while True:
            at = among.index(keys[0], at + 1)
            if among[at : at + len(keys)] == keys:
                yield at
    except ValueError:
        return


class _Run(NamedTuple):
    """Words of a text in a row."""

    start: int
    """The index of the first word."""
    length: int
    """How many words they are."""

    @property
    def end(self) -> int:
        """The index after the last word."""
        return self.start + self.length


def _longest_run(keys: Sequence[int], among: Sequence[int]) -> _Run:
    """Return where the most of the first keys stand in a row."""
    best = _Run(0, 0)
    at = -1
    while True:
        try:
            at = among.index(keys[0], at + 1)
        except ValueError:
            return best
        pairs = zip(keys, among[at : at + len(keys)], strict=False)
        length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if length > best.length:
            best = _Run(at, length)
