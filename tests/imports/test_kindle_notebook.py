"""The notebooks that Kindle's apps export, and the one of read.amazon.com."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports.kindle import notebook, table, web_notebook
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, ImportItem, Remark

# As the app for telephones writes it.
NOTEBOOK = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "XHTML1-s.dtd" >
<html xmlns="http://www.w3.org/TR/1999/REC-html-in-xml" xml:lang="en" lang="en">
<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
<style type="text/css">.noteHeading { font-size: 20px; } .highlight_pink { color: #ffbfce; }</style>
<script type="text/javascript"></script><title></title></head>
<body>
<div class="bodyContainer">
<div class="notebookFor">
Notebook Export
</div>
<div class="bookTitle">
The Quiet Ledger &amp; Other Reports
</div>
<div class="authors">
Castane, Oriel; Dask, Imre
</div>
<div class="citation">
Castane, Oriel. <i>The Quiet Ledger</i>. Nacre. Kindle Edition.
</div>
<hr />
<div class="sectionHeading">
Chapter 1: who keeps the count?
</div><div class="noteHeading">
Highlight(<span class="highlight_yellow">yellow</span>) - Page 12 · Location 180
</div>
<div class="noteText">
They have told us the answer
and burned the question.
</div><div class="noteHeading">
Note - Page 12 · Location 181
</div>
<div class="noteText">
Is it fair?<br/>Ask her.
</div><div class="noteHeading">
Highlight(<span class="highlight_pink">pink</span>) - The Harbour > Page xii · Location 1,234
</div>
<div class="noteText">
The second passage.
</div><div class="noteHeading">
Bookmark - Page 40 · Location 600
</div>
<div class="noteText">
</div><div class="noteHeading">
Note - Page 90 · Location 1400
</div>
<div class="noteText">
A note alone.
</div>
</div>
</body>
</html>
"""


def mac(text: str) -> str:
    """Return a notebook as the app for computers writes it, with tags that do not match."""
    return (
        text.replace('"noteHeading"', "'noteHeading'")
        .replace('"noteText"', "'noteText'")
        .replace("<div class='noteHeading'>\n", "<h3 class='noteHeading'>")
        .replace("\n</div>\n<div class='noteText'>\n", "</div><div class='noteText'>")
        .replace("\n</div><h3 class", "\n</h3>\n<h3 class")
        .replace('<div class="sectionHeading">', "<h2 class='sectionHeading'>")
    )


def read(text: str | bytes, reader: object = notebook) -> list[ImportItem]:
    file = GivenFile(text.encode() if isinstance(text, str) else text, "notebook.html")
    module = web_notebook if reader is web_notebook else notebook
    assert module.recognises(file)
    items: Iterator[ImportItem] = module.read(file)
    return [*items]


def source_of(text: str | bytes, reader: object = notebook) -> ImportedSource:
    (source,) = (each for each in read(text, reader) if isinstance(each, ImportedSource))
    return source


@pytest.mark.parametrize("text", [NOTEBOOK, mac(NOTEBOOK), NOTEBOOK.replace("\n", "\r\n")])
def test_a_notebook_is_read_whole(text: str) -> None:
    source = source_of(text)
    assert source.title == "The Quiet Ledger & Other Reports"
    assert source.authors == ("Oriel Castane", "Imre Dask")
    first, second, third = source.notes
    assert first.quote == "They have told us the answer and burned the question."
    assert first.note == "Is it fair?\nAsk her."
    assert (first.colour, first.page, first.position) == ("yellow", "12", "Location 180")
    assert first.section == "Chapter 1: who keeps the count?"
    assert (second.quote, second.note, second.colour) == ("The second passage.", "", "pink")
    assert (second.section, second.page, second.position) == ("The Harbour", "xii", "Location 1234")
    assert (third.quote, third.note, third.position) == ("", "A note alone.", "Location 1400")
    assert len({each.key for each in source.notes}) == 3
    (remark,) = (each for each in read(text) if isinstance(each, Remark))
    assert remark.message == "Left out: 1 bookmark."


@pytest.mark.parametrize(
    ("heading", "colour", "section", "page", "position"),
    [
        ('Highlight (<span class="highlight_blue">blue</span>) - Location 74', "blue", "", "", "Location 74"),
        ("Highlight (yellow) - Page 42 · Location 2000", "yellow", "", "42", "Location 2000"),
        ("Highlight(<span class='highlight_orange'>orange</span>) - 1.1 Why? &gt; Location 119", "orange", "1.1 Why?", "", "Location 119"),
        ('Markierung(<span class="highlight_yellow">gelb</span>) - Seite 5 · Position 1968', "yellow", "", "5", "Location 1968"),
        ('Surlignement (<span class="highlight_blue">Bleu</span>) - Page 5 · Emplacement 77', "blue", "", "5", "Location 77"),
        ('ハイライト(<span class="highlight_pink">ピンク</span>) - 3.7　手法の発展 > ページ23 ·位置607', "pink", "3.7 手法の発展", "23", "Location 607"),
        ('标注(<span class="highlight_blue">蓝色</span>) - 01 > 第 9 页·位置 94', "blue", "01", "9", "Location 94"),
        ("Highlight (<span class='highlight_yellow'>yellow</span>) - A > B > Page 3 &middot; Location 30", "yellow", "A > B", "3", "Location 30"),
        ("Marque-page inconnu (<span class='highlight_pink'>x</span>) - Location 5", "pink", "", "", "Location 5"),
    ],
)  # fmt: skip
def test_a_heading_is_read_in_every_language(
    heading: str, colour: str, section: str, page: str, position: str
) -> None:
    text = f"""<html><body><div class='bookTitle'>Tides</div>
<h3 class='noteHeading'>{heading}</div><div class='noteText'>The words.</h3></body></html>"""
    (note,) = source_of(text).notes
    assert (note.quote, note.colour, note.section, note.page, note.position) == (
        "The words.", colour, section, page, position,
    )  # fmt: skip


@pytest.mark.parametrize(
    "heading", ["Note - Page 4", "Notiz - Seite 4", "メモ - ページ4", "笔记 - 第 4 页"]
)
def test_a_note_alone_is_read_in_every_language(heading: str) -> None:
    text = f"""<html><body><div class="bookTitle">Tides</div>
<div class="noteHeading">{heading}</div><div class="noteText">Mine.</div></body></html>"""
    (note,) = source_of(text).notes
    assert (note.quote, note.note, note.page) == ("", "Mine.", "4")


def test_highlights_without_words_are_counted() -> None:
    heading = '<div class="noteHeading">Highlight(<span>pink</span>) - Location 1300</div>'
    empty = f'{heading}<div class="noteText"> </div>{heading}'
    text = NOTEBOOK.replace("<hr />", f"<hr />{empty}").replace("</body>", f"{empty}</body>")
    (remark,) = (each for each in read(text) if isinstance(each, Remark))
    assert remark.message == "Left out: 1 bookmark and 4 empty highlights."
    assert len(source_of(text).notes) == 3


def test_a_note_elsewhere_does_not_join_the_highlight_before_it() -> None:
    text = NOTEBOOK.replace("Note - Page 12 · Location 181", "Note - Page 30 · Location 400")
    notes = source_of(text).notes
    assert [(each.quote[:4], each.note[:4]) for each in notes] == [
        ("They", ""), ("", "Is i"), ("The ", ""), ("", "A no"),
    ]  # fmt: skip


def test_an_edited_note_stays_the_same_note() -> None:
    edited = source_of(NOTEBOOK.replace("Is it fair?", "It is not fair."))
    assert [each.key for each in edited.notes] == [each.key for each in source_of(NOTEBOOK).notes]
    assert edited.notes[0].note != source_of(NOTEBOOK).notes[0].note


def test_the_spaces_that_the_app_puts_around_punctuation_go() -> None:
    text = NOTEBOOK.replace("The second passage.", "“ She said , ( once ) no . ” He : ja")
    assert source_of(text).notes[1].quote == "“She said, (once) no.” He : ja"


WEB = """<!DOCTYPE html><html><body>
<div id="kp-notebook-library"><div id="B0AAA" class="a-row kp-notebook-library-each-book">
<h2 class="a-size-base a-color-base a-text-center kp-notebook-searchable">The Quiet Ledger</h2></div>
<div id="B0BBB" class="a-row kp-notebook-library-each-book"><h2>Tides</h2></div></div>
<div class="a-row" id="kp-notebook-annotations-pane"><div class="a-row a-spacing-base">
<div class="a-column a-span5"><p class="a-spacing-none">Last accessed</p>
<h3 class="a-spacing-top-small a-color-base kp-notebook-selectable kp-notebook-metadata">The Quiet Ledger</h3>
<p class="a-spacing-none a-spacing-top-micro a-size-base a-color-secondary kp-notebook-selectable kp-notebook-metadata">By: Oriel Castane</p>
</div></div>
<div id="kp-notebook-annotations" class="a-row">
<div id="QTIzOmFhOkhJR0hMSUdIVDox" class="a-row a-spacing-base"><div class="a-column a-span10">
<div class="a-row"><input type="hidden" name="" value="180" id="kp-annotation-location"/>
<span id="annotationHighlightHeader" class="a-size-small kp-notebook-metadata">Yellow highlight | Page:&nbsp;12</span>
<span id="annotationNoteHeader" class="aok-hidden kp-notebook-metadata">Note | Page:&nbsp;12</span></div>
<div id="highlight-QTIz" class="a-row kp-notebook-highlight kp-notebook-selectable kp-notebook-highlight-yellow">
<span id="highlight" class="a-size-base-plus a-color-base">They have told us the answer.</span></div>
<div id="note-Q" class="a-row a-spacing-top-base kp-notebook-note"><span id="note-label">Note:</span>
<span id="note" class="a-size-base-plus a-color-base">Is it fair?</span></div></div></div>
<div id="QTIzOmFhOk5PVEU6Mg" class="a-row a-spacing-base"><span id="annotationNoteHeader">Note | Location:&nbsp;2,000</span>
<span id="note">A note alone.</span></div>
<div id="QTIzOmFhOk5PVEU6Mw" class="a-row a-spacing-base"><span id="annotationHighlightHeader">Blaue Markierung | Position:&nbsp;77</span>
<div class="kp-notebook-highlight kp-notebook-highlight-blue"><span id="highlight">The second.</span></div><span id="note"></span></div>
</div></div></body></html>
"""


def test_the_page_of_read_amazon_is_read() -> None:
    source = source_of(WEB, web_notebook)
    assert (source.title, source.authors) == ("The Quiet Ledger", ("Oriel Castane",))
    assert source.notes == (
        ImportedNote(
            quote="They have told us the answer.", note="Is it fair?", colour="yellow", page="12",
            key="QTIzOmFhOkhJR0hMSUdIVDox", row=1,
        ),
        ImportedNote(
            note="A note alone.", position="Location 2000", key="QTIzOmFhOk5PVEU6Mg", row=2
        ),
        ImportedNote(
            quote="The second.", colour="blue", position="Location 77", key="QTIzOmFhOk5PVEU6Mw",
            row=3,
        ),
    )  # fmt: skip
    (remark,) = (each for each in read(WEB, web_notebook) if isinstance(each, Remark))
    assert remark.message.startswith("The page holds the notes of one book")


def test_what_stands_in_no_row_of_the_page_is_kept() -> None:
    text = WEB.replace("a-row a-spacing-base", "a-row")
    assert [(each.quote, each.note) for each in source_of(text, web_notebook).notes] == [
        ("They have told us the answer.", ""),
        ("", "Is it fair?"),
        ("", "A note alone."),
        ("The second.", ""),
    ]


@pytest.mark.parametrize(
    "text", ["", "<html></html>", "<p class='noteHeading'>x</p>", "noteHeading bookTitle", "{}"]
)
def test_other_pages_are_no_notebooks(text: str) -> None:
    file = GivenFile(text.encode(), "page.html")
    assert not notebook.recognises(file)
    assert not web_notebook.recognises(file)


TABLE = """\ufeff"Your Kindle Notes For:",,,
"THE QUIET LEDGER",,,
"by Castane, Oriel; Dask, Imre",,,
"Free Kindle instant preview:",,,
"https://a.co/d0Zz0Zz",,,
"----------------------------------------------",,,
,,,
"Annotation Type","Location","Starred?","Annotation"
"Highlight (Yellow)","Location 180","*","They have told us ""the answer""
and burned the question."
"Note","Location 181","","Is it fair?"
"Highlight (Blue)","Page xii","","The second, with a comma."
"Bookmark","Location 600","",""
"Note","Location 1,400","","A note alone."
"""


@given(st.sampled_from([NOTEBOOK, mac(NOTEBOOK), WEB, TABLE]), st.integers(0, 3500),
       st.binary(max_size=12), st.integers(0, 300))  # fmt: skip
def test_a_damaged_page_never_fails(text: str, place: int, piece: bytes, cut: int) -> None:
    data = text.encode()
    file = GivenFile(data[:place] + piece + data[place + cut :], "x")
    for module in (notebook, web_notebook, table):
        module.recognises(file)
        assert all(isinstance(each, ImportedSource | Remark | BadRow) for each in module.read(file))


@pytest.mark.parametrize("piece", ["<div>" * 5000, "</div>" * 5000, "<", "&" * 9999, "\0" * 99])
def test_a_hostile_page_never_fails(piece: str) -> None:
    for module, text in ((notebook, NOTEBOOK), (web_notebook, WEB)):
        file = GivenFile(text.replace("They", piece).encode(), "x")
        assert all(isinstance(each, ImportedSource | Remark) for each in module.read(file))


@pytest.mark.parametrize("text", [TABLE, TABLE.replace("\n", "\r\n"), TABLE.rstrip() + '\n"Note'])
def test_the_table_that_a_kindle_sends_is_read(text: str) -> None:
    file = GivenFile(text.encode(), "ledger.csv")
    assert table.recognises(file)
    source = next(each for each in table.read(file) if isinstance(each, ImportedSource))
    assert (source.title, source.authors) == ("THE QUIET LEDGER", ("Oriel Castane", "Imre Dask"))
    first, second, third = source.notes
    assert " ".join(first.quote.split()) == (
        'They have told us "the answer" and burned the question.'
    )
    assert (first.note, first.colour, first.tags) == ("Is it fair?", "yellow", ("favorite",))
    assert (first.position, second.page, second.colour) == ("Location 180", "xii", "blue")
    assert (third.quote, third.note, third.position) == ("", "A note alone.", "Location 1400")
    (remark,) = (each for each in table.read(file) if isinstance(each, Remark))
    assert remark.message == "Left out: 1 empty row."


def test_short_rows_of_a_table_are_told() -> None:
    file = GivenFile(f'{TABLE.rstrip()}\n"Note","Location 1,500"\n'.encode(), "x")
    (bad,) = (each for each in table.read(file) if isinstance(each, BadRow))
    assert bad.message == "it has 2 cells, and not 4"


@pytest.mark.parametrize("text", ["", "a,b,c,d\n1,2,3,4\n", "-" * 30, f"a\n{'-' * 30}\n", "{}"])
def test_other_tables_are_not_kindles(text: str) -> None:
    assert not table.recognises(GivenFile(text.encode(), "x"))


@pytest.mark.parametrize("length", [131_073, 300_000])
def test_a_long_note_in_a_table_is_read(length: int) -> None:
    csv.field_size_limit(131_072)  # as in a process that has read no table
    text = f'{TABLE}"Note","Location 1,500","","{"x" * length}"\n'
    items = [*table.read(GivenFile(text.encode(), "x"))]
    (source,) = (each for each in items if isinstance(each, ImportedSource))
    assert len(source.notes[-1].note) == length
    assert not any(isinstance(each, BadRow) for each in items)


def test_two_notes_at_one_place_have_keys_of_their_own() -> None:
    text = TABLE + '"Note","Location 1,400","","Another."\n'
    (source,) = (
        each for each in table.read(GivenFile(text.encode(), "x"))
        if isinstance(each, ImportedSource)
    )  # fmt: skip
    assert len({each.key for each in source.notes}) == len(source.notes) == 4
