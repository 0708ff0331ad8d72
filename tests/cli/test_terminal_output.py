"""What commands print on a terminal: colours, and the pager where it is long."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal

ROOT = Path(__file__).resolve().parents[2]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article of many lines, and a library with notes on it."""
    folder = tmp_path_factory.mktemp("here")
    lines = [f"Line {number} of the tide tables.\n" for number in range(200)]
    (folder / "tides.md").write_text("# Tides\n\n" + "\n".join(lines))
    for number in (1, 3, 5):
        words = ("annotate", "tides.md", "--quote", f"Line {number} of", "--note", "Checked.")
        run(folder, *words)
    return folder


def start(
    folder: Path, words: tuple[str, ...], stdout: int, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    known = os.environ | {
        "HOME": str(folder), "MARGIN_LIBRARY": str(folder / "library"), "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color", "LINES": "500", "PAGER": "cat",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "reader", *words],
        cwd=folder,
        env=known | environment,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.STDOUT,
    )


def run(folder: Path, *words: str, **environment: str) -> str:
    """Return what a pipe gets of a command."""
    process = start(folder, words, subprocess.PIPE, environment)
    shown = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 0, shown
    return shown


def on_a_terminal(folder: Path, *words: str, **environment: str) -> str:
    """Return what a terminal gets of a command."""
    ours, theirs = pty.openpty()
    process = start(folder, words, theirs, environment)
    os.close(theirs)
    collected = bytearray()
    with os.fdopen(ours, "rb", buffering=0) as terminal, contextlib.suppress(OSError):
        while part := terminal.read(65536):
            collected += part
    assert process.wait(timeout=60) == 0, collected
    return collected.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("command", ["notes", "library"])
def test_a_terminal_gets_colours_and_others_get_none(folder: Path, command: str) -> None:
    plain = run(folder, command)
    coloured = on_a_terminal(folder, command)
    assert COLOUR.search(plain) is None
    assert COLOUR.search(coloured) is not None
    assert COLOUR.sub("", coloured) == plain
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert on_a_terminal(folder, command, **environment) == plain
    assert on_a_terminal(folder, command, NO_COLOR="") == coloured
    assert on_a_terminal(folder, command, "--color", "never") == plain
    assert run(folder, command, "--color", "always", NO_COLOR="1") == coloured
    assert COLOUR.search(on_a_terminal(folder, command, "--json")) is None


def test_what_is_longer_than_the_terminal_goes_to_the_pager(folder: Path) -> None:
    pager = {"PAGER": "sed 's/^/paged: /'"}
    for words in (("notes",), ("text", "tides.md")):
        short = on_a_terminal(folder, *words, **pager)
        assert "paged: " not in short
        long = on_a_terminal(folder, *words, LINES="5", **pager)
        assert long.replace("paged: ", "") == short
        assert long.count("paged: ") == short.count("\n")
        count = short.count("\n")
        fits = on_a_terminal(folder, *words, LINES=str(count + 1), **pager)
        assert fits == short, "the prompt has a line, too"
        assert "paged: " in on_a_terminal(folder, *words, LINES=str(count), **pager)
        assert "paged: " not in run(folder, *words, LINES="5", **pager)
        assert "paged: " not in on_a_terminal(folder, *words, "--json", LINES="5", **pager)


@pytest.mark.parametrize("pager", ["", "cat", "/no/such/pager", "'", "false", "head -1"])
def test_a_pager_that_is_none_or_fails_is_no_error(folder: Path, pager: str) -> None:
    shown = on_a_terminal(folder, "text", "tides.md", LINES="5", PAGER=pager)
    assert "Traceback" not in shown
    if pager not in {"false", "head -1"}:
        assert "Line 199 of the tide tables." in shown


@pytest.mark.skipif(shutil.which("less") is None, reason="there is no less here")
def test_less_shows_it_until_q_is_pressed(folder: Path) -> None:
    with Terminal(
        [
            "env",
            "-u",
            "PAGER",
            "-u",
            "LESS",
            sys.executable,
            "-m",
            "reader",
            "text",
            folder / "tides.md",
        ],
        home=folder,
    ) as terminal:
        terminal.wait_for("Line 3 of the tide tables.")
        terminal.send("G")
        terminal.wait_for("Line 199 of the tide tables.")
        terminal.send("q")
        assert terminal.wait() == 0
