"""The note's Markdown as it will be read, and the program that the environment names."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste

from reader.ui.dialogs.note_editor.program import ProgramError, program_command
from tests.ui.reading_app import Reader, opened, texts_of
from tests.ui.stage import HOSTILE
from tests.ui.test_docked_editor import ARTICLE, editing, left, marked

NOTE = """---
# Ask *the* clerk

See [the minutes](https://example.org/minutes) <b>now</b>.

- who signed?"""

SIZES = [(140, 45), (80, 24), (80, 12), (60, 20), (40, 12), (20, 6)]


async def pasted(reader: Reader, text: str) -> None:
    reader.app.post_message(Paste(text))
    await reader.until(lambda: "clerk" in texts_of(reader.lines), "the text")


@pytest.mark.parametrize("size", SIZES)
async def test_a_key_shows_the_note_as_it_will_be_read(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, ARTICLE, size=size) as reader:
        await marked(reader)
        editor = await editing(reader)
        reader.app.post_message(Paste("# Ask *the* clerk"))
        await reader.until(lambda: editor.note.text, "the text")
        await reader.press("ctrl+t")
        await reader.until(lambda: "Ask the clerk" in texts_of(reader.lines), "the preview")
        assert "*the*" not in texts_of(reader.lines)
        await reader.press("x", "1", "j", "space")
        assert editor.note.text == "# Ask *the* clerk", "nothing is typed into a preview"
        await reader.press("escape")
        assert reader.app.focused is editor.note
        await left(reader, "!", "ctrl+s")
        assert [each.note for each in reader.annotations] == ["# Ask *the* clerk!"]


async def test_a_link_of_a_note_is_shown_and_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited: list[str] = []
    monkeypatch.setattr("webbrowser.get", lambda *_: visited.append("a browser"))
    async with opened(tmp_path, ARTICLE) as reader:
        await marked(reader)
        editor = await editing(reader)
        await pasted(reader, NOTE)
        await reader.press("ctrl+t")
        await reader.until(lambda: "the minutes now" in texts_of(reader.lines), "the preview")
        x, y = reader.find("minutes")
        await reader.pilot.click(offset=(x, y))
        await reader.pilot.click(offset=(x, y), control=True)
        await reader.press("f", "enter", "o")
        assert reader.app.screen is editor
        assert visited == []


async def test_hostile_notes_are_shown_safely(tmp_path: Path) -> None:
    async with opened(tmp_path, ARTICLE) as reader:
        await marked(reader)
        editor = await editing(reader)
        editor.note.text = f"{HOSTILE}\n\n[x](javascript:alert(1)) ![p](file:///etc/passwd)"
        await reader.press("ctrl+t")
        await reader.until(lambda: editor.note_field.preview.display, "the preview")
        shown = "\n".join(reader.lines)
        assert "[red]b[/red]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        await reader.press("ctrl+t")
        editor.note.text = ""
        await reader.press("ctrl+t", "ctrl+t")
        assert reader.app.focused is editor.note, "an empty note has a preview, too"


async def test_where_no_program_can_be_run_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with opened(tmp_path, ARTICLE) as reader:
        await marked(reader)
        editor = await editing(reader)
        await reader.type("half")
        await reader.press("ctrl+o")
        await reader.until(lambda: "no terminal" in texts_of(reader.lines), "the sentence")
        assert editor.note.text == "half"
        assert not list((reader.folder / "drafts").glob("*.md"))


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"EDITOR": "true"}, ["true"]),
        ({"VISUAL": "env -i", "EDITOR": "true"}, ["env", "-i"]),
        ({"VISUAL": " ", "EDITOR": "true '-c set x'"}, ["true", "-c set x"]),
    ],
)
def test_the_environment_names_the_program(environment: dict[str, str], command: list[str]) -> None:
    assert program_command({"PATH": "/usr/bin:/bin", **environment}) == command


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "Set $VISUAL or $EDITOR"),
        ({"EDITOR": ""}, "Set $VISUAL or $EDITOR"),
        ({"EDITOR": "no-such-editor -x"}, "$EDITOR names no-such-editor, which is not installed"),
        ({"VISUAL": "/no/such/vim"}, "$VISUAL names vim, which is not installed"),
        ({"VISUAL": "vim 'x"}, "$VISUAL is no command: vim 'x"),
        ({"EDITOR": "''"}, "$EDITOR names"),
        ({"EDITOR": "\x1b[31mvim"}, "$EDITOR names"),
    ],
)
def test_what_cannot_be_run_is_named(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(ProgramError) as caught:
        program_command({"PATH": "/usr/bin:/bin", **environment})
    assert sentence in str(caught.value)
    assert "\x1b" not in str(caught.value)
