"""The statistics: their plots as text, and the screen that shows them."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.cells import cell_width
from reader.core.statistics import CountedNote, count_library
from reader.ui.library.screen import LibraryScreen
from reader.ui.statistics.plots import bars, columns
from reader.ui.statistics.screen import StatisticsScreen
from reader.ui.statistics.sections import sections
from tests.ui.list_app import article, keep, note, screen_lines, screen_text, shown
from tests.ui.waiting import wait_for

NUMBERS = st.lists(st.integers(0, 200_000), min_size=1, max_size=30)


@given(NUMBERS, st.integers(16, 120), st.integers(4, 10))
def test_columns_are_as_wide_and_as_high_as_asked(
    numbers: list[int], width: int, height: int
) -> None:
    labels = [f"{number} Nov" for number in range(len(numbers))]
    lines = columns(numbers, labels, width=width, height=height)
    assert len(lines) == height
    assert max(map(cell_width, lines)) <= max(width, len(numbers) + len("200,000") + 2)
    assert all("\x1b" not in line for line in lines)
    drawn = {character for line in lines for character in line} & set("▖▗▄▌▐█▟▙▛▜▀▝▘")
    assert bool(drawn) is any(numbers)


def test_a_higher_number_has_a_higher_column_and_nothing_has_none() -> None:
    lines = columns([0, 1, 20, 0], ["a", "b", "c", "d"], width=40, height=8)
    inside = [line.partition("┤")[2] or line.partition("│")[2] for line in lines[1:-2]]
    cells = len(inside[0].rstrip("│")) // 4 if inside[0].endswith("│") else 8
    by_column = [
        sum(bool(line[at * cells : (at + 1) * cells].strip("│ ")) for line in inside)
        for at in range(4)
    ]
    assert by_column == [0, 1, len(inside), 0]


NAMES = st.lists(
    st.tuples(st.sampled_from(["Prewitt", "王小明", "", "M" * 70, "a b"]), st.integers(0, 10**6)),
    max_size=10,
)


@given(NAMES, st.integers(16, 120))
def test_bars_fit_and_name_their_numbers(rows: list[tuple[str, int]], width: int) -> None:
    lines = bars(rows, width=width)
    assert len(lines) == len(rows)
    assert all(cell_width(line) <= width for line in lines)
    for line, (_, number) in zip(lines, rows, strict=True):
        assert f" {number:,}" in line
        assert ("▇" in line) is (number > 0)


def test_numbers_are_shown_where_plots_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "plotext", None)
    today = date(2026, 11, 30)
    statistics = count_library([CountedNote(today)], [], [], [], today=today)
    marks, *_ = sections(statistics, 60)
    assert (list(marks.facts), list(marks.plot)) == (
        ["1 this week · 0 last week · 1 in 13 weeks"],
        [],
    )


@pytest.mark.parametrize("size", [(80, 24), (140, 45), (60, 20), (20, 6)])
async def test_the_library_leads_to_statistics_that_fit(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    notes = [note("words", "claim", speaker="[b]Prewitt\x1b[31m")]
    keep(tmp_path, (article("Tides", site="The Courier"), notes))
    async with shown(tmp_path, LibraryScreen(), size=size) as (app, pilot):
        await pilot.press("I")
        await wait_for(pilot, lambda: isinstance(app.screen, StatisticsScreen))
        await wait_for(pilot, lambda: "1 this week" in screen_text(app))
        assert size[1] < 10 or "┌" in screen_text(app)
        box = app.screen.query_one("#statistics-grid")
        assert box.size.width <= size[0]
        assert "\x1b" not in screen_text(app)
        if size == (140, 45):
            text = screen_text(app)
            assert "1 open claim" in text
            assert "[b]Prewitt" in text
            assert "The Courier  1 ▇▇▇" in text
            assert any("Marks by week" in line and "Reviews" in line for line in screen_lines(app))
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(app.screen, LibraryScreen))
