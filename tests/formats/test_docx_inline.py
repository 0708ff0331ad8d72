"""DOCX inside a line: formulas, the look of words, symbols, fields, old pictures."""

from __future__ import annotations

import pytest

from reader.core.document import BlockKind, Document, SpanKind
from reader.formats import read_document
from tests.formats.test_properties import assert_sound
from tests.formats.word import docx, link, note, paragraph, run


def read(
    body: str, *, notes: list[str] | None = None, styles: str = "", numbering: str = ""
) -> Document:
    document = read_document(docx(body, notes=notes, styles=styles, numbering=numbering))
    assert_sound(document)
    return document


def spans(document: Document) -> list[tuple[SpanKind, str]]:
    return [(span.kind, document.quote(span.range)) for span in document.spans]


# Formulas


def m(name: str, *parts: str, **properties: str) -> str:
    """Return an element of a formula, with its properties and its parts."""
    stated = "".join(f'<m:{key} m:val="{value}"/>' for key, value in properties.items())
    head = f"<m:{name}Pr>{stated}</m:{name}Pr>" if properties else ""
    return f"<m:{name}>{head}{''.join(parts)}</m:{name}>"


def t(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def e(*parts: str) -> str:
    return m("e", *parts)


FORMULAS = {
    "x^2": m("sSup", e(t("x")), m("sup", t("2"))),
    "x^(n+1)": m("sSup", e(t("x")), m("sup", t("n+1"))),
    "x^10": m("sSup", e(t("x")), m("sup", t("10"))),
    "a_i": m("sSub", e(t("a")), m("sub", t("i"))),
    "a_(i,j)": m("sSub", e(t("a")), m("sub", t("i,j"))),
    "a_i^2": m("sSubSup", e(t("a")), m("sub", t("i")), m("sup", t("2"))),
    "√2": m("rad", m("deg"), e(t("2"))),
    "^3√(x+1)": m("rad", m("deg", t("3")), e(t("x+1"))),
    "∑_(i=1)^n i": m("nary", m("sub", t("i=1")), m("sup", t("n")), e(t("i")), chr="∑"),
    "∫ f": m("nary", m("sub"), m("sup"), e(t("f"))),
    "∫_0 f": m("nary", m("sub", t("0")), m("sup"), e(t("f"))),
    "(a, b)": m("d", e(t("a")), e(t("b"))),
    "[a|b]": m("d", e(t("a")), e(t("b")), begChr="[", endChr="]", sepChr="|"),
    "1, 0; 0, 1": m("m", m("mr", e(t("1")), e(t("0"))), m("mr", e(t("0")), e(t("1")))),
    "x=1; y=2": m("eqArr", e(t("x=1")), e(t("y=2"))),
    "1/2": m("f", m("num", t("1")), m("den", t("2"))),
    "(a+b)/(c^2)": m("f", m("num", t("a+b")), m("den", m("sSup", e(t("c")), m("sup", t("2"))))),
    "ab": m("box", e(t("a"))) + t("b"),
    "x^()": m("sSup", e(t("x"))),
    "^2": m("sSup", m("sup", t("2"))),
    "a_()": m("sSub", e(t("a"))),
    "_i": m("sSub", m("sub", t("i"))),
    "a_()^2": m("sSubSup", e(t("a")), m("sup", t("2"))),
    "a_i^()": m("sSubSup", e(t("a")), m("sub", t("i"))),
    "()/2": m("f", m("den", t("2"))),
    "1/()": m("f", m("num", t("1"))),
    "√()": m("rad", m("deg")),
    "()": m("d"),
    "1, 0": m("m", m("mr", e(t("1")), e(t("0"))), m("mr")),
}


@pytest.mark.parametrize("written", FORMULAS)
def test_a_formula_is_written_on_one_line(written: str) -> None:
    body = f"<w:p>{run('So ')}<m:oMath>{FORMULAS[written]}</m:oMath>{run(' holds.')}</w:p>"
    assert read(body).text == f"So {written} holds."


def test_a_formula_has_a_greatest_length() -> None:
    body = f"<w:p>{run('x')}</w:p><w:p><m:oMath>{t('y' * 5000)}</m:oMath></w:p>"
    assert read(body).text == f"x\n{'y' * 2000}"


# The look of words


def character_style(key: str, properties: str, based_on: str = "", name: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name or key}"/>{base}'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


@pytest.mark.parametrize(
    ("marks", "kind"),
    [
        ("<w:b/>", SpanKind.STRONG),
        ('<w:b w:val="1"/>', SpanKind.STRONG),
        ('<w:b w:val="0"/>', None),
        ('<w:b w:val="false"/>', None),
        ("<w:i/>", SpanKind.EMPHASIS),
        ("<w:strike/>", SpanKind.STRIKETHROUGH),
        ("<w:dstrike/>", SpanKind.STRIKETHROUGH),
    ],
)
def test_the_look_of_a_run_is_what_it_states(marks: str, kind: SpanKind | None) -> None:
    document = read(f"<w:p>{run('plain ')}{run('words', marks)}{run(' end')}</w:p>")
    assert document.text == "plain words end"
    assert spans(document) == ([(kind, "words")] if kind else [])


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ('<w:vertAlign w:val="superscript"/>', "x²"),
        ('<w:vertAlign w:val="subscript"/>', "x₂"),
        ('<w:vertAlign w:val="baseline"/>', "x2"),
        ("<w:vanish/>", "x"),
        ('<w:vanish w:val="0"/>', "x2"),
        ("<w:webHidden/>", "x2"),
    ],
)
def test_raised_lowered_and_hidden_words(marks: str, shown: str) -> None:
    assert read(f"<w:p>{run('x')}{run('2', marks)}</w:p>").text == shown


def styled(text: str, key: str, marks: str = "") -> str:
    return run(text, f'<w:rStyle w:val="{key}"/>{marks}')


def test_a_run_states_what_differs_from_its_style() -> None:
    styles = character_style("Base", "<w:b/><w:i/>") + character_style(
        "Light", '<w:b w:val="0"/>', "Base"
    )
    body = (
        f"<w:p>{styled('one', 'Base')}{run(' ')}"
        f"{styled('two', 'Light')}{run(' ')}"
        f"{styled('three', 'Base', '<w:i w:val=' + repr('0') + '/>')}</w:p>"
    )
    assert sorted(spans(read(body, styles=styles)), key=str) == [
        (SpanKind.EMPHASIS, "one"),
        (SpanKind.EMPHASIS, "two"),
        (SpanKind.STRONG, "one"),
        (SpanKind.STRONG, "three"),
    ]


def test_words_in_a_style_for_code_are_code() -> None:
    styles = character_style("VerbatimChar", "", name="Verbatim Char")
    body = f"<w:p>{run('call ')}{styled('main()', 'VerbatimChar')}</w:p>"
    assert spans(read(body, styles=styles)) == [(SpanKind.CODE, "main()")]


def test_the_default_style_and_hidden_styles_of_paragraphs_count() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Body"><w:name w:val="Body"/>'
        '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Gone"><w:name w:val="Gone"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Back"><w:name w:val="Back"/>'
        '<w:basedOn w:val="Gone"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    )
    body = paragraph("shown") + paragraph("hidden", "Gone") + paragraph("again", "Back")
    assert read(body, styles=styles).text == "shown\nagain"


@pytest.mark.parametrize(
    ("outline", "level"),
    [
        ("0", 1), ("3", 4), ("08", 6), ("8", 6), ("9", 0), ("10", 0), ("003", 0), ("", 0), ("-1", 0),
        ("x", 0), ("²", 0), ("9" * 5000, 0),
    ],
)  # fmt: skip
def test_a_paragraph_may_state_its_own_level(outline: str, level: int) -> None:
    stated = f'<w:p><w:pPr><w:outlineLvl w:val="{outline}"/></w:pPr>{run("A matter")}</w:p>'
    document = read(stated + paragraph("Text of it."))
    assert [block.level for block in document.blocks] == [level, 0]


def test_the_language_of_a_document_is_that_of_its_styles() -> None:
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="pl-PL"/></w:rPr></w:rPrDefault></w:docDefaults>'
    assert read(paragraph("Tekst"), styles=styles).metadata.language == "pl-PL"


# Characters, breaks and symbols


def test_tabs_breaks_and_hyphens() -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/>"
        '<w:t>d</w:t><w:br w:type="page"/><w:t>e</w:t><w:cr/><w:t>f</w:t></w:r></w:p>'
    )
    assert read(body).text == "a b\nc\N{NON-BREAKING HYPHEN}d e\nf"


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Symbol", "F061", "α"),
        ("Symbol", "0061", "α"),
        ("Wingdings", "F0FC", "✓"),
        ("Arial", "00E9", "é"),
        ("Arial", "zz", ""),
        ("Arial", "D800", ""),
        ("Arial", "0041", "A"),
        ("Times New Roman", "00E9", "é"),
        ("Symbol", "F0B4", "×"),
        ("symbol", "00D5", "∏"),
        ("Wingdings", "F06C", "●"),
        ("Wingdings 2", "0041", "A"),
    ],
)
def test_symbols_are_the_letters_that_they_look_like(font: str, code: str, shown: str) -> None:
    body = f'<w:p>{run("x")}<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>{run("y")}</w:p>'
    assert read(body).text == f"x{shown}y"


# Fields and links


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"{mark.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f"{mark.format('separate')}{result}{mark.format('end')}"
    )


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        ('SYMBOL 97 \\f "Symbol"', "α"),
        ('SYMBOL 97 \\f "Arial"', "a"),
        ("SYMBOL 233", "é"),
        ('SYMBOL 252 \\f "Wingdings"', "✓"),
    ],
)
def test_a_symbol_s_field_shows_its_letter(instruction: str, shown: str) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    symbol = (
        f"{mark.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f"{mark.format('end')}"
    )
    assert read(f"<w:p>{run('x')}{symbol}{run('y')}</w:p>").text == f"x{shown}y"


def test_text_inside_an_instruction_is_a_part_of_it() -> None:
    """Word writes the name of a field's bookmark as a run of text where the name is a field."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    nested = (
        f"{mark.format('begin')}<w:r><w:instrText>HYPERLINK </w:instrText></w:r>"
        f"{run(chr(34) + 'https://example.org/a' + chr(34))}{mark.format('separate')}{run('there')}"
        f"{mark.format('end')}"
    )
    document = read(f"<w:p>{nested}{run(' end')}</w:p>")
    assert document.text == "there end"
    assert [span.target for span in document.spans] == ["https://example.org/a"]


def test_fields_inside_fields_end_where_they_began() -> None:
    inner = field("PAGE", run("7"))
    outer = field("IF 1 = 1", run("page ") + inner + run(" of it"))
    assert (
        read(f"<w:p>{run('On ')}{outer}{run(', there.')}</w:p>").text == "On page 7 of it, there."
    )


def test_links_of_notes_have_addresses_of_their_own() -> None:
    document = read(f"<w:p>{link('the minutes')}{note(1)}</w:p>", notes=["A note."])
    (target,) = {span.target for span in document.spans if span.kind is SpanKind.LINK}
    assert target == "https://example.org/minutes"


# Pictures, numbers


def test_a_picture_in_the_old_format_has_its_alternative_text() -> None:
    vml = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    shape = f'<w:pict><v:shape {vml} alt="{{}}"><v:imagedata/></v:shape></w:pict>'
    body = f"<w:p><w:r>{shape.format('The old wall')}</w:r></w:p>"
    hidden = f"<w:p><w:r><w:rPr><w:vanish/></w:rPr>{shape.format('Unseen')}</w:r>{run('x')}</w:p>"
    line = f"<w:p><w:r><w:pict><v:rect {vml}/></w:pict></w:r>{run('y')}</w:p>"
    document = read(body + hidden + line)
    assert [(block.kind, document.quote(block.range)) for block in document.blocks] == [
        (BlockKind.IMAGE, "The old wall"),
        (BlockKind.PARAGRAPH, "x"),
        (BlockKind.PARAGRAPH, "y"),
    ]


@pytest.mark.parametrize(
    ("form", "labels"),
    [
        ("decimal", ["1.", "2.", "3.", "4."]),
        ("decimalZero", ["01.", "02.", "03.", "04."]),
        ("lowerLetter", ["a.", "b.", "c.", "d."]),
        ("upperLetter", ["A.", "B.", "C.", "D."]),
        ("lowerRoman", ["i.", "ii.", "iii.", "iv."]),
        ("upperRoman", ["I.", "II.", "III.", "IV."]),
    ],
)
def test_items_are_numbered_in_the_form_of_their_list(form: str, labels: list[str]) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
    )
    body = "".join(paragraph(f"item {n}", numbering="9") for n in range(4))
    document = read(body, numbering=numbering)
    assert [
        f"{block.marker} {document.quote(block.range)}".split(" item")[0]
        for block in document.blocks
    ] == labels


def test_a_list_may_begin_elsewhere_and_use_the_levels_of_a_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="8"><w:styleLink w:val="Laws"/><w:lvl w:ilvl="0">'
        '<w:start w:val="5"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Art. %1"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="Laws"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
        '<w:num w:numId="10"><w:abstractNumId w:val="9"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="20"/></w:lvlOverride></w:num>'
        '<w:num w:numId="11"><w:abstractNumId w:val="9"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
        "</w:lvlOverride></w:num>"
    )
    body = "".join(
        paragraph(text, numbering=number)
        for text, number in (
            ("a", "9"),
            ("b", "9"),
            ("c", "10"),
            ("d", "10"),
            ("e", "11"),
            ("f", "0"),
        )
    )
    text = read(body, numbering=numbering)
    assert [f"{block.marker} {text.quote(block.range)}".strip() for block in text.blocks] == [
        "Art. 5 a",
        "Art. 6 b",
        "Art. 20 c",
        "Art. 21 d",
        "V) e",
        "f",
    ]


def test_what_stands_behind_a_note_looks_as_what_stood_before_it() -> None:
    inside = "<w:rPr><w:b/></w:rPr><w:t>bold </w:t><w:footnoteReference w:id='1'/><w:t> still</w:t>"
    document = read(f"<w:p><w:r>{inside}</w:r>{run(' plain')}</w:p>", notes=["A note."])
    assert document.text.startswith("bold [1] still plain")
    strong = [words for kind, words in spans(document) if kind is SpanKind.STRONG]
    assert "still" in "".join(strong)
    assert "plain" not in "".join(strong)
    assert "note" not in "".join(strong)


def test_a_word_has_its_reading_behind_it() -> None:
    ruby = (
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>くつろげ</w:t></w:r></w:rt><w:rubyBase><w:r>"
        "<w:t>寛容</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    assert read(paragraph(ruby + run("です"))).text == "寛容（くつろげ）です"
    assert read(paragraph(ruby.replace("くつろげ", "kanyo") + run("!"))).text == "寛容 (kanyo)!"
    assert read(paragraph(ruby.replace("くつろげ", ""))).text == "寛容"
