"""Files that could cost more than in proportion: twice the file must cost twice the work."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from functools import partial

import pytest
from lxml import etree

from reader.core.document import Metadata
from reader.errors import SourceError
from reader.formats import SourceInfo, read_document
from reader.formats.builder import DocumentBuilder
from reader.formats.html import extraction
from reader.formats.rtf import parser as rtf_parser
from reader.formats.tree.blocks import TreeReader
from reader.formats.tree.formula import formula_text
from reader.formats.tree.normalise import normalise
from tests.formats.opendocument import odt
from tests.formats.test_html import WORDS
from tests.formats.test_rtf import rtf
from tests.formats.word import docx, paragraph, run
from tests.work import work

ARTICLE = f"<p>{WORDS * 2}</p>" * 4
DOCX: dict[str, Callable[[int], str]] = {
    "looks by turns": lambda n: f"<w:p>{(run('x', '<w:b/>') + run('y')) * n}</w:p>",
    "breaks": lambda n: f"<w:p>{run('x')}{'<w:r><w:br/></w:r>' * n}{run('y')}</w:p>",
    "a subtitle": lambda n: paragraph((run("x", "<w:b/>") + run("y")) * n, "Subtitle"),
    "a heading": lambda n: paragraph((run("x", "<w:b/>") + run("y")) * n, "Heading1"),
    "captions": lambda n: (
        f"<w:tbl><w:tr><w:tc>{paragraph('x', 'Caption') * n}</w:tc></w:tr></w:tbl>"
    ),
    "empty columns": lambda n: (
        "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr>"
        + '<w:tr><w:trPr><w:gridBefore w:val="100"/></w:trPr></w:tr>' * n
        + f"</w:tbl>{paragraph('x')}"
    ),
}
ODT: dict[str, Callable[[int], str]] = {
    "looks by turns": lambda n: f"<text:p>{'x<text:line-break/>' * n}</text:p>",
    "repeated cells": lambda n: (
        "<table:table><table:table-row>"
        + '<table:table-cell table:number-columns-repeated="99"/>' * n
        + "</table:table-row></table:table><text:p>x</text:p>"
    ),
}
RTF: dict[str, Callable[[int], str]] = {
    "looks by turns": lambda n: r"{\b x}y" * n,
    "a subtitle": lambda n: r"\pard\s7" + r"{\b x}{\i y}" * n,
    "rows of one shape": lambda n: (
        r"\trowd" + "".join(rf"\cellx{100 * m}" for m in range(n)) + r"\intbl x\cell\row" * n
    ),
    "results of a field": lambda n: (
        r"{\field{\*\fldinst " + "a" * 10 * n + "}" + r"{\fldrslt x}" * n + "}"
    ),
}
TREES: dict[str, Callable[[int], str]] = {
    "links of a note": lambda n: (
        '<p>x<a href="#n">1</a></p><aside role="doc-footnote" id="n"><p>'
        + '[<a href="#r">^</a>]' * n + "y</p></aside>"
    ),
    "names without text": lambda n: "".join(
        f'<a id="n{m}"/><a href="#m{m}"/>' for m in range(n)
    ) + "<p>x</p>",
    "names of blank blocks": lambda n: "".join(
        f'<p id="n{m}">\xa0</p>' for m in range(n)
    ) + "<p>x</p>",
    "items without a list": lambda n: "<li>x</li><p><li>y</li></p>" * n,
    "pictures with a caption": lambda n: (
        "<figure><figcaption>" + "word " * n + "</figcaption>" + '<img alt="y"/>' * n + "</figure>"
    ),
    "marks on a long word": lambda n: "<p>" + "x" * 9 * n + "\u0301" + "<b>\u0301</b>" * n + "</p>",
}  # fmt: skip
PAGES: dict[str, Callable[[int], str]] = {
    "hidden spans": lambda n: "<p>" + "word <span hidden>x</span>" * n,
    "hidden prose": lambda n: f'<div style="display:none"><p>{WORDS * 5}</div>' * (n // 4),
    "captions": lambda n: '<p class="caption">x</p>' * n,
    "captions of one picture": lambda n: (
        "<div><img src=x>" + f'<p class="caption">{WORDS}</p>' * n + "</div>"
    ),
    "empty items": lambda n: "<div>word<li></li>" * 1 + f"{WORDS}<li></li>" * (n // 4) + "</div>",
    "links to nothing": lambda n: '<p><sup><a href="#a">1</a></sup> word</p>' * n,
}


def _file(make: Callable[[str], bytes], body: Callable[[int], str]) -> Callable[[int], bytes]:
    return lambda count: make(body(count))


SOURCES: dict[str, Callable[[int], bytes]] = {
    **{f"docx: {name}": _file(docx, body) for name, body in DOCX.items()},
    **{f"odt: {name}": _file(odt, body) for name, body in ODT.items()},
    **{f"rtf: {name}": _file(rtf, body) for name, body in RTF.items()},
}


def test_work_is_counted_from_the_first_call_on() -> None:
    def count(steps: int) -> None:
        for _ in range(steps):
            pass

    once, again, twice = (work(partial(count, steps)) for steps in (1000, 1000, 2000))
    assert once == again
    assert once > 1000
    assert 1.9 * once < twice < 2.1 * once


@pytest.mark.parametrize("name", SOURCES)
def test_twice_the_document_costs_twice_the_work(name: str) -> None:
    read_document(SOURCES[name](2))  # work that is done once
    files = [SOURCES[name](count) for count in (250, 500)]
    once, twice = (work(partial(read_document, file)) for file in files)
    assert twice < 2.4 * once


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_columns_that_are_only_named_cost_nothing(kind: str) -> None:
    def file(columns: int) -> bytes:
        if kind == "docx":
            before = f'<w:trPr><w:gridBefore w:val="{columns}"/></w:trPr>'
            row = f"<w:tr>{before}<w:tc>{paragraph('x')}</w:tc></w:tr>"
            return docx(f"<w:tbl>{row * 100}</w:tbl>")
        cell = f'<table:table-cell table:number-columns-repeated="{columns}"/>'
        row = f"<table:table-row>{cell}<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
        return odt(f"<table:table>{row * 100}</table:table>")

    one, many = file(1), file(50)
    assert read_document(many).text.split() == ["x"] * 100
    assert work(lambda: read_document(many)) < 5 * work(lambda: read_document(one))


@pytest.mark.parametrize("name", TREES)
def test_twice_the_tree_costs_twice_the_work(name: str) -> None:
    def read(count: int) -> None:
        root = etree.fromstring(f"<body>{TREES[name](count)}</body>")
        TreeReader(DocumentBuilder()).read(root)

    read(2)
    assert work(lambda: read(500)) < 2.4 * work(lambda: read(250))


@pytest.mark.parametrize("name", PAGES)
def test_twice_the_page_costs_twice_the_work(name: str) -> None:
    pages = [f"<body>{ARTICLE}{PAGES[name](count)}".encode() for count in (2, 100, 200)]

    def read(page: bytes) -> None:
        read_document(page, kind="html", info=SourceInfo(is_whole=True))

    read(pages[0])
    once, twice = (work(partial(read, page)) for page in pages[1:])
    assert twice < 2.4 * once


def test_twice_the_paragraphs_cost_twice_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "MAX_COMPARED_BLOCKS", 100)
    pages = [f"<body>{ARTICLE}{'<p>x' * count}".encode() for count in (2, 400, 800)]
    read_document(pages[0], kind="html")
    once, twice = (work(partial(read_document, page, kind="html")) for page in pages[1:])
    assert twice < 2.4 * once


@pytest.mark.parametrize(
    "content",
    ["<mo>+</mo>", "<mtable><mtr><mtd><mi>x</mi></mtd></mtr></mtable>"],
    ids=["operators", "tables"],
)
def test_a_formula_twice_as_long_costs_twice_the_work(content: str) -> None:
    def read(count: int) -> None:
        formula_text(etree.fromstring(f"<math><mrow>{content * count}</mrow></math>"))

    assert work(lambda: read(1000)) < 2.4 * work(lambda: read(500))


def test_formulas_in_formulas_are_told_once() -> None:
    def read(depth: int) -> None:
        normalise(etree.fromstring("<math>" * depth + "<mi>x</mi>" + "</math>" * depth))

    assert work(lambda: read(100)) < 2.4 * work(lambda: read(50))


def test_spans_within_spans_are_bounded() -> None:
    builder = DocumentBuilder()
    TreeReader(builder).read(etree.fromstring("<b>" * 200 + "<p>x</p>" * 9 + "</b>" * 200))
    assert len(builder.document(Metadata(), is_complete=True).spans) < 9 * 50


@pytest.mark.parametrize("lead", [r"{\pict ", r"{\pict\'", r"{\v "])
def test_of_pictures_in_an_rtf_nothing_is_kept(lead: str) -> None:
    source = rtf(lead + "89" * 2_000_000 + "}x")
    tracemalloc.start()
    try:
        assert read_document(source).text == "x"
        assert tracemalloc.get_traced_memory()[1] < 1.5 * len(source)
    finally:
        tracemalloc.stop()


def test_what_is_passed_over_in_an_rtf_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtf_parser, "MAX_TOKENS", 20_000)
    with pytest.raises(SourceError, match="more than 20,000"):
        read_document(rtf(r"{\comment " + "{}" * 20_000 + "}x"))
    assert read_document(rtf(r"{\comment {" + "y" * 50_000 + "}}x")).text == "x"
