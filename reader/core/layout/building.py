"""Build the body and the decorations of a block, by its kind."""

from __future__ import annotations

from reader.core.document import Block, BlockKind, Document, SpanKind
from reader.core.layout.bodies import BlockBody, ImageBody, TextBody
from reader.core.layout.frames import frame
from reader.core.layout.lines import LinePiece
from reader.core.layout.tables import TableBody, table_columns
from reader.core.layout.wrapping import WrappedText

_IMAGE_SIGN = "▣ "
_WITH_MORE_THAN_TEXT = frozenset((BlockKind.TABLE, BlockKind.IMAGE))


def make_body(document: Document, block: Block, width: int) -> BlockBody:
    """Return the body of a block; nothing is measured yet.

    Args:
        document: The document of the block.
        block: The block.
        width: Cells of the column.
    """
    text = document.text[block.start : block.end]
    x = frame(block.nest, block.marker, width).indent
    room = max(width - x, 1)
    match block.kind:
        case BlockKind.CODE:
            return TextBody(WrappedText(text, room, hang=2, at_words=False), block.start, x)
        case BlockKind.VERSE:
            return TextBody(WrappedText(text, room, hang=2), block.start, x)
        case BlockKind.RULE:
            return TextBody(WrappedText(text, room), block.start, x, centred=True)
        case BlockKind.IMAGE if room >= 4:
            wrapped = WrappedText(text, room - len(_IMAGE_SIGN))
            target = _image_target(document, block)
            if target:
                return ImageBody(wrapped, block.start, x + len(_IMAGE_SIGN), target)
            return TextBody(wrapped, block.start, x + len(_IMAGE_SIGN))
        case BlockKind.TABLE if columns := table_columns(text, room):
            return TableBody(
                text, block.start, x, columns, aligns=block.aligns, header_rows=block.header_rows
            )
        case _:
            return TextBody(WrappedText(text, room), block.start, x)


def _image_target(document: Document, block: Block) -> str:
    """Return the URL or path of a picture, or nothing if its alternative text is the same."""
    spans = document.spans_in(block.start, max(block.end, block.start + 1))
    target = next((span.target for span in spans if span.kind is SpanKind.IMAGE), "")
    return "" if target == document.quote(block.range) else target


def body_height(document: Document, block: Block, width: int) -> tuple[int, int]:
    """Return the number of lines of a block's body, and its ``BlockBody.cost``."""
    length = block.end - block.start
    if length <= width and block.kind not in _WITH_MORE_THAN_TEXT:
        text = document.text[block.start : block.end]
        room = width - frame(block.nest, block.marker, width).indent
        # The length of ASCII text is its width.
        if length <= room and text.isascii() and "\n" not in text:
            return 1, length + 100
    body = make_body(document, block, width)
    body.extend(length + 1)
    return body.height, body.cost


def decorations(block: Block, number: int, width: int) -> tuple[LinePiece, ...]:
    """Return what is drawn to the left of a line of a body: bars, a marker, an image sign.

    Args:
        block: The block.
        number: The number of the line in the body, from 0.
        width: Cells of the column.
    """
    around = frame(block.nest, block.marker, width)
    if number > 0:
        return around.bars
    pieces = list(around.bars)
    if around.marker:
        pieces.append(around.marker)
    if block.kind is BlockKind.IMAGE and width - around.indent >= 4:
        pieces.append(LinePiece(around.indent, len(_IMAGE_SIGN), -1, -1, _IMAGE_SIGN, "image"))
    return tuple(sorted(pieces))
