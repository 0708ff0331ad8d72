"""The metadata of pages, in the many elements that may hold it."""

from __future__ import annotations

import json

import msgspec
import pytest

from reader.cli.records import document_record
from reader.core.document import Metadata
from tests.formats.test_html import page, read

LATER = "2026-03-15T08:00:00+00:00"


def linked(**facts: object) -> str:
    told = {"@type": "NewsArticle", "headline": "A title", **facts}
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (linked(datePublished="2026-03-14", dateModified=LATER), ""),
        (f'<meta property="article:modified_time" content="{LATER}">', ""),
        (f'<meta property="og:updated_time" content="{LATER}">', ""),
        (f'<meta name="DCTERMS.modified" content="{LATER}">', ""),
        (f'<meta name="last-modified" content="{LATER}">', ""),
        ("", f'<p>Changed <time itemprop="dateModified" datetime="{LATER}">today</time></p>'),
        (f'<meta itemprop="dateModified" content="{LATER}">', ""),
    ],
)
def test_when_an_article_was_changed_is_read(head: str, body: str) -> None:
    document = read(page(body, head))
    assert document.metadata.modified == LATER
    told = document_record(document)["metadata"]
    assert isinstance(told, dict)
    assert told["modified"] == LATER


def test_linked_data_is_believed_first_and_other_words_are_no_date() -> None:
    head = '<meta property="article:modified_time" content="2020-01-01">'
    assert read(page("", linked(dateModified=LATER) + head)).metadata.modified == LATER
    assert read(page("", linked(dateModified="yesterday") + head)).metadata.modified == "2020-01-01"
    assert read(page("", linked(dateModified="yesterday"))).metadata.modified == ""


def test_metadata_that_was_kept_before_this_was_known_is_read() -> None:
    assert msgspec.convert({"title": "Tides"}, Metadata) == Metadata("Tides")
    assert msgspec.to_builtins(Metadata("Tides")) == {"title": "Tides"}


def test_a_year_somewhere_on_a_page_is_not_when_it_was_published() -> None:
    footer = "<footer><p>\u00a9 2016 The harbour office. All rights reserved, 2016.</p></footer>"
    assert read(page(footer)).metadata.published == ""
