"""ODT inside a line: formulas, the look of words, spaces, references, numbers of lists."""

from __future__ import annotations

import pytest

from reader.core.document import Document, SpanKind
from reader.formats import read_document
from tests.formats.opendocument import heading, items, odt, paragraph, span, table
from tests.formats.test_properties import assert_sound


def read(body: str, files: dict[str, str] | None = None) -> Document:
    document = read_document(odt(body, files=files))
    assert_sound(document)
    return document


def styled(styles: str, body: str) -> Document:
    """Read a body with automatic styles of its own."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(
        f'xmlns:{prefix}="{space}{name}:1.0"'
        for prefix, name in (
            ("office", "office"), ("text", "text"), ("style", "style"), ("fo", "xsl-fo-compatible"),
        )
    )  # fmt: skip
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return read("", {"content.xml": content})


def spans(document: Document) -> list[tuple[SpanKind, str]]:
    return [(one.kind, document.quote(one.range)) for one in document.spans]


# Formulas


def formula(source: str, *, name: str = "Object 1") -> dict[str, str]:
    return {f"{name}/content.xml": source}


OBJECT = '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image/></draw:frame>'
MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'


def test_a_formula_is_shown_as_it_was_typed() -> None:
    source = MATH.format(
        "<semantics><mrow><mi>x</mi></mrow>"
        '<annotation encoding="StarMath 5.0">x = {a + b} over 2</annotation></semantics>'
    )
    body = paragraph(f"So {OBJECT} holds.")
    assert read(body, formula(source)).text == "So x = {a + b} over 2 holds."


def test_a_formula_without_its_source_is_shown_by_its_signs() -> None:
    source = MATH.format("<mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow>")
    assert read(paragraph(f"So {OBJECT}."), formula(source)).text == "So x=1."


def test_a_formula_between_paragraphs_is_one_of_them() -> None:
    body = paragraph("before") + OBJECT + paragraph("after")
    assert read(body, formula(MATH.format("<mi>y</mi>"))).text == "before\ny\nafter"


@pytest.mark.parametrize("source", ["<chart/>", "no XML", ""])
def test_an_object_that_is_no_formula_is_a_picture(source: str) -> None:
    document = read(paragraph(f"So {OBJECT}.") + paragraph("after"), formula(source))
    assert "after" in document.text
    assert "over" not in document.text


# The look of words


def text_style(properties: str) -> str:
    return (
        '<style:style style:name="X" style:family="text">'
        f"<style:text-properties {properties}/></style:style>"
    )


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ('fo:font-weight="bold"', SpanKind.STRONG),
        ('fo:font-weight="600"', SpanKind.STRONG),
        ('fo:font-weight="599"', None),
        ('fo:font-weight="normal"', None),
        ('fo:font-style="italic"', SpanKind.EMPHASIS),
        ('fo:font-style="oblique"', SpanKind.EMPHASIS),
        ('fo:font-style="normal"', None),
        ('style:text-line-through-style="solid"', SpanKind.STRIKETHROUGH),
        ('style:text-line-through-style="none"', None),
        ('style:text-line-through-type="double"', SpanKind.STRIKETHROUGH),
    ],
)
def test_the_look_of_words_is_what_their_style_states(
    properties: str, kind: SpanKind | None
) -> None:
    document = styled(text_style(properties), paragraph(f"plain {span('words', 'X')} end"))
    assert document.text == "plain words end"
    assert spans(document) == ([(kind, "words")] if kind else [])


@pytest.mark.parametrize(
    ("position", "shown"),
    [
        ("super 58%", "x²"), ("33% 58%", "x²"), ("33%", "x²"), ("sub 58%", "x₂"), ("-33% 58%", "x₂"),
        ("0% 100%", "x2"), ("", "x2"),
    ],
)  # fmt: skip
def test_raised_and_lowered_words(position: str, shown: str) -> None:
    styles = text_style(f'style:text-position="{position}"')
    assert styled(styles, paragraph(f"x{span('2', 'X')}")).text == shown


def test_hidden_words_are_left_out() -> None:
    styles = text_style('text:display="none"')
    assert styled(styles, paragraph(f"seen {span('unseen', 'X')}")).text == "seen"


# Spaces, tabs and breaks


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("a<text:tab/>b", "a b"),
        ("a<text:s/>b", "a b"),
        ("a  \n  b", "a b"),
        ("a<text:line-break/>b", "a\nb"),
    ],
)
def test_space_inside_a_line_is_one(inside: str, shown: str) -> None:
    assert read(paragraph(inside)).text == shown


@pytest.mark.parametrize(("count", "spaces"), [("", 1), ("1", 1), ("3", 3), ("x", 1), ("-2", 1)])
def test_code_keeps_its_spaces_and_tabs(count: str, spaces: int) -> None:
    body = paragraph(f'a<text:s text:c="{count}"/>b<text:tab/>c', "P2")
    text = read(body).text
    assert text.startswith("a" + " " * spaces + "b")
    assert text.endswith("c")


# Links and references


def test_a_reference_leads_to_its_mark() -> None:
    body = (
        paragraph('See <text:bookmark-ref text:ref-name="there">the end</text:bookmark-ref>, and '
                  '<text:bookmark-ref text:ref-name="gone">nothing</text:bookmark-ref>.')
        + paragraph('<text:bookmark text:name="there"/>The end.')
    )  # fmt: skip
    document = read(body)
    assert document.text == "See the end, and nothing.\nThe end."
    link, *others = document.spans
    assert document.quote(link.range) == "the end"
    assert document.place_of(link.target) == document.text.index("The end.")
    assert all(document.place_of(other.target) is None for other in others)


def test_a_link_around_several_looks_is_one_target() -> None:
    inner = f"the {span('bold', 'T1')} file"
    document = read(paragraph(f'<text:a xlink:href="https://example.org/x">{inner}</text:a>.'))
    links = [one for one in document.spans if one.kind is SpanKind.LINK]
    assert {one.target for one in links} == {"https://example.org/x"}
    assert "".join(document.quote(one.range) for one in links) == "the bold file"


# Numbers


def labels(document: Document) -> list[str]:
    return [f"{block.marker} {document.quote(block.range)}".strip() for block in document.blocks]


def test_an_item_may_begin_at_a_number_of_its_own() -> None:
    body = (
        '<text:list text:style-name="L2">'
        f"<text:list-item>{paragraph('a')}</text:list-item>"
        f'<text:list-item text:start-value="7">{paragraph("b")}</text:list-item>'
        f"<text:list-item>{paragraph('c')}</text:list-item></text:list>"
    )
    assert labels(read(body)) == ["1. a", "7. b", "8. c"]


def test_an_inner_item_may_begin_at_a_number_of_its_own() -> None:
    inner = (
        f"<text:list><text:list-item text:start-value='3'>{paragraph('x')}</text:list-item>"
        f"<text:list-item>{paragraph('y')}</text:list-item></text:list>"
    )
    body = items(["a", paragraph("b") + inner, "c"], "L2")
    assert labels(read(body)) == ["1. a", "2. b", "(c) x", "(d) y", "3. c"]


def test_a_list_goes_on_only_where_it_says_so() -> None:
    other = items(["c"], "L2")
    on = items(["d"], "L2", ' text:continue-numbering="true"')
    assert labels(read(items(["a", "b"], "L2") + other + on)) == ["1. a", "2. b", "1. c", "2. d"]


def test_a_heading_may_begin_its_numbers_again() -> None:
    again = heading("Third", 2).replace(
        "<text:h ", '<text:h text:restart-numbering="true" text:start-value="5" '
    )
    header = heading("Bare", 2).replace("<text:h ", '<text:h text:is-list-header="true" ')
    body = heading("First", 2) + heading("Second", 2) + again + header + heading("Fourth", 2)
    assert labels(read(body)) == ["1. First", "2. Second", "5. Third", "Bare", "6. Fourth"]


def test_cells_reach_over_columns_and_rows() -> None:
    wide = table(["a", "b"], [["c", "d"]]).replace(
        "<table:table-cell>", '<table:table-cell table:number-columns-spanned="2">', 1
    )
    empty = (
        '<table:table-row><table:table-cell table:number-columns-repeated="3"/></table:table-row>'
    )
    document = read(wide.replace("</table:table>", f"{empty}</table:table>"))
    assert document.text.split("\n")[:2] == ["a\t\tb", "c\td\t"]


def test_the_language_of_a_document_is_that_of_its_default_style() -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    styles = (
        f'<?xml version="1.0"?><office:document-styles xmlns:office="{space}office:1.0" '
        f'xmlns:style="{space}style:1.0" xmlns:fo="{space}xsl-fo-compatible:1.0"><office:styles>'
        '<style:default-style style:family="paragraph"><style:text-properties fo:language="{}" '
        'fo:country="{}"/></style:default-style></office:styles></office:document-styles>'
    )
    for language, country, known in (
        ("fr", "CA", "fr-CA"),
        ("fr", "none", "fr"),
        ("none", "x", ""),
    ):
        files = {"styles.xml": styles.replace("{}", language, 1).replace("{}", country, 1)}
        assert read(paragraph("x"), files).metadata.language == known


LEVELS = ("1", "01", "0", "11", "100", "-1", "x", "", "²", "1" + "0" * 9, "001" + "0" * 5000)


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level[:9])
def test_levels_of_lists_that_are_none_do_no_harm(level: str) -> None:
    """The second level has its numbers, whatever another level claims to be."""
    style = (
        '<text:list-style style:name="Odd">'
        f'<text:list-level-style-number text:level="{level}" style:num-format="A"/>'
        '<text:list-level-style-number text:level="2" style:num-format="i" style:num-suffix="."/>'
        "</text:list-style>"
    )
    body = items([f"{paragraph('one')}{items(['within', 'after'])}"], "Odd")
    document = styled(style, body)
    markers = {document.quote(block.range): block.marker for block in document.blocks}
    assert (markers["within"], markers["after"]) == ("i.", "ii.")
    assert (markers["one"] == "A") == (level in ("1", "01"))


@pytest.mark.parametrize(
    ("base", "reading", "shown"),
    [
        ("寛容", "くつろげ", "寛容（くつろげ）です"),
        ("漢字", "kanji", "漢字 (kanji)です"),
        ("漢字", "", "漢字です"),
        ("漢字", " かん\n字 ", "漢字（かん 字）です"),
    ],
)
def test_a_word_has_its_reading_behind_it(base: str, reading: str, shown: str) -> None:
    ruby = (
        f'<text:ruby text:style-name="Ru1"><text:ruby-base>{base}</text:ruby-base>'
        f'<text:ruby-text text:style-name="Rubies">{reading}</text:ruby-text></text:ruby>'
    )
    assert read(paragraph(f"{ruby}です")).text == shown
    spanned = f"<text:span text:style-name='T1'>{ruby}</text:span>です"
    assert read(paragraph(spanned)).text == shown
    assert shown in read(heading(f"{ruby}です", 1)).text


def test_a_list_within_another_has_its_style_where_it_names_none() -> None:
    styles = "".join(
        f'<text:list-style style:name="{name}">'
        + "".join(
            f'<text:list-level-style-number text:level="{level}" style:num-format="{form}"/>'
            for level in (1, 2, 3)
        )
        + "</text:list-style>"
        for name, form in (("Numbers", "1"), ("Letters", "a"))
    )
    third = items(["inmost", "and next"])
    second = items([f"{paragraph('inner')}{third}"], "Letters")
    document = styled(styles, items([f"{paragraph('outer')}{second}", "last"], "Numbers"))
    markers = {document.quote(block.range): block.marker for block in document.blocks}
    assert markers == {"outer": "1", "inner": "a", "inmost": "a", "and next": "b", "last": "2"}


@pytest.mark.parametrize(
    ("start", "markers"), [("", ["1.", "2.", "1.", "2."]), ("7", ["1.", "2.", "7.", "8."])]
)
def test_numbers_of_headings_begin_again_where_they_are_told_to(
    start: str, markers: list[str]
) -> None:
    again = f'<text:h text:restart-numbering="true" text:start-value="{start}" '
    heads = [heading(text, 2) for text in ("one", "two", "three", "four")]
    heads[2] = heads[2].replace("<text:h ", again)
    document = read("".join(heads))
    assert [document.quote(block.range).split()[0] for block in document.blocks] == markers
