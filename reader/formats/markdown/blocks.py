"""Makes the blocks of a document from markdown-it's block tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from reader.core.document import BlockKind, Span, SpanKind
from reader.formats.builder import RULE_TEXT, DocumentBuilder, bullet
from reader.formats.cleaning import TAB_STOP, clean_line
from reader.formats.inline import InlineText, join_cells
from reader.formats.markdown.attributes import RAW, language_of, read_heading
from reader.formats.markdown.html_text import paragraphs
from reader.formats.markdown.inline import FootnoteNumbers, InlineReader
from reader.formats.patterns import pattern

_TASK = pattern(r"\[([ xX])\](?:[ \t\n]+|$)")
_TASK_MARKERS = {" ": "☐", "x": "☑", "X": "☑"}

_CALLOUT = pattern(r"\[!([A-Za-z][\w/-]*)(?:\|[^\]\n]*)?\][+-]?[ \t]*([^\n]*)(?:\n|$)")
_FIRST_IN_QUOTE = 2
"""The tokens from the opening of a quote to the text of its first paragraph."""
_CAPTION = pattern(r"(?:[Tt]able)?:[ \t]+")
_DEFINITION_INDENT = 4

ParseInline = Callable[[str], tuple[list[Token], dict[int, list[Token]]]]
"""Parses inline source: returns its tokens, and the content of its inline footnotes by id."""


class _MarkdownList:
    """An open list."""

    def __init__(self, markers: list[str], is_tight: bool) -> None:
        self.markers = markers[::-1]
        self.indent = max((len(marker) for marker in markers), default=1) + 1
        self.is_tight = is_tight
        self.is_begun = False


class BlockReader:
    """Makes blocks of tokens, and keeps the state that several calls share."""

    def __init__(self, builder: DocumentBuilder, parse_inline: ParseInline) -> None:
        """Start outside all containers.

        Args:
            builder: Collects the blocks.
            parse_inline: Parses the source of one block's text.
        """
        self._builder = builder
        self._parse_inline = parse_inline
        self._footnotes = FootnoteNumbers()
        self._nest: list[int] = []
        self._lists: list[_MarkdownList] = []
        self._marker = ""
        self._label = ""
        self._table: list[list[InlineText]] = []
        self._aligns = ""
        self._header_rows = 0
        self._is_after_table = False
        self._is_definition = False
        self._examples = 0
        self.title = ""
        """The first heading of level 1."""

    def read(self, tokens: Sequence[Token]) -> None:
        """Add the blocks of ``tokens``, which are whole top-level blocks."""
        for index, token in enumerate(tokens):
            if token.type == "list_item_open":
                self._open_item()
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self._open_list(tokens, index)
            elif token.type == "inline":
                self._read_callout(tokens, index)
                self._add_inline(tokens[index - 1], token)
            else:
                _HANDLERS.get(token.type, _ignore)(self, token)
            if token.level == 0 and token.nesting <= 0 and self._footnotes.waiting:
                self._add_waiting_footnotes()

    def _add(
        self, kind: BlockKind, text: str, spans: Sequence[Span] = (), **fields: str | int
    ) -> None:
        """Add a block inside the open containers, with the marker that waits for it."""
        marker, self._marker = self._marker, ""
        label, self._label = self._label, ""
        self._is_after_table = kind is BlockKind.TABLE
        is_tight = bool(fields.get("tight")) or self._is_definition
        self._is_definition = False
        self._builder.add(
            kind,
            text,
            spans,
            level=int(fields.get("level", 0)),
            nest=tuple(self._nest),
            marker=marker,
            tight=(self._is_tight() or is_tight) if (text or marker) else False,
            language=str(fields.get("language", "")),
            label=label or str(fields.get("label", "")),
            aligns=str(fields.get("aligns", "")),
            header_rows=int(fields.get("header_rows", 0)),
        )

    def _is_tight(self) -> bool:
        """Return whether the next block follows without a blank line; the lists have begun."""
        is_tight = next((one.is_tight for one in reversed(self._lists) if one.is_begun), False)
        for one in self._lists:
            one.is_begun = True
        return is_tight

    # Containers

    def _open_list(self, tokens: Sequence[Token], index: int) -> None:
        token = tokens[index]
        markers: list[str] = []
        written = [self._numbered(marker) for marker in token.meta.get("markers", ())]
        is_tight = True
        sign = bullet(len(self._lists))
        number = int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None
        if number is not None and token.attrGet("start") is not None:
            number = int(token.attrGet("start") or 0)
        for position in range(index + 1, len(tokens)):
            inner = tokens[position]
            if inner.level == token.level and inner.nesting < 0:
                break
            if inner.level == token.level + 2 and inner.type == "paragraph_open":
                is_tight = is_tight and inner.hidden
            if inner.level == token.level + 1 and inner.type == "list_item_open":
                plain = sign if number is None else f"{number + len(markers)}{token.markup or '.'}"
                plain = written[len(markers)] if written else plain
                markers.append(_task_marker(tokens, position) or plain)
        self._flush_marker()
        self._lists.append(_MarkdownList(markers, is_tight))

    def _numbered(self, marker: str) -> str:
        """Return the marker of an item; pandoc counts examples through the whole text."""
        if not marker.startswith("(@"):
            return marker
        self._examples += 1
        return f"({self._examples})"

    def _close_list(self, _token: Token) -> None:
        self._lists.pop()

    def _open_item(self) -> None:
        self._flush_marker()
        self._nest.append(self._lists[-1].indent)
        self._marker = self._lists[-1].markers.pop()

    def _close_container(self, _token: Token) -> None:
        self._flush_marker()
        self._nest.pop()

    def _open_quote(self, _token: Token) -> None:
        self._nest.append(0)

    def _open_definition(self, _token: Token) -> None:
        self._nest.append(_DEFINITION_INDENT)
        self._is_definition = True

    def _open_footnote(self, token: Token) -> None:
        self._flush_marker()
        self._begin_footnote(token.meta["label"])

    def _begin_footnote(self, label: str) -> None:
        marker = f"[{self._footnotes.number(label)}]"
        self._nest.append(len(marker) + 1)
        self._marker, self._label = marker, clean_line(label)

    def _add_waiting_footnotes(self) -> None:
        """Add the inline footnotes of the block that has ended."""
        while self._footnotes.waiting:
            label, content = self._footnotes.waiting.pop(0)
            self._begin_footnote(label)
            inline = InlineReader(self._footnotes, {}).read(content)
            self._add(BlockKind.FOOTNOTE, inline.text, inline.spans)
            self._nest.pop()

    def _flush_marker(self) -> None:
        """Add a block for the marker of an item that has no text of its own."""
        if self._marker:
            kind = BlockKind.FOOTNOTE if self._label else BlockKind.ITEM
            self._add(kind, "", level=0 if self._label else len(self._lists))

    # Leaves

    def _read_callout(self, tokens: Sequence[Token], index: int) -> None:
        """Add the title of a callout, ``> [!NOTE] Title``, and take it out of the first text."""
        if index < _FIRST_IN_QUOTE or tokens[index - _FIRST_IN_QUOTE].type != "blockquote_open":
            return
        token = tokens[index]
        match = _CALLOUT.match(token.content)
        if match is None:
            return
        token.content = token.content[match.end() :]
        children, notes = self._parse_inline(match[2].strip() or _name_of(match[1]))
        inline = InlineReader(self._footnotes, notes).read(children)
        inline.spans.append(Span(SpanKind.STRONG, 0, len(inline.text)))
        self._add_paragraph(children, inline)

    def _add_inline(self, opening: Token, token: Token) -> None:
        content = token.content
        if opening.type == "paragraph_open" and self._marker[:1] in ("☐", "☑"):
            content = _TASK.sub("", content, count=1)
        name = ""
        if opening.type == "heading_open":
            content, name = read_heading(content)
        elif opening.type == "paragraph_open":
            caption = _CAPTION.match(content) if self._is_after_table else None
            content = read_heading(content[caption.end() :]).content if caption else content
        children, notes = self._parse_inline(content)
        inline = InlineReader(self._footnotes, notes).read(children)
        if inline.text and (opening.type == "dt_open" or opening.meta.get("is_title")):
            inline.spans.append(Span(SpanKind.STRONG, 0, len(inline.text)))
        if opening.type in ("th_open", "td_open"):
            self._table[-1].append(inline)
            if len(self._table) == 1:
                style = str(opening.attrGet("style") or "")
                self._aligns += {"r": "r", "c": "c"}.get(style.rpartition(":")[2].strip()[:1], "l")
        elif opening.type == "heading_open":
            self._add_heading(int(opening.tag[1]), inline, name)
        else:
            self._add_paragraph(children, inline)

    def _add_heading(self, level: int, inline: InlineText, name: str) -> None:
        if not inline.text:
            return
        label = self._builder.unique_label(inline.text.replace("\n", " "))
        self._add(
            BlockKind.HEADING,
            inline.text,
            inline.spans,
            level=level,
            label=clean_line(name) or label,
        )
        if level == 1 and not self.title:
            self.title = inline.text.replace("\n", " ")

    def _add_paragraph(self, children: Sequence[Token], inline: InlineText) -> None:
        kind, level = BlockKind.PARAGRAPH, 0
        if not inline.text and not self._marker:
            return
        if self._label:
            kind = BlockKind.FOOTNOTE
        elif _is_lone_image(children) and "\n" not in inline.text:
            kind = BlockKind.IMAGE
        elif self._marker:
            kind, level = BlockKind.ITEM, len(self._lists)
        elif self._nest and self._nest[-1] == 0:
            kind, level = BlockKind.QUOTE, self._nest.count(0)
        if kind is BlockKind.ITEM and self._nest[-1] == 0:
            kind, level = BlockKind.QUOTE, self._nest.count(0)
        self._add(kind, inline.text, inline.spans, level=level)

    def _add_code(self, token: Token) -> None:
        if (raw := RAW.match(token.info.strip())) and raw[1].startswith("html"):
            self._add_html(token)
            return
        text = token.content.expandtabs(TAB_STOP) if "\t" in token.content else token.content
        text = text.removesuffix("\n")
        if not text.strip():
            self._flush_marker()
            return
        language = language_of(clean_line(token.info))
        self._add(BlockKind.CODE, text, language=language)

    def _add_line_block(self, token: Token) -> None:
        """Add lines of verse, each with the spaces before it."""
        verse = InlineText()
        for line in token.content.split("\n"):
            indent = len(line) - len(line.lstrip(" "))
            children, notes = self._parse_inline(line.strip())
            inline = InlineReader(self._footnotes, notes).read(children)
            start = len(verse.text) + indent
            verse.text += " " * indent + inline.text + "\n"
            verse.spans += [
                Span(one.kind, one.start + start, one.end + start, one.target)
                for one in inline.spans
            ]
        self._add(BlockKind.VERSE, verse.text[:-1], verse.spans)

    def _add_rule(self, _token: Token) -> None:
        self._add(BlockKind.RULE, RULE_TEXT)

    def _add_html(self, token: Token) -> None:
        for text in paragraphs(token.content):
            is_quoted = bool(self._nest) and self._nest[-1] == 0
            kind = BlockKind.QUOTE if is_quoted else BlockKind.PARAGRAPH
            if self._marker and not is_quoted:
                kind = BlockKind.FOOTNOTE if self._label else BlockKind.ITEM
            level = {BlockKind.QUOTE: self._nest.count(0), BlockKind.ITEM: len(self._lists)}
            self._add(kind, text, level=level.get(kind, 0))

    # Tables

    def _open_table(self, _token: Token) -> None:
        self._table, self._aligns, self._header_rows = [], "", 0

    def _open_row(self, _token: Token) -> None:
        self._table.append([])

    def _close_head(self, _token: Token) -> None:
        self._header_rows = len(self._table)

    def _close_table(self, _token: Token) -> None:
        table = join_cells(self._table)
        self._add(
            BlockKind.TABLE,
            table.text,
            table.spans,
            aligns=self._aligns,
            header_rows=self._header_rows,
        )
        self._table = []


def _ignore(_reader: BlockReader, _token: Token) -> None:
    """Ignore a token that needs no action."""


_HANDLERS: dict[str, Callable[[BlockReader, Token], None]] = {
    "dd_open": BlockReader._open_definition,
    "dd_close": BlockReader._close_container,
    "line_block": BlockReader._add_line_block,
    "bullet_list_close": BlockReader._close_list,
    "ordered_list_close": BlockReader._close_list,
    "list_item_close": BlockReader._close_container,
    "blockquote_open": BlockReader._open_quote,
    "blockquote_close": BlockReader._close_container,
    "footnote_reference_open": BlockReader._open_footnote,
    "footnote_reference_close": BlockReader._close_container,
    "fence": BlockReader._add_code,
    "code_block": BlockReader._add_code,
    "hr": BlockReader._add_rule,
    "html_block": BlockReader._add_html,
    "table_open": BlockReader._open_table,
    "tr_open": BlockReader._open_row,
    "thead_close": BlockReader._close_head,
    "table_close": BlockReader._close_table,
}


def _name_of(kind: str) -> str:
    """Return the name of a kind of callout as a title."""
    words = re.sub(r"[-_/]+", " ", kind)
    return words.lower().capitalize()


def _task_marker(tokens: Sequence[Token], item: int) -> str:
    """Return the box of a task; empty if the item is none."""
    if item + 2 < len(tokens) and tokens[item + 1].type == "paragraph_open":
        match = _TASK.match(tokens[item + 2].content)
        if match is not None:
            return _TASK_MARKERS[match[1]]
    return ""


def _is_lone_image(children: Sequence[Token]) -> bool:
    """Return whether a paragraph is one picture, with or without a link."""
    kinds = [token.type for token in children if token.type != "text" or token.content.strip()]
    return kinds in (["image"], ["link_open", "image", "link_close"])
