"""Texts that wait outside of memory, and exports that hold one article in memory at a time."""

from __future__ import annotations

import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.document import Metadata
from reader.errors import ExportError
from reader.exports import ExportedArticle, ExportOptions, find_format, spool
from reader.exports.spool import Spool

WHEN = "2026-11-22T12:00:00.000Z"
FEW, MANY = 5, 45
LENGTH = 20_000
TEXT = st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF, categories=None), max_size=9)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXT, st.integers(0, 30)), max_size=30))
def test_every_text_comes_back_in_any_order(
    monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int]]
) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", 40)
    with Spool() as texts:
        places = []
        for text, number in steps:
            places.append(texts.put(text))
            earlier = number % len(places)
            assert texts.text(places[earlier]) == steps[earlier][0]
        assert list(map(texts.text, places)) == [text for text, _ in steps]


def test_no_room_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", 10)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with Spool() as texts, pytest.raises(ExportError, match=r"temporary files in .*gone") as error:
        texts.put("more than ten bytes")
    assert "it is not there" in error.value.message


def _articles(count: int) -> Iterator[ExportedArticle]:
    """Yield articles with long passages, in the opposite of the order of their titles."""
    for number in range(count, 0, -1):
        identity = f"01JD00000000000000000{number:05}"
        words = f"passage {number} " + "of many words " * (LENGTH // 14)
        yield ExportedArticle(
            Article(identity, f"/articles/{number}.txt", Metadata(f"Article {number:03}")),
            (
                Annotation(
                    identity.replace("01JD", "01JE"),
                    Selector(words),
                    Place(0, len(words)),
                    tags=("claim",),
                    created=WHEN,
                    modified=WHEN,
                    status="disputed",
                ),
            ),
            None,
        )


@pytest.mark.parametrize(
    "name",
    ["markdown", "jsonl", "html", "org", "text", "logseq", "webannotation", "hypothesis", "csv"],
)
def test_an_export_of_many_articles_takes_no_more_memory(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", LENGTH)
    _peak_memory(name, FEW)  # what is imported and cached stays
    assert _peak_memory(name, MANY) - _peak_memory(name, FEW) < (MANY - FEW) * LENGTH / 2


def _peak_memory(name: str, count: int) -> int:
    """Return the most bytes that are in use at a time while articles are exported."""
    written = find_format(name).write(_articles(count), ExportOptions(WHEN))
    tracemalloc.start()
    try:
        assert sum(map(len, written)) > count * LENGTH
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
