"""Builds a document block by block, and knows when it has grown by a slice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from reader.core.document import Block, BlockKind, Document, Mark, Metadata, Span
from reader.formats.cleaning import clean_line

RULE_TEXT = "* * *"
"""The text of a thematic break."""

_BULLETS = "•◦▪"


class DocumentBuilder:
    """Collects text, blocks and spans, and makes a document of them at any time."""

    def __init__(self) -> None:
        """Start without blocks."""
        self._text = ""
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._spans: list[Span] = []
        self._marks: list[Mark] = []
        self._labels: dict[str, int] = {}
        self._due = 0

    def __len__(self) -> int:
        """Return the number of blocks."""
        return len(self._blocks)

    @property
    def text_length(self) -> int:
        """The length of the text so far, in code points."""
        return self._length

    @property
    def has_grown(self) -> bool:
        """Whether there is enough new text since the last document to make another one.

        A document copies all the text before it, and for 10 MB a document for each slice took as
        long as the parsing. Waiting for 1/32 more text keeps the copying in proportion.
        """
        return self._length >= self._due

    def add(
        self,
        kind: BlockKind,
        text: str,
        spans: Sequence[Span] = (),
        *,
        level: int = 0,
        nest: tuple[int, ...] = (),
        marker: str = "",
        tight: bool = False,
        language: str = "",
        label: str = "",
        residue: bool = False,
        aligns: str = "",
        header_rows: int = 0,
        correction: bool = False,
        marks: Sequence[Mark] = (),
    ) -> bool:
        """Add a block, unless it has neither text nor marker.

        Args:
            kind: What the block is.
            text: Its cleaned text.
            spans: Spans whose offsets count from the start of ``text``; of two with the same range
                the inner one comes first. Empty spans are left out.
            level: See ``Block``, as for the other arguments.
            nest: The containers around the block.
            marker: The text before the block.
            tight: Whether the block follows without a blank line.
            language: The language of code.
            label: The name that links to the block use.
            residue: Whether the block is not part of the article.
            aligns: The alignment of a table's columns.
            header_rows: The number of header rows of a table.
            correction: Whether the block is a correction.
            marks: Named points in order, whose offsets count from the start of ``text``.

        Returns:
            Whether the block was added.
        """
        if not text and not marker:
            return False
        start = self._length
        if self._blocks:
            self._pieces.append("\n")
            start += 1
        self._pieces.append(text)
        end = self._length = start + len(text)
        self._blocks.append(
            Block(
                kind,
                start,
                end,
                level,
                nest,
                marker,
                tight,
                language,
                label,
                residue,
                aligns,
                header_rows,
                correction,
            )
        )
        if spans:
            shifted = [
                Span(span.kind, start + span.start, start + span.end, span.target)
                for span in reversed(spans)
                if span.start < span.end
            ]
            shifted.sort(key=_span_order)
            self._spans += shifted
        for mark in marks:
            self._marks.append(Mark(mark.kind, start + mark.offset, mark.name))
        return True

    def add_paragraph(self, text: str) -> None:
        """Add plain running text; a fast form of ``add`` for the most frequent block."""
        start = self._length
        if self._blocks:
            self._pieces.append("\n")
            start += 1
        self._pieces.append(text)
        self._length = start + len(text)
        self._blocks.append(Block(BlockKind.PARAGRAPH, start, self._length))

    def unique_label(self, text: str) -> str:
        """Return the slug of a heading, with a number if an earlier heading has the same slug."""
        slug = slugify(text)
        seen = self._labels.get(slug, 0)
        self._labels[slug] = seen + 1
        return f"{slug}-{seen}" if seen else slug

    def document(self, metadata: Metadata, *, is_complete: bool) -> Document:
        """Return the document so far."""
        self._text += "".join(self._pieces)
        self._pieces.clear()
        self._due = self._length + self._length // 32
        return Document(
            self._text,
            tuple(self._blocks),
            tuple(self._spans),
            metadata,
            is_complete,
            tuple(self._marks),
        )


def slice_sizes(first: int, largest: int) -> Iterator[int]:
    """Yield sizes that double from ``first`` until they reach the larger of the two."""
    for step in count():
        size = first << min(step, 40)
        if size >= largest:
            break
        yield size
    while True:
        yield max(first, largest)


class SliceSchedule:
    """Knows when a document has grown by another slice."""

    def __init__(self, builder: DocumentBuilder, first: int, largest: int) -> None:
        """Wait for the first slice.

        Args:
            builder: Builds the document.
            first: Code points of the first slice; the later ones double.
            largest: Code points that a slice does not pass, unless the first one does.
        """
        self._builder = builder
        self._sizes = slice_sizes(first, largest)
        self._due = next(self._sizes)

    def advance(self) -> bool:
        """Return whether the slice is complete; if so, wait for the next one."""
        length = self._builder.text_length
        if length < self._due:
            return False
        self._due = length + next(self._sizes)
        return True


def _span_order(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def bullet(depth: int) -> str:
    """Return the marker of items without numbers, where ``depth`` lists are around their list."""
    return _BULLETS[min(depth, len(_BULLETS) - 1)]


def slugify(text: str) -> str:
    """Return the name of a heading in links: ``what-we-know`` for ``What we know``."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def title_from_name(name: str) -> str:
    """Return a title made from a file's name: without folders and suffix, spaces between words."""
    base = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    stem = re.sub(r"(?<=.)\.[A-Za-z][A-Za-z0-9]{0,8}$", "", base)
    words = clean_line(re.sub(r"[_+]+|(?<=\w)-(?=\w)", " ", stem))
    return words[:1].upper() + words[1:]
