"""Changing the status of claims in articles that are not open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.core.changes import time_of
from reader.errors import StoreError
from reader.session import Session
from reader.store.library import Library
from tests.store.examples import ARTICLE, NOW, annotation


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with a claim, a quote and a tombstone."""
    library = Library(tmp_path)
    quote = annotation(2, tag="quote", note="Ask.")
    library.save(
        ARTICLE.id, article=ARTICLE, annotations=[annotation(1), quote, annotation(3, deleted=NOW)]
    )
    library.close()
    return tmp_path


def stored(folder: Path, number: int) -> Annotation:
    """Return an annotation as another program reads it."""
    library = Library(folder)
    found = {each.id: each for each in library.load(ARTICLE.id).annotations}
    library.close()
    return found[annotation(number).id]


def test_a_status_is_on_disk_with_its_own_time_and_can_be_put_back(folder: Path) -> None:
    session = Session(folder)
    quote = annotation(2).id
    before = session.stored_changes.set_status(ARTICLE.id, quote, "half true")
    changed = stored(folder, 2)
    assert (changed.tags, changed.status, changed.note) == (("quote", "claim"), "half true", "Ask.")
    assert time_of(changed, "status") == time_of(changed, "tags") == changed.modified > NOW
    assert time_of(changed, "note") == NOW
    session.stored_changes.put_status_back(ARTICLE.id, before)
    back = stored(folder, 2)
    assert (back.tags, back.status) == (("quote",), None)
    assert back.modified > changed.modified
    session.writer.close()


def test_the_same_status_again_changes_nothing(folder: Path) -> None:
    session = Session(folder)
    claim = annotation(1).id
    session.stored_changes.set_status(ARTICLE.id, claim, "refuted")
    once = stored(folder, 1)
    assert session.stored_changes.set_status(ARTICLE.id, claim, "refuted") == once
    assert stored(folder, 1) == once
    session.writer.close()


@pytest.mark.parametrize("number", [3, 4])
def test_what_was_deleted_keeps_deleted(folder: Path, number: int) -> None:
    session = Session(folder)
    with pytest.raises(StoreError, match="was deleted"):
        session.stored_changes.set_status(ARTICLE.id, annotation(number).id, "refuted")
    session.writer.close()


def test_the_file_of_a_later_version_is_left_alone(folder: Path) -> None:
    (path,) = (folder / "articles").glob("*.json")
    tables = json.loads(path.read_bytes())
    tables["schema"]["article"]["version"] += 1
    path.write_text(json.dumps(tables), encoding="utf-8")
    before = path.read_bytes()
    session = Session(folder)
    with pytest.raises(StoreError) as caught:
        session.stored_changes.set_status(ARTICLE.id, annotation(1).id, "refuted")
    assert caught.value.title == "Read-only"
    session.writer.close()
    assert path.read_bytes() == before


def test_a_status_set_elsewhere_meanwhile_is_merged_by_its_time(folder: Path) -> None:
    session, other = Session(folder), Session(folder)
    claim = annotation(1).id
    first = session.stored_changes.set_status(ARTICLE.id, claim, "disputed")
    other.stored_changes.set_status(ARTICLE.id, claim, "supported")
    session.stored_changes.put_status_back(ARTICLE.id, replace(first, status="unchecked"))
    assert stored(folder, 1).status == "unchecked"
    session.writer.close()
    other.writer.close()
