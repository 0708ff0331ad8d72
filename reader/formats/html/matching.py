"""Finds the runs of a page's text that are in the text that an extractor returned.

An extractor returns words without most of their structure: lists lose their kind, pictures their
captions, notes their links. It is therefore only asked which words are the article, and the
structure is taken from the page itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

SHORT = 25
"""A shorter run, in letters, may be in the article's text by chance: it must be a unit of it, or
stand where the article continues."""

_SHARE = 0.6
"""The share of a run's text that must be found if the run as a whole is not."""
_NODE = 12
_NEAR = 3
_FEW = 4
_LONG = 200
_GRAM = 12
_INDEXED = 50_000
"""The length from which an extracted text is indexed, in letters."""

_SCAN_LIMIT = 200_000_000
"""The number of code points after which the search gives up."""

_Position = (
    tuple[int, int] | None
)  # the range of a run in the extracted text; None if it is not there


def without_spaces(text: str) -> str:
    """Return a text without white space and soft hyphens, for comparison."""
    squeezed = "".join(text.split())
    return squeezed.replace("\u00ad", "") if "\u00ad" in squeezed else squeezed


class ExtractedText:
    """The text that an extractor returned."""

    def __init__(self, body: Any) -> None:
        """Take the text from an extractor's tree."""
        self._text = without_spaces("".join(body.itertext()))
        self._taken = bytearray(len(self._text))
        self._units: Counter[str] = Counter()
        for element in body.iter():
            if (
                len(element) < _FEW
                and len(element.text or "") < _LONG
                and len(unit := without_spaces(_text_of(element))) < SHORT
            ):
                self._units[unit] += 1
        self._scanned = 0

    def __len__(self) -> int:
        """Return the number of letters."""
        return len(self._text)

    @property
    def coverage(self) -> float:
        """The share of the text that was found in the page so far, from 0 to 1."""
        return self._taken.count(1) / max(len(self._taken), 1)

    def match(self, runs: Sequence[Sequence[str]], texts: Sequence[str]) -> list[bool]:
        """Return for each run of a page whether it is in the extracted text.

        Args:
            runs: The text nodes of each run, in the order of the page.
            texts: The texts of the same runs without spaces.
        """
        positions: list[_Position] = [None] * len(texts)
        self._match_long(texts, positions)
        for index, text in enumerate(texts):
            if positions[index] is None and len(text) >= SHORT:
                positions[index] = self._take_nodes(runs[index], len(text))
        self._match_short(texts, positions)
        return [position is not None for position in positions]

    def _match_long(self, texts: Sequence[str], positions: list[_Position]) -> None:
        """Find the runs that are long enough to be unique."""
        same: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(texts):
            if len(text) >= SHORT:
                same[text].append(index)
        end = 0
        for text, copies in same.items():
            if len(copies) == 1:
                positions[copies[0]] = position = self._take(text, likely=end)
                end = position[1] if position else end
        for text, copies in same.items():
            if len(copies) > 1:
                # A teaser repeats the article: the copy among other found runs is the article's.
                copies.sort(key=lambda index: -_neighbours(positions, index))
                end = 0
                for index in copies:
                    positions[index] = position = self._take(text, end)
                    if position is None:
                        break
                    end = position[1]

    def _match_short(self, texts: Sequence[str], positions: list[_Position]) -> None:
        """Find the runs that need found runs beside them.

        A run before a found one, such as a heading, is searched first: in a table of contents,
        which has the same words, no text follows it.
        """
        short = [
            index
            for index, text in enumerate(texts)
            if 0 < len(text) < SHORT and positions[index] is None
        ]
        for index in reversed(short):
            after = positions[index + 1] if index + 1 < len(positions) else None
            if after and self._text.endswith(texts[index], 0, after[0]):
                positions[index] = self._claim(after[0] - len(texts[index]), after[0])
        for index in short:
            if positions[index] is None:
                self._match_row(texts, positions, index)
        for index in short:
            before = positions[index - 1] if index else None
            if (
                positions[index] is None
                and before
                and self._text.startswith(texts[index], before[1])
            ):
                positions[index] = self._claim(before[1], before[1] + len(texts[index]))
        for index in short:
            text = texts[index]
            if positions[index] is None and self._units[text] > 0 and _neighbours(positions, index):
                self._units[text] -= 1
                positions[index] = self._take(text)

    def _match_row(self, texts: Sequence[str], positions: list[_Position], first: int) -> None:
        """Find short runs that follow each other, as the items of a list, as one text."""
        last, row = first, ""
        while (
            len(row) < SHORT
            and last < len(texts)
            and positions[last] is None
            and len(texts[last]) < SHORT
        ):
            row += texts[last]
            last += 1
        position = self._take(row) if len(row) >= SHORT else None
        if position is not None:
            start = position[0]
            for index in range(first, last):
                positions[index] = (start, start + len(texts[index]))
                start += len(texts[index])

    def _find(self, text: str, start: int = 0) -> int:
        """Return the offset of a text from ``start`` on; -1 if it is not there."""
        if self._scanned > _SCAN_LIMIT:
            return -1
        if len(self._text) > _INDEXED and len(text) >= 2 * _GRAM:
            return self._look_up(text, start)
        position = self._text.find(text, start)
        self._scanned += (len(self._text) if position < 0 else position) - start
        return position

    def _look_up(self, text: str, start: int) -> int:
        """Return the same for a long text, in a time that does not grow with its length.

        Wherever the text stands, one of its grams stands at a multiple of the length of a gram.
        """
        first = -1
        for shift in range(_GRAM):
            positions = self._grams.get(text[shift : shift + _GRAM], ())
            for index in range(bisect_left(positions, start + shift), len(positions)):
                position = positions[index]
                self._scanned += _GRAM
                if 0 <= first < position - shift:
                    break
                if self._text.startswith(text, position - shift):
                    first = position - shift
                    break
        return first

    @cached_property
    def _grams(self) -> dict[str, list[int]]:
        """The offsets of each gram of 12 letters that begins at a multiple of 12."""
        grams: dict[str, list[int]] = defaultdict(list)
        for position in range(0, len(self._text), _GRAM):
            grams[self._text[position : position + _GRAM]].append(position)
        return dict(grams)

    def _take(self, text: str, start: int = 0, *, likely: int = 0) -> _Position:
        """Return the range of a text that was not found at that range before.

        Args:
            text: The text to find.
            start: The offset to begin at.
            likely: The offset to try first.
        """
        if likely and self._text.startswith(text, likely):
            position = likely
        else:
            position = self._find(text, start)
        while position >= 0:
            if found := self._claim(position, position + len(text)):
                return found
            position = self._find(text, position + 1)
        return None

    def _claim(self, start: int, end: int) -> _Position:
        """Mark a range as found; return None if most of it was found before."""
        if self._taken.count(1, start, end) * 2 >= end - start:
            return None
        self._taken[start:end] = b"\1" * (end - start)
        return start, end

    def _take_nodes(self, nodes: Sequence[str], length: int) -> _Position:
        """Find a run of which only some text nodes were extracted."""
        parts: list[tuple[int, int]] = []
        for node in nodes:
            text = without_spaces(node)
            if (
                len(text) >= _NODE
                and (position := self._find(text)) >= 0
                and not self._taken[position]
            ):
                parts.append((position, position + len(text)))
        if sum(end - start for start, end in parts) < _SHARE * length:
            return None
        for start, end in parts:
            self._claim(start, end)
        return parts[0][0], parts[-1][1]


def _text_of(element: Any) -> str:
    return "".join(element.itertext()) if len(element) else element.text or ""


def _neighbours(positions: list[_Position], index: int) -> int:
    """Return how many of the runs near a run were found."""
    near = positions[max(index - _NEAR, 0) : index] + positions[index + 1 : index + 1 + _NEAR]
    return sum(position is not None for position in near)
