"""A list whose rows differ in height: whole rows, the same place, and only what is on screen drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from reader.paths import styles_folder
from reader.ui.themes import THEMES
from reader.ui.widgets.measured_rows import MeasuredRowList
from tests.ui.stage import screen_text

SIZES = [(40, 30), (40, 10), (30, 5)]


class Texts(MeasuredRowList[tuple[int, int]]):
    """Rows of a number and its lines; estimates are wrong in both directions."""

    drawn = 0

    def render_row(
        self, row: tuple[int, int], width: int, is_highlighted: bool
    ) -> Sequence[Content]:
        self.drawn += 1
        number, lines = row
        return [Content(f"row {number} line {line} of {lines}") for line in range(1, lines + 1)]

    def key_of(self, row: tuple[int, int]) -> str:
        return str(row[0])

    def estimate_height(self, row: tuple[int, int], width: int) -> int:
        return 1 + row[0] % 7


class TextsApp(App[None]):
    CSS_PATH = str(styles_folder() / "row_list.tcss")

    def __init__(self, rows: Sequence[tuple[int, int]]) -> None:
        super().__init__()
        self.texts = rows

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.list_.rows = self.texts
        self.list_.focus()

    def compose(self) -> ComposeResult:
        yield Texts()

    @property
    def list_(self) -> Texts:
        return self.query_one(Texts)

    @property
    def shown(self) -> list[str]:
        """What each line shows, without the bar of the highlighted row and the scrollbar."""
        lines = [line[2:-1].strip() for line in screen_text(self).splitlines()]
        return [line for line in lines if line]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {name: value for name, value in THEMES[0].variables.items() if "-" not in name}


def rows(count: int, most: int = 6) -> tuple[tuple[int, int], ...]:
    return tuple((number, 1 + (number * 5) % most) for number in range(count))


def is_in_order(lines: Sequence[str], texts: Sequence[tuple[int, int]]) -> bool:
    """Return whether lines follow one another as the rows have them."""
    expected = [f"row {at} line {line} of {n}" for at, n in texts for line in range(1, n + 1)]
    places = [expected.index(line) for line in lines]
    return all(after == before + 1 for before, after in pairwise(places))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("down", ["j", "space", "G"])
async def test_every_row_is_seen_whole_and_in_order(size: tuple[int, int], down: str) -> None:
    texts = rows(60, min(6, size[1]))
    app = TextsApp(texts)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in (*[down] * 60, *[{"j": "k", "space": "b", "G": "g"}[down]] * 60):
            await pilot.press(key)
            number, lines = app.list_.rows[app.list_.highlighted]
            for line in range(1, lines + 1):
                assert f"row {number} line {line} of {lines}" in app.shown, key
            assert is_in_order(app.shown, texts)
        assert app.list_.highlighted == 0


async def test_a_row_that_is_longer_than_the_screen_is_read_by_pages() -> None:
    texts = ((0, 2), (1, 50), (2, 3))
    app = TextsApp(texts)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("j")
        seen = set(app.shown)
        assert "row 1 line 1 of 50" in seen
        pages = 0
        while app.list_.highlighted == 1:
            await pilot.press("space")
            assert is_in_order(app.shown, texts)
            seen |= set(app.shown)
            pages += 1
            assert pages < 12
        assert {f"row 1 line {line} of 50" for line in range(1, 51)} <= seen
        await pilot.press("k")
        assert app.list_.highlighted == 1
        await pilot.press("j")
        assert app.list_.highlighted == 2, "a step leads to the next row"


async def test_the_wheel_moves_by_lines_also_over_rows_that_were_never_seen() -> None:
    texts = rows(80)
    app = TextsApp(texts)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("G")
        await pilot.pause()
        while app.list_.scroll_offset.y > 0:
            before = app.shown
            app.list_.scroll_relative(y=-2, animate=False, immediate=True)
            await pilot.pause()
            assert is_in_order(app.shown, texts)
            if app.list_.scroll_offset.y > 0:
                assert app.shown[2:] == before[: len(app.shown) - 2], "what is seen moves two lines"


async def test_the_row_at_the_top_stays_when_the_rows_or_the_size_change() -> None:
    texts = rows(300)
    app = TextsApp(texts)
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press(*["space"] * 20)
        number = app.list_.rows[app.list_.highlighted][0]
        app.list_.rows = texts[1:]
        await pilot.pause()
        assert app.list_.rows[app.list_.highlighted][0] == number
        assert f"row {number} line 1 of" in "\n".join(app.shown)
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert f"row {number} line 1 of" in "\n".join(app.shown)
        assert is_in_order(app.shown, texts)


async def test_of_thousands_only_those_on_screen_are_drawn() -> None:
    app = TextsApp(rows(10_000))
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press("G")
        await pilot.press("k", "k", "g", "j")
        assert app.list_.highlighted == 1
        assert app.list_.drawn < 200


async def test_an_empty_list_shows_its_words_and_takes_every_key() -> None:
    app = TextsApp(())
    async with app.run_test(size=(40, 12)) as pilot:
        app.list_.placeholder = Content("Nothing here.")
        await pilot.press("j", "k", "space", "b", "g", "G", "enter")
        assert "thing here." in "\n".join(app.shown)
        app.list_.rows = rows(3)
        await pilot.press("G")
        assert app.list_.highlighted == 2
        app.list_.rows = ()
        await pilot.press("j", "space")
        assert app.list_.highlighted == -1
