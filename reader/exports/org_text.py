"""Converts text, passages and notes to Org mode's markup, which shows exactly these.

The rules are those of the Org Syntax document. Where Org has no escape, its manual advises a zero
width space, which is not seen: it stands inside what would be markup, or before what would be at
the start of a line. Nothing that is written here may run or be fetched when a file is opened or
exported: no source block of a language that editors run, no macro, no link but to the web.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from reader.core.addresses import is_web_address, percent_encoded
from reader.core.document import BlockKind, Document, Span, SpanKind, TextRange
from reader.exported_outlines.org_notes import GAP
from reader.exports.passage import (
    CHECKBOXES,
    COLOURED_LANGUAGES,
    LIST_NUMBER,
    Markup,
    Piece,
    lines_of,
)
from reader.safe_text import sanitise_for_file

_SPACE: Final = re.compile(r"[ \t\n]+")
_BACKSLASH: Final = re.compile(r"\\")
_BRACKETS: Final = re.compile(r"\[(?=\[|fn:|cite|@|#|%|/|\d|[ Xx-]\])|<(?=<|\d|%%|[lrc]\d*>)")
"""What begins a link, a footnote, a citation, a counter, a priority, a cookie, a time, a target."""
_BRACES: Final = re.compile(r"(?<=\{)(?=\{)|(?<=[_^])(?=[{(*])|(?<=@)(?=@)")
"""Where a macro, a subscript or an export snippet would begin."""
_CALLS: Final = re.compile(r"\b(src|call)_")
_LINK_TYPE: Final = re.compile(r"(?<![^\W_])([A-Za-z][A-Za-z0-9+.-]*):(?=\S)")
"""A scheme before its colon: Org has many, and some run programs."""
_SAFE_TYPES: Final = frozenset(("http", "https", "mailto"))
_DEFINITION: Final = re.compile(r":(?=:(?:\s|$))")
_MATHS: Final = re.compile(r"\$\$|\$(?=[^\s,;.$])(?:[^$]*[^\s,.$])?\$(?!\w)")
_DOLLAR: Final = r"\dollar{}"
_MARKERS: Final = "*/_=~+"
_BEFORE_MARKER: Final = frozenset("-({'\"" + _MARKERS + GAP)
_START: Final = re.compile(
    r"\*+(?:\s|$)|[-+](?:\s|$)|-{5,}|\d+[.)](?:\s|$)|[A-Za-z][.)](?:\s|$)|#(?:\s|\+|$)|:|\||\+-"
    r"|%%\(|(?:CLOCK|SCHEDULED|DEADLINE|CLOSED):"
)
"""What would begin a heading, a list, a rule, a comment, a keyword, a drawer or a table."""
_KEYWORD: Final = re.compile(
    r"(?:TODO|DONE|NEXT|WAIT|WAITING|HOLD|STARTED|CANCELL?ED|COMMENT|PROJ|STRT|KILL|IDEA)(?=\s|$)"
)
"""What makes a heading a task or hides it: Org's own words, and those of common settings."""
_TAGS_AT_END: Final = re.compile(r"(?:^|\s):\S+:$")
_CODE_START: Final = re.compile(r"^([ \t]*)(,*(?:\*|#\+))", re.MULTILINE)
_UNSAFE_IN_LINK: Final = re.compile(r"[\s\[\]\\<>\x00-\x1f]")
_QUOTED: Final = "> "
"""Begins the lines of a quote inside the passage, since no quote block can stand in another."""
_SIGNS: Final = {SpanKind.STRONG: "*", SpanKind.EMPHASIS: "/", SpanKind.STRIKETHROUGH: "+"}


def escape_inline(text: str) -> str:
    """Return Org for text that does not begin a line; each run of white space becomes one space."""
    line = _SPACE.sub(" ", sanitise_for_file(text)).strip(" ")
    if not line.isascii() or not line.replace(" ", "").isalnum():
        line = _MATHS.sub(lambda found: found[0].replace("$", "\0"), line)
        line = _BACKSLASH.sub("\\\\" + GAP, line).replace("\0", _DOLLAR)
        line = _BRACKETS.sub(lambda found: found[0] + GAP, line)
        line = _BRACES.sub(GAP, line)
        line = _CALLS.sub(rf"\1{GAP}_", line)
        line = _LINK_TYPE.sub(_without_type, line)
        line = _DEFINITION.sub(f":{GAP}", line)
        line = _without_emphasis(line)
    return line


def escape_line(text: str) -> str:
    """Return Org for a line at the start of a block; see ``escape_inline``."""
    line = escape_inline(text)
    return GAP + line if _START.match(line) else line


def escape_heading(text: str) -> str:
    """Return Org for the words of a heading: no task, no tags."""
    line = escape_inline(text)
    line = GAP + line if _KEYWORD.match(line) else line
    return line + GAP if _TAGS_AT_END.search(line) else line


def escape_value(text: str) -> str:
    """Return text for a property: one line that is taken as it stands."""
    return _SPACE.sub(" ", sanitise_for_file(text)).strip(" ")


def link(address: str, words: str) -> str:
    """Return a link to an address of the web, or to an id of Org; any other target as text."""
    if not is_web_address(address) and not address.startswith(("id:", "mailto:")):
        shown = escape_inline(address)
        return shown if words == address else f"{escape_inline(words)} ({shown})"
    target = percent_encoded(address.strip(), _UNSAFE_IN_LINK)
    if words == address:
        return f"[[{target}]]"
    shown = escape_inline(words).replace("]", f"]{GAP}").replace("[", f"[{GAP}")
    return f"[[{target}][{shown}]]" if shown else f"[[{target}]]"


def quote_passage(document: Document, passage: TextRange) -> str:
    """Return a passage as a quote block that keeps its paragraphs, lists, tables and code."""
    return as_quote(lines_of(document, passage, Markup(_QUOTED, _Markers().start, _content)))


def quote_text(text: str) -> str:
    """Return text without known blocks as a quote block, with a paragraph for each line."""
    paragraphs = [escape_line(line) for line in text.split("\n") if line.strip()]
    return as_quote("\n\n".join(paragraphs).split("\n"))


def as_quote(lines: Iterable[str]) -> str:
    """Return lines inside a quote block."""
    return "\n".join(["#+begin_quote", *lines, "#+end_quote"])


def note_text(note: Document) -> str:
    """Return a note, read as a document, with its lists, code, tables, emphasis and links."""
    everything = TextRange(0, len(note.text))
    return "\n".join(lines_of(note, everything, _markup_of(note)))


def _without_type(found: re.Match[str]) -> str:
    return found[0] if found[1].lower() in _SAFE_TYPES else f"{found[1]}{GAP}:"


def _without_emphasis(line: str) -> str:
    """Return a line in which no marker can begin emphasis, because white space follows it."""
    pieces: list[str] = []
    for index, character in enumerate(line):
        pieces.append(character)
        if character in _MARKERS and line.find(character, index + 1) > 0:
            before = pieces[-2][-1] if index else " "
            if before.isspace() or before in _BEFORE_MARKER:
                pieces.append(GAP)
    return "".join(pieces)


class _Markers:
    """The markers of the list items of one text, in their order."""

    def __init__(self) -> None:
        self._last = 0

    def start(self, marker: str) -> str:
        """Return the start of a list item; a number that follows no other gets a counter."""
        if marker in CHECKBOXES:
            return CHECKBOXES[marker].replace("x", "X")
        found = LIST_NUMBER.match(marker)
        if found is None:
            return "- "
        number, last = int(found[1]), self._last
        self._last = number
        return f"{marker} " if number in (1, last + 1) else f"{marker} [@{number}] "


def _content(piece: Piece) -> list[str]:
    """Return the lines of one block of a passage; emphasis and links are plain text."""
    text = piece.text
    match piece.block.kind:
        case BlockKind.CODE if 0 not in piece.block.nest:
            return _code(piece)
        case BlockKind.TABLE if "\t" in text or "\n" in text:
            return _table(piece)
        case BlockKind.RULE if text.strip() == "* * *":
            return ["-----"]
        case BlockKind.HEADING:
            return [_emphasised("*", escape_inline(text))]
        case _ if "\n" in text:
            return _verse(text)
        case _:
            return [escape_line(text)]


def _code(piece: Piece) -> list[str]:
    """Return a block of code; its language stands only where editors do no more than colour it."""
    language = piece.block.language.lower()
    kind = f"src {language}" if COLOURED_LANGUAGES.fullmatch(language) else "example"
    lines = _CODE_START.sub(r"\1,\2", piece.text.strip("\n")).split("\n")
    return [f"#+begin_{kind}", *lines, f"#+end_{kind.partition(' ')[0]}"]


def _verse(text: str) -> list[str]:
    """Return lines that keep their ends and their indentation."""
    lines = []
    for line in text.strip("\n").split("\n"):
        expanded = line.expandtabs(4)
        indent = expanded[: len(expanded) - len(expanded.lstrip(" "))]
        lines.append(indent + escape_line(line) if line.strip() else "")
    return ["#+begin_verse", *lines, "#+end_verse"]


def _table(piece: Piece) -> list[str]:
    offset = piece.before.rpartition("\n")[2].count("\t")
    rows = [row.split("\t") for row in piece.text.split("\n")]
    rows[0] = [""] * offset + rows[0]
    width = max(len(row) for row in rows)
    cells = [[escape_inline(cell).replace("|", r"\vert{}") for cell in row] for row in rows]
    lines = [
        "| " + " | ".join(row + [""] * (width - len(row))) + " |"
        for row in cells
        if any(cell.strip() for cell in row)
    ]
    has_head = piece.is_from_start and piece.block.header_rows > 0
    return [lines[0], "|" + "+".join(["---"] * width) + "|", *lines[1:]] if has_head else lines


def _markup_of(document: Document) -> Markup:
    """Return the markup of a document's blocks, with the emphasis and links in its paragraphs."""

    def content(piece: Piece) -> list[str]:
        is_running = piece.block.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM)
        if not is_running or "\n" in piece.text:
            return _content(piece)
        spans = [
            span
            for span in document.spans
            if piece.block.start <= span.start and span.end <= piece.block.end
        ]
        line = _spanned(document.text, piece.block.range, spans)
        return [GAP + line if _START.match(line) else line]

    return Markup(_QUOTED, _Markers().start, content)


def _spanned(text: str, part: TextRange, spans: Sequence[Span]) -> str:
    """Return a part of a paragraph with its spans, of which inner ones follow outer ones."""
    pieces: list[str] = []
    at = part.start
    for index, span in enumerate(spans):
        if span.start < at or span.end > part.end or span.range.is_empty:
            continue
        pieces.append(_plain(text[at : span.start]))
        inner = [each for each in spans[index + 1 :] if each.end <= span.end]
        pieces.append(_span(text, span, inner))
        at = span.end
    pieces.append(_plain(text[at : part.end]))
    return "".join(pieces).strip(" ")


def _span(text: str, span: Span, inner: Sequence[Span]) -> str:
    words = text[span.start : span.end]
    if span.kind is SpanKind.LINK and not span.target.startswith("#"):
        return link(span.target, words)
    if span.kind is SpanKind.CODE:
        return _verbatim(words)
    within = _spanned(text, span.range, inner)
    sign = _SIGNS.get(span.kind, "")
    return _emphasised(sign, within) if sign else within


def _plain(text: str) -> str:
    """Return escaped text with the spaces at its ends, which stand between it and a span."""
    start = " " if text[:1].isspace() else ""
    end = " " if text[-1:].isspace() and text.strip() else ""
    return start + escape_inline(text) + end


def _verbatim(words: str) -> str:
    line = _SPACE.sub(" ", sanitise_for_file(words)).strip(" ")
    sign = next((each for each in "=~" if each not in line), "")
    return f"{GAP}{sign}{line}{sign}{GAP}" if sign and line else escape_inline(line)


def _emphasised(sign: str, line: str) -> str:
    """Return escaped text between two markers, which also may stand in the middle of a word."""
    if not line.strip() or sign in line:
        return line
    return f"{GAP}{sign}{line}{sign}{GAP}"
