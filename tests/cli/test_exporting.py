"""Exports from the shell: the formats of the registry, and files that are updated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.cli import main
from reader.session import Session
from reader.session.exporting import FORMATS
from reader.session.queue import AddRequest
from reader.session.sources import UNWATCHED


@pytest.fixture
def article(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "tides.txt"
    path.write_text("Words of the tide tables.\n\nAnd some more of them.\n")
    assert main(["annotate", str(path), "--quote", "tide tables", "--note", "Which ones?"]) == 0
    return path


def test_the_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert ", ".join(FORMATS) in " ".join(capsys.readouterr().out.split())


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
    assert ("some more" in files[0].read_text()) is not FORMATS[name].is_of_sources


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


def test_an_export_is_printed_as_json(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["export", "--format", "jsonl"]) == 0
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    for words in (["export", "--json"], ["export", "--json", "--format", "jsonl"]):
        assert main(words) == 0
        assert json.loads(capsys.readouterr().out) == [line]
    assert main(["export", "--json", "--format", "markdown"]) == 2
    assert "not markdown" in capsys.readouterr().err
    target = tmp_path / "notes.md"
    for is_changed in (True, False):
        assert main(["export", "--json", "-o", str(target)]) == 0
        (written,) = json.loads(capsys.readouterr().out)
        assert (written["path"], written["changed"]) == (str(target), is_changed)


def test_nothing_to_export_is_nothing_found(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    for words in (["--tag", "nosuch"], ["--tag", "nosuch", "-o", str(tmp_path / "out.md")]):
        assert main(["export", *words]) == 1
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.startswith("margin: Nothing to export: ")
    assert main(["export", "--tag", "nosuch", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("words", [["notes", "--query", "nowhere"], ["library", "--tag", "nosuch"]])
def test_a_list_of_nothing_says_so(
    article: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(words) == 1
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("was found.\n")) == ("", 1)
    assert main([*words, "--json"]) == 1
    shown = capsys.readouterr()
    assert (json.loads(shown.out), shown.err) == ([], "")


def test_articles_are_listed_by_the_tags_of_an_imported_list(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = Session(home / ".local/share/margin")
    for name, tags in (("tides", ("Harbour", "later")), ("lamps", ("light",))):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"On the {name}.\n\nWords of the {name}.\n")
        session.queue.add(AddRequest(str(path), tags=tags), UNWATCHED)
    session.writer.close()
    capsys.readouterr()
    for given, names in (
        (["harbour"], ["tides"]),
        (["LIGHT "], ["lamps"]),
        (["light", "later"], ["lamps", "tides"]),
    ):
        words = [word for tag in given for word in ("--tag", tag)]
        assert main(["library", "--json", *words]) == 0
        listed = json.loads(capsys.readouterr().out)
        assert sorted(Path(each["source"]).stem for each in listed) == names
    assert main(["library"]) == 0
    assert "Harbour, later" in capsys.readouterr().out
