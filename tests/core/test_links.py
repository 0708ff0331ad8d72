"""What links lead to: paths, addresses, and links that are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.addresses import is_web_address
from reader.core.document import SpanKind
from reader.core.links import (
    ExternalLink,
    InternalLink,
    RefusedLink,
    destination,
    link_at,
    links_in,
    note_blocks,
    note_range,
    place_in,
)
from reader.formats import read_document

FILE = "/articles/2026/bridge.md"
PAGE = "https://example.org/news/2026/bridge"

NOTES = read_document(
    b"""# The *caf\xc3\xa9*

Words[^1] and a [link](other.md).

[^1]: First.

    Second, [with a link](more.md).

[^2]: Another.

Last words[^2].
""",
    name="a.md",
)


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("other.md", ExternalLink("/articles/2026/other.md")),
        ("../other%20one.md#part", ExternalLink("/articles/other one.md", "#part")),
        ("./bridge.md#end", InternalLink("#end")),
        ("bridge.md", InternalLink("#")),
        ("#end", InternalLink("#end")),
        ("/notes/a.txt", ExternalLink("/notes/a.txt")),
        ("file:///notes/a.txt", ExternalLink("/notes/a.txt")),
        ("https://example.org/a?b=c#d", ExternalLink("https://example.org/a?b=c", "#d")),
        (" HTTP://example.org/a ", ExternalLink("http://example.org/a")),
        ("//example.org/a", ExternalLink("https://example.org/a")),
        ("100%.md", ExternalLink("/articles/2026/100%.md")),
    ],
)
def test_a_link_of_a_file(target: str, leads: object) -> None:
    assert destination(target, source=FILE) == leads


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("tower", ExternalLink("https://example.org/news/2026/tower")),
        ("/about#us", ExternalLink("https://example.org/about", "#us")),
        ("//other.org/x", ExternalLink("https://other.org/x")),
        ("?page=2", ExternalLink("https://example.org/news/2026/bridge?page=2")),
        (f"{PAGE}#end", InternalLink("#end")),
        ("../2026/bridge#end", InternalLink("#end")),
    ],
)
def test_a_link_of_a_page(target: str, leads: object) -> None:
    assert destination(target, source=PAGE) == leads


def test_a_saved_page_leads_to_files_beside_it_or_to_its_site() -> None:
    leads = destination("tower.html", source="/saved/bridge.html", url=PAGE)
    assert leads == ExternalLink(
        "/saved/tower.html", "", "https://example.org/news/2026/tower.html"
    )
    assert destination("/about", source="/saved/bridge.html", url=PAGE) == ExternalLink(
        "https://example.org/about"
    )
    assert destination(f"{PAGE}#x", source="/saved/bridge.html", url=PAGE) == InternalLink("#x")


@pytest.mark.parametrize("source", [FILE, PAGE, ""])
@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "mailto:a@example.org",
        "https://example.org/\x1b[31m",
        "https://example.org/\u202etxt.exe",
        "a\x00b.md",
        "http://[::1",
        "https://",
        "https://example.org:port/",
        "\\\\server\\share\\a.md",
        "//[::1",
    ],
)
def test_a_refused_link_has_a_reason(target: str, source: str) -> None:
    leads = destination(target, source=source)
    assert isinstance(leads, RefusedLink)
    assert leads.reason


@pytest.mark.parametrize("target", ["file:///etc/passwd", "FILE:/etc/passwd", "file:a.md"])
def test_a_page_leads_to_no_file(target: str) -> None:
    assert isinstance(destination(target, source=PAGE), RefusedLink)
    assert isinstance(destination(target, source="/saved/bridge.html", url=PAGE), RefusedLink)


def test_characters_hidden_by_percent_signs_are_found() -> None:
    assert isinstance(destination("a%00b.md", source=FILE), RefusedLink)
    assert isinstance(destination("a%1b%5b31m.md", source=FILE), RefusedLink)
    assert isinstance(destination("a%ff.md", source=FILE), RefusedLink)


def test_standard_input_has_no_folder() -> None:
    assert isinstance(destination("other.md", source=""), RefusedLink)
    assert destination("#end", source="") == InternalLink("#end")
    assert destination(PAGE, source="") == ExternalLink(PAGE)


@given(st.text(max_size=60), st.sampled_from([FILE, PAGE, ""]), st.sampled_from([PAGE, ""]))
def test_any_link_leads_to_a_safe_place(target: str, source: str, url: str) -> None:
    leads = destination(target, source=source, url=url)
    match leads:
        case ExternalLink(address, _, otherwise):
            assert is_web_address(address) or address.startswith("/")
            assert not is_web_address(source) or is_web_address(address)
            assert not otherwise or is_web_address(otherwise)
            assert not any(ord(each) < 32 or 0x7F <= ord(each) < 0xA0 for each in address)
        case InternalLink(label):
            assert label.startswith("#")
        case RefusedLink(reason):
            assert reason


def test_links_and_footnote_references_are_found_in_order() -> None:
    links = links_in(NOTES, 0, len(NOTES.text))
    assert [NOTES.quote(each.range) for each in links] == [
        "[1]",
        "link",
        "with a link",
        "[2]",
    ]
    inside = NOTES.text.index("link")
    at = link_at(NOTES, inside)
    assert at is not None
    assert at.kind is SpanKind.LINK
    assert link_at(NOTES, 0) is None


def test_a_place_is_found_by_its_label_percent_encoded_or_not() -> None:
    assert place_in(NOTES, "#the-café") == 0
    assert place_in(NOTES, "#the-caf%C3%A9") == 0
    assert place_in(NOTES, "#") == 0
    assert place_in(NOTES, "#nowhere") is None


def test_a_footnote_has_all_its_paragraphs_and_no_other_footnote() -> None:
    place = place_in(NOTES, "#1")
    assert place is not None
    whole = note_range(NOTES, place)
    assert whole is not None
    assert NOTES.quote(whole) == "First.\nSecond, with a link."
    assert NOTES.quote(note_blocks(NOTES, place)[0].range) == "First."
    assert note_range(NOTES, 0) is None
