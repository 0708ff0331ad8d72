"""Writes the blocks of a plain text."""

from __future__ import annotations

import re
from typing import NamedTuple

from reader.core.document import BlockKind, Span, SpanKind
from reader.formats.builder import RULE_TEXT, DocumentBuilder, bullet
from reader.formats.cleaning import TAB_STOP
from reader.formats.joining import join_lines
from reader.formats.plain.figures import find_figures
from reader.formats.plain.lines import chapter_level, is_part, read_item
from reader.formats.plain.residue import is_residue

_URL = re.compile(r"https?://[^\s<>\"“”]{0,2000}[^\s<>\"“”.,;:!?()\[\]'’]")
_QUOTE_MARKS = re.compile(r"(?:[ \t]{0,3}>){1,20} ?")
MAX_ITEM_DEPTH = 8
_WIDE_TAB = 8
"""The distance between two tab stops in tables, as terminals and typewriters have them."""


class PlainWriter:
    """Adds blocks to a document, and keeps the state that later blocks depend on."""

    def __init__(self, builder: DocumentBuilder) -> None:
        """Start without a heading above."""
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
        """Add a line that is not part of the article."""
        self._last_is_item = False
        text = text.strip().replace("\t", " ")
        self._builder.add(BlockKind.PARAGRAPH, text, _links(text), residue=True)

    def heading(self, text: str, level: int = 0) -> str:
        """Add a heading and return its text; with level 0 it goes below the chapter above."""
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
        """Add lines without changes except for their common indentation."""
        self._last_is_item = False
        expanded = [line.expandtabs(TAB_STOP).rstrip() for line in lines]
        indent = min((len(line) - len(line.lstrip(" ")) for line in expanded if line), default=0)
        text = "\n".join(line[indent:] for line in expanded)
        self._builder.add(BlockKind.VERSE, text, _links(text))

    def figure(self, lines: list[str], nest: tuple[int, ...] = ()) -> None:
        """Add a table or a drawing, as its lines stand except for their common indentation."""
        self._last_is_item = False
        expanded = [line.expandtabs(_WIDE_TAB).rstrip() for line in lines]
        indent = min((len(line) - len(line.lstrip(" ")) for line in expanded if line), default=0)
        text = "\n".join(line[indent:] for line in expanded)
        self._builder.add(BlockKind.CODE, text, nest=nest)

    def quote(self, lines: list[str]) -> None:
        """Add lines that begin with ``>``, a block for each run of one depth."""
        self._last_is_item = False
        depth, run = 0, list[str]()
        for line in [*lines, ""]:
            match = _QUOTE_MARKS.match(line)
            marks = match[0].count(">") if match else 0
            content = (line[match.end() :] if match else line).rstrip()
            if run and (marks != depth or not content.strip()):
                self._quoted(run, depth)
                run = []
            depth = marks
            if content.strip():
                run.append(content)

    def _quoted(self, lines: list[str], depth: int) -> None:
        """Add quoted lines without a blank line between them."""
        figures = find_figures(lines)
        start = 0
        while start < len(lines):
            end = figures.get(start)
            if end is not None:
                self.figure(lines[start:end], nest=(0,) * depth)
            else:
                end = min((one for one in figures if one > start), default=len(lines))
                text = join_lines([line.strip() for line in lines[start:end]]).replace("\t", " ")
                self._builder.add(
                    BlockKind.QUOTE, text, _links(text), level=depth, nest=(0,) * depth
                )
            start = end

    def items(self, lines: list[str], *, is_close: bool = False) -> None:
        """Add list items; a line without a marker continues the item above it.

        Args:
            lines: The lines, of which the first begins with a marker.
            is_close: Whether the first item may follow the block above without a blank line.
        """
        entries = _read_entries(lines)
        for index, entry in enumerate(entries):
            nest = tuple(width[0] for width in entry.widths)
            marker = entry.marker
            if marker == "•":
                marker = bullet(len(nest) - 1)
            text = join_lines(entry.lines).replace("\t", " ")
            self._builder.add(
                BlockKind.ITEM,
                text,
                _links(text),
                level=len(nest),
                nest=nest,
                marker=marker,
                tight=index > 0 or (is_close and self._last_is_item),
                residue=is_residue(text),
            )
        self._last_is_item = True


class _NestedItem(NamedTuple):
    """One item of a list."""

    marker: str
    widths: tuple[list[int], ...]
    """The widths of the lists around it, outermost first. Each is a list of one number, which grows
    with the widest marker of that list."""
    lines: list[str]


def _read_entries(lines: list[str]) -> list[_NestedItem]:
    """Return the items of lines, of which the first has a marker."""
    entries: list[_NestedItem] = []
    indents: list[int] = []
    numbers: list[int] = []
    widths: list[list[int]] = []
    for line in lines:
        item = read_item(line)
        if item is not None and item.is_numbered and entries:
            # "in / 1914. Then": only the next number begins the next item, or 1 an inner list.
            number = _number(item.marker)
            item = item if number in (0, 1, *(before + 1 for before in numbers)) else None
        if item is None:
            entries[-1].lines.append(line.strip())
            continue
        while len(indents) > 1 and item.indent < indents[-1]:
            indents.pop()
            numbers.pop()
            widths.pop()
        if not indents or (item.indent > indents[-1] + 1 and len(indents) < MAX_ITEM_DEPTH):
            indents.append(item.indent)
            numbers.append(0)
            widths.append([0])
        numbers[-1] = _number(item.marker)
        widths[-1][0] = max(widths[-1][0], len(item.marker) + 1)
        entries.append(_NestedItem(item.marker, tuple(widths), [line[item.length :].strip()]))
    return entries


def _number(marker: str) -> int:
    digits = marker.strip("(.)")
    return int(digits) if digits.isdecimal() and digits.isascii() else 0


def _links(text: str) -> list[Span]:
    """Return the links for the addresses in a text."""
    if "://" not in text:
        return []
    return [Span(SpanKind.LINK, *match.span(), match[0]) for match in _URL.finditer(text)]
