"""JSON Lines: an annotation a line, with all that is known of it, known again by its schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import (
    Annotation,
    Article,
    Loss,
    Place,
    PlaceState,
    Selector,
)
from reader.core.annotation_record import annotation_record
from reader.core.claims import DISPUTED
from reader.core.document import Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.core.overrides import Override
from reader.exports import ExportedArticle
from reader.exports.json_lines import SCHEMA, article_ids
from tests.exports.rendering import render

WHEN = "2026-11-22T12:00:00.000Z"
LEDGER = Article(
    "01JD0000000000000000000A01",
    "/home/ana/ledger.txt",
    Metadata("The Ledger", ("Ana Lind", "Bo"), "The Site", "2024-05-01", "en", "https://x.org/a"),
    tags=("to read",),
)


def mark(number: int, quote: str, **fields: object) -> Annotation:
    values = {"tags": ("claim",), "created": WHEN, "modified": WHEN, **fields}
    values.setdefault("place", Place(number, number + len(quote)))
    selector = Selector(quote, "before ", " after", section="A section", page="12")
    return Annotation(f"01JD0000000000000000000B0{number}", selector, **values)  # type: ignore[arg-type]


def exported(*items: ExportedArticle, **options: object) -> str:
    return render(items, exported=WHEN, format_name="jsonl", **options)  # type: ignore[arg-type]


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("loss", Loss)
def test_a_line_says_why_a_passage_was_lost(loss: Loss) -> None:
    stored = None if loss is Loss.REJECTED else loss
    place = Place(3, 3, PlaceState.ORPHANED, refused=loss is Loss.REJECTED, loss=stored)
    (record,) = records(exported(ExportedArticle(LEDGER, (mark(1, "gone", place=place),), None)))
    assert (record["state"], record["orphaned"], record["loss"]) == ("orphaned", True, str(loss))


def test_a_line_says_all_that_is_known() -> None:
    page = Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x", seen="2026-11-30")
    passage = Evidence(
        Relation.SUPPORTS, TargetKind.ANNOTATION, "01KA", False, "01KB", "The harbour", "It did."
    )
    links = linked((), [page, passage])
    marked = mark(1, "a claim", note="A *note*.", speaker="Imre", status=DISPUTED, links=links)
    written = {"accessed": "2026-11-30", "archive": "https://archive.example/1"}
    overrides = {name: Override(WHEN, (value,)) for name, value in written.items()}
    article = replace(LEDGER, overrides=overrides)
    (record,) = records(exported(ExportedArticle(article, (marked,), None)))
    assert record == {
        "schema": SCHEMA,
        "id": "01JD0000000000000000000B01",
        "article": "01JD0000000000000000000A01",
        "title": "The Ledger",
        "quote": "a claim",
        "tags": ["claim"],
        "note": "A *note*.",
        "speaker": "Imre",
        "status": "disputed",
        "evidence": [
            {
                "relation": "refutes",
                "term": "cito:isRefutedBy",
                "kind": "address",
                "target": "https://a.example/x",
                "article": "",
                "title": "",
                "words": "",
                "seen": "2026-11-30",
            }
        ],
        "evidence_for": [
            {
                "relation": "supports",
                "term": "cito:supports",
                "kind": "annotation",
                "target": "01KA",
                "article": "01KB",
                "title": "The harbour",
                "words": "It did.",
                "seen": "",
            }
        ],
        "start": 1,
        "end": 8,
        "state": "exact",
        "section": "A section",
        "page": "12",
        "prefix": "before ",
        "suffix": " after",
        "earlier": [],
        "wordings": [{"words": "a claim", "since": WHEN}],
        "created": WHEN,
        "modified": WHEN,
        "orphaned": False,
        "loss": None,
        "source": "/home/ana/ledger.txt",
        "url": "https://x.org/a",
        "authors": ["Ana Lind", "Bo"],
        "site": "The Site",
        "published": "2024-05-01",
        "accessed": "2026-11-30",
        "archive": "https://archive.example/1",
        "language": "en",
        "article_tags": ["to read"],
        "digest": record["digest"],
    }
    assert record.items() >= annotation_record(marked, LEDGER.id, "The Ledger").items()


def test_lines_stand_by_title_and_in_the_order_of_the_text() -> None:
    lost = mark(3, "c", place=Place(9, 9, PlaceState.ORPHANED))
    gone = mark(4, "d", deleted=WHEN)
    other = Article("01JD0000000000000000000A02", "/b.md", Metadata("A book"))
    items = (
        ExportedArticle(LEDGER, (lost, mark(2, "b", tags=("quote",)), mark(1, "a"), gone), None),
        ExportedArticle(other, (mark(5, "e"),), None),
    )
    assert [each["quote"] for each in records(exported(*items))] == ["e", "a", "b", "c"]
    assert [each["orphaned"] for each in records(exported(*items))] == [False, False, False, True]
    assert [each["quote"] for each in records(exported(*items, tags=["claim"]))] == ["e", "a", "c"]
    assert exported(*items) == exported(*items[::-1])
    assert sorted(article_ids(exported(*items))) == [LEDGER.id, other.id]


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_is_read_back_as_it_was(quote: str, note: str) -> None:
    text = exported(ExportedArticle(LEDGER, (mark(1, quote, note=note),), None))
    assert text.count("\n") == 1
    (record,) = records(text)
    assert (record["quote"], record["note"]) == (quote, note)
    assert article_ids(text) == [LEDGER.id]


@pytest.mark.parametrize(
    "other",
    ["", "\n", "{}", "[]", "null", "{", '{"id": "01", "article": "01"}', "---\nmargin-id: 01\n---"],
)
def test_a_file_with_a_line_that_is_not_margins_is_no_export(other: str) -> None:
    text = exported(ExportedArticle(LEDGER, (mark(1, "a"),), None))
    assert article_ids(other) == []
    assert article_ids(text + "\n" + text.replace("\n", "\r\n")) == [LEDGER.id]
    if other.strip():
        assert article_ids(text + other) == []
