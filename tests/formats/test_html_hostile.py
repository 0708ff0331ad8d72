"""Pages that would take forever, or fill the stack or the memory: what can be read is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import SourceError
from reader.formats import SourceInfo, read_document
from reader.formats.html import page as html_page
from tests.formats.test_html import WORDS
from tests.formats.test_properties import assert_sound

ARTICLE = f"<p>{WORDS * 2}</p>" * 4
_MARKUP = """
<p> </p> <div> </div> <ul> <ol> <li> </li> </ul> <table> <tr> <td> <th> </table> <pre>
</pre> <blockquote> </blockquote> <h1> </h1> <h2> <a~href="#x"> </a> <sup> </sup> <b> </b>
<br> <hr> <img~alt="x"> <figure> <figcaption> </figure> <li~id="x"> <dl> <dt> <dd> <q> </q>
<math> <ruby> <rt> <details> <summary> &#0; &#x202e; \u0301 \x1b[31m A~sentence~of~words.
日本語の文。 <nav> </nav> <script> </script> <!-- --> <input~type=checkbox> <!DOCTYPE> <body>
<img~src="data:,x"> <img~src="&#1;&#x1b;"~title="&#27;y"> <span~hidden> </span> <p~class=caption> ]]> <![CDATA[ <?php <svg> </svg>
"""
MARKUP = [one.replace("~", " ") for one in _MARKUP.split()]
"""Pieces of markup and text."""

PAGES = {
    "nested blocks": "<div>" * 10_000 + ARTICLE + "</div>" * 10_000,
    "nested emphasis": "<p>" + "<b>" * 10_000 + WORDS * 5,
    "nested lists": "<ul><li>x" * 10_000 + ARTICLE,
    "items without a list": ARTICLE + "<div>" + "<li>x" * 3000 + "</div>",
    "nested quotes": "<blockquote>" * 10_000 + ARTICLE,
    "nested tables": "<table><tr><td>" * 3000 + ARTICLE,
    "entities": ARTICLE + "<p>" + "&#x202e;&lt;&nbsp;&#27;[31m&#x301;" * 100_000,
    "entity declarations": '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]><body>' + ARTICLE + "<p>&b;&c;",
    "attributes": "<body><p " + 'a="b" ' * 100_000 + ">x</p>" + ARTICLE,
    "paragraphs": "<article>" + f"<p>{WORDS}</p>" * 8000,
    "links to itself": "<body>" + '<a href="#a">1</a>' * 30_000 + ARTICLE * 100,
    "notes": "".join(f'<sup><a href="#n{n}">{n}</a></sup>' for n in range(999))
    + ARTICLE + "".join(f'<p id="n{n}">Note {n} of this page.' for n in range(999)),
    "pictures": ARTICLE + "<figure><img src=x alt=y></figure>" * 10_000 + ARTICLE,
    "captions": ARTICLE + "<div class=caption><img src=x></div><p class=caption>a" * 3000 + ARTICLE,
    "a large table": ARTICLE + "<table>" + ("<tr>" + "<td>x" * 50) * 400,
    "a wide table": ARTICLE + "<table><tr><td colspan=1000000>x<td>y<tr><td rowspan=99999999>z<td>a",
    "short paragraphs": ARTICLE + "<p>x" * 16_000,
    "nested hidden parts": ARTICLE + "<div hidden>" * 1500 + "x <i>y</i> " * 16_000,
    "blocks within spans": ARTICLE + "<b>" * 1900 + "<p>x" * 8000,
    "tags": ARTICLE + "<a " * 50_000,
    "openings": ARTICLE + "<" * 500_000,
    "comments": ARTICLE + "<!--" * 50_000,
    "sections of data": "<body>" + "<![CDATA[" * 10_000 + ARTICLE,
    "a style sheet": f"<style>{'a{b:c}' * 3_000_000}</style><body>{ARTICLE}",
    "a script": f"<body>{ARTICLE}<script>{'window.a = {' * 300_000}</script>",
    "deep data": f"<body>{ARTICLE}<script type='application/json'>{'[' * 100_000}</script>",
    "deep linked data": "<script type='application/ld+json'>" + '{"a":' * 100_000 + "</script>" + ARTICLE,
    "a bad base": f"<base href='http://[bad'><body><a href='http://[x'>k</a>{ARTICLE}",
    "a long line": "<p>" + "word " * 2_000_000,
}  # fmt: skip


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("name", PAGES)
def test_hostile_pages_end_with_their_text(name: str, whole: bool) -> None:
    document = read_document(PAGES[name].encode(), kind="html", info=SourceInfo(is_whole=whole))
    assert document.blocks
    assert max(
        block.end - block.start for block in document.blocks
    ) <= html_page.MAX_PARAGRAPH + 1 or ("table" in name or "entities" in name)
    assert WORDS in document.text or name == "a long line"
    assert "root:" not in document.text


def log(first: int, count: int) -> str:
    """Return paragraphs that differ, as those of an article do."""
    return "".join(
        "<p>" + " ".join(f"Boat {n} came {k} times, and on day {n * k} it left." for k in range(9))
        for n in range(first, first + count)
    )


@pytest.mark.parametrize(
    ("size", "is_shown"),
    [
        ("", True), ("64", False), ("65", True), ("0", False), ("²", True), ("٣", True),
        ("-1", True), ("1e9", True), ("64px", True), ("9" * 5000, True),
    ],
    ids=lambda value: str(value)[:9],
)  # fmt: skip
def test_sizes_of_pictures_may_be_anything(size: str, is_shown: bool) -> None:
    """A small picture is an icon; what is no size says nothing."""
    picture = f'<img src="v.png" alt="The view" width="{size}" height="{size}">'
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a>" for n in range(20))
    page = f"<body><ul>{menu}</ul><article>{log(1, 6)}<div>{picture}</div>{log(10, 6)}</article>"
    document = read_document(page.encode(), kind="html")
    assert ("The view" in document.text) == is_shown
    assert "Boat 15 came" in document.text
    assert_sound(document)


def test_a_line_of_a_hundred_megabytes_is_told() -> None:
    with pytest.raises(SourceError, match="50 MB"):
        read_document(b"<html><body><p>" + b"word " * 20_000_000)


def test_a_page_of_fifty_megabytes_of_pictures_is_read() -> None:
    picture = b"<img alt=x src='data:image/png;base64," + b"QUJD" * 250_000 + b"'>"
    document = read_document(b"<html><body>" + ARTICLE.encode() + picture * 50)
    assert WORDS in document.text


def test_zero_bytes_are_passed_over() -> None:
    document = read_document(b"<html><body>" + ARTICLE.replace("harbour", "har\0bour", 1).encode())
    assert document.text.startswith("The harbour")


def test_a_long_text_keeps_its_words() -> None:
    words = "word " * 100_000
    document = read_document(f"<html><body><p>{words}<b>bold</b> {words}".encode())
    assert document.text.split() == [*words.split(), "bold", *words.split()]


@given(
    st.lists(
        st.sampled_from(
            MARKUP
        ),
        max_size=60,
    ),
    st.booleans(),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_markup_gives_a_sound_document_or_a_sentence(pieces: list[str], whole: bool) -> None:
    try:
        source = "".join(pieces).encode("utf-8", "replace")
        document = read_document(source, kind="html", info=SourceInfo(is_whole=whole))
    except SourceError:
        return
    assert_sound(document)


@given(st.binary(max_size=400), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_sound_document_or_a_sentence(data: bytes, framed: bool) -> None:
    source = b"<html><body><p>" + data + ARTICLE.encode() if framed else data
    try:
        document = read_document(source, kind="html")
    except SourceError:
        return
    assert_sound(document)
