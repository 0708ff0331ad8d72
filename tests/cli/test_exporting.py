"""Exports from the shell: the formats of the registry, and files that are updated."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli import main
from reader.paths import settings_file, templates_folder
from reader.session import Session
from reader.session.exporting import FORMATS
from reader.session.queue import AddRequest
from reader.session.sources import UNWATCHED
from tests.exports.rendering import words_of


@pytest.fixture
def article(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "tides.txt"
    path.write_text("Words of the tide tables.\n\nAnd some more of them.\n")
    words = ["--quote", "tide tables", "--note", "Which ones?", "--status", "refuted"]
    assert main(["annotate", str(path), *words]) == 0
    return path


def test_the_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    assert ", ".join(FORMATS) in " ".join(capsys.readouterr().out.split())


def test_an_unknown_format_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["export", "--format", "docx"])
    assert "choose from 'markdown', " in capsys.readouterr().err


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
    assert main(["annotate", str(article), "--quote", "some more", "--status", "refuted"]) == 0
    assert main(export) == 0
    files = list(target.iterdir()) if is_folder else [target]
    assert [each.suffix for each in files] == [suffix]
    assert ("some more" in words_of(files[0].read_bytes())) is not FORMATS[name].is_of_sources


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


def test_standard_output_can_be_named_and_takes_no_package_to_a_terminal(
    article: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    capsysbinary.readouterr()
    assert main(["export", "--format", "text", "-o", "-"]) == 0
    named = capsysbinary.readouterr().out
    assert main(["export", "--format", "text"]) == 0
    assert capsysbinary.readouterr().out == named
    assert b"margin-digest" not in named
    assert main(["export", "--json", "-o", "-"]) == 0
    assert json.loads(capsysbinary.readouterr().out)[0]["quote"] == "tide tables"
    assert main(["export", "--format", "anki", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out.startswith(b"PK")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["export", "--format", "anki"]) == 2
    assert b"name a file with -o FILE" in capsysbinary.readouterr().err


def test_a_text_is_copied(
    article: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copied: list[str] = []
    monkeypatch.setattr("pyperclip.copy", copied.append)
    monkeypatch.setattr("reader.ui.clipboard.is_remote", lambda: False)
    monkeypatch.delenv("TMUX", raising=False)
    capsys.readouterr()
    assert main(["export", "--format", "text", "--copy"]) == 0
    assert "“tide tables”" in copied[0]
    answer = capsys.readouterr()
    assert answer.out == ""
    assert f"Copied: {len(copied[0])} characters." in answer.err
    assert main(["export", "--format", "anki", "--copy"]) == 2
    assert "name a file with -o" in capsys.readouterr().err
    for words in (["-o", "x"], ["--json"]):
        assert main(["export", "--copy", *words]) == 2
        assert "leave -o, --to, --json out" in capsys.readouterr().err


def test_a_template_writes_files_that_it_knows_again(
    article: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = settings_file().parent / "templates"
    folder.mkdir(parents=True)
    (folder / "mine.md.j2").write_text(
        "{% for a in articles %}{{ a.notes[0].quote }}\n{% endfor %}"
    )
    out = tmp_path / "out"
    capsys.readouterr()
    assert main(["export", "--template", "mine"]) == 0
    assert capsys.readouterr().out == "tide tables\n"
    export = ["export", "--template", "mine", "-o", str(out)]
    assert main(export) == 0
    (file,) = out.iterdir()
    assert (file.suffix, file.read_text()) == (".md", "tide tables\n")
    file = file.rename(out / "renamed.md")
    capsys.readouterr()
    assert main(export) == 0
    assert capsys.readouterr().err.endswith("renamed.md (unchanged)\n")
    file.write_text("tide tables, and my words\n")
    assert main(export) == 0
    assert file.read_text() == "tide tables, and my words\n"
    assert len(list(out.iterdir())) == 2
    assert main(["export", "--template", "mine", "-o", str(file)]) == 2
    assert "was not written by Margin as mine" in capsys.readouterr().err


def test_templates_are_printed_and_faults_are_named(
    article: Path, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["export", "--print-template"]) == 0
    assert capsys.readouterr().out.split() == ["claims", "footnotes", "quotes", "snippet", "wiki"]
    assert main(["export", "--print-template", "quotes"]) == 0
    path = tmp_path / "my.md.j2"
    path.write_text(capsys.readouterr().out)
    assert main(["export", "--template", "quotes"]) == 0
    theirs = capsys.readouterr().out
    assert main(["export", "--template", str(path)]) == 0
    assert capsys.readouterr().out == theirs
    own = templates_folder() / "quotes.md.j2"  # as a shell makes it before it runs the command
    own.parent.mkdir(parents=True)
    own.touch()
    assert main(["export", "--print-template", "quotes"]) == 0
    assert capsys.readouterr().out == path.read_text()
    own.write_text("mine")
    own.rename(own.with_name("mine.md.j2"))
    assert main(["export", "--print-template", "mine"]) == 0
    assert capsys.readouterr().out == "mine"
    path.write_text("one\n {{ artcles }}")
    assert main(["export", "--template", str(path)]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert f"{path}, line 2, column 5: there is no value artcles; did you mean articles?" in said
    for words, sentence in (
        (["--template", "quotess"], "did you mean quotes?"),
        (["--template", "quotes", "--format", "csv"], "name one."),
        (["--template", "quotes", "--json"], "--json prints JSON"),
        (["--print-template", "none"], "none is no template"),
        (["--template", "~nosuchname/a.j2"], "~nosuchname/a.j2 is no template"),
        (["--template", "a" * 300], "is no template"),
    ):
        assert main(["export", *words]) == 2
        assert sentence in capsys.readouterr().err


def test_a_text_that_is_redirected_to_a_file_is_known_again(article: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "reader", "export"]
    printed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    target = tmp_path / "out.md"
    with target.open("wb") as file:
        subprocess.run(command, stdout=file, check=True)
    assert "<!--" not in printed
    assert target.read_text("utf-8").startswith(f"{printed}\n<!-- Margin reads ")
    assert main(["export", "-o", str(target)]) == 0


def test_a_vault_gets_ids_unless_they_are_not_wanted(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "vault" / ".obsidian").mkdir(parents=True)
    for words, has_ids in (([], True), (["--no-ids"], False), (["--ids"], True)):
        assert main(["export", "-o", str(tmp_path / "vault" / "Sources"), *words]) == 0
        (file,) = (tmp_path / "vault" / "Sources").iterdir()
        text = file.read_text("utf-8")
        assert ("\n^margin-01" in text, text.startswith("---\n")) == (has_ids, has_ids)
    assert main(["export", "-o", str(tmp_path / "plain.md")]) == 0
    assert "^margin-" not in (tmp_path / "plain.md").read_text("utf-8")
    capsys.readouterr()
    assert main(["export", "--format", "csv", "--ids"]) == 2
    assert "CSV has no ids at its passages" in capsys.readouterr().err
