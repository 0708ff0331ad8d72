"""Acknowledged changes survive several processes, kills, full disks and read-only disks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import StoreError
from reader.store.library import Library
from tests.store import workers
from tests.store.examples import ARTICLE, OTHER, annotation, document


def temporary_files(folder: Path) -> list[Path]:
    return list(folder.rglob(".margin-*"))


def ids(folder: Path) -> list[str]:
    return [each.id for each in Library(folder).load(ARTICLE.id).annotations]


def test_two_processes_on_one_article_lose_nothing(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE)
    running = [workers.start("save", library.folder, first, 150) for first in (1000, 2000)]
    for number in range(150):
        library.save(ARTICLE.id, annotations=[annotation(number)])
    for process in running:
        assert workers.result(process) == {"saved": 150}
    expected = [annotation(first + number).id for first in (0, 1000, 2000) for number in range(150)]
    assert ids(library.folder) == expected
    assert [each.annotations for each in library.articles()] == [450]
    assert temporary_files(library.folder) == []


def test_ten_processes_that_start_with_a_new_article_at_once_lose_nothing(
    library: Library,
) -> None:
    running = [workers.start("open", library.folder, 100 * turn, 20) for turn in range(10)]
    for process in running:
        assert workers.result(process) == {"saved": 20}
    (article,) = library.articles()
    assert article.annotations == 200


def test_what_was_acknowledged_survives_kills(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE)
    outcome = workers.result(workers.start("kill", library.folder, 150, 20261122))
    assert outcome["lost"] == []
    acknowledged = outcome["acknowledged"]
    assert isinstance(acknowledged, int)
    assert acknowledged >= 100
    for path in library.folder.glob("articles/*.json"):
        json.loads(path.read_text("utf-8"))
    assert library.problems == []


def test_only_temporary_files_of_killed_programs_are_swept(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE)
    dead = subprocess.Popen(["true"])
    dead.wait()
    articles = library.folder / "articles"
    of_the_dead = articles / f".margin-{dead.pid}-00000000.tmp"
    recent = articles / f".margin-{dead.pid}-00000001.tmp"
    of_the_living = articles / f".margin-{os.getpid()}-00000000.tmp"
    forgotten = articles / f".margin-{os.getpid()}-00000001.tmp"
    another_s = articles / ".margin-notes.tmp"
    for path, age in (
        (of_the_dead, 120),
        (recent, 0),
        (of_the_living, 120),
        (forgotten, 100_000),
        (another_s, 10**6),
    ):
        path.touch()
        moment = path.stat().st_mtime - age
        os.utime(path, (moment, moment))
    assert len(library.articles()) == 1
    assert sorted(articles.glob(".*")) == sorted([recent, of_the_living, another_s])


def test_a_file_that_may_not_grow_is_reported_and_stays_whole(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE)
    outcome = workers.result(workers.start("fill", library.folder, 40_000))
    assert "size limit" in str(outcome["message"])
    assert outcome["saved"] == len(ids(library.folder))
    assert temporary_files(library.folder) == []
    library.save(ARTICLE.id, annotations=[annotation(5000)])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    if os.getuid() != 0 or shutil.which("mount") is None or subprocess.run(mount).returncode:
        pytest.skip("only root can mount a disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_reported_and_nothing_is_lost(small_disk: Path) -> None:
    library = Library(small_disk / "library")
    library.save(ARTICLE.id, article=ARTICLE)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * 200_000)
    saved, message = 0, ""
    while not message:
        try:
            library.save(ARTICLE.id, annotations=[annotation(saved, note="long " * 400)])
            saved += 1
        except StoreError as error:
            message = error.message
    assert "the disk is full; make room on it" in message
    with pytest.raises(StoreError, match="the disk is full"):
        library.write_snapshot(document(*(str(number) * 99 for number in range(50_000))))
    assert len(ids(library.folder)) == saved > 0
    assert temporary_files(library.folder) == []
    assert len(library.articles()) == 1
    ballast.unlink()
    library.save(ARTICLE.id, annotations=[annotation(saved)])
    assert len(ids(library.folder)) == saved + 1
    library.close()


def test_a_disk_that_becomes_read_only_is_reported_and_can_be_read(small_disk: Path) -> None:
    library = Library(small_disk / "library")
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    library.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for each in (library, Library(library.folder)):
        with pytest.raises(StoreError, match="read-only"):
            each.save(ARTICLE.id, annotations=[annotation(2)])
        with pytest.raises(StoreError, match="read-only"):
            each.save(OTHER.id, article=OTHER)
        with pytest.raises(StoreError, match="read-only"):
            each.removals.remove(ARTICLE.id)
        with pytest.raises(StoreError, match="read-only"):
            each.write_snapshot(document("Text."))
        assert each.finder.first(source=ARTICLE.source) == ARTICLE
        assert len(each.articles()) == len(each.annotations()) == 1
        each.close()
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    library.save(ARTICLE.id, annotations=[annotation(2)])
    assert len(ids(library.folder)) == 2
    library.close()


def test_a_disk_that_vanishes_is_reported_and_used_again_when_it_is_back(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    away = library.folder.with_name("away")
    library.folder.rename(away)
    with pytest.raises(StoreError, match="mount its disk"):
        library.save(ARTICLE.id, annotations=[annotation(2)])
    with pytest.raises(StoreError):
        library.load(ARTICLE.id)
    assert not library.folder.exists()
    away.rename(library.folder)
    library.save(ARTICLE.id, annotations=[annotation(2)])
    assert len(ids(library.folder)) == 2


def test_missing_rights_are_reported_and_the_library_can_be_read() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        library = Library(folder / "library")
        library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
        library.close()
        shutil.rmtree(library.folder / "cache")
        shutil.rmtree(library.folder / "previous")
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        outcome = workers.result(workers.start("look", library.folder))
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)
    message = str(outcome.pop("message"))
    assert "permission is denied" in message
    assert str(library.folder) in message
    assert outcome == {"found": True, "listed": 1, "annotations": 1, "unchanged": True}


def test_a_read_only_file_is_reported_and_not_replaced() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o777)
        outcome = workers.result(workers.start("read-only", name))
    assert "permission is denied" in str(outcome["message"])
    assert outcome["annotations"] == 1


@pytest.mark.parametrize("closed", ["", "articles"])
def test_a_library_that_may_not_be_read_is_reported(closed: str) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        library = Library(Path(name) / "library")
        library.save(ARTICLE.id, article=ARTICLE)
        library.close()
        library.folder.chmod(0o755)
        (library.folder / closed).chmod(0)
        messages = workers.result(workers.start("try", library.folder))
        (library.folder / closed).chmod(0o700)
    for use in ("articles", "find", "load", "save", "add", "remove", "write snapshot"):
        assert "permission is denied" in str(messages[use]), use


def test_a_file_in_the_library_s_place_is_reported(tmp_path: Path) -> None:
    tmp_path.joinpath("library").write_text("mine", "utf-8")
    library = Library(tmp_path / "library")
    with pytest.raises(StoreError, match="in the way"):
        library.save(ARTICLE.id, article=ARTICLE)
    with pytest.raises(StoreError, match="not a folder"):
        library.articles()
    library.close()


def test_the_cache_may_be_deleted_at_any_moment(library: Library) -> None:
    library.save(ARTICLE.id, article=ARTICLE, annotations=[annotation(1)])
    library.articles()
    shutil.rmtree(library.folder / "cache")
    library.save(ARTICLE.id, annotations=[annotation(2)])
    assert [each.annotations for each in library.articles()] == [2]
    assert [each.annotations for each in Library(library.folder).articles()] == [2]
