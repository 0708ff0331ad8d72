"""The help: every key of a screen, remapped ones too, wrapped to its width."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from reader.core.annotation import STANDARD_TAGS
from reader.core.claims import STANDARD_STATUSES, ClaimStatus
from reader.ui.commands import (
    ANNOTATIONS,
    CHANGES,
    COMPARING,
    CONTENTS,
    DELETED,
    EDITOR,
    EVIDENCE,
    IMPORTING,
    LIBRARY,
    NOTES,
    OLD_VERSION,
    READING,
    VAULT,
    VERSIONS,
    commands_of,
    keys_of,
)
from reader.ui.dialogs.help import HelpScreen, Section, help_lines, help_sections
from reader.ui.themes import DARK
from reader.ui.widgets.scroll_box import ScrollBox
from tests.ui.stage import OWN_TAGS, screen_text, stage
from tests.ui.waiting import wait_for

READING_PANELS = (ANNOTATIONS, CONTENTS, EDITOR, COMPARING, DELETED, EVIDENCE, VERSIONS)
VARIABLES = dict(DARK.variables) | {"accent": "#e6c384"}


def plain(screen_name: str, keymap: dict[str, str] | None = None, width: int = 72) -> str:
    sections = help_sections(screen_name, keymap or {}, OWN_TAGS, VARIABLES)
    return "\n".join(line.plain for line in help_lines(sections, width))


@pytest.mark.parametrize("screen_name", [OLD_VERSION, CHANGES])
def test_nothing_is_said_of_marking_where_nothing_can_be_marked(screen_name: str) -> None:
    how, *_ = help_sections(screen_name, {}, OWN_TAGS, VARIABLES)
    text = " ".join(" ".join(line.plain for line in help_lines([how], 72)).split())
    reading = " ".join(plain(READING).split())
    assert "by sentence" in text
    for words in ("Tag ", "Check ", "Note ", "undoes", "any sentence on screen"):
        assert words in reading
        assert words not in text


@pytest.mark.parametrize("screen_name", [IMPORTING, VAULT])
def test_a_plan_is_explained_as_a_list_with_its_own_signs(screen_name: str) -> None:
    text = " ".join(plain(screen_name).split())
    for words in ("A row down, a row up.", "! To look at:", "~ Changed."):
        assert words in text
    for words in ("by sentence", "The annotation has a note.", "Tagged"):
        assert words not in text


@pytest.mark.parametrize("screen_name", [READING, LIBRARY, NOTES])
@pytest.mark.parametrize("width", [60, 72, 128])
def test_every_command_is_there_with_its_keys(screen_name: str, width: int) -> None:
    lines = plain(screen_name, width=width).splitlines()
    panels = (ANNOTATIONS, CONTENTS) if screen_name == READING else ()
    for name in (screen_name, *panels):
        for command in commands_of(name):
            if command.id.startswith(("tag.", "status.")):
                continue
            keys = " ".join(keys_of(command))
            begin = " ".join(command.help.split()[:2])
            assert any(keys in line and begin in line for line in lines) or (
                keys in "\n".join(lines) and len(keys) > 12
            ), command


@pytest.mark.parametrize("screen_name", [READING, LIBRARY, NOTES])
@pytest.mark.parametrize("width", [40, 66, 128])
def test_every_command_is_there_with_its_id(screen_name: str, width: int) -> None:
    words = plain(screen_name, width=width).split()
    panels = READING_PANELS if screen_name == READING else ()
    for name in (screen_name, *panels):
        for command in commands_of(name):
            if not command.id.startswith(("tag.", "status.")):
                assert command.id in words
    assert "tag.1" in words or screen_name != READING
    assert "status.r" in words or screen_name == LIBRARY


def test_the_help_says_where_the_settings_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARGIN_CONFIG", "/home/ada/keys.toml")
    assert "/home/ada/keys.toml" in plain(READING)


@pytest.mark.parametrize("screen_name", [READING, NOTES])
def test_statuses_are_named_and_those_without_a_status_left_out(screen_name: str) -> None:
    own = (*STANDARD_STATUSES, ClaimStatus("half true", "h", "½", "#ff8800"))
    sections = help_sections(screen_name, {}, OWN_TAGS, VARIABLES, own)
    text = "\n".join(line.plain for line in help_lines(sections, 128))
    assert "status.h" in text
    assert "status.m" not in text
    assert "A claim that is half true; its letter is h." in " ".join(text.split())
    assert "A claim that is refuted; its letter is r." in " ".join(text.split())


def test_tags_are_named_and_those_without_a_tag_left_out() -> None:
    text = plain(READING)
    assert "4 € money" in text
    assert "Tag as money" in text
    assert "Tag as quote" in text
    assert "Tag 5" not in text
    assert "from the settings" not in text


def test_remapped_keys_are_shown_as_people_write_them() -> None:
    text = plain(READING, {"line.down": "ctrl+n,question_mark", "tag.1": "exclamation_mark"})
    assert "ctrl+n ? " in text
    assert "ctrl+n and k go by line" in text


@given(
    st.lists(
        st.tuples(st.text(max_size=20), st.lists(st.tuples(st.text(max_size=20), st.text()))),
        min_size=1,
        max_size=6,
    ),
    st.integers(30, 160),
)
def test_no_section_is_lost(parts: list[tuple[str, list[tuple[str, str]]]], width: int) -> None:
    sections = [
        Section(f"title {index}", tuple((Content(key), f"text {index}") for key, _ in rows))
        for index, (_, rows) in enumerate(parts)
    ]
    text = "\n".join(line.plain for line in help_lines(sections, width))
    for index, section in enumerate(sections):
        assert f"title {index}" in text
        assert text.count(f"text {index}") >= len(section.rows)


@pytest.mark.parametrize("screen_name", [READING, LIBRARY, NOTES])
@pytest.mark.parametrize("width", [66, 72, 126])
def test_no_line_is_wider_than_the_help(screen_name: str, width: int) -> None:
    sections = help_sections(screen_name, {}, STANDARD_TAGS, VARIABLES)
    for line in help_lines(sections, width):
        assert line.cell_length <= width, line.plain


@pytest.mark.parametrize("key", ["question_mark", "q", "escape"])
async def test_the_help_scrolls_and_closes(tmp_path: Path, key: str) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.show(HelpScreen(READING, {}))
        await wait_for(pilot, lambda: "How to work" in screen_text(app))
        assert "esc close" in screen_text(app)
        scroll = app.screen.query_one(ScrollBox)
        await pilot.press("j", "j", "space", "b", "G")
        await wait_for(pilot, lambda: scroll.scroll_offset.y == scroll.max_scroll_y > 0)
        assert "not saved" in screen_text(app)
        await pilot.press("g")
        await wait_for(pilot, lambda: scroll.scroll_offset.y == 0)
        await pilot.press(key)
        await wait_for(pilot, lambda: app.results)
        assert app.results == [None]


async def test_two_columns_where_there_is_room(tmp_path: Path) -> None:
    app = stage(tmp_path)
    async with app.run_test(size=(140, 45), notifications=True) as pilot:
        app.show(HelpScreen(READING, {}))
        await wait_for(pilot, lambda: "How to work" in screen_text(app))
        assert any(
            "Moving" in line and len(line.split("Moving")[1].split()) > 1
            for line in screen_text(app).splitlines()
        )
        await pilot.resize_terminal(80, 24)
        await wait_for(
            pilot,
            lambda: any(line.strip(" │") == "Moving" for line in screen_text(app).splitlines()),
        )
