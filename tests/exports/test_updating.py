"""A file of an earlier export of the same passages, which other facts of them reach all the same."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from reader.exports import FORMATS, ExportedArticle, ExportOptions, write_export
from tests.exports.test_interchange import ITEMS, LEDGER, WHEN, mark

OF_NOTES = [name for name, each in FORMATS.items() if each.query_of and each.update]
WITH_TAGS = [name for name in OF_NOTES if FORMATS[name].shows_tag]


def whole(name: str, *items: ExportedArticle) -> Any:
    return FORMATS[name].whole(items, ExportOptions(WHEN))


def updated(name: str, before: tuple[ExportedArticle, ...], *after: ExportedArticle) -> Any:
    update = FORMATS[name].update
    assert update is not None
    return update(whole(name, *before), whole(name, *after)).content


@pytest.mark.parametrize("name", OF_NOTES)
@pytest.mark.parametrize(("before", "after"), [("", "harbour"), ("harbour", ""), ("a b", "b a")])
def test_the_same_passages_by_another_query_name_that_query(
    name: str, before: str, after: str
) -> None:
    chosen = tuple(replace(each, query=before) for each in ITEMS)
    content = updated(name, chosen, *(replace(each, query=after) for each in ITEMS))
    query_of = FORMATS[name].query_of
    assert query_of is not None
    assert query_of(content) == after


@pytest.mark.parametrize("name", WITH_TAGS)
@pytest.mark.parametrize("tags", [("claim", "harbour", "wharf"), ("wharf",), ("wharf", "claim")])
def test_another_tag_is_known_of_a_file(name: str, tags: tuple[str, ...]) -> None:
    note = mark(1, "it was so", note="Was it?")
    before = ExportedArticle(LEDGER, (note,), None)
    content = updated(name, (before,), replace(before, annotations=(replace(note, tags=tags),)))
    shows_tag = FORMATS[name].shows_tag
    assert shows_tag is not None
    assert shows_tag(content, ["wharf"])
    assert shows_tag(content, ["harbour"]) == ("harbour" in tags)


@pytest.mark.parametrize("name", OF_NOTES)
def test_the_same_passages_of_another_article_have_its_id(name: str) -> None:
    other = replace(ITEMS[0], article=replace(LEDGER, id="01JD0000000000000000000A09"))
    assert FORMATS[name].article_ids(updated(name, ITEMS[:1], other)) == [other.article.id]


@pytest.mark.parametrize("name", OF_NOTES)
def test_the_same_of_all_is_what_the_file_holds(name: str) -> None:
    assert updated(name, ITEMS, *ITEMS) == whole(name, *ITEMS)


@pytest.fixture
def fresh_limit() -> Iterator[None]:
    """The longest cell of a table as in a process that has read none."""
    former = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(former)


@pytest.mark.usefixtures("fresh_limit")
@pytest.mark.parametrize("name", WITH_TAGS)
@pytest.mark.parametrize("length", [131_073, 300_000])
def test_a_file_with_a_long_note_is_known_and_written_again(
    tmp_path: Path, name: str, length: int
) -> None:
    long = replace(ITEMS[0].annotations[0], note="wave " * (length // 5 + 1))
    item = replace(ITEMS[0], annotations=(long,))
    file = tmp_path / f"notes{FORMATS[name].suffixes[0]}"
    for last, is_changed in ((item, True), (item, False), (ITEMS[0], True)):
        (written,), _ = write_export([last], file, FORMATS[name], ExportOptions(WHEN))
        assert (written.is_changed, written.kept) == (is_changed, None)
