"""The commands for a library as a whole, run as a person runs them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from reader.session import Session

ROOT = Path(__file__).resolve().parents[2]

TEXT = """# The tide tables

"The harbour will close," said the keeper. It closed in March. It opened again in May.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article, and a library with a note on it."""
    (tmp_path / "tides.md").write_text(TEXT, "utf-8")
    annotate(tmp_path, "It closed in March.")
    return tmp_path


def margin(folder: Path, *words: str, code: int = 0) -> tuple[str, str]:
    """Run the command in a folder; the library is ``library`` in it."""
    run = subprocess.run(
        [sys.executable, "-m", "reader", *words],
        cwd=folder,
        env=os.environ | {"MARGIN_LIBRARY": str(folder / "library"), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == code, run.stdout + run.stderr
    return run.stdout, run.stderr


def annotate(folder: Path, quote: str, *words: str) -> str:
    return margin(folder, "annotate", "tides.md", "--quote", quote, *words)[0].strip()


def test_the_first_note_of_a_day_makes_a_backup(folder: Path) -> None:
    (backup,) = (folder / "library" / "backups").iterdir()
    with zipfile.ZipFile(backup) as archive:
        assert any(name.startswith("articles/the-tide") for name in archive.namelist())


def test_no_daily_backup_where_the_settings_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text("backups = 0\n", "utf-8")
    monkeypatch.setenv("MARGIN_CONFIG", str(tmp_path / "settings.toml"))
    (tmp_path / "tides.md").write_text(TEXT, "utf-8")
    annotate(tmp_path, "It closed in March.")
    margin(tmp_path, "add", "tides.md")
    assert not (tmp_path / "library" / "backups").exists()


def test_a_fault_in_the_settings_leaves_a_backup_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text("backups = none\n", "utf-8")
    monkeypatch.setenv("MARGIN_CONFIG", str(tmp_path / "settings.toml"))
    (tmp_path / "tides.md").write_text(TEXT, "utf-8")
    annotate(tmp_path, "It closed in March.")
    assert len(list((tmp_path / "library" / "backups").iterdir())) == 1


def test_a_backup_is_written_and_restored_beside(folder: Path) -> None:
    path, told = margin(folder, "backup")
    assert "verified" in told
    assert Path(path.strip()).parent == folder
    margin(folder, "restore", path.strip(), "--library", "beside")
    notes, _ = margin(folder, "notes", "--json", "--library", "beside")
    assert [each["quote"] for each in json.loads(notes)] == ["It closed in March."]


def test_a_backup_replaces_the_file_that_is_there(folder: Path) -> None:
    (folder / "mine.zip").write_bytes(b"an older one")
    written = json.loads(margin(folder, "backup", "-o", "mine.zip", "--json")[0])
    assert written["bytes"] == (folder / "mine.zip").stat().st_size
    (folder / "kept").mkdir()
    margin(folder, "backup", "-o", "kept")
    assert len(list((folder / "kept").iterdir())) == 1


def test_a_damaged_archive_is_an_error_of_one_sentence(folder: Path) -> None:
    (folder / "bad.zip").write_bytes(b"no archive")
    _, told = margin(folder, "restore", "bad.zip", code=2)
    assert told.startswith("margin: Damaged file: ")
    assert "Traceback" not in told


def test_another_library_is_merged(folder: Path) -> None:
    path, _ = margin(folder, "backup")
    margin(folder, "restore", path.strip(), "--library", "other")
    annotate(folder, "It opened again in May.", "--library", "other")
    said, _ = margin(folder, "merge", "other")
    assert said == "0 articles added, 1 merged, 0 unchanged\n"
    assert len(json.loads(margin(folder, "notes", "--json")[0])) == 2
    report = json.loads(margin(folder, "merge", "other", "--json")[0])
    assert (report["unchanged"], report["problems"]) == (1, [])
    _, told = margin(folder, "merge", "nowhere", code=2)
    assert "Not a library" in told


def test_the_doctor_finds_and_repairs(folder: Path) -> None:
    assert margin(folder, "doctor")[0] == "No fault found.\n"
    (path,) = (folder / "library" / "articles").iterdir()
    path.write_bytes(path.read_bytes()[:-30])
    path.chmod(0o644)
    found = json.loads(margin(folder, "doctor", "--json", code=1)[0])
    assert {each["kind"] for each in found} == {"rights", "damaged"}
    assert all(each["can_mend"] and not each["mended"] for each in found)
    said, told = margin(folder, "doctor", code=1)
    assert "margin doctor --fix" in told
    said, _ = margin(folder, "doctor", "--fix")
    assert said.count("Repaired:") == 2
    assert "set aside" in margin(folder, "doctor")[0]
    assert len(json.loads(margin(folder, "notes", "--json")[0])) == 1


def test_the_trash_is_emptied_only_after_a_yes(folder: Path) -> None:
    assert margin(folder, "trash", code=1)[0] == ""
    (path,) = (folder / "library" / "articles").iterdir()
    path.with_name(f"{path.stem} (1).json").write_bytes(path.read_bytes())
    margin(folder, "library")
    said, _ = margin(folder, "trash")
    assert "The tide tables" in said
    _, told = margin(folder, "trash", "--empty", code=2)
    assert "--yes" in told
    assert len(json.loads(margin(folder, "trash", "--json")[0])) == 1
    assert answered(folder, "no\n") == 1
    assert len(json.loads(margin(folder, "trash", "--json")[0])) == 1
    assert answered(folder, "y\n") == 0
    assert margin(folder, "trash", code=1)[0] == ""
    _, told = margin(folder, "trash", "--empty", "--yes")
    assert told == "The trash is empty.\n"


def deleted(folder: Path, *quotes: str) -> list[str]:
    """Annotate passages and delete them in the reader's way; return the ids of the annotations."""
    ids = [annotate(folder, quote, "--note", f"On {quote}\nmore") for quote in quotes]
    session = Session(folder / "library")
    for each in ids:
        session.open(str(folder / "tides.md")).open_article.delete([each])
        session.save_all()
    session.writer.close()
    return ids


def test_the_trash_lists_deleted_annotations_and_brings_them_back(folder: Path) -> None:
    first, second = deleted(folder, "The harbour will close", "It opened again in May.")
    said, _ = margin(folder, "trash")
    assert said.index(second) < said.index(first)
    assert "“It opened again in May.”" in said
    assert "On It opened again in May." in said
    assert "more" not in said
    assert "The tide tables" in said
    records = json.loads(margin(folder, "trash", "--json")[0])
    assert [each["name"] for each in records] == [second, first]
    for each in records:
        assert each["kind"] == "annotation"
        assert each["removed"].endswith("Z")
        assert (each["titles"], each["files"]) == (["The tide tables"], 0)
        assert each["quote"]
    said, told = margin(folder, "trash", "--restore", first)
    assert (said, told) == ("", "“The harbour will close” is back in “The tide tables”.\n")
    assert [each["name"] for each in json.loads(margin(folder, "trash", "--json")[0])] == [second]
    quotes = {each["quote"] for each in json.loads(margin(folder, "notes", "--json")[0])}
    assert quotes == {"The harbour will close", "It closed in March."}
    _, told = margin(folder, "trash", "--restore", "nothing", code=2)
    assert "margin trash" in told
    margin(folder, "trash", "--restore", first, "--empty", code=2)


@pytest.mark.parametrize("named_by", ["name", "articles"])
def test_a_removed_article_is_brought_back_with_its_notes(folder: Path, named_by: str) -> None:
    deleted(folder, "The harbour will close")
    session = Session(folder / "library")
    session.removals.remove(session.articles()[0].id)
    (record,) = json.loads(margin(folder, "trash", "--json")[0])
    assert record.items() >= {"kind": "article", "titles": ["The tide tables"]}.items()
    assert (record["annotations"], record["files"] >= 1) == (1, True)
    name = record[named_by] if named_by == "name" else record["articles"][0]
    _, told = margin(folder, "trash", "--restore", name)
    assert told == "“The tide tables” is back, with 1 annotation.\n"
    assert len(json.loads(margin(folder, "notes", "--json")[0])) == 1
    (record,) = json.loads(margin(folder, "trash", "--json")[0])
    assert record["quote"] == "The harbour will close"


def test_emptying_the_trash_keeps_what_merging_needs(folder: Path) -> None:
    (first,) = deleted(folder, "The harbour will close")
    margin(folder, "trash", "--empty", "--yes")
    assert [each["name"] for each in json.loads(margin(folder, "trash", "--json")[0])] == [first]


def answered(folder: Path, answer: str) -> int:
    """Empty the trash on a terminal, with an answer to the question."""
    master, slave = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "reader", "trash", "--empty"],
        env=os.environ | {"MARGIN_LIBRARY": str(folder / "library"), "PYTHONPATH": str(ROOT)},
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.write(master, answer.encode())
    run.communicate(timeout=60)
    os.close(master)
    os.close(slave)
    return run.returncode


def test_nothing_of_a_note_is_in_titles_messages_or_files_elsewhere(folder: Path) -> None:
    secret = "xyzzy-secret-4711"
    environment = os.environ | {
        "MARGIN_LIBRARY": str(folder / "library"),
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(folder / "tmp"),
        "HOME": str(folder / "home"),
    }
    (folder / "tmp").mkdir()
    (folder / "home").mkdir()
    run = subprocess.Popen(
        [sys.executable, "-c", WRITER, secret[::-1]],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "saved\n"
    shown = [
        Path(f"/proc/{run.pid}/{name}").read_bytes()
        for name in ("cmdline", "comm")
        if Path(f"/proc/{run.pid}").is_dir()
    ]
    said, told = run.communicate("done\n", timeout=60)
    margin(folder, "doctor")
    margin(folder, "library")
    elsewhere = [
        path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_relative_to(folder / "library")
    ]
    for content in (*shown, said.encode(), told.encode(), *elsewhere):
        assert secret.encode() not in content
    library = folder / "library"
    assert any(secret.encode() in path.read_bytes() for path in library.glob("articles/*"))
    for path in (library, *library.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path


WRITER = """
import os, sys
os.umask(0)
from pathlib import Path
from reader.session import AnnotationRequest, Session
session = Session(Path(os.environ["MARGIN_LIBRARY"]))
session.annotate("tides.md", AnnotationRequest("It opened again in May.", note=sys.argv[1][::-1]))
print("saved", flush=True)
sys.stdin.readline()
session.writer.close()
"""


def test_the_doctor_points_to_the_daily_backups_where_nothing_could_be_read(
    folder: Path,
) -> None:
    quotes = [each["quote"] for each in json.loads(margin(folder, "notes", "--json")[0])]
    (articles,) = folder.glob("**/articles")
    (path,) = articles.glob("*.json")
    backups = articles.parent / "backups"
    assert list(backups.glob("articles-*.zip"))
    path.write_bytes(b"{")
    for name in ("previous", "snapshots"):
        for each in (articles.parent / name).rglob("*.*"):
            each.unlink()
    out = "".join(margin(folder, "doctor", "--fix"))
    assert f"nothing of it could be read; margin restore takes a daily backup of {backups}" in out
    margin(folder, "restore", str(next(backups.glob("articles-*.zip"))))
    assert [each["quote"] for each in json.loads(margin(folder, "notes", "--json")[0])] == quotes
