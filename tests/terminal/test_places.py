"""A changed, a lost and a renamed article, at a real terminal and in the shell."""

from __future__ import annotations

import json
from pathlib import Path

from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.test_reading import margin, notes

TEXT = """# The tide tables

The harbour kept two clocks that never agreed. It closed in March after the second great storm.

The council met twice in June. Nobody knew why the old ferry had been sold for scrap iron.
"""
CLOSED = "It closed in March after the second great storm."
CLOSED_NOW = "It closed early in April, after the second great storm."
FERRY = "Nobody knew why the old ferry had been sold for scrap iron."


def marked(folder: Path, home: Path) -> Path:
    """Write an article, and mark two passages from the shell."""
    path = folder / "tides.md"
    path.write_text(TEXT, encoding="utf-8")
    for quote in (CLOSED, FERRY):
        answer = margin(home, "annotate", path, "--quote", quote, "--tag", "claim")
        assert (answer.returncode, answer.stderr) == (0, "")
    return path


def change(path: Path) -> None:
    text = TEXT.replace(CLOSED, CLOSED_NOW).replace(f" {FERRY}", "")
    path.write_text(text, encoding="utf-8")


def test_a_changed_article_is_looked_through(home: Path, tmp_path: Path) -> None:
    path = marked(tmp_path, home)
    change(path)
    with Terminal([*MARGIN, path], size=(140, 45), home=home) as terminal:
        terminal.wait_for("The article has changed: 1 passage")
        terminal.wait_for("≠")
        terminal.send("c")
        terminal.wait_for(  # the two wordings stand beside each other
            lambda screen: any(
                "As it was marked" in line and "As it reads now" in line
                for line in screen.splitlines()
            )
        )
        terminal.send("enter")
        terminal.wait_for("◌ lost its place")
        terminal.send("escape")
        terminal.wait_for("✓ saved")
        terminal.send("g", "O")
        terminal.wait_for("Old version as it was on")
        terminal.wait_for("It closed in March")
        terminal.send("q")
        terminal.wait_for("It closed early in April")
        terminal.send("q")
        assert terminal.wait() == 0
    kept = next(note for note in notes(home) if note["earlier"])
    assert (kept["quote"], kept["earlier"]) == (CLOSED_NOW, [CLOSED])
    quotes = {note["quote"]: note["state"] for note in notes(home)}
    assert quotes == {CLOSED_NOW: "exact", FERRY: "orphaned"}
    listed = margin(home, "notes").stdout
    assert "It stood under “The tide tables”, after “" in listed
    exported = margin(home, "export").stdout
    assert f"When it was marked it read: “{CLOSED}”" in exported
    assert f"> {FERRY}" in exported
    assert "It stood under “The tide tables”, after “…" in exported


def test_the_whole_article_shows_what_changed_since_a_version(home: Path, tmp_path: Path) -> None:
    path = marked(tmp_path, home)
    change(path)
    printed = margin(home, "diff", path)
    assert (printed.returncode, printed.stderr) == (1, "")
    assert "It closed {+early+} in [-March-] {+April,+} after" in printed.stdout
    with Terminal([*MARGIN, path], home=home) as terminal:
        terminal.wait_for("H the versions of the article")
        terminal.send("H")
        terminal.wait_for("2 annotations made on it")
        terminal.wait_for("2 changes: ")
        terminal.send("j", "c")
        terminal.wait_for("What changed from")
        terminal.wait_for("1 of 2 · ± changed")
        terminal.wait_for("It closed early in March")
        terminal.send("n")
        terminal.wait_for("2 of 2 · − removed")
        terminal.send("q", "q")
        assert terminal.wait() == 0
    assert margin(home, "diff", path, "--from", "today").returncode == 1


def test_a_renamed_and_edited_file_is_asked_about(home: Path, tmp_path: Path) -> None:
    path = marked(tmp_path, home)
    path.rename(tmp_path / "renamed.md")
    change(tmp_path / "renamed.md")
    with Terminal([*MARGIN, tmp_path / "renamed.md"], home=home) as terminal:
        terminal.wait_for("Is this “The tide tables”?")
        terminal.wait_for("y It is, with its 2 notes")
        terminal.send("y")
        terminal.wait_for("The article has changed: ")
        terminal.wait_for("✓ saved")
        terminal.send("q")
        assert terminal.wait() == 0
    (article,) = json.loads(margin(home, "library", "--json").stdout)
    assert (article["source"], article["annotations"]) == (str(tmp_path / "renamed.md"), 2)


def test_the_shell_does_not_ask_and_says_so(home: Path, tmp_path: Path) -> None:
    path = marked(tmp_path, home)
    path.unlink()
    change(tmp_path / "renamed.md")
    answer = margin(home, "annotate", tmp_path / "renamed.md", "--quote", CLOSED_NOW)
    assert answer.returncode == 0
    assert answer.stderr.count("\n") == 1
    assert "was added as a new article" in answer.stderr
    assert "“The tide tables” (2 notes)" in answer.stderr
    assert len(json.loads(margin(home, "library", "--json").stdout)) == 2
