"""A person at a real terminal: read, mark, note, quit, come back, export."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.terminal.driver import MARGIN, Terminal

SAMPLES = Path(__file__).parents[2] / "sample_articles"
ESSAY = SAMPLES / "the-long-way-to-tell-time.md"
SIZES = [(80, 24), (140, 45)]


def margin(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MARGIN, *map(str, words)],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(SAMPLES.parent)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def notes(home: Path) -> list[dict[str, object]]:
    answer = margin(home, "notes", "--json")
    assert answer.returncode in {0, 1}, answer.stderr
    found: list[dict[str, object]] = json.loads(answer.stdout)
    return found


def shows_note(screen: str) -> bool:
    """Return whether the note, or in a narrow window its sign, stands beside the article."""
    return "✎" in screen or "Check the harbour log." in screen


@pytest.mark.parametrize("size", SIZES)
def test_mark_note_quit_return_export(home: Path, size: tuple[int, int], tmp_path: Path) -> None:
    with Terminal([*MARGIN, ESSAY], size=size, home=home) as terminal:
        terminal.wait_for("The Long Way to Tell Time")
        terminal.send("}", "}", ")", "2")
        terminal.wait_for("Marked as claim")
        terminal.send("enter")
        terminal.wait_for("ctrl+s")
        terminal.send(*"Check the harbour log.")
        terminal.wait_for("Check the harbour log.")
        terminal.send("ctrl+s")
        terminal.wait_for(lambda screen: "ctrl+s" not in screen and "✓ saved" in screen)
        terminal.wait_for(shows_note)
        terminal.send("q")
        assert terminal.wait() == 0

    (note,) = notes(home)
    assert note["quote"].startswith("It is wrong by nineteen minutes")  # type: ignore[attr-defined]
    assert note["tags"] == ["claim"]
    assert note["note"] == "Check the harbour log."

    with Terminal([*MARGIN, ESSAY], size=size, home=home) as terminal:
        screen = terminal.wait_for("⚑")
        assert shows_note(screen)
        terminal.send("a")
        terminal.wait_for("1 annotation")
        terminal.wait_for("Check the harbour log.")
        terminal.send("escape", "q")
        assert terminal.wait() == 0

    target = tmp_path / "notes.md"
    assert margin(home, "export", "-o", target).returncode == 0
    text = target.read_text(encoding="utf-8")
    assert "> It is wrong by nineteen minutes" in text
    assert "Check the harbour log." in text


def test_reopens_where_it_was_left(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for("The Long Way to Tell Time")
        terminal.send("space", "space", "space")
        terminal.settle()
        before = terminal.text.splitlines()[:20]
        terminal.send("q")
        assert terminal.wait() == 0
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for("✓ saved")
        terminal.settle()
        assert terminal.text.splitlines()[:20] == before


def test_kept_after_kill(home: Path) -> None:
    """What the status line calls saved is there after kill -9."""
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for("The Long Way to Tell Time")
        terminal.send(")", "1")
        terminal.wait_for("Marked as quote")
        terminal.wait_for("✓ saved")
        terminal.kill()
    assert [note["tags"] for note in notes(home)] == [["quote"]]


def test_terminated_terminal_loses_nothing(home: Path) -> None:
    """A closed window sends SIGHUP: the mark made just before is kept."""
    import signal

    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for("The Long Way to Tell Time")
        terminal.send(")", "3")
        terminal.wait_for("Marked as context")
        terminal.kill(signal.SIGHUP)
    assert [note["tags"] for note in notes(home)] == [["context"]]


def test_resize_keeps_the_top(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], size=(80, 24), home=home) as terminal:
        terminal.wait_for("The Long Way to Tell Time")
        terminal.send("space", "space")
        terminal.settle()
        top = next(line for line in terminal.text.splitlines() if line.strip()).split()[:4]
        terminal.resize(60, 30)
        terminal.settle(0.5)
        first = "\n".join(terminal.text.splitlines()[:3])
        assert " ".join(top) in " ".join(first.split())


def test_mouse_selects_and_tags(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        screen = terminal.wait_for("There is a clock")
        line = next(y for y, text in enumerate(screen.splitlines()) if "There is a clock" in text)
        column = screen.splitlines()[line].index("There")
        terminal.drag((column, line), (column + len("There is a clock") - 1, line))
        # A frame comes in pieces: wait for the very words that are clicked.
        screen = terminal.wait_for(lambda screen: "⚑ claim" in screen.split("\n")[-2])
        bar = screen.split("\n")[-2]
        terminal.click(bar.index("claim"), terminal.lines - 2)
        terminal.wait_for("Marked as claim")
        terminal.wait_for("✓ saved")
        terminal.send("q")
        assert terminal.wait() == 0
    assert [note["quote"] for note in notes(home)] == ["There is a clock"]


def test_the_palette_runs_a_command(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for("The Long Way to Tell Time")
        terminal.send("ctrl+p")
        terminal.wait_for("Search for commands")
        terminal.send(*"contents")
        terminal.wait_for("Show the headings")
        terminal.send("enter")
        terminal.wait_for(lambda text: "Contents" in text and "Show the headings" not in text)


def test_missing_file_is_one_sentence(home: Path) -> None:
    answer = margin(home, "no-such-article.md")
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "no-such-article.md" in answer.stderr


@pytest.mark.parametrize(
    "typed",
    [b"\xe9", b"\xff\xfe", b"\xed\xa0\x80", b"\xf0\x9f"],
)
def test_bytes_that_are_no_text_are_no_keys(typed: bytes, home: Path) -> None:
    """A terminal that is not UTF-8 sends them for its letters."""
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for("The Long Way to Tell Time")
        os.write(terminal.descriptor, typed)
        terminal.settle()
        terminal.send("x", "T", "t")
        terminal.wait_for("Contents")
        terminal.send("escape", "q")
        assert terminal.wait() == 0
        assert "Error" not in terminal.text
