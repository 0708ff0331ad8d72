"""What is being written survives a crash and a closed window."""

from __future__ import annotations

import signal
import time
from pathlib import Path

from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.test_reading import ESSAY, notes


def write_without_saving(terminal: Terminal, home: Path, words: str) -> None:
    terminal.wait_for("The Long Way to Tell Time")
    terminal.send(")", "1")
    terminal.wait_for("Marked as quote")
    terminal.send("enter")
    terminal.wait_for("ctrl+s")
    terminal.send(*words)
    terminal.wait_for(words)


def test_a_note_that_was_being_written_is_offered_again_after_a_crash(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        write_without_saving(terminal, home, "half a thought")
        drafts = home / ".local/share/margin/drafts"
        end = time.monotonic() + 20
        while "half a thought" not in "".join(each.read_text() for each in drafts.glob("*.json")):
            assert time.monotonic() < end
            terminal.read(0.1)
        terminal.kill()
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for("✓ saved")
        terminal.send(">", "enter")
        screen = terminal.wait_for("half a thought")
        assert "Your text of" in screen
        terminal.send("ctrl+s")
        terminal.wait_for("✎")
        terminal.wait_for("✓ saved")
        terminal.send("q")
        assert terminal.wait() == 0
    assert [note["note"] for note in notes(home)] == ["half a thought"]
    assert not list(drafts.glob("*.json"))


def test_a_closed_window_saves_what_was_being_written(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        write_without_saving(terminal, home, "closing time")
        terminal.kill(signal.SIGHUP)
    assert [note["note"] for note in notes(home)] == ["closing time"]
