"""The question before something is done: keys, mouse, the safe default, hostile text."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from textual.app import App
from textual.widgets import Button, Static

from reader.ui.dialogs.confirm import ConfirmScreen
from reader.ui.themes import DARK, VARIABLE_DEFAULTS
from tests.ui.waiting import wait_for


class AskingApp(App[None]):
    def __init__(self, question: str = "Remove “A [/] B”?", detail: str = "It can be undone."):
        super().__init__()
        self.question = question
        self.detail = detail
        self.answers: list[bool | None] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLE_DEFAULTS

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name
        self.push_screen(
            ConfirmScreen(self.question, yes="Remove", no="Keep", detail=self.detail),
            self.answers.append,
        )


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["y"], True),
        (["n"], False),
        (["escape"], False),
        (["q"], False),
        (["enter"], False),
        (["right", "enter"], True),
        (["tab", "enter"], True),
        (["l", "h", "enter"], False),
    ],
)
async def test_a_key_answers(keys: list[str], answer: bool) -> None:
    app = AskingApp()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.pause()
        await pilot.press(*keys)
        await wait_for(pilot, lambda: app.answers)
        assert app.answers == [answer]


@pytest.mark.parametrize(("button", "answer"), [("#confirm-yes", True), ("#confirm-no", False)])
async def test_a_click_answers(button: str, answer: bool) -> None:
    app = AskingApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.pause()
        await pilot.click(button)
        await wait_for(pilot, lambda: app.answers)
        assert app.answers == [answer]


async def test_a_notice_does_not_cover_the_answers() -> None:
    app = AskingApp(detail="Many words. " * 20)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        app.notify("Many words. " * 40, title="Not saved", severity="error", timeout=600)
        await wait_for(pilot, lambda: any(each.region for each in app.screen.query("Toast")))
        for button in app.screen.query(Button):
            shown, _ = app.screen.get_widget_at(*button.region.offset)
            assert shown is button
        await pilot.click("#confirm-yes")
        await wait_for(pilot, lambda: app.answers == [True])


def are_whole_on_screen(buttons: Iterable[Button]) -> bool:
    return all(
        each.size.height == 1 and each.screen.region.contains_region(each.region)
        for each in buttons
    )


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (140, 45)])
async def test_long_and_hostile_text_leaves_the_answers_on_screen(size: tuple[int, int]) -> None:
    app = AskingApp("Remove “[red]\x1b[2J" + "漢字 " * 400 + "”?", "[/] \u202e" + "x" * 90)
    async with app.run_test(size=size) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await wait_for(pilot, lambda: are_whole_on_screen(app.screen.query(Button)))
        question = app.screen.query_one("#confirm-question", Static)
        assert "[red]" in str(question.render())
        assert "\x1b" not in str(question.render())
