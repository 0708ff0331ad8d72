"""Find text in a document as the reader types, ignoring case, accents and typography."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from threading import Lock

from reader.core.document import TextRange
from reader.core.folding import fold, fold_with_offsets, folding_table, unfold
from reader.core.graphemes import whole_graphemes

_CHUNK = 16_384
"""Code points that are folded at a time."""


class TextFinder:
    """Finds queries in one text.

    The text is folded at the first search, or before that in slices by ``prepare``. Several threads
    may search at once, as when a new search replaces one that is still running.
    """

    def __init__(self, text: str) -> None:
        """Keep the text; nothing is folded yet."""
        self._text = text
        self._folded: dict[bool, _FoldedText] = {}

    def extended(self, text: str) -> TextFinder:
        """Return a finder for a longer text; the text that is already folded is not folded again.

        Args:
            text: A text that begins with the present one; any other text is folded from its start.
        """
        finder = TextFinder(text)
        if text.startswith(self._text):
            for keep_case, folded in list(self._folded.items()):
                finder._folded[keep_case] = folded.extended(text)
        return finder

    def prepare(self, limit: int, query: str = "") -> bool:
        """Fold more of the text before a search.

        Args:
            limit: The least number of code points to fold; a million take about 2 ms of ASCII and
                30 ms of other scripts.
            query: The query to prepare for; a query with upper case needs another folding.

        Returns:
            Whether the whole text is folded.
        """
        return self._folding(query != query.lower()).advance(limit)

    def find(self, query: str, limit: int | None = None) -> list[TextRange]:
        """Return the ranges of the text that match ``query``, in order and without overlap.

        Case matters only if the query has an upper-case letter, an accent only on the letters that
        have one in the query. Typewriter quotes, hyphens and letters find typographic quotes,
        dashes and ligatures; any white space finds any other.

        Args:
            query: The text to find; a query of white space has no matches.
            limit: The most ranges to return; None for all.

        Returns:
            Ranges of whole graphemes in the text, not in the folded text.
        """
        keep_case = query != query.lower()
        needle = fold(query, keep_case=keep_case)
        if not needle.strip():
            return []
        folded = self._folding(keep_case)
        folded.advance(len(self._text))
        is_marked = fold(query, keep_case=keep_case, keep_marks=True) != needle
        hits = folded.passages(_positions(folded.joined, needle, overlap=is_marked))
        if is_marked:
            accents = _letters(query)
            hits = (hit for hit in hits if _has_accents(self._text[hit.start : hit.end], accents))
        hits = _without_overlap(hits)
        return list(hits if limit is None else islice(hits, max(limit, 0)))

    def _folding(self, keep_case: bool) -> _FoldedText:
        folded = self._folded.get(keep_case)
        return folded or self._folded.setdefault(keep_case, _FoldedText(self._text, keep_case))


class _FoldedText:
    """A text that is folded chunk by chunk and maps folded positions back to offsets."""

    def __init__(self, text: str, keep_case: bool) -> None:
        self._text = text
        self._keep_case = keep_case
        self._cuts = [0]
        self._folded_cuts = [0]
        self._chunks: list[str] = []
        self._joined: str | None = None
        self._offsets: dict[int, Sequence[int] | None] = {}
        self._lock = Lock()

    @property
    def joined(self) -> str:
        """The folded text so far."""
        with self._lock:
            if self._joined is None:
                self._joined = "".join(self._chunks)
            return self._joined

    def extended(self, text: str) -> _FoldedText:
        """Return this for a longer text; the last chunk, which may be longer now, is left out."""
        longer = _FoldedText(text, self._keep_case)
        with self._lock:
            count = max(len(self._chunks) - 1, 0)
            longer._chunks = self._chunks[:count]
            longer._cuts = self._cuts[: count + 1]
            longer._folded_cuts = self._folded_cuts[: count + 1]
            chunk_offsets = list(self._offsets.items())
        longer._offsets = {index: offsets for index, offsets in chunk_offsets if index < count}
        return longer

    def advance(self, limit: int) -> bool:
        """Fold at least ``limit`` more code points; return whether the whole text is folded."""
        with self._lock:
            stop = min(self._cuts[-1] + limit, len(self._text))
            while self._cuts[-1] < stop:
                self._fold_chunk()
            return self._cuts[-1] >= len(self._text)

    def _fold_chunk(self) -> None:
        cut = _cut(self._text, self._cuts[-1] + _CHUNK)
        piece = self._text[self._cuts[-1] : cut]
        chunk = fold(piece, keep_case=self._keep_case, keep_runs=True)
        self._chunks.append(chunk)
        self._folded_cuts.append(self._folded_cuts[-1] + len(chunk))
        self._cuts.append(cut)
        self._joined = None

    def passages(self, positions: Iterator[tuple[int, int]]) -> Iterator[TextRange]:
        """Map ranges of the folded text to ranges of the text, widened to whole graphemes."""
        text, cuts = self._text, self._folded_cuts
        if text.isascii():
            yield from (TextRange(start, end) for start, end in positions)
            return
        index, shift, is_even = -1, 0, False
        for start, end in positions:
            if index < 0 or start >= cuts[index + 1]:
                index = bisect_right(cuts, start) - 1
                shift = self._cuts[index] - cuts[index]
                is_even = self._chunk_offsets(index) is None
            if is_even and end <= cuts[index + 1]:
                passage = TextRange(start + shift, end + shift)
            else:
                passage = TextRange(self._unfold(start).start, self._unfold(end - 1).end)
            yield passage if _is_plain(text, passage) else whole_graphemes(text, passage)

    def _unfold(self, position: int) -> TextRange:
        """Return the range of the text that the folded character at ``position`` came from."""
        index = bisect_right(self._folded_cuts, position) - 1
        position -= self._folded_cuts[index]
        base = self._cuts[index]
        offsets = self._chunk_offsets(index)
        if offsets is None:
            return TextRange(base + position, base + position + 1)
        start, end = offsets[position], offsets[position + 1]
        if start == end:
            start, end = unfold(offsets, position, position + 1)
        return TextRange(base + start, base + end)

    def _chunk_offsets(self, index: int) -> Sequence[int] | None:
        """Return the offsets of a chunk; None if every character folds to one character."""
        if index not in self._offsets:
            chunk = self._text[self._cuts[index] : self._cuts[index + 1]]
            is_even = len(chunk) == len(self._chunks[index]) and not any(
                folding_table(self._keep_case, False).find_uneven(chunk)
            )
            self._offsets[index] = (
                None
                if is_even
                else fold_with_offsets(chunk, keep_case=self._keep_case, keep_runs=True)[1]
            )
        return self._offsets[index]


def _is_plain(text: str, passage: TextRange) -> bool:
    """Return whether both edges lie between ASCII characters, and so cut no grapheme."""
    around = text[max(passage.start - 1, 0) : passage.start + 1]
    return around.isascii() and text[passage.end - 1 : passage.end + 1].isascii()


def _cut(text: str, start: int) -> int:
    """Return the first offset from ``start`` on that does not divide characters folded as one."""
    while start < len(text) and (
        unicodedata.combining(text[start])
        or "\u1160" <= text[start] <= "\u11ff"
        or text[start] in "\uff9e\uff9f"
    ):
        start += 1
    return min(start, len(text))


def _positions(folded: str, needle: str, *, overlap: bool) -> Iterator[tuple[int, int]]:
    """Yield the ranges of ``folded`` that match ``needle``; a space matches a run of spaces.

    Args:
        folded: The folded text.
        needle: The folded query.
        overlap: Whether ranges may overlap, because the first of two may be turned down.
    """
    if " " in needle and "  " in folded:
        pattern = re.compile(re.escape(needle).replace("\\ ", " +"))
        match = pattern.search(folded)
        while match is not None:
            yield match.span()
            match = pattern.search(folded, match.start() + 1 if overlap else match.end())
        return
    step = 1 if overlap else len(needle)
    position = folded.find(needle)
    while position >= 0:
        yield position, position + len(needle)
        position = folded.find(needle, position + step)


def _without_overlap(hits: Iterator[TextRange]) -> Iterator[TextRange]:
    """Skip hits that begin inside the hit before: parts of one ligature or grapheme."""
    end = 0
    for hit in hits:
        if hit.start >= end:
            yield hit
            end = hit.end


def _letters(text: str) -> list[tuple[str, str]]:
    """Return the folded letters of ``text``, each with its combining marks."""
    letters: list[tuple[str, str]] = []
    for char in fold(text, keep_marks=True):
        if not fold(char) and letters:
            letters[-1] = (letters[-1][0], letters[-1][1] + char)
        else:
            letters.append((char, ""))
    return letters


def _has_accents(passage: str, query: list[tuple[str, str]]) -> bool:
    """Return whether ``passage`` contains the letters of a query with the query's accents."""
    letters = _letters(passage)
    return any(
        all(
            letter == base and (not marks or marks == accents)
            for (letter, accents), (base, marks) in zip(letters[first:], query, strict=False)
        )
        for first in range(len(letters) - len(query) + 1)
    )
