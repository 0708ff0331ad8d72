"""ODT: the content and structure of documents, and hostile files."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import Block, BlockKind, Document, SpanKind
from reader.errors import SourceError
from reader.formats import read_document, read_parts
from reader.formats.odt import reader as odt_module
from reader.formats.word import parts
from tests.formats.books import archive
from tests.formats.opendocument import (
    MIMETYPE,
    flat_odt,
    items,
    note,
    odt,
    paragraph,
    picture,
    span,
    table,
)
from tests.formats.test_properties import assert_sound

META = (
    "<dc:title>Minutes</dc:title><meta:initial-creator>Ada One</meta:initial-creator>"
    "<dc:creator>Somebody Else</dc:creator><dc:language>de-AT</dc:language>"
    "<meta:creation-date>2026-03-02T10:00:00</meta:creation-date>"
)
BODY = (
    paragraph("The minutes", "Title")
    + '<text:h text:style-name="Heading_20_1" text:outline-level="1">First matter</text:h>'
    + paragraph(
        f"It was {span('agreed', 'T1')} by all{note('1', 'By hand.')}, "
        f"{span('mostly', 'Emphasis')}, see "
        f'<text:a xlink:href="https://example.org/minutes">the file</text:a>.'
    )
    + paragraph("What is not written down is not so.", "P1")
    + items(["one", f"{paragraph('two')}{items(['within'])}"], "L1")
    + items(["first", f"{paragraph('second')}{items(['inner'])}{paragraph('goes on')}"], "L2")
    + table(["Year", "Books"], [["2024", "311"]])
    + paragraph("x = 1<text:line-break/>  <text:s text:c='2'/>y", "P2")
    + paragraph("z", "P2")
    + paragraph(picture("The reading room"))
    + paragraph(f"At the end{note('i', 'A last word.', 'endnote')}.")
)


def shown(document: Document) -> list[tuple[str, int, str, str]]:
    def row(block: Block) -> tuple[str, int, str, str]:
        return block.kind.value, block.level, block.marker, document.quote(block.range)

    return [row(block) for block in document.blocks]


def lines(body: str) -> list[str]:
    document = read_document(odt(body))
    assert_sound(document)
    return [f"{block.marker} {document.quote(block.range)}".strip() for block in document.blocks]


@pytest.mark.parametrize("make", [odt, flat_odt])
def test_styles_notes_lists_and_tables_are_what_they_were(make: type) -> None:
    document = read_document(make(BODY, meta=META))
    assert_sound(document)
    assert shown(document) == [
        ("heading", 1, "", "The minutes"),
        ("heading", 1, "", "First matter"),
        ("paragraph", 0, "", "It was agreed by all[1], mostly, see the file."),
        ("quote", 1, "", "What is not written down is not so."),
        ("item", 1, "•", "one"),
        ("item", 1, "•", "two"),
        ("item", 2, "◦", "within"),
        ("item", 1, "1.", "first"),
        ("item", 1, "2.", "second"),
        ("item", 2, "(a)", "inner"),
        ("paragraph", 0, "", "goes on"),
        ("table", 0, "", "Year\tBooks\n2024\t311"),
        ("code", 0, "", "x = 1\n   y\nz"),
        ("image", 0, "", "The reading room"),
        ("paragraph", 0, "", "At the end[i]."),
        ("footnote", 0, "[1]", "By hand."),
        ("footnote", 0, "[i]", "A last word."),
    ]
    assert document.blocks[10].nest  # it continues the item
    assert document.blocks[11].header_rows == 1
    quotes = {span.kind: document.quote(span.range) for span in document.spans}
    assert quotes[SpanKind.STRONG] == "agreed"
    assert quotes[SpanKind.EMPHASIS] == "mostly"
    links = [span.target for span in document.spans if span.kind is SpanKind.LINK]
    assert links == ["https://example.org/minutes"]
    notes = [span for span in document.spans if span.kind is SpanKind.FOOTNOTE]
    assert document.place_of(notes[0].target) == document.text.index("By hand.")
    assert document.place_of(notes[1].target) == document.text.index("A last word.")
    metadata = document.metadata
    assert (metadata.title, metadata.authors) == ("Minutes", ("Ada One",))
    assert (metadata.published, metadata.language) == ("2026-03-02", "de-AT")


def test_what_is_not_shown_is_left_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{paragraph('was deleted')}</text:deletion></text:changed-region></text:tracked-changes>"
        + paragraph(
            f"Kept{span(' hidden', 'T2')}<text:hidden-text>x</text:hidden-text>"
            "<office:annotation><text:p>a comment</text:p></office:annotation>."
        )
        + f"<text:table-of-content><text:index-body>{paragraph('Contents 1')}"
        "</text:index-body></text:table-of-content>"
    )
    assert lines(body) == ["Kept."]


def test_numbers_go_on_where_the_document_says_so() -> None:
    go_on = ' text:continue-numbering="true"'
    body = (
        items(["one", "two"], "L2", ' xml:id="a"')
        + paragraph("between")
        + items(["three"], "L2", go_on)
        + items(["one again"], "L2")
        + items(["four"], "L2", ' text:continue-list="a"')
    )
    assert lines(body) == ["1. one", "2. two", "between", "3. three", "1. one again", "4. four"]


def test_headings_are_numbered_unless_their_style_says_that_they_are_not() -> None:
    def heading(text: str, style: str, more: str = "") -> str:
        named = f'text:style-name="{style}" text:outline-level="2"'
        return f"<text:h {named}{more}>{text}</text:h>"

    body = (
        heading("a", "Heading_20_2")
        + heading("b", "Bare")
        + heading("c", "Heading_20_2", ' text:is-list-header="true"')
        + heading("d", "Heading_20_2")
        + heading("e", "Heading_20_2", ' text:restart-numbering="true" text:start-value="9"')
    )
    assert lines(body) == ["1. a", "b", "c", "2. d", "9. e"]


def test_what_floats_does_not_part_a_sentence() -> None:
    box = f"<draw:frame><draw:text-box>{paragraph('In a box.')}</draw:text-box></draw:frame>"
    assert lines(paragraph(f"Before {box}and after.")) == ["Before and after.", "In a box."]


def test_a_caption_belongs_to_its_picture() -> None:
    caption = f"{picture('Low water')}Figure 1: the post"
    box = f"<draw:frame><draw:text-box>{paragraph(caption, 'Illustration')}</draw:text-box></draw:frame>"
    document = read_document(odt(paragraph(f"Text.{box}")))
    assert [(block.kind, document.quote(block.range)) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "Text."),
        (BlockKind.IMAGE, "Low water"),
        (BlockKind.PARAGRAPH, "Figure 1: the post"),
    ]
    assert document.blocks[2].tight


def test_links_lead_to_bookmarks_and_headings() -> None:
    heading = '<text:h text:outline-level="2">The second part</text:h>'
    body = (
        '<text:p><text:a xlink:href="#here">a</text:a> '
        '<text:a xlink:href="#2.The second part|outline">b</text:a></text:p>'
        + paragraph('Some <text:bookmark text:name="here"/>place')
        + heading
    )
    document = read_document(odt(body))
    first, second = (span.target for span in document.spans)
    assert document.place_of(first) == document.text.index("place")
    assert document.place_of(second) == document.text.index("The second")


def test_parts_grow_into_the_whole() -> None:
    data = odt("".join(paragraph(f"Paragraph {n} has some words.") for n in range(300)))
    parts = list(read_parts(data, first_slice=500))
    assert len(parts) > 2
    for before, after in pairwise(parts):
        assert after.blocks[: len(before.blocks)] == before.blocks
    assert parts[-1] == read_document(data)


def error(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_document(data, name="minutes.odt")
    return caught.value.message


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "damaged" in error(odt(BODY)[:-200])
    assert "damaged" in error(odt("<text:p>"))
    assert "no text" in error(odt(""))
    assert "text document" in error(archive({"mimetype": MIMETYPE, "content.xml": "<a/>"}))
    locked = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert "locked with a password" in error(odt(BODY, files=locked))
    for module in (odt_module, parts):
        monkeypatch.setattr(module, "MAX_XML", 1 << 20)
    assert "more than 1 MB" in error(odt(paragraph("a" * (2 << 20))))
    assert "more than 1 MB" in error(flat_odt(paragraph("a" * (2 << 20))))


def test_entities_are_never_expanded() -> None:
    lead = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    try:
        text = read_document(odt(paragraph("x&a;&b;y"), lead=lead)).text
    except SourceError:
        return
    assert text == "xy"


WIDE = (
    "<table:table><table:table-row>"
    '<table:table-cell table:number-columns-repeated="99999"/><table:table-cell>'
    f"{paragraph('x')}</table:table-cell></table:table-row></table:table>"
)


@pytest.mark.parametrize(
    "body",
    [
        "<text:section>" * 10_000 + paragraph("x") + "</text:section>" * 10_000,
        "<text:list><text:list-item>" * 60 + paragraph("x") + "</text:list-item></text:list>" * 60,
        "<table:table><table:table-row><table:table-cell>" * 60
        + paragraph("x")
        + "</table:table-cell></table:table-row></table:table>" * 60,
        "<text:p><draw:frame><draw:text-box>" * 60
        + paragraph("x")
        + "</draw:text-box></draw:frame></text:p>" * 60,
        paragraph('x<text:s text:c="999999999999"/>y') * 100,
        WIDE,
        paragraph("z" * 10**6),
        paragraph("".join(span("x", style) for style in ("T1", "Emphasis")) * 20_000),
        paragraph("x", "P2") * 20_000,
        paragraph("x" + note("1", "y")) * 5000,
    ],
    ids=[
        "sections",
        "lists",
        "tables",
        "boxes",
        "spaces",
        "cells",
        "a line",
        "runs",
        "code",
        "notes",
    ],
)
def test_hostile_documents_end(body: str) -> None:
    if body.startswith("<text:section>"):
        assert "damaged" in error(odt(body))
    else:
        assert_sound(read_document(odt(body)))


SAMPLE = odt(BODY, meta=META)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_damage_gives_a_document_or_an_error(data: st.DataObject) -> None:
    damaged = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(damaged))


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_any_damage_inside_gives_a_document_or_an_error(data: st.DataObject) -> None:
    body = bytearray(BODY.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(32, 126))
    check(odt(body.decode("utf-8", "replace")))


def check(data: bytes) -> None:
    try:
        document = read_document(data, kind="odt")
    except SourceError:
        return
    assert_sound(document)
