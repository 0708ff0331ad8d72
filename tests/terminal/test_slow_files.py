"""A file whose reading does not end: the reader can be left all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.formats.pdfs import Piece, pdf
from tests.formats.test_pdf_process import forms
from tests.terminal.driver import MARGIN, Terminal

PAGES = 1500
"""So many that the file is still being read when its first page is on screen."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


def test_the_reader_ends_though_a_page_does_not(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "long.pdf"
    lines = [Piece(30, 540 - 9 * n, 8, f"Line {n} of a page with words") for n in range(50)]
    file.write_bytes(pdf([[Piece(30, 560, 16, f"Chapter {n}"), *lines] for n in range(PAGES)]))
    with Terminal([*MARGIN, file], home=home) as terminal:
        terminal.wait_for("Line 9 of a page")
        listed = subprocess.run(
            ["pgrep", "-P", str(terminal.pid)], capture_output=True, text=True, check=True
        )
        (child,) = map(int, listed.stdout.split())
        os.kill(child, signal.SIGSTOP)
        left = time.monotonic()
        terminal.send("q")
        assert terminal.wait() == 0
        assert time.monotonic() - left < 15  # a page is given up after 20 seconds
        assert "Traceback" not in terminal.text
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_ctrl_c_ends_the_wait_for_a_first_page(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "endless.pdf"
    file.write_bytes(forms(12, 10))
    with Terminal([*MARGIN, file], home=home) as terminal:
        deadline = time.monotonic() + 20
        while not subprocess.run(["pgrep", "-P", str(terminal.pid)], capture_output=True).stdout:
            assert time.monotonic() < deadline
        terminal.send("\x03")
        assert terminal.wait() == 130
        assert "Traceback" not in terminal.text
