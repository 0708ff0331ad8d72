"""``margin import`` and ``margin undo`` in the shell, and what ``margin add --from`` leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.cli.main import main
from tests.session.importing.files import row, write_rows


def margin(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> tuple[str, str]:
    """Run a command; return what it prints on standard output and on standard error."""
    try:
        assert main(list(words)) == code
    except SystemExit as ended:
        assert ended.code == code  # noqa: PT017
    return capsys.readouterr()


def test_an_import_is_shown_made_and_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_rows(tmp_path / "a.jsonl", row(1), row(2, note="Who?"), row(3, 7))
    out, err = margin(capsys, "import", path, "--dry-run", "-v")
    assert "The Quiet Ledger, a new article: 2 new\n" in out
    assert "    new: “Nobody asked who wrote it”\n" in out
    assert err == "This would import: 3 new notes, 2 new articles. Nothing was changed.\n"
    assert margin(capsys, "notes", code=1)[0] == ""
    words = ("import", path, "--tag", "Mine", "--project", "Ledgers", "--json")
    record = json.loads(margin(capsys, *words)[0])
    assert (record["made"], record["counts"]["new"], record["new_articles"]) == (True, 3, 2)
    notes = json.loads(margin(capsys, "notes", "--json")[0])
    assert {each["id"] for each in notes} == {
        note["id"]
        for file in record["files"]
        for source in file["sources"]
        for note in source["notes"]
    }
    assert all("mine" in each["tags"] for each in notes)
    assert json.loads(margin(capsys, "projects", "--json")[0])[0]["name"] == "Ledgers"
    changed = write_rows(tmp_path / "a.jsonl", row(1, note="It was *so*."))
    changes = json.loads(margin(capsys, "import", changed, "--dry-run", "--json")[0])
    assert changes["files"][0]["sources"][0]["notes"][0]["parts"] == ["note"]
    out = margin(capsys, "import", changed, "--dry-run", "-v")[0]
    assert "    changed: note: “Nobody asked who wrote it”\n" in out
    write_rows(tmp_path / "a.jsonl", row(1), row(2, note="Who?"), row(3, 7))
    out, err = margin(capsys, "import", path)
    assert "2 the same" in out
    assert err == "Imported: 3 the same.\n"
    assert "import of a.jsonl (3 notes)" in margin(capsys, "undo", "--list")[0]
    assert margin(capsys, "undo")[1] == "Undone: import of a.jsonl (3 notes).\n"
    assert margin(capsys, "library", code=1)[0] == ""


def test_a_folder_stands_for_its_files_with_notes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    write_rows(tmp_path / "in" / "a.jsonl", row(1))
    write_rows(tmp_path / "in" / "deep" / "b.jsonl", row(2))
    (tmp_path / "in" / "letter.txt").write_text("Dear Imre", encoding="utf-8")
    assert "2 new notes" in margin(capsys, "import", str(tmp_path / "in"))[1]
    (tmp_path / "empty").mkdir()
    assert "no file of a kind" in margin(capsys, "import", str(tmp_path / "empty"), code=2)[1]


def test_what_cannot_be_read_is_one_sentence_and_nothing_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = write_rows(tmp_path / "a.jsonl", row(1))
    bad = tmp_path / "letter.txt"
    bad.write_text("Dear Imre", encoding="utf-8")
    for words in ((good, str(bad)), (good, str(tmp_path / "none")), (good, "--as", "tiddlers")):
        out, err = margin(capsys, "import", *words, code=2)
        assert out == ""
        assert err.count("\n") == 1
    assert "kindle-clippings, " in err
    assert margin(capsys, "notes", code=1)[0] == ""


def test_a_source_that_may_be_several_articles_is_named_and_can_be_given_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = [
        row(each, each, url="", title=f"The Quiet Ledger: {name}") for each, name in enumerate("ab")
    ]
    margin(capsys, "import", write_rows(tmp_path / "a.jsonl", *books))
    other = write_rows(tmp_path / "b.jsonl", row(5, 9, url="", title="The Quiet Ledger"))
    out, err = margin(capsys, "import", other, code=1)
    assert "The Quiet Ledger, which may be several articles: 1 note not imported\n" in out
    assert "name one with --article: The Quiet Ledger: " in err
    out, err = margin(capsys, "import", other, "--article", "Ledger: b")
    assert "in the library: 1 new" in out


def test_bad_rows_have_their_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(write_rows(tmp_path / "a.jsonl", row(1)))
    path.write_text(path.read_text(encoding="utf-8") + "{broken\n", encoding="utf-8")
    err = margin(capsys, "import", str(path), code=1)[1]
    assert f"margin: {path}: line 2: it is not a JSON object\n" in err
    assert "1 new note," in err


def test_adding_from_a_file_with_notes_says_that_they_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_rows(tmp_path / "a.jsonl", row(1, url="http://127.0.0.1:9/a"))
    err = margin(capsys, "add", "--from", path, code=2)[1]
    assert f"{path} also holds 1 note; to bring them in, too: margin import {path}\n" in err
