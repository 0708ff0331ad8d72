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


def test_an_unknown_format_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
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


@pytest.fixture
def three(tmp_path: Path, article: Path) -> dict[str, Path]:
    """Three articles with a note each, two of which share a word of their titles."""
    paths = {"tides": article}
    for name, title in (("harbour", "The Harbour Book"), ("ledger", "The harbour ledger, ENDED")):
        paths[name] = tmp_path / f"{name}.md"
        paths[name].write_text(f"# {title}\n\nThe words of the {name}, and no others.\n")
        assert main(["annotate", str(paths[name]), "--quote", f"words of the {name}"]) == 0
    return paths


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("Harbour Book", "harbour"),
        ("harbour book", "harbour"),
        ("BOOK", "harbour"),
        ("ended", "ledger"),
        ("r ledger, e", "ledger"),
        ("Tides", "tides"),
    ],
)
@pytest.mark.parametrize("command", ["export", "notes"])
def test_an_article_is_named_by_a_part_of_its_title(
    three: dict[str, Path], part: str, name: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main([command, "--article", part]) == 0
    shown = capsys.readouterr().out
    quotes = {
        "tides": "tide tables",
        "harbour": "words of the harbour",
        "ledger": "words of the ledger",
    }
    assert [each for each, quote in quotes.items() if quote in shown] == [name]


def test_an_article_is_named_by_its_id_and_its_path_before_a_part_of_a_title(
    three: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["library", "--json"]) == 0
    for record in json.loads(capsys.readouterr().out):
        for known_as in (record["id"], record["source"]):
            assert main(["export", "--article", known_as, "--format", "jsonl"]) == 0
            (line,) = map(json.loads, capsys.readouterr().out.splitlines())
            assert line["source"] == record["source"]


@pytest.mark.parametrize("command", ["export", "notes"])
def test_a_part_of_two_titles_or_of_none_is_refused(
    three: dict[str, Path], command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main([command, "--article", "harbour"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "2 articles" in said.err
    assert "The Harbour Book" in said.err
    assert "The harbour ledger, ENDED" in said.err
    assert main([command, "--article", "lighthouse"]) == 2
    assert "lighthouse" in capsys.readouterr().err
