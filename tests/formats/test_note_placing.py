"""Notes inside a sentence or hidden: the note is there, and the sentence is whole."""

from __future__ import annotations

import re

import pytest

from reader.core.document import BlockKind, Document
from reader.formats import read_document
from reader.formats.source_info import SourceInfo
from tests.formats.books import book
from tests.formats.test_properties import assert_sound

SENTENCE = re.compile(r"The council met ?\[\d\] and went home\.")
OPS = 'xmlns:epub="http://www.idpf.org/2007/ops"'

BOOKS = {
    "aside": '<p>The council met<a epub:type="noteref" href="#n2">2</a><aside id="n2" epub:type="footnote"><p>In the hall.</p></aside> and went home.</p>',
    "span": '<p>The council met<a epub:type="noteref" href="#n2">2</a><span id="n2" epub:type="footnote">In the hall.</span> and went home.</p>',
    "role": '<p>The council met<a role="doc-noteref" href="#n2">2</a><span id="n2" role="doc-footnote">In the hall.</span> and went home.</p>',
    "nested": '<p><em>The council met<a epub:type="noteref" href="#n2">2</a><span id="n2" epub:type="footnote"><i>In the hall.</i></span></em> and went home.</p>',
    "unnumbered": '<p>The council met<span epub:type="footnote">In the hall.</span> and went home.</p>',
    "hidden": '<p>The council met<a epub:type="noteref" href="#n2">2</a> and went home.</p><aside hidden="hidden" id="n2" epub:type="footnote"><p>In the hall.</p></aside>',
    "hidden-style": '<p>The council met<a epub:type="noteref" href="#n2">2</a> and went home.</p><aside style="display: none;" id="n2" epub:type="footnote">In the hall.</aside>',
    "hidden-inside": '<p>The council met<a epub:type="noteref" href="#n2">2</a><aside hidden="" id="n2" epub:type="footnote">In the hall.</aside> and went home.</p>',
    "hidden-group": '<p>The council met<a epub:type="noteref" href="#n2">2</a> and went home.</p><section hidden="" epub:type="footnotes"><aside id="n2" epub:type="footnote">In the hall.</aside></section>',
    "hidden-plain": '<p>The council met<sup><a href="#n2">2</a></sup> and went home.</p><div hidden="" id="n2"><p>In the hall.</p></div>',
    "untyped": '<p>The council met<sup><a href="#n2">2</a></sup><span id="n2" class="x">In the hall.</span> and went home.</p>',
    "item": '<ul><li>The council met<a epub:type="noteref" href="#n2">2</a><aside id="n2" epub:type="footnote">In the hall.</aside> and went home.</li></ul>',
    "quote": '<blockquote><p>The council met<a epub:type="noteref" href="#n2">2</a><aside id="n2" epub:type="footnote">In the hall.</aside> and went home.</p></blockquote>',
    "loose": '<div>The council met<a epub:type="noteref" href="#n2">2</a><aside id="n2" epub:type="footnote">In the hall.</aside> and went home.</div>',
    "heading": '<h2>The council met<a epub:type="noteref" href="#n2">2</a><aside id="n2" epub:type="footnote">In the hall.</aside> and went home.</h2>',
    "first": '<p>The council met<span id="n2" epub:type="footnote">In the hall.</span><a epub:type="noteref" href="#n2">2</a> and went home.</p>',
    "sidenote": '<p>The council met<label for="sn-1" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-1" class="margin-toggle"/><span class="sidenote">In the hall.</span> and went home.</p>',
    "marginnote": '<p>The council met<label for="mn-1" class="margin-toggle">&#8853;</label><input type="checkbox" id="mn-1" class="margin-toggle"/><span class="marginnote">In the hall.</span> and went home.</p>',
    "glued-note": '<p>The council met<span class="note">In the hall.</span> and went home.</p>',
    "glued-behind-number": '<p>The council met<sup>1</sup><span class="fn note">In the hall.</span> and went home.</p>',
    "footnote-class": '<p>The council met<span class="footnote">In the hall.</span> and went home.</p>',
}  # fmt: skip


def texts(document: Document, *, notes: bool) -> list[str]:
    return [
        document.quote(block.range)
        for block in document.blocks
        if (block.kind is BlockKind.FOOTNOTE) == notes
    ]


def assert_whole(document: Document) -> None:
    assert_sound(document)
    around = texts(document, notes=False)
    sentences = [one for one in around if SENTENCE.fullmatch(one)]
    assert len(sentences) == 1, around
    assert texts(document, notes=True) == ["In the hall."]
    assert document.text.count("In the hall.") == 1
    assert document.text.index("In the hall.") > document.text.index("and went home.")
    for span in document.spans:
        if span.kind.value == "footnote":
            assert document.place_of(span.target) == document.text.index("In the hall.")


@pytest.mark.parametrize("body", BOOKS.values(), ids=BOOKS)
def test_in_a_book(body: str) -> None:
    chapter = f"<h1>Annals</h1><p>Before it, some words.</p>{body}<p>Next.</p>"
    document = read_document(book({"a.xhtml": chapter.replace("<h1>", f"<h1 {OPS}>")}))
    assert_whole(document)
    assert texts(document, notes=False)[-1] == "Next."


@pytest.mark.parametrize("name", [name for name in BOOKS if name != "first"])
def test_on_a_whole_page(name: str) -> None:
    page = (
        f"<html {OPS}><body><h1>Annals</h1><p>Before it.</p>{BOOKS[name]}<p>Next.</p></body></html>"
    )
    document = read_document(page.encode(), kind="html", info=SourceInfo(is_whole=True))
    assert_whole(document)


@pytest.mark.parametrize("name", [name for name in BOOKS if name not in ("first", "heading")])
def test_in_the_article_of_a_page(name: str) -> None:
    prose = (
        "<p>The council of the port met again, and the clerk wrote down what was said there.</p>"
    )
    page = (
        f"<html {OPS}><body><nav><a href='/'>Home</a> <a href='/a'>News</a></nav><article>"
        f"<h1>Annals of the port</h1>{prose * 5}{BOOKS[name]}{prose * 5}</article>"
        "<footer><a href='/b'>About</a></footer></body></html>"
    )
    assert_whole(read_document(page.encode(), kind="html"))


def test_several_notes_keep_their_order_and_numbers() -> None:
    body = (
        "<p>One<span class='sidenote'>First words.</span> and two<span class='sidenote'>Second"
        " words.</span> and <b>three<span class='sidenote'>Third words.</span></b> end.</p>"
    )
    document = read_document(book({"a.xhtml": f"<h1>N</h1>{body}"}))
    assert texts(document, notes=False)[-1] == "One[1] and two[2] and three[3] end."
    assert texts(document, notes=True) == ["First words.", "Second words.", "Third words."]
    assert [one.marker for one in document.blocks if one.marker] == ["[1]", "[2]", "[3]"]


def test_a_note_in_a_table_stands_behind_it() -> None:
    body = (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>met<a epub:type='noteref' href='#n'>1</a>"
        "<aside id='n' epub:type='footnote'>In the hall.</aside> twice</td><td>2</td></tr></table>"
    )
    document = read_document(book({"a.xhtml": f"<h1>N</h1>{body}<p>Next.</p>"}))
    assert "met[1] twice" in document.text
    assert texts(document, notes=True) == ["In the hall."]


@pytest.mark.parametrize(
    "body",
    [
        "<p>See <span class='footnote'>[1]</span> there.</p>",
        "<p><span class='footnote'>A line of its own about it.</span></p>",
        "<p>The <span class='note'>note of the editor</span> stays.</p>",
        "<p>He wrote <span id='x'>these words here</span> and <a href='#x'>went on</a>.</p>",
        "<p hidden=''>Never shown to anybody.</p><p>Text.</p>",
    ],
)
def test_what_is_no_note_stays_as_it_is(body: str) -> None:
    document = read_document(book({"a.xhtml": f"<h1>N</h1>{body}"}))
    assert texts(document, notes=True) == []
    assert "Never" not in document.text
