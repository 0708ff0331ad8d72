"""The outline of a document: its headings as a tree."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from reader.core.document import BlockKind, Document
from reader.core.text_formatting import one_line


class OutlineEntry(NamedTuple):
    """A heading."""

    level: int
    """The heading's own level, 1 to 6."""
    title: str
    """Its text on one line."""
    offset: int
    """Its offset in code points from the start of the text."""
    depth: int
    """The number of headings above it in the tree; levels that the article skips do not count."""


class Outline:
    """The headings of one document in the order of the text, without residue."""

    def __init__(self, document: Document) -> None:
        """Read the headings of ``document``."""
        entries: list[OutlineEntry] = []
        above: list[int] = []  # the levels of the headings above the present one in the tree
        for block in document.blocks:
            if block.kind is not BlockKind.HEADING or block.residue:
                continue
            while above and above[-1] >= block.level:
                above.pop()
            title = one_line(document.text[block.start : block.end])
            entries.append(OutlineEntry(block.level, title, block.start, len(above)))
            above.append(block.level)
        self.entries: tuple[OutlineEntry, ...] = tuple(entries)
        """Every heading, in order."""

    def index_at(self, offset: int) -> int:
        """Return the index of the innermost section at ``offset``; -1 before the first heading."""
        return bisect_right(self.entries, offset, key=_offset) - 1

    def section_at(self, offset: int) -> OutlineEntry | None:
        """Return the innermost section at ``offset``; None before the first heading."""
        index = self.index_at(offset)
        return self.entries[index] if index >= 0 else None


def _offset(entry: OutlineEntry) -> int:
    return entry.offset
