"""The doctor finds every fault, repairs what it can, and deletes nothing."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.core.annotation import Place
from reader.core.selectors import supersede
from reader.errors import StoreError
from reader.store.doctor.doctor import examine
from reader.store.doctor.findings import Finding
from reader.store.files.locks import reason_locks_fail
from reader.store.files.migrations import CURRENT_SCHEMA
from reader.store.files.trash import empty_trash, removals
from reader.store.library import Library
from tests.store.examples import ARTICLE, LATER, OTHER, annotation, document

TEXT = document("A passage that was marked.", "And what follows it.", title="The Quiet Ledger")


@pytest.fixture
def filled(library: Library) -> Library:
    """A library without a fault."""
    library.write_snapshot(TEXT)
    marked = annotation(2, snapshot=TEXT.digest)
    library.save(ARTICLE.id, article=replace(ARTICLE, snapshot=TEXT.digest), annotations=[marked])
    library.save(
        ARTICLE.id,
        annotations=[replace(annotation(3), selector=marked.selector, place=marked.place)],
    )
    library.save(OTHER.id, article=OTHER)
    library.articles()
    return library


def path_of(library: Library) -> Path:
    return next((library.folder / "articles").glob("the-quiet*.json"))


def state(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "cache" not in path.parts
    }


def faults(findings: list[Finding]) -> list[str]:
    return [each.kind for each in findings if each.is_fault]


def test_a_valid_library_has_no_fault(filled: Library) -> None:
    assert [*examine(filled.folder)] == []
    assert [*examine(filled.folder, is_repairing=True)] == []


def test_a_missing_library_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no library"):
        [*examine(tmp_path / "library")]


def damage_article(library: Library) -> None:
    path_of(library).write_bytes(path_of(library).read_bytes()[:-40])


def damage_beyond_repair(library: Library) -> None:
    shutil.rmtree(library.folder / "previous")
    path_of(library).write_bytes(b"\x00" * 64)


def damage_snapshot(library: Library) -> None:
    next((library.folder / "snapshots").iterdir()).write_bytes(b"no gzip")


def damage_texts(library: Library) -> None:
    library.text_updates.run()
    library.close()
    (library.folder / "cache" / "texts.sqlite").write_bytes(b"no database" * 1000)


def damage_index(library: Library) -> None:
    library.close()
    (library.folder / "cache" / "index.sqlite").write_bytes(b"no database" * 1000)


def damage_backup(library: Library) -> None:
    (library.folder / "backups").mkdir(mode=0o700)
    backup = library.folder / "backups" / "articles-2026-01-01.zip"
    backup.write_bytes(b"no archive")
    backup.chmod(0o600)


def leave_copy(library: Library) -> None:
    path = path_of(library)
    copy = path.with_name(f"{path.stem}.sync-conflict-20261122-101112-ABCDEFG.json")
    copy.write_bytes(path.read_bytes())
    copy.chmod(0o600)


def leave_stray(library: Library) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    stray = library.folder / "articles" / f".margin-{dead.pid}-00000000.tmp"
    stray.write_bytes(b"{")
    stray.chmod(0o600)


def open_to_others(library: Library) -> None:
    path_of(library).chmod(0o644)


def open_folder_to_others(library: Library) -> None:
    (library.folder / "snapshots").chmod(0o755)


def misplace(library: Library) -> None:
    content = json.loads(path_of(library).read_text("utf-8"))
    content["annotations"][annotation(2).id]["place"] = {"start": 9, "end": 16}
    path_of(library).write_text(json.dumps(content), "utf-8")


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (damage_article, "damaged"),
        (damage_beyond_repair, "damaged"),
        (damage_snapshot, "snapshot"),
        (damage_index, "index"),
        (damage_texts, "index"),
        (damage_backup, "backup"),
        (leave_copy, "conflict copy"),
        (leave_stray, "stray"),
        (open_to_others, "rights"),
        (open_folder_to_others, "rights"),
        (misplace, "anchor"),
    ],
)
def test_a_fault_is_found_and_repaired_and_nothing_is_deleted(
    filled: Library, harm: Callable[[Library], None], kind: str
) -> None:
    harm(filled)
    before = state(filled.folder)
    findings = [*examine(filled.folder)]
    assert kind in faults(findings)
    assert all(each.is_left for each in findings if each.is_fault)
    assert state(filled.folder) == before
    repaired = [*examine(filled.folder, is_repairing=True)]
    assert all("Repaired" in each.sentence() for each in repaired if each.kind == kind)
    if kind not in {"stray", "index", "anchor"}:
        after = list(state(filled.folder).values())
        assert all(content in after for content in before.values())
    assert faults([*examine(filled.folder)]) in ([], ["missing text"])


def test_a_misplaced_annotation_is_moved_to_its_words(library: Library) -> None:
    library.write_snapshot(TEXT)
    selector = replace(
        annotation(2).selector, exact="passage", start=2, end=9, snapshot=TEXT.digest
    )
    marked = replace(annotation(2), selector=selector, place=Place(9, 16))
    library.save(ARTICLE.id, article=replace(ARTICLE, snapshot=TEXT.digest), annotations=[marked])
    assert [each.kind for each in [*examine(library.folder, is_repairing=True)]] == ["anchor"]
    (repaired,) = Library(library.folder).load(ARTICLE.id).annotations
    assert repaired.place == Place(2, 9)


def test_a_misplaced_annotation_is_moved_to_where_the_text_it_was_made_on_says(
    library: Library,
) -> None:
    """The words are in the present text twice; the earlier text shows which of them are meant."""
    present = document("The tide came in at nine. Then it rained. The tide went out at three.")
    earlier = document("The tide went out at three.")
    for text in (present, earlier):
        library.write_snapshot(text)
    selector = replace(
        annotation(2).selector, exact="The tide", prefix="", suffix="", start=0, end=8,
        snapshot=earlier.digest,
    )  # fmt: skip
    marked = replace(annotation(2), selector=selector, place=Place(9, 16))
    library.save(
        ARTICLE.id, article=replace(ARTICLE, snapshot=present.digest), annotations=[marked]
    )
    (found,) = (each for each in examine(library.folder, is_repairing=True) if each.is_fault)
    assert found.kind == "anchor"
    (repaired,) = Library(library.folder).load(ARTICLE.id).annotations
    start = present.text.rindex("The tide")
    assert (repaired.place.start, repaired.place.end) == (start, start + 8)


@pytest.mark.parametrize("place", [Place(9, 16), Place(0, 900)])
def test_a_place_of_another_copy_s_text_is_no_fault(library: Library, place: Place) -> None:
    """It is found again when the article is next opened."""
    library.write_snapshot(TEXT)
    selector = replace(
        annotation(2).selector, exact="passage", start=2, end=9, snapshot=TEXT.digest
    )
    elsewhere = replace(place, snapshot="0" * len(TEXT.digest))
    library.save(
        ARTICLE.id,
        article=replace(ARTICLE, snapshot=TEXT.digest),
        annotations=[replace(annotation(2), selector=selector, place=elsewhere)],
    )
    assert "anchor" not in [each.kind for each in examine(library.folder)]


def test_an_annotation_whose_words_differ_from_its_text_is_reported(library: Library) -> None:
    library.write_snapshot(TEXT)
    wrong = replace(annotation(2).selector, exact="marked", start=0, end=6, snapshot=TEXT.digest)
    library.save(
        ARTICLE.id,
        article=replace(ARTICLE, snapshot=TEXT.digest),
        annotations=[replace(annotation(2), selector=wrong, place=Place(19, 25))],
    )
    (finding,) = [*examine(library.folder)]
    assert (finding.kind, finding.is_fault) == ("selector", False)


def test_a_missing_text_is_reported(filled: Library) -> None:
    shutil.rmtree(filled.folder / "snapshots")
    assert faults([*examine(filled.folder)]) == ["missing text"]


def test_the_missing_text_of_an_earlier_selector_is_reported(filled: Library) -> None:
    gone = document("Another wording of it.")
    (marked, _) = filled.load(ARTICLE.id).annotations
    described = replace(marked.selector, exact="of it.", start=16, end=22, snapshot=gone.digest)
    present = supersede(described, marked.selector, TEXT.digest)
    filled.save(ARTICLE.id, annotations=[replace(marked, selector=present, modified=LATER)])
    (finding,) = (each for each in [*examine(filled.folder)] if each.kind == "missing text")
    assert gone.digest in finding.path.name
    filled.write_snapshot(gone)
    assert "missing text" not in faults([*examine(filled.folder)])


def test_a_record_that_cannot_be_parsed_is_reported_and_kept(filled: Library) -> None:
    content = json.loads(path_of(filled).read_text("utf-8"))
    content["annotations"][annotation(2).id]["tags"] = 5
    path_of(filled).write_text(json.dumps(content), "utf-8")
    before = state(filled.folder)
    assert faults([*examine(filled.folder, is_repairing=True)]) == ["record"]
    assert state(filled.folder) == before


def test_a_later_version_s_file_is_reported_and_not_changed(filled: Library) -> None:
    content = json.loads(path_of(filled).read_text("utf-8"))
    content["schema"]["article"]["version"] = CURRENT_SCHEMA + 1
    path_of(filled).write_text(json.dumps(content), "utf-8")
    before = state(filled.folder)
    (finding,) = [*examine(filled.folder, is_repairing=True)]
    assert (finding.kind, finding.is_fault) == ("newer", False)
    assert state(filled.folder) == before


def test_a_lock_that_a_program_holds_is_reported(filled: Library) -> None:
    lock = next((filled.folder / "cache" / "locks").glob("the-quiet*"))
    descriptor = os.open(lock, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    (finding,) = [*examine(filled.folder)]
    os.close(descriptor)
    assert (finding.kind, finding.is_fault) == ("in use", False)
    assert [*examine(filled.folder)] == []


def test_locks_that_do_nothing_are_reported(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fcntl, "flock", lambda descriptor, operation: None)
    assert "locks do nothing" in reason_locks_fail(filled.folder / "cache" / "locks")
    assert faults([*examine(filled.folder)]) == ["locks"]


def test_a_disk_without_locks_is_reported_and_notes_are_saved(
    filled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    library = Library(tmp_path / "on the network")
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(2)])
    assert len(library.articles()) == 1
    (problem,) = library.problems
    assert "one window at a time" in problem
    library.close()


def test_a_fault_that_cannot_be_repaired_is_reported(filled: Library) -> None:
    damage_snapshot(filled)
    (filled.folder / "trash").write_text("in the way")
    (filled.folder / "trash").chmod(0o600)
    findings = [*examine(filled.folder, is_repairing=True)]
    assert faults(findings)[0] == "snapshot"
    assert "could not be repaired" in findings[0].problem
    assert findings[0].is_left


def test_the_trash_is_listed_and_emptied_by_a_command_alone(filled: Library) -> None:
    filled.removals.remove(ARTICLE.id)
    filled.removals.remove(OTHER.id)
    first, second = removals(filled.folder)
    assert first.titles == ("The Quiet Ledger",)
    assert first.removed <= second.removed
    [*examine(filled.folder, is_repairing=True)]
    assert len(removals(filled.folder)) == 2
    assert empty_trash(filled.folder) == 2
    assert removals(filled.folder) == []
    assert list((filled.folder / "trash").iterdir()) == []


def test_what_cannot_be_read_is_reported_and_the_rest_is_examined(filled: Library) -> None:
    """A folder where a file should be is unreadable for everybody, whatever the permissions."""
    articles = filled.folder / "articles"
    (articles / "a-folder.json").mkdir()
    path_of(filled).write_bytes(b"no JSON")
    findings = [*examine(filled.folder)]
    kinds = {(each.kind, Path(str(each.path)).name) for each in findings if each.is_fault}
    assert ("damaged", path_of(filled).name) in kinds
    assert any(name == "a-folder.json" for _, name in kinds)
