"""Two versions of an article file become one, with and without the version that both came from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Article
from reader.core.document import Metadata
from reader.errors import StoreError
from reader.store.files.article_data import ArticleData, parse, read_article_data
from reader.store.files.records import to_record
from reader.store.files.tables import encode_tables
from reader.store.merge.file_merge import merge_data
from reader.store.merge.git_merge import merge_three_ways
from tests.store import strategies
from tests.store.examples import ARTICLE, LATER, NOW, annotation

HERE = Path("article.json")


def data_of(article: Article, others: Mapping[str, Any] | None = None, **notes: str) -> ArticleData:
    """Return data of an article with a note for each name, and other tables."""
    made = [annotation(number, note=text) for number, text in enumerate(notes.values(), 1)]
    tables = {
        "article": {article.id: to_record(article)},
        "annotations": {each.id: to_record(each) for each in made},
        "schema": {"article": {"version": 2}},
        **(others or {}),
    }
    return parse(tables, HERE)


def test_a_field_that_one_side_changed_by_hand_is_that_side_s() -> None:
    """A text editor writes no times: only the common version tells who changed what."""
    base = data_of(ARTICLE)
    fields: tuple[dict[str, Any], ...] = (
        {"position": 70},
        {"source_metadata": Metadata("Another title", ("A. Keeper",))},
        {"tags": ("tides",)},
        {"progress": 0.7, "finished": True},
        {"etag": '"7"'},
    )
    for changed in fields:
        other = data_of(replace(ARTICLE, **changed))
        for merged in (merge_data(base, other, base), merge_data(other, base, base)):
            assert merged.article == other.article
    one, two = data_of(replace(ARTICLE, position=70)), data_of(replace(ARTICLE, etag='"7"'))
    for merged in (merge_data(one, two, base), merge_data(two, one, base)):
        assert (merged.article.position, merged.article.etag) == (70, '"7"')


def record(text: str, moment: str = "") -> dict[str, str]:
    return {"text": text, "modified": moment} if moment else {"text": text}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        (None, None, record("b"), record("b")),
        (None, record("a", NOW), record("b", LATER), record("b", LATER)),
        (None, record("b", LATER), record("a", NOW), record("b", LATER)),
        (None, record("b"), record("a"), record("b")),
        (record("a"), record("a"), record("b"), record("b")),
        (record("a"), record("b"), record("a"), record("b")),
        (record("a"), record("a"), None, None),
        (record("a"), None, record("a"), None),
        (record("a"), record("a"), record("a"), record("a")),
        (record("a"), record("b"), record("c"), record("c")),
        (record("z", LATER), record("b", NOW), record("c"), record("b", NOW)),
    ],
)
def test_a_record_of_a_table_of_a_later_version(
    base: Any, mine: Any, theirs: Any, merged: Any
) -> None:
    def data(record: Any) -> ArticleData:
        return data_of(ARTICLE, {"links": {"1": record} if record else {}})

    result = merge_data(data(mine), data(theirs), data(base) if base else None)
    assert result.tables["links"] == ({"1": merged} if merged else {})


def test_an_annotation_that_cannot_be_parsed_is_kept_by_both_sides() -> None:
    strange = {"annotations": {"01STRANGE": {"later": True}}}
    plain, odd = data_of(ARTICLE), data_of(ARTICLE, strange)
    for merged in (merge_data(plain, odd), merge_data(odd, plain), merge_data(odd, odd)):
        assert merged.tables["annotations"]["01STRANGE"] == {"later": True}


@settings(max_examples=40)
@given(strategies.any_article(), strategies.any_article(), st.booleans())
def test_the_order_of_two_versions_does_not_count(
    one: Article, other: Article, has_base: bool
) -> None:
    first, second = data_of(one, a="first"), data_of(replace(other, id=one.id), a="first", b="two")
    base = data_of(one) if has_base else None
    assert merge_data(first, second, base).article == merge_data(second, first, base).article


def write(path: Path, data: ArticleData) -> Path:
    path.write_bytes(encode_tables(data.tables))
    return path


def test_a_merge_of_branches_is_written_to_ours(tmp_path: Path) -> None:
    base = write(tmp_path / "base", data_of(ARTICLE, one="a"))
    ours = write(tmp_path / "ours", data_of(replace(ARTICLE, position=9), one="a"))
    theirs = write(tmp_path / "theirs", data_of(ARTICLE, one="a", two="b"))
    before = theirs.read_bytes()
    assert merge_three_ways(base, ours, theirs) == 0
    merged = read_article_data(ours)
    assert merged.article.position == 9
    assert sorted(each.note for each in merged.annotations.values()) == ["a", "b"]
    assert theirs.read_bytes() == before
    base.write_bytes(b"")
    assert merge_three_ways(base, ours, theirs) == 0
    assert merge_three_ways(tmp_path / "none", ours, theirs) == 0


def test_notes_that_both_branches_edited_are_counted(tmp_path: Path) -> None:
    base = write(tmp_path / "base", data_of(ARTICLE, one="a"))
    ours = write(tmp_path / "ours", data_of(ARTICLE, one="ours"))
    theirs = write(tmp_path / "theirs", data_of(ARTICLE, one="theirs"))
    assert merge_three_ways(base, ours, theirs) == 1
    (merged,) = read_article_data(ours).annotations.values()
    assert "ours" in merged.note + str(merged.versions)
    assert "theirs" in merged.note + str(merged.versions)


def test_branches_with_different_articles_are_not_merged(tmp_path: Path) -> None:
    ours = write(tmp_path / "ours", data_of(ARTICLE))
    theirs = write(tmp_path / "theirs", data_of(replace(ARTICLE, id="01KZZZZZZZZZZZZZZZZZZZZZZZ")))
    before = ours.read_bytes()
    with pytest.raises(StoreError, match="different articles"):
        merge_three_ways(tmp_path / "base", ours, theirs)
    theirs.write_bytes(b"no JSON")
    with pytest.raises(StoreError):
        merge_three_ways(tmp_path / "base", ours, theirs)
    assert ours.read_bytes() == before
