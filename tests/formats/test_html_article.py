"""The article's words on pages that make them hard to recognise."""

from __future__ import annotations

import pytest

from reader.core.document import BlockKind, SpanKind
from reader.errors import SourceError
from reader.formats import read_document
from tests.formats.test_html import WORDS, blocks, page, read, spans


def test_the_text_for_browsers_without_scripts_is_read_where_it_is_the_article() -> None:
    told = "".join(f"<p>{WORDS} ({number})</p>" for number in range(4))
    source = f"<html><body><div id='app'></div><noscript>{told}</noscript></body></html>"
    assert len(blocks(read(source.encode()), BlockKind.PARAGRAPH)) == 4


def test_a_note_for_browsers_without_scripts_is_left_out() -> None:
    assert "scripts" not in read(page("<noscript><p>Turn on scripts, please.</p></noscript>")).text


def test_control_characters_hide_no_article() -> None:
    words = WORDS.replace(" keeps", " \x07keeps").replace(" longer", "&#8; longer")
    source = page(f"<p>{words}<br>{words}</p><p>\x00\x01{words} (second)</p>")
    document = read(source)
    assert document.text.count("The harbour office keeps a book") == 8
    assert document.text.count("that is longer") == 8
    assert not set(document.text) & set("\x00\x01\x07\x08")


def test_a_heading_is_kept_though_a_list_of_contents_has_its_words() -> None:
    contents = "".join(f'<li><a href="#s{n}">Section {n}</a></li>' for n in range(6))
    body = "".join(f'<h2 id="s{n}">Section {n}</h2><p>{WORDS} [{n}]</p>' for n in range(6))
    document = read(page(body, clutter=f"<div class='sidebar'><ul>{contents}</ul></div>"))
    headings = blocks(document, BlockKind.HEADING)
    assert headings == ["A title", *(f"Section {n}" for n in range(6))]
    assert document.text.count("Section 3") == 1


def test_a_list_of_single_words_is_kept() -> None:
    words = "oar thwart rowlock tiller bilge cleat gunwale painter keel rudder sheet boom".split()
    items = "".join(f"<li>{word}</li>" for word in words)
    assert blocks(read(page(f"<p>{WORDS} (b)</p><ul>{items}</ul>")), BlockKind.ITEM) == words


def test_the_words_of_a_menu_take_no_heading_away() -> None:
    """If only a part of a run is in the article, another run may have that part."""
    menu = "<div><span>Start</span> » <a href='/g'>The simulator of</a> » everything else</div>"
    body = f"<h2>The simulator of bees</h2><p>{WORDS} (b)</p>"
    document = read(page(body, clutter=menu))
    assert "The simulator of bees" in blocks(document, BlockKind.HEADING)
    assert "everything else" not in document.text


def test_an_article_that_scripts_are_to_show_is_read() -> None:
    parts = "".join(
        f"<div style='display: none'><h2>Part {n}</h2>{f'<p>{WORDS} ({n})</p>' * 3}</div>"
        for n in range(9)
    )
    source = f"<html><body><h1>In nine parts</h1><p>{WORDS}</p>{parts}</body></html>"
    document = read(source.encode())
    assert len(blocks(document, BlockKind.PARAGRAPH)) == 28
    assert "Part 8" in blocks(document, BlockKind.HEADING)


def test_what_is_hidden_beside_an_article_is_left_out() -> None:
    hidden = f"<div style='display:none'><p>Hidden: {WORDS}</p><p>Hidden: {WORDS} Again.</p></div>"
    assert "Hidden" not in read(page(hidden)).text


def test_a_note_that_is_referred_to_twice_is_told_without_its_ways_back() -> None:
    mark = "<sup id='r{0}'><a href='#n{1}'>[{1}]</a></sup>"
    told = (
        f"<p>{WORDS}{mark.format(1, 1)} {WORDS}{mark.format(2, 1)} And so{mark.format(3, 2)}.</p>"
    )
    notes = (
        "<ol><li id='n1'>^ <a href='#r1'><sup><i>a</i></sup></a> <a href='#r2'><sup><i>b</i></sup>"
        "</a> Smith, The Ferry, 1998.</li><li id='n2'><b><a href='#r3'>^</a></b> Jones.</li></ol>"
    )
    document = read(page(told + notes))
    found = [one for one in document.blocks if one.kind is BlockKind.FOOTNOTE]
    assert [(one.marker, document.quote(one.range)) for one in found] == [
        ("[1]", "Smith, The Ferry, 1998."),
        ("[2]", "Jones."),
    ]


def test_a_picture_is_not_glued_to_the_words_beside_it() -> None:
    sign = "<img src='s.png' alt='the seal of the harbour'>"
    document = read(page(f"<p>{sign}{WORDS} (a)</p><p>Under {sign}they sail: {WORDS} (b)</p>"))
    told = blocks(document, BlockKind.PARAGRAPH)
    assert f"{WORDS} (a)" in told
    assert f"Under the seal of the harbour they sail: {WORDS} (b)" in told
    assert blocks(document, BlockKind.IMAGE) == ["the seal of the harbour"]


def test_an_initial_that_is_a_picture_stays_in_its_word() -> None:
    assert f"T{WORDS[1:]} (a)" in read(page(f"<p><img src='t' alt='T'>{WORDS[1:]} (a)</p>")).text


def test_names_of_files_and_icons_are_no_descriptions() -> None:
    pictures = "".join(
        f"<p>{WORDS} ({name})</p><p><img src='/{name}' alt='{alt}' {rest}></p>"
        for name, alt, rest in (
            ("a", "IMG_2041.jpg", ""),
            ("b", "0225-harbour-getty-01", ""),
            ("c", "A hint", "width='24' height='24'"),
            ("d", "The quay at six", "width='640'"),
        )
    )
    assert blocks(read(page(pictures)), BlockKind.IMAGE) == ["The quay at six"]


def test_buttons_that_share_an_article_are_left_out() -> None:
    buttons = "".join(
        f"<li><a href='https://{name}.example/s'><img src='{name}.png' alt='Send to {name}'></a></li>"
        for name in ("chirrup", "facepage", "pigeon")
    )
    document = read(page(f"<ul>{buttons}<li><a href='/x'></a></li></ul><p>{WORDS} (b)</p>"))
    assert "Send to" not in document.text
    assert not [one for one in document.blocks if one.marker]


def test_a_standfirst_that_begins_the_article_is_told_once() -> None:
    head = f'<meta name="description" content="{WORDS}">'
    source = page(f"<p>{WORDS}</p><p>{WORDS} (b)</p>", head, clutter=f"<div>{WORDS}</div>")
    assert blocks(read(source), BlockKind.PARAGRAPH).count(WORDS) <= 1


def test_a_formula_that_is_a_picture_is_told_without_its_wrapping() -> None:
    picture = r"<img src='f.svg' alt='{\displaystyle a^{2}+b^{2}}'>"
    assert (
        "that a^{2}+b^{2}, and" in read(page(f"<p>{WORDS} It holds that {picture}, and</p>")).text
    )


def test_links_to_edit_a_section_are_left_out() -> None:
    edit = "<span class='mw-editsection'>[<a href='/edit'>edit</a>]</span>"
    document = read(page(f"<h2>History{edit}</h2><p>{WORDS} (b)</p>"))
    assert blocks(document, BlockKind.HEADING) == ["A title", "History"]


def test_what_extractors_leave_of_a_page_is_dim_but_there() -> None:
    lines = ["Read more: The bridges that never were", "Share this article", "Advertisement"]
    body = "".join(f"<p>{line}</p><p>{WORDS} ({line[:4]})</p>" for line in lines)
    figure = (
        "<figure><img src='q.png' alt='A quay'><figcaption>Photo: Ada Fell</figcaption></figure>"
    )
    document = read(page(body + figure))
    assert [document.quote(one.range) for one in document.blocks if one.residue] == lines
    assert "Photo: Ada Fell" in document.text


def test_a_page_that_asks_for_a_password_is_told_as_such() -> None:
    form = '<form><input name="who"><input type="password" name="word"><button>Go</button></form>'
    told = f"<html><head><title>Sign in</title></head><body><h1>Sign in</h1>{form}</body></html>"
    with pytest.raises(SourceError, match="asks for a password instead of showing an article"):
        read_document(told.encode(), name="page.html")
    article = "".join(f"<p>{WORDS} ({number})</p>" for number in range(4))
    whole = told.replace("</body>", f"<article>{article}</article></body>")
    assert "(3)" in read_document(whole.encode(), name="page.html").text


def test_who_is_quoted_is_kept_between_quotations() -> None:
    quotes = [
        f"<blockquote><p>{WORDS} (quote {number})</p></blockquote>"
        f'<p>[<a href="https://{site}.example/{number}">The {site}</a>]</p>'
        for number, site in enumerate(("Post", "Times", "Post", "Post", "Times", "Post"))
    ]
    around = f"<p>{WORDS}</p>"
    document = read(page(f"{around}{''.join(quotes)}{around}<p>{WORDS} (more)</p>"))
    lines = document.text.splitlines()
    for number, site in enumerate(("Post", "Times", "Post", "Post", "Times", "Post")):
        (quoted,) = [at for at, line in enumerate(lines) if line.endswith(f"(quote {number})")]
        assert lines[quoted + 1] == f"[The {site}]"


@pytest.mark.parametrize(
    ("attributes", "target"),
    [
        ("src='/a.jpg'", "/a.jpg"),
        ("src='/a.jpg' srcset='/b.jpg 2x'", "/a.jpg"),
        ("data-src='/b.jpg' src='/a.jpg'", "/b.jpg"),
        # A blank picture stands in until a script puts in the real one.
        ("src='data:image/gif;base64,R0' data-src='/b.jpg'", "/b.jpg"),
        ("src='data:image/gif;base64,R0' srcset='/b.jpg 640w, /c.jpg 960w'", "/b.jpg"),
        ("srcset=' /b.jpg, /c.jpg 2x'", "/b.jpg"),
        ("data-srcset='/b.jpg'", "/b.jpg"),
        ("srcset='/b.jpg 1x' data-srcset='/c.jpg 1x'", "/b.jpg"),
        ("srcset='' data-srcset='/c.jpg 1x'", "/c.jpg"),
        ("srcset='data:image/gif;base64,R0 1x'", ""),
        ("src='data:image/gif;base64,R0'", ""),
        ("src='' srcset=''", ""),
        ("", ""),
    ],
)
def test_a_picture_has_the_address_that_a_browser_would_load(attributes: str, target: str) -> None:
    picture = f"<figure><img alt='The quay at six' width='640' {attributes}></figure>"
    (image,) = spans(read(page(picture), "https://harbour.example/page"), SpanKind.IMAGE)
    assert image == ("The quay at six", target and f"https://harbour.example{target}")
