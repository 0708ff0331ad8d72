"""Turning lines of the layout, with the layers over them, into runs of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote as percent_encoded

from reader.core.document import Block, BlockKind, Document, Span, SpanKind, TextRange
from reader.core.layout import LayoutLine, LinePiece
from reader.core.overlay import Layer, styled_runs
from reader.ui.painting.palette import Palette
from reader.ui.painting.styles import PLAIN, Run, Style

if TYPE_CHECKING:
    from reader.core.article_diff import Part

SPAN, CODE, ANNOTATION, CHANGE = 0, 1, 2, 999_999
HIT, SELECTION, CARET = 1_000_000, 1_000_001, 1_000_002
"""Priorities of the layers over the text; a higher one is drawn on top. Each annotation adds its
index to that of annotations."""

KIND_STYLES: Mapping[BlockKind, str] = {
    BlockKind.QUOTE: "quote",
    BlockKind.CODE: "code",
    BlockKind.VERSE: "verse",
    BlockKind.RULE: "border",
    BlockKind.IMAGE: "image",
    BlockKind.FOOTNOTE: "footnote",
}
"""The style of a kind of block; kinds that are not here are plain text."""

MAX_LINK_LENGTH = 2000
"""Longer link targets are not given to the terminal; terminals cut them at about this length."""


class Marked(NamedTuple):
    """An annotation as it is drawn over the text."""

    range: TextRange
    """The passage."""
    colour: str
    """The name of the style of its status, or of its first tag; see ``make_palette``."""
    is_current: bool
    """Whether the caret is in it."""


class Overlay(NamedTuple):
    """All that lies over the text of the lines on screen."""

    annotations: Sequence[Marked] = ()
    """Longest first, so that what is nested lies on top."""
    suggestions: Sequence[TextRange] = ()
    """Quotations that are suggested."""
    hits: Sequence[TextRange] = ()
    """Search hits."""
    current_hit: TextRange | None = None
    """The hit that the search is at."""
    selection: TextRange | None = None
    """The selected range."""
    caret: TextRange | None = None
    """The character under the caret; empty where the caret is behind the last one of a line."""
    code: Sequence[tuple[TextRange, str]] = ()
    """Colours of code: ranges with style names."""
    changes: Sequence[Part] = ()
    """What differs from another version of the article."""


def _style_of(key: str) -> str | Style:
    """Return what a layer adds: the name of a style, or the style of a link's target."""
    return _link_style(key.removeprefix("link:")) if key.startswith("link:") else key


@lru_cache(512)
def _link_style(target: str) -> Style:
    """Return a style that makes the terminal open ``target``; web addresses only (OSC 8)."""
    if target.startswith(("http://", "https://", "mailto:")) and len(target) <= MAX_LINK_LENGTH:
        return Style(link=percent_encoded(target, safe="%/:=&?~#+!$,;'@()*[]"))
    return PLAIN


class LinePainter:
    """Paints lines of one document in one palette."""

    def __init__(self, document: Document, palette: Palette) -> None:
        self._document = document
        self._palette = palette

    def paint(self, line: LayoutLine, width: int, overlay: Overlay) -> list[Run]:
        """Return the runs of a line, exactly ``width`` cells together.

        Args:
            line: The line of the layout.
            width: The column's width in cells.
            overlay: What lies over the text; what is outside the line is ignored.
        """
        names = self._names_of(line)
        runs: list[Run] = []
        x = 0
        for piece in line.pieces:
            if piece.x > x:
                runs.append(Run(" " * (piece.x - x), self._palette.style(*names)))
            if piece.start < 0:
                runs.append(Run(piece.text, self._palette.style(*names, piece.role)))
            else:
                runs.extend(self._text(piece, names, overlay))
            x = piece.x + piece.width
        caret = overlay.caret
        if caret is not None and caret.is_empty and x < width:
            runs.append(Run(" ", self._palette.style(*names, "caret")))
            x += 1
        if x < width:
            runs.append(Run(" " * (width - x), self._palette.style(*names)))
        return runs

    def _names_of(self, line: LayoutLine) -> tuple[str, ...]:
        """Return the names of the styles that a whole line has."""
        if line.kind == "gap" or not self._document.blocks:
            return ()
        block = self._document.blocks[line.block]
        names = list(_block_styles(block))
        if block.kind is BlockKind.TABLE and block.header_rows and line.kind == "text":
            row = self._document.text.count("\n", block.start, max(line.start, block.start))
            if row < block.header_rows:
                names.append("table-head")
        return tuple(names)

    def _text(self, piece: LinePiece, names: tuple[str, ...], overlay: Overlay) -> Iterator[Run]:
        layers = list(self._layers(piece, overlay))
        if not layers:
            yield Run(piece.drawn(piece.start, piece.end), self._palette.style(*names))
            return
        for run in styled_runs(piece.start, piece.end, layers):
            text = piece.drawn(run.start, run.end)
            yield Run(text, self._palette.style(*names, *map(_style_of, run.keys)))

    def _layers(self, piece: LinePiece, overlay: Overlay) -> Iterator[Layer]:
        here = TextRange(piece.start, piece.end)
        for span in self._document.spans_in(*here):
            for name in _span_styles(span):
                yield Layer(span.range, name, SPAN)
        for code_range, name in overlay.code:
            if here.overlaps(code_range):
                yield Layer(code_range, name, CODE)
        for suggestion in overlay.suggestions:
            if here.overlaps(suggestion):
                yield Layer(suggestion, "suggestion", CODE)
        for order, marked in enumerate(overlay.annotations):
            if here.overlaps(marked.range):
                kind = "current" if marked.is_current else "annotation"
                yield Layer(marked.range, f"{kind}:{marked.colour}", ANNOTATION + order)
        for part in overlay.changes:
            if here.overlaps(part.range):
                yield Layer(part.range, f"change-{part.kind}", CHANGE)
        for hit in overlay.hits:
            if here.overlaps(hit):
                yield Layer(hit, "hit-current" if hit == overlay.current_hit else "hit", HIT)
        if overlay.selection is not None and here.overlaps(overlay.selection):
            yield Layer(overlay.selection, "selection", SELECTION)
        if overlay.caret is not None and here.overlaps(overlay.caret):
            yield Layer(overlay.caret, "caret", CARET)


def _block_styles(block: Block) -> Iterator[str]:
    if block.kind is BlockKind.HEADING:
        yield "heading"
        yield f"heading-{min(block.level, 3)}"
    elif 0 in block.nest:
        yield "quote"
    if block.kind in KIND_STYLES:
        yield KIND_STYLES[block.kind]
    if block.residue:
        yield "residue"
    if block.correction:
        yield "correction"


def _span_styles(span: Span) -> Iterator[str]:
    match span.kind:
        case SpanKind.CODE:
            yield "inline-code"
        case SpanKind.LINK:
            yield "link"
            yield f"link:{span.target}"
        case SpanKind.FOOTNOTE:
            yield "link"
        case _:
            yield str(span.kind)
