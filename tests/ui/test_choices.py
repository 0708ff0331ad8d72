"""Options side by side: keys, mouse, several lines, one or several chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import on
from textual.app import App, ComposeResult

from reader.ui.themes import DARK, VARIABLE_DEFAULTS
from reader.ui.widgets.choices import Choice, Choices, tag_choices
from tests.ui.stage import HOSTILE, OWN_TAGS, screen_text

STATUSES = tuple(Choice(name, name) for name in ("unchecked", "supported", "disputed"))


class ChoicesApp(App[None]):
    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.choices = choices
        self.news: list[tuple[str, ...]] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLE_DEFAULTS

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name
        self.choices.focus()

    def compose(self) -> ComposeResult:
        yield self.choices

    @on(Choices.Changed)
    def keep(self, event: Choices.Changed) -> None:
        assert event.control is self.choices
        self.news.append(event.chosen)


def tags(chosen: tuple[str, ...] = ()) -> Choices:
    return Choices(tag_choices(OWN_TAGS), chosen, is_multiple=True)


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ("2", ("quote", "claim")),
        ("1", ()),
        ("1 3 1", ("context", "quote")),
        ("4", ("quote", "money")),
        ("right space", ("quote", "claim")),
        ("l l enter", ("quote", "context")),
        ("left space", ()),
        ("5", ("quote",)),
    ],
)
async def test_tags_are_toggled_by_digit_and_by_cursor(keys: str, chosen: tuple[str, ...]) -> None:
    app = ChoicesApp(tags(("quote",)))
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press(*keys.split())
        assert app.choices.chosen == chosen


@pytest.mark.parametrize(
    ("is_optional", "keys", "chosen"),
    [
        (False, "s", ("supported",)),
        (False, "d d", ("disputed",)),
        (True, "d d", ()),
        (True, "right right space", ("disputed",)),
        (False, "u s", ("supported",)),
    ],
)
async def test_an_option_is_chosen_by_its_first_letter(
    is_optional: bool, keys: str, chosen: tuple[str, ...]
) -> None:
    app = ChoicesApp(Choices(STATUSES, is_optional=is_optional))
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press(*keys.split())
        assert app.choices.chosen == chosen
        assert app.news[-1] == chosen


async def test_a_click_chooses_an_option_on_any_line() -> None:
    app = ChoicesApp(tags())
    async with app.run_test(size=(40, 10)) as pilot:
        lines = screen_text(app).splitlines()
        assert app.choices.size.height == 2
        row, line = next((y, line) for y, line in enumerate(lines) if "context" in line)
        assert row == 1
        await pilot.click(Choices, offset=(line.index("context"), row))
        assert app.choices.chosen == ("context",)
        gap = screen_text(app).splitlines()[0].index("quote") + len("quote") + 1
        await pilot.click(Choices, offset=(gap, 0))
        assert app.choices.chosen == ("context",)


async def test_the_cursor_goes_from_line_to_line() -> None:
    app = ChoicesApp(tags())
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "space", "up", "space")
        assert app.choices.chosen == ("context", "quote")


@pytest.mark.parametrize("width", [10, 24, 80])
async def test_hostile_labels_stay_in_their_place(width: int, tmp_path: Path) -> None:
    app = ChoicesApp(Choices([Choice("a", HOSTILE), Choice("b", "fine")], is_multiple=True))
    async with app.run_test(size=(width, 10)) as pilot:
        await pilot.press("right", "space")
        text = screen_text(app)
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "[x] fine" in text
        assert app.choices.chosen == ("b",)


async def test_new_options_keep_the_cursor_inside() -> None:
    app = ChoicesApp(tags())
    async with app.run_test(size=(80, 10)) as pilot:
        await pilot.press("right", "right", "right")
        app.choices.options = STATUSES[:1]
        await pilot.press("space")
        assert app.choices.chosen == ("unchecked",)
