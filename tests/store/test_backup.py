"""A backup restores everything, and reports where it cannot."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from reader.errors import StoreError
from reader.store.archive import daily
from reader.store.archive.backup import MANIFEST, extract_backup, verify_backup, write_backup
from reader.store.archive.daily import DailyBackup
from reader.store.archive.restore import restore_backup
from reader.store.library import Library
from tests.store.examples import ARTICLE, OTHER, annotation, document


@pytest.fixture
def filled(library: Library) -> Library:
    """A library with two articles, a snapshot, and a removed article."""
    text = document("A passage.", title="The Quiet Ledger")
    library.write_snapshot(text)
    library.save(
        ARTICLE.id,
        article=replace(ARTICLE, snapshot=text.digest),
        annotations=[annotation(1, note="first", snapshot=text.digest)],
    )
    library.save(OTHER.id, article=OTHER, annotations=[annotation(2)])
    removed = replace(OTHER, id="01K0000000000000000CCCCCCC", source="/texts/gone.md")
    library.save(removed.id, article=removed)
    library.remove(removed.id)
    return library


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for place in ("articles", "snapshots", "trash")
        for path in (folder / place).rglob("*")
        if path.is_file()
    }


def test_a_backup_restores_the_library_beside_the_old_one(filled: Library) -> None:
    archive = filled.folder.parent / "backup.zip"
    written = write_backup(filled.folder, archive)
    assert (written.path, written.size) == (archive, archive.stat().st_size)
    assert written.files == len(contents(filled.folder))
    beside = Library(filled.folder.parent / "beside")
    assert restore_backup(beside, archive).added == 2
    assert contents(beside.folder) == contents(filled.folder)
    assert len(beside.annotations()) == 2
    beside.close()


def test_an_archive_and_its_restored_files_are_private(filled: Library) -> None:
    archive = filled.folder.parent / "backup.zip"
    write_backup(filled.folder, archive)
    assert archive.stat().st_mode & 0o777 == 0o600
    beside = Library(filled.folder.parent / "beside")
    restore_backup(beside, archive)
    for path in beside.folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0
    beside.close()


def test_newer_annotations_stay_and_removed_articles_come_back(filled: Library) -> None:
    archive = filled.folder.parent / "backup.zip"
    write_backup(filled.folder, archive)
    filled.save(ARTICLE.id, annotations=[annotation(3)])
    filled.remove(OTHER.id)
    report = restore_backup(filled, archive)
    assert (report.added, report.unchanged) == (1, 1)
    assert len(filled.load(ARTICLE.id).annotations) == 2
    assert len(filled.load(OTHER.id).annotations) == 1


@pytest.mark.parametrize("damage", ["cut", "flipped", "foreign", "empty", "later"])
def test_a_damaged_archive_is_reported_and_changes_nothing(filled: Library, damage: str) -> None:
    archive = filled.folder.parent / "backup.zip"
    write_backup(filled.folder, archive)
    content = bytearray(archive.read_bytes())
    if damage == "cut":
        archive.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        content[len(content) // 4] ^= 255
        archive.write_bytes(content)
    elif damage == "empty":
        archive.write_bytes(b"")
    else:
        with zipfile.ZipFile(archive, "w") as opened:
            opened.writestr("articles/x.json", "{}")
            if damage == "later":
                manifest = {"format": "margin-backup", "version": 99, "created": "", "files": {}}
                opened.writestr(MANIFEST, msgspec.json.encode(manifest))
    beside = Library(filled.folder.parent / "beside")
    with pytest.raises(StoreError):
        restore_backup(beside, archive)
    assert not beside.folder.exists()


def test_any_damaged_byte_is_reported_or_does_no_harm(filled: Library) -> None:
    archive = filled.folder.parent / "backup.zip"
    write_backup(filled.folder, archive)
    content = archive.read_bytes()
    reported = 0
    for place in range(0, len(content), 7):
        damaged = bytearray(content)
        damaged[place] ^= 255
        archive.write_bytes(damaged)
        try:
            verify_backup(archive)
        except StoreError:
            reported += 1
    assert reported > len(content) // 7 // 2


@pytest.mark.parametrize("name", ["../x.json", "/x.json", "articles/../../x.json", "x.json"])
def test_an_archive_s_names_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "backup.zip"
    files = {name: {"sha256": "0" * 64, "size": 0}}
    manifest = {"format": "margin-backup", "version": 1, "created": "", "files": files}
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr(name, "")
        opened.writestr(MANIFEST, msgspec.json.encode(manifest))
    with pytest.raises(StoreError, match="is called"):
        extract_backup(archive, tmp_path / "out")


def test_without_a_library_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no library"):
        write_backup(tmp_path / "library", tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


def test_a_file_whose_name_is_not_utf_8_is_backed_up(filled: Library) -> None:
    odd = filled.folder / "trash" / os.fsdecode(b"caf\xe9")
    odd.write_bytes(b"kept")
    archive = filled.folder.parent / "backup.zip"
    write_backup(filled.folder, archive)
    assert "trash/caf?" in verify_backup(archive).files


@pytest.mark.parametrize("moment", [0, 10**10])
def test_a_file_with_any_time_is_backed_up(filled: Library, moment: int) -> None:
    for path in filled.folder.glob("articles/*.json"):
        os.utime(path, (moment, moment))
    archive = filled.folder.parent / "backup.zip"
    assert write_backup(filled.folder, archive).files == len(contents(filled.folder))


def test_the_daily_backup_is_made_once_and_old_backups_are_deleted(filled: Library) -> None:
    backups = filled.folder / "backups"
    backups.mkdir()
    for day in range(1, 10):
        (backups / f"articles-2020-01-{day:02}.zip").write_bytes(b"old")
    mine = backups / "mine.zip"
    mine.write_bytes(b"mine")
    DailyBackup(filled.folder, keep=3)(lambda: False)
    today = f"articles-{date.today().isoformat()}.zip"
    assert sorted(path.name for path in backups.iterdir()) == [
        "articles-2020-01-08.zip",
        "articles-2020-01-09.zip",
        today,
        "mine.zip",
    ]
    files = verify_backup(backups / today).files
    assert {name.partition("/")[0] for name in files} == {"articles"}
    before = (backups / today).stat().st_mtime_ns
    DailyBackup(filled.folder, keep=3)(lambda: False)
    assert (backups / today).stat().st_mtime_ns == before


def test_the_daily_backups_have_a_limit(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "LARGEST_TOTAL", 1000)
    backups = filled.folder / "backups"
    backups.mkdir()
    for day in range(1, 4):
        (backups / f"articles-2020-01-0{day}.zip").write_bytes(b"old" * 200)
    DailyBackup(filled.folder, keep=30)(lambda: False)
    assert [path.name for path in backups.iterdir()] == [f"articles-{date.today()}.zip"]


def test_the_daily_backup_lets_a_save_go_first_and_is_made_later(filled: Library) -> None:
    backup = DailyBackup(filled.folder, keep=3)
    backup(lambda: True)
    assert list((filled.folder / "backups").iterdir()) == []
    assert backup.problem == ""
    backup(lambda: False)
    assert len(list((filled.folder / "backups").iterdir())) == 1


def test_no_daily_backup_is_made_where_it_is_switched_off(filled: Library) -> None:
    DailyBackup(filled.folder, keep=0)(lambda: False)
    assert not (filled.folder / "backups").exists()


def test_a_daily_backup_that_fails_is_reported(filled: Library) -> None:
    (filled.folder / "backups").write_text("in the way")
    backup = DailyBackup(filled.folder, keep=3)
    backup(lambda: False)
    assert "Today's backup was not made" in backup.problem
