"""A note is written in the reader's own editor, which gets the terminal."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.test_reading import ESSAY, notes

TITLE = "The Long Way to Tell Time"


def editor(folder: Path, script: str) -> dict[str, str]:
    """Return an environment whose editor is a script; its argument is the file."""
    path = folder / "my editor"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return {"EDITOR": f"'{path}'"}


def write_half(terminal: Terminal) -> None:
    """Open the note of a sentence, and type into it."""
    terminal.wait_for(TITLE)
    terminal.send(")", "1")
    terminal.wait_for("Marked as quote")
    terminal.send("enter")
    terminal.wait_for("ctrl+s")
    terminal.send(*"half")
    terminal.wait_for("half")


def wait_for_file(terminal: Terminal, path: Path) -> str:
    end = time.monotonic() + 20
    while not path.exists() or not path.read_text():
        assert time.monotonic() < end, path
        terminal.read(0.1)
    return path.read_text()


def test_what_is_written_elsewhere_is_the_note(home: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    script = f"""
echo "my editor has the terminal"; read answer
stat -c '%a %n' "$1" > {seen}; cat "$1" >> {seen}
printf 'a \\033[31mwhole\\033[0m thought\\r\\n\\r\\nof $answer\\n' > "$1"
sed -i "s/.answer/$answer/" "$1"
"""
    with Terminal([*MARGIN, ESSAY], home=home, environment=editor(tmp_path, script)) as terminal:
        write_half(terminal)
        terminal.send("ctrl+o")
        terminal.wait_for("my editor has the terminal")
        terminal.send("mine\r")
        terminal.wait_for("of mine")
        assert seen.read_text().startswith("600 ")
        assert seen.read_text().endswith("\nhalf\n")
        terminal.send("!", "ctrl+s")
        terminal.wait_for("✓ saved")
        terminal.send("q")
        assert terminal.wait() == 0
    (note,) = notes(home)
    assert note["note"] in ("a whole thought\n\nof mine!", "!a whole thought\n\nof mine")
    assert not list((home / ".local/share/margin/drafts").iterdir())


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("exit 3", "failed with exit code 3: the note is as it was"),
        ('echo lost > "$1"; exit 1', "failed with exit code 1"),
        (': > "$1"', "left nothing: the note is as it was"),
        ('rm "$1"', "left nothing: the note is as it was"),
        ("true", "Nothing new from my editor"),
        ("kill -9 $$", "was ended by a signal"),
    ],
)
def test_what_went_wrong_is_said_and_the_note_stays(
    home: Path, tmp_path: Path, script: str, sentence: str
) -> None:
    with Terminal([*MARGIN, ESSAY], home=home, environment=editor(tmp_path, script)) as terminal:
        write_half(terminal)
        terminal.send("ctrl+o")
        terminal.wait_for(sentence)
        terminal.send("!", "ctrl+s")
        terminal.wait_for("✓ saved")
        terminal.send("q")
        assert terminal.wait() == 0
    assert [note["note"] for note in notes(home)] == ["half!"]


def test_keys_that_interrupt_the_editor_do_not_end_the_program(home: Path, tmp_path: Path) -> None:
    script = """
trap interrupted=yes INT
echo ready
while [ -z "$interrupted" ]; do sleep 0.05; done
echo "still here" > "$1"
"""
    with Terminal([*MARGIN, ESSAY], home=home, environment=editor(tmp_path, script)) as terminal:
        write_half(terminal)
        terminal.send("ctrl+o")
        terminal.wait_for("ready")
        terminal.send("ctrl+c")
        terminal.wait_for("still here")
        terminal.send("ctrl+s")
        terminal.wait_for("✓ saved")
        terminal.send("q")
        assert terminal.wait() == 0
    assert [note["note"] for note in notes(home)] == ["still here"]


def test_what_an_editor_wrote_after_a_crash_is_offered(home: Path, tmp_path: Path) -> None:
    go, done = tmp_path / "go", tmp_path / "done"
    script = f"""
trap '' HUP
echo ready
while [ ! -e {go} ]; do sleep 0.05; done
echo "written after the crash" > "$1"
echo yes > {done}
"""
    with Terminal([*MARGIN, ESSAY], home=home, environment=editor(tmp_path, script)) as terminal:
        write_half(terminal)
        terminal.send("ctrl+o")
        terminal.wait_for("ready")
        os.kill(terminal.pid, signal.SIGKILL)
        go.touch()
        wait_for_file(terminal, done)
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for("✓ saved")
        terminal.send(">", "enter")
        screen = terminal.wait_for("written after the crash")
        assert "Your text of" in screen
        terminal.send("ctrl+s")
        terminal.wait_for("✎")
        terminal.wait_for("✓ saved")
        terminal.send("q")
        assert terminal.wait() == 0
    assert [note["note"] for note in notes(home)] == ["written after the crash"]
    assert not list((home / ".local/share/margin/drafts").iterdir())


def test_a_signal_ends_the_editor_and_saves_the_note(home: Path, tmp_path: Path) -> None:
    script = 'echo "what I had saved" > "$1"; echo ready; exec sleep 60'
    with Terminal([*MARGIN, ESSAY], home=home, environment=editor(tmp_path, script)) as terminal:
        write_half(terminal)
        terminal.send("ctrl+o")
        terminal.wait_for("ready")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 128 + signal.SIGTERM
    (note,) = notes(home)
    assert note["note"] in ("half", "what I had saved")
