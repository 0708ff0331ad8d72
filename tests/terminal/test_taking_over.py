"""What happens between the first picture and Textual: keys, signals and errors."""

from __future__ import annotations

import os
import signal
import sys
import termios
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.screens import TEXTUAL_BEGINS

PROGRAM = """
import sys, time
from pathlib import Path
from reader.ui import start

show, held = start.FirstTerminal.show, Path(sys.argv[1])

def show_and_wait(terminal, lines):
    '''Show the first picture, and go on only once there is a file, or fail if it says so.'''
    show(terminal, lines)
    while not held.exists():
        time.sleep(0.01)
    if held.read_text() == "fail":
        sys.modules["reader.ui.app"] = None

start.FirstTerminal.show = show_and_wait

from reader.cli import main
sys.exit(main(sys.argv[2:]))
"""
"""Runs Margin, which stops after the first picture until a file is there."""

ARTICLE = "# On the tides\n\nThe winter harbour closed early. It cost the council much.\n"
LEFT = b"\x1b[?1049l"
SHOWS_CURSOR = b"\x1b[?25h"


class Held:
    """The program while it shows the first picture."""

    def __init__(self, folder: Path) -> None:
        article = folder / "tides.md"
        article.write_text(ARTICLE, encoding="utf-8")
        self._file = folder / "go"
        words: list[str | Path] = [sys.executable, "-c", PROGRAM, self._file, article]
        self.terminal = Terminal(words, home=folder)
        self.attributes = self._present()

    def _present(self) -> list[Any]:
        return termios.tcgetattr(self.terminal.descriptor)

    def wait(self) -> None:
        """Wait for the first picture."""
        self.terminal.wait_for("? help")
        assert TEXTUAL_BEGINS not in self.terminal.output
        assert self._present() != self.attributes

    def go_on(self, how: str = "go") -> None:
        """Let the program go on."""
        unfinished = self._file.with_suffix(".new")
        unfinished.write_text(how)
        unfinished.replace(self._file)

    def is_restored(self) -> bool:
        """Return whether the terminal is as it was before the program."""
        self.terminal.read(0.1)
        output = bytes(self.terminal.output)
        return (
            self._present() == self.attributes
            and output.rfind(LEFT) > output.rfind(b"\x1b[?1049h")
            and output.rfind(SHOWS_CURSOR) > output.rfind(b"\x1b[?25l")
        )


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    held = Held(tmp_path)
    with held.terminal:
        held.wait()
        yield held


def test_keys_that_are_pressed_before_textual_arrive_in_order(held: Held) -> None:
    held.terminal.send("/", "w", "i", "n", "t", "e", "r")
    held.go_on()
    held.terminal.wait_for("/ winter")
    held.terminal.wait_for("1 of 1")


def test_a_paste_before_textual_is_text_and_not_keys(held: Held) -> None:
    held.terminal.send("/", "\x1b[200~council\x1b[201~")
    held.go_on()
    held.terminal.wait_for("/ council")
    held.terminal.wait_for("1 of 1")


def test_a_click_before_textual_arrives(held: Held) -> None:
    line = held.terminal.text.split("\n")[-2]
    held.terminal.click(line.index("search"), 22)
    held.go_on()
    held.terminal.wait_for("search the article")


def test_a_key_that_quits_leaves_the_terminal_as_it_was(held: Held) -> None:
    held.terminal.send("q")
    held.go_on()
    assert held.terminal.wait() == 0
    assert held.is_restored()


def test_an_error_before_textual_leaves_the_terminal_as_it_was(held: Held) -> None:
    held.go_on("fail")
    assert held.terminal.wait() == 1
    assert held.is_restored()
    assert "ImportError" in held.terminal.text or "ModuleNotFoundError" in held.terminal.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_before_textual_ends_the_program(held: Held, number: signal.Signals) -> None:
    os.kill(held.terminal.pid, number)
    held.go_on()
    assert held.terminal.wait() == 128 + number
    assert held.is_restored()


def test_a_signal_ends_a_program_that_does_not_go_on(held: Held) -> None:
    os.kill(held.terminal.pid, signal.SIGTERM)
    assert held.terminal.wait() == 128 + signal.SIGTERM
    assert held.is_restored()


@pytest.mark.parametrize(
    ("environment", "size"),
    [
        ({"TERM": "dumb"}, (80, 24)),
        ({"TERM": "unknown"}, (80, 24)),
        ({"TEXTUAL_COLOR_SYSTEM": "256"}, (80, 24)),
        ({}, (19, 24)),
        ({}, (80, 5)),
    ],
)
def test_what_cannot_be_drawn_alike_is_left_to_textual(
    tmp_path: Path, environment: Mapping[str, str], size: tuple[int, int]
) -> None:
    article = tmp_path / "tides.md"
    article.write_text(ARTICLE, encoding="utf-8")
    with Terminal(
        [*MARGIN, article], home=tmp_path, size=size, environment=environment
    ) as terminal:
        terminal.wait_for(lambda screen: "n the tides" in screen or "too small" in screen)
        assert b"tides" not in bytes(terminal.output).partition(TEXTUAL_BEGINS)[0]
        terminal.send("ctrl+q")
        assert terminal.wait() == 0
