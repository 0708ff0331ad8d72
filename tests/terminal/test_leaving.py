"""The program ends when the system or the terminal asks for it, and keeps everything."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.formats.pdfs import Piece, pdf
from tests.terminal.driver import HOLDER, MARGIN, Terminal
from tests.terminal.test_reading import ESSAY, margin, notes

TITLE = "The Long Way to Tell Time"
SCREENS: dict[str, tuple[tuple[str, ...], str]] = {
    "article": ((), TITLE),
    "note": ((")", "1", "enter"), "ctrl+s"),
    "search": (("/",), "/"),
    "contents": (("t",), "Contents"),
    "annotations": (("a",), "No annotations yet"),
    "help": (("?",), "Moving"),
    "palette": (("ctrl+p",), TITLE),
    "library": (("L",), "Library"),
    "notes": (("R",), "Notes"),
    "export": (("E",), "Export"),
    "links": (("f",), TITLE),
    "details": (("i",), TITLE),
}
"""The keys that lead to each screen, and what stands there."""

LEAVE_SECONDS = 30.0
"""How long the end is waited for, in seconds; generous, for loaded machines."""


@contextlib.contextmanager
def held(home: Path, *arguments: str | Path) -> Iterator[tuple[Terminal, Path]]:
    """Start the program so that no signal says that its terminal is gone."""
    said = home / "process"
    with Terminal([*HOLDER, said, *MARGIN, *arguments], home=home) as terminal:
        try:
            yield terminal, said
        finally:
            with contextlib.suppress(OSError, IndexError, ValueError):
                os.kill(int(said.read_text().split()[0]), signal.SIGKILL)


def exit_code(said: Path) -> int:
    """Wait until the held program has ended, and return its exit code."""
    end = time.monotonic() + LEAVE_SECONDS
    while len(words := said.read_text().split()) < 2:
        assert time.monotonic() < end, "the program did not end"
        time.sleep(0.05)
    return int(words[1])


@pytest.mark.parametrize("name", SCREENS)
def test_a_terminal_that_goes_away_without_a_signal_ends_the_program(name: str, home: Path) -> None:
    keys, sign = SCREENS[name]
    with held(home, ESSAY) as (terminal, said):
        terminal.wait_for(TITLE)
        terminal.send(*keys)
        terminal.wait_for(sign)
        if name == "note":
            terminal.send(*"half a note")
            terminal.wait_for("half a note")
        terminal.lose()
        assert exit_code(said) == 128 + signal.SIGHUP
    if name == "note":
        assert [note["note"] for note in notes(home)] == ["half a note"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("name", ["article", "note", "library", "palette"])
def test_a_signal_ends_the_program_in_every_screen(name: str, number: int, home: Path) -> None:
    keys, sign = SCREENS[name]
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for(TITLE)
        terminal.send(*keys)
        terminal.wait_for(sign)
        if name == "note":
            terminal.send(*"half a note")
            terminal.wait_for("half a note")
        os.kill(terminal.pid, number)
        assert terminal.wait(LEAVE_SECONDS) == 128 + number
        assert "Traceback" not in terminal.text
    if name == "note":
        assert [note["note"] for note in notes(home)] == ["half a note"]


def test_a_closed_terminal_ends_the_program(home: Path) -> None:
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for(TITLE)
        terminal.send(")", "1")
        terminal.wait_for("Marked as quote")
        terminal.lose()
        assert terminal.wait(LEAVE_SECONDS) == 128 + signal.SIGHUP
    assert len(notes(home)) == 1


def test_the_first_screen_is_the_library(home: Path) -> None:
    assert margin(home, "add", ESSAY).returncode == 0
    with held(home) as (terminal, said):
        terminal.wait_for(TITLE)
        terminal.lose()
        assert exit_code(said) == 128 + signal.SIGHUP


def test_a_large_file_that_is_being_read(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_text(
        "First words.\n\n" + "A line with words in it, one after another.\n\n" * 400_000
    )
    with Terminal([*MARGIN, file], home=home) as terminal:
        terminal.wait_for("First words")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait(LEAVE_SECONDS) == 128 + signal.SIGTERM
        assert "Traceback" not in terminal.text


def test_a_pdf_that_is_being_read(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "long.pdf"
    file.write_bytes(pdf([[Piece(30, 560, 16, f"Chapter {n} of many")] for n in range(1500)]))
    with held(home, file) as (terminal, said):
        terminal.wait_for("Chapter 0")
        terminal.lose()
        assert exit_code(said) == 128 + signal.SIGHUP


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_page_that_is_being_fetched(number: int, home: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        file = tmp_path / "links.md"
        address = f"http://127.0.0.1:{server.getsockname()[1]}/page"
        file.write_text(f"# Links\n\nThe [slow page]({address}) never answers.\n")
        with Terminal([*MARGIN, file], home=home) as terminal:
            terminal.wait_for("never answers")
            terminal.send("f")
            terminal.wait_for("Type the letters")
            terminal.send("a")
            terminal.wait_for("127.0.0.1")
            connection, _ = server.accept()
            with connection:
                os.kill(terminal.pid, number)
                assert terminal.wait(LEAVE_SECONDS) == 128 + number
            assert "Traceback" not in terminal.text


def test_the_writer_stands_before_a_lock(home: Path) -> None:
    assert margin(home, "annotate", ESSAY, "--quote", TITLE).returncode == 0
    (lock,) = (
        each
        for each in (home / ".local/share/margin/cache/locks").glob("*.lock")
        if each.name not in {"probe.lock", "new-article.lock"} and ".json" in each.name
    )
    with Terminal([*MARGIN, ESSAY], home=home) as terminal, lock.open("r+") as file:
        terminal.wait_for(TITLE)
        terminal.wait_for("✓ saved")
        fcntl.flock(file, fcntl.LOCK_EX)
        terminal.send(")", "2")
        terminal.wait_for("Marked as claim")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait(LEAVE_SECONDS) == 128 + signal.SIGTERM
    assert len(notes(home)) == 2


def test_a_terminal_that_takes_no_output(home: Path) -> None:
    """The output is stopped, as ctrl+s or a frozen connection stops it."""
    with Terminal([*MARGIN, ESSAY], home=home) as terminal:
        terminal.wait_for(TITLE)
        for _ in range(200):
            os.write(terminal.descriptor, b"jjjjkkkk")
        time.sleep(1)  # nothing can be waited for: what is tested is that nothing is read
        os.kill(terminal.pid, signal.SIGTERM)
        end = time.monotonic() + LEAVE_SECONDS
        while not os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            assert time.monotonic() < end, "the program did not end"
            time.sleep(0.05)
        assert terminal.wait() == 128 + signal.SIGTERM


def test_an_output_that_fails(home: Path) -> None:
    """Standard error, on which the screens are drawn, is a pipe that nobody reads any more."""
    reading, writing = os.pipe()
    command = ["bash", "-c", f'exec "$@" 2>&{writing}', "bash", *MARGIN, str(ESSAY)]
    os.set_inheritable(writing, True)
    with Terminal(command, home=home) as terminal:
        os.close(writing)
        drained = threading.Thread(target=os.read, args=(reading, 1))
        drained.start()
        drained.join()
        os.close(reading)
        assert terminal.wait(LEAVE_SECONDS) == 128 + signal.SIGHUP


def test_the_place_is_kept(home: Path) -> None:
    with held(home, ESSAY) as (terminal, said):
        terminal.wait_for(TITLE)
        terminal.send("space", "space")
        terminal.wait_for("22%")
        terminal.lose()
        exit_code(said)
    (article,) = json.loads(margin(home, "library", "--json").stdout)
    assert int(article["progress"] * 100) == 22
