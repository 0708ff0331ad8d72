"""Links at a real terminal: letters, a footnote, another article, back and forward."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.test_reading import notes


def test_follow_mark_and_come_back(home: Path, tmp_path: Path) -> None:
    (tmp_path / "two.md").write_text("# Two\n\nThe second article.\n", encoding="utf-8")
    article = tmp_path / "one.md"
    article.write_text(
        "# One\n\nA note[^1] and [another](two.md).\n\n[^1]: What it says.\n", encoding="utf-8"
    )
    with Terminal([*MARGIN, article], home=home) as terminal:
        terminal.wait_for("A note[1] and another.")
        terminal.send("f")
        terminal.wait_for("A notea1] and snother.")
        terminal.send("a")
        terminal.wait_for("g go there")
        terminal.send("escape")
        terminal.wait_for(lambda screen: "g go there" not in screen)
        terminal.send("f")
        terminal.wait_for("snother")
        terminal.send("s")
        terminal.wait_for("The second article.")
        terminal.send("backspace")
        terminal.wait_for("A note[1] and another.")
        terminal.send("ctrl+n")
        terminal.wait_for("The second article.")
        terminal.send("ctrl+o")
        terminal.wait_for("A note[1] and another.")
        terminal.send("ctrl+n")
        terminal.wait_for("The second article.")
        terminal.settle()
        terminal.send("}", "1")
        terminal.wait_for("Marked as quote")
        terminal.send("q")
        terminal.wait_for("A note[1] and another.")
        terminal.send("q")
        assert terminal.wait() == 0
    (note,) = notes(home)
    assert note["quote"] == "The second article."
