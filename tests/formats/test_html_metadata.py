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


def metadata(head: str, body: str = "", title: str = "A title") -> Metadata:
    data = page(body, head).replace(b"<title>A title</title>", f"<title>{title}</title>".encode())
    return read(data).metadata


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        (linked(author="Jane Doe"), ("Jane Doe",)),
        (linked(author={"@type": "Person", "name": "Jane Doe"}), ("Jane Doe",)),
        (linked(author=[{"name": "Jane Doe"}, {"name": "Ben Oake"}]), ("Jane Doe", "Ben Oake")),
        (linked(author=[{"name": ["Jane Doe"]}, "Ben Oake"]), ("Jane Doe", "Ben Oake")),
        (linked(creator="Jane Doe"), ("Jane Doe",)),
        (linked(author="By Jane Doe"), ("Jane Doe",)),
        (linked(author="Jane Doe and Ben Oake"), ("Jane Doe", "Ben Oake")),
        (linked(author="https://example.org/jane"), ()),
        (linked(author=[]), ()),
        (linked(author="Doe &amp; Co"), ("Doe & Co",)),
        (linked(author="<b>Jane</b> Doe"), ("Jane Doe",)),
        ('<meta name="author" content="Jane Doe"><meta name="author" content="Ben Oake">', ("Jane Doe", "Ben Oake")),
        ('<meta name="citation_author" content="Doe, Jane">', ("Doe, Jane",)),
        ('<meta name="author" content=" ">', ()),
        (linked(author={"@id": "x"}) + '<meta name="author" content="Jane Doe">', ("Jane Doe",)),
    ],
)  # fmt: skip
def test_authors_are_read_from_where_sites_name_them(head: str, authors: tuple[str, ...]) -> None:
    assert metadata(head).authors == authors


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("The wall | The Times", "The wall"),
        ("The wall - The Times", "The wall"),
        ("The wall – the times", "The wall"),
        ("The Times | The wall", "The wall"),
        ("The Times: a history", "The Times: a history"),
        ("The wall | Other", "The wall | Other"),
        ("A - B | The Times", "A - B"),
        ("The wall", "The wall"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(title: str, shown: str) -> None:
    site = '<meta property="og:site_name" content="The Times">'
    assert metadata(site, title=title).title == shown
    assert metadata("", title=title).title == title


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (linked(headline="Linked") + '<meta property="og:title" content="Graph">', "Linked"),
        ('<meta property="og:title" content="Graph"><meta name="twitter:title" content="Bird">', "Graph"),
        ('<meta name="twitter:title" content="Bird"><meta name="dc.title" content="Dublin">', "Bird"),
        ('<meta name="citation_title" content="Paper"><meta name="dc.title" content="Dublin">', "Paper"),
        ('<meta name="dc.title" content="Dublin">', "Dublin"),
        ("", "A title"),
    ],
)  # fmt: skip
def test_the_title_is_that_which_the_page_means_most(head: str, title: str) -> None:
    assert metadata(head).title == title


@pytest.mark.parametrize(
    ("data", "title"),
    [
        ({"@graph": [{"@type": "WebSite", "headline": "No"}, {"@type": "Article", "headline": "Yes"}]}, "Yes"),
        ([{"@type": "Person", "headline": "No"}, {"@type": ["Thing", "NewsArticle"], "headline": "Yes"}], "Yes"),
        ({"@type": ["WebPage", "Article"], "headline": "Page"}, "Page"),
        ([{"@type": ["WebPage", "Article"], "headline": "Page"}, {"@type": "Article", "headline": "Yes"}], "Yes"),
        ({"@type": "Article", "headline": ["First", "Second"]}, "First"),
        ({"@type": "Article", "headline": {"name": "Named"}}, "Named"),
        ({"@type": "Article", "headline": 7}, "A title"),
        ({"@type": 7, "headline": "No"}, "A title"),
        ({"a": {"b": [{"@type": "Article", "headline": "Deep"}]}}, "Deep"),
    ],
)  # fmt: skip
def test_linked_data_is_searched_for_the_article(data: object, title: str) -> None:
    plain = json.dumps(data)
    wrapped = f"<!--\n{plain}\n-->", f"//<![CDATA[\n{plain}\n//]]>", f"// x\n/* y */ {plain};\n"
    for text in (plain, *wrapped):
        assert metadata(f'<script type="application/ld+json">{text}</script>').title == title


@pytest.mark.parametrize("text", ["", "{", "[1, 2", "null", "7", '"x"', "<!-- only -->"])
def test_linked_data_that_is_none_does_no_harm(text: str) -> None:
    assert metadata(f'<script type="application/ld+json">{text}</script>').title == "A title"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://e.org/a"><meta property="og:url" content="https://e.org/b">', "https://e.org/a"),
        ('<link rel="canonical" href="/a"><meta property="og:url" content="https://e.org/b">', "https://e.org/b"),
        (linked(url="https://e.org/c"), "https://e.org/c"),
        (linked(url={"@id": "https://e.org/d"}), "https://e.org/d"),
        ('<link rel="canonical" href="javascript:x">', ""),
    ],
)  # fmt: skip
def test_the_address_is_a_web_address(head: str, url: str) -> None:
    assert metadata(head).url == url


@pytest.mark.parametrize(
    ("head", "site"),
    [
        (linked(publisher={"name": "Linked"}) + '<meta property="og:site_name" content="Graph">', "Linked"),
        (linked(publisher=[{"name": "First"}]), "First"),
        ('<meta property="og:site_name" content="Graph"><meta name="application-name" content="App">', "Graph"),
        ('<meta name="application-name" content="App">', "App"),
    ],
)  # fmt: skip
def test_the_site_is_named(head: str, site: str) -> None:
    assert metadata(head).site == site
