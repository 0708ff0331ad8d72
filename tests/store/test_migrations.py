"""A file of every past version is read completely, and is not changed before a save."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from reader.core.changes import PARTS, time_of
from reader.store.files.migrations import ANNOTATION_PARTS, CURRENT_SCHEMA, STEPS, migrate
from reader.store.library import Library
from tests.store.examples import LATER

KEPT = sorted(Path(__file__).with_name("schemas").glob("*.json"))
ARTICLE_ID = "01K0000000000000000AAAAAAA"


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest, library: Library) -> Path:
    """An article file of a past version, in a library."""
    path = library.folder / "articles" / "the-quiet-ledger-aaaaaa.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(request.param.read_bytes())
    return path


def test_there_is_a_file_of_every_version() -> None:
    assert [int(each.stem) for each in KEPT] == list(range(1, CURRENT_SCHEMA + 1))
    assert sorted(STEPS) == list(range(1, CURRENT_SCHEMA))


def test_everything_in_the_file_is_read(library: Library, path: Path) -> None:
    article, annotations = library.load(ARTICLE_ID)
    assert article.metadata.title == "The Quiet Ledger"
    assert (article.position, article.progress, article.tags) == (40, 0.25, ("law",))
    assert article.extra == {"metadata": {"section": "City"}, "pinned": True}
    first, second, third = annotations
    assert [each.is_deleted for each in annotations] == [False, False, True]
    assert first.note == second.note == "Who says so?\n\nSee *page 4*."
    assert second.links == ({"type": "disputes", "target": first.id},)
    assert (second.speaker, second.status, second.tags) == (
        "The clerk",
        "disputed",
        ("claim", "dates"),
    )
    assert first.extra == {"colour": "red", "selector": {"folio": 4}}
    assert {time_of(first, part) for part in PARTS} == {first.created}
    assert {time_of(third, part) for part in ANNOTATION_PARTS} == {third.modified}
    assert library.problems == []
    assert library.read_only_reason(ARTICLE_ID) == ""


def test_reading_does_not_change_the_file_and_saving_drops_nothing(
    library: Library, path: Path
) -> None:
    before = path.read_bytes()
    record = library.load(ARTICLE_ID)
    library.articles()
    assert path.read_bytes() == before
    edited = msgspec.structs.replace(record.annotations[0], speaker="New", modified=LATER)
    library.save(ARTICLE_ID, annotations=[edited])
    after = json.loads(path.read_text("utf-8"))
    assert after["schema"]["article"]["version"] == CURRENT_SCHEMA
    old = migrate(json.loads(before))
    for table, records in old.items():
        for key, fields in records.items():
            assert fields.keys() <= after[table][key].keys() | {"modified"}
    assert after["cards"] == old["cards"]
    assert (
        after["annotations"][record.annotations[1].id]
        == (old["annotations"][record.annotations[1].id])
    )


def test_the_first_step_names_the_parts_that_have_times() -> None:
    assert set(ANNOTATION_PARTS) == set(PARTS) - {"review"}  # came later, in no file of version 1
