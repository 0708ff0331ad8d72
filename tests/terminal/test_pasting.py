"""Pastes as a terminal sends them: on the article, in every list, dialog and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.test_reading import ESSAY, notes

START, END = "\x1b[200~", "\x1b[201~"

PASTES = (
    "plain words", "words\x1bd", "Error: \x1b[31mred\x1b[0m done", "\x1b[1mbold\x1b[22m",
    "half\x1b[2", "\x1b[B\x1b[B1", "\x1bOB2\r3\n\x04\x12\x7f", "\x1b[3~\x1b[3~", "q\x11\x03",
    "\x1b]52;c;aGk=\x07d", "\x9b3~d", START + "d1",
)  # fmt: skip


def paste(terminal: Terminal, text: str) -> None:
    terminal.send(f"{START}{text}{END}")
    terminal.settle()


def mark(terminal: Terminal) -> None:
    """Mark the second sentence as a claim, with a note."""
    terminal.wait_for("The Long Way to Tell Time")
    terminal.send(")", "2")
    terminal.wait_for("Marked as claim")
    terminal.send("enter")
    terminal.wait_for("ctrl+s")
    terminal.send(*"years of work", "ctrl+s")
    terminal.wait_for("✎")
    terminal.wait_for("✓ saved")


def test_no_paste_does_anything_to_an_article(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        mark(terminal)
        before = notes(home)
        for text in PASTES:
            paste(terminal, text)
        for text in PASTES[:4]:
            for key in ("a", "t", "/"):  # the panels and the search line take no keys from it
                terminal.send(key)
                paste(terminal, text)
                terminal.send("escape", "escape")
        assert notes(home) == before
        terminal.send("escape", "q")
        assert terminal.wait() == 0


def test_no_paste_does_anything_to_the_library_or_a_question(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        mark(terminal)
        before = notes(home)
        terminal.send("L")
        terminal.wait_for("Library")
        for text in PASTES:
            paste(terminal, "".join(text.splitlines()))  # lines would be opened as an article
            terminal.send("d")
            terminal.wait_for("Remove")
            paste(terminal, f"y{text}\r")
            terminal.send("escape")
        terminal.send("R")
        terminal.wait_for("Notes")
        for text in PASTES:
            paste(terminal, text)
        assert notes(home) == before
        terminal.wait_for("years of work")  # a message may lie above it for some seconds


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("tab here, line two \x1b[31mred\x1b[0m end", "tab here, line two red end"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\x1bs b\x13 c", "as b c"),
        ("first " + "\x1b[1m.\x1b[0m" * 3000 + " last", "first " + "." * 3000 + " last"),
    ],
)
def test_a_note_takes_a_paste_in_its_order(home: Path, text: str, note: str) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        mark(terminal)
        terminal.send("enter")
        terminal.wait_for("ctrl+s")
        paste(terminal, f" {text}")
        terminal.send(*"!", "ctrl+s")
        terminal.wait_for("✓ saved")
        terminal.wait_for(lambda screen: "ctrl+s" not in screen)
        terminal.send("q")
        assert terminal.wait() == 0
    assert [each["note"] for each in notes(home)] == [f"years of work {note}!"]


def test_all_addresses_of_a_paste_are_taken(home: Path) -> None:
    with Terminal(MARGIN, home=home) as terminal:
        terminal.wait_for("Library")
        terminal.send("A")
        terminal.wait_for("Add articles")
        paste(terminal, "/no/such/one\r\x1b[32m/no/such/two\x1b[0m\n/no/such/three")
        screen = terminal.wait_for("/no/such/three")
        assert [line for line in ("one", "two", "three") if f"/no/such/{line}" in screen] == [
            "one",
            "two",
            "three",
        ]


def test_a_paste_that_never_ends_leaves_the_keyboard_to_the_reader(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        mark(terminal)
        terminal.send("enter")
        terminal.wait_for("ctrl+s")
        terminal.send(f"{START} and no end")
        terminal.wait_for("years of work and no end")
        terminal.send("!", "ctrl+s")
        terminal.wait_for("✓ saved")
        terminal.wait_for(lambda screen: "ctrl+s" not in screen)
        terminal.send("q")
        assert terminal.wait() == 0
    assert [each["note"] for each in notes(home)] == ["years of work and no end!"]
