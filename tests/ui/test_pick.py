"""Picking one of several annotations: digits, keys, mouse, hostile text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reader.config import Settings
from reader.core.annotation import Annotation
from reader.ui.dialogs.pick import PickScreen
from reader.ui.dialogs.pick_annotation import annotation_picker
from reader.ui.themes import VARIABLE_DEFAULTS
from tests.ui.stage import HOSTILE, OWN_TAGS, annotation, screen_text, stage
from tests.ui.waiting import wait_for

OFFERED = [
    annotation(1, exact="never once audited", tags=["quote"], note="who says so?", speaker="Smith"),
    annotation(2),
    annotation(3, exact=HOSTILE, note=HOSTILE, tags=["own [/]"]),
]


def picker(annotations: Sequence[Annotation]) -> PickScreen:
    return annotation_picker(annotations, Settings(tags=OWN_TAGS), VARIABLE_DEFAULTS)


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ("2", 1),
        ("enter", 0),
        ("j j enter", 2),
        ("escape", None),
        ("q", None),
        ("9 down enter", 1),
    ],
)
@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_keys_choose(
    tmp_path: Path, keys: str, chosen: int | None, size: tuple[int, int]
) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = picker(OFFERED)
        app.show(screen)
        await wait_for(pilot, lambda: screen.is_mounted and screen.focused)
        await pilot.press(*keys.split())
        await wait_for(pilot, lambda: app.results)
        assert app.results == [chosen]


async def test_rows_show_their_annotations(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.show(picker(OFFERED))
        await wait_for(pilot, lambda: "never once" in screen_text(app))
        text = screen_text(app)
        for words in ("3 annotations here", "1 ❝ never once", "who says so?", "Smith", "3 # a [/]"):
            assert words in text
        assert "esc close" in text
        assert "\x1b" not in text


async def test_a_double_click_chooses(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.show(picker(OFFERED))
        await wait_for(pilot, lambda: "never once" in screen_text(app))
        await pilot.click("PickRows", offset=(10, 3), times=2)
        await wait_for(pilot, lambda: app.results)
        assert app.results == [1]


async def test_many_scroll_and_nothing_is_cut_off(tmp_path: Path) -> None:
    app = stage(tmp_path)
    many = [annotation(number, exact=f"passage {number}") for number in range(1, 41)]
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.show(picker(many))
        await wait_for(pilot, lambda: "passage 1" in screen_text(app))
        assert "esc close" in screen_text(app)
        await pilot.press("G")
        assert "passage 40" in screen_text(app)
        assert "esc close" in screen_text(app)
