"""Which runs of a page's text an extractor kept: its text and the page's, laid side by side.

An extractor gives back words without most of their shape: lists lose their kind, pictures their
captions, notes their links. So it is asked only which words are the article, and the shape is
taken from the page itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

SHORT = 25
"""A run of fewer letters may be in the article's text by chance: it must be a unit of it, or
stand where the article goes on."""

_SHARE = 0.6
"""How much of a run's text must have been kept where the run as a whole was not."""
_NODE = 12
_NEAR = 3
_FEW = 4
_LONG = 200
_GRAM = 12
_INDEXED = 50_000
"""Letters of a kept text from which on what is looked for is looked up."""

_SCAN_LIMIT = 200_000_000
"""Code points that are looked through before what was not found is given up."""

_Place = tuple[int, int] | None  # where a run is in the kept text; None where it is not


def squeeze(text: str) -> str:
    """Return a text without white space and soft hyphens: what is compared."""
    squeezed = "".join(text.split())
    return squeezed.replace("\u00ad", "") if "\u00ad" in squeezed else squeezed


class KeptText:
    """The text that an extractor kept."""

    def __init__(self, body: Any) -> None:
        """Take the text of an extractor's tree."""
        self._text = squeeze("".join(body.itertext()))
        self._taken = bytearray(len(self._text))
        self._units: Counter[str] = Counter()
        for element in body.iter():
            if (
                len(element) < _FEW
                and len(element.text or "") < _LONG
                and len(unit := squeeze(_text_of(element))) < SHORT
            ):
                self._units[unit] += 1
        self._scanned = 0

    def __len__(self) -> int:
        """Return how many letters were kept."""
        return len(self._text)

    @property
    def coverage(self) -> float:
        """Which part of the kept text was found in the page so far, from 0 to 1."""
        return self._taken.count(1) / max(len(self._taken), 1)

    def match(self, runs: Sequence[Sequence[str]], texts: Sequence[str]) -> list[bool]:
        """Tell for each run of a page whether it was kept.

        Args:
            runs: The text nodes of each, in the order of the page.
            texts: The same runs, each squeezed.
        """
        places: list[_Place] = [None] * len(texts)
        self._match_long(texts, places)
        for index, text in enumerate(texts):
            if places[index] is None and len(text) >= SHORT:
                places[index] = self._take_nodes(runs[index], len(text))
        self._match_short(texts, places)
        return [place is not None for place in places]

    def _match_long(self, texts: Sequence[str], places: list[_Place]) -> None:
        """Find the runs that are long enough to be told by themselves."""
        same: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(texts):
            if len(text) >= SHORT:
                same[text].append(index)
        end = 0
        for text, copies in same.items():
            if len(copies) == 1:
                places[copies[0]] = place = self._take(text, likely=end)
                end = place[1] if place else end
        for text, copies in same.items():
            if len(copies) > 1:
                # A teaser repeats the article's words: the copy among the others is the article's.
                copies.sort(key=lambda index: -_neighbours(places, index))
                end = 0
                for index in copies:
                    places[index] = place = self._take(text, end)
                    if place is None:
                        break
                    end = place[1]

    def _match_short(self, texts: Sequence[str], places: list[_Place]) -> None:
        """Find the runs that need others beside them.

        What leads to a run that was kept, as a heading does, is found first: a table of contents,
        whose words are the same, leads to no text.
        """
        short = [
            index
            for index, text in enumerate(texts)
            if 0 < len(text) < SHORT and places[index] is None
        ]
        for index in reversed(short):
            after = places[index + 1] if index + 1 < len(places) else None
            if after and self._text.endswith(texts[index], 0, after[0]):
                places[index] = self._claim(after[0] - len(texts[index]), after[0])
        for index in short:
            if places[index] is None:
                self._match_row(texts, places, index)
        for index in short:
            before = places[index - 1] if index else None
            if places[index] is None and before and self._text.startswith(texts[index], before[1]):
                places[index] = self._claim(before[1], before[1] + len(texts[index]))
        for index in short:
            text = texts[index]
            if places[index] is None and self._units[text] > 0 and _neighbours(places, index):
                self._units[text] -= 1
                places[index] = self._take(text)

    def _match_row(self, texts: Sequence[str], places: list[_Place], first: int) -> None:
        """Find short runs that follow each other, as the items of a list, as one text."""
        last, row = first, ""
        while (
            len(row) < SHORT
            and last < len(texts)
            and places[last] is None
            and len(texts[last]) < SHORT
        ):
            row += texts[last]
            last += 1
        place = self._take(row) if len(row) >= SHORT else None
        if place is not None:
            start = place[0]
            for index in range(first, last):
                places[index] = (start, start + len(texts[index]))
                start += len(texts[index])

    def _find(self, text: str, start: int = 0) -> int:
        """Return where the kept text holds a text from ``start`` on; -1 where it does not."""
        if self._scanned > _SCAN_LIMIT:
            return -1
        if len(self._text) > _INDEXED and len(text) >= 2 * _GRAM:
            return self._look_up(text, start)
        place = self._text.find(text, start)
        self._scanned += (len(self._text) if place < 0 else place) - start
        return place

    def _look_up(self, text: str, start: int) -> int:
        """Do the same in a long text, in a time that does not grow with its length.

        Wherever a text stands, one of its runs of letters stands at a multiple of their length.
        """
        found = -1
        for shift in range(_GRAM):
            places = self._grams.get(text[shift : shift + _GRAM], ())
            for index in range(bisect_left(places, start + shift), len(places)):
                place = places[index]
                self._scanned += _GRAM
                if 0 <= found < place - shift:
                    break
                if self._text.startswith(text, place - shift):
                    found = place - shift
                    break
        return found

    @cached_property
    def _grams(self) -> dict[str, list[int]]:
        """Where in the kept text each run of letters stands that begins at a multiple of 12."""
        grams: dict[str, list[int]] = defaultdict(list)
        for place in range(0, len(self._text), _GRAM):
            grams[self._text[place : place + _GRAM]].append(place)
        return dict(grams)

    def _take(self, text: str, start: int = 0, *, likely: int = 0) -> _Place:
        """Return where the kept text holds a text that was not found there before.

        Args:
            text: What is looked for.
            start: Where to begin.
            likely: Where it is looked for first.
        """
        if likely and self._text.startswith(text, likely):
            place = likely
        else:
            place = self._find(text, start)
        while place >= 0:
            if found := self._claim(place, place + len(text)):
                return found
            place = self._find(text, place + 1)
        return None

    def _claim(self, start: int, end: int) -> _Place:
        """Mark a range of the kept text as found; None where most of it was before."""
        if self._taken.count(1, start, end) * 2 >= end - start:
            return None
        self._taken[start:end] = b"\1" * (end - start)
        return start, end

    def _take_nodes(self, nodes: Sequence[str], length: int) -> _Place:
        """Find a run of which only some text nodes were kept."""
        parts: list[tuple[int, int]] = []
        for node in nodes:
            text = squeeze(node)
            if len(text) >= _NODE and (place := self._find(text)) >= 0 and not self._taken[place]:
                parts.append((place, place + len(text)))
        if sum(end - start for start, end in parts) < _SHARE * length:
            return None
        for start, end in parts:
            self._claim(start, end)
        return parts[0][0], parts[-1][1]


def _text_of(element: Any) -> str:
    return "".join(element.itertext()) if len(element) else element.text or ""


def _neighbours(places: list[_Place], index: int) -> int:
    """Return how many of the runs near one were kept."""
    near = places[max(index - _NEAR, 0) : index] + places[index + 1 : index + 1 + _NEAR]
    return sum(place is not None for place in near)
