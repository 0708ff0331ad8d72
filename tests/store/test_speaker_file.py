"""The file with the other names of speakers, on one machine and on several."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.store.archive.backup import write_backup
from reader.store.archive.restore import restore_backup
from reader.store.doctor.doctor import examine
from reader.store.library import Library
from reader.store.library_merge import merge_library
from reader.store.merge.git_merge import merge_three_ways
from tests.store.examples import ARTICLE, LATER, NOW

LAST = "2026-11-22T10:00:09.000Z"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "library")
    library.save(ARTICLE.id, article=ARTICLE)
    return library


def say(library: Library, name: str, main_name: str, moment: str = NOW) -> None:
    library.speakers.update(lambda names: names.with_same([name], main_name, moment))


def meaning(library: Library, name: str) -> str:
    return Library(library.folder).speakers.read().main_name(name)


def test_names_are_on_disk_in_a_form_that_people_read(library: Library) -> None:
    assert library.speakers.read().all == {}
    say(library, "Prewitt", "Lucan Prewitt")
    assert meaning(library, "prewitt") == "Lucan Prewitt"
    tables = json.loads(library.paths.speakers.read_text())
    assert tables["speakers"]["prewitt"] == {
        "name": "Prewitt", "means": "Lucan Prewitt", "apart": False, "modified": NOW,
    }  # fmt: skip
    assert library.paths.speakers.stat().st_mode & 0o077 == 0


def test_fields_that_this_version_does_not_know_are_kept(library: Library) -> None:
    say(library, "Prewitt", "Lucan Prewitt")
    tables = json.loads(library.paths.speakers.read_text())
    tables["speakers"]["prewitt"]["since"] = "2025"
    tables["offices"] = {"chair": {"name": "Chair"}}
    library.paths.speakers.write_text(json.dumps(tables))
    say(library, "Prewitt", "L. Prewitt", LATER)
    after = json.loads(library.paths.speakers.read_text())
    assert after["speakers"]["prewitt"]["since"] == "2025"
    assert after["offices"] == tables["offices"]


@pytest.mark.parametrize("content", ["{", "[]", '{"articles": {}}', '{"speakers": []}'])
def test_a_damaged_file_is_told_and_left_as_it_is(library: Library, content: str) -> None:
    say(library, "Prewitt", "Lucan Prewitt")
    library.paths.speakers.write_text(content)
    with pytest.raises(StoreError, match=r"speakers\.json"):
        say(library, "Solvay", "Henrike Solvay")
    assert library.paths.speakers.read_text() == content
    (finding,) = [each for each in examine(library.folder) if each.kind == "damaged"]
    assert finding.path == library.paths.speakers
    assert not any(each.is_left for each in examine(library.folder, is_repairing=True))
    say(library, "Solvay", "Henrike Solvay")


def test_what_a_synchroniser_left_counts_and_is_merged(library: Library) -> None:
    say(library, "Prewitt", "Lucan Prewitt")
    copy = library.paths.names / "speakers.sync-conflict-20261122-101112-ABCDEF2.json"
    shutil.copy(library.paths.speakers, copy)
    tables = json.loads(copy.read_text())
    tables["speakers"]["solvay"] = {
        "name": "Solvay", "means": "Henrike Solvay", "modified": LATER,
    }  # fmt: skip
    tables["speakers"]["prewitt"]["means"] = "L. Prewitt"
    tables["speakers"]["prewitt"]["modified"] = LATER
    copy.write_text(json.dumps(tables))
    assert meaning(library, "Solvay") == "Henrike Solvay"
    assert {each.kind for each in examine(library.folder)} >= {"conflict copy"}
    say(library, "Bell", "Anna Bell")
    assert not copy.exists()
    assert meaning(library, "Prewitt") == "L. Prewitt"
    assert not [each for each in examine(library.folder) if each.kind == "conflict copy"]


def test_two_libraries_and_a_backup_merge_name_by_name(library: Library, tmp_path: Path) -> None:
    say(library, "Prewitt", "Lucan Prewitt")
    shutil.copytree(library.folder, tmp_path / "other")
    other = Library(tmp_path / "other")
    say(library, "Prewitt", "L. Prewitt", LAST)
    say(other, "Prewitt", "Prewitt, L.", LATER)
    say(other, "Solvay", "Henrike Solvay", LATER)
    write_backup(other.folder, tmp_path / "backup.zip")
    for _ in range(2):
        merge_library(library, other.folder)
        merge_library(other, library.folder)
    for each in (library, other):
        assert meaning(each, "Prewitt") == "L. Prewitt"
        assert meaning(each, "Solvay") == "Henrike Solvay"
    fresh = Library(tmp_path / "fresh")
    report = restore_backup(fresh, tmp_path / "backup.zip")
    assert not report.problems
    assert meaning(fresh, "Prewitt") == "Prewitt, L."
    assert [path.name for path in fresh.paths.names.iterdir()] == ["speakers.json"]


def test_gits_driver_merges_the_file_with_its_ancestor(library: Library, tmp_path: Path) -> None:
    say(library, "Prewitt", "Lucan Prewitt")
    base = shutil.copy(library.paths.speakers, tmp_path / "base")
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    tables = json.loads(library.paths.speakers.read_text())
    tables["speakers"]["prewitt"]["means"] = "L. Prewitt"  # with a text editor, without a time
    ours.write_text(json.dumps(tables))
    say(library, "Solvay", "Henrike Solvay", LATER)
    shutil.copy(library.paths.speakers, theirs)
    assert merge_three_ways(Path(base), ours, theirs) == 0
    merged = json.loads(ours.read_text())["speakers"]
    assert {name["means"] for name in merged.values()} == {"L. Prewitt", "Henrike Solvay"}
    empty = tmp_path / "empty"
    empty.write_bytes(b"")
    assert merge_three_ways(empty, ours, theirs) == 0
