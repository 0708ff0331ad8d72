"""Web pages: the article with its structure, and nothing around it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.core.document import BlockKind, Document, SpanKind
from reader.errors import SourceError
from reader.formats import KINDS, SourceInfo, is_page, read_document

SAMPLE = Path(__file__).parents[2] / "sample_articles" / "the-night-ferry.html"
WORDS = (
    "The harbour office keeps a book of every vessel that is longer than an oar, and the book is "
    "older than the office, which was built around it in the winter of the great ice."
)
CLUTTER = (
    """<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>"""
)


def page(body: str, head: str = "", clutter: str = CLUTTER) -> bytes:
    paragraphs = "".join(f"<p>{WORDS} ({number})</p>" for number in range(1, 5))
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>A title</title>{head}</head><body>{clutter}"
        f"<article><h1>A title</h1>{paragraphs}{body}<p>{WORDS} (last)</p></article></body></html>"
    ).encode()


def read(data: bytes, url: str = "", *, whole: bool = False) -> Document:
    return read_document(data, name="page.html", info=SourceInfo(url=url, is_whole=whole))


def blocks(document: Document, *kinds: BlockKind) -> list[str]:
    return [document.quote(one.range) for one in document.blocks if one.kind in kinds]


def spans(document: Document, kind: SpanKind) -> list[tuple[str, str]]:
    return [(document.quote(one.range), one.target) for one in document.spans if one.kind is kind]


@pytest.fixture(scope="module")
def ferry() -> Document:
    return read_document(SAMPLE.read_bytes(), name=SAMPLE.name)


@pytest.mark.parametrize(
    "clutter",
    [
        "cookies to store", "Accept all", "Weather", "Gale warning", "Chirrup", "37 comments",
        "The Morning Tide", "Sign up", "Read more", "Quay repairs", "Advertisement", "Topics",
        "More from the harbour", "The buoy that", "saltmarsh_dweller", "if it floats, tax it",
        "Most read", "Privacy", "All rights reserved", "Skip to main", "dataLayer", "font-family",
    ],
)  # fmt: skip
def test_what_stands_around_an_article_is_left_out(ferry: Document, clutter: str) -> None:
    assert clutter in SAMPLE.read_text()
    assert clutter not in ferry.text


def test_the_article_is_whole_and_in_its_order(ferry: Document) -> None:
    kinds = [str(one.kind) for one in ferry.blocks]
    assert kinds == [
        "heading", "paragraph", "image", "paragraph", "paragraph", "paragraph", "paragraph",
        "heading", "paragraph", "item", "item", "item", "item", "item", "paragraph", "quote",
        "quote", "heading", "paragraph", "paragraph", "table", "paragraph", "image", "paragraph",
        "paragraph", "rule", "paragraph", "footnote", "footnote",
    ]  # fmt: skip


def test_its_metadata_is_read(ferry: Document) -> None:
    known = ferry.metadata
    assert known.title == "The night ferry that nobody counted"
    assert known.authors == ("Odile Marchbanks", "Tam Wexcombe")
    assert known.site == "The Harrow Sound Courier"
    assert known.published == "2026-03-14T06:30:00+00:00"
    assert known.language == "en-GB"
    assert known.url == "https://courier.example/2026/03/the-night-ferry"


def test_lists_keep_their_kind_and_nesting(ferry: Document) -> None:
    items = [(one.marker, one.level, one.nest) for one in ferry.blocks if one.marker]
    assert items[:5] == [
        ("1.", 1, (3,)),
        ("2.", 1, (3,)),
        ("◦", 2, (3, 2)),
        ("◦", 2, (3, 2)),
        ("3.", 1, (3,)),
    ]


def test_pictures_keep_their_captions(ferry: Document) -> None:
    places = [index for index, one in enumerate(ferry.blocks) if one.kind is BlockKind.IMAGE]
    texts = [ferry.quote(one.range) for one in ferry.blocks]
    assert texts[places[0]].startswith("A small boat with one lamp")
    assert texts[places[0] + 1].startswith("The Perpetua comes in to Lowry Quay")
    # A picture without alternative text has a caption, and a script would load it.
    assert texts[places[1]].startswith("Fourteen nights in a notebook")
    images = spans(ferry, SpanKind.IMAGE)
    assert [target for _, target in images] == [
        "https://courier.example/pictures/ferry-wide.jpg",
        "https://courier.example/pictures/notebook.jpg",
    ]


def test_a_quotation_keeps_who_said_it(ferry: Document) -> None:
    quotes = blocks(ferry, BlockKind.QUOTE)
    assert quotes[1] == "Hanne Solberg, in an interview with the Courier"


def test_a_table_keeps_its_head(ferry: Document) -> None:
    (table,) = [one for one in ferry.blocks if one.kind is BlockKind.TABLE]
    assert table.header_rows == 1
    assert table.aligns == "lrr"
    assert ferry.quote(table.range).split("\n")[1].split("\t") == ["2023", "9,480", "7,870"]


def test_footnotes_lead_there_and_back(ferry: Document) -> None:
    references = spans(ferry, SpanKind.FOOTNOTE)
    assert references == [("[1]", "#fn1"), ("[2]", "#fn2")]
    for _, target in references:
        place = ferry.place_of(target)
        assert place is not None
        note = ferry.blocks[ferry.block_index(place)]
        assert note.kind is BlockKind.FOOTNOTE
        assert "↩" not in ferry.quote(note.range)
        assert ferry.place_of(target.replace("fn", "ref")) is not None


def test_links_are_made_absolute(ferry: Document) -> None:
    assert (
        "count of all passengers",
        "https://courier.example/2026/03/committee-minutes",
    ) in spans(ferry, SpanKind.LINK)


def test_the_whole_page_has_it_all() -> None:
    document = read(SAMPLE.read_bytes(), whole=True)
    for words in ("Weather", "saltmarsh_dweller", "Quay repairs", "lamp oil", "cookies"):
        assert words in document.text


@pytest.mark.parametrize(
    ("url", "base", "href", "target"),
    [
        ("", "", "a/b", "a/b"),
        ("https://x.example/p/q", "", "a/b", "https://x.example/p/a/b"),
        ("https://x.example/p/q", "", "/a", "https://x.example/a"),
        ("https://x.example/p/q", "https://y.example/z/", "a", "https://y.example/z/a"),
        ("https://x.example/p/q", "", "//y.example/a", "https://y.example/a"),
        ("https://x.example/", "", "javascript:alert(1)", None),
        ("https://x.example/", "", "data:text/html,x", None),
        ("https://x.example/", "", "http://[bad", None),
    ],
)
def test_targets(url: str, base: str, href: str, target: str | None) -> None:
    head = f'<base href="{base}">' if base else ""
    document = read(page(f'<p>{WORDS} Here is <a href="{href}">a link</a>.</p>', head), url)
    assert spans(document, SpanKind.LINK) == ([] if target is None else [("a link", target)])


def test_a_link_inside_the_page_finds_its_heading() -> None:
    document = read(
        page(
            f'<p>{WORDS} See <a href="#more">below</a>.</p><h2 id="more">More</h2><p>{WORDS} b</p>'
        )
    )
    ((_, target),) = spans(document, SpanKind.LINK)
    place = document.place_of(target)
    assert place is not None
    assert document.text[place:].startswith("More\n")


def test_code_keeps_its_lines_and_language() -> None:
    code = "def tide():\n    return 4  # hours\n\nprint(tide())"
    document = read(page(f'<pre><code class="language-python">{code}</code></pre>'))
    (block,) = [one for one in document.blocks if one.kind is BlockKind.CODE]
    assert document.quote(block.range) == code
    assert block.language == "python"


def test_a_caption_that_only_its_class_tells_stays_with_its_picture() -> None:
    document = read(
        page(
            '<div class="wp-caption"><img src="/q.jpg" alt="A quay"><p class="wp-caption-text">'
            "The quay at noon.</p></div>"
        )
    )
    texts = [document.quote(one.range) for one in document.blocks]
    assert texts[texts.index("A quay") + 1] == "The quay at noon."


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ({"name": "Ada Wren"}, ("Ada Wren",)),
        ([{"name": "Ada Wren"}, {"name": "Bo Finch"}], ("Ada Wren", "Bo Finch")),
        ("By Ada Wren", ("Ada Wren",)),
        ("Ada Wren and Bo Finch", ("Ada Wren", "Bo Finch")),
        ({"name": "Ada &amp; <b>Wren</b>"}, ("Ada & Wren",)),
    ],
)
def test_authors_of_linked_data(said: object, authors: tuple[str, ...]) -> None:
    data = {"@type": "NewsArticle", "headline": "A title", "author": said}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    assert read(page("", head)).metadata.authors == authors


def test_the_site_is_cut_from_a_title() -> None:
    head = '<meta property="og:site_name" content="The Courier">'
    source = page("", head).replace(b"<title>A title", b"<title>A title | The Courier")
    assert read(source).metadata.title == "A title"


TEXT = "\n".join(f"{WORDS} Part {number}." for number in range(6))
SHELL = "<!DOCTYPE html><html><head>{head}</head><body><div id='app'></div>{scripts}</body></html>"


@pytest.mark.parametrize(
    ("head", "scripts"),
    [
        (
            '<script type="application/ld+json">'
            + json.dumps({"@type": "Article", "headline": "T", "articleBody": TEXT})
            + "</script>",
            "",
        ),
        (
            "",
            '<script id="__NEXT_DATA__" type="application/json">'
            + json.dumps({"props": {"page": {"title": "T", "body": TEXT}}})
            + "</script>",
        ),
        (
            "",
            "<script>window.__INITIAL_STATE__ = "
            + json.dumps(
                {"a": [1], "story": {"html": f"<p>{'</p><p>'.join(TEXT.splitlines())}</p>"}}
            )
            + "; start()</script>",
        ),
        (
            "",
            "<script>window.__PRELOADED_STATE__ = JSON.parse("
            + json.dumps(
                json.dumps({"content": [{"type": "p", "text": one} for one in TEXT.split("\n")]})
            )
            + ")</script>",
        ),
        (
            "",
            '<script type="application/json">'
            + json.dumps(
                {
                    "blocks": [
                        {"_type": "block", "children": [{"text": one}]} for one in TEXT.split("\n")
                    ]
                }
            )
            + "</script>",
        ),
    ],
)
def test_the_text_of_an_application_is_read_from_its_data(head: str, scripts: str) -> None:
    document = read(SHELL.format(head=head, scripts=scripts).encode())
    assert blocks(document, BlockKind.PARAGRAPH) == TEXT.split("\n")


DATA = (
    '<script id="__NEXT_DATA__" type="application/json">'
    + json.dumps({"props": {"menu": ["News", "Sport"], "story": {"title": "T", "body": TEXT}}})
    + "</script>"
)
SCAFFOLD = (
    "<header><nav>" + "".join(f'<a href="/{n}">Section number {n}</a> ' for n in range(12)) + "</nav>"
    "</header><main><h1>The harbour book</h1><p>Loading the story, please wait.</p>"
    "<style>.a { color: red; }</style><div class='spinner'></div></main>"
    "<footer><p>Write to the office. All rights reserved.</p></footer>"
)  # fmt: skip
"""What a page that scripts fill shows by itself: menus, a heading, a foot."""


def test_a_page_that_scripts_fill_is_read_from_its_data_though_it_shows_menus() -> None:
    program = f"<script>{'function start(a) { return a; } ' * 400}</script>"
    noscript = f"<noscript>{'Please turn on scripts to read this page. ' * 3}</noscript>"
    for around in ("", program, noscript):
        source = f"<!DOCTYPE html><html><body>{SCAFFOLD}{around}{DATA}</body></html>"
        assert blocks(read(source.encode()), BlockKind.PARAGRAPH) == TEXT.split("\n")


def test_a_page_that_shows_its_article_is_not_read_from_data_beside_it() -> None:
    """The data may be another text, such as the next story's: what is shown counts."""
    shown = "".join(
        f"<p>Shown part {n}. {WORDS.replace('harbour', 'customs')}</p>" for n in range(28)
    )
    longer = TEXT.replace("harbour", "weather") * 8
    data = DATA.replace(json.dumps(TEXT), json.dumps(longer))
    source = (
        f"<!DOCTYPE html><html><body><article><h1>A title</h1>{shown}</article>{data}</body></html>"
    )
    text = read(source.encode()).text
    assert text.count("Shown part") == 28
    assert "weather" not in text


def test_a_page_without_an_article_says_so() -> None:
    links = "".join(f'<li><a href="/{n}">Story number {n}</a></li>' for n in range(80))
    source = f"<!DOCTYPE html><body><nav>x</nav><form><input></form><ul>{links}</ul>".encode()
    with pytest.raises(SourceError, match="--whole") as caught:
        read(source)
    assert caught.value.title == "No article found"
    assert "Story number 79" in read(source, whole=True).text


def test_a_short_page_without_clutter_is_read_as_it_is() -> None:
    document = read(b"<html><body><h1>Note</h1><p>Two words.</p></body></html>")
    assert document.text == "Note\nTwo words."


@pytest.mark.parametrize(
    ("encoding", "label", "words"),
    [
        ("shift_jis", "Shift_JIS", "市議会は火曜日に新しい橋を建設することを決めた。"),
        ("shift_jis", "x-sjis", "町の人々は喜んでいる。"),
        ("gb18030", "gb2312", "市议会星期二决定修建一座新桥，镕基先生同意。"),
        ("gb18030", "GB18030", "市议会星期二决定修建一座新桥。"),
        ("koi8-r", "koi8-r", "Городской совет решил построить мост."),
        ("euc-kr", "euc-kr", "시의회는 화요일에 새 다리를 짓기로 했다."),
        ("iso2022_jp", "iso-2022-jp", "市議会は新しい橋を建設する。"),
        ("cp1252", "iso-8859-1", "The café’s owner said “no” – for €40."),
        ("cp1251", "windows-1251", "Городской совет решил."),
        ("utf-8", "iso-8859-1", "A lying label: “naïve” café."),
        ("utf-8", "shift_jis", "Another lie: “naïve” café."),
        ("utf-8", "no-such-charset", "“Naïve” café."),
        ("utf-16", "utf-8", "With a mark: “naïve” café."),
        ("utf-16-le", "utf-8", "Without a mark: naïve café."),
    ],
)
def test_charsets(encoding: str, label: str, words: str) -> None:
    text = f"<html><head><meta charset='{label}'></head><body><p>{words * 12}</p></body></html>"
    document = read(text.encode(encoding))
    assert document.text == words * 12


def test_the_carriers_charset_is_believed_before_the_pages() -> None:
    text = (
        "<html><head><meta charset='windows-1252'></head><body><p>Городской совет решил.</p></body>"
    )
    document = read_document(text.encode("koi8-r"), kind="html", info=SourceInfo(charset="KOI8-R"))
    assert document.text == "Городской совет решил."


def test_pictures_inside_a_page_cost_nothing() -> None:
    picture = "data:image/png;base64," + "QUJD" * 3_000_000
    document = read(page(f'<p>{WORDS} (b)</p><img src="{picture}" alt="A chart">'))
    assert "A chart" in document.text
    assert "QUJD" not in document.text + "".join(one.target for one in document.spans)


@pytest.mark.parametrize(
    ("data", "name", "shows_no_tags"),
    [
        (b"<!DOCTYPE html><p>x y z", "", True),
        (b"\xef\xbb\xbf\n<!-- saved --><html><p>x y z", "a.txt", True),
        ("<!doctype HTML><p>x y z".encode("utf-16"), "", True),
        (b"<p>x <b>y</b> z", "page.htm", True),
        (b"<p>x <b>y</b> z", "page.txt", False),
        (b"<div>x</div>\n\n# Heading", "page.md", False),
        (b"Write <html> first", "", False),
    ],
)
def test_pages_are_recognised(data: bytes, name: str, shows_no_tags: bool) -> None:
    assert ("<" not in read_document(data, name=name).text) == (
        shows_no_tags or name.endswith(".md")
    )


def test_formats_say_which_sources_are_pages() -> None:
    assert [kind for kind in KINDS if is_page(kind, "")] == ["html", "mhtml", "webarchive", "warc"]
    assert is_page("", "Saved/Page.HTM")
    assert is_page("", "pages.warc.gz")
    assert not is_page("markdown", "page.html")
    assert not is_page("", "book.epub")


def test_a_page_without_the_body_tag_is_read() -> None:
    """HTML5 allows it; the parser then leaves the article in the head."""
    told = "The ferry left at six, and nobody on the quay had been told that it would. " * 6
    page = f"<!DOCTYPE html><title>The ferry</title><article><h1>The ferry</h1><p>{told}</article>"
    document = read_document(page.encode(), name="ferry.html")
    assert told.strip() in document.text
    assert document.metadata.title == "The ferry"
