"""A backup restores everything, and reports where it cannot."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from reader.errors import StoreError
from reader.store.archive import daily
from reader.store.archive.backup import write_backup
from reader.store.archive.daily import DailyBackup
from reader.store.archive.manifest import LARGEST_ENTRY, MANIFEST
from reader.store.archive.restore import restore_backup
from reader.store.archive.verify import extract_backup, verify_backup
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
    library.removals.remove(removed.id)
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
    filled.removals.remove(OTHER.id)
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


@pytest.mark.parametrize("place", ["articles", "drafts", "snapshots", "trash/gone-1/articles"])
@pytest.mark.parametrize("name", ["x.json", f"{'0' * 64}.json.gz", "key"])
def test_what_a_link_outside_leads_to_is_not_packed(
    filled: Library, tmp_path: Path, place: str, name: str
) -> None:
    private = tmp_path / "private"
    private.mkdir()
    (private / "key").write_text("a private key")
    folder = filled.folder / place
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).symlink_to(private / "key")
    (folder / "folder").symlink_to(private)
    (folder / "inside").symlink_to(next(filled.paths.articles.glob("*.json")))
    archive = tmp_path / "backup.zip"
    written = write_backup(filled.folder, archive)
    with zipfile.ZipFile(archive) as opened:
        contents = [opened.read(each) for each in opened.namelist()]
        assert f"{place}/inside" in opened.namelist()
    assert not any(b"a private key" in content for content in contents)
    assert sorted(written.left_out) == [
        f"{folder / each} is not in the backup because it is a link that leads out of the library."
        for each in sorted(("folder", name))
    ]


@pytest.mark.parametrize("place", ["drafts", "snapshots", "trash"])
def test_a_folder_that_is_a_link_is_reported(filled: Library, tmp_path: Path, place: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("outside")
    with contextlib.suppress(FileNotFoundError):
        (filled.folder / place).rename(tmp_path / "moved")
    (filled.folder / place).symlink_to(outside)
    written = write_backup(filled.folder, tmp_path / "backup.zip")
    (sentence,) = written.left_out
    assert sentence.startswith(f"{filled.folder / place} is not in the backup because it is a link")


def test_what_is_no_file_is_left_out_and_reported(filled: Library, tmp_path: Path) -> None:
    (filled.folder / "drafts").mkdir()
    os.mkfifo(filled.folder / "drafts" / "pipe.json")
    (filled.folder / "drafts" / "circle.json").symlink_to("circle.json")
    (filled.folder / "drafts" / "gone.json").symlink_to("nothing.json")
    with (filled.folder / "trash" / "huge").open("wb") as huge:
        huge.truncate(LARGEST_ENTRY + 1)
    written = write_backup(filled.folder, tmp_path / "backup.zip")
    assert len(written.left_out) == 4
    for name in ("pipe.json", "circle.json", "gone.json", "huge"):
        assert any(f"{name} is not in the backup" in each for each in written.left_out)


@pytest.mark.parametrize("is_link", [False, True])
def test_an_archive_is_private_whatever_was_there(
    filled: Library, tmp_path: Path, is_link: bool
) -> None:
    archive = before = tmp_path / "backup.zip"
    archive.write_bytes(b"public")
    archive.chmod(0o666)
    if is_link:
        archive = tmp_path / "link.zip"
        archive.symlink_to(before)
    write_backup(filled.folder, archive)
    assert before.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["file", "nothing", "folder", "parent"])
def test_restoring_follows_no_link(filled: Library, tmp_path: Path, kind: str) -> None:
    draft = filled.folder / "drafts" / "inner" / "one.json"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(b"packed")
    archive = tmp_path / "backup.zip"
    write_backup(filled.folder, archive)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "one.json").write_bytes(b"outside")
    target = {"nothing": outside / "new.json", "folder": outside}.get(kind, outside / "one.json")
    if kind == "parent":
        shutil.rmtree(draft.parent)
        draft.parent.symlink_to(outside)
    else:
        draft.unlink()
        draft.symlink_to(target)
    report = restore_backup(filled, archive)
    assert {path.name: path.read_bytes() for path in outside.iterdir()} == {"one.json": b"outside"}
    if kind == "parent":
        assert "leads out of the library" in report.problems[0]
    else:
        assert draft.is_symlink()
        (restored,) = draft.parent.glob("one.restored-*.json")
        assert restored.read_bytes() == b"packed"


def test_a_link_in_an_archive_is_not_restored_as_a_link(filled: Library, tmp_path: Path) -> None:
    archive = tmp_path / "backup.zip"
    content = b"/etc/passwd"
    digest = hashlib.sha256(content).hexdigest()
    name = "drafts/link.json"
    files = {name: {"sha256": digest, "size": len(content)}}
    manifest = {"format": "margin-backup", "version": 1, "created": "", "files": files}
    with zipfile.ZipFile(archive, "w") as opened:
        link = zipfile.ZipInfo(name)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        opened.writestr(link, content)
        opened.writestr(MANIFEST, msgspec.json.encode(manifest))
    restore_backup(filled, archive)
    assert not (filled.folder / name).is_symlink()
    assert (filled.folder / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "name", ["cache/index.sqlite", ".git/hooks/post-checkout", "previous/x.json", "other/file"]
)
def test_only_files_of_a_library_are_restored(filled: Library, tmp_path: Path, name: str) -> None:
    archive = tmp_path / "backup.zip"
    files = {name: {"sha256": hashlib.sha256(b"x").hexdigest(), "size": 1}}
    manifest = {"format": "margin-backup", "version": 1, "created": "", "files": files}
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr(name, b"x")
        opened.writestr(MANIFEST, msgspec.json.encode(manifest))
    beside = Library(tmp_path / "beside")
    report = restore_backup(beside, archive)
    assert report.problems == [f"{name} was not restored: it is no file of a library."]
    assert not (beside.folder / name).exists()


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


def test_what_programs_that_ended_left_of_a_restoring_is_deleted(filled: Library) -> None:
    archive = filled.folder.parent / "backup.zip"
    write_backup(filled.folder, archive)
    with subprocess.Popen(["true"]) as ended:
        pass
    cache = filled.paths.cache
    left, used, foreign = (
        cache / f"restore-{process}-abc" for process in (ended.pid, os.getpid(), "x")
    )
    for folder in (left, used, foreign):
        (folder / "articles").mkdir(parents=True)
        (folder / "articles" / "x.json").write_text("{}")
    no_folder = cache / f"restore-{ended.pid}-file"
    no_folder.write_text("no folder at all")
    restore_backup(filled, archive)
    assert not left.exists()
    assert all((each / "articles" / "x.json").exists() for each in (used, foreign))
    assert set(cache.glob("restore-*")) == {used, foreign, no_folder}
