"""The frame of a block: indentation, quote bars, markers, and the gap above it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reader.core.cells import cell_width, clip
from reader.core.document import Block, BlockKind
from reader.core.layout.lines import LinePiece

QUOTE_WIDTH = 2
"""The cells of a quote bar, with the space after it."""
_BAR = "▎ "


class Frame(NamedTuple):
    """The cells to the left of a block's text."""

    indent: int
    """The first cell of the text."""
    bars: tuple[LinePiece, ...]
    """The quote bars, drawn on every line."""
    marker: LinePiece | None
    """The marker, drawn on the first line."""


def indent_limit(width: int) -> int:
    """Return the most cells that the containers of a block may take of ``width``.

    Half of it if 20 cells are left for the text, else what leaves 20, but at least a third.
    """
    return max(width // 3, min(width // 2, width - 20))


@lru_cache(maxsize=512)
def frame(nest: tuple[int, ...], marker: str, width: int) -> Frame:
    """Lay out the containers of a block.

    The outermost containers are left out where all together exceed ``indent_limit``.

    Args:
        nest: The containers, outermost first, see ``Block.nest``.
        marker: The text of the marker, or empty.
        width: Cells of the column.
    """
    limit = indent_limit(width)
    takes = [min(cells or QUOTE_WIDTH, limit) for cells in nest]
    holder = max((at for at, cells in enumerate(nest) if cells), default=-1)
    kinds = list(nest)
    if marker and holder < 0:
        kinds.append(1)
        takes.append(0)
        holder = len(kinds) - 1
    if marker:
        takes[holder] = max(takes[holder], min(cell_width(marker) + 1, limit))
    first = 0
    while sum(takes[first:]) > limit:
        first += 1
    bars: list[LinePiece] = []
    drawn_marker = None
    x = 0
    for at in range(first, len(kinds)):
        if not kinds[at]:
            bars.append(LinePiece(x, QUOTE_WIDTH, -1, -1, _BAR, "bar"))
        elif marker and at == holder:
            drawn_marker = _marker(marker, x, takes[at])
        x += takes[at]
    return Frame(x, tuple(bars), drawn_marker)


def _marker(marker: str, x: int, room: int) -> LinePiece | None:
    """Return the marker, one space before the text; None where there is no room."""
    text = clip(marker, room - 1)
    width = cell_width(text)
    if not width:
        return None
    return LinePiece(x + room - 1 - width, width, -1, -1, text, "marker")


def gap_height(before: Block | None, block: Block) -> int:
    """Return the number of blank lines between ``before`` and ``block``."""
    if before is None or block.tight:
        return 0
    return 2 if block.kind is BlockKind.HEADING and block.level <= 2 else 1


def gap_pieces(before: Block, block: Block, width: int) -> tuple[LinePiece, ...]:
    """Return the quote bars that connect ``before`` and ``block`` through the gap."""
    shared = 0
    for above, below in zip(before.nest, block.nest, strict=False):
        if above != below:
            break
        shared += 1
    quotes = block.nest[:shared].count(0)
    if not quotes:
        return ()
    # Bars connect only if they are in the same cells, which deep nesting may prevent.
    left = frame(before.nest, before.marker, width).bars
    dropped = block.nest.count(0) - len(frame(block.nest, block.marker, width).bars)
    right = frame(block.nest, block.marker, width).bars[: max(quotes - dropped, 0)]
    return tuple(bar for bar in right if bar in left)
