"""Which runs of a page's text an extractor kept: its text and the page's, laid side by side.

An extractor gives back words without most of their shape: lists lose their kind, pictures their
captions, notes their links. So it is asked only which words are the article, and the shape is
taken from the page itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
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
_SCAN_LIMIT = 200_000_000
"""Code points that are looked through before what was not found is given up."""


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
                and len(unit := squeeze("".join(element.itertext()))) < SHORT
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

    def match(self, runs: Sequence[Sequence[str]]) -> list[bool]:
        """Tell for each run of a page whether it was kept.

        Args:
            runs: The text nodes of each, in the order of the page.
        """
        texts = [squeeze("".join(nodes)) for nodes in runs]
        ends = [-1] * len(texts)
        same: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(texts):
            if len(text) >= SHORT:
                same[text].append(index)
        for text, places in same.items():
            if len(places) == 1:
                ends[places[0]] = self._take(text)
        for text, places in same.items():
            if len(places) > 1:
                # A teaser repeats the article's words: the copy among the others is the article's.
                places.sort(key=lambda index: -_neighbours(ends, index))
                end = 0
                for index in places:
                    ends[index] = end = self._take(text, end)
                    if end < 0:
                        break
        for index, text in enumerate(texts):
            if ends[index] < 0 and len(text) >= SHORT:
                ends[index] = self._take_nodes(runs[index], len(text))
            elif text and len(text) < SHORT:
                ends[index] = self._take_short(text, ends, index)
        return [end >= 0 for end in ends]

    def _find(self, text: str, start: int = 0) -> int:
        if self._scanned > _SCAN_LIMIT:
            return -1
        place = self._text.find(text, start)
        self._scanned += (len(self._text) if place < 0 else place) - start
        return place

    def _take(self, text: str, start: int = 0) -> int:
        """Return where the kept text goes on behind a text; -1 where it does not hold it."""
        place = self._find(text, start)
        while place >= 0:
            end = place + len(text)
            if self._taken.count(1, place, end) * 2 < len(text):
                self._taken[place:end] = b"\1" * len(text)
                return end
            place = self._find(text, place + 1)
        return -1

    def _take_nodes(self, nodes: Sequence[str], length: int) -> int:
        """Do the same for a run of which only some text nodes were kept."""
        found, end = 0, -1
        for node in nodes:
            text = squeeze(node)
            if len(text) < _NODE:
                continue
            place = self._find(text)
            if place >= 0 and not self._taken[place]:
                end = place + len(text)
                self._taken[place:end] = b"\1" * len(text)
                found += len(text)
        return end if found >= _SHARE * length else -1

    def _take_short(self, text: str, ends: list[int], index: int) -> int:
        before = ends[index - 1] if index else 0
        if before >= 0 and self._text.startswith(text, before):
            end = before + len(text)
            if not self._taken[before]:
                self._taken[before:end] = b"\1" * len(text)
                return end
        if self._units[text] > 0 and _neighbours(ends, index):
            self._units[text] -= 1
            place = self._find(text)
            while place >= 0 and self._taken[place]:
                place = self._find(text, place + 1)
            if place >= 0:
                end = place + len(text)
                self._taken[place:end] = b"\1" * len(text)
                return end
        return -1


def _neighbours(ends: list[int], index: int) -> int:
    """Return how many of the runs near one were kept."""
    near = ends[max(index - _NEAR, 0) : index] + ends[index + 1 : index + 1 + _NEAR]
    return sum(end >= 0 for end in near)
