"""The panel of contents: headings, the present section, requests."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.core.document import Document
from reader.core.outline import Outline
from reader.ui.messages import HeadingHighlighted, PanelClosed
from reader.ui.widgets.contents import Contents
from tests.ui.stage import HOSTILE, Stage, document, reading, screen_text, settled, stage
from tests.ui.waiting import wait_for

ARTICLE = document(
    (1, "The quiet ledger"),
    (0, "word " * 100),
    (2, "Who paid"),
    (0, "word " * 100),
    (4, "The harbour fund"),
    (0, "word " * 100),
    (2, "Café and coda"),
    (0, "word " * 100),
)
OFFSETS = [entry.offset for entry in Outline(ARTICLE).entries]


def opened(folder: Path, of: Document = ARTICLE, caret: int = 0) -> Stage:
    app = stage(folder, Contents(Outline(of), caret))
    app.set_reactive(Stage.state, reading(of=of))
    return app


def panel(app: Stage) -> Contents:
    return app.query_one(Contents)


def highlighted(app: Stage) -> int | None:
    row = panel(app).rows.highlighted_row
    return row.entry.offset if row else None


@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_headings_are_indented_and_the_present_one_marked(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = opened(tmp_path, caret=OFFSETS[1] + 20)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot, panel(app))
        lines = screen_text(app).splitlines()
        top = next(line for line in lines if "quiet ledger" in line)
        present = next(line for line in lines if "Who paid" in line)
        below = next(line for line in lines if "harbour fund" in line)
        assert top.index("The") < present.index("Who") < below.index("The")
        assert "▸" in present
        assert "▸" not in top + below
        assert " 0%" in top
        assert f"{OFFSETS[2] * 100 // len(ARTICLE.text)}%" in below
        assert highlighted(app) == OFFSETS[1]
        assert panel(app).rows.has_focus
        assert "esc back" in screen_text(app)
        area = panel(app).region
        assert area.width == size[0] if size[0] < 110 else (area.right, area.height) == size


async def test_the_article_follows_the_highlight_and_enter_stays_there(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await pilot.press("j", "j", "enter")
        await wait_for(pilot, lambda: len(app.messages) == 4)
        places = [each.offset for each in app.messages if isinstance(each, HeadingHighlighted)]
        assert places == [OFFSETS[1], OFFSETS[2], OFFSETS[2]]
        assert isinstance(app.messages[-1], PanelClosed)
        assert app.messages[-1].is_accepted


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_escape_goes_back(tmp_path: Path, key: str) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await pilot.press(key)
        await wait_for(pilot, lambda: app.messages)
        (closed,) = app.messages
        assert isinstance(closed, PanelClosed)
        assert not closed.is_accepted


async def test_the_mouse_goes_there(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await pilot.click(panel(app).rows, offset=(8, 3), times=2)
        await wait_for(pilot, lambda: app.messages and isinstance(app.messages[-1], PanelClosed))
        assert isinstance(app.messages[0], HeadingHighlighted)
        assert app.messages[0].offset == OFFSETS[3]


async def test_the_filter_ignores_case_and_accents(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await pilot.press("slash", *"CAFE")
        await wait_for(pilot, lambda: len(panel(app).rows.rows) == 1)
        assert highlighted(app) == OFFSETS[3]
        assert "1 of 4" in screen_text(app)
        await pilot.press("enter", "escape")
        await wait_for(pilot, lambda: len(panel(app).rows.rows) == 4)
        assert not app.messages
        await pilot.press("slash", *"zzz")
        await wait_for(pilot, lambda: "Nothing fits “zzz”" in screen_text(app))


async def test_the_panel_says_when_there_are_no_headings(tmp_path: Path) -> None:
    app = opened(tmp_path, document((0, "Only a paragraph.")))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        assert "no headings" in screen_text(app)
        await pilot.press("j", "enter", "escape")
        await wait_for(pilot, lambda: app.messages)
        assert [type(each) for each in app.messages] == [PanelClosed]


async def test_headings_appear_while_the_article_is_still_loading(tmp_path: Path) -> None:
    begun = replace(document((0, "The beginning.")), is_complete=False)
    app = opened(tmp_path, begun)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        assert "still being read" in screen_text(app)
        app.state = reading(of=ARTICLE)
        await wait_for(pilot, lambda: len(panel(app).rows.rows) == 4)
        assert "Who paid" in screen_text(app)


@pytest.mark.parametrize("width", [30, 80, 140])
async def test_hostile_headings_are_harmless(tmp_path: Path, width: int) -> None:
    deep = [(level, f"{HOSTILE} {level}") for level in (1, 2, 3, 4, 5, 6)]
    app = opened(tmp_path, document(*deep))
    async with app.run_test(size=(width, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        text = screen_text(app)
        assert "a [/] [red]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text


async def test_the_keys_at_the_bottom_follow_the_focus_and_can_be_clicked(tmp_path: Path) -> None:
    app = opened(tmp_path, caret=OFFSETS[2])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot, panel(app))
        await wait_for(pilot, lambda: "go there" in screen_text(app))
        line = screen_text(app).splitlines()[-1]
        await pilot.click(offset=(line.index("filter"), 23))
        await wait_for(pilot, lambda: "show all" in screen_text(app))
        await pilot.press(*"coda")
        line = screen_text(app).splitlines()[-1]
        await pilot.click(offset=(line.index("to the list"), 23))
        await wait_for(pilot, lambda: "go there" in screen_text(app))
        await pilot.click(offset=(line.index("enter"), 23))
        await wait_for(pilot, lambda: len(app.messages) == 2)
        assert isinstance(app.messages[0], HeadingHighlighted)
        assert app.messages[0].offset == OFFSETS[3]
