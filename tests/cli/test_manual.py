"""The manual page, which is made from the commands and is shipped with the wheel."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reader.cli import main
from reader.cli.parser import COMMANDS

PAGE = Path(__file__).resolve().parents[2] / "docs/margin.1"


def test_the_shipped_page_is_the_one_that_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--man"])
    assert capsys.readouterr().out == PAGE.read_text("utf-8"), "run: make docs"


def test_every_command_and_option_is_in_it() -> None:
    text = PAGE.read_text("utf-8").replace("\\-", "-")
    for name in COMMANDS:
        assert f".SS {name}\n" in text
    for words in ("--since DATE", "--output PATH", "--quote TEXT", "--library DIR", "--whole"):
        assert words in text
    assert "==SUPPRESS==" not in text
    assert "%(" not in text


@pytest.mark.skipif(shutil.which("man") is None, reason="there is no man here")
def test_man_shows_it_without_a_warning() -> None:
    run = subprocess.run(
        ["man", "--warnings", "-l", str(PAGE)],
        capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "MANPAGER": "cat", "LC_ALL": "C"},
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")
    assert "margin - read articles in the terminal" in run.stdout
    assert "--since DATE" in run.stdout
