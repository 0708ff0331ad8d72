"""A library on a disk that is not mounted: every command says so and exits with code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.cli.main import main

COMMANDS = (
    ("library",), ("library", "--json"), ("library", "--tag", "x"), ("notes",), ("notes", "--json"),
    ("notes", "--query", "x"), ("notes", "--article", "A"), ("export",), ("export", "--json"),
    ("export", "-o", "out"), ("trash",), ("trash", "--json"), ("next",), ("doctor",), ("backup",),
    ("annotate", "a.md", "--quote", "words"), ("add", "a.md"), ("merge", "other"), ("a.md",),
)  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_disk_that_is_not_mounted_is_no_empty_library(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("# A\n\nSome words to read.\n")
    Path("other/articles").mkdir(parents=True)
    Path("library").symlink_to("disk/margin")
    monkeypatch.setenv("MARGIN_LIBRARY", str(tmp_path / "library"))
    assert main(list(words)) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert str(tmp_path / "library") in shown.err
    assert len(shown.err.splitlines()) == 1
    assert not Path("disk").exists()
