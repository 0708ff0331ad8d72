"""All addresses of a page have one canonical form, and two pages have two."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.core.addresses import canonical_address

PAGE = "https://example.org/news/the-tide-tables?page=2"


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/news/the-tide-tables?page=2",
        "HTTPS://WWW.Example.ORG:443/news/the-tide-tables/?page=2",
        "http://example.org:80/news/the-tide-tables?page=2#comments",
        "https://example.org/news/the-tide-tables?utm_source=letter&page=2&utm_medium=email",
        "https://example.org/news/the-tide-tables?fbclid=abc&page=2&GCLID=def&mc_cid=9&pk_kwd=x",
        "https://example.org./news/the%2Dtide%2dtables?page=2",
        "  https://example.org/news/the-tide-tables?page=2\n",
    ],
)
def test_addresses_of_one_page_are_the_same(address: str) -> None:
    assert canonical_address(address) == PAGE


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/news/the-tide-tables",
        "https://example.org/news/the-tide-tables?page=3",
        "https://example.org/news/The-Tide-Tables?page=2",
        "https://news.example.org/news/the-tide-tables?page=2",
        "https://example.org:8443/news/the-tide-tables?page=2",
        "https://example.org/news/the-tide-tables?page=2&id=utm_source",
        "https://example.org/news/the-tide-tables?page=",
        "https://example.org/news/the-tide-tables?page=2&note",
        "https://example.org/news/the/tide-tables?page=2",
    ],
)
def test_addresses_of_other_pages_are_others(other: str) -> None:
    assert canonical_address(other) != PAGE


def test_the_order_of_parameters_does_not_count_and_repeated_ones_keep_theirs() -> None:
    assert canonical_address("http://a.org/?b=1&a=2&a=1") == canonical_address(
        "https://a.org?a=2&a=1&b=1"
    )
    assert canonical_address("http://a.org/?a=1&a=2") != canonical_address("http://a.org/?a=2&a=1")


@pytest.mark.parametrize(
    "text", ["", "/home/anna/a b.md", "C:\\texts\\a.md", "mailto:a@b.org", "http://", "//a/b/"]
)
def test_what_is_no_web_address_stays_as_it_is(text: str) -> None:
    assert canonical_address(text) == text


@given(st.text())
@example("0 #")
@example("0 ./")
def test_any_text_gives_a_form_that_stays(text: str) -> None:
    for address in (text, f"http://{text}", f"https://a.org/{text}"):
        once = canonical_address(address)
        assert canonical_address(once) == once


@given(st.text(), st.sampled_from(["utm_campaign", "fbclid", "gclid", "msclkid"]), st.text())
def test_tracking_changes_nothing(path: str, name: str, value: str) -> None:
    from urllib.parse import quote

    page = f"https://a.org/{quote(path, errors='replace')}"
    assert canonical_address(f"{page}?{name}={quote(value, errors='replace')}") == (
        canonical_address(page)
    )


@pytest.mark.parametrize("place", ["/{}", "/a/{}/b", "/a?q={}", "/a?{}=q"])
def test_bytes_that_are_no_utf_8_are_told_apart(place: str) -> None:
    """As in addresses that were made when pages were written in Latin-1."""
    pages = [
        f"https://example.org{place.format(word)}"
        for word in ("caf%E8", "caf%E9", "caf%C3%A9", "caf%3F", "caf%EF%BF%BD")
    ]
    forms = [canonical_address(page) for page in pages]
    assert len(set(forms)) == len(pages)
    assert forms == pages
    assert canonical_address(pages[1].lower()) == forms[1]
