"""A text that is piped into the reader: it is shown, and the keys still come from the terminal."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from reader.cli.parser import parse
from tests.terminal.driver import Terminal


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


def piped(command: str) -> list[str]:
    """Return a shell's words for a command in which MARGIN stands for the program."""
    program = f"{shlex.quote(sys.executable)} -m reader"
    return ["sh", "-c", command.replace("MARGIN", program)]


@pytest.mark.parametrize("command", ["cat FILE | MARGIN", "MARGIN < FILE", "cat FILE | MARGIN -"])
def test_a_piped_text_is_read_and_marked(home: Path, tmp_path: Path, command: str) -> None:
    file = tmp_path / "tides.md"
    file.write_text("# The tide tables\n\nThe harbour closed in March.\n", encoding="utf-8")
    words = piped(command.replace("FILE", shlex.quote(str(file))))
    with Terminal(words, home=home) as terminal:
        terminal.wait_for("The harbour closed")
        terminal.send("}", "2")
        terminal.wait_for("Marked as claim")
        terminal.send("q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("command", ["MARGIN < /dev/null", "true | MARGIN"])
def test_where_nothing_is_piped_the_library_opens(home: Path, command: str) -> None:
    with Terminal(piped(command), home=home) as terminal:
        terminal.wait_for("Your library is empty")
        terminal.send("q")
        assert terminal.wait() == 0


def test_a_pipe_from_which_nothing_comes_is_told_and_left(home: Path, tmp_path: Path) -> None:
    pipe = shlex.quote(str(tmp_path / "pipe"))
    with Terminal(piped(f"mkfifo {pipe}; MARGIN 0<>{pipe}"), home=home) as terminal:
        terminal.wait_for("waiting up to 10 s")
        terminal.wait_for("Your library is empty")
        terminal.send("q")
        assert terminal.wait() == 0


@pytest.mark.parametrize(
    "command", ["(sleep 2; cat FILE) | MARGIN", "(sleep 2; cat FILE) | MARGIN -"]
)
def test_a_text_that_is_slow_to_come_is_waited_for(
    home: Path, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "tides.md"
    file.write_text("# The tide tables\n\nThe harbour closed in March.\n", encoding="utf-8")
    words = piped(command.replace("FILE", shlex.quote(str(file))))
    with Terminal(words, home=home) as terminal:
        terminal.wait_for("The harbour closed")
        terminal.send("q")
        assert terminal.wait() == 0


def test_the_parts_of_a_page_exclude_each_other() -> None:
    assert parse(["--whole", "page"]).whole is True
    assert parse(["--article", "page"]).whole is False
    assert parse(["page"]).whole is None
    with pytest.raises(SystemExit):
        parse(["--whole", "--article", "page"])


def test_the_format_of_a_piped_text_can_be_named(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "tides"
    file.write_text("# The tide tables\n\nThe harbour closed in March.\n", encoding="utf-8")
    for kind, heading in (("text", "# The tide tables"), ("auto", "   The tide tables")):
        command = f"cat {shlex.quote(str(file))} | MARGIN --as {kind}"
        with Terminal(piped(command), home=home) as terminal:
            terminal.wait_for(heading)
            terminal.send("q")
            assert terminal.wait() == 0
