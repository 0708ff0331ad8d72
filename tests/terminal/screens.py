"""What a program wrote to a terminal, as the pictures that a reader sees one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pyte

TEXTUAL_BEGINS = b"\x1b[?1004h"
"""Textual writes this as it takes the terminal over; the first picture does without."""

FRAME_ENDS = b"\x1b[?2026l"

ALTERNATE_SCREEN = b"\x1b[?1049h"
"""Shows the other screen of the terminal, and clears it."""

CLEAR = b"\x1b[2J"
"""Clears the screen."""

Cells = tuple[tuple[pyte.screens.Char, ...], ...]
"""The cells of a screen: characters with colours and attributes."""


class Pictures(NamedTuple):
    """The screens of one start of the program."""

    first: Cells | None
    """The screen before Textual took the terminal over; None where nothing had been drawn."""
    frames: tuple[Cells, ...]
    """The screen after each frame of Textual; the last one is the screen at the end."""


def cells_of(screen: pyte.Screen) -> Cells:
    """Return the cells of a screen."""
    return tuple(
        tuple(_seen(screen.buffer[y][x]) for x in range(screen.columns))
        for y in range(screen.lines)
    )


def _seen(cell: pyte.screens.Char) -> pyte.screens.Char:
    """Return a cell without what nobody sees: the colour of text, where there is none."""
    if cell.data != " " or cell.reverse or cell.underscore or cell.strikethrough:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)


def words_of(cells: Cells) -> list[str]:
    """Return the lines of a screen, without colours."""
    return ["".join(cell.data for cell in line) for line in cells]


def pictures(output: bytes, size: tuple[int, int]) -> Pictures:
    """Return what was seen while a program wrote ``output`` to a terminal of a size."""
    before, begins, after = output.partition(TEXTUAL_BEGINS)
    assert begins, "Textual did not take the terminal over"
    screen = pyte.Screen(*size)
    stream = pyte.ByteStream(screen)
    stream.feed(before)
    first = cells_of(screen) if b"\x1b[1;1H" in before else None
    return Pictures(first, tuple(_frames(screen, stream, after)))


def _frames(screen: pyte.Screen, stream: pyte.ByteStream, output: bytes) -> Iterator[Cells]:
    *frames, rest = output.split(FRAME_ENDS)
    for frame in (*frames, rest):
        stream.feed(frame)
        yield cells_of(screen)


def difference(one: Cells, other: Cells) -> str:
    """Return where two screens differ, a line for each cell; empty where they do not."""
    return "\n".join(
        f"line {y} cell {x}: {before} -> {after}"
        for y, (above, below) in enumerate(zip(one, other, strict=True))
        for x, (before, after) in enumerate(zip(above, below, strict=True))
        if before != after
    )
