"""The first screen of the library: what Textual draws a moment later, cell for cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.core.text_formatting import counted
from reader.session import ArticleSummary
from reader.ui.key_hints import hints_of
from reader.ui.library.heading import HEADING, PADDING, news, to_do
from reader.ui.library.listed import HINTS, ORDERS, in_state, state_chips, summary_of
from reader.ui.painting.chips import GAP, placed_chips
from reader.ui.painting.hint_line import hint_parts
from reader.ui.painting.library_rows import TEXT_LINES, article_lines, has_air, row_look
from reader.ui.painting.look import Look
from reader.ui.painting.parts import Part, joined, padded, runs_of, width_of
from reader.ui.painting.scrollbar import BarColours, scrollbar_cells
from reader.ui.painting.styles import Run, Style

GUTTER, MARGIN = 2, 1
"""Cells left and right of a row's text."""

FIXED_LINES = 4
"""Lines besides the rows: the heading, the states with an empty line, the hints."""

BAR_STRENGTH = 0.4
"""How strong the scrollbar is."""


def paint_library(
    articles: Sequence[ArticleSummary], due: int, size: tuple[int, int], look: Look
) -> Iterator[Sequence[Run]]:
    """Yield the lines of the library, with its first row highlighted.

    Args:
        articles: The articles of which the first are shown; at least one is not archived.
        due: How many notes are due for review; 0 where the reader does not want to see that.
        size: Columns and lines of the terminal; at least 40 and 6.
        look: The look of the screen.
    """
    columns, lines = size
    order = ORDERS[0]
    shown = order.sort(in_state(articles, ""))
    count = counted(len(shown), "article")
    summary = summary_of(count, order)
    beside = news(to_do(due, shown), summary, columns, look.keymap)
    yield _padded_line([(HEADING, "bold $heading"), *beside], summary, columns, look)
    chips = placed_chips(state_chips(articles), "", columns - 2 * PADDING, look.variables)
    states = joined((chip.parts for chip in chips), " " * GAP)
    yield _padded_line(states, "", columns, look)
    yield [_blank(columns, look.base())]
    height = lines - FIXED_LINES
    yield from _rows(shown, columns, height, look, is_airy=has_air(len(articles), height))
    hints = hint_parts(hints_of(HINTS, look.keymap), columns - 2 * PADDING)
    yield _padded_line(hints, "", columns, look)


def _padded_line(left: Sequence[Part], right: str, columns: int, look: Look) -> Sequence[Run]:
    """Return a line with something on the left, and faint words on the right."""
    room = columns - 2 * PADDING - width_of(left) - len(right)
    base = look.base()
    side = _blank(PADDING, base)
    parts = [*left, (" " * room, ""), (right, "$faint")]
    return [side, *runs_of(parts, base, look.variables), side]


def _rows(
    shown: Sequence[ArticleSummary], columns: int, height: int, look: Look, *, is_airy: bool
) -> Iterator[Sequence[Run]]:
    row_lines = TEXT_LINES + is_airy
    content = len(shown) * row_lines
    is_long = content > height
    width = columns - is_long
    background = look.colour("background")
    bar = background.blend(look.colour("faint"), BAR_STRENGTH)
    colours = BarColours(bar, background, look.colour("foreground"))
    cells = scrollbar_cells(height, content, 0, colours) if is_long else [None] * height
    row_style = row_look(look.tags, look.statuses, look.words_per_minute, look.variables)
    room = width - GUTTER - MARGIN
    lines: Sequence[Sequence[Part]] = ()
    for y, cell in enumerate(cells):
        index, line = divmod(y, row_lines)
        if line == 0 and index < len(shown):
            lines = article_lines(shown[index], row_style, room)
        if index < len(shown) and line < TEXT_LINES:
            runs = _row(lines[line], room, look, is_highlighted=index == 0)
        else:
            runs = [_blank(width, look.base())]
        yield [*runs, cell] if cell is not None else runs


def _row(parts: Sequence[Part], room: int, look: Look, *, is_highlighted: bool) -> Sequence[Run]:
    base = look.base("panel" if is_highlighted else "background")
    gutter = ("▌ ", "$caret") if is_highlighted else ("  ", "")
    return runs_of([gutter, *padded(parts, room), (" " * MARGIN, "")], base, look.variables)


def _blank(width: int, style: Style) -> Run:
    return Run(" " * width, style)
