"""Collects the text of a block in a tree of HTML, with its spans and marks.

White space is treated as in browsers: a run of it is one space, there is none at the ends of a
block or beside a line break, and a space between two elements belongs to neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Final

from reader.core.document import Mark, MarkKind, Span, SpanKind
from reader.formats.cleaning import (
    MAX_MARKS,
    clean_lines,
    drop_lone_shaping,
    is_combining,
    normalise_newlines,
    strip_escapes,
)
from reader.formats.inline import InlineText
from reader.formats.joining import ends_unspaced, is_unspaced
from reader.formats.patterns import pattern

MAX_AROUND: Final = 40
"""The most open spans around a text; deeper ones are only counted."""

MAX_NAMES: Final = 20
"""The most names at the start of a block that may be those of a note."""

_SPACES = pattern(r"[ \t\n]+")
_LINE_END = pattern(r"[ \t]*\n[ \t\n]*")


@dataclass(slots=True)
class _OpenSpan:
    """An open span; ``start`` is -1 until it has text."""

    kind: SpanKind
    target: str
    start: int = -1


class InlineWriter:
    """Collects the text, the spans and the marks of the current block."""

    def __init__(self) -> None:
        """Start with an empty block."""
        self._pieces: list[str] = []
        self._length = 0
        self._gap = ""
        self._is_apart = False
        self._is_blank = True
        self._has_words = False
        self._open: list[_OpenSpan] = []
        self._excess = 0
        self._spans: list[Span] = []
        self._marks: list[Mark] = []
        self._waiting: list[tuple[MarkKind, str]] = []

    @property
    def is_empty(self) -> bool:
        """Whether the block has no text yet."""
        return not self._pieces

    @property
    def _ends_in_word(self) -> bool:
        return self._pieces[-1][-1].isalnum()

    @property
    def has_words(self) -> bool:
        """Whether the block has a letter or a digit."""
        return self._has_words

    @property
    def first_names(self) -> list[str]:
        """The names of the last anchors before the text of the block."""
        placed = takewhile(lambda mark: not mark.offset, self._marks)
        last = list(islice(reversed(self._waiting), MAX_NAMES))
        return [name for kind, name in reversed(last) if kind is MarkKind.ANCHOR] + [
            mark.name for mark in islice(placed, MAX_NAMES) if mark.kind is MarkKind.ANCHOR
        ]

    def add(self, source: str) -> None:
        """Add text from the tree."""
        if not source.strip(" \n\t\r"):
            self._gap = self._gap or (" " if source else "")
            return
        text = clean_lines(strip_escapes(normalise_newlines(source)))
        before = self._pieces[-1][-1] if self._pieces else ""
        if not text.isascii():
            before = "" if self._gap else before
            if not before or not is_combining(text[0]):
                text = drop_lone_shaping(text)
            text = _join_unspaced(text)
        elif not text:
            return
        text = _SPACES.sub(" ", text)
        if text[:1] == " ":
            self.space()
            text = text[1:]
        ends_in_space = text[-1:] == " "
        if ends_in_space:
            text = text[:-1]
        if text and (text := self._without_excess_marks(text, before)):
            self._write(text)
        if ends_in_space:
            self.space()

    def space(self) -> None:
        """Separate the next text from the text so far."""
        self._gap = self._gap or " "

    def set_apart(self) -> None:
        """Put a space between two words if the next text follows without one."""
        self._is_apart = True

    def break_line(self) -> None:
        """Begin a new line of the same block."""
        self._gap = "\n"

    @property
    def is_at_break(self) -> bool:
        """Whether nothing was written after a line break."""
        return self._gap == "\n"

    def begin(self) -> None:
        """Begin the next block, if nothing was written yet."""
        self._gap = ""

    def add_mark(self, kind: MarkKind, name: str) -> None:
        """Name the point before the next text."""
        if name:
            self._waiting.append((kind, name))

    def open(self, kind: SpanKind, target: str = "") -> None:
        """Open a span."""
        if len(self._open) < MAX_AROUND:
            self._open.append(_OpenSpan(kind, target))
        else:
            self._excess += 1

    def close(self) -> None:
        """Close the span that was opened last."""
        if self._excess:
            self._excess -= 1
        else:
            self._end(self._open.pop())

    def take(self) -> InlineText:
        """Return the block and begin the next one, with the open spans and waiting marks."""
        for one in reversed(self._open):
            self._end(one)
            one.start = -1
        inline = InlineText("".join(self._pieces), self._spans, self._marks)
        self._pieces, self._length, self._gap = [], 0, ""
        self._spans, self._marks = [], []
        self._is_blank, self._has_words = True, False
        return inline

    def take_waiting(self) -> list[Mark]:
        """Return the marks that wait for text, as marks of a block's start."""
        waiting, self._waiting = self._waiting, []
        return [Mark(kind, 0, name) for kind, name in waiting]

    def _end(self, one: _OpenSpan) -> None:
        if 0 <= one.start < self._length:
            self._spans.append(Span(one.kind, one.start, self._length, one.target))

    def _write(self, text: str) -> None:
        if self._is_apart and self._length and text[0].isalnum() and self._ends_in_word:
            self.space()
        self._is_apart = False
        if self._gap and self._length:
            self._pieces.append(self._gap)
            self._length += 1
        self._gap = ""
        for one in self._open:
            if one.start < 0:
                one.start = self._length
        # Marks wait for a block that is not blank, which saves moving them from block to block.
        if (self._waiting or self._is_blank) and not text.isspace():
            offset = 0 if self._is_blank else self._length
            self._marks += [Mark(kind, offset, name) for kind, name in self._waiting]
            self._waiting = []
            self._is_blank = False
        self._has_words = self._has_words or any(map(str.isalnum, text))
        self._pieces.append(text)
        self._length += len(text)

    def _without_excess_marks(self, text: str, before: str) -> str:
        """Drop combining marks that are too many with those before: each piece is cleaned alone."""
        if not before or not is_combining(text[0]) or not is_combining(before):
            return text
        count = next((i for i, one in enumerate(text) if not is_combining(one)), len(text))
        mark_count = 0
        for piece in reversed(self._pieces):
            tail = len(piece) - len(piece.rstrip("".join(filter(is_combining, set(piece)))))
            mark_count += tail
            if tail < len(piece) or mark_count >= MAX_MARKS:
                break
        return text[max(count - max(MAX_MARKS - mark_count, 0), 0) :]


def _join_unspaced(text: str) -> str:
    """Drop line ends between characters of scripts without spaces."""
    if "\n" not in text:
        return text

    def joined(match: re.Match[str]) -> str:
        start, end = match.span()
        is_inside = start > 0 and end < len(text)
        return "" if is_inside and ends_unspaced(text[:start]) and is_unspaced(text[end]) else " "

    return _LINE_END.sub(joined, text)


_RAISED = str.maketrans("0123456789+-\u2212=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-\u2212=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISED_ONLY = pattern(r"[0-9+\-\u2212=()n]{1,12}")
_LOWERED_ONLY = pattern(r"[0-9+\-\u2212=()]{1,12}")


def shifted(text: str, *, is_raised: bool) -> str:
    """Return digits as superscripts or subscripts of Unicode: ``10⁶``, not ``106``.

    A text with other characters is returned unchanged.
    """
    pattern, table = (_RAISED_ONLY, _RAISED) if is_raised else (_LOWERED_ONLY, _LOWERED)
    stripped = text.strip()
    return stripped.translate(table) if pattern.fullmatch(stripped) else text
