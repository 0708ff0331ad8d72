"""``margin export --to``: a vault that is kept up to date from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.cli import main
from reader.paths import library_folder
from reader.session import Session

TEXT = "# Tides\n\nThe harbour kept two clocks. Nobody knew why.\n"


@pytest.fixture
def vault(tmp_path: Path, home: Path) -> Path:
    (tmp_path / "tides.md").write_text(TEXT, encoding="utf-8")
    words = ["--quote", "Nobody knew why", "--note", "Who?"]
    assert main(["annotate", str(tmp_path / "tides.md"), *words]) == 0
    (tmp_path / "vault" / ".obsidian").mkdir(parents=True)
    return tmp_path / "vault" / "Margin"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["export", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_vault_is_planned_written_and_then_unchanged(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "--to", str(vault), "--dry-run")
    assert (code, out) == (0, "new: Tides.md (1 new)\n")
    assert err == f"{vault} would have: 1 new. Nothing was changed.\n"
    assert not vault.exists()
    assert run(capsys, "--to", str(vault))[:2] == (0, "new: Tides.md (1 new)\n")
    file = vault / "Tides.md"
    assert "margin-id" in file.read_text(encoding="utf-8")  # ids, since this is a vault
    assert run(capsys, "--to", str(vault)) == (0, "", f"{vault}: 1 unchanged.\n")
    assert main(["config", "set", "vault", str(vault)]) == 0
    assert run(capsys, "--to") == (0, "", f"{vault}: 1 unchanged.\n")


def test_a_graph_of_logseq_gets_pages(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = tmp_path / "graph"
    (graph / "logseq").mkdir(parents=True)
    (graph / "logseq" / "config.edn").write_text("{}")
    code, out, _ = run(capsys, "--to", str(graph), "--json")
    printed = json.loads(out)
    assert (code, printed["vault"], printed["format"]) == (0, "logseq", "logseq")
    assert (graph / "pages" / "Tides.md").read_text(encoding="utf-8").startswith("title:: Tides\n")


def test_what_is_gone_is_taken_out_and_said(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "--to", str(vault))[0] == 0
    assert main(["library", "--json"]) == 0
    (article,) = json.loads(capsys.readouterr().out)
    session = Session(library_folder())
    session.removals.remove(article["id"])
    session.writer.close()
    code, out, err = run(capsys, "--to", str(vault))
    assert (code, out) == (0, "removed: Tides.md\n")
    assert "its article was removed from the library" in err
    assert run(capsys, "--to", str(vault))[0] == 1


@pytest.mark.parametrize("arguments", [["--to"], ["--format", "csv", "-o"]])
@pytest.mark.parametrize("has_good_copy", [True, False])
def test_a_damaged_article_is_said_also_where_its_notes_are_gone(
    vault: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], *, has_good_copy: bool
) -> None:
    vault.mkdir()
    assert run(capsys, *arguments, str(vault))[0] == 0
    if has_good_copy:
        _delete_notes(vault.parent.parent / "tides.md")
    (article,) = (library_folder() / "articles").glob("*.json")
    article.write_text("{", encoding="utf-8")
    _, _, err = run(capsys, *arguments, str(vault))
    problem = "its last good copy replaces it" if has_good_copy else "cannot be understood"
    (line,) = (each for each in err.splitlines() if problem in each)
    assert str(article) in line


@pytest.mark.parametrize("is_first", [True, False])
def test_a_note_that_damage_took_from_the_library_stays_in_its_file(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str], *, is_first: bool
) -> None:
    source, folder = tmp_path / "tides.md", tmp_path / "vault"
    source.write_text(TEXT, encoding="utf-8")
    note = ["--quote", "two clocks", "--note", "Kept"]
    assert main(["add", str(source)] if is_first else ["annotate", str(source), *note]) == 0
    assert main(["annotate", str(source), "--quote", "Nobody knew why", "--note", "Who?"]) == 0
    assert run(capsys, "--to", str(folder))[0] == 0
    text = (folder / "Tides.md").read_bytes()
    (article,) = (library_folder() / "articles").glob("*.json")
    article.write_text("{", encoding="utf-8")
    for _ in range(2):
        _, out, err = run(capsys, "--to", str(folder))
        assert out == ("left: Tides.md\n" if is_first else "conflict: Tides.md\n")
        assert "margin import" in err
        assert (folder / "Tides.md").read_bytes() == text
    assert main(["import", str(folder / "Tides.md")]) == 0
    assert run(capsys, "--to", str(folder))[0] == 0
    assert "Who?" in (folder / "Tides.md").read_text(encoding="utf-8")


def _delete_notes(source: Path) -> None:
    """Delete the notes of an article so that its last good copy has none either."""
    session = Session(library_folder())
    opened = session.open(str(source)).open_article
    (note,) = opened.state.annotations
    opened.delete([note.id])
    session.save_all()
    session.writer.close()
    assert main(["annotate", str(source), "--quote", "two clocks"]) == 0


def test_what_cannot_be_done_is_said(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "set it: margin config set vault" in _refused(capsys, "--to")
    assert "choose one of markdown," in _refused(capsys, "--to", str(vault), "--format", "csv")
    assert "--to" in _refused(capsys, "--dry-run")
    assert "is a file" in _refused(capsys, "--to", str(tmp_path / "tides.md"))
    with pytest.raises(SystemExit):
        main(["export", "--to", "x", "-o", "y"])


def _refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main(["export", *arguments]) == 2
    return capsys.readouterr().err
