"""DOCX: styles, notes and lists, and hostile files."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import BlockKind, SpanKind
from reader.errors import SourceError
from reader.formats import read_document, read_parts
from reader.formats.word import parts
from tests.formats.test_properties import assert_sound
from tests.formats.word import docx, link, note, paragraph, run, table

BODY = (
    paragraph("The minutes", "Title")
    + paragraph("First matter", "Heading1")
    + paragraph(
        run("It was ")
        + run("agreed", "<w:b/>")
        + run(" by all")
        + note(1)
        + run(", see ")
        + link("the file")
        + run(".")
    )
    + paragraph("What is not written down is not so.", "Quote")
    + paragraph("Again.", "Quote")
    + paragraph("one", numbering="1")
    + paragraph("within", numbering="1", level=1)
    + paragraph("first", numbering="2")
    + paragraph("second", numbering="2")
    + table([["Year", "Books"], ["2024", "311"]])
    + paragraph("x = 1", "Code")
)


def sample() -> bytes:
    return docx(BODY, notes=["By hand."], title="Minutes", author="Ada One;Ben Two")


def test_styles_notes_lists_and_tables_are_what_they_were() -> None:
    document = read_document(sample())
    assert_sound(document)
    shown = [
        (block.kind, block.level, block.marker, document.quote(block.range))
        for block in document.blocks
    ]
    assert shown == [
        (BlockKind.HEADING, 1, "", "The minutes"),
        (BlockKind.HEADING, 1, "", "First matter"),
        (BlockKind.PARAGRAPH, 0, "", "It was agreed by all[1], see the file."),
        (BlockKind.QUOTE, 1, "", "What is not written down is not so."),
        (BlockKind.QUOTE, 1, "", "Again."),
        (BlockKind.ITEM, 1, "•", "one"),
        (BlockKind.ITEM, 2, "◦", "within"),
        (BlockKind.ITEM, 1, "1.", "first"),
        (BlockKind.ITEM, 1, "2.", "second"),
        (BlockKind.TABLE, 0, "", "Year\tBooks\n2024\t311"),
        (BlockKind.CODE, 0, "", "x = 1"),
        (BlockKind.FOOTNOTE, 0, "[1]", "By hand."),
    ]
    assert document.blocks[9].header_rows == 1
    kinds = {span.kind: span for span in document.spans}
    assert document.quote(kinds[SpanKind.STRONG].range) == "agreed"
    assert kinds[SpanKind.LINK].target == "https://example.org/minutes"
    offset = document.place_of(kinds[SpanKind.FOOTNOTE].target)
    assert offset == document.text.index("By hand.")
    metadata = document.metadata
    assert (metadata.title, metadata.authors) == ("Minutes", ("Ada One", "Ben Two"))
    assert metadata.published == "2026-03-02"


def test_parts_grow_into_the_whole() -> None:
    data = docx("".join(paragraph(f"Paragraph {n} has some words.") for n in range(300)))
    parts = list(read_parts(data, first_slice=500))
    assert len(parts) > 2
    for before, after in pairwise(parts):
        assert after.blocks[: len(before.blocks)] == before.blocks
    assert parts[-1] == read_document(data)


def lines(body: str, styles: str = "", numbering: str = "") -> list[str]:
    document = read_document(docx(body, notes=["By hand."], styles=styles, numbering=numbering))
    assert_sound(document)
    return [f"{block.marker} {document.quote(block.range)}".strip() for block in document.blocks]


def field(instruction: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def style(key: str, inside: str, kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{key}"/>{inside}</w:style>'


def test_numbers_go_on_behind_what_stands_between() -> None:
    body = (
        paragraph("one", numbering="2")
        + paragraph("Between.")
        + paragraph("two", numbering="2")
        + paragraph("within", numbering="2", level=1)
        + paragraph("three", numbering="2")
    )
    assert lines(body) == ["1. one", "Between.", "2. two", "1. within", "3. three"]


LEGAL = (
    '<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/>'
    '<w:lvlText w:val="%1."/><w:pStyle w:val="Part"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="3"/>'
    '<w:isLgl/><w:numFmt w:val="decimal"/><w:lvlText w:val="§ %1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
    '<w:num w:numId="10"><w:abstractNumId w:val="9"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def test_headings_and_items_are_numbered_as_the_lists_say() -> None:
    part = style(
        "Part", '<w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr>'
    )
    body = (
        paragraph("First", "Part")
        + paragraph("clause", numbering="9", level=1)
        + paragraph("Second", "Part")
        + paragraph("clause", numbering="9", level=1)
        + paragraph("anew", numbering="10")
    )
    assert lines(body, part, LEGAL) == [
        "I. First",
        "§ 1.3 clause",
        "II. Second",
        "§ 2.3 clause",
        "VII. anew",
    ]


def test_what_styles_are_based_on_tells_what_they_mean() -> None:
    styles = (
        style("House quote", '<w:basedOn w:val="Quote"/>')
        + style("House heading", '<w:basedOn w:val="Heading2"/>')
        + style("Zitat", "")
        + style("Deep", '<w:pPr><w:outlineLvl w:val="3"/></w:pPr>')
    )
    names = ("House quote", "House heading", "Zitat", "Deep")
    body = "".join(paragraph("words", name) for name in names)
    document = read_document(docx(body, styles=styles))
    assert [(block.kind, block.level) for block in document.blocks] == [
        (BlockKind.QUOTE, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.QUOTE, 1),
        (BlockKind.HEADING, 4),
    ]


def test_a_long_paragraph_is_no_heading_whatever_its_style() -> None:
    level = style("Clause", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    body = (
        paragraph("words " * 100, "Heading1", numbering="2")
        + paragraph("The Fund shall:", "Clause")
        + paragraph("Powers", "Clause")
    )
    document = read_document(docx(body, styles=level))
    assert [(block.kind.value, block.marker) for block in document.blocks] == [
        ("item", "1."),
        ("paragraph", ""),
        ("heading", ""),
    ]


@pytest.mark.parametrize(
    "inside",
    [
        run("hidden", "<w:vanish/>"),
        run("hidden", '<w:rStyle w:val="Secret"/>'),
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('moved')}</w:moveFrom>",
        '<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>',
        field('XE "entry"', ""),
        "<w:r><w:softHyphen/><w:lastRenderedPageBreak/></w:r>",
    ],
)
def test_what_is_not_shown_is_left_out(inside: str) -> None:
    secret = style("Secret", "<w:rPr><w:vanish/></w:rPr>", "character")
    assert lines(f"<w:p>{run('Kept')}{inside}{run('.')}</w:p>", secret) == ["Kept."]


def test_tables_of_contents_are_left_out() -> None:
    parts = field('TOC \\o "1-3"', run("First 1") + "</w:p><w:p>" + run("Second 2"))
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('Contents')}</w:sdtContent></w:sdt>"
    assert lines(f"<w:p>{parts}</w:p>{control}{paragraph('Text')}") == ["Text"]
    cut = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    separator = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert lines(f"<w:p>{cut}{separator}</w:p>{paragraph('Text')}") == ["Text"]


LINK = 'HYPERLINK "https://example.org"'


def test_fields_are_what_they_show() -> None:
    body = (
        f"<w:p>{field(LINK, run('a link'))}"
        f"{field('PAGEREF x', run(' on page 3'))}"
        f'<w:fldSimple w:instr="REF here \\h">{run(" there")}</w:fldSimple></w:p>'
        f'<w:p><w:bookmarkStart w:id="1" w:name="here"/>{run("Here.")}</w:p>'
    )
    document = read_document(docx(body))
    assert document.text == "a link on page 3 there\nHere."
    first, second = document.spans
    assert first.target == "https://example.org"
    assert document.place_of(second.target) == document.text.index("Here")


def test_a_large_first_letter_and_a_deleted_end_belong_to_what_follows() -> None:
    letter = '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>' + run("O") + "</w:p>"
    deleted = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("one and ") + "</w:p>"
    body = letter + paragraph("nce.") + deleted + paragraph("the same")
    assert lines(body) == ["Once.", "one and the same"]


def test_a_heading_that_runs_on_is_a_heading_with_its_stop() -> None:
    mark = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
    heading = f'<w:p><w:pPr><w:pStyle w:val="Heading2"/>{mark}</w:pPr>{run("Powers")}</w:p>'
    body = heading + f"<w:p>{run('.')}{note(1)}{run(' The Fund has powers.')}</w:p>"
    document = read_document(docx(body, notes=["By hand."]))
    assert document.text == "Powers.\n[1] The Fund has powers.\nBy hand."
    assert [block.level for block in document.blocks] == [2, 0, 0]
    assert lines(paragraph("x") + heading) == ["x", "Powers"]


def test_levels_inherit_the_list_of_the_style_that_they_are_based_on() -> None:
    styles = style("Article", '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr>') + style(
        "Section",
        '<w:basedOn w:val="Article"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>',
    )
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = LEGAL + f'<w:num w:numId="11"><w:abstractNumId w:val="9"/>{start}</w:num>'
    body = (
        paragraph("Powers", "Article")
        + paragraph("of the fund", "Section")
        + paragraph("of others", "Section", numbering="11", level=1)
    )
    assert lines(body, styles, lists) == ["I. Powers", "§ 1.3 of the fund", "§ 1.4 of others"]


def test_comments_in_the_xml_are_no_text() -> None:
    body = f"<!-- a --><w:p><!-- b -->{run('x')}</w:p><!-- c -->"
    assert lines(f"{body}<w:p>{note(1)}</w:p>")[0] == "x"


def test_a_text_box_does_not_part_a_sentence() -> None:
    box = f"<w:drawing><w:txbxContent>{paragraph('In a box.')}</w:txbxContent></w:drawing>"
    body = f"<w:p>{run('Before ')}<w:r>{box}</w:r>{run('and after.')}</w:p>"
    assert lines(body) == ["Before and after.", "In a box."]


def test_formulas_and_symbols_are_text() -> None:
    one = "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    assert lines(f"<w:p>{run('x=')}{one}</w:p>") == ["x=(a+b)/2"]
    assert lines('<w:p><w:r><w:sym w:font="Symbol" w:char="F061"/></w:r></w:p>') == ["α"]


def test_cells_reach_over_columns_and_rows() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<w:tc><w:tcPr>{more}</w:tcPr>{paragraph(text) if text else '<w:p/>'}</w:tc>"

    down = '<w:vMerge w:val="restart"/>'
    rows = (
        cell("wide", '<w:gridSpan w:val="2"/>'),
        cell("tall", down) + cell("b"),
        cell("", "<w:vMerge/>") + cell("d"),
    )
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert read_document(docx(body)).text == "wide\t\ntall\tb\n\td"


def test_items_in_cells_leave_the_table_one() -> None:
    inner = paragraph("first", numbering="2") + paragraph("second", numbering="2")
    row = f"<w:tr><w:tc>{paragraph('Do')}</w:tc><w:tc>{inner}</w:tc></w:tr>"
    document = read_document(docx(f"<w:tbl>{row * 2}</w:tbl>"))
    assert document.text == "Do\t1. first 2. second\nDo\t3. first 4. second"


def test_a_picture_has_its_alternative_text_and_its_caption() -> None:
    drawing = '<w:r><w:drawing><wp:docPr id="1" name="x" descr="Low water"/></w:drawing></w:r>'
    caption = style("Caption", "")
    document = read_document(
        docx(f"<w:p>{drawing}</w:p>" + paragraph("Figure 1", "Caption"), styles=caption)
    )
    shown = [(block.kind, document.quote(block.range)) for block in document.blocks]
    assert shown == [(BlockKind.IMAGE, "Low water"), (BlockKind.PARAGRAPH, "Figure 1")]


def test_a_note_that_is_referred_to_twice_or_by_itself_is_there_once() -> None:
    again = f"<w:p>{run('a')}{note(1)}{run(' b')}{note(1)}</w:p>"
    assert lines(again) == ["a[1] b[1]", "[1] By hand."]
    document = read_document(docx(again, notes=[run("see") + note(1)]))
    assert document.text == "a[1] b[1]\nsee[1]"


BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
WIDE = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr><w:p/></w:tc></w:tr>'
HOSTILE = {
    "runs": f"<w:p>{run('x', '<w:b/>') * 20_000}</w:p>",
    "notes": f"<w:p>{note(1) * 20_000}</w:p>",
    "items": paragraph("x", numbering="2", level=2) * 10_000,
    "code": paragraph("x", "Code") * 20_000,
    "fields": f"<w:p>{BEGIN * 20_000}</w:p>{paragraph('x')}",
    "depths": "".join(paragraph("x", numbering="2", level=n) for n in range(3000)),
    "tables": "<w:tbl><w:tr><w:tc>" * 60 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 60,
    "boxes": "<w:p><w:r><w:txbxContent>" * 60
    + paragraph("x")
    + "</w:txbxContent></w:r></w:p>" * 60,
    "columns": f"<w:tbl>{WIDE * 3000}</w:tbl>{paragraph('x')}",
    "formulas": f"<w:p>{run('x')}{'<m:oMath>' * 200}<m:t>y</m:t>{'</m:oMath>' * 200}</w:p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_end(name: str) -> None:
    assert_sound(read_document(docx(HOSTILE[name], notes=["y"])))


def error(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_document(data, name="minutes.docx")
    return caught.value.message


@pytest.mark.parametrize("name", ["minutes.doc", "minutes.docx", ""])
def test_what_only_word_opens_is_told_with_what_to_do(name: str) -> None:
    for inside, words in (("WordDocument", "DOCX or ODT"), ("EncryptedPackage", "password")):
        data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + inside.encode("utf-16-le")
        with pytest.raises(SourceError) as caught:
            read_document(data, name=name)
        assert words in caught.value.message


def test_hostile_files_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    lead = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    assert read_document(docx(paragraph("x"), lead=lead)).text == "x"
    expanding = docx("<w:p><w:r><w:t>x&a;y</w:t></w:r></w:p>", lead=lead)
    assert read_document(expanding).text == "xy"
    assert "damaged" in error(sample()[:1500])
    assert "damaged" in error(docx("<w:p>"))
    assert "no text" in error(docx(""))
    nested = "<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000
    assert "damaged" in error(docx(nested))
    monkeypatch.setattr(parts, "MAX_XML", 1 << 20)
    assert "more than 1 MB" in error(docx(paragraph("a" * (2 << 20))))


SAMPLE = sample()


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_gives_a_document_or_an_error(data: st.DataObject) -> None:
    damaged = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    check(bytes(damaged))


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_inside_gives_a_document_or_an_error(data: st.DataObject) -> None:
    body = bytearray(BODY.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(32, 126))
    check(docx(body.decode("utf-8", "replace"), notes=["x"]))


def check(data: bytes) -> None:
    try:
        document = read_document(data, kind="docx")
    except SourceError:
        return
    assert_sound(document)


def test_a_table_in_a_box_changes_nothing_behind_it() -> None:
    """Runs, links and what is hidden go on behind a box as they were before it."""
    box = f"<w:drawing><w:txbxContent>{table([['a', 'b'], ['c', 'd']])}</w:txbxContent></w:drawing>"
    bold = f"<w:r><w:rPr><w:b/></w:rPr><w:t>bold </w:t>{box}<w:t>still</w:t></w:r>"
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>not </w:t>{box}<w:t>seen</w:t></w:r>"
    linked = (
        f'<w:hyperlink r:id="rLink"><w:r><w:t>linked </w:t>{box}<w:t>too</w:t></w:r></w:hyperlink>'
    )
    for inside, kind, words in (
        (bold, SpanKind.STRONG, "bold still"), (linked, SpanKind.LINK, "linked too"),
        (hidden, None, ""),
    ):  # fmt: skip
        document = read_document(docx(f"<w:p>{run('So ')}{inside}{run(' plain.')}</w:p>"))
        assert document.quote(document.blocks[0].range) == f"So {words} plain.".replace("  ", " ")
        assert [(span.kind, document.quote(span.range)) for span in document.spans] == (
            [(kind, words)] if kind else []
        )


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        ("", "a\tb\nc\td"),
        ("<w:trPr/>", "a\tb\nc\td"),
        ('<w:trPr><w:ins w:id="1"/></w:trPr>', "a\tb\nc\td"),
        ('<w:trPr><w:cantSplit/><w:del w:id="1"/></w:trPr>', "a\tb"),
    ],
)
def test_a_row_that_was_deleted_is_left_out(properties: str, shown: str) -> None:
    rows = "".join(
        f"<w:tr>{more}{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr>"
        for more, cells in (("", "ab"), (properties, "cd"))
    )
    assert read_document(docx(f"<w:tbl>{rows}</w:tbl>")).text == shown
