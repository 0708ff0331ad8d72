"""A document: one string of text, and blocks and spans that are ranges of it.

Every position in Margin is an offset into ``Document.text``, counted in Unicode code points from
its start; ranges are half-open. Nothing else is ever an address.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

import msgspec


class TextRange(NamedTuple):
    """A half-open range of ``Document.text``: ``text[start:end]``."""

    start: int
    """Offset of the first code point."""
    end: int
    """Offset after the last code point."""

    def contains(self, offset: int) -> bool:
        """Tell whether the code point at ``offset`` is in the range."""
        return self.start <= offset < self.end

    def overlaps(self, other: TextRange) -> bool:
        """Tell whether the two ranges share at least one code point."""
        return self.start < other.end and other.start < self.end

    @property
    def is_empty(self) -> bool:
        """Whether the range holds no code point."""
        return self.end <= self.start


class BlockKind(StrEnum):
    """What a block is. Quotes and items nest: see ``Block.nest``."""

    HEADING = "heading"
    """A heading; ``level`` is 1 to 6."""
    PARAGRAPH = "paragraph"
    """Running text, also the second and later paragraphs of a list item."""
    QUOTE = "quote"
    """A paragraph of a block quote; ``level`` is the depth of quoting, from 1."""
    ITEM = "item"
    """The first paragraph of a list item; ``level`` is the depth of the list, from 1."""
    CODE = "code"
    """Preformatted code; its lines are parted by newlines inside the block."""
    VERSE = "verse"
    """Text whose line breaks and indentation are kept."""
    TABLE = "table"
    """Rows parted by newlines, cells parted by one tab."""
    RULE = "rule"
    """A thematic break; its text is ``* * *``."""
    IMAGE = "image"
    """A picture that stands alone; its text is the alternative text."""
    FOOTNOTE = "footnote"
    """The first paragraph of a footnote; ``label`` names it."""


class Block(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True, gc=False):
    """One leaf block of a document: a range of the text that is laid out by itself."""

    kind: BlockKind
    """What the block is."""
    start: int
    """Offset of its first code point."""
    end: int
    """Offset after its last code point; ``text[end]`` is the newline before the next block."""
    level: int = 0
    """Heading level, depth of the list or of the quote; 0 where the kind has none."""
    nest: tuple[int, ...] = ()
    """The containers around the block, outermost first: 0 for a block quote, n > 0 for a list
    item whose text is indented by n cells."""
    marker: str = ""
    """What stands before a list item or a footnote (``•``, ``3.``, ``☐``, ``☑``, ``[1]``)."""
    tight: bool = False
    """Whether the block follows the block before it without a blank line (tight lists)."""
    language: str = ""
    """The language of a code block, as its source names it."""
    label: str = ""
    """The identifier that links point to: a heading's slug, a footnote's name."""
    residue: bool = False
    """Whether the block is residue of the page and not of the article: shown dim, passed over by
    sentence motions and reading time, still selectable."""
    aligns: str = ""
    """A table's columns, a letter each: ``l``, ``c``, ``r``."""
    header_rows: int = 0
    """How many of a table's rows are its head."""

    @property
    def range(self) -> TextRange:
        """The block's range of the text."""
        return TextRange(self.start, self.end)


class SpanKind(StrEnum):
    """What a span of text inside a block is."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRIKETHROUGH = "strikethrough"
    CODE = "code"
    LINK = "link"
    """``target`` is a URL, a path, or ``#label``."""
    IMAGE = "image"
    """Alternative text; ``target`` is the picture's URL or path."""
    FOOTNOTE = "footnote"
    """A reference to a footnote; ``target`` is ``#`` and the footnote's label."""


class Span(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True, gc=False):
    """A range inside one block that is set apart; spans may nest."""

    kind: SpanKind
    """What the span is."""
    start: int
    """Offset of its first code point."""
    end: int
    """Offset after its last code point."""
    target: str = ""
    """Where a link, an image or a footnote reference leads; empty for the other kinds."""

    @property
    def range(self) -> TextRange:
        """The span's range of the text."""
        return TextRange(self.start, self.end)


class MarkKind(StrEnum):
    """What a mark says of the point that it stands at."""

    ANCHOR = "anchor"
    """A place inside a block that links point to; ``name`` is what stands behind their ``#``."""
    PAGE = "page"
    """Where a page of the printed source begins; ``name`` is its number as the source gives it."""


class Mark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A point of the text that has a name."""

    kind: MarkKind
    """What it is."""
    offset: int
    """Where it is: the code point behind it is the first that it holds for."""
    name: str
    """What it is called."""


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of an article besides its text; an empty string is unknown."""

    title: str = ""
    """The title, on one line."""
    authors: tuple[str, ...] = ()
    """The authors in the order of the source."""
    site: str = ""
    """The publication or web site."""
    published: str = ""
    """When it was published: ISO 8601 where the source allows, else as the source says."""
    language: str = ""
    """BCP 47 language tag."""
    url: str = ""
    """The canonical URL."""
    identifier: str = ""
    """What the work is known by besides: ``urn:isbn:...``, a message's id."""
    modified: str = ""
    """When its text was last changed, as ``published`` says when it was published."""


class Document(msgspec.Struct, frozen=True, dict=True):
    """An article's text with its blocks and spans; immutable.

    ``blocks`` are in order, do not overlap, and exactly one newline stands between two of them;
    together they cover the text. ``spans`` are ordered by start, then by end, longest first;
    ``marks`` by their offset.
    """

    text: str
    """The whole reading text; holds no control character but newline, and tab in tables."""
    blocks: tuple[Block, ...]
    """The leaf blocks in the order of the text."""
    spans: tuple[Span, ...] = ()
    """Emphasis, links and the like."""
    metadata: Metadata = Metadata()
    """Title, authors and so on."""
    is_complete: bool = True
    """False while a large file is still being read: ``text`` is then a prefix of the whole."""
    marks: tuple[Mark, ...] = ()
    """Points inside blocks that links lead to, and where the pages of a printed source begin."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of ``text`` in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def _places(self) -> dict[str, int]:
        places = {mark.name: mark.offset for mark in self.marks if mark.kind is MarkKind.ANCHOR}
        return places | {block.label: block.start for block in self.blocks if block.label}

    @cached_property
    def _pages(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind is MarkKind.PAGE]

    def place_of(self, target: str) -> int | None:
        """Return the offset that a link inside the document leads to.

        Args:
            target: A span's target, with its ``#``.

        Returns:
            An offset, or None where the target is elsewhere or (yet) unknown.
        """
        return self._places.get(target[1:]) if target.startswith("#") else None

    def page_at(self, offset: int) -> str:
        """Return the number of the printed page that holds ``offset``; empty without pages."""
        index = bisect_right(self._pages, offset, key=lambda mark: mark.offset)
        return self._pages[index - 1].name if index else ""

    @cached_property
    def block_starts(self) -> list[int]:
        """The offset of each block's start, for bisection."""
        return [block.start for block in self.blocks]

    @cached_property
    def _span_ends(self) -> list[int]:
        """The furthest end of any span up to and with each one, for bisection."""
        ends: list[int] = []
        furthest = 0
        for span in self.spans:
            furthest = max(furthest, span.end)
            ends.append(furthest)
        return ends

    @cached_property
    def _span_starts(self) -> list[int]:
        return [span.start for span in self.spans]

    def block_index(self, offset: int) -> int:
        """Return the index of the block at ``offset``; a newline belongs to the block it ends.

        Args:
            offset: From 0 to ``len(text)``; what is outside gives the first or last block.

        Returns:
            An index into ``blocks``, or -1 where the document has none.
        """
        return max(bisect_right(self.block_starts, offset) - 1, 0) if self.blocks else -1

    def spans_in(self, start: int, end: int) -> list[Span]:
        """Return the spans that share a code point with ``start:end``, in order."""
        first = bisect_right(self._span_ends, start)
        last = bisect_right(self._span_starts, end - 1)
        return [span for span in self.spans[first:last] if span.end > start]

    def clamp(self, offset: int) -> int:
        """Return the offset nearest to ``offset`` that the text has, ``len(text)`` included."""
        return min(max(offset, 0), len(self.text))

    def quote(self, passage: TextRange) -> str:
        """Return the text of ``passage``."""
        return self.text[passage.start : passage.end]
