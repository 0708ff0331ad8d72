"""Writing the blocks of a plain text."""

from __future__ import annotations

import re

from reader.core.document import BlockKind, Span, SpanKind
from reader.formats.builder import RULE_TEXT, DocumentBuilder
from reader.formats.cleaning import TAB_STOP
from reader.formats.joining import join_lines
from reader.formats.plain_lines import chapter_level, is_part, read_item
from reader.formats.residue import is_residue

_URL = re.compile(r"https?://[^\s<>\"“”]{0,2000}[^\s<>\"“”.,;:!?()\[\]'’]")
_QUOTE_MARKS = re.compile(r"(?:[ \t]{0,3}>){1,20} ?")
MAX_ITEM_DEPTH = 8


class PlainWriter:
    """Adds blocks to a document and keeps what later ones depend on."""

    def __init__(self, builder: DocumentBuilder) -> None:
        """Start with no heading above."""
        self._builder = builder
        self._has_parts = False
        self._chapter_level = 0
        self._last_is_item = False

    def paragraph(self, text: str) -> None:
        """Add running text."""
        self._last_is_item = False
        if "\t" in text:
            text = text.replace("\t", " ")
        if "://" in text:
            self._builder.add(BlockKind.PARAGRAPH, text, _links(text))
        else:
            self._builder.add_paragraph(text)

    def residue(self, text: str) -> None:
        """Add a line that is no part of the article."""
        self._last_is_item = False
        text = text.strip().replace("\t", " ")
        self._builder.add(BlockKind.PARAGRAPH, text, _links(text), residue=True)

    def heading(self, text: str, level: int = 0) -> str:
        """Add a heading, below the chapter above where ``level`` is 0; return its text."""
        self._last_is_item = False
        text = " ".join(text.replace("\t", " ").strip().split(" "))
        if not level and (chapter := chapter_level(text)):
            if is_part(text):
                self._has_parts = True
                level = chapter
            else:
                level = self._chapter_level = chapter + 1 if self._has_parts else chapter
        level = level or max(self._chapter_level + 1, 2)
        label = self._builder.unique_label(text)
        self._builder.add(BlockKind.HEADING, text, _links(text), level=level, label=label)
        return text

    def rule(self) -> None:
        """Add a thematic break."""
        self._last_is_item = False
        self._builder.add(BlockKind.RULE, RULE_TEXT)

    def verse(self, lines: list[str]) -> None:
        """Add lines as they are, without the indentation that all of them share."""
        self._last_is_item = False
        expanded = [line.expandtabs(TAB_STOP).rstrip() for line in lines]
        indent = min((len(line) - len(line.lstrip(" ")) for line in expanded if line), default=0)
        text = "\n".join(line[indent:] for line in expanded)
        self._builder.add(BlockKind.VERSE, text, _links(text))

    def quote(self, lines: list[str]) -> None:
        """Add lines that begin with ``>``, a block for each run of one depth."""
        self._last_is_item = False
        depth, run = 0, list[str]()
        for line in [*lines, ""]:
            match = _QUOTE_MARKS.match(line)
            marks = match[0].count(">") if match else 0
            content = line[match.end() :].strip() if match else line.strip()
            if run and (marks != depth or not content):
                text = join_lines(run).replace("\t", " ")
                self._builder.add(
                    BlockKind.QUOTE, text, _links(text), level=depth, nest=(0,) * depth
                )
                run = []
            depth = marks
            if content:
                run.append(content)

    def items(self, lines: list[str]) -> None:
        """Add list items; a line without a marker goes on with the item above it.

        Args:
            lines: The first begins with a marker.
        """
        outer: list[tuple[int, int]] = []
        content: list[str] = []
        marker, number = "", 0
        for line in lines:
            item = read_item(line)
            if item is not None and item.is_numbered and content:
                # "in / 1914. Then": only the next number begins the next item.
                following = _number(item.marker)
                item = item if following == number + 1 or (following == 1 and outer) else None
            if item is None:
                content.append(line.strip())
                continue
            if content:
                self._item(content, marker, outer)
            while outer and item.indent < outer[-1][0]:
                outer.pop()
            if not outer or (item.indent > outer[-1][0] + 1 and len(outer) < MAX_ITEM_DEPTH):
                outer.append((item.indent, len(item.marker) + 1))
            elif len(item.marker) + 1 > outer[-1][1]:
                outer[-1] = outer[-1][0], len(item.marker) + 1
            number = _number(item.marker)
            marker, content = item.marker, [line[item.length :].strip()]
        self._item(content, marker, outer)

    def _item(self, content: list[str], marker: str, outer: list[tuple[int, int]]) -> None:
        text = join_lines(content).replace("\t", " ")
        nest = tuple(width for _, width in outer)
        if marker == "•":
            marker = "•◦▪"[min(len(nest), 3) - 1]
        self._builder.add(
            BlockKind.ITEM,
            text,
            _links(text),
            level=len(nest),
            nest=nest,
            marker=marker,
            tight=self._last_is_item,
            residue=is_residue(text),
        )
        self._last_is_item = True


def _number(marker: str) -> int:
    digits = marker.strip("(.)")
    return int(digits) if digits.isdecimal() and digits.isascii() else 0


def _links(text: str) -> list[Span]:
    """Return the addresses in a text."""
    if "://" not in text:
        return []
    return [Span(SpanKind.LINK, *match.span(), match[0]) for match in _URL.finditer(text)]
