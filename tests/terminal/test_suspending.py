"""Ctrl+z returns to the shell, and fg brings the whole screen back."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.terminal.driver import MARGIN, Terminal
from tests.terminal.test_leaving import SCREENS, TITLE
from tests.terminal.test_reading import ESSAY, notes

SHELL = ("bash", "--norc", "--noprofile", "-i")
PROMPT = "shell>"


def shell(home: Path) -> Terminal:
    return Terminal(SHELL, home=home, environment={"PS1": f"{PROMPT} "})


def start(terminal: Terminal, *words: str | Path) -> None:
    """Start the program in the shell."""
    terminal.wait_for(PROMPT)
    terminal.send(" ".join(map(str, [*MARGIN, *words])) + "\r")


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
    return [int(word) for word in listed.stdout.split()]


def suspend(terminal: Terminal) -> None:
    """Press ctrl+z, and let the shell clear the screen."""
    terminal.send("ctrl+z")
    terminal.wait_for("Stopped")
    terminal.send("clear\r")
    terminal.wait_for(lambda screen: screen.strip() == PROMPT)


@pytest.mark.parametrize("name", [name for name in SCREENS if name != "links"])
def test_the_whole_screen_comes_back(name: str, home: Path) -> None:
    keys, sign = SCREENS[name]
    with shell(home) as terminal:
        start(terminal, ESSAY)
        terminal.wait_for(TITLE)
        terminal.wait_for("✓ saved")
        terminal.send(*keys)
        terminal.wait_for(sign)
        terminal.settle()
        before = terminal.text.splitlines()
        suspend(terminal)
        terminal.send("fg\r")
        terminal.wait_for(sign)
        terminal.settle()
        after = terminal.text.splitlines()
        # Messages of the last line go after some seconds.
        assert [line for line in after[:-3] if line] == [line for line in before[:-3] if line]


def test_a_note_goes_on_being_written(home: Path) -> None:
    with shell(home) as terminal:
        start(terminal, ESSAY)
        terminal.wait_for(TITLE)
        terminal.send(")", "1", "enter")
        terminal.wait_for("ctrl+s")
        terminal.send(*"half a ")
        terminal.wait_for("half a")
        suspend(terminal)
        terminal.send("fg\r")
        terminal.wait_for("half a")
        terminal.send(*"note")
        terminal.wait_for("half a note")
        terminal.send("ctrl+s")
        terminal.wait_for("✎")
        terminal.wait_for("✓ saved")
        terminal.send("q")
        terminal.wait_for(PROMPT)
    assert [note["note"] for note in notes(home)] == ["half a note"]


def test_the_terminal_has_another_size_afterwards(home: Path) -> None:
    with shell(home) as terminal:
        start(terminal, ESSAY)
        terminal.wait_for(TITLE)
        terminal.send("?")
        terminal.wait_for("Moving")
        suspend(terminal)
        terminal.resize(60, 20)
        terminal.send("\rfg\r")
        terminal.wait_for("Moving")
        terminal.send("escape")
        screen = terminal.wait_for(lambda screen: "Moving" not in screen and TITLE in screen)
        assert max(map(len, screen.splitlines())) <= 60
        terminal.send("q")
        terminal.wait_for(PROMPT)


def test_a_program_that_waits_for_the_reader_is_stopped_with_it(home: Path) -> None:
    with shell(home) as terminal:
        terminal.wait_for(PROMPT)
        terminal.send(f"sh -c '{' '.join(MARGIN)} {ESSAY}; echo done'\r")
        terminal.wait_for(TITLE)
        suspend(terminal)
        terminal.send("fg\r")
        terminal.wait_for(TITLE)
        terminal.send("q")
        terminal.wait_for("done")


def test_without_a_shell_there_is_nothing_to_return_to(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for(TITLE)
        terminal.send("ctrl+z")
        terminal.settle()
        terminal.send("?")
        terminal.wait_for("Moving")
        terminal.send("escape", "q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("command", ["kill %1", "kill -HUP %1"])
def test_a_suspended_program_can_be_ended(command: str, home: Path) -> None:
    with shell(home) as terminal:
        start(terminal, ESSAY)
        terminal.wait_for(TITLE)
        terminal.send(")", "1")
        terminal.wait_for("Marked as quote")
        suspend(terminal)
        terminal.send(f"{command}\r")
        end = time.monotonic() + 20
        while children(terminal.pid):
            assert time.monotonic() < end
            terminal.read(0.1)
    assert len(notes(home)) == 1


def test_in_the_background_it_waits_for_the_terminal(home: Path) -> None:
    with shell(home) as terminal:
        start(terminal, ESSAY)
        terminal.wait_for(TITLE)
        suspend(terminal)
        terminal.send("set -b; clear; bg\r")  # the shell then reports at once that a job stops
        terminal.wait_for(lambda screen: "&" in screen)
        terminal.wait_for("Stopped")
        terminal.send("fg\r")
        terminal.wait_for(TITLE)
        terminal.send("q")
        terminal.wait_for(PROMPT)


def test_a_program_that_was_stopped_unasked_brings_its_screen_back(home: Path) -> None:
    with shell(home) as terminal:
        start(terminal, ESSAY)
        terminal.wait_for(TITLE)
        terminal.settle()
        (program,) = children(terminal.pid)
        os.kill(program, signal.SIGSTOP)
        terminal.wait_for("Stopped")
        terminal.send("clear\r")
        terminal.send("fg\r")
        terminal.wait_for(TITLE)
        terminal.settle()
        assert PROMPT not in terminal.text
        terminal.send("?")
        terminal.wait_for("Moving")
