"""Margin's own CSV, read back as it was written, and as a spreadsheet saves it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.document import Metadata
from reader.core.table_cells import protected, unprotected
from reader.digests import part_digest
from reader.exports import ExportedArticle
from reader.imports.model import BadRow, ImportedNote
from tests.exports.rendering import render
from tests.imports.reading import read, read_or_refuse

LEDGER = Article(
    "01JD0000000000000000000A01", "https://x.example/a",
    Metadata("The Ledger", ("Ana Lind", "Jan Berg"), "Site", "2024-05-01"),
)  # fmt: skip


def written(quote: str, note: str, speaker: str = "Imre Dask") -> str:
    mark = Annotation(
        "01JD0000000000000000000B01", Selector(quote, section="One", page="12"), Place(7, 16),
        ("claim", "harbour"), "2026-11-22T12:00:00.000Z", "2026-11-23T12:00:00.000Z", note,
        speaker, "disputed",
    )  # fmt: skip
    return render([ExportedArticle(LEDGER, (mark,), None)], exported="", format_name="csv")


def only(text: str) -> ImportedNote:
    (note,) = read(text).notes
    return note


def test_it_comes_back_whole() -> None:
    found = read(written("it was so", "=1+1\n\nWas *it*?"))
    assert found.kind == "margin-csv"
    (source,) = found.sources
    assert (source.article, source.url, source.title) == (LEDGER.id, LEDGER.source, "The Ledger")
    assert (source.authors, source.site, source.published) == (
        ("Ana Lind", "Jan Berg"),
        "Site",
        "2024-05-01",
    )
    (note,) = source.notes
    assert (note.key, note.quote, note.note) == (
        "01JD0000000000000000000B01",
        "it was so",
        "=1+1\n\nWas *it*?",
    )
    assert (note.tags, note.speaker, note.status) == (("claim", "harbour"), "Imre Dask", "disputed")
    assert (note.start, note.section, note.page, note.row) == (7, "One", "12", 2)
    assert note.created == "2026-11-22T12:00:00.000Z"


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_spreadsheet_may_save_it(separator: str) -> None:
    text = written("it; was, so", "Was it?")
    saved = io.StringIO()
    csv.writer(saved, delimiter=separator).writerows(csv.reader(io.StringIO(text)))
    assert only("\ufeff" + saved.getvalue()) == only(text)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=20))
@example("=1+1", " =x\n\ny", "@a")
@example("a, b", "'=", "")
def test_what_nobody_edited_is_told_from_edits(quote: str, note: str, speaker: str) -> None:
    found = only(written(quote or "x", note, speaker))
    parts = ("quote", "note", "speaker", "status", "tags")
    assert dict(found.base) == {part: part_digest(getattr(found, part)) for part in parts}
    edited = only(written(quote or "x", note, speaker).replace("disputed", "refuted"))
    assert part_digest(edited.status) != edited.base["status"]


def test_a_row_without_ids_is_told() -> None:
    text = written("x", "y") + "mine" + "," * 18 + "\n"
    assert read(text).bad_rows == [
        BadRow(3, "the id of the annotation or of its article is missing")
    ]


@given(st.text())
def test_a_cell_that_is_protected_can_be_had_back(text: str) -> None:
    assert unprotected(protected(text)) == text


@pytest.mark.parametrize("text", ["'", "'=", "''=1", "=1", " =1", "'plain", "’=", "' =1", ""])
def test_odd_cells_can_be_had_back(text: str) -> None:
    assert unprotected(protected(text)) == text


@given(st.binary(max_size=200), st.integers(0, 300))
def test_a_damaged_file_is_read_or_refused(piece: bytes, place: int) -> None:
    sample = written("it was so", "note").encode()
    read_or_refuse(sample[:place] + piece + sample[place:])
