"""Ruby, formulas, drawings and verse in pages become text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from reader.core.document import BlockKind, Document, Metadata
from reader.formats.builder import DocumentBuilder
from reader.formats.cleaning import MAX_MARKS
from reader.formats.tree.blocks import TreeReader
from reader.formats.tree.formula import formula_text
from reader.formats.tree.normalise import MAX_LINE, normalise

MATH = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
MARK = "\u0335"
"""A stroke through the character before it; it makes no other character with it."""


def read(body: str) -> Document:
    root = etree.fromstring(
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' xmlns:xlink="http://www.w3.org/1999/xlink"><head><title>T</title></head>'
        f"<body>{body}</body></html>"
    )
    normalise(root)
    builder = DocumentBuilder()
    TreeReader(builder).read(next(root.iter("{*}body")))
    return builder.document(Metadata(), is_complete=True)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<ruby>寛容<rt>くつろげ</rt></ruby>て", "寛容（くつろげ）て"),
        ("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>を", "漢字（かんじ）を"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp> 字<rt>ji</rt></ruby>!", "漢 字 (kan ji)!"),
        (
            "<ruby><rb>東</rb><rb>京</rb><rtc><rt>とう</rt><rt>きょう</rt></rtc></ruby>",
            "東京（とうきょう）",
        ),
        ("<ruby>字<rt/></ruby>だ", "字だ"),
    ],
)
def test_ruby_shows_the_word_and_its_reading(source: str, shown: str) -> None:
    assert read(f"<p>{source}</p>").text == shown


def sup(base: str, power: str) -> str:
    return f"<msup>{base}{power}</msup>"


X, A, B, TWO = "<mi>x</mi>", "<mi>a</mi>", "<mi>b</mi>", "<mn>2</mn>"
SUM = f"<mrow>{A}<mo>+</mo>{B}</mrow>"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (sup(X, TWO), "x²"),
        (sup(f"<mfenced>{SUM}</mfenced>", TWO), "(a + b)²"),
        (sup(SUM, TWO), "(a + b)²"),
        (f"<msub>{X}<mi>max</mi></msub>", "x_max"),
        (sup("<mi>sin</mi>", TWO) + X, "sin²x"),
        (sup(X, "<mo>′</mo>"), "x′"),
        (sup("<mi>e</mi>", "<mrow><mi>i</mi><mi>π</mi></mrow>"), "e^(iπ)"),
        (f"<msub>{X}<mi>i</mi></msub>", "x_i"),
        (f"<msubsup>{X}<mn>1</mn>{TWO}</msubsup>", "x₁²"),
        (f"<mfrac>{SUM}{TWO}</mfrac>", "(a + b)/2"),
        (f'<mfrac linethickness="0">{A}{B}</mfrac>', "(a over b)"),
        (f"<mfrac><mn>1</mn>{sup(X, TWO)}</mfrac>", "1/x²"),
        (f"<mfrac>{A}<mrow><mn>2</mn>{X}</mrow></mfrac>", "a/(2x)"),
        (f"<msub>{X}<mo>*</mo></msub>", "x_*"),
        (f"<msub>{X}<mi>n</mi></msub>{A}", "x_n a"),
        (f"<mfrac><mn>1</mn>{A}</mfrac>{X}", "(1/a)x"),
        (f"{TWO}<mfrac><mn>1</mn>{A}</mfrac>", "2(1/a)"),
        (f"<mfrac><mn>1</mn>{A}</mfrac><mo>+</mo>{X}", "1/a + x"),
        (
            (
                f"<mtable><mtr><mtd>{X}</mtd><mtd><mo>=</mo>{A}</mtd><mtd/></mtr>"
                f"<mtr><mtd/><mtd><mo>=</mo>{B}</mtd></mtr></mtable>"
            ),
            "x = a; = b",
        ),
        (f"<mover><mo>→</mo><mtext>so</mtext></mover>{X}", "→^so x"),
        (f"{A}<mstyle><mo>+</mo></mstyle>{B}", "a + b"),
        (f"<msqrt><mfrac>{A}{B}</mfrac></msqrt>", "√(a/b)"),
        (f"<mroot>{X}<mn>3</mn></mroot>", "³√x"),
        (f"<mover>{X}<mo>¯</mo></mover>", "x\u0304"),
        (
            (
                "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi>"
                f"</munderover>{X}"
            ),
            "∑_(i = 1)ⁿ x",
        ),
        ("<mrow><mo>−</mo><mn>2</mn></mrow>", "−2"),
        ("<mi>f</mi><mo>\u2061</mo><mfenced><mi>x</mi><mi>y</mi></mfenced>", "f(x, y)"),
        (
            (
                "<mo>[</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr>"
                "<mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable><mo>]</mo>"
            ),
            "[1, 0; 0, 1]",
        ),
        (
            (
                f"<semantics><mrow>{A}<mo>=</mo>{B}</mrow>"
                '<annotation encoding="application/x-tex">a=b</annotation></semantics>'
            ),
            "a = b",
        ),
        ("<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>", "₆¹⁴C"),
    ],
)
def test_formulas_are_one_line(source: str, shown: str) -> None:
    assert formula_text(etree.fromstring(f'<math xmlns="{MATH}">{source}</math>')) == shown
    assert read(f'<p>So <math xmlns="{MATH}">{source}</math>.</p>').text == f"So {shown}."


def test_the_words_of_the_author_stand_for_a_formula() -> None:
    formula = f'<math xmlns="{MATH}" alttext="a squared"><msup>{A}{TWO}</msup></math>'
    assert read(f"<p>It is {formula}.</p>").text == "It is a squared."


@pytest.mark.parametrize(
    "content",
    [
        "<mfrac><mn>1</mn>" * 200 + X + "</mfrac>" * 200,
        "<msubsup><mo>∑</mo>" * 80 + X + "</msubsup>" * 80,
        "<mover>" * 200 + X + "<mo>^</mo></mover>" * 200,
        f"{X}<msub>{A}{B}</msub>" * 30_000,
        f"<mfrac>{A}{B}</mfrac>{X}" * 20_000,
    ],
    ids=["fractions", "sums", "accents", "scripts", "row"],
)
def test_formulas_made_to_do_harm_end_in_time(content: str) -> None:
    formula = etree.fromstring(f"<math>{content}</math>")
    assert "x" in formula_text(formula)


def test_words_that_stand_for_every_formula_stand_for_none() -> None:
    def formula(content: str, words: str) -> str:
        return f'<math xmlns="{MATH}" alttext="{words}">{content}</math>'

    same = "Formula in the text"
    body = f"<p>{formula(X, same)}, {formula(A, same)}, {formula(B, 'the letter b')}.</p>"
    assert read(body).text == "x, a, the letter b."
    assert read(f"<p>{formula(X, same)} {formula(X, same)}.</p>").text == f"{same} {same}."
    assert read(f"<p>{formula(X, 'Alternative text not available')}</p>").text == "x"


NAMES = ("mrow", "msup", "mfrac", "msqrt", "mfenced", "mtable", "mover", "mmultiscripts", "mroot")


@given(
    st.recursive(
        st.sampled_from(["<mi>x</mi>", "<mn>1</mn>", "<mo>+</mo>", "<mo/>", "<none/>"]),
        lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=4)).map(
            lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
        ),
        max_leaves=20,
    )
)
def test_any_formula_keeps_its_names(source: str) -> None:
    text = formula_text(etree.fromstring(f"<math>{source}</math>"))
    assert "\n" not in text
    if "m" not in source.replace("<mi", "").replace("</mi", "").replace("mrow", ""):
        assert text.count("x") == source.count(">x<")


def test_a_drawing_is_its_name_beside_text_and_its_text_alone() -> None:
    drawing = (
        f'<svg xmlns="{SVG}"><title>A pie chart</title><defs><text>never</text></defs><g>'
        '<text><tspan x="0" y="1">Forty per</tspan><!-- of --><tspan x="0" y="2">cent</tspan></text>'
        "<text>Sixty</text></g></svg>"
    )
    beside = read(f"<p>Before.</p>{drawing}<p>After.</p>")
    assert beside.text == "Before.\nA pie chart\nAfter."
    assert beside.blocks[1].kind is BlockKind.IMAGE
    assert read(drawing).text == "A pie chart\nForty per cent\nSixty"
    unnamed = drawing.replace("<title>A pie chart</title>", "")
    assert read(f"<p>Before.</p>{unnamed}").text == "Before.\nForty per cent\nSixty"
    cover = f'<svg xmlns="{SVG}"><image xlink:href="cover.jpg"/></svg>'
    assert read(f"<div>{cover}</div><p>Text.</p>").text == "Text."


def test_of_a_switch_one_alternative_is_kept() -> None:
    formula = f'<epub:case required-namespace="{MATH}"><math xmlns="{MATH}">{X}</math></epub:case>'
    other = '<epub:case required-namespace="http://example.org/c"><p>no</p></epub:case>'
    default = "<epub:default><p>The words.</p></epub:default>"
    assert read(f"<epub:switch>{other}{default}</epub:switch>").text == "The words."
    assert read(f"<epub:switch>{other}{formula}{default}</epub:switch>").text == "x"


def test_lines_of_verse_are_one_block_and_prose_is_not() -> None:
    lines = "<div>April is the <em>cruellest</em> month</div> <div>breeding Lilacs</div>"
    for mark in (
        'class="linegroup"',
        'class="line-block"',
        'class="stanza x"',
        'epub:type="z3998:verse"',
    ):
        assert len(read(f"<div {mark}>{lines}</div>").blocks) == 1
        assert read(f"<div {mark}>{lines}</div>").text == (
            "April is the cruellest month\nbreeding Lilacs"
        )
    assert len(read(f'<div class="reverse">{lines}</div>').blocks) == 2
    long = f"<p>{'A long line of prose. ' * 20}</p>"
    assert len(read(f'<div class="poem">{long}{long}</div>').blocks) == 2
    nested = f'<div class="poem"><div class="stanza">{lines}</div><div class="stanza">{lines}</div></div>'
    assert len(read(nested).blocks) == 2


def test_numbers_of_lines_are_no_part_of_them() -> None:
    number = '<span class="linenos">1</span>'
    assert read(f"<pre>{number}def f():\n    pass</pre>").text == "def f():\n    pass"
    assert read('<p>The Hofgarten,<span class="lnum">10</span></p>').text == "The Hofgarten, 10"
    assert read('<p>A<span class="line">b</span></p>').text == "Ab"


def test_the_name_of_a_file_is_no_name_of_a_picture_that_has_a_caption() -> None:
    picture = '<img src="i/map.png" alt="i/map.png"/>'
    document = read(f"<figure>{picture}<figcaption>A map.</figcaption></figure>")
    assert document.text == "A map."
    assert document.blocks[0].kind is BlockKind.IMAGE


def test_a_title_in_several_lines_is_one_heading() -> None:
    title = "<hgroup><h2>I</h2><p>Of the <em>Nature</em> of it</p></hgroup>"
    document = read(f"{title}<p>Text.</p>")
    assert document.text == "I\nOf the Nature of it\nText."
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert read("<hgroup/><hgroup><p>x</p></hgroup>").text == "x"


@pytest.mark.parametrize("between", ["", "<!-- a comment -->", "<p/>", "<p> </p>"])
def test_a_title_in_several_lines_has_every_word_once(between: str) -> None:
    lines = f"<p>Of <b>the</b> Nature</p>{between}<h3>of <i>it</i></h3>"
    document = read(f"<hgroup><h2>I</h2> {lines} </hgroup><p>Text.</p>")
    assert document.text.split() == "I Of the Nature of it Text.".split()
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]
    stray = read("<hgroup><h2>I</h2><p>Of it</p> and more</hgroup><p>Text.</p>")
    assert stray.text.split() == "I Of it and more Text.".split()


@pytest.mark.parametrize(
    ("line", "is_joined"),
    [
        (f"<p>{'x' * MAX_LINE}</p>", True),
        (f"<p>{'x' * (MAX_LINE + 1)}</p>", False),
        ("<h6>x</h6>", True),
        ("<div>x</div>", False),
        ("<ul><li>x</li></ul>", False),
    ],
)
def test_a_title_has_short_lines_and_nothing_else(line: str, is_joined: bool) -> None:
    document = read(f"<hgroup><h2>I</h2>{line}</hgroup><p>Text.</p>")
    assert len(document.blocks) == (2 if is_joined else 3)


mark_runs = st.lists(st.integers(0, 12), min_size=1, max_size=5)


@given(mark_runs)
@example([8, 1])
@example([5, 3, 1])
def test_marks_in_several_elements_are_as_many_as_in_one(runs: list[int]) -> None:
    parts = "</i><i>".join(MARK * count for count in runs)
    shown = read(f"<p>a{MARK * 5}<b>b</b><i>{parts}c</i></p>").text
    assert shown == f"a{MARK * 5}b{MARK * min(sum(runs), MAX_MARKS)}c"


def test_a_link_of_a_drawing_leads_where_it_says() -> None:
    drawing = (
        f'<p>See <svg xmlns="{SVG}"><a xlink:href="https://a.example/map"><text>the map</text></a>'
        "</svg>.</p>"
    )
    document = read(drawing)
    assert [(document.quote(span.range), span.target) for span in document.spans] == [
        ("the map", "https://a.example/map")
    ]
