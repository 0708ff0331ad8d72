"""Plain text: paragraphs between blank lines, wrapped by hand, or one to a line.

The start decides the layout. After that the text is a stream of units, which are lines or lines up
to a blank line. The kind of a unit depends on the unit, on those before it and on a few after it,
so that the result does not depend on the slices.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.core.document import Document, Metadata
from reader.formats.builder import DocumentBuilder, slice_sizes, title_from_name
from reader.formats.cleaning import clean_lines
from reader.formats.line_source import LineSource
from reader.formats.plain.byline import read_byline, read_date
from reader.formats.plain.figures import find_figures
from reader.formats.plain.groups import prose, write_group
from reader.formats.plain.layout import LOOKED_AT, TextLayout, find_layout, split_units
from reader.formats.plain.lines import (
    chapter_level,
    ends_sentence,
    is_all_caps,
    is_prose,
    is_rule,
    is_section_number,
    may_be_heading,
    may_be_title,
    read_item,
    underline_level,
)
from reader.formats.plain.residue import (
    announces_caption,
    is_residue,
    is_section_name,
    opens_links,
    opens_one_link,
)
from reader.formats.plain.signed import without_armour
from reader.formats.plain.writer import PlainWriter

FIRST_SLICE = 65536
"""Code points of the source for the first part: more than the largest screen shows."""

LARGEST_SLICE = 262144
"""The most code points of the source between two parts: some 10 ms of work."""

LOOKAHEAD = 12
"""The number of following units that may decide the kind of a unit."""

_TOP_UNITS = 10
_MAX_SHORTS = 3
_MAX_LINKS = 10
_VERSE_INDENT = 4


def read(text: str, name: str, first_slice: int) -> Iterator[Document]:
    """Yield the growing document; see ``reader.formats.read_parts``."""
    unsigned = without_armour(text)
    source = LineSource(unsigned.text)
    builder = DocumentBuilder()
    article = _UnitStream(find_layout(source.peek(LOOKED_AT)), builder)
    for size in slice_sizes(first_slice or FIRST_SLICE, LARGEST_SLICE):
        lines = source.take(size)
        is_last = source.is_exhausted
        article.feed(lines, is_end=is_last)
        if is_last:
            article.add_residue(unsigned.armour)
        if builder.has_grown or is_last:
            document = builder.document(article.metadata(name), is_complete=is_last)
        yield document  # the same again if little came, so that the caller can pause
        if is_last:
            return


class _UnitStream:
    """Reads the stream of units, and keeps what later units depend on."""

    def __init__(self, layout: TextLayout, builder: DocumentBuilder) -> None:
        self._layout = layout
        self._writer = PlainWriter(builder)
        self._rest = ""
        self._units: list[str] = []
        self._verse: list[str] = []
        self._placed = 0
        self._is_title_settled = False
        self._short_run = 0
        self._links_left = 0
        self._has_one_link = False
        self._is_caption_next = False
        self._may_end_links = False
        self._title = ""
        self._authors: tuple[str, ...] = ()
        self._published = ""

    def metadata(self, name: str) -> Metadata:
        """Return the metadata that the text states."""
        title = self._title or title_from_name(name)
        return Metadata(title=title, authors=self._authors, published=self._published)

    def feed(self, lines: str, *, is_end: bool) -> None:
        """Take more lines, and add the blocks that are certain."""
        if self._layout.indent:
            lines = _dedent(lines, self._layout.indent)
        units, self._rest = split_units(self._rest + lines, self._layout, is_end=is_end)
        self._units += units
        last = len(self._units) if is_end else len(self._units) - LOOKAHEAD
        for index in range(max(last, 0)):
            self._place(index)
        if last > 0:
            del self._units[:last]
        if is_end:
            self._flush_verse()

    def add_residue(self, lines: str) -> None:
        """Add lines that are not part of the article."""
        for line in filter(str.strip, clean_lines(lines).split("\n")):
            self._writer.residue(line)

    def _place(self, index: int) -> None:
        """Add the blocks of one unit."""
        unit = self._units[index]
        self._placed += 1
        if not self._is_title_settled:
            if self._place_top(unit, index):
                return
        elif "\n" in unit and (text := prose(unit, self._layout)):
            self._short_run = self._links_left = 0
            self._writer.paragraph(text)
            return
        if self._layout.by_line and self._is_verse_line(unit):
            self._verse.append(unit)
            return
        self._flush_verse()
        if "\n" in unit:
            self._short_run = self._links_left = 0
            write_group(self._writer, unit.split("\n"), self._layout)
        else:
            self._place_line(unit, index)

    def _place_line(self, unit: str, index: int) -> None:
        """Add the block of a unit that is one line."""
        line = unit.strip()
        is_item = (unit[0] in _ITEM_STARTS or unit[0].isspace()) and read_item(unit) is not None
        if is_rule(unit):
            self._short_run = self._links_left = 0
            self._writer.rule()
        elif line.startswith(">"):
            self._writer.quote([unit])
        elif self._is_residue(line, index, is_item):
            self._writer.residue(line)
            self._is_caption_next = announces_caption(line)
            return
        elif self._placed <= _TOP_UNITS and self._place_byline(line):
            pass
        elif self._is_heading(unit, line, index):
            self._short_run += 1
            self._writer.heading(line)
        elif is_item:
            self._short_run = 0
            self._writer.items([unit], is_close=self._layout.by_line)
        elif self._is_lone_verse(unit):
            self._writer.verse([unit])
        else:
            self._short_run = 0 if is_prose(line) else self._short_run + 1
            self._writer.paragraph(line)
        self._is_caption_next = False

    # The top of an article

    def _place_top(self, unit: str, index: int) -> bool:
        """Add a unit above or at the title; return whether it was added."""
        line = unit.strip()
        if "\n" not in unit:
            is_kicker = (
                len(line) < 30
                and is_section_name(line)
                and any(
                    may_be_title(after) and "\n" not in after
                    for after in self._units[index + 1 : index + 2]
                )
            )
            if is_kicker or is_residue(line):
                self._published = self._published or read_date(line)
                self._writer.residue(line)
                return True
            if is_rule(unit) or self._place_byline(line):
                if is_rule(unit):
                    self._writer.rule()
                return True
        self._is_title_settled = True
        lines = unit.split("\n")
        taken = self._title_lines(lines, index)
        if not taken:
            return False
        title = " ".join(one.strip() for one in lines[:taken] if not underline_level(one))
        self._title = self._writer.heading(title, 1)
        rest = lines[taken:]
        if rest and not self._place_byline(rest[0].strip()):
            write_group(self._writer, rest, self._layout)
        elif len(rest) > 1:
            write_group(self._writer, rest[1:], self._layout)
        return True

    def _title_lines(self, lines: list[str], index: int) -> int:
        """Return the number of the first unit's lines that are the title."""
        first = lines[0]
        if 0 in find_figures(lines):
            return 0
        if len(lines) > 2 and underline_level(first) and underline_level(lines[2]):
            return 3 if may_be_title(lines[1]) else 0
        if not may_be_title(first) or read_item(first) is not None or first.startswith(">"):
            return 0
        if len(lines) == 1:
            after = next(iter(self._units[index + 1 : index + 2]), "").lstrip()
            goes_on = after[:1].islower() and not may_be_heading(after)
            return int(self._precedes_text(index) and not goes_on)
        if underline_level(lines[1]):
            return 2
        if len(lines) > 4 or any(len(one) > 90 or ends_sentence(one) for one in lines):
            return 0
        if prose("\n".join(lines), self._layout):
            return 0
        if is_all_caps(first):
            return next((i for i, one in enumerate(lines) if not is_all_caps(one)), len(lines))
        return int(bool(read_byline(lines[1].strip())) or self._precedes_text(index))

    def _precedes_text(self, index: int) -> bool:
        """Return whether text follows, and not only more short lines."""
        shorts = 0
        for unit in self._units[index + 1 : index + LOOKAHEAD]:
            if self._is_text(unit):
                return True
            line = unit.strip()
            shorts += not (is_residue(line) or read_byline(line) or read_date(line))
            if shorts > _MAX_SHORTS:
                return False
        return False

    def _place_byline(self, line: str) -> bool:
        """Add a byline or a dateline, and store its facts; return whether the line was one."""
        authors = () if self._authors else read_byline(line)
        published = "" if authors or self._published else read_date(line)
        if not authors and not published:
            return False
        self._authors = self._authors or authors
        self._published = self._published or published
        if is_residue(line):
            self._writer.residue(line)
        else:
            self._writer.paragraph(line)
        return True

    # Lines

    def _is_residue(self, line: str, index: int, is_item: bool) -> bool:
        """Return whether a line is residue, which a link below a label of links is too."""
        if is_residue(line):
            if self._placed <= _TOP_UNITS:
                self._published = self._published or read_date(line)
            if opens_links(line):
                self._links_left = _MAX_LINKS
                self._may_end_links = False
                self._has_one_link = opens_one_link(line)
            return True
        if not self._links_left:
            return False
        self._links_left -= 1
        item = read_item(line) if is_item else None
        text = line[item.length :] if item is not None else line
        is_link = bool(text) and may_be_heading(text) and not is_all_caps(text)
        if is_link and not (self._may_end_links and self._is_above_text(index)):
            # Below a label that often has one link, the next short line may be a heading.
            self._may_end_links = self._has_one_link
            return True
        self._links_left = 0
        return False

    def _is_heading(self, unit: str, line: str, index: int) -> bool:
        """Return whether a line is a heading of the text after it."""
        following = self._next_text(index)
        if not following:
            return False
        if chapter_level(line):
            return True
        if is_all_caps(line) and self._short_run < 3 and self._is_text(following):
            return True
        if is_section_number(line):
            # If each line is a paragraph, a lone number is a count of comments or shares.
            is_count = self._layout.by_line and line.isdecimal()
            return self._is_text(following) and not is_count
        item = read_item(unit)
        if item is not None:
            is_alone = item.is_numbered and read_item(following) is None
            return (
                is_alone and may_be_heading(unit[item.length :] or " ") and self._is_text(following)
            )
        if not may_be_heading(unit) or self._short_run > 1 or self._is_caption_next:
            return False
        return self._is_text(following) and not following.lstrip()[:1].islower()

    def _is_above_text(self, index: int) -> bool:
        """Return whether the next unit is running text."""
        following = self._units[index + 1 : index + 2]
        return any(self._is_text(unit) and not is_residue(unit) for unit in following)

    def _next_text(self, index: int) -> str:
        """Return the next unit that is not residue, within the lookahead."""
        for unit in self._units[index + 1 : index + LOOKAHEAD]:
            if "\n" in unit or not is_residue(unit.strip()):
                return unit
        return ""

    def _is_text(self, unit: str) -> bool:
        """Return whether a unit is running text, a list or a quotation."""
        return (
            "\n" in unit
            or is_prose(unit)
            or read_item(unit) is not None
            or unit.lstrip().startswith(">")
        )

    def _is_lone_verse(self, unit: str) -> bool:
        """Return whether a single line is set apart by its indentation."""
        if self._layout.indents_paragraphs or not unit[0].isspace():
            return False
        expanded = unit.expandtabs(4)
        indent = len(expanded) - len(expanded.lstrip(" "))
        return indent >= _VERSE_INDENT and not is_prose(unit.strip())

    # Verse where every line is a unit

    def _is_verse_line(self, unit: str) -> bool:
        if self._layout.indents_paragraphs or not unit[0].isspace() or len(unit) > 90:
            return False
        if read_item(unit) is not None or is_rule(unit):
            return False
        return unit.startswith(("\t", " " * _VERSE_INDENT))

    def _flush_verse(self) -> None:
        if self._verse:
            self._writer.verse(self._verse)
            self._verse = []


_ITEM_STARTS = frozenset(
    "•◦▪‣·●○■□–*+-(☐☑☒✓✔0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)


def _dedent(lines: str, indent: int) -> str:
    """Remove up to ``indent`` spaces from the start of each line."""
    prefix = " " * indent
    return "\n".join(
        line[indent:] if line.startswith(prefix) else line.lstrip(" ") for line in lines.split("\n")
    )
