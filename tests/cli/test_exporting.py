"""Exports from the shell: the formats of the registry, and files that are updated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.cli import main
from reader.session.exporting import FORMATS


@pytest.fixture
def article(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "tides.txt"
    path.write_text("Words of the tide tables.\n\nAnd some more of them.\n")
    assert main(["annotate", str(path), "--quote", "tide tables", "--note", "Which ones?"]) == 0
    return path


def test_the_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert ", ".join(FORMATS) in capsys.readouterr().out


def test_an_unknown_format_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["export", "--format", "docx"])
    assert "'markdown', 'jsonl'" in capsys.readouterr().err


def test_json_lines_say_what_the_notes_say(
    article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["export", "--format", "jsonl"]) == 0
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert main(["notes", "--json"]) == 0
    (note,) = json.loads(capsys.readouterr().out)
    assert line.items() >= note.items()
    assert line["source"] == str(article)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("is_folder", [True, False])
def test_exporting_again_updates_what_is_there(
    article: Path, tmp_path: Path, name: str, is_folder: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    suffix = FORMATS[name].suffixes[0]
    target = tmp_path / ("out" if is_folder else f"out{suffix}")
    export = ["export", "--format", name, "-o", str(target)]
    assert main(export) == 0
    capsys.readouterr()
    assert main(export) == 0
    assert capsys.readouterr().err.endswith("(unchanged)\n")
    assert main(["annotate", str(article), "--quote", "some more"]) == 0
    assert main(export) == 0
    files = list(target.iterdir()) if is_folder else [target]
    assert [each.suffix for each in files] == [suffix]
    assert "some more" in files[0].read_text()
