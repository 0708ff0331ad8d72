"""The line at the bottom of a list with the keys to press next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reader.ui.key_hints import KeyHint
from reader.ui.painting.parts import Part, joined

GAP = 2
"""Cells between two hints."""


def placed_hints(hints: Iterable[KeyHint], width: int) -> Iterator[tuple[KeyHint, int]]:
    """Yield the hints that fit into ``width`` cells, each with its first cell."""
    start = 0
    for hint in hints:
        if start + hint.width > width:
            return
        yield hint, start
        start += hint.width + GAP


def hint_lines(hints: Iterable[KeyHint], width: int) -> list[list[KeyHint]]:
    """Return the hints line by line, as many on each as fit into ``width`` cells, at least one."""
    lines: list[list[KeyHint]] = []
    room = 0
    for hint in hints:
        room -= hint.width + GAP
        if not lines or room < -GAP:
            lines.append([])
            room = width - hint.width - GAP
        lines[-1].append(hint)
    return lines


def hint_parts(hints: Iterable[KeyHint], width: int) -> Sequence[Part]:
    """Return the hints that fit into ``width`` cells, side by side."""
    return joined(
        (
            [(f"{hint.keys} ", "$foreground"), (hint.word, "$faint")]
            for hint, _ in placed_hints(hints, width)
        ),
        " " * GAP,
    )
