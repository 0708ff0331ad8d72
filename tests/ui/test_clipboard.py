"""What is known of a copy, with and without tmux, a clipboard program and ssh."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from reader.ui.clipboard import Copied, advice, copy_beside_terminal
from tests.ui.reading_app import opened
from tests.ui.waiting import notices

TEXT = "Ångström “quoted”\nand a second line"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the one folder of programs, with none in it; nothing says that this is ssh or tmux."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    for name in ("TMUX", "SSH_CONNECTION", "SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return folder


def program(folder: Path, name: str, lines: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)


def tmux(folder: Path, *, knows_w: bool = True) -> Path:
    """Put a tmux into the folder that writes its buffer to a file; return the file."""
    buffer = folder / "buffer"
    refuse = "" if knows_w else 'for each; do [ "$each" = -w ] && exit 1; done; '
    cat = shutil.which("cat", path=os.defpath)
    program(folder, "tmux", f'{refuse}[ "$1" = load-buffer ] && {cat} > "{buffer}"')
    return buffer


@pytest.mark.parametrize("knows_w", [True, False])
def test_tmux_is_given_the_words(
    programs: Path, monkeypatch: pytest.MonkeyPatch, knows_w: bool
) -> None:
    buffer = tmux(programs, knows_w=knows_w)
    assert copy_beside_terminal(TEXT, uses_program=False) is Copied.ASKED
    assert not buffer.exists(), "outside of tmux it is not asked"
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    assert copy_beside_terminal(TEXT, uses_program=False) is Copied.TO_TMUX
    assert buffer.read_text(encoding="utf-8") == TEXT
    monkeypatch.setenv("SSH_CONNECTION", "1.2.3.4 5 6.7.8.9 22")
    assert copy_beside_terminal("over ssh", uses_program=True) is Copied.TO_TMUX
    assert buffer.read_text(encoding="utf-8") == "over ssh"


@pytest.mark.parametrize("lines", ["exit 1", "kill $$", None])
def test_a_tmux_that_fails_is_not_said_to_have_copied(
    programs: Path, monkeypatch: pytest.MonkeyPatch, lines: str | None
) -> None:
    if lines is not None:
        program(programs, "tmux", lines)
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    assert copy_beside_terminal(TEXT, uses_program=True) is Copied.ASKED


def test_without_a_program_the_terminal_was_asked(programs: Path) -> None:
    assert copy_beside_terminal(TEXT, uses_program=True) is Copied.ASKED


def test_the_advice_fits_where_one_is(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "tmux" not in advice()
    assert "xclip" in advice()
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    assert "set -g set-clipboard on" in advice()
    assert "xclip" not in advice()
    assert "OSC 52" in advice()


async def test_a_copy_says_what_is_known_and_advises_once(programs: Path, tmp_path: Path) -> None:
    async with opened(tmp_path, "The harbour closed. It opened.") as reader:
        await reader.press("Y")
        await reader.until(lambda: reader.message, "the outcome")
        assert reader.message == "Asked the terminal to copy: The harbour closed."
        await reader.until(lambda: notices(reader.app), "the advice")
        assert "OSC 52" in notices(reader.app)[0].message
        await reader.press("escape", "y")
        await reader.until(lambda: reader.message, "the outcome")
        assert not notices(reader.app)


async def test_a_copy_in_tmux_says_so(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    buffer = tmux(programs)
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    async with opened(tmp_path, "The harbour closed. It opened.") as reader:
        await reader.press("Y")
        await reader.until(lambda: reader.message, "the outcome")
        assert reader.message == "Copied to tmux: The harbour closed."
        assert buffer.read_text() == "The harbour closed."
