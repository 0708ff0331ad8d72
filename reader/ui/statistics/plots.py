"""Plots as lines of text, without colours: columns by plotext, and bars beside names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reader.core.cells import cell_width, clip

BAR: Final = "▇"
"""A cell of a bar."""

_FRAME: Final = 2
"""The cells of the two sides of a frame."""

_LABEL_CELLS: Final = 8
"""The least cells from one label below the columns to the next."""

_WIDEST_COLUMN: Final = 8
"""The most cells of a column."""

_MOST_UNITS: Final = 10
"""Of how many round units a scale is at most."""

_FEW: Final = 4
"""Up to which number the scale ends at the greatest value."""


def load() -> bool:
    """Import plotext, which takes 105 ms, so rather on a thread; return whether it is there."""
    try:
        import plotext  # noqa: F401, PLC0415  (for plots alone)
    except ImportError:
        return False
    return True


def columns(
    values: Sequence[int],
    labels: Sequence[str],
    *,
    width: int,
    height: int,
    first: int | None = None,
) -> Sequence[str]:
    """Return a plot with a column for each value, in a frame with a scale.

    Args:
        values: The values, at least one, none of them negative.
        labels: What each column is called; those that have no room are left out.
        width: The most cells of a line.
        height: How many lines there are, at least 4.
        first: The index of the first column that has its label; without one, the last column has
            it, and others before.

    Returns:
        The lines; none where plotext cannot be loaded, as on a system that it has no build for.
    """
    if not load():
        return ()
    import plotext  # noqa: PLC0415  (see ``load``)

    top = _top(max(values))
    scale_cells, count = len(f"{top:,}"), len(values)
    cells = min(max((width - scale_cells - _FRAME) // count, 1), _WIDEST_COLUMN)
    figure = plotext.figure
    figure.clear()
    plotext.terminal.limit(False, False)
    figure.plot_size(scale_cells + _FRAME + cells * count, height)
    share = (cells - 1.5) / cells if cells > _FRAME else 1
    figure.draw(figure.bar(list(range(count)), list(values), width=share, marker="hd"))
    ticks = sorted({0, top // 2, top}) if top % 2 == 0 else [0, top]
    figure.ruler("y").lim(0, top).alignment(lim="edge")
    figure.ruler("y").ticks(ticks, [f"{tick:,}" for tick in ticks])
    step = -(-_LABEL_CELLS // cells)
    labelled = list(range((count - 1) % step if first is None else first, count, step))
    figure.ruler("x").lim(-0.5, count - 0.5).alignment(lim="edge")
    figure.ruler("x").ticks(labelled, [labels[index] for index in labelled])
    drawn = figure.build().string(colorless=True)
    return [line.rstrip() for line in drawn.rstrip("\n").split("\n")]


def _top(most: int) -> int:
    """Return where a scale ends: a number that is round and even, or a small one; never zero."""
    if most <= _FEW:
        return max(most, 1)
    unit = 2
    while most > _MOST_UNITS * unit:
        unit *= 5 if str(unit)[0] == "2" else 2
    return -(-most // unit) * unit


def bars(rows: Sequence[tuple[str, int]], *, width: int) -> Sequence[str]:
    """Return a line for each name: the name, its number, and a bar as long as that.

    Args:
        rows: The names with their numbers.
        width: The most cells of a line, at least 16.
    """
    if not rows:
        return ()
    most = max(number for _, number in rows)
    figures = [f"{number:,}" for _, number in rows]
    number_cells = max(map(len, figures))
    name_cells = min(max(cell_width(name) for name, _ in rows), (width - number_cells - 2) // 2)
    bar_cells = width - name_cells - number_cells - 3
    lines = []
    for (name, number), figure in zip(rows, figures, strict=True):
        cut = clip(name, name_cells)
        padding = " " * (name_cells - cell_width(cut))
        cells = -(-number * bar_cells // most) if most else 0
        lines.append(f"{cut}{padding}  {figure:>{number_cells}} {BAR * cells}".rstrip())
    return lines
