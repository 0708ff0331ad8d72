"""Zotero's annotations in JSON: the export of Better BibTeX and the items of Zotero's own API."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.imports import zotero
from reader.imports.model import GivenFile, ImportedSource, Remark

ANNOTATIONS: list[dict[str, Any]] = [
    {
        "annotationAuthorName": "", "annotationColor": "#ff6666",
        "annotationComment": "Who <i>counted</i> &amp; when?", "annotationPageLabel": "46",
        "annotationPosition": '{"pageIndex":70,"rects":[[203.6,375.8,547.4,386.3]]}',
        "annotationSortIndex": "00070|001103|00405", "annotationText": "Nobody was asked",
        "annotationType": "underline", "dateAdded": "2025-03-18T13:12:23Z",
        "dateModified": "2025-03-19T13:12:23Z", "itemType": "annotation", "key": "JQ47EB9W",
        "parentItem": "VGHZA9HX", "relations": {}, "tags": [{"tag": "harbours"}, {"tag": "Two words"}],
    },
    {
        "annotationColor": "#ffd400", "annotationComment": "", "annotationPageLabel": "",
        "annotationPosition": {"pageIndex": 68, "rects": []},
        "annotationSortIndex": "00068|001103|00405", "annotationText": "Forty ships",
        "annotationType": "highlight", "dateAdded": "2025-03-18T13:12:23Z",
        "itemType": "annotation", "key": "ETMYR9QI", "tags": [],
    },
    {
        "annotationColor": "#ffd400", "annotationComment": "", "annotationSortIndex": "00071|0|0",
        "annotationType": "image", "itemType": "annotation", "key": "IMAGE234", "tags": [],
    },
    {
        "annotationAuthorName": "Bo Lind", "annotationColor": "#ffd400",
        "annotationComment": "The figure lacks a source", "annotationPageLabel": "47",
        "annotationSortIndex": "00072|0|0", "annotationType": "image", "itemType": "annotation",
        "key": "IMAGE235", "tags": [],
    },
    {
        "annotationColor": "#ffd400", "annotationComment": "On the page", "annotationPageLabel": "48",
        "annotationSortIndex": "00073|0|0", "annotationType": "note", "itemType": "annotation",
        "key": "NOTE2345", "tags": [],
    },
]  # fmt: skip
WRITTEN = "<p>On <em>all</em> of it</p>"
ITEM: dict[str, Any] = {
    "DOI": "10.9999/quiet", "ISBN": "978-3-16-148410-0 3161484100", "citationKey": "moorQuiet2020",
    "creators": [
        {"creatorType": "author", "firstName": "Ida", "lastName": "Moor"},
        {"creatorType": "editor", "firstName": "Ed", "lastName": "Hand"},
        {"creatorType": "author", "name": "The Harbour Office"},
    ],
    "date": "2020-05-01", "dateAdded": "2025-03-01T10:00:00Z", "itemID": 7, "itemKey": "IJGQ3J8A",
    "itemType": "journalArticle", "key": "IJGQ3J8A", "language": "en", "notes": [{"note": WRITTEN}],
    "publicationTitle": "The Harbour Review", "tags": [{"tag": "ships"}], "title": "The Quiet Harbour",
    "uri": "http://zotero.org/users/1/items/IJGQ3J8A",
}  # fmt: skip
ATTACHMENT: dict[str, Any] = {
    "itemType": "attachment", "key": "VGHZA9HX", "path": "/home/ida/Zotero/storage/VGHZA9HX/quiet.pdf",
    "title": "Full Text PDF", "contentType": "application/pdf",
}  # fmt: skip
BETTER_BIBTEX: dict[str, Any] = {
    "config": {"id": "36a3b0b5-bad0-4a04-b79b-441c7cef77db", "label": "BetterBibTeX JSON"},
    "version": {"zotero": "7.0.11", "bbt": "7.0.5"},
    "collections": {},
    "items": [
        ITEM | {"attachments": [ATTACHMENT | {"annotations": ANNOTATIONS}]},
        {"itemType": "book", "title": "Not read yet", "key": "BOOK2345", "attachments": []},
    ],
}
API = [
    {"key": each["key"], "version": 5, "library": {"type": "user", "id": 1}, "data": each}
    for each in (
        ITEM | {"notes": []},
        ATTACHMENT | {"parentItem": "IJGQ3J8A"},
        *(each | {"parentItem": "VGHZA9HX"} for each in ANNOTATIONS),
        {"itemType": "note", "key": "NOTE2346", "parentItem": "IJGQ3J8A", "note": WRITTEN},
    )
]


def given_file(value: object) -> GivenFile:
    return GivenFile(json.dumps(value, ensure_ascii=False).encode(), "zotero.json")


@pytest.mark.parametrize("value", [BETTER_BIBTEX, API], ids=["Better BibTeX", "API"])
def test_items_and_their_annotations(value: object) -> None:
    file = given_file(value)
    assert zotero.recognises(file)
    source, *remarks = zotero.read(file)
    assert isinstance(source, ImportedSource)
    assert (source.title, source.authors) == (
        "The Quiet Harbour",
        ("Ida Moor", "The Harbour Office"),
    )
    assert (source.url, source.path) == ("https://doi.org/10.9999/quiet", ATTACHMENT["path"])
    assert (source.site, source.published) == ("The Harbour Review", "2020-05-01")
    assert (source.isbn, source.language, source.tags) == ("9783161484100", "en", ("ships",))
    first, second, third, fourth, written = source.notes  # in the order of the pages
    assert (first.quote, first.page, first.position) == ("Forty ships", "", "PDF page 69")
    assert (second.quote, second.note) == ("Nobody was asked", "Who *counted* & when?")
    assert (second.page, second.colour, second.key) == ("46", "#ff6666", "JQ47EB9W")
    assert second.tags == ("harbours", "Two words")
    assert second.created == "2025-03-18T13:12:23.000Z"
    assert second.modified == "2025-03-19T13:12:23.000Z"
    assert (third.quote, third.note) == ("", "**Bo Lind**\n\nThe figure lacks a source")
    assert (fourth.quote, fourth.note, fourth.page) == ("", "On the page", "48")
    assert (written.quote, written.note) == ("", "On *all* of it")
    assert remarks == [Remark("1 picture or drawing without a comment left out.")]


def passage(words: str, **fields: object) -> str:
    annotation = quote(
        json.dumps({"attachmentURI": "http://zotero.org/users/1/items/VGHZA9HX"} | fields)
    )
    return f'<span class="highlight" data-annotation="{annotation}">{words}</span>'


CITED = '<span class="citation" data-citation="%7B%7D">(<span class="citation-item">Moor, 2020, p. 46</span>)</span>'
FROM_ANNOTATIONS = (
    '<div data-schema-version="8"><h1>Annotations<br/>(5/10/2022, 6:59:51 PM)</h1>\n<p>'
    + passage("“Nobody was <i>asked</i>”", annotationKey="JQ47EB9W", color="#ff6666",
              pageLabel="46", position={"pageIndex": 70})
    + f" {CITED} Who <strong>counted</strong>?</p><p>"
    + passage("Forty ships", annotationKey="ETMYR9QI") + f" {CITED}</p><ul><li>"
    + passage("a") + " first " + passage("b") + f" {CITED} second</li></ul>"
    + f"<p>{CITED} on the page</p>\n</div>"
)  # fmt: skip
"""A note that Zotero made of annotations, in the form of a real export of Better BibTeX."""


@pytest.mark.parametrize("known", [[], ANNOTATIONS[:1]])
def test_annotations_in_notes_are_read(known: list[dict[str, Any]]) -> None:
    attachments = [ATTACHMENT | {"annotations": known}]
    item = {"itemType": "book", "title": "The Quiet Harbour", "creators": [], "extra": [],
            "attachments": attachments, "notes": [FROM_ANNOTATIONS, FROM_ANNOTATIONS, WRITTEN]}  # fmt: skip
    file = given_file({"config": {}, "items": [item]})
    assert zotero.recognises(file)
    (source,) = zotero.read(file)
    assert isinstance(source, ImportedSource)
    first, second, *rest = source.notes
    assert (first.quote, first.page, first.key) == ("Nobody was asked", "46", "JQ47EB9W")
    assert (first.colour, first.position) == ("#ff6666", "PDF page 71")
    assert first.note == ("Who *counted* & when?" if known else "Who **counted**?")
    assert (second.quote, second.note, second.key) == ("Forty ships", "", "ETMYR9QI")
    assert [(each.quote, each.note) for each in rest] == [
        ("a", "first"),
        ("b", "second"),
        ("", "(Moor, 2020, p. 46) on the page"),
        ("", "On *all* of it"),
    ]


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ([ANNOTATIONS[0]], "Zotero VGHZA9HX"),
        ([{"key": "JQ47EB9W", "data": ANNOTATIONS[0]}], "Zotero VGHZA9HX"),
        ([ITEM | {"key": "VGHZA9HX", "notes": []}, ANNOTATIONS[0]], "The Quiet Harbour"),
        ([ATTACHMENT | {"parentItem": "LOST2345"}, ANNOTATIONS[0]], "Full Text PDF"),
        ([{**ANNOTATIONS[0], "parentItem": ""}], "Zotero annotations"),
        ({"jsonrpc": "2.0", "id": 1, "result": [
            {"open": "zotero://open-pdf/library/items/VGHZA9HX", "path": ATTACHMENT["path"],
             "annotations": [ANNOTATIONS[0]]}]}, "quiet"),
    ],
)  # fmt: skip
def test_no_annotation_is_lost_with_its_item(value: object, title: str) -> None:
    file = given_file(value)
    assert zotero.recognises(file)
    (source,) = zotero.read(file)
    assert isinstance(source, ImportedSource)
    assert (source.title, [each.quote for each in source.notes]) == (title, ["Nobody was asked"])


def test_notes_without_an_item_are_counted() -> None:
    value = [{"itemType": "note", "key": "NOTE2347", "note": WRITTEN}]
    assert list(zotero.read(given_file(value))) == [Remark("Left out: 1 standalone note.")]


def test_records_that_name_each_other_end() -> None:
    value = [{**ANNOTATIONS[0], "parentItem": "A"}, {"itemType": "attachment", "key": "A", "parentItem": "B"},
             {"itemType": "attachment", "key": "B", "parentItem": "A"}]  # fmt: skip
    (source,) = zotero.read(given_file(value))
    assert isinstance(source, ImportedSource)
    assert len(source.notes) == 1


def test_a_file_without_annotations_has_no_sources() -> None:
    value = BETTER_BIBTEX | {"items": [ITEM | {"attachments": [ATTACHMENT], "notes": []}]}
    assert list(zotero.read(given_file(value))) == [
        Remark("Its items have neither annotations nor notes.")
    ]


def test_a_pdf_without_an_item_is_a_source_of_its_own() -> None:
    value = {"items": [ATTACHMENT | {"annotations": ANNOTATIONS[:1]}]}
    (source,) = zotero.read(given_file(value))
    assert isinstance(source, ImportedSource)
    assert (source.title, source.path) == ("Full Text PDF", ATTACHMENT["path"])


WRONG = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.data())
def test_wrong_values_never_fail(data: st.DataObject) -> None:
    value = deepcopy(BETTER_BIBTEX)
    item = value["items"][0]
    place = data.draw(
        st.sampled_from(
            [value, item, item["attachments"][0], item["attachments"][0]["annotations"][0]]
        )
    )
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(WRONG)
    file = given_file(value)
    zotero.recognises(file)
    list(zotero.read(file))


@given(st.integers(0, 3000), st.binary(max_size=8))
def test_damaged_files_never_fail(place: int, piece: bytes) -> None:
    data = given_file(BETTER_BIBTEX).data
    file = GivenFile(data[:place] + piece + data[place + 3 :], "x.json")
    if zotero.recognises(file):
        list(zotero.read(file))
