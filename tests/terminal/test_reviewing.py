"""A review in a real terminal: what was graded is kept, also when the program is killed."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_adding import margin
from tests.terminal.driver import MARGIN, Terminal

TIDES = "# The tides\n\nIt closed in March.\n\nIt opened in May.\n\nIt closed again in June.\n"


def test_what_was_graded_is_kept_when_the_program_is_killed_in_the_middle(home: Path) -> None:
    (home / "tides.md").write_text(TIDES, encoding="utf-8")
    for quote, tag in (("closed in March", "quote"), ("opened in May", "claim"), ("June", "quote")):
        margin(home, "annotate", "tides.md", "--quote", quote, "--tag", tag)
    assert "Nothing is due" in margin(home, "review", code=1)[1]
    with Terminal([*MARGIN, "review", "tides"], home=home) as terminal:
        terminal.wait_for("1 of 3")
        terminal.send("3")
        terminal.wait_for("2 of 3")
        terminal.send("7")
        terminal.wait_for("3 of 3")
        terminal.kill()
    asked = {each["quote"]: each for each in json.loads(margin(home, "review", "t", "--json")[0])}
    assert [each["reviews"] for each in asked.values()].count(1) == 2
    assert asked["opened in May"]["due"]
    assert asked["opened in May"]["status"] == "unchecked"
    with Terminal([*MARGIN, "review", "tides"], home=home) as terminal:
        terminal.wait_for("1 of 3")
        terminal.send("4", "escape")
        terminal.wait_for("1 answer in 1 min: 1 easy.")
        terminal.send("q")
        assert terminal.wait() == 0
    again = json.loads(margin(home, "review", "t", "--json")[0])
    assert sum(each["reviews"] for each in again) == 3


def test_notes_are_put_back_into_review_in_the_shell(home: Path) -> None:
    (home / "tides.md").write_text(TIDES, encoding="utf-8")
    margin(home, "annotate", "tides.md", "--quote", "closed in March")
    assert "0 notes" in margin(home, "review", "--resume", "tides", code=1)[1]
    assert "Name the notes" in margin(home, "review", "--resume", code=2)[1]
    out = margin(home, "review", "--list", "march")[0]
    assert out.startswith("[not reviewed yet · quote]")
    assert "No note was found" in margin(home, "review", "--list", "april", code=1)[1]
