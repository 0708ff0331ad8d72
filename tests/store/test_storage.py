"""The storage works with TinyDB, writes all or nothing, and keeps links and modes."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from reader.core.annotation import Annotation
from reader.errors import StoreError
from reader.store.errors import ChangedUnderneathError
from reader.store.files.article_file import ArticleFile, ArticleRecord
from reader.store.files.storage import AtomicStorage
from tests.store.examples import ARTICLE, LATER, annotation


def storage(path: Path) -> AtomicStorage:
    return AtomicStorage(
        path,
        lock=path.parent / "locks" / "lock",
        last_good=path.parent / "previous" / path.name,
        upgrade=lambda tables: tables,
    )


def article_file(path: Path) -> ArticleFile:
    return ArticleFile(
        path, lock=path.parent / "locks" / "lock", last_good=path.parent / "previous" / path.name
    )


def adding(*added: Annotation) -> ArticleRecord:
    return ArticleRecord(ARTICLE, added)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.json"


def test_tinydb_works_on_the_storage(path: Path) -> None:
    with TinyDB(storage=lambda: storage(path)) as database:
        first = database.insert({"name": "a"})
        database.table("more").insert_multiple({"number": number} for number in range(3))
        database.update({"name": "b"}, doc_ids=[first])
    with TinyDB(storage=lambda: storage(path)) as database:
        assert database.all() == [{"name": "b"}]
        assert database.table("more").search(where("number") > 0) == [{"number": 1}, {"number": 2}]
        database.drop_tables()
    assert json.loads(path.read_text("utf-8")) == {}


def test_a_transaction_writes_once_and_an_exception_discards_it(path: Path) -> None:
    atomic = storage(path)
    database = TinyDB(storage=lambda: atomic)
    with atomic.transaction():
        database.insert({"number": 1})
        database.insert({"number": 2})
        assert not path.exists()
        assert len(database.all()) == 2
    before = path.read_bytes()

    def fail() -> None:
        with atomic.transaction():
            database.insert({"number": 3})
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert path.read_bytes() == before
    assert len(database.all()) == 2


def test_a_link_stays_a_link_and_the_mode_stays(path: Path) -> None:
    target = path.parent / "elsewhere" / "real.json"
    target.parent.mkdir()
    target.write_text("{}", "utf-8")
    target.chmod(0o640)
    path.symlink_to(Path("elsewhere") / "real.json")
    storage(path).write({"table": {"1": {"a": 1}}})
    assert path.is_symlink()
    assert storage(target).read() == {"table": {"1": {"a": 1}}}
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_is_private(path: Path) -> None:
    before = os.umask(0)
    try:
        storage(path).write({})
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_content_before_the_last_write_is_kept(path: Path) -> None:
    atomic = storage(path)
    for number in range(3):
        atomic.write({"table": {"1": {"number": number}}})
    assert storage(atomic.last_good).read() == {"table": {"1": {"number": 1}}}


def test_changes_of_another_program_are_read(path: Path) -> None:
    one, other = storage(path), storage(path)
    one.write({"table": {"1": {"a": 1}}})
    assert other.read() == {"table": {"1": {"a": 1}}}
    one.write({"table": {"1": {"a": 2}}})
    assert other.read() == {"table": {"1": {"a": 2}}}
    path.unlink()
    assert other.read() is None


def test_changes_of_a_program_without_our_lock_are_not_overwritten(path: Path) -> None:
    atomic = storage(path)
    atomic.write({"table": {"1": {"a": 1}}})
    theirs = {"table": {"1": {"a": "theirs"}}}

    def write_over_it() -> None:
        with atomic.transaction():
            path.write_text(json.dumps(theirs), "utf-8")
            atomic.write({"table": {"1": {"a": "ours"}}})

    with pytest.raises(ChangedUnderneathError):
        write_over_it()
    assert atomic.read() == theirs
    assert list(path.parent.glob(".margin-*")) == []


def test_an_update_is_repeated_on_changes_that_were_written_meanwhile(path: Path) -> None:
    file = article_file(path)
    file.update(lambda _: adding(annotation(1)))
    intruder = ArticleFile(
        path, lock=path.parent / "another-lock", last_good=path.parent / "another"
    )
    (path.parent / "another").unlink(missing_ok=True)
    turns: list[int] = []

    def change(present: ArticleRecord | None) -> ArticleRecord:
        assert present is not None
        if not turns:
            intruder.update(lambda _: adding(annotation(1), annotation(2)))
        turns.append(len(present.annotations))
        return adding(*present.annotations, annotation(3))

    assert len(file.update(change).annotations) == 3
    assert turns == [1, 2]
    assert article_file(path).read() == adding(annotation(1), annotation(2), annotation(3))


def test_a_program_that_never_stops_writing_is_reported(path: Path) -> None:
    file = article_file(path)
    file.update(lambda _: adding())
    number = 0

    def change(present: ArticleRecord | None) -> ArticleRecord:
        nonlocal number
        number += 1
        content = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({**content, f"table-{number}": {}}), "utf-8")
        return adding(annotation(number, modified=LATER))

    with pytest.raises(StoreError, match="Another program keeps changing"):
        file.update(change)


def test_a_lock_that_is_never_released_is_reported(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.store.files.locks.LOCK_TIMEOUT", 0.05)
    holder = storage(path)
    with holder.locked(), pytest.raises(StoreError, match="Another program"):
        storage(path).write({})
    storage(path).write({})


def test_a_lock_file_that_is_a_folder_is_reported(path: Path) -> None:
    (path.parent / "locks" / "lock").mkdir(parents=True)
    with pytest.raises(StoreError, match="could not be written because it is a folder"):
        storage(path).write({})


def test_threads_of_one_program_lose_nothing(path: Path) -> None:
    file = article_file(path)

    def add(first: int) -> None:
        for number in range(first, first + 20):
            file.update(
                lambda present, number=number: adding(  # type: ignore[misc]
                    *(present.annotations if present else ()), annotation(number)
                )
            )

    threads = [threading.Thread(target=add, args=(first,)) for first in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    record = article_file(path).read()
    assert record is not None
    assert len(record.annotations) == 60


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"table": 1}', '{"table": {"1": 1}}'])
def test_a_file_that_is_no_tinydb_file_is_reported_by_name(path: Path, content: str) -> None:
    path.write_text(content, "utf-8")
    with pytest.raises(StoreError) as caught:
        storage(path).read()
    assert str(path) in caught.value.message
    assert path.read_text("utf-8") == content


def test_a_folder_in_the_file_s_place_is_reported(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match="it is a folder"):
        storage(path).read()
