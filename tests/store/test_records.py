"""Values survive their conversion to records and back, and so do unknown fields."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.annotation import Annotation, Article, ArticleState
from reader.core.claims import STANDARD_NAMES
from reader.store.files.records import clean_text, from_record, to_record, without_surrogates
from reader.store.merge.merging import (
    merge_annotations,
    merge_article_versions,
    merge_articles,
)
from tests.store import strategies
from tests.store.examples import ARTICLE, annotation


@given(strategies.any_annotation())
def test_an_annotation_survives_as_a_record(value: Annotation) -> None:
    stored = msgspec.json.decode(msgspec.json.encode(to_record(value)))
    assert from_record(Annotation, value.id, stored) == value


@given(strategies.any_article())
def test_an_article_survives_as_a_record(value: Article) -> None:
    stored = msgspec.json.decode(msgspec.json.encode(to_record(value)))
    assert from_record(Article, value.id, stored) == value


def test_the_state_set_by_hand_keeps_its_name_in_records() -> None:
    archived = msgspec.structs.replace(ARTICLE, manual_state=ArticleState.ARCHIVED)
    assert to_record(archived)["state_by_hand"] == "archived"


@given(strategies.any_annotation(), strategies.unknown_fields, strategies.unknown_fields)
def test_a_record_of_a_later_version_keeps_its_fields(
    value: Annotation, added: dict[str, Any], nested: dict[str, Any]
) -> None:
    record = {**to_record(value), **added, "extra": 1}
    record["selector"] = {**record["selector"], **nested}
    value_read = from_record(Annotation, value.id, record)
    edited = to_record(msgspec.structs.replace(value_read, note="edited"))
    assert edited == {**record, "note": "edited"}


@pytest.mark.parametrize("status", sorted(STANDARD_NAMES))
def test_the_four_statuses_are_stored_as_they_always_were(status: str) -> None:
    record = to_record(msgspec.structs.replace(annotation(1), status=status))
    assert record["status"] == status
    assert "own_status" not in record


def test_earlier_versions_understand_an_annotation_with_a_status_of_ones_own() -> None:
    """They know four statuses, refuse an annotation with any other, and keep unknown fields."""
    record = to_record(msgspec.structs.replace(annotation(1), status="half true"))
    assert "status" not in record
    assert record["own_status"] == "half true"
    assert from_record(Annotation, annotation(1).id, record).status == "half true"
    # An earlier version gave the claim one of the four, and kept the field.
    record["status"] = "refuted"
    read = from_record(Annotation, annotation(1).id, record)
    assert read.status == "refuted"
    assert "own_status" not in to_record(read)


@pytest.mark.parametrize("status", ["half true", "", " ", "Überholt"])
def test_any_text_is_a_status(status: str) -> None:
    record = {**to_record(annotation(1)), "status": status}
    assert from_record(Annotation, "01K", record).status == status


def test_an_unknown_field_never_hides_a_known_one() -> None:
    value = msgspec.structs.replace(annotation(1), extra={"note": "other", "id": "other"})
    assert from_record(Annotation, value.id, to_record(value)).note == ""


def test_a_record_without_a_required_field_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        from_record(Annotation, "01K", {"note": "alone"})


@given(st.text(st.characters(), max_size=30))
def test_cleaning_keeps_every_offset(text: str) -> None:
    cleaned = clean_text(text)
    assert len(cleaned) == len(text)
    cleaned.encode("utf-8")
    for before, after in zip(text, cleaned, strict=True):
        assert after == ("\ufffd" if "\ud800" <= before <= "\udfff" else before)


def test_lone_surrogates_are_replaced_wherever_they_are() -> None:
    broken = msgspec.structs.replace(
        ARTICLE, source="/a\udcff", extra={"x\ud800": ["\ud800", {"y": "\udfff"}]}
    )
    cleaned = without_surrogates(broken)
    assert cleaned.source == "/a\ufffd"
    assert cleaned.extra == {"x\ufffd": ["\ufffd", {"y": "\ufffd"}]}
    assert without_surrogates(ARTICLE) is ARTICLE


def test_unknown_fields_of_records_by_keys_are_kept_and_merged() -> None:
    def article_with(unknown: dict[str, Any]) -> Article:
        text = {"first": "2026-01-01", "last": "2026-01-02", **unknown}
        title = {"time": "2026-01-01", "values": ("A",), **unknown}
        record = to_record(ARTICLE) | {"versions": {"d": text}, "overrides": {"title": title}}
        assert to_record(from_record(Article, "1", record)) == record
        return from_record(Article, "1", record)

    first = article_with({"x-one": 1, "x-both": 1})
    second = article_with({"x-other": [2], "x-both": 2})
    merged = merge_article_versions(first, second)
    assert merged == merge_article_versions(second, first)
    assert merged == merge_article_versions(merged, first)
    for each in (merged, merge_articles(first, second)):
        assert each is not None
        written = to_record(each)
        for item in (written["versions"]["d"], written["overrides"]["title"]):
            assert (item["x-one"], item["x-other"], item["x-both"]) == (1, [2], 2)
    bare = to_record(msgspec.structs.replace(merged, versions={}, overrides={}))
    assert "versions" not in bare


def test_an_unknown_field_may_have_the_name_of_a_record_of_the_other_table() -> None:
    for name in ("metadata", "overrides", "suggestions"):
        one, other = (
            from_record(Annotation, "1", to_record(annotation(1)) | {name: value})
            for value in ("a", ["b"])
        )
        merged = merge_annotations([one], [other])
        assert merged == merge_annotations([other], [one])
        assert merged[0].extra[name] in ("a", ["b"])
    first, second = (
        from_record(Article, "1", to_record(ARTICLE) | {"selector": value}) for value in (5, "b")
    )
    assert merge_article_versions(first, second) == merge_article_versions(second, first)
