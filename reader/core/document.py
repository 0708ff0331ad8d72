"""A document: one string of text, and blocks and spans that are ranges of it.

Every position in Margin is an offset into ``Document.text``, counted in Unicode code points from
its start; ranges are half-open. No other kind of position is used.
"""

# Annotations are no strings here: msgspec compiles each string before the first screen.

from bisect import bisect_right
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Self

import msgspec

from reader.digests import digest_of_text


class TextRange(NamedTuple):
    """A half-open range of ``Document.text``: ``text[start:end]``."""

    start: int
    """Offset of the first code point."""
    end: int
    """Offset after the last code point."""

    def contains(self, offset: int) -> bool:
        """Return whether the code point at ``offset`` is in the range."""
        return self.start <= offset < self.end

    def overlaps(self, other: Self) -> bool:
        """Return whether the two ranges share at least one code point."""
        return self.start < other.end and other.start < self.end

    @property
    def is_empty(self) -> bool:
        """Whether the range contains no code point."""
        return self.end <= self.start


class BlockKind(StrEnum):
    """The kind of a block; for blocks inside quotes and list items see ``Block.nest``."""

    HEADING = "heading"
    """A heading; ``level`` is 1 to 6."""
    PARAGRAPH = "paragraph"
    """Running text, including the second and later paragraphs of a list item."""
    QUOTE = "quote"
    """A paragraph of a block quote; ``level`` is the depth of quoting, from 1."""
    ITEM = "item"
    """The first paragraph of a list item; ``level`` is the depth of the list, from 1."""
    CODE = "code"
    """Preformatted code; newlines inside the block separate its lines."""
    VERSE = "verse"
    """Text whose line breaks and indentation are kept."""
    TABLE = "table"
    """A table; a newline separates two rows, a tab two cells."""
    RULE = "rule"
    """A thematic break; its text is ``* * *``."""
    IMAGE = "image"
    """A picture in a block of its own; its text is the alternative text."""
    FOOTNOTE = "footnote"
    """The first paragraph of a footnote; ``label`` is its name."""


class Block(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True, gc=False):
    """A leaf block of a document: a range of the text that is laid out by itself."""

    kind: BlockKind
    """What the block is."""
    start: int
    """Offset of its first code point."""
    end: int
    """Offset after its last code point; ``text[end]`` is the newline before the next block."""
    level: int = 0
    """The level of a heading, the depth of a list or a quote; 0 for other kinds."""
    nest: tuple[int, ...] = ()
    """The containers around the block, outermost first: 0 for a block quote, n > 0 for a list
    item whose text is indented by n cells."""
    marker: str = ""
    """What precedes a list item or a footnote (``•``, ``3.``, ``☐``, ``☑``, ``[1]``)."""
    tight: bool = False
    """Whether no blank line separates it from the block before, as in a tight list."""
    language: str = ""
    """The language of a code block, as the source names it."""
    label: str = ""
    """The identifier that links point to: a heading's slug, a footnote's name."""
    residue: bool = False
    """Whether the block is residue: text of the page that is not of the article. It is shown dim,
    sentence motions and reading time skip it, and it can be selected."""
    aligns: str = ""
    """The alignment of each column of a table, one letter each: ``l``, ``c``, ``r``."""
    header_rows: int = 0
    """The number of header rows of a table."""
    correction: bool = False
    """Whether the block is a correction, a clarification, an editor's note or an update."""

    @property
    def range(self) -> TextRange:
        """The block's range of the text."""
        return TextRange(self.start, self.end)


class SpanKind(StrEnum):
    """The kind of a span."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    STRIKETHROUGH = "strikethrough"
    CODE = "code"
    LINK = "link"
    """``target`` is a URL, a path, or ``#label``."""
    IMAGE = "image"
    """A picture's alternative text; ``target`` is its URL or path."""
    FOOTNOTE = "footnote"
    """A reference to a footnote; ``target`` is ``#`` and the footnote's label."""


class Span(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True, gc=False):
    """A range inside one block with a meaning of its own; spans may nest."""

    kind: SpanKind
    """What the span is."""
    start: int
    """Offset of its first code point."""
    end: int
    """Offset after its last code point."""
    target: str = ""
    """The target of a link, an image or a footnote reference; empty for other kinds."""

    @property
    def range(self) -> TextRange:
        """The span's range of the text."""
        return TextRange(self.start, self.end)


class MarkKind(StrEnum):
    """The kind of a mark."""

    ANCHOR = "anchor"
    """A target of links inside a block; ``name`` is the part of their target after ``#``."""
    PAGE = "page"
    """The start of a page of the printed source; ``name`` is its number in the source."""


class Mark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A named point of the text."""

    kind: MarkKind
    """What the mark is."""
    offset: int
    """Offset of the first code point after it."""
    name: str
    """Its name; see ``MarkKind``."""


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known about an article besides its text; an empty string is unknown."""

    title: str = ""
    """The title, on one line."""
    authors: tuple[str, ...] = ()
    """The authors in the order of the source."""
    site: str = ""
    """The publication or the web site."""
    published: str = ""
    """When it was published: in ISO 8601 if the source allows that, else in the source's words."""
    language: str = ""
    """BCP 47 language tag."""
    url: str = ""
    """The canonical URL."""
    identifier: str = ""
    """Another identifier of the work: ``urn:isbn:...``, the id of a message."""
    modified: str = ""
    """When its text was last changed, in the form of ``published``."""
    guessed: tuple[str, ...] = ()
    """The names of those fields above that the source does not state, and Margin guessed."""
    corrections: tuple[str, ...] = ()
    """The corrections, clarifications, editor's notes and updates in its text, each on one line."""
    left_out: int = 0
    """The number of words of its page that are not of the article."""
    left_out_share: int = 0
    """Their share of the page's words in sentences, in per cent."""
    embedded_notes: int = 0
    """The number of notes that its file holds, as the highlights of a PDF."""


class Document(msgspec.Struct, frozen=True, dict=True):
    """An article's text with its blocks and spans; immutable.

    ``blocks`` are in order, do not overlap, and cover the text but for exactly one newline between
    two of them. ``spans`` are ordered by start, then longest first; ``marks`` by their offset.
    """

    text: str
    """The whole text; its only control characters are newlines, and tabs in tables."""
    blocks: tuple[Block, ...]
    """The leaf blocks in the order of the text."""
    spans: tuple[Span, ...] = ()
    """Emphasis, links, code and so on."""
    metadata: Metadata = Metadata()
    """Title, authors and so on."""
    is_complete: bool = True
    """False while a large file is still being read: ``text`` is then a prefix of the whole."""
    marks: tuple[Mark, ...] = ()
    """Targets of links inside blocks, and the starts of printed pages."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of ``text`` in UTF-8, as 64 hexadecimal digits."""
        return digest_of_text(self.text)

    @cached_property
    def _places(self) -> dict[str, int]:
        places = {mark.name: mark.offset for mark in self.marks if mark.kind is MarkKind.ANCHOR}
        return places | {block.label: block.start for block in self.blocks if block.label}

    @cached_property
    def _pages(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.kind is MarkKind.PAGE]

    def place_of(self, target: str) -> int | None:
        """Return the offset that a link inside the document leads to, or None where it is unknown.

        Args:
            target: The target of a span; one without ``#`` is outside the document.
        """
        return self._places.get(target[1:]) if target.startswith("#") else None

    def page_at(self, offset: int) -> str:
        """Return the number of the printed page at ``offset``; empty without pages."""
        index = bisect_right(self._pages, offset, key=lambda mark: mark.offset)
        return self._pages[index - 1].name if index else ""

    @cached_property
    def block_starts(self) -> list[int]:
        """The offset of each block's start, for bisection."""
        return [block.start for block in self.blocks]

    @cached_property
    def _span_ends(self) -> list[int]:
        """For each span the greatest end of it and the spans before it, for bisection."""
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
            offset: From 0 to ``len(text)``; an offset outside gives the first or last block.

        Returns:
            An index into ``blocks``; -1 for a document without blocks.
        """
        return max(bisect_right(self.block_starts, offset) - 1, 0) if self.blocks else -1

    def spans_in(self, start: int, end: int) -> list[Span]:
        """Return the spans that share a code point with ``start:end``, in order."""
        first = bisect_right(self._span_ends, start)
        last = bisect_right(self._span_starts, end - 1)
        return [span for span in self.spans[first:last] if span.end > start]

    def clamp(self, offset: int) -> int:
        """Return the nearest offset from 0 to ``len(text)``."""
        return min(max(offset, 0), len(self.text))

    def quote(self, passage: TextRange) -> str:
        """Return the text of ``passage``."""
        return self.text[passage.start : passage.end]
