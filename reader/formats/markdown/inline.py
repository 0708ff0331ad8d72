"""Reads the text of a block of Markdown, with its spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise

from markdown_it.token import Token

from reader.core.document import Span, SpanKind
from reader.formats.cleaning import (
    MAX_MARKS,
    clean_line,
    clean_lines,
    is_combining,
    normalise_newlines,
    strip_escapes,
)
from reader.formats.inline import InlineText
from reader.formats.joining import ends_unspaced, is_unspaced
from reader.formats.markdown.html_text import UNSHOWN, paragraphs, read_tag
from reader.formats.patterns import pattern
from reader.formats.targets import file_name, is_unsafe

_OPENING = {
    "em_open": SpanKind.EMPHASIS,
    "strong_open": SpanKind.STRONG,
    "s_open": SpanKind.STRIKETHROUGH,
}
_CLOSING = frozenset({"em_close", "strong_close", "s_close", "link_close"})
_ELEMENTS = {
    "em": SpanKind.EMPHASIS,
    "i": SpanKind.EMPHASIS,
    "strong": SpanKind.STRONG,
    "b": SpanKind.STRONG,
    "code": SpanKind.CODE,
    "kbd": SpanKind.CODE,
    "del": SpanKind.STRIKETHROUGH,
    "s": SpanKind.STRIKETHROUGH,
}
_NEAR_BREAK = pattern(r"(?<! ) +\n *|\n +")
_LINE_SPACE = pattern(r"[ \t\n]+")


class FootnoteNumbers:
    """Numbers the footnotes in the order of their first references."""

    def __init__(self) -> None:
        """Start at 1."""
        self._numbers: dict[str, int] = {}
        self._unnamed = 0
        self.waiting: list[tuple[str, list[Token]]] = []
        """The inline footnotes of the current block, with their labels, to be shown after it."""

    def number(self, label: str) -> int:
        """Return the number of the footnote ``label``."""
        return self._numbers.setdefault(label, len(self._numbers) + 1)

    def add_unnamed(self, tokens: list[Token]) -> str:
        """Store an inline footnote, and return its label."""
        self._unnamed += 1
        label = f"inline {self._unnamed}"
        self.waiting.append((label, tokens))
        return label


class InlineReader:
    """Reads the children of one inline token."""

    def __init__(self, footnotes: FootnoteNumbers, inline_notes: dict[int, list[Token]]) -> None:
        """Start without text.

        Args:
            footnotes: The numbers of the document's footnotes.
            inline_notes: The content of inline footnotes, by markdown-it's ids.
        """
        self._footnotes = footnotes
        self._inline_notes = inline_notes
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[tuple[SpanKind, int, str]] = []
        self._spans: list[Span] = []
        self._unshown = ""
        self._marks = 0

    def read(self, tokens: Sequence[Token]) -> InlineText:
        """Return the text and the spans of ``tokens``."""
        for index, token in enumerate(tokens):
            if self._unshown and token.type != "html_inline":
                continue
            if token.type == "text":
                self._add(_running(token.content))
            elif token.type == "softbreak":
                self._add_soft_break(tokens, index)
            elif token.type in _OPENING:
                self._open.append((_OPENING[token.type], self._length, ""))
            elif token.type in _CLOSING:
                self._close()
            else:
                _HANDLERS.get(token.type, InlineReader._add_other)(self, token)
        while self._open:
            self._close()
        return self._trimmed()

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _add_other(self, token: Token) -> None:
        self._add(_running(token.content))

    def _add_special(self, token: Token) -> None:
        """Add an escaped character or an entity, which is cleaned like other text."""
        content = token.content
        if token.info != "entity":
            self._add(_running(content))
            return
        text = _LINE_SPACE.sub(" ", clean_lines(strip_escapes(normalise_newlines(content))))
        if text and all(map(is_combining, text)):
            self._marks += len(text)
            if self._marks > MAX_MARKS // 2:
                return
        else:
            self._marks = 0
        self._add(text)

    def _add_soft_break(self, tokens: Sequence[Token], index: int) -> None:
        before = next((piece for piece in reversed(self._pieces) if piece), "")
        below = range(
            index + 1, len(tokens)
        )  # no copy, since there may be a break in every second token
        after = next((tokens[i].content[0] for i in below if tokens[i].content), "")
        if not (before and after and ends_unspaced(before) and is_unspaced(after)):
            self._add(" ")

    def _add_hard_break(self, _token: Token) -> None:
        self._add("\n")

    def _add_code(self, token: Token) -> None:
        start = self._length
        self._add(_running(token.content))
        self._spans.append(Span(SpanKind.CODE, start, self._length))

    def _open_link(self, token: Token) -> None:
        self._open.append((SpanKind.LINK, self._length, _target(token.attrGet("href"))))

    def _close(self) -> None:
        if not self._open:
            return
        kind, start, target = self._open.pop()
        if kind is SpanKind.LINK:
            if start == self._length and target:
                self._add(target)
            if is_unsafe(target):
                return
        if start < self._length:
            self._spans.append(Span(kind, start, self._length, target))

    def _add_image(self, token: Token) -> None:
        target = _target(token.attrGet("src"))
        alt = InlineReader(self._footnotes, {}).read(token.children or ()).text
        start = self._length
        self._add(_LINE_SPACE.sub(" ", alt).strip() or file_name(target) or target or "image")
        self._spans.append(Span(SpanKind.IMAGE, start, self._length, target))

    def _add_footnote(self, token: Token) -> None:
        label = token.meta.get("label")
        if label is None:
            tokens = self._inline_notes.get(token.meta["id"])
            if tokens is None:
                return
            label = self._footnotes.add_unnamed(tokens)
        start = self._length
        self._add(f"[{self._footnotes.number(label)}]")
        target = "#" + clean_line(label)
        self._spans.append(Span(SpanKind.FOOTNOTE, start, self._length, target))

    def _add_html(self, token: Token) -> None:
        tag = read_tag(token.content)
        if tag is None:
            return
        if self._unshown:
            if tag.is_closing and tag.name == self._unshown:
                self._unshown = ""
        elif tag.name == "br":
            self._add("\n")
        elif tag.name in UNSHOWN:
            self._unshown = "" if tag.is_closing else tag.name
        elif tag.name == "img":
            self._add(tag.alt)
        elif kind := _ELEMENTS.get(tag.name):
            self._toggle_element(kind, tag.is_closing)

    def _add_raw_html(self, token: Token) -> None:
        self._add(_running(" ".join(paragraphs(token.content))))

    def _toggle_element(self, kind: SpanKind, is_closing: bool) -> None:
        if not is_closing:
            self._open.append((kind, self._length, ""))
        elif self._open and self._open[-1][0] is kind:
            self._close()

    def _trimmed(self) -> InlineText:
        """Return the text without white space at its ends and around its newlines."""
        text = "".join(self._pieces)
        start, end = len(text) - len(text.lstrip(" \n")), len(text.rstrip(" \n"))
        if start == 0 and end == len(text) and not _NEAR_BREAK.search(text):
            return InlineText(text, self._spans)
        if start >= end:
            return InlineText()
        return _without_spaces_at_breaks(text, start, end, self._spans)


def _without_spaces_at_breaks(text: str, start: int, end: int, spans: list[Span]) -> InlineText:
    """Cut the text to ``start:end``, and drop the spaces before and after newlines."""
    dropped = [(0, start), *_gaps(text, start, end), (end, len(text))]
    starts = [gap[0] for gap in dropped]
    lost = list(accumulate((gap[1] - gap[0] for gap in dropped), initial=0))

    def moved(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        return min(offset, dropped[index][0] + max(offset - dropped[index][1], 0)) - lost[index]

    pieces = [text[gap[1] : after[0]] for gap, after in pairwise(dropped)]
    moved_spans = [
        Span(span.kind, moved(span.start), moved(span.end), span.target) for span in spans
    ]
    return InlineText("".join(pieces), moved_spans)


def _gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _NEAR_BREAK.finditer(text, start, end):
        newline = text.index("\n", match.start())
        if match.start() < newline:
            yield match.start(), newline
        if newline + 1 < match.end():
            yield newline + 1, match.end()


_Handler = Callable[[InlineReader, Token], None]
_HANDLERS: dict[str, _Handler] = {
    "text_special": InlineReader._add_special,
    "hardbreak": InlineReader._add_hard_break,
    "code_inline": InlineReader._add_code,
    "link_open": InlineReader._open_link,
    "image": InlineReader._add_image,
    "footnote_ref": InlineReader._add_footnote,
    "html_inline": InlineReader._add_html,
    "raw_html": InlineReader._add_raw_html,
}


def _running(text: str) -> str:
    return text.replace("\t", " ").replace("\n", " ") if "\t" in text or "\n" in text else text


def _target(value: str | int | float | None) -> str:
    return clean_line(str(value or ""))
