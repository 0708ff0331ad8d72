"""Makes paragraphs, headings, lists, tables and footnotes of the lines of a PDF."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from reader.core.document import BlockKind, Mark, MarkKind, Span, SpanKind
from reader.formats.builder import DocumentBuilder
from reader.formats.pdf.breaks import (
    BULLET,
    ends_sentence,
    has_room,
    is_indented,
    is_short,
    leading,
    starts_indented,
)
from reader.formats.pdf.hyphens import HYPHENS, join
from reader.formats.pdf.lines import PdfLine
from reader.formats.pdf.notes import notes_of, number_of
from reader.formats.pdf.tables import PdfTable, with_tables

_PLAIN_BULLETS = "•●▪■◦‣·○–—*-❑❒➢➤✓✔"
_DASHES = "–—-*"
_FOLD = re.compile(r"\W+")
_LEADER = re.compile(r"…\s*[\divxlc]{1,6}$", re.IGNORECASE)
_RULE = re.compile(r"[\s\-_=.–—·*~…]{4,}")
_CAPTION = re.compile(r"(?:Fig(?:ure|\.)?|Table|Tab\.|Abb(?:ildung|\.)|Tabelle|Figura|Tabla)\s*\d")
_NUMBERED_CAPITALS = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})\.?\s+[^a-z]*[A-Z]{4}[^a-z]*")
_LONGEST_HEADING: Final = 200
_LONGEST_BOLD: Final = 100
_MOST_ASIDE: Final = 80
"""The most lines between two halves of a paragraph: a figure, its caption, footnotes."""

_LONGEST_PARAGRAPH: Final = 50_000
"""The code points after which a paragraph ends at the next line, to limit the work."""

_LIKE: Final = 0.07
"""The largest difference between sizes that count as the same, as a share of the size."""


@dataclass(slots=True)
class _OpenParagraph:
    """A paragraph that is being read."""

    lines: list[PdfLine] = field(default_factory=list)
    text: str = ""
    spans: list[Span] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)
    title: int = 0
    table: PdfTable | None = None
    note: tuple[str, str] = ("", "")


class ParagraphBuilder:
    """Joins lines, and adds a paragraph when the next one begins."""

    def __init__(self, builder: DocumentBuilder, samples: Iterable[PdfLine]) -> None:
        """Start before the first line.

        Args:
            builder: Collects the blocks.
            samples: Lines of the first pages, which show the size of running text.
        """
        self._builder = builder
        sizes: Counter[float] = Counter()
        heavy = total = 0
        for line in samples:
            sizes[line.size] += len(line.text)
            total += len(line.text)
            heavy += len(line.text) if line.is_bold else 0
        self._body_size = sizes.most_common(1)[0][0] if sizes else 10.0
        self._is_bold_telling = heavy * 3 < total
        self._open = _OpenParagraph()
        self._aside = _OpenParagraph()
        self._asides: list[_OpenParagraph] = []
        self._aside_lines = 0
        self._page = 0
        self._marked = -1
        self._anchored: set[int] = set()
        self._names: dict[int, str] = {}
        self._words: frozenset[str] | set[str] = frozenset()
        self._entries: dict[str, int] = {}
        self._titles: list[str] = []
        self._notes: dict[str, str] = {}
        self._leading = 0.0
        self.title = ""
        """The largest heading of the first page."""
        self._title_size = 0.0

    def add_page(
        self,
        lines: Sequence[PdfLine],
        place: tuple[int, str],
        words: frozenset[str] | set[str],
        entries: dict[str, int],
    ) -> None:
        """Add the lines of a page, in reading order.

        Args:
            lines: The lines without headers and footers.
            place: The page's index, and its printed number.
            words: The words of the surrounding pages, which show if a hyphen belongs to a word.
            entries: The levels of the contents' entries on this page, by their folded titles.
        """
        self._page, self._names[place[0]] = place
        self._words, self._entries, self._titles = words, entries, sorted(entries)
        self._leading = leading(lines)
        notes = notes_of(lines, self._body_size)
        self._notes = {
            number: f"note-{self._page + 1}-{number}" for number in notes.values() if number
        }
        for item in with_tables(lines):
            if isinstance(item, PdfTable):
                self._add_table(item)
            elif _RULE.fullmatch(item.text):
                self._end_open_sentence()
            else:
                self._add_line(item, notes.get(id(item), ""))

    def add_remark(self, text: str, place: tuple[int, str]) -> None:
        """Add a remark of Margin about a page, marked as residue."""
        self.finish()
        self._page, self._names[place[0]] = place
        self._builder.add(
            BlockKind.PARAGRAPH, text, residue=True, marks=self._marks([(0, self._page)])
        )

    def finish(self) -> None:
        """Add the open paragraph, and those that waited for its end."""
        paragraph, self._open = self._open, _OpenParagraph()
        self._emit(paragraph)
        self._end_aside()
        asides, self._asides, self._aside_lines = self._asides, [], 0
        for aside in asides:
            self._emit(aside)

    # What belongs to what

    def _add_line(self, line: PdfLine, note: str) -> None:
        if self._is_aside(line, note):
            before = self._aside.lines[-1] if self._aside.lines else None
            if before is None or note or self._begins(line, self._aside):
                self._end_aside()
            self._aside_lines += 1
            self._append(self._aside, line, note)
            return
        if note or not self._open.lines or self._begins(line, self._open):
            self.finish()
        elif self._asides or self._aside.lines:
            self._end_aside()
        self._append(self._open, line, note)

    def _add_table(self, table: PdfTable) -> None:
        if not self._is_unfinished() or self._aside_lines > _MOST_ASIDE:
            self.finish()
        self._end_aside()
        paragraph = _OpenParagraph(table.lines, table=table, pages=[(0, self._page)])
        self._asides.append(paragraph)
        self._aside_lines += len(table.lines)
        if not self._open.lines:
            self.finish()

    def _end_aside(self) -> None:
        if self._aside.lines:
            self._asides.append(self._aside)
            self._aside = _OpenParagraph()

    def _end_open_sentence(self) -> None:
        if not self._is_unfinished():
            self.finish()

    def _is_unfinished(self) -> bool:
        """Return whether the open paragraph is running text in the middle of a sentence."""
        lines = self._open.lines
        if not lines or self._open.title or self._open.table:
            return False
        is_body = abs(lines[-1].size - self._body_size) <= _LIKE * self._body_size
        return is_body and len(self._open.text) > 60 and not ends_sentence(self._open.text)

    def _is_aside(self, line: PdfLine, note: str) -> bool:
        """Return whether a line interrupts a sentence that continues after it."""
        if self._aside_lines > _MOST_ASIDE or not self._is_unfinished():
            return False
        size = self._open.lines[-1].size
        if note or line.size < (1 - _LIKE) * size or _CAPTION.match(line.text):
            return True
        if self._aside.lines and not line.is_new_column:
            # A caption continues in lines of its own size, close to each other.
            before = self._aside.lines[-1]
            is_like = abs(before.size - line.size) <= _LIKE * size
            is_close = 0 < before.base - line.base < 1.35 * line.size
            return is_like and is_close and not self._continues(line)
        return False

    def _continues(self, line: PdfLine) -> bool:
        return line.text[:1].islower() or self._open.text.endswith(HYPHENS)

    def _begins(self, line: PdfLine, paragraph: _OpenParagraph) -> bool:
        """Return whether a line begins a paragraph."""
        before = paragraph.lines[-1]
        if paragraph.table or len(paragraph.text) > _LONGEST_PARAGRAPH:
            return True
        if fold_title(line.text) in self._entries or paragraph.title:
            return not self._continues_title(line, paragraph)
        if abs(line.size - before.size) > _LIKE * max(line.size, before.size):
            return True
        if _LEADER.search(before.text) or _LEADER.search(line.text):
            return not _LEADER.search(line.text) or _LEADER.search(before.text) is not None
        if BULLET.match(line.text) and not before.text.endswith(HYPHENS):
            return line.text[0] not in _DASHES or ends_sentence(before.text)
        was_interrupted = paragraph is self._open and bool(self._asides or self._aside.lines)
        if line.is_new_column or was_interrupted:
            return self._ends_column(before, line)
        if line.is_bold != before.is_bold and self._is_bold_telling:
            is_whole = all(one.is_bold == before.is_bold for one in paragraph.lines)
            if is_whole and (before.is_bold or ends_sentence(before.text)):
                return True
        distance = before.base - line.base
        if line.size > 1.12 * self._body_size:
            return distance > 2.0 * line.size
        if distance > 1.35 * max(self._leading, 0.9 * line.size):
            return True
        if distance > 1.12 * self._leading and ends_sentence(before.text):
            return True
        is_second = len(paragraph.lines) == 1 or paragraph.lines[-2].is_new_column
        is_item = bool(paragraph.note[0] or BULLET.match(paragraph.lines[0].text))
        return is_indented(line, before, may_hang=is_second and is_item)

    def _continues_title(self, line: PdfLine, paragraph: _OpenParagraph) -> bool:
        """Return whether a heading of the contents continues."""
        if abs(line.size - paragraph.lines[-1].size) > _LIKE * line.size:
            return False
        joined = fold_title(f"{paragraph.text} {line.text}")
        next_title = bisect_left(self._titles, joined)
        return next_title < len(self._titles) and self._titles[next_title].startswith(joined)

    def _ends_column(self, before: PdfLine, line: PdfLine) -> bool:
        """Return whether a paragraph ended with the column or the page before a line."""
        if ends_sentence(before.text):
            return has_room(before, line) or starts_indented(line) or is_short(before)
        if line.is_bold != before.is_bold and self._is_bold_telling:
            return True
        return starts_indented(line) and line.text[:1].isupper()

    def _append(self, paragraph: _OpenParagraph, line: PdfLine, note: str) -> None:
        """Add a line to a paragraph, and join a word that was split."""
        if not paragraph.lines:
            paragraph.title = self._entries.get(fold_title(line.text), 0)
            if note:
                paragraph.note = (note, self._notes.pop(note, ""))
        if paragraph.text:
            paragraph.text = join(paragraph.text, line.text, self._words)
        else:
            paragraph.text = line.text
        at = len(paragraph.text) - len(line.text)
        if not paragraph.pages or paragraph.pages[-1][1] != self._page:
            paragraph.pages.append((at, self._page))
        for link in line.links:
            span = Span(SpanKind.LINK, at + link.start, at + link.end, link.target)
            _add_span(paragraph.spans, span)
        for start, end in line.raised:
            label = self._notes.get(number_of(line.text[start:end]))
            if label and at + start > 0:
                span = Span(SpanKind.FOOTNOTE, at + start, at + end, f"#{label}")
                _add_reference(paragraph.spans, span)
        paragraph.lines.append(line)
        if self._entries and len(paragraph.text) <= 2 * _LONGEST_HEADING:
            paragraph.title = self._entries.get(fold_title(paragraph.text), paragraph.title)

    # What is added

    def _emit(self, paragraph: _OpenParagraph) -> None:
        if paragraph.table:
            table = paragraph.table
            text = "\n".join("\t".join(row) for row in table.rows)
            self._builder.add(
                BlockKind.TABLE, text, aligns=table.aligns, header_rows=table.header_rows,
                marks=self._marks(paragraph.pages),
            )  # fmt: skip
            return
        text = paragraph.text
        if not text:
            return
        number, label = paragraph.note
        level = 0 if number else self._heading_level(paragraph)
        if level:
            self._builder.add(
                BlockKind.HEADING, text, paragraph.spans, level=level,
                label=self._builder.unique_label(text), marks=self._marks(paragraph.pages),
            )  # fmt: skip
            size = paragraph.lines[0].size
            if paragraph.pages[0][1] == 0 and size > self._title_size:
                self.title, self._title_size = text, size
            return
        kind, marker, cut = BlockKind.PARAGRAPH, "", 0
        if number and label:
            kind, marker, cut = BlockKind.FOOTNOTE, f"[{number}]", _length_of(number, text)
        elif bullet := BULLET.match(text):
            kind, cut = BlockKind.ITEM, bullet.end()
            marker = "•" if bullet[1] in _PLAIN_BULLETS else bullet[1]
        spans = [
            Span(one.kind, max(one.start - cut, 0), one.end - cut, one.target)
            for one in paragraph.spans
            if one.end > cut
        ]
        self._builder.add(
            kind, text[cut:], spans, level=int(kind is BlockKind.ITEM), marker=marker,
            nest=(len(marker) + 1,) if kind is BlockKind.ITEM else (),
            label=label if kind is BlockKind.FOOTNOTE else "",
            marks=self._marks([(max(at - cut, 0), page) for at, page in paragraph.pages]),
        )  # fmt: skip

    def _marks(self, pages: Sequence[tuple[int, int]]) -> list[Mark]:
        """Return the marks of the pages of a block, if they are new."""
        marks = []
        for offset, page in pages:
            if page not in self._anchored:
                marks.append(Mark(MarkKind.ANCHOR, offset, f"page-{page + 1}"))
                self._anchored.add(page)
            if page != self._marked:
                marks.append(Mark(MarkKind.PAGE, offset, self._names[page]))
                self._marked = page
        return marks

    def _heading_level(self, paragraph: _OpenParagraph) -> int:
        """Return the level of a paragraph that is a heading, or 0."""
        text = paragraph.text
        if paragraph.title:
            return paragraph.title
        if len(text) > _LONGEST_HEADING or len(paragraph.lines) > 5 or not _has_words(text):
            return 0
        ratio = min(line.size for line in paragraph.lines) / max(self._body_size, 1.0)
        if ratio >= 1.12 and not text.endswith((".", ",", ";")):
            return 1 if ratio >= 1.6 else 2 if ratio >= 1.25 else 3
        if _NUMBERED_CAPITALS.fullmatch(text) and len(text) <= _LONGEST_BOLD and ratio > 0.9:
            return 2
        is_bold = self._is_bold_telling and all(line.is_bold for line in paragraph.lines)
        is_short = len(text) <= _LONGEST_BOLD and not text.endswith((".", ",", ";", ":"))
        return 3 if is_bold and is_short and ratio > 0.95 else 0


def _add_span(spans: list[Span], span: Span) -> None:
    """Add a link, joined with the one before it if the end of a line split them."""
    last = spans[-1] if spans else None
    is_one = last is not None and (last.kind, last.target) == (span.kind, span.target)
    if last is not None and is_one and span.start <= last.end + 1:
        spans[-1] = Span(span.kind, last.start, span.end, span.target)
    else:
        spans.append(span)


def _add_reference(spans: list[Span], span: Span) -> None:
    """Add a reference to a footnote, which replaces a link at its position."""
    spans[:] = [one for one in spans if one.end <= span.start or span.end <= one.start]
    spans.append(span)


def _length_of(number: str, text: str) -> int:
    """Return the length of a footnote's number with the space after it."""
    rest = text[len(number) :].lstrip(".)] ") if number_of(text[: len(number)]) == number else text
    return len(text) - len(rest)


def _has_words(text: str) -> bool:
    return sum(character.isalpha() for character in text) * 2 >= len(text.replace(" ", ""))


def fold_title(text: str) -> str:
    """Return a title without the differences between the contents and the page."""
    return _FOLD.sub(" ", text).strip().casefold()
