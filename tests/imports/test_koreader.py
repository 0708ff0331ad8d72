"""The files that KOReader keeps beside its books, and what it exports."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.digests import digest_of_text
from reader.errors import SourceError
from reader.imports.koreader import (
    html_export,
    json_export,
    lua_data,
    markdown_export,
    sidecar,
    text_export,
)
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, ImportItem, Remark

SIDECAR = r"""-- /mnt/onboard/books/The Quiet Ledger.sdr/metadata.epub.lua
return {
    ["annotations"] = {
        [1] = {
            ["chapter"] = "who keeps the count?",
            ["color"] = "yellow",
            ["datetime"] = "2026-06-18 21:39:01",
            ["datetime_updated"] = "2026-06-18 21:45:00",
            ["drawer"] = "lighten",
            ["note"] = "Is it \"fair\"?\
\
Ask her.",
            ["page"] = "/body/DocFragment[3]/body/p[5]/text().0",
            ["pageno"] = 42,
            ["pos0"] = "/body/DocFragment[3]/body/p[5]/text().0",
            ["pos1"] = "/body/DocFragment[3]/body/p[5]/text().40",
            ["text"] = "They have told us the answer and burned the question — all.",
        },
        [2] = {
            ["chapter"] = "who keeps the count?",
            ["datetime"] = "2026-06-18 21:50:00",
            ["page"] = "/body/DocFragment[3]/body/p[9]/text().0",
            ["pageno"] = 43,
            ["text"] = "in who keeps the count?",
        },
        [3] = {
            ["chapter"] = "what the town does next",
            ["color"] = "gray",
            ["datetime"] = "2026-06-19 08:00:00",
            ["drawer"] = "underscore",
            ["page"] = "/body/DocFragment[4]/body/p[1]/text().3",
            ["pageno"] = 50,
            ["pageref"] = "xii",
            ["pos0"] = "/body/DocFragment[4]/body/p[1]/text().3",
            ["pos1"] = "/body/DocFragment[4]/body/p[1]/text().9",
            ["text"] = "the town",
        },
    },
    ["copt_font_gamma"] = 15,
    ["doc_pages"] = 120,
    ["doc_path"] = "/mnt/onboard/books/The Quiet Ledger.epub",
    ["doc_props"] = {
        ["authors"] = "Oriel Castane\
Imre Dask",
        ["identifiers"] = "calibre:35\
uuid:9d6c4cee-5634-4790-af6e-d2c292f66a63\
9780465096992",
        ["language"] = "en",
        ["title"] = "The Quiet Ledger",
    },
    ["partial_md5_checksum"] = "c0ffee00c0ffee00c0ffee00c0ffee00",
    ["percent_finished"] = 0.22745098039216,
    ["summary"] = {
        ["modified"] = "2026-06-19",
        ["status"] = "reading",
    },
}
"""

OLD_SIDECAR = r"""-- we can read Lua syntax here!
return {
    ["highlight"] = {
        [56] = {
            [1] = {
                ["chapter"] = "One",
                ["datetime"] = "2020-01-05 10:00:00",
                ["drawer"] = "lighten",
                ["pos0"] = "/body/DocFragment[4]/body/div[4]/text()[298].42",
                ["pos1"] = "/body/DocFragment[4]/body/div[4]/text()[298].90",
                ["text"] = "burned the question"
            },
            [2] = {
                ["datetime"] = "2020-01-05 11:00:00",
                ["pos0"] = "/body/DocFragment[4]/body/div[5]/text().4",
                ["text"] = "no note was written"
            }
        },
        [12] = {
            [1] = {
                ["datetime"] = "2020-01-04 10:00:00",
                ["pos0"] = "/body/DocFragment[1]/body/div/text().4",
                ["text"] = "an earlier page"
            }
        }
    },
    ["bookmarks"] = {
        [1] = {
            ["datetime"] = "2020-01-05 11:00:00",
            ["highlighted"] = true,
            ["notes"] = "no note was written",
            ["page"] = "/body/DocFragment[4]/body/div[5]/text().4",
            ["text"] = "Seite 56 no note was written @ 2020-01-05 11:00:00"
        },
        [2] = {
            ["datetime"] = "2020-01-05 10:00:00",
            ["highlighted"] = true,
            ["notes"] = "burned the question",
            ["page"] = "/body/DocFragment[4]/body/div[4]/text()[298].42",
            ["text"] = "Is it fair?"
        },
        [3] = {
            ["datetime"] = "2020-01-06 10:00:00",
            ["notes"] = "in One",
            ["page"] = "/body/DocFragment[4]/body/div[9]/text().0"
        }
    },
    ["stats"] = { ["title"] = "The Quiet Ledger", ["authors"] = "Oriel Castane", ["highlights"] = 2 }
}
"""


LEDGER = digest_of_text("The Quiet Ledger")[:8]


def given_file(text: str) -> GivenFile:
    return GivenFile(text.encode(), "metadata.epub.lua")


def read(module: Any, text: str) -> list[ImportItem]:
    file = given_file(text)
    assert module.recognises(file)
    return [*module.read(file)]


def source_of(module: Any, text: str) -> ImportedSource:
    (source,) = (each for each in read(module, text) if isinstance(each, ImportedSource))
    return source


def test_a_sidecar_is_read_whole() -> None:
    source = source_of(sidecar, SIDECAR)
    assert (source.title, source.authors) == ("The Quiet Ledger", ("Oriel Castane", "Imre Dask"))
    assert (source.language, source.isbn, source.path) == ("en", "9780465096992", "")
    first, second = source.notes
    assert first == ImportedNote(
        quote="They have told us the answer and burned the question — all.",
        note='Is it "fair"?\n\nAsk her.',
        colour="yellow",
        created="2026-06-18T21:39:01.000Z",
        modified="2026-06-18T21:45:00.000Z",
        section="who keeps the count?",
        position="Page 42",
        key=f"{LEDGER} 2026-06-18 21:39:01",
        row=1,
    )
    # On a device without colours it is the style that tells passages apart.
    assert (second.quote, second.colour, second.page, second.position) == (
        "the town", "underscore", "xii", "",
    )  # fmt: skip
    (remark,) = (each for each in read(sidecar, SIDECAR) if isinstance(each, Remark))
    assert remark.message == "Left out: 1 bookmark."


def test_a_sidecar_of_an_older_version_is_read() -> None:
    source = source_of(sidecar, OLD_SIDECAR)
    assert (source.title, source.authors) == ("The Quiet Ledger", ("Oriel Castane",))
    assert [(each.quote, each.note, each.position, each.section) for each in source.notes] == [
        ("an earlier page", "", "Page 12", ""),
        ("burned the question", "Is it fair?", "Page 56", "One"),
        ("no note was written", "", "Page 56", ""),
    ]
    assert source.notes[1].created == "2020-01-05T10:00:00.000Z"
    assert source.notes[1].key == f"{LEDGER} 2020-01-05 10:00:00"


def test_bookmarks_of_the_same_second_are_all_read() -> None:
    def marked(text: str, note: str, more: str = "") -> str:
        time = "2020-01-05 10:00:00"
        return f'{{["datetime"] = "{time}", ["notes"] = "{text}", ["text"] = "{note}", {more}}},'

    passages = [f'{{["datetime"] = "2020-01-05 10:00:00", ["text"] = "{each}"}},' for each in "ab"]
    bookmarks = [marked("a", "on a"), marked("b", "on b"), marked("c", "on c"), marked("", "alone")]
    text = (
        f'return {{["highlight"] = {{[1] = {{{"".join(passages)}}}}},'
        f'["bookmarks"] = {{{"".join(bookmarks)}}}}}'
    )
    notes = source_of(sidecar, text).notes
    assert [(each.quote, each.note) for each in notes] == [
        ("a", "on a"), ("b", "on b"), ("", "on c"), ("", "alone"),
    ]  # fmt: skip


def test_an_edited_note_stays_the_same_note() -> None:
    edited = SIDECAR.replace("Ask her.", "Ask him.").replace("21:45:00", "22:00:00")
    longer = edited.replace("text().40", "text().60").replace("— all.", "— all of it.")
    before, after = source_of(sidecar, SIDECAR), source_of(sidecar, longer)
    assert [each.key for each in before.notes] == [each.key for each in after.notes]
    assert after.notes[0].note != before.notes[0].note
    assert after.notes[0].modified == "2026-06-18T22:00:00.000Z"


def test_passages_of_the_same_second_have_keys_of_their_own() -> None:
    source = source_of(sidecar, SIDECAR.replace("2026-06-19 08:00:00", "2026-06-18 21:39:01"))
    assert [each.key for each in source.notes] == [
        f"{LEDGER} 2026-06-18 21:39:01", f"{LEDGER} 2026-06-18 21:39:01 2",
    ]  # fmt: skip


def test_a_pdf_has_pages() -> None:
    text = """return { ["annotations"] = { { ["datetime"] = "2026-06-18 21:39:01", ["drawer"] = "invert",
      ["page"] = 7, ["pageno"] = 7, ["pos0"] = { ["page"] = 7, ["x"] = 92.5, ["y"] = 1e2 },
      ["pboxes"] = { { ["h"] = 12, ["w"] = 3.5 } }, ["text"] = "a line" },
      { ["datetime"] = "2026-06-18 21:40:00", ["drawer"] = "lighten", ["page"] = 8, ["text"] = "",
        ["note"] = "On a picture." },
      { ["datetime"] = "2026-06-18 21:41:00", ["drawer"] = "lighten", ["page"] = 8, ["text"] = "" } },
      ["doc_path"] = "/books/tides.pdf" }"""
    source = source_of(sidecar, text)
    assert source.title == "tides"
    assert Remark("Left out: 1 marked picture.") in read(sidecar, text)
    assert [(each.quote, each.note, each.page, each.position) for each in source.notes] == [
        ("a line", "", "7", ""), ("", "On a picture.", "8", ""),
    ]  # fmt: skip


def test_a_bookmark_with_a_note_is_a_note() -> None:
    text = SIDECAR.replace('["text"] = "in who', '["note"] = "Begin here.", ["text"] = "in who')
    note = source_of(sidecar, text).notes[1]
    assert (note.quote, note.note, note.colour) == ("", "Begin here.", "")


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("return {}", {}),
        ("{}", {}),
        ("-- a\n--[[ b\n ]] return { 1, 'two', [5] = 3.5; nil, }", {1: 1, 2: "two", 5: 3.5, 3: None}),
        ('{ ["a"] = true, b = false, ["c"]={{}} }', {"a": True, "b": False, "c": {1: {}}}),
        (r'{ "a\"b\\c\n\t\65\x42\u{43}\z   d" }', {1: 'a"b\\c\n\tABCd'}),
        ('{ "a\\\nb", \'c\\\r\nd\' }', {1: "a\nb", 2: "c\nd"}),
        (r'{ "M\195\164rz", "\92n", "\128" }', {1: "März", 2: "\\n", 3: "\ufffd"}),
        ("{ [[long]], [==[\na]]b]==] }", {1: "long", 2: "a]]b"}),
        ("{ -1, 1e3, 0x10, .5, 1., -inf, math.huge, nan }",
         {1: -1, 2: 1000.0, 3: 16, 4: 0.5, 5: 1.0, 6: None, 7: None, 8: None}),
        ("{ [-1] = 1, [1.5] = 2, [true] = 3 }", {-1: 1, 1.5: 2, True: 3}),
        ("{ [[key]] }", {1: "key"}),
        ("{ 1 } trailing", {1: 1}),
    ],
)  # fmt: skip
def test_lua_data_is_parsed(text: str, table: dict[Any, Any]) -> None:
    assert lua_data.parse(text) == table


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "in line 1, no table begins here"),
        ("return 5", "in line 1, no table begins here"),
        ("return {\n", "in line 2, the table does not end"),
        ("return {\n1 2 }", "in line 2, a comma is missing"),
        ('{ "a\n" }', "in line 1, the text does not end on its line"),
        ("{ [[a ", "in line 1, the long brackets do not end"),
        ("{ os.execute('ls') }", "in line 1, this is no data"),
        ("{ = 1 }", "in line 1, “=” is not expected here"),
        ("{ ]] }", "in line 1, “]” is not expected here"),
        ("{" * 200 + "}" * 200, "in line 1, tables are nested too deeply"),
    ],
)
def test_what_is_no_data_is_named_with_its_line(text: str, message: str) -> None:
    with pytest.raises(lua_data.LuaDataError) as error:
        lua_data.parse(text)
    assert str(error.value) == message


def test_a_huge_number_is_no_error() -> None:
    assert lua_data.parse("{ " + "9" * 5000 + " }") == {1: float("inf")}


def test_a_damaged_sidecar_is_named() -> None:
    with pytest.raises(SourceError) as error:
        read(sidecar, SIDECAR[: len(SIDECAR) // 2])
    assert "metadata.epub.lua is not a file of KOReader: in line " in error.value.message


ENTRIES = [
    {"chapter": "One", "color": "yellow", "drawer": "lighten", "note": "Is it fair?", "page": 12,
     "pn_xp": "/body/DocFragment[3]/body/p/text().0", "sort": "highlight", "text": "They burned it.",
     "time": 1781818741},
    {"drawer": "strikeout", "page": 13, "sort": "highlight", "text": "Gone.", "time": 1781818800},
    {"page": 14, "sort": "bookmark", "text": "in One", "time": 1781818900},
]  # fmt: skip
BOOK = {"title": "The Quiet Ledger", "author": "Oriel Castane\nImre Dask", "entries": ENTRIES,
        "file": "/mnt/onboard/books/The Quiet Ledger.epub", "number_of_pages": 120}  # fmt: skip
JSON_OF_ONE = json.dumps({**BOOK, "created_on": 1781900000, "version": "json/1.0.0"})
JSON_OF_ALL = json.dumps(
    {"created_on": 1781900000, "version": "json/1.0.0",
     "documents": [BOOK, {**BOOK, "title": "Tides", "file": "/books/tides.pdf"}]}
)  # fmt: skip


def test_the_json_of_one_book_is_read() -> None:
    source = source_of(json_export, JSON_OF_ONE)
    assert (source.title, source.authors) == ("The Quiet Ledger", ("Oriel Castane", "Imre Dask"))
    assert source.notes == (
        ImportedNote(
            quote="They burned it.", note="Is it fair?", colour="yellow", section="One",
            created="2026-06-18T21:39:01.000Z", position="Page 12", key=f"{LEDGER} 1781818741", row=1,
        ),
        ImportedNote(
            quote="Gone.", colour="strikeout", created="2026-06-18T21:40:00.000Z",
            position="Page 13", key=f"{LEDGER} 1781818800", row=2,
        ),
    )  # fmt: skip


def test_the_json_of_all_books_is_read() -> None:
    items = read(json_export, JSON_OF_ALL)
    sources = [each for each in items if isinstance(each, ImportedSource)]
    assert [each.title for each in sources] == ["The Quiet Ledger", "Tides"]
    assert [each.page for each in sources[1].notes] == ["12", "13"]
    assert not {each.key for each in sources[0].notes} & {each.key for each in sources[1].notes}
    assert items[-1] == Remark("Left out: 2 bookmarks.")


MARKDOWN = """# The Quiet Ledger
##### Oriel Castane, Imre Dask

## who keeps the count?
### Page 12 @ 18 June 2026 09:39:01 PM
*They have told us the answer
and burned the question.*

---
Is it fair?
## not a heading

### Page 13 @ 18 June 2026 09:40:00 PM
~~Gone.~~
## what the town does next
### Page 50 @ 19 June 2026 08:00:00 AM
# plain, and no title

[View in book](<file:///books/The Quiet Ledger.epub?pos=/body/p>)

# Tides
##### N/A

### Page 3 @ 19 June 2026 08:10:00 AM
++Ebb.++


_Generated at: 2026-06-20 10:00:00_
"""


def test_the_markdown_is_read() -> None:
    ledger, tides = (
        each for each in read(markdown_export, MARKDOWN) if isinstance(each, ImportedSource)
    )
    assert (ledger.title, ledger.authors) == ("The Quiet Ledger", ("Oriel Castane", "Imre Dask"))
    assert [(each.quote, each.note, each.colour, each.section) for each in ledger.notes] == [
        ("They have told us the answer\nand burned the question.",
         "Is it fair?\n## not a heading", "", "who keeps the count?"),
        ("Gone.", "", "strikeout", "who keeps the count?"),
        ("# plain, and no title", "", "", "what the town does next"),
    ]  # fmt: skip
    assert ledger.notes[0].created == "2026-06-18T21:39:01.000Z"
    assert ledger.notes[0].position == "Page 12"
    assert (tides.title, tides.authors) == ("Tides", ())
    assert [(each.quote, each.colour) for each in tides.notes] == [("Ebb.", "underscore")]


TEXT = """\u3000The Quiet Ledger
\u3000
\u3000who keeps the count?
\u3000
\u3000\u3000-- Page: 12, added on Thu Jun 18 21:39:01 2026
They have told us the answer
\u3000and burned the question.
---
Is it fair?
-=-=-=-=-=-
\u3000\u3000-- Page: 13, added on Thu Jun 18 21:40:00 2026
Gone.
-=-=-=-=-=-
\u3000\u3000-- Page: 14, added on Thu Jun 18 21:41:00 2026
<An image>
-=-=-=-=-=-

\u3000Tides
\u3000
\u3000\u3000-- Seite: 3, hinzugefügt am Fri Jun 19 08:10:00 2026
Ebb.
-=-=-=-=-=-

"""


def test_the_text_is_read() -> None:
    ledger, tides = (
        each for each in read(text_export, TEXT + TEXT) if isinstance(each, ImportedSource)
    )
    assert (ledger.title, tides.title) == ("The Quiet Ledger", "Tides")
    assert [(each.quote, each.note, each.section, each.position) for each in ledger.notes] == [
        ("They have told us the answer\n\u3000and burned the question.", "Is it fair?",
         "who keeps the count?", "Page 12"),
        ("Gone.", "", "", "Page 13"),
    ]  # fmt: skip
    assert ledger.notes[0].created == "2026-06-18T21:39:01.000Z"
    assert [each.quote for each in tides.notes] == ["Ebb."]


def test_what_is_left_out_of_the_text_is_told() -> None:
    text = TEXT.replace("\u3000\u3000-- Page: 13, added", "Page 13 added") + "\u3000\u3000-- Page"
    found = read(text_export, text)
    assert [each for each in found if not isinstance(each, ImportedSource)] == [
        BadRow(11, "it does not say where the passage stands"),
        BadRow(23, "it does not say where the passage stands"),
        Remark("Left out: 1 marked picture."),
    ]
    cut = read(text_export, TEXT.rstrip().removesuffix("-=-=-=-=-=-"))
    assert cut[:2] == read(text_export, TEXT)[:2]


def entry(text: str, note: str = "", *, day: str = "06/18/26", page: str = "12") -> str:
    """Return a passage as KOReader's template sets it."""
    below = (
        '<div style="font-size:11pt; margin-top:0.2em; margin-left:2em;">\n'
        f'  <span style="color:#888888">{note}</span>\n</div>\n'
    )
    return (
        '<div style="padding-top:0.5em; padding-bottom:0.5em; border-top:1px dotted lightgray;">\n'
        '<div style="font-size:10pt; margin-bottom:0.2em; color:darkgray">\n'
        '<div style="display:inline-block; width:0.2em; background-color:#ff0000;"></div>\n'
        f'<span>{day}</span><span style="float:right"><b>count: who?</b>:  {page}</span>\n</div>\n'
        f'<div style="font-size:12pt">\n<span>{text}</span>\n</div>\n{below if note else ""}</div>\n'
    )


CHAPTER = (
    '<div style="font-size:14pt; font-weight:bold; text-align:center; margin:0.5em;">'
    "<span>who keeps the count?</span></div>\n"
)
HTML = (
    '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
    '  <meta charset="utf-8"/>\n  <title>All Books</title>\n</head>\n<body>\n'
    '<div style="width:90%; max-width:600px; margin:0 auto; font-family:Georgia, serif">\n'
    '<h2 style="font-size:18pt; text-align:right;">The Quiet Ledger &amp; more</h2>\n'
    '<h5 style="font-size:12pt; text-align:right; color:gray;">Oriel Castane\nImre Dask</h5>\n'
    + CHAPTER
    + entry("They told us<br/>the &lt;answer&gt;.", "Is it fair?<br/>Ask her.")
    + entry("Gone.", page="xii")
    + entry("")
    + '<h2 style="font-size:18pt; text-align:right;">Tides</h2>\n'
    '<h5 style="font-size:12pt; text-align:right; color:gray;">Ana Lind, Bo Berg</h5>\n'
    + entry("Ebb.", day="18.06.2026")
    + "</div>\n</body>\n</html>\n"
)


@pytest.mark.parametrize("form", [HTML, HTML.replace("pt; ", "pt;").replace(":1", ": 1")])
def test_the_page_is_read(form: str) -> None:
    assert html_export.recognises(given_file(form))
    items = read(html_export, form)
    ledger, tides = (each for each in items if isinstance(each, ImportedSource))
    assert (ledger.title, ledger.authors) == (
        "The Quiet Ledger & more",
        ("Oriel Castane", "Imre Dask"),
    )
    assert [(each.quote, each.note, each.section, each.position) for each in ledger.notes] == [
        ("They told us\nthe <answer>.", "Is it fair?\nAsk her.", "who keeps the count?", "Page 12"),
        ("Gone.", "", "who keeps the count?", "Page xii"),
    ]
    assert ledger.notes[0].created == "2026-06-18T00:00:00.000Z"
    assert (tides.title, tides.authors) == ("Tides", ("Ana Lind", "Bo Berg"))
    assert [(each.quote, each.section, each.created) for each in tides.notes] == [
        ("Ebb.", "", "18.06.2026")
    ]
    assert [each.message for each in items if isinstance(each, Remark)] == [
        "Left out: 1 marked picture."
    ]


@pytest.mark.parametrize("text", [SIDECAR, OLD_SIDECAR, MARKDOWN, TEXT, HTML])
def test_ends_of_lines_do_not_matter(text: str) -> None:
    modules: dict[str, Any] = {MARKDOWN: markdown_export, TEXT: text_export, HTML: html_export}
    module = modules.get(text, sidecar)
    lf, crlf = source_items(module, text), source_items(module, text.replace("\n", "\r\n"))
    assert lf == crlf
    assert source_items(module, "\ufeff" + text) == lf


def source_items(module: Any, text: str) -> list[ImportItem]:
    return [each for each in read(module, text) if isinstance(each, ImportedSource)]


@pytest.mark.parametrize(
    "text",
    ["", "return {}", "return { ['a'] = 1 }", "{}", '{"entries": []}', '{"documents": 5}',
     '{"entries": [{"text": "x"}]}', "# Title\n##### Author\n", "### Page 12\n", "[]"],
)  # fmt: skip
def test_other_files_are_not_koreaders(text: str) -> None:
    for module in (sidecar, json_export, markdown_export, html_export, text_export):
        assert not module.recognises(given_file(text))


@given(
    st.sampled_from([SIDECAR, OLD_SIDECAR, JSON_OF_ONE, JSON_OF_ALL, MARKDOWN, TEXT, HTML]),
    st.integers(0, 3000), st.binary(max_size=12), st.integers(0, 200),
)  # fmt: skip
def test_a_damaged_file_gives_notes_or_a_sentence(
    text: str, place: int, piece: bytes, cut: int
) -> None:
    data = text.encode()
    file = GivenFile(data[:place] + piece + data[place + cut :], "x")
    for module in (sidecar, json_export, markdown_export, html_export, text_export):
        module.recognises(file)
        try:
            [*module.read(file)]
        except SourceError:
            assert module is sidecar


@given(st.text(st.sampled_from('{}[]=,"\\-\n 1aé.x'), max_size=60))
def test_any_text_is_data_or_an_error(text: str) -> None:
    try:
        lua_data.parse(text)
    except lua_data.LuaDataError:
        return


@given(st.recursive(
    st.none() | st.integers() | st.text() | st.lists(st.integers(), max_size=2),
    lambda each: st.dictionaries(st.text(max_size=3), each, max_size=3), max_leaves=12,
))  # fmt: skip
def test_any_json_gives_notes_or_none(value: Any) -> None:
    for each in (value, {"documents": [value]}, {"entries": [value, {"sort": "x", "text": value}]}):
        file = given_file(json.dumps(each))
        json_export.recognises(file)
        [*json_export.read(file)]
