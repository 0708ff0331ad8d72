"""Annotations of Hypothesis in each form that its API, its client and Margin write."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation, Article, Place, Selector
from reader.core.document import Metadata
from reader.exports import ExportedArticle
from reader.imports.model import BadRow
from tests.exports.rendering import render
from tests.imports.reading import damaged, read, read_or_refuse

URL = "https://harbour.example/ledger"
EXACT = {
    "type": "TextQuoteSelector",
    "exact": "the tide keeps no books",
    "prefix": "said ",
    "suffix": ", and",
}
RANGE = {
    "type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]",
    "startOffset": 3, "endOffset": 26,
}  # fmt: skip
POSITION = {"type": "TextPositionSelector", "start": 1204, "end": 1227}


def row(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"aBcDeFgHiJkLmNoPqRst{number:02}",
        "created": "2026-01-02T10:11:12.123456+00:00",
        "updated": "2026-01-03T10:11:12.123456+00:00",
        "user": "acct:tamsin@hypothes.is",
        "uri": URL,
        "text": "",
        "tags": [],
        "group": "__world__",
        "permissions": {"read": ["group:__world__"], "update": ["acct:tamsin@hypothes.is"]},
        "target": [{"source": URL, "selector": [RANGE, POSITION, EXACT]}],
        "document": {"title": ["The Quiet Ledger"]},
        "links": {"html": "https://hypothes.is/a/x"},
        "hidden": False,
        "flagged": False,
        **fields,
    }  # fmt: skip


def answer(*rows: Any, **fields: Any) -> str:
    return json.dumps({"total": len(rows), "rows": rows, **fields})


FULL = row(1, text="Is it *so*?", tags=["Sea", "law"])
REPLY = row(
    2, text="It is.", user="acct:oriel@hypothes.is", references=[FULL["id"]],
    target=[{"source": URL}], created="2026-01-04T10:00:00+00:00",
    updated="2026-01-05T10:00:00+00:00", tags=["seen"],
)  # fmt: skip


def test_an_answer_of_the_api_is_read_whole() -> None:
    found = read(answer(FULL))
    assert (found.kind, found.bad_rows) == ("hypothesis", [])
    (source,) = found.sources
    assert (source.url, source.title) == (URL, "The Quiet Ledger")
    (note,) = source.notes
    assert (note.quote, note.prefix, note.suffix) == ("the tide keeps no books", "said ", ", and")
    assert (note.note, note.tags, note.key) == ("Is it *so*?", ("Sea", "law"), FULL["id"])
    assert note.created == "2026-01-02T10:11:12.123Z"
    assert note.modified == "2026-01-03T10:11:12.123Z"
    assert (note.start, note.row) == (None, 1)  # an offset in all text of the page tells nothing


@pytest.mark.parametrize(
    "form",
    [
        answer(FULL),
        json.dumps([FULL]),
        json.dumps(FULL),
        json.dumps({"export_date": "2026-01-09", "export_userid": "acct:tamsin@hypothes.is",
                    "client_version": "1.1500.0", "annotations": [FULL]}),
        json.dumps(FULL) + "\n" + json.dumps(row(3)) + "\n",
        "\ufeff" + answer(FULL),
        json.dumps([FULL], indent=2).replace("\n", "\r\n"),
    ],
)  # fmt: skip
def test_every_form_of_its_json_is_recognised(form: str) -> None:
    found = read(form)
    assert found.kind == "hypothesis"
    assert found.notes[0].note == "Is it *so*?"
    assert read(form.encode("utf-16")).notes == found.notes


def test_a_reply_is_a_part_of_the_note_that_it_answers() -> None:
    nested = row(
        3, text="- one\n- two", references=[FULL["id"], REPLY["id"]], target=[{"source": URL}],
        created="2026-01-06T00:00:00+00:00",
    )  # fmt: skip
    for rows in ([FULL, REPLY, nested], [nested, REPLY, FULL]):
        (note,) = read(answer(*rows, export_userid="acct:tamsin@hypothes.is")).notes
        assert note.key == FULL["id"]
        assert note.note == (
            "Is it *so*?\n\n**Reply by oriel, 2026-01-04**\n\nIt is.\n\n"
            "**Reply by tamsin to oriel, 2026-01-06**\n\n- one\n- two"
        )
        assert set(note.tags) == {"Sea", "law", "seen"}
        assert note.modified == "2026-01-05T10:00:00.000Z"
    found = read(json.dumps({"total": 1, "rows": [FULL], "replies": [REPLY]}))
    assert len(found.notes) == 1


def test_a_reply_without_its_note_is_kept_with_its_author() -> None:
    (note,) = read(answer(REPLY)).notes
    assert (note.quote, note.note) == ("", "**Reply by oriel, 2026-01-04**\n\nIt is.")


def test_replies_in_a_circle_are_kept() -> None:
    first = row(1, text="a", references=[row(2)["id"]])
    second = row(2, text="b", references=[row(1)["id"]])
    assert {"a", "b"} <= set(
        "\n".join(each.note for each in read(answer(first, second)).notes).split()
    )


def test_what_others_wrote_has_their_names() -> None:
    others = row(
        2, user="acct:oriel@hypothes.is", text="Hm.", user_info={"display_name": "Oriel *C*"}
    )
    mark = row(3, user="acct:imre@hypothes.is")
    export = {"export_userid": "acct:tamsin@hypothes.is", "annotations": [FULL, others, mark]}
    assert [each.note for each in read(json.dumps(export)).notes] == [
        "Is it *so*?", "**Oriel C**\n\nHm.", "**imre**",
    ]  # fmt: skip
    named = {**FULL, "user_info": {"display_name": "Tamsin K"}}
    assert (
        read(json.dumps({**export, "annotations": [others, named]})).notes[1].note == "Is it *so*?"
    )
    private = row(4, text="Mine.", permissions={"read": ["acct:tamsin@hypothes.is"]})
    assert [each.note for each in read(answer(FULL, others, private)).notes] == [
        "Is it *so*?", "**Oriel C**\n\nHm.", "Mine.",
    ]  # fmt: skip
    assert read(answer(others)).notes[0].note == "Hm."  # the only author is the owner
    assert read(answer(FULL, REPLY)).notes[0].note.startswith("Is it *so*?")  # replies aside


def test_a_group_and_hidden_become_tags_and_what_was_deleted_is_left_out() -> None:
    private = {"read": ["acct:tamsin@hypothes.is"]}
    rows = [
        row(1, group="k7Zp", permissions=private),
        row(2, hidden=True),
        row(3, deleted=True),
        row(4, permissions=private),
    ]
    assert [each.tags for each in read(answer(*rows)).notes] == [("group: k7Zp",), ("hidden",), ()]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ([], {"quote": ""}),
        ([{"source": URL}], {"quote": ""}),
        ([{"source": URL, "selector": None}], {"quote": ""}),
        ([{"selector": [EXACT, {"type": "PageSelector", "index": 22, "label": "xi"}]}], {"page": "xi"}),
        ([{"selector": [{"type": "EPUBContentSelector", "url": "/c1", "title": "One"}, EXACT]}], {"section": "One"}),
        ([{"selector": [{"type": "MediaTimeSelector", "start": 3723.5, "end": 3730}]}], {"position": "1:02:03"}),
        ([{"selector": [{"type": "ShapeSelector", "shape": {}, "text": "in a box"}]}], {"quote": "in a box"}),
        ([{"description": "a map", "selector": [{"type": "ShapeSelector"}]}], {"position": "a map"}),
        ([{"selector": [{"type": "TextQuoteSelector", "exact": 5}]}], {"quote": ""}),
        ({"selector": EXACT}, {"quote": "the tide keeps no books"}),
    ],
)  # fmt: skip
def test_every_selector_is_read(target: Any, expected: dict[str, str]) -> None:
    (note,) = read(answer(row(1, target=target))).notes
    assert {name: getattr(note, name) for name in expected} == expected


def test_the_rows_of_its_forerunner_annotator_are_read() -> None:
    old = {
        "id": "a1", "uri": URL, "annotator_schema_version": "v1.0", "quote": "no books", "text": "Is it?", "tags": ["sea"],
        "ranges": [{"start": "/p[1]", "end": "/p[1]", "startOffset": 0, "endOffset": 8}],
        "created": "2012-01-02T10:11:12.123456", "updated": "2012-01-02T10:11:12.123456",
    }  # fmt: skip
    (note,) = read(answer(old)).notes
    assert (note.quote, note.note, note.tags, note.key) == ("no books", "Is it?", ("sea",), "a1")


@pytest.mark.parametrize(
    ("uri", "url", "path"),
    [
        ("https://via.hypothes.is/https://a.example/x", "https://a.example/x", ""),
        ("file:///home/tamsin/The%20Ledger.pdf", "", "/home/tamsin/The Ledger.pdf"),
        ("urn:x-pdf:0123456789abcdef", "urn:x-pdf:0123456789abcdef", ""),
        ("HTTPS://A.example/x#frag", "HTTPS://A.example/x#frag", ""),
        ("", "", ""),
    ],
)
def test_a_source_has_its_address_or_its_path(uri: str, url: str, path: str) -> None:
    (source,) = read(answer(row(1, uri=uri))).sources
    assert (source.url, source.path) == (url, path)


def test_the_status_of_something_else_stays_a_tag() -> None:
    (note,) = read(answer(row(1, tags=["status: to do", "status: refuted"]))).notes
    assert (note.tags, note.status) == (("status: to do",), "refuted")


def test_sources_are_parted_and_a_bad_row_does_not_stop_the_rest() -> None:
    other = row(2, uri="https://b.example/", document={"title": "Bridges"})
    untitled = row(3, uri="https://c.example/", document={})
    found = read(answer(row(1), other, "broken", untitled, row(4)))
    assert [(each.title, len(each.notes)) for each in found.sources] == [
        ("The Quiet Ledger", 2), ("Bridges", 1), ("", 1),
    ]  # fmt: skip
    assert found.bad_rows == [BadRow(3, "it is not an annotation of Hypothesis", is_entry=True)]


LEDGER = Article("01JD0000000000000000000A01", "/home/ana/ledger.txt", Metadata("The Ledger"))
MARK = Annotation(
    "01JD0000000000000000000B01", Selector("it was so", "before ", " after"), Place(7, 16),
    ("claim", "harbour"), "2026-11-22T12:00:00.000Z", "2026-11-23T12:00:00.000Z",
    "Was *it*?", "Imre Dask", "disputed",
)  # fmt: skip


def test_margins_own_comes_back_whole() -> None:
    page = replace(LEDGER, source="https://x.example/a")
    written = render(
        [ExportedArticle(LEDGER, (MARK,), None)], exported="", format_name="hypothesis"
    )
    (source,) = read(written).sources
    (note,) = source.notes
    assert (source.article, source.title, source.url) == (LEDGER.id, "The Ledger", "")
    assert (note.key, note.quote, note.note) == (MARK.id, "it was so", "Was *it*?")
    assert (note.tags, note.speaker, note.status) == (("claim", "harbour"), "Imre Dask", "disputed")
    assert (note.start, note.created, note.modified) == (7, MARK.created, MARK.modified)
    written = render([ExportedArticle(page, (MARK,), None)], exported="", format_name="hypothesis")
    rows = json.loads(written)["rows"]
    del rows[0]["margin"]  # as Hypothesis gives it back
    rows[0] |= {"user": "acct:tamsin@hypothes.is", "id": "aBcDeFgHiJkLmNoPqRst01"}
    (source,) = read(json.dumps(rows)).sources
    (note,) = source.notes
    assert (source.article, source.url, note.start) == ("", "https://x.example/a", None)
    assert (note.tags, note.speaker, note.status) == (("claim", "harbour"), "Imre Dask", "disputed")


CSV = """Created at,Author,Page,URL,Group,Type,Quote/description,Comment,Tags
2026-01-02 10:11,tamsin,23,https://harbour.example/ledger,Public,Annotation,"the ""tide"", it keeps",Is it *so*?,"Sea,law"
2026-01-02 10:12,tamsin,,https://harbour.example/ledger,Harbour desk,Highlight,no books,,
2026-01-02 10:13,oriel,,https://harbour.example/ledger,Public,Reply,,"It is.

And more.",
2026-01-02 10:14,tamsin,,https://harbour.example/ledger,Public,Page note,,On all of it,
"""

TEXT = """2026-01-09 12:00
The Quiet Ledger
https://harbour.example/ledger
Group: Harbour desk
Total users: 2
Users: tamsin, oriel
Total annotations: 4
Total replies: 1

Annotation 1:
Created at: 2026-01-02 10:11
Author: tamsin
Page: 23
Type: Annotation
Quote: "the "tide"
Type: it keeps"
Comment: Is it *so*?

Annotation 7: is not one.
Tags: Sea, law

Annotation 2:
Created at: 2026-01-02 10:12
Author: tamsin
Type: Highlight
Quote: "no books"
Comment:

Annotation 3:
Created at: 2026-01-02 10:13
Author: oriel
Type: Reply
Comment: It is.

Annotation 4:
Created at: 2026-01-02 10:14
Author: tamsin
Type: Annotation
Description: A map
Comment: On the map"""

HTML = """<html lang="en">
  <head>
    <title>
      Annotations on &quot;The Quiet &amp; the Ledger&quot;
    </title>
    <meta charset="UTF-8" />
  </head>
  <body>
    <section>
      <h1>Summary</h1>
      <p><time datetime="2026-01-09T12:00:00.000Z">2026-01-09 12:00</time></p>
      <p><strong>The Quiet &amp; the Ledger</strong></p>
      <p><a href="https://harbour.example/ledger" target="_blank">https://harbour.example/ledger</a></p>
      <table><tbody style="vertical-align:top;">
        <tr><td>Group:</td><td>Public</td></tr>
        <tr><td>Total annotations:</td><td>2</td></tr>
      </tbody></table>
    </section>
    <hr />
    <section>
      <h1>Annotations</h1>
      <article>
        <h2>Annotation 1:</h2>
        <table><tbody style="vertical-align:top;">
          <tr><td>Created at:</td><td><time datetime="2026-01-02T10:11:12.123Z">2026-01-02 10:11</time></td></tr>
          <tr><td>Author:</td><td>tamsin</td></tr>
          <tr><td>Page:</td><td>23</td></tr>
          <tr><td>Type:</td><td>Annotation</td></tr>
          <tr><td>Quote:</td><td><blockquote style="margin:0px;">the &lt;tide> keeps</blockquote></td></tr>
          <tr><td>Comment:</td><td>
            <p>Is <strong>it</strong> so?</p>
            <ol>
            <li>One</li>
            <li>Two, <a href="https://a.example">there</a></li>
            </ol>
          </td></tr>
          <tr><td>Tags:</td><td>Sea, law</td></tr>
        </tbody></table>
      </article>
      <article>
        <h2>Annotation 2:</h2>
        <table><tbody>
          <tr><td>Created at:</td><td><time datetime="2026-01-03T10:11:12.123Z">2026-01-03 10:11</time></td></tr>
          <tr><td>Author:</td><td>oriel</td></tr>
          <tr><td>Type:</td><td>Reply</td></tr>
          <tr><td>Comment:</td><td>It is.</td></tr>
        </tbody></table>
      </article>
    </section>
  </body>
</html>"""


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_table_of_the_client_is_read(separator: str) -> None:
    text = CSV
    if separator != ",":
        out = io.StringIO()
        csv.writer(out, delimiter=separator).writerows(csv.reader(io.StringIO(CSV)))
        text = out.getvalue()
    found = read(text)
    assert (found.kind, len(found.sources)) == ("hypothesis", 1)
    first, mark, reply, on_page = found.notes
    assert found.sources[0].url == URL
    assert (first.quote, first.page, first.tags, first.row) == (
        'the "tide", it keeps', "23", ("Sea", "law"), 2,
    )  # fmt: skip
    assert first.note.endswith("Is it *so*?")
    assert (mark.quote, mark.tags) == ("no books", ("group: Harbour desk",))
    assert reply.note.startswith("**Reply by oriel, 2026-01-0")
    assert reply.note.endswith("\n\nIt is.\n\nAnd more.")
    assert (on_page.quote, on_page.row) == ("", 7)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_plain_text_of_the_client_is_read(newline: str) -> None:
    found = read(TEXT.replace("\n", newline))
    (source,) = found.sources
    assert (found.kind, source.url, source.title) == ("hypothesis", URL, "The Quiet Ledger")
    first, mark, reply, on_map = source.notes
    assert (first.quote, first.page) == ('the "tide"\nType: it keeps', "23")
    assert first.note.endswith("Is it *so*?\n\nAnnotation 7: is not one.")
    assert first.tags == ("Sea", "law", "group: Harbour desk")
    assert (mark.quote, mark.note.replace("**tamsin**", "")) == ("no books", "")
    assert reply.note.endswith("\n\nIt is.")
    assert (on_map.position, on_map.row) == ("A map", 35)


def test_the_html_of_the_client_is_read() -> None:
    found = read(HTML)
    (source,) = found.sources
    assert (found.kind, source.url, source.title) == ("hypothesis", URL, "The Quiet & the Ledger")
    first, reply = source.notes
    assert (first.quote, first.page, first.created) == (
        "the <tide> keeps", "23", "2026-01-02T10:11:12.123Z",
    )  # fmt: skip
    assert first.tags == ("Sea", "law")
    assert first.note.endswith("Is **it** so?\n\n- One\n- Two, [there](https://a.example)")
    assert reply.note == "**Reply by oriel, 2026-01-03**\n\nIt is."


FACET = '''"level","created","updated","url","user","id","group","tags","quote","text","relay link","direct link"
"0","2026-01-02T10:11:12","2026-01-03T10:11:12","https://harbour.example/ledger","tamsin","a1","__world__","Sea, law","no ""books""","Is it *so*?","https://hyp.is/a1","x"
"1","2026-01-04T00:00:00","2026-01-05T00:00:00","https://harbour.example/ledger","oriel","a2","__world__",,,"It is.","https://hyp.is/a2","x"
"2","2026-01-06T00:00:00","2026-01-06T00:00:00","https://harbour.example/ledger","imre","a3","__world__",,,"Is it?","https://hyp.is/a3","x"
"0","2026-01-02T10:11:12","2026-01-02T10:11:12","https://harbour.example/ledger","tamsin","a4","k7Zp",,"other",,"https://hyp.is/a4","x"
'''

FACET_JSON = json.dumps(
    [
        {"id": "a1", "url": URL, "created": "2026-01-02T10:11:12", "updated": "2026-01-03T10:11:12",
         "title": "The Quiet Ledger", "refs": [], "isReply": False, "isPagenote": False, "user": "tamsin",
         "displayName": None, "text": "Is it &lt 5?", "prefix": "keeps ", "exact": "no books", "suffix": ".",
         "start": 5, "end": 13, "tags": ["Sea"], "group": "__world__"},
        {"id": "a2", "url": URL, "created": "2026-01-04T00:00:00", "updated": "2026-01-05T00:00:00",
         "title": "The Quiet Ledger", "refs": ["a1"], "isReply": True, "user": "oriel", "text": "It is.",
         "prefix": "", "exact": "", "suffix": "", "tags": [], "group": "__world__"},
    ]
)  # fmt: skip


def test_the_table_of_facet_is_read_with_its_replies() -> None:
    found = read(FACET)
    assert found.kind == "hypothesis"
    first, other = found.notes
    assert (first.key, first.quote, first.tags) == ("a1", 'no "books"', ("Sea", "law"))
    assert first.note.endswith(
        "Is it *so*?\n\n**Reply by oriel, 2026-01-04**\n\nIt is.\n\n"
        "**Reply by imre to oriel, 2026-01-06**\n\nIs it?"
    )
    assert (other.quote, other.tags) == ("other", ("group: k7Zp",))


@pytest.mark.parametrize("text", [TEXT, HTML])
def test_a_date_of_the_client_that_cannot_be_read_is_kept_to_be_told(text: str) -> None:
    date = read(text).notes[0].created
    assert date
    changed = re.sub(r"(Created at: |datetime=\")[^\n\"<]+", r"\1one day", text)
    assert {each.created for each in read(changed).notes} == {"one day"}


def test_a_date_of_the_table_that_cannot_be_read_is_told_once() -> None:
    found = read(re.sub(r"\n[^,\n]+,", "\none day,", CSV))
    assert {each.created for each in found.notes} == {""}
    assert found.bad_rows[0].message == "its date cannot be read, and is left out: one day"


def test_a_date_of_facet_that_cannot_be_read_is_told() -> None:
    date = next(re.finditer(r"\d{4}-\d\d-\d\d[^\"]*", FACET))[0]
    found = read(FACET.replace(date, "yesterday", 1))
    assert [each.message for each in found.bad_rows] == [
        "its date cannot be read, and is left out: yesterday"
    ]
    assert len(found.notes) == len(read(FACET).notes)


def test_the_json_of_facet_is_read_with_its_replies() -> None:
    found = read(FACET_JSON)
    (source,) = found.sources
    assert (found.kind, source.title, source.url) == ("hypothesis", "The Quiet Ledger", URL)
    (note,) = source.notes
    assert (note.quote, note.prefix, note.suffix) == ("no books", "keeps ", ".")
    assert note.note.endswith("Is it < 5?\n\n**Reply by oriel, 2026-01-04**\n\nIt is.")


@pytest.mark.parametrize(
    "form", [{"total": 0, "rows": []}, {"export_userid": "", "annotations": []}]
)
def test_a_file_without_annotations_is_known(form: Any) -> None:
    assert read(json.dumps(form)) == ("hypothesis", [], [], [])


SAMPLES = [each.encode() for each in (answer(FULL, REPLY), CSV, TEXT, HTML, FACET, FACET_JSON)]


@given(st.sampled_from(SAMPLES), st.integers(0), st.binary(max_size=8), st.integers(0, 40))
def test_a_damaged_file_is_read_or_refused(
    sample: bytes, place: int, piece: bytes, cut: int
) -> None:
    read_or_refuse(damaged(sample, place, piece, cut))
