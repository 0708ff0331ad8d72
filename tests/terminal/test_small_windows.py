"""A terminal that becomes too small: what is open stays, and no key or click reaches it."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.test_reading import ESSAY, notes


def test_a_note_waits_for_a_larger_window(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for("The Long Way to Tell Time")
        terminal.send(")", "2")
        terminal.wait_for("Marked as claim")
        terminal.send("enter")
        terminal.wait_for("ctrl+s")
        terminal.send(*"half a thought", "escape")
        terminal.wait_for("Not saved yet.")
        terminal.resize(20, 3)
        terminal.wait_for("Window too small")
        terminal.send("d", "enter", "escape", "q", "y")
        terminal.click(1, 1)
        terminal.settle()
        assert "Window too small" in terminal.text
        terminal.resize(80, 24)
        terminal.wait_for("half a thought")
        terminal.send("s")
        terminal.wait_for("✎")
        terminal.wait_for("✓ saved")
        terminal.send("q")
        assert terminal.wait() == 0
    assert [note["note"] for note in notes(home)] == ["half a thought"]
