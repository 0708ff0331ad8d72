"""The words, sentences, paragraphs and headings of a document: ranges, and motions between them.

Every offset is in code points from the start of ``Document.text``. A motion returns the offset it
was given where there is no further unit in its direction. Its cost grows with the length of the
block, not of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from reader.core.document import Block, BlockKind, Document, TextRange
from reader.core.graphemes import grapheme_end, grapheme_start
from reader.core.words import count_words, last_word_before, trim, words_from

_PIECE = 32_768
"""The length, in code points, of the pieces that a long block is divided into, so that motions are
fast in a text without paragraphs."""

_PIECE_END = r"[.!?…][\"'”’)\]]*\s+|[。！？][」』”’）]*|\n+"
"""Where a long block may be divided."""

_BY_LINE = frozenset({BlockKind.CODE, BlockKind.TABLE})
_NOT_READ = frozenset({BlockKind.CODE, BlockKind.RULE})


@cache
def _piece_end() -> re.Pattern[str]:
    """Return the pattern of ``_PIECE_END``; few texts have blocks that long."""
    return re.compile(_PIECE_END)


class Units:
    """The units of one document."""

    def __init__(self, document: Document) -> None:
        """Keep the document; units are found on demand."""
        self.document = document
        """The document."""
        self._text = document.text
        self._blocks = document.blocks
        self._sentences = _Sentences(document)
        self._totals = [0]

    def extended(self, document: Document) -> Units:
        """Return the units of a longer version of the same document, with the words counted so far.

        Args:
            document: A document whose blocks begin with the present ones; the last may differ.
        """
        units = Units(document)
        common = min(len(self._totals) - 1, len(self._blocks) - 1, len(document.blocks))
        while common > 0 and self._blocks[common - 1] != document.blocks[common - 1]:
            common -= 1
        units._totals = self._totals[: max(common, 0) + 1]
        return units

    # Ranges

    def word_at(self, offset: int) -> TextRange:
        """Return the word at ``offset``, or else the run of white space or of punctuation there.

        At the newline after a block the range is empty.
        """
        block = self._block_at(offset)
        if block is None or not block.range.contains(offset):
            return TextRange(self.document.clamp(offset), self.document.clamp(offset))
        before = block.start
        for start, end in words_from(self._text, block.range, offset):
            if start > offset:
                return _run_at(self._text, TextRange(before, start), offset)
            if offset < end:
                return TextRange(start, end)
            before = end
        return _run_at(self._text, TextRange(before, block.end), offset)

    def sentence_at(self, offset: int) -> TextRange:
        """Return the sentence at ``offset``, without the white space around it.

        White space counts to the sentence before it, or to the first sentence of its block.
        """
        block = self._block_at(offset)
        if block is None:
            return TextRange(0, 0)
        offset = min(max(offset, block.start), block.end)
        sentences = self._sentences.of(block, self._sentences.piece_at(block, offset))
        if not sentences:
            return trim(self._text, block.range)
        return sentences[max(bisect_right(sentences, offset, key=_start) - 1, 0)]

    def paragraph_at(self, offset: int) -> TextRange:
        """Return the range of the block at ``offset``; the newline after a block belongs to it."""
        block = self._block_at(offset)
        return block.range if block is not None else TextRange(0, 0)

    # Characters

    def next_character(self, offset: int) -> int:
        """Return the start of the next grapheme; a newline is skipped except on an empty line."""
        following = grapheme_end(self._text, offset)
        while following < len(self._text) and not _can_hold_caret(self._text, following):
            following += 1
        return following if following < len(self._text) else offset

    def previous_character(self, offset: int) -> int:
        """Return the start of the grapheme before ``offset``, or of the one that it divides."""
        before = min(offset, len(self._text)) - 1
        while before >= 0 and not _can_hold_caret(self._text, before):
            before -= 1
        return grapheme_start(self._text, before) if before >= 0 else offset

    # Words

    def next_word(self, offset: int) -> int:
        """Return the start of the first word that begins after ``offset``."""
        for block in self._blocks_from(offset):
            for start, _ in words_from(self._text, block.range, max(offset, block.start)):
                if start > offset:
                    return start
        return offset

    def word_end(self, offset: int) -> int:
        """Return the offset of the first grapheme after ``offset`` that is the last of a word."""
        for block in self._blocks_from(offset):
            for _, end in words_from(self._text, block.range, max(offset, block.start)):
                last = grapheme_start(self._text, end - 1)
                if last > offset:
                    return last
        return offset

    def previous_word(self, offset: int) -> int:
        """Return the start of the last word that begins before ``offset``."""
        for block in self._blocks_back_from(offset):
            word = last_word_before(self._text, block.range, offset)
            if word is not None:
                return word.start
        return offset

    # Sentences

    def next_sentence(self, offset: int) -> int:
        """Return the start of the next sentence, skipping residue and rules."""
        for block in self._blocks_from(offset):
            if not _has_sentences(block):
                continue
            piece = self._sentences.piece_at(block, max(offset, block.start))
            for number in range(piece, len(self._sentences.pieces(block)) - 1):
                sentences = self._sentences.of(block, number)
                after = bisect_right(sentences, offset, key=_start)
                if after < len(sentences):
                    return sentences[after].start
        return offset

    def previous_sentence(self, offset: int) -> int:
        """Return the start of the last sentence before ``offset``, skipping residue and rules."""
        for block in self._blocks_back_from(offset):
            if not _has_sentences(block):
                continue
            for number in range(self._sentences.piece_at(block, min(offset, block.end)), -1, -1):
                sentences = self._sentences.of(block, number)
                before = bisect_left(sentences, offset, key=_start) - 1
                if before >= 0:
                    return sentences[before].start
        return offset

    def sentences_in(self, passage: TextRange) -> list[TextRange]:
        """Return the sentences of which a part is in ``passage``, without residue and rules."""
        found: list[TextRange] = []
        for block in self._blocks_from(passage.start):
            if block.start >= passage.end:
                break
            if not _has_sentences(block):
                continue
            first = self._sentences.piece_at(block, max(passage.start, block.start))
            last = self._sentences.piece_at(block, min(passage.end, block.end))
            for number in range(first, last + 1):
                sentences = self._sentences.of(block, number)
                found += (each for each in sentences if each.overlaps(passage))
        return found

    # Paragraphs and headings

    def next_paragraph(self, offset: int) -> int:
        """Return the start of the next block, skipping residue."""
        return next(
            (
                each.start
                for each in self._blocks_from(offset)
                if each.start > offset and not each.residue
            ),
            offset,
        )

    def previous_paragraph(self, offset: int) -> int:
        """Return the start of the last block that begins before ``offset``, skipping residue."""
        return next(
            (
                each.start
                for each in self._blocks_back_from(offset)
                if each.start < offset and not each.residue
            ),
            offset,
        )

    def next_heading(self, offset: int) -> int:
        """Return the start of the next heading."""
        after = bisect_right(self._headings, offset)
        return self._headings[after] if after < len(self._headings) else offset

    def previous_heading(self, offset: int) -> int:
        """Return the start of the last heading that begins before ``offset``."""
        before = bisect_left(self._headings, offset) - 1
        return self._headings[before] if before >= 0 else offset

    @cached_property
    def _headings(self) -> list[int]:
        return [block.start for block in self._blocks if block.kind is BlockKind.HEADING]

    # Counting

    def words(self) -> int:
        """Return the number of words to read, without residue and code."""
        return self.words_before(len(self._text))

    def words_before(self, offset: int) -> int:
        """Return the number of words to read before ``offset``, without residue and code.

        Each block is counted once.
        """
        index = self.document.block_index(offset)
        if index < 0:
            return 0
        while len(self._totals) <= index:
            self._totals.append(
                self._totals[-1] + _count(self._text, self._blocks[len(self._totals) - 1])
            )
        return self._totals[index] + _count(self._text, self._blocks[index], offset)

    # Blocks

    def _block_at(self, offset: int) -> Block | None:
        index = self.document.block_index(offset)
        return self._blocks[index] if index >= 0 else None

    def _blocks_from(self, offset: int) -> Iterator[Block]:
        first = max(self.document.block_index(offset), 0)
        return (self._blocks[index] for index in range(first, len(self._blocks)))

    def _blocks_back_from(self, offset: int) -> Iterator[Block]:
        last = self.document.block_index(offset)
        return (self._blocks[index] for index in range(last, -1, -1))


class _Sentences:
    """The sentences of a document, found for one piece of a block at a time."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._language = document.metadata.language or "en"
        self._cuts: dict[int, list[int]] = {}

    def of(self, block: Block, piece: int) -> list[TextRange]:
        """Return the sentences of one piece of a block; the lines of code and of a table."""
        start, end = self.pieces(block)[piece : piece + 2]
        if block.kind is BlockKind.HEADING:
            title = trim(self._text, TextRange(start, end))
            return [] if title.is_empty else [title]
        text = self._text[start:end]
        if block.kind in _BY_LINE:
            sentences: Iterable[TextRange] = _lines(text)
        else:
            from reader.core.sentences import find_sentences  # noqa: PLC0415  (4 ms)

            sentences = find_sentences(text, self._language)
        return [TextRange(first + start, last + start) for first, last in sentences]

    def pieces(self, block: Block) -> list[int]:
        """Return the start of each piece of a block, then the end of the block."""
        if block.end - block.start <= 2 * _PIECE:
            return [block.start, block.end]
        cuts = self._cuts.get(block.start)
        if cuts is None:
            cuts = [block.start]
            while (limit := cuts[-1] + _PIECE) < block.end - _PIECE:
                match = _piece_end().search(self._text, limit, limit + _PIECE)
                cuts.append(match.end() if match else grapheme_start(self._text, limit))
            cuts.append(block.end)
            self._cuts[block.start] = cuts
        return cuts

    def piece_at(self, block: Block, offset: int) -> int:
        """Return the number, from 0, of the piece of ``block`` at ``offset``."""
        cuts = self.pieces(block)
        return min(max(bisect_right(cuts, offset) - 1, 0), len(cuts) - 2)


def _start(passage: TextRange) -> int:
    return passage.start


def _lines(text: str) -> Iterator[TextRange]:
    """Yield the lines that are not blank, without the white space around them."""
    start = 0
    for line in text.split("\n"):
        trimmed = trim(text, TextRange(start, start + len(line)))
        if not trimmed.is_empty:
            yield trimmed
        start += len(line) + 1


def _has_sentences(block: Block) -> bool:
    """Return whether sentence motions stop in a block."""
    return not block.residue and block.kind is not BlockKind.RULE


def _can_hold_caret(text: str, offset: int) -> bool:
    """Return whether the caret can be at ``offset``: not at the newline after a line's text."""
    return text[offset] != "\n" or offset == 0 or text[offset - 1] == "\n"


def _run_at(text: str, passage: TextRange, offset: int) -> TextRange:
    """Return the run of white space, or of other characters, around ``offset`` in ``passage``."""
    is_space = text[offset].isspace()
    first, last = offset, offset + 1
    while first > passage.start and text[first - 1].isspace() == is_space:
        first -= 1
    while last < passage.end and text[last].isspace() == is_space:
        last += 1
    return TextRange(first, last)


def _count(text: str, block: Block, until: int | None = None) -> int:
    if block.residue or block.kind in _NOT_READ:
        return 0
    return count_words(text[block.start : block.end if until is None else min(until, block.end)])
