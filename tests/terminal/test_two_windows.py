"""Two windows of Margin on one article."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.test_reading import ESSAY, notes

FOCUS_IN = "\x1b[I"
"""What a terminal sends when its window gets the focus."""


def test_two_windows_lose_nothing_and_show_each_others_marks(home: Path) -> None:
    with (
        Terminal([*MARGIN, ESSAY], home=home) as one,
        Terminal([*MARGIN, ESSAY], home=home) as other,
    ):
        one.wait_for("The Long Way to Tell Time")
        other.wait_for("The Long Way to Tell Time")
        one.send("}", "}", "2")
        one.wait_for("Marked as claim")
        one.wait_for("✓ saved")
        assert "⚑" not in other.text.replace("⚑ claim", "")
        other.send(FOCUS_IN)
        other.wait_for("⚑?▎")
        other.send("}", "}", ")", "3")
        other.wait_for("Marked as context")
        other.wait_for("✓ saved")
        one.send(">", "u")  # undo here takes back only what was done here
        one.wait_for("Undone")
        one.wait_for("✓ saved")
        for terminal in (one, other):
            terminal.send("q")
            assert terminal.wait() == 0
    assert [note["tags"] for note in notes(home)] == [["context"]]
