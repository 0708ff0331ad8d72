"""Divides a note in Markdown into headings, quotations, items, paragraphs and rules.

It reads line by line, in linear time, and takes nothing that people write for an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final

TAB: Final = 4
"""The columns of a tab."""

_SIGN: Final = 2
"""The columns of the sign of an item, with the space after it."""

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(.*)|$)")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_CALLOUT = re.compile(r"\[!([^\]\n]{1,60})\][-+]?[ \t]*(.*)")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_PROPERTY = re.compile(r"([A-Za-z][\w-]{0,40})::(?:[ \t]+(.*))?$")
_BLOCK_ID = re.compile(r"(?:^|[ \t]+)\^([A-Za-z0-9-]{1,60})[ \t]*$")
_COMMENT = re.compile(r"\s*(?:%%(?:(?!%%).)*%%|<!--(?:(?!-->|<!--).)*-->)\s*")


class BlockKind(Enum):
    """The kind of a block."""

    HEADING = 1
    QUOTE = 2
    ITEM = 3
    PARAGRAPH = 4
    RULE = 5


class NoteBlock:
    """A block of a note; a callout of Obsidian is a quotation with a type."""

    def __init__(self, kind: BlockKind, row: int, text: str = "", indent: int = 0) -> None:
        """Start with a first line.

        Args:
            kind: The kind.
            row: The number of its first line, from 1.
            text: The text of that line.
            indent: The column of its sign, from 0; for a heading its level.
        """
        self.kind = kind
        self.row = row
        self.indent = indent
        self.lines = [text]
        self.callout = ""
        """The type of a callout in lower case (``quote``); empty for any other block."""
        self.title = ""
        """The title of a callout; may be empty."""
        self.properties: dict[str, str] = {}
        """The properties that Logseq gives an item, by their names in lower case."""
        self.block_id = ""
        """The id that Obsidian refers to the block by; may be empty."""

    @property
    def text(self) -> str:
        """Its lines without the white space around them."""
        return "\n".join(self.lines).strip()


def blocks_of(text: str, first_row: int = 1) -> Iterator[NoteBlock]:
    """Yield the blocks of a text in their order.

    Args:
        text: The text without front matter.
        first_row: The number of its first line in the file.
    """
    for block in _Parser().parse(text, first_row):
        _take_block_id(block)
        if block.text or block.properties or block.title or block.kind is BlockKind.RULE:
            yield block


class _Parser:
    """Reads lines, and holds the block that may go on."""

    def __init__(self) -> None:
        self._open: NoteBlock | None = None
        self._fence = ""
        self._is_after_blank = True

    def parse(self, text: str, first_row: int) -> Iterator[NoteBlock]:
        """Yield the blocks of a text, each once it cannot go on."""
        for row, line in enumerate(text.split("\n"), first_row):
            before = self._open
            self._read(line.rstrip("\r"), row)
            if before is not None and before is not self._open:
                yield before
        if self._open is not None:
            yield self._open

    def _read(self, line: str, row: int) -> None:
        if self._fence:
            self._append(line, row)
            if line.strip().startswith(self._fence):
                self._fence = ""
            return
        if "%%" in line or "<!--" in line:
            line = _COMMENT.sub(" ", line) if _COMMENT.sub("", line) else ""
        if not line.strip():
            self._read_blank()
            return
        if fence := _FENCE.match(line):
            self._fence = fence[1]
            self._append(line, row)
        elif heading := _HEADING.match(line):
            self._start(NoteBlock(BlockKind.HEADING, row, heading[2], len(heading[1])))
            self._is_after_blank = True
            return
        elif _RULE.match(line):
            self._start(NoteBlock(BlockKind.RULE, row))
        elif (quote := _QUOTE.match(line)) and not self._is_inside_item(line):
            self._read_quote(line[quote.end() :], row)
        elif item := _ITEM.match(line):
            self._start(NoteBlock(BlockKind.ITEM, row, item[2] or "", _columns(item[1])))
        else:
            self._append(line, row)
        self._is_after_blank = False

    def _read_blank(self) -> None:
        """An item goes on after an empty line, if it is indented; nothing else does."""
        if self._open is not None and self._open.kind is BlockKind.ITEM:
            self._open.lines.append("")
        else:
            self._open = None
        self._is_after_blank = True

    def _read_quote(self, text: str, row: int) -> None:
        block = self._open
        if block is None or block.kind is not BlockKind.QUOTE:
            block = NoteBlock(BlockKind.QUOTE, row, "")
            if callout := _CALLOUT.match(text):
                block.callout, block.title = callout[1].strip().lower(), callout[2].strip()
            else:
                block.lines = [text]
            self._start(block)
        else:
            block.lines.append(text)

    def _append(self, line: str, row: int) -> None:
        """Add a line to the open block, or begin a paragraph."""
        block = self._open
        goes_on = self._is_inside_item(line) or not self._is_after_blank or bool(self._fence)
        if block is not None and block.kind is BlockKind.ITEM and goes_on:
            self._append_to_item(block, line)
            return
        if block is not None and block.kind is BlockKind.PARAGRAPH:
            block.lines.append(line)
            return
        self._start(NoteBlock(BlockKind.PARAGRAPH, row, line))

    def _is_inside_item(self, line: str) -> bool:
        """Return whether a line is indented further than the sign of the open item."""
        block = self._open
        if block is None or block.kind is not BlockKind.ITEM:
            return False
        return _columns(line[: len(line) - len(line.lstrip())]) > block.indent

    def _append_to_item(self, block: NoteBlock, line: str) -> None:
        if self._fence:
            indented = line.expandtabs(TAB)
            room = len(indented) - len(indented.lstrip())
            block.lines.append(indented[min(room, block.indent + _SIGN) :])
        elif found := _PROPERTY.match(line.strip()):
            block.properties.setdefault(found[1].lower(), (found[2] or "").strip())
        else:
            block.lines.append(line.strip())

    def _start(self, block: NoteBlock) -> None:
        self._open = block
        if block.kind is BlockKind.ITEM and (fence := _FENCE.match(block.lines[0])):
            self._fence = fence[1]
        elif block.kind is BlockKind.ITEM and (found := _PROPERTY.match(block.lines[0].strip())):
            block.properties[found[1].lower()] = (found[2] or "").strip()
            block.lines = [""]


def _take_block_id(block: NoteBlock) -> None:
    """Take the id at the end of a block out of its text."""
    for place in range(len(block.lines) - 1, -1, -1):
        if not block.lines[place].strip():
            continue
        if found := _BLOCK_ID.search(block.lines[place]):
            block.block_id = found[1]
            block.lines[place] = block.lines[place][: found.start()]
        return


def _columns(space: str) -> int:
    return len(space.expandtabs(TAB))
