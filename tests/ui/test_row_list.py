"""The list of rows: keys, mouse, the highlight, drawing, hostile text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes
from textual import events
from textual.app import App, ComposeResult
from textual.content import Content

from reader.core.cells import cell_width, clip
from reader.paths import styles_folder
from reader.ui.themes import THEMES
from reader.ui.widgets.row_list import (
    RowActivated,
    RowHighlighted,
    RowList,
    join_parts,
    sanitise_content,
)
from tests.ui.waiting import wait_for


class Pairs(RowList[tuple[str, str]]):
    """Two lines a row: a name, which is the key, and a remark."""

    ROW_HEIGHT = 2
    drawn = 0

    def render_row(
        self, row: tuple[str, str], width: int, is_highlighted: bool
    ) -> Sequence[Content]:
        self.drawn += 1
        return [Content(row[0]), Content.styled(row[1], "$faint")]

    def key_of(self, row: tuple[str, str]) -> str:
        return row[0]


class PairsApp(App[None]):
    CSS_PATH = str(styles_folder() / "row_list.tcss")

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.pairs = rows
        self.news: list[tuple[str, str]] = []

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def compose(self) -> ComposeResult:
        yield Pairs()

    def on_row_highlighted(self, event: RowHighlighted[tuple[str, str]]) -> None:
        self.news.append(("highlighted", event.row[0]))

    def on_row_activated(self, event: RowActivated[tuple[str, str]]) -> None:
        self.news.append(("activated", event.row[0]))

    @property
    def list_(self) -> Pairs:
        return self.query_one(Pairs)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {name: value for name, value in THEMES[0].variables.items() if "-" not in name}


def numbered(count: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"row {number}", f"remark {number}") for number in range(count))


def highlight(rows: Pairs) -> tuple[int, object]:
    return rows.highlighted, rows.highlighted_row


def screen_text(app: App[Any]) -> list[str]:
    """What each line of the screen shows, without the spaces at its end."""
    return [
        "".join(segment.text for segment in strip).rstrip()
        for strip in app.screen._compositor.render_strips()
    ]


async def filled(app: PairsApp, pilot: Any) -> Pairs:
    app.list_.rows = app.pairs
    app.list_.focus()
    await pilot.pause()
    return app.list_


async def test_keys_move_the_highlight_and_post_messages() -> None:
    app = PairsApp(numbered(100))
    async with app.run_test(size=(40, 12)) as pilot:
        rows = await filled(app, pilot)
        assert rows.highlighted == 0
        assert app.news == []  # filling the list is not a person's doing
        for keys, expected in [
            (["j", "down"], 2),
            (["k"], 1),
            (["up", "up", "up"], 0),
            (["pagedown"], 5),
            (["space"], 10),
            (["b"], 5),
            (["pageup"], 0),
            (["G"], 99),
            (["j"], 99),
            (["g"], 0),
            (["end"], 99),
            (["home"], 0),
        ]:
            await pilot.press(*keys)
            assert rows.highlighted == expected, keys
            top = rows.scroll_offset.y
            assert top <= expected * 2
            assert expected * 2 + 2 <= top + rows.size.height
        assert app.news[:3] == [
            ("highlighted", "row 1"),
            ("highlighted", "row 2"),
            ("highlighted", "row 1"),
        ]
        app.news.clear()
        await pilot.press("k", "enter")
        assert app.news == [("activated", "row 0")]


async def test_a_row_is_highlighted_by_a_click_and_chosen_by_the_next() -> None:
    app = PairsApp(numbered(100))
    async with app.run_test(size=(40, 12)) as pilot:
        await filled(app, pilot)
        await pilot.click(Pairs, offset=(5, 0))  # highlighted already, but never clicked
        assert app.news == []
        await pilot.click(Pairs, offset=(5, 5))
        assert app.news == [("highlighted", "row 2")]
        await pilot.click(Pairs, offset=(5, 4))
        assert app.news[1:] == [("activated", "row 2")]
        await pilot.press("j", "k")
        app.news.clear()
        await pilot.click(Pairs, offset=(5, 4))
        assert app.news == []
        await pilot.click(Pairs, offset=(5, 8), times=2)
        assert app.news == [("highlighted", "row 4"), ("activated", "row 4")]


async def test_a_click_below_the_last_row_does_nothing() -> None:
    app = PairsApp(numbered(2))
    async with app.run_test(size=(40, 12)) as pilot:
        rows = await filled(app, pilot)
        await pilot.click(Pairs, offset=(5, 9))
        assert rows.highlighted == 0
        assert app.news == []


async def test_the_highlight_stays_on_its_row_when_the_rows_change() -> None:
    app = PairsApp(numbered(100))
    async with app.run_test(size=(40, 12)) as pilot:
        rows = await filled(app, pilot)
        assert rows.highlight_key("row 40")
        rows.rows = tuple(reversed(app.pairs))
        assert rows.highlighted_row == ("row 40", "remark 40")
        await pilot.pause()
        assert "▌ row 40" in screen_text(app)
        rows.rows = app.pairs[:10]  # gone: the nearest that there is
        assert rows.highlighted == 9
        rows.rows = ()
        assert highlight(rows) == (-1, None)
        await pilot.press("j", "G", "enter", "pagedown")
        assert highlight(rows) == (-1, None)
        rows.rows = app.pairs
        assert highlight(rows) == (0, app.pairs[0])
        assert not rows.highlight_key("nobody")
        assert app.news == []


async def test_the_screen_shows_the_rows_and_a_bar_at_the_highlighted_one() -> None:
    app = PairsApp(numbered(3))
    async with app.run_test(size=(30, 8)) as pilot:
        await filled(app, pilot)
        await pilot.press("j")
        await pilot.pause()
        assert screen_text(app) == [
            "  row 0",
            "  remark 0",
            "▌ row 1",
            "▌ remark 1",
            "  row 2",
            "  remark 2",
            "",
            "",
        ]


async def test_the_wheel_scrolls_and_leaves_the_highlight() -> None:
    app = PairsApp(numbered(100))
    async with app.run_test(size=(40, 12)) as pilot:
        rows = await filled(app, pilot)
        wheel = events.MouseScrollDown(rows, 5, 5, 0, 1, 0, False, False, False)
        rows.post_message(wheel)
        await wait_for(pilot, lambda: rows.scroll_offset.y > 0)
        assert rows.highlighted == 0


async def test_an_empty_list_shows_its_placeholder() -> None:
    app = PairsApp(())
    async with app.run_test(size=(24, 8)) as pilot:
        app.list_.placeholder = Content("Nothing [/] here yet, but it will come.")
        await pilot.pause()
        assert screen_text(app)[:2] == ["  Nothing [/] here yet,", "  but it will come."]


@pytest.mark.parametrize("count", [1_000, 100_000])
async def test_only_what_is_on_screen_is_drawn(count: int) -> None:
    app = PairsApp(numbered(count))
    async with app.run_test(size=(40, 12)) as pilot:
        rows = await filled(app, pilot)
        await pilot.press("G", "g", "G", "k")
        await pilot.pause()
        assert rows.drawn < 60


async def test_a_new_theme_or_size_redraws_the_rows() -> None:
    app = PairsApp(numbered(9))
    async with app.run_test(size=(40, 12)) as pilot:
        rows = await filled(app, pilot)
        dark = rows.render_line(1)
        app.theme = THEMES[1].name
        await pilot.pause()
        light = rows.render_line(1)
        assert light.text == dark.text
        assert list(light) != list(dark)
        await pilot.resize_terminal(20, 12)
        await pilot.pause()
        assert rows.render_line(1).cell_length <= 20


HOSTILE = [
    "[red]markup[/] [/] [@click=app.quit]x[/]",
    "\x1b[31mred\x1b[0m\x07\x9b2J",
    "\u202egnp.exe\u2066 a\u200bb",
    "two\nlines\tand a tab\r\n",
    "漢字" * 60,
    "👩‍👩‍👧‍👦🏳️‍🌈🇩🇪" * 20,
    "e\u0301\u0302" * 90,
    "שלום עולם " * 20,
    "\ud800 a lone surrogate",
    "",
    "x" * 100_000,
]


async def test_hostile_rows_are_drawn_within_their_line() -> None:
    app = PairsApp(tuple((text, text) for text in HOSTILE))
    async with app.run_test(size=(40, 30)) as pilot:
        rows = await filled(app, pilot)
        width = rows.scrollable_content_region.width
        for y in range(len(HOSTILE) * 2):
            strip = rows.render_line(y)
            assert strip.cell_length == width
            assert cell_len(strip.text) == width
            assert not any(
                ord(char) < 32 or char in "\u202e\u2066\x9b\ud800" for char in strip.text
            )
        assert HOSTILE[0][:30] in rows.render_line(0).text


@given(st.text(), st.integers(0, 40))
def test_text_that_is_too_long_is_cut_between_graphemes(text: str, width: int) -> None:
    line = sanitise_content(Content.styled(text, "bold"), width)
    assert cell_width(line.plain) <= width
    whole = sanitise_content(Content(text), 10**6).plain
    assert line.plain == clip(whole, width)
    if line.plain != whole and line.plain:
        kept = line.plain[:-1]
        ends = {0, *(end for _, end, _ in split_graphemes(whole)[0])}
        assert len(kept) in ends
    assert all(span.end <= len(line.plain) for span in line.spans)


def test_joining_omits_empty_parts() -> None:
    assert join_parts(["a", "", ("b", "bold"), ("", "bold"), Content("c")]).plain == "a · b · c"
    assert join_parts([]).plain == ""
    assert join_parts(["[/]", Content("[b]")]).plain == "[/] · [b]"
