"""Wallabag's JSON, as its export and its API write it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports.model import BadRow
from tests.imports.reading import damaged, read, read_or_refuse, with_words

HTML = "<p>Tides keep no books.</p>"
ENTRY: dict[str, Any] = {
    "is_archived": 1, "is_starred": 1, "user_name": "tamsin", "user_email": "t@x.example",
    "user_id": 1, "tags": ["sea", "law"], "is_public": False, "id": 7, "uid": None,
    "title": "The Quiet Ledger", "url": "https://harbour.example/ledger", "hashed_url": "x",
    "given_url": "https://harbour.example/l", "content": HTML, "mimetype": "text/html",
    "created_at": "2026-01-02T03:04:05+00:00", "updated_at": "2026-01-03T03:04:05+00:00",
    "published_at": "2025-12-31T00:00:00+00:00", "published_by": ["Oriel Castane"],
    "language": "en_GB", "reading_time": 1, "domain_name": "harbour.example",
    "annotations": [
        {"id": 3, "annotator_schema_version": "v1.0", "text": "Is it?", "quote": "no books",
         "created_at": "2026-01-02T04:00:00+00:00", "updated_at": "2026-01-02T05:00:00+00:00",
         "ranges": [{"start": "/p[1]", "startOffset": "11", "end": "/p[1]", "endOffset": "19"}]},
        {"id": 4, "text": "", "quote": ""},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "form",
    [
        [ENTRY],
        {"page": 1, "total": 1, "_embedded": {"items": [ENTRY]}},
        [{**ENTRY, "tags": [{"id": 1, "label": "sea", "slug": "sea"}, {"label": "law"}], "is_archived": True}],
    ],
)  # fmt: skip
def test_an_article_has_its_text_and_its_annotations(form: Any) -> None:
    found = read(json.dumps(form))
    (source,) = map(with_words, found.sources)
    assert len(found.notes) == len(source.notes) + 1
    assert (found.kind, source.title, source.url) == ("wallabag", "The Quiet Ledger", ENTRY["url"])
    assert (source.tags, source.is_archived) == (("sea", "law", "favorite"), True)
    assert (source.authors, source.language) == (("Oriel Castane",), "en-GB")
    assert (source.site, source.added) == ("harbour.example", "2026-01-02T03:04:05.000Z")
    assert source.read_text is not None
    assert (source.read_text(), source.text_name) == (HTML.encode(), "article.html")
    (note,) = source.notes
    assert (note.quote, note.note, note.key) == ("no books", "Is it?", "3")
    assert (note.created, note.modified) == ("2026-01-02T04:00:00.000Z", "2026-01-02T05:00:00.000Z")


def test_an_entry_without_an_address_is_told() -> None:
    found = read(json.dumps([ENTRY, {**ENTRY, "url": "", "given_url": None}]))
    assert found.bad_rows == [BadRow(2, "the web address is missing", is_entry=True)]


@given(st.integers(0), st.binary(max_size=8), st.integers(0, 40))
def test_a_damaged_file_is_read_or_refused(place: int, piece: bytes, cut: int) -> None:
    read_or_refuse(damaged(json.dumps([ENTRY]).encode(), place, piece, cut))
