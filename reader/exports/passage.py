"""Converts a passage of a document to a Markdown block quote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from msgspec.structs import replace

from reader.core.document import Block, BlockKind, Document, TextRange
from reader.exports.escape import escape_inline, escape_line, escape_start
from reader.safe_text import sanitise_for_file

_QUOTE = 0
"""The number of a block quote in ``Block.nest``."""
_INDENT = "\u00a0"
"""Indents verse; Markdown drops indentation by spaces."""
LIST_NUMBER = re.compile(r"(\d{1,9})([.)])$")
CHECKBOXES = {"☐": "- [ ] ", "☑": "- [x] "}
COLOURED_LANGUAGES = re.compile(
    r"bash|c|c\+\+|clojure|cpp|cs|csharp|css|diff|go|haskell|html|ini|java|javascript|js|json|julia"
    r"|kotlin|latex|lisp|lua|make|makefile|markdown|md|ocaml|perl|php|powershell|py|python|r|rb|rs"
    r"|ruby|rust|scala|scheme|sh|shell|sql|swift|tex|toml|ts|typescript|xml|yaml|yml"
)
"""Languages of code that editors only colour. Others are left out: editors run some of them
(``dataviewjs``, ``query``, ``mermaid``), and a quoted article must not run."""


class Piece(NamedTuple):
    """The part of a block that is in the passage."""

    block: Block
    text: str
    """The part's text."""
    is_from_start: bool
    """Whether the part begins where the block does."""
    is_whole: bool
    """Whether the part is all of the block."""
    before: str
    """The text before the part in the block."""


class _Container(NamedTuple):
    """A block quote or list item that is open while blocks are written."""

    nest: int
    """Its number in ``Block.nest``."""
    first: str
    """The start of its first line."""
    others: str
    """The start of its other lines."""


class Markup(NamedTuple):
    """How a format writes blocks and what holds them."""

    quote: str
    """The start of each line of a quote inside the passage."""
    marker: Callable[[str], str]
    """Returns the start of the first line of a list item with a marker as documents have it."""
    content: Callable[[Piece], list[str]]
    """Returns the lines of one block, without what holds it."""


def quote_passage(document: Document, passage: TextRange) -> str:
    """Return the passage as a block quote that keeps its paragraphs, lists, tables and code."""
    return _as_quote(lines_of(document, passage, _MARKDOWN))


def lines_of(document: Document, passage: TextRange, markup: Markup) -> Iterator[str]:
    """Yield the lines of a passage with its lists and quotes, without those around all of it."""
    return _lines(_relative(_pieces(document, passage)), markup)


def quote_text(text: str) -> str:
    """Return text without known blocks as a block quote, with a paragraph for each line."""
    lines: list[str] = []
    for line in sanitise_for_file(text).split("\n"):
        if line.strip():
            lines.extend(["", escape_line(line)] if lines else [escape_line(line)])
    return _as_quote(lines)


def _as_quote(lines: Iterable[str]) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def _pieces(document: Document, passage: TextRange) -> list[Piece]:
    """Return the parts of the blocks in the passage, without those that are only white space."""
    pieces: list[Piece] = []
    first = max(document.block_index(passage.start), 0)
    for index in range(first, len(document.blocks)):
        block = document.blocks[index]
        if block.start >= passage.end:
            break
        start, end = max(block.start, passage.start), min(block.end, passage.end)
        text = document.text[start:end]
        if text.strip():
            before, after = document.text[block.start : start], document.text[end : block.end]
            is_from_start = not before.strip()
            is_whole = is_from_start and not after.strip()
            pieces.append(Piece(block, sanitise_for_file(text), is_from_start, is_whole, before))
    return pieces


def _relative(pieces: Sequence[Piece]) -> list[Piece]:
    """Remove the quotes around the whole passage, which becomes a quote anyway.

    Some words of a single list item become no list.
    """
    if len(pieces) == 1 and not pieces[0].is_whole:
        return [pieces[0]._replace(block=replace(pieces[0].block, nest=()))]
    depths = [
        sum(1 for _ in takewhile(lambda one: one == _QUOTE, piece.block.nest)) for piece in pieces
    ]
    shared = min(depths, default=0)
    return [
        piece._replace(block=replace(piece.block, nest=piece.block.nest[shared:]))
        for piece in pieces
    ]


def _lines(pieces: Sequence[Piece], markup: Markup) -> Iterator[str]:
    """Yield the lines of the blocks, each inside its containers."""
    open_containers: list[_Container] = []
    previous: Piece | None = None
    for piece in pieces:
        kept, opened = _containers(open_containers, piece, markup)
        if previous is not None and not _joins(previous, piece, opened):
            yield "".join(one.others for one in kept).rstrip()
        first = "".join(one.others for one in kept) + "".join(one.first for one in opened)
        open_containers = [*kept, *opened]
        others = "".join(one.others for one in open_containers)
        for index, line in enumerate(markup.content(piece)):
            start = others if index else first
            yield start + line if line else start.rstrip()
        previous = piece


def _containers(
    open_containers: Sequence[_Container], piece: Piece, markup: Markup
) -> tuple[list[_Container], list[_Container]]:
    """Return the open containers that the piece stays in, and those that it opens.

    A list item whose start is not in the passage shows no marker, and so has no indentation.
    """
    nest = piece.block.nest
    item = _opened_item(piece)
    kept: list[_Container] = []
    for depth, container in enumerate(open_containers):
        if depth >= len(nest) or container.nest != nest[depth] or depth == item:
            break
        kept.append(container)
    opened: list[_Container] = []
    for depth in range(len(kept), len(nest)):
        if nest[depth] == _QUOTE:
            opened.append(_Container(_QUOTE, markup.quote, markup.quote))
        elif depth == item:
            marker = markup.marker(piece.block.marker)
            width = 2 if marker.startswith("- ") else len(marker)
            opened.append(_Container(nest[depth], marker, " " * width))
        else:
            opened.append(_Container(nest[depth], "", ""))
    return kept, opened


def _opened_item(piece: Piece) -> int:
    """Return the depth of the list item that the piece begins; -1 if it begins none."""
    nest = piece.block.nest
    if not piece.block.marker or not piece.is_from_start:
        return -1
    if piece.block.kind is BlockKind.FOOTNOTE:
        return -1
    return max((depth for depth, one in enumerate(nest) if one != _QUOTE), default=-1)


def _marker(marker: str) -> str:
    """Return the Markdown of the marker of a list item."""
    if marker in CHECKBOXES:
        return CHECKBOXES[marker]
    number = LIST_NUMBER.match(marker)
    return f"{marker} " if number else "- "


def _joins(previous: Piece, piece: Piece, opened: Sequence[_Container]) -> bool:
    """Return whether the piece follows without a blank line, as items of a tight list do.

    A numbered item that does not start at 1 and opens a list inside another item would be read as
    a part of the paragraph above it.
    """
    if not (piece.block.tight and opened and opened[-1].nest != _QUOTE and opened[-1].first):
        return False
    if _opened_item(previous) < 0 or previous.block.kind is not BlockKind.ITEM or len(opened) > 1:
        return False
    is_deeper = len(piece.block.nest) > len(previous.block.nest)
    return not is_deeper or opened[-1].first.startswith(("-", "1.", "1)"))


def _content(piece: Piece) -> list[str]:
    """Return the Markdown lines of one block, without its containers."""
    match piece.block.kind:
        case BlockKind.CODE:
            return _code(piece)
        case BlockKind.TABLE if "\t" in piece.text or "\n" in piece.text:
            return _table(piece)
        case BlockKind.RULE if piece.text.strip() == "* * *":
            return ["* * *"]
        case BlockKind.HEADING:
            return [f"**{escape_inline(piece.text.strip())}**"]
        case _ if "\n" in piece.text:
            return _verse(piece.text)
        case _:
            return [escape_line(piece.text)]


def _verse(text: str) -> list[str]:
    """Return lines with hard breaks: two spaces, which all parsers of Markdown support."""
    lines: list[str] = []
    for stanza in re.split(r"\n(?:[ \t]*\n)+", text):
        if lines and stanza.strip():
            lines.append("")
        kept = [line for line in stanza.split("\n") if line.strip()]
        for index, line in enumerate(kept):
            expanded = line.expandtabs(4)
            indent = _INDENT * (len(expanded) - len(expanded.lstrip(" ")))
            end = "  " if index < len(kept) - 1 else ""
            escaped = escape_inline(line, within=stanza)
            lines.append((indent + escaped if indent else escape_start(escaped)) + end)
    return lines


def _code(piece: Piece) -> list[str]:
    """Return code in a fence of more backticks than it holds in a row."""
    longest = max((len(run) for run in re.findall(r"`+", piece.text)), default=0)
    fence = "`" * max(3, longest + 1)
    language = piece.block.language.lower()
    lines = piece.text.strip("\n").split("\n")
    return [fence + (language if COLOURED_LANGUAGES.fullmatch(language) else ""), *lines, fence]


def _table(piece: Piece) -> list[str]:
    """Return rows as a table, with an empty head if the passage does not hold the head."""
    offset = piece.before.rpartition("\n")[2].count("\t")
    rows = [row.split("\t") for row in piece.text.split("\n")]
    rows[0] = [""] * offset + rows[0]
    width = max(*(len(row) for row in rows), len(piece.block.aligns))
    has_head = piece.is_from_start and piece.block.header_rows > 0
    head = rows.pop(0) if has_head else []
    aligns = piece.block.aligns.ljust(width, "l")
    rule = [{"c": ":-:", "r": "--:"}.get(align, "---") for align in aligns]
    body = [row for row in rows if any(cell.strip() for cell in row)]
    cells = [[escape_inline(cell) for cell in row] for row in [head, *body]]
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in cells]
    return [lines[0], "| " + " | ".join(rule) + " |", *lines[1:]]


_MARKDOWN = Markup("> ", _marker, _content)
