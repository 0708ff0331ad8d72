"""Lines of a PDF become paragraphs and headings."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from reader.core.document import BlockKind, Mark, MarkKind
from reader.formats.builder import DocumentBuilder
from reader.formats.cleaning import clean_line
from reader.formats.joining import is_unspaced
from reader.formats.pdf_lines import Line

_ENDS_SENTENCE = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*\d{0,3}$")
_BULLET = re.compile(r"([•●▪■◦‣·○–—*-]|\(?(?:\d{1,2}|[a-z])[.)]|\[\d{1,3}\])\s+(?=\S)")
_PLAIN_BULLETS = "•●▪■◦‣·○–—*-"
_HYPHENS = ("-", "\u2010")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FOLD = re.compile(r"\W+")
_LONGEST_HEADING: Final = 200
_LONGEST_BOLD: Final = 100


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is not complete."""

    lines: list[Line] = field(default_factory=list)
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    is_title: int = 0


class ParagraphBuilder:
    """Joins lines; adds a paragraph when the next one begins."""

    def __init__(self, builder: DocumentBuilder, samples: Iterable[Line]) -> None:
        """Start before the first line.

        Args:
            builder: Where the blocks go.
            samples: Lines of the first pages: they tell the size of running text.
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
        self._open = _Paragraph()
        self._page = ""
        self._words: frozenset[str] = frozenset()
        self._entries: dict[str, int] = {}
        self.title = ""
        """The largest heading of the first page."""
        self._title_size = 0.0
        self._is_first_page = True

    def add_page(
        self, lines: Sequence[Line], name: str, words: frozenset[str], entries: dict[str, int]
    ) -> None:
        """Add the lines of a page, in reading order.

        Args:
            lines: The lines without heads and feet.
            name: The page's number.
            words: The words of the pages around it, which tell how a hyphen is meant.
            entries: The levels of the contents' entries on this page, by their folded titles.
        """
        self._page, self._words, self._entries = name, words, entries
        leading = _leading(lines)
        for line in lines:
            if self._begins(line, leading):
                self.finish()
            self._append(line)
        if lines:
            self._is_first_page = False

    def finish(self) -> None:
        """Add the paragraph that is open."""
        paragraph, self._open = self._open, _Paragraph()
        text = paragraph.text.strip()
        if not text:
            return
        level = self._heading_level(paragraph, text)
        cleaned = clean_line(text)
        marks = [
            Mark(mark.kind, min(mark.offset, len(cleaned)), mark.name) for mark in paragraph.marks
        ]
        if level:
            label = self._builder.unique_label(cleaned)
            self._builder.add(BlockKind.HEADING, cleaned, level=level, label=label, marks=marks)
            size = paragraph.lines[0].size
            if self._is_first_page and size > self._title_size:
                self.title, self._title_size = cleaned, size
            return
        bullet = _BULLET.match(cleaned)
        if bullet is None:
            self._builder.add(BlockKind.PARAGRAPH, cleaned, marks=marks)
            return
        marker = "•" if bullet[1] in _PLAIN_BULLETS else bullet[1]
        cut = bullet.end()
        marks = [Mark(mark.kind, max(mark.offset - cut, 0), mark.name) for mark in marks]
        self._builder.add(
            BlockKind.ITEM, cleaned[cut:], level=1, nest=(len(marker) + 1,), marker=marker,
            marks=marks,
        )  # fmt: skip

    def _begins(self, line: Line, leading: float) -> bool:
        """Tell whether a line begins a paragraph."""
        if not self._open.lines:
            return True
        before = self._open.lines[-1]
        if fold_title(line.text) in self._entries or self._open.is_title:
            return not self._continues_title(line, before)
        if abs(line.size - before.size) > 0.12 * max(line.size, before.size):
            return True
        if _BULLET.match(line.text) and not before.text.endswith(_HYPHENS):
            return line.text[0] not in "–—-*" or _ENDS_SENTENCE.search(before.text) is not None
        if line.is_new_column:
            return self._ends_column(before, line)
        if line.is_bold != before.is_bold and self._is_bold_telling:
            is_whole = all(one.is_bold == before.is_bold for one in self._open.lines)
            if is_whole and (before.is_bold or _ENDS_SENTENCE.search(before.text)):
                return True
        if before.bottom - line.bottom > 1.35 * max(leading, 0.9 * line.size):
            return True
        return self._is_indented(line, before)

    def _continues_title(self, line: Line, before: Line) -> bool:
        """Tell whether a heading that the contents name goes on."""
        joined = fold_title(f"{self._open.text} {line.text}")
        return line.size == before.size and any(one.startswith(joined) for one in self._entries)

    def _ends_column(self, before: Line, line: Line) -> bool:
        """Tell whether a paragraph ended with the column or page before a line."""
        if _ENDS_SENTENCE.search(before.text):
            return _has_room(before, line) or self._starts_indented(line)
        return self._starts_indented(line) and line.text[:1].isupper()

    @staticmethod
    def _starts_indented(line: Line) -> bool:
        return 0.7 * line.size < line.left - line.column[0] < 6 * line.size

    def _is_indented(self, line: Line, before: Line) -> bool:
        """Tell whether the shape of two lines shows that a paragraph ends between them."""
        width = max(line.column[1] - line.column[0], 1.0)
        if len(self._open.lines) == 1 or self._open.lines[-2].is_new_column:
            hangs = line.left - before.left > 0.7 * line.size and _BULLET.match(
                self._open.lines[0].text
            )
        else:
            hangs = False
        if not hangs and 0.7 * line.size < line.left - before.left < 0.4 * width:
            return True
        return (
            _has_room(before, line)
            and bool(_ENDS_SENTENCE.search(before.text))
            and not line.text[:1].islower()
        )

    def _append(self, line: Line) -> None:
        """Add a line to the open paragraph, its word joined with the one before it."""
        paragraph = self._open
        if not paragraph.lines:
            paragraph.is_title = self._entries.get(fold_title(line.text), 0)
        if paragraph.text:
            paragraph.text = self._joined(paragraph.text, line.text)
        else:
            paragraph.text = line.text
        if self._page:
            offset = max(len(paragraph.text) - len(line.text), 0)
            paragraph.marks.append(Mark(MarkKind.PAGE, offset, self._page))
            self._page = ""
        paragraph.lines.append(line)
        if level := self._entries.get(fold_title(paragraph.text)):
            paragraph.is_title = level

    def _joined(self, text: str, following: str) -> str:
        if not text.endswith(_HYPHENS):
            if is_unspaced(text[-1]) and is_unspaced(following[:1]):
                return text + following
            return f"{text} {following}"
        before = _WORD.findall(text[:-1])
        after = _WORD.match(following)
        if not before or after is None or not text[-2:-1].isalpha():
            return text + following if text[-2:-1].isalnum() else f"{text} {following}"
        first, second = before[-1], after[0]
        compound, word = f"{first}-{second}".casefold(), f"{first}{second}".casefold()
        is_compound = not second[0].islower() or (
            compound in self._words and word not in self._words
        )
        return (text[:-1] + "-" if is_compound else text[:-1]) + following

    def _heading_level(self, paragraph: _Paragraph, text: str) -> int:
        """Return the level of the heading that a paragraph is, or 0."""
        if paragraph.is_title:
            return paragraph.is_title
        if len(text) > _LONGEST_HEADING or len(paragraph.lines) > 4 or not _has_words(text):
            return 0
        ratio = min(line.size for line in paragraph.lines) / max(self._body_size, 1.0)
        if ratio >= 1.12 and not text.endswith((".", ",", ";")):
            return 1 if ratio >= 1.6 else 2 if ratio >= 1.25 else 3
        is_bold = self._is_bold_telling and all(line.is_bold for line in paragraph.lines)
        is_short = len(text) <= _LONGEST_BOLD and not text.endswith((".", ",", ";", ":"))
        return 3 if is_bold and is_short and ratio > 0.95 else 0


def _has_room(before: Line, line: Line) -> bool:
    """Tell whether the first word of a line would have fitted on the line before it."""
    word = line.text.split(" ", 1)[0]
    cell = (line.right - line.left) / max(len(line.text), 1)
    return before.right + (len(word) + 1.5) * cell < before.column[1]


def _has_words(text: str) -> bool:
    return sum(character.isalpha() for character in text) * 2 >= len(text.replace(" ", ""))


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance between two base lines of a page."""
    distances = [
        before.bottom - line.bottom
        for before, line in pairwise(lines)
        if 0 < before.bottom - line.bottom < 4 * line.size
    ]
    return statistics.median(distances) if distances else 0.0


def words_of(lines: Iterable[Line]) -> set[str]:
    """Return the words of lines as they stand within them, not those at a line's end."""
    return {word.casefold() for line in lines for word in _WORD.findall(line.text)[1:-1]}


def fold_title(text: str) -> str:
    """Return a title without what differs between the contents and the page."""
    return _FOLD.sub(" ", text).strip().casefold()
