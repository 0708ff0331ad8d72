"""Trees of HTML: the blocks of each element, and a sound document for any tree."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from reader.core.document import BlockKind, Document, Metadata, SpanKind
from reader.formats.builder import DocumentBuilder
from reader.formats.tree.blocks import TreeReader
from tests.formats.test_properties import assert_sound


def read(source: str) -> Document:
    builder = DocumentBuilder()
    TreeReader(builder).read(html.document_fromstring(f"<html><body>{source}</body></html>"))
    return builder.document(Metadata(), is_complete=True)


def shown(source: str) -> list[tuple[str, tuple[int, ...], str, str]]:
    document = read(source)
    return [
        (str(block.kind), block.nest, block.marker, document.quote(block.range))
        for block in document.blocks
    ]


def spans(source: str) -> list[tuple[SpanKind, str, str]]:
    document = read(source)
    return [(span.kind, document.quote(span.range), span.target) for span in document.spans]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p> one\n two  <b> three</b>four </p>", "one two threefour"),
        ("<p>one<b> two </b>three</p>", "one two three"),
        ("<p>one<br> two</p>", "one\ntwo"),
        ("<p><br>one<br></p>", "one"),
        ("<p>one<br><br>two</p>", "one\ntwo"),
        ("<div>one<p>two</p>three</div>", "one\ntwo\nthree"),
        ("<p>日本\n語</p>", "日本語"),
        ("<p>10<sup>6</sup> m<sup>2</sup>, CO<sub>2</sub>, 21<sup>st</sup></p>", "10⁶ m², CO₂, 21st"),
        ("<p><q>so <q>it</q> is</q></p>", "“so ‘it’ is”"),
        ("<p>a<!-- no -->b<script>no</script>c<span hidden>no</span></p>", "abc"),
        ("<p style='display: none'>no</p><p>yes</p>", "yes"),
        ("<p>漢<ruby>字<rp>(</rp><rt>じ</rt><rp>)</rp></ruby></p>", "漢字"),
        ("<p>&nbsp;</p><p>a&nbsp;b</p>", "a\u00a0b"),
        ("<p><math alttext='a+b'><mi>a</mi></math></p>", "a+b"),
    ],
)  # fmt: skip
def test_text_is_what_a_reader_sees(source: str, text: str) -> None:
    assert read(source).text == text


def test_lists_nest_and_number() -> None:
    source = """<ol start=9><li>nine<li>ten<ul><li>in<p>more</p><li></ul></ol>
        <ol type=a reversed><li>c<li value=1>a</ol>"""
    assert shown(source) == [
        ("item", (4,), "9.", "nine"),
        ("item", (4,), "10.", "ten"),
        ("item", (4, 2), "◦", "in"),
        ("paragraph", (4, 2), "", "more"),
        ("item", (4, 2), "◦", ""),
        ("item", (3,), "b.", "c"),
        ("item", (3,), "a.", "a"),
    ]


def test_quotes_code_rules_and_definitions() -> None:
    source = """<blockquote><p>one<blockquote>two</blockquote></blockquote><hr>
        <pre class="language-python">\n  a\tb<br>c\n</pre><dl><dt>term<dd>what it is</dl>"""
    assert shown(source) == [
        ("quote", (0,), "", "one"),
        ("quote", (0, 0), "", "two"),
        ("rule", (), "", "* * *"),
        ("code", (), "", "  a b\nc"),
        ("paragraph", (), "", "term"),
        ("paragraph", (4,), "", "what it is"),
    ]
    assert [b.language for b in read(source).blocks if b.kind is BlockKind.CODE] == ["python"]


def test_tables_of_data_stay_tables_and_others_are_text() -> None:
    source = """<table><thead><tr><th colspan=2>ab<th align=right>c</thead>
        <tr><td rowspan=2>1<td>2<td><b>3</b><tr><td>4<td>5</table>"""
    document = read(source)
    table = document.blocks[0]
    assert document.text == "ab\t\tc\n1\t2\t3\n\t4\t5"
    assert (table.header_rows, table.aligns) == (1, "llr")
    assert [document.quote(span.range) for span in document.spans] == ["3"]
    layout = "<table><tr><td><p>one</p><ul><li>two</ul><td>three</table>"
    assert [kind for kind, *_ in shown(layout)] == ["paragraph", "item", "paragraph"]
    assert shown("<table><tr><td>alone</table>") == [("paragraph", (), "", "alone")]


def test_pictures_have_their_captions_once() -> None:
    figure = "<figure><img src=a.png alt='{}'><figcaption>A dog <i>runs</i></figcaption></figure>"
    for alternative in ("", "A dog", "a dog runs"):
        assert shown(figure.format(alternative)) == [("image", (), "", "A dog runs")]
    assert shown(figure.format("Black dog")) == [
        ("image", (), "", "Black dog"),
        ("paragraph", (), "", "A dog runs"),
    ]
    assert shown("<p><img src='x/map.png'></p><p><img alt='' src=y></p>") == [
        ("image", (), "", "map.png")
    ]
    assert (SpanKind.IMAGE, "here", "i.png") in spans("<p>see <img src=i.png alt=here> it</p>")


def test_spans_keep_to_their_words_over_blocks() -> None:
    assert spans("<a href='/x'> <p>one</p><p>two</p> </a>") == [
        (SpanKind.LINK, "one", "/x"),
        (SpanKind.LINK, "two", "/x"),
    ]
    assert spans("<p><b>a <i>b</i></b> c</p>") == [
        (SpanKind.STRONG, "a b", ""),
        (SpanKind.EMPHASIS, "b", ""),
    ]
    assert spans("<p><a href='JavaScript:x'>y</a> <a href=''>z</a></p>") == []


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        ('<sup><a href="#n">1</a></sup>', '<ol><li id="n"><p>It. <a href="#r">↩</a></p></li></ol>'),
        ('<a href="#n"><sup>1</sup></a>', '<p><a id="n" href="#r">1</a>. It.</p>'),
        ('<a href="#n">[1]</a>', '<p id="n">[1] It.</p>'),
        ('<a role="doc-noteref" href="#n">1</a>', '<aside id="n" role="doc-footnote">It.</aside>'),
        (
            '<sup id="r"><a href="#n">[1]</a></sup>',
            '<ol><li id="n"><b><a href="#r">^</a></b> <span>It.</span></li></ol>',
        ),
    ],
)
def test_notes_are_found_however_they_are_written(reference: str, note: str) -> None:
    document = read(f"<p>Text{reference}.</p>{note}")
    assert_sound(document)
    assert document.text == "Text[1].\nIt."
    block = document.blocks[1]
    assert (block.kind, block.marker, block.label) == (BlockKind.FOOTNOTE, "[1]", "n")
    assert spans(f"<p>Text{reference}.</p>{note}") == [(SpanKind.FOOTNOTE, "[1]", "#n")]


def test_a_link_leads_into_the_middle_of_a_paragraph() -> None:
    document = read("<p id=a>one <span id=b></span>two</p><h2 id=c>three</h2><h2>three</h2>")
    assert [document.place_of(f"#{name}") for name in "abcd"] == [0, 4, 8, None]
    assert document.blocks[2].label == "three"


ELEMENTS = (
    "p div b i a li ul ol blockquote h2 table tr td th pre br hr img figure figcaption sup dl dt dd "
    "q section"
)
NAMES = ELEMENTS.split()
PIECES = st.one_of(
    st.sampled_from([f"<{name}>" for name in NAMES] + [f"</{name}>" for name in NAMES]),
    st.sampled_from(
        [
            "<a href='#n'>1</a>",
            "<a id=n>",
            "<p id=n>",
            "<li id=n>",
            "<aside role=doc-footnote>",
            "<span role=doc-pagebreak title=3></span>",
            "<img alt=x>",
            "<td rowspan=3 colspan=2>",
            "<input type=checkbox>",
            "<ol start=-5 type=i>",
            "<a href='javascript:x'>",
            "&#x202e;",
            "a&#x301;&#x301;",
        ]
    ),
    st.text(max_size=6),
    st.sampled_from(["word ", " word", "\n", "日本"]),
)


@given(st.lists(PIECES, max_size=60))
@example(["a", *["<b>" + "\u0301" * 8] * 10])
@settings(max_examples=500, deadline=None)
def test_any_tree_gives_a_sound_document(pieces: list[str]) -> None:
    document = read("<p>first</p>" + "".join(pieces).replace("\0", ""))
    assert_sound(document)
    offsets = [mark.offset for mark in document.marks]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(document.text) for offset in offsets)


def test_deep_trees_are_walked() -> None:
    deep = "<blockquote>" * 240 + "deep" + "</blockquote>" * 240
    document = read(deep)
    assert document.text == "deep"
    assert len(document.blocks[0].nest) == 40
