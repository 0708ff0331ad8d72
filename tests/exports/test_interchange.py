"""The formats for other programs: read back by parsers of these formats, and known again as ours."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from typing import Any
from uuid import UUID

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import (
    UNKNOWN_TEXT,
    Annotation,
    Article,
    Origin,
    Place,
    PlaceState,
    Selector,
)
from reader.core.claims import DISPUTED
from reader.core.document import Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.core.overrides import Override
from reader.exports import FORMATS, ExportedArticle, ExportOptions
from reader.exports.csv_table import COLUMNS
from reader.exports.json_text import json_document, list_document, list_items
from reader.exports.linked_data import CONTEXT, urn_of
from reader.exports.source_facts import Name, name_of
from reader.exports.templates.values import values_of
from reader.safe_text import sanitise_for_file
from tests.exports.rendering import render

WHEN = "2026-11-22T12:00:00.000Z"
LEDGER = Article(
    "01JD0000000000000000000A01",
    "/home/ana/ledger.txt",
    Metadata("The Ledger & 50% more", ("Ana Lind", "Jan van der Berg", "The Site"), "The Site", "2024-05-01", "en", "https://x.org/a_b"),
    tags=("harbour",),
)  # fmt: skip
OTHER = Article("01JD0000000000000000000A02", "/home/ana/notes.txt", Metadata("Notes"))
FOREIGN = ("text", "webannotation", "hypothesis", "csv", "claimreview", "bibtex", "ris", "csl")
WITH_NOTES = ("text", "webannotation", "hypothesis", "csv", "claimreview")


def mark(number: int, quote: str, **fields: Any) -> Annotation:
    values = {"tags": ("claim", "harbour"), "created": WHEN, "modified": WHEN, **fields}
    values.setdefault("place", Place(number, number + len(quote)))
    selector = Selector(quote, "before ", " after", section="A section", page="12")
    return Annotation(f"01JD0000000000000000000B0{number}", selector, **values)


def exported(format_name: str, *items: ExportedArticle) -> str:
    return render(items, exported=WHEN, format_name=format_name)


CLAIM = mark(1, "it was so", note="Was *it*?", speaker="Imre Dask", status=DISPUTED)
ITEMS = (
    ExportedArticle(LEDGER, (CLAIM,), None),
    ExportedArticle(OTHER, (mark(2, "x", status=DISPUTED),), None),
)


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_is_known_again_by_its_articles(name: str) -> None:
    format_ = FORMATS[name]
    assert format_.article_ids(exported(name, *ITEMS)) == [OTHER.id, LEDGER.id]
    for other in (
        "",
        "{}",
        "[]",
        "[1]",
        "a,b\n1,2\n",
        "@misc{a, title={b}}",
        "TY  - GEN\r\nER  - \r\n",
    ):
        assert format_.article_ids(other) == []


@pytest.mark.parametrize("name", FOREIGN)
def test_what_a_person_changed_is_not_taken_for_margins_own(name: str) -> None:
    is_own = FORMATS[name].is_own
    assert is_own is not None
    written = exported(name, *ITEMS)
    known = {each.id: each for item in ITEMS for each in item.annotations}
    assert is_own(written, known)
    assert not is_own(written.replace("The Ledger", "My Ledger"), known) or name in WITH_NOTES
    assert (
        not is_own(written.replace("it was so", "it was not so"), known) or name not in WITH_NOTES
    )
    assert not is_own(written.replace("Imre", "Emre"), known) or name not in WITH_NOTES
    if name in ("csv", "bibtex", "ris"):
        assert not is_own(written + "mine", known)


@pytest.mark.parametrize("name", FOREIGN)
@given(text=st.text(max_size=40), identifier=st.text("ABCDEFGH0123456789", min_size=1, max_size=26))
def test_no_text_breaks_a_format(name: str, text: str, identifier: str) -> None:
    metadata = Metadata(text, (text, "Ana"), text, text, text, text)
    article = replace(LEDGER, id=identifier, source_metadata=metadata, tags=(text,))
    status = DISPUTED if FORMATS[name].leaves_out else text or None
    annotation = mark(3, text or "x", note=text, speaker=text, status=status, tags=(text,))
    written = exported(name, ExportedArticle(article, (annotation,), None))
    assert FORMATS[name].article_ids(written) == [identifier]
    assert sanitise_for_file(written) == written.replace("\r\n", "\n")
    if name == "bibtex":
        assert [each["margin-id"] for each in bibtexparser.loads(written).entries] == [identifier]
    if name == "ris":
        assert [each["id"] for each in rispy.loads(written)] == [f"margin:{identifier}"]


@given(
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), min_size=1, max_size=3),
    st.lists(
        st.recursive(st.text(max_size=5), lambda each: st.lists(each, max_size=3)), max_size=4
    ),
)
def test_a_file_is_the_same_whether_its_list_is_made_at_once_or_item_by_item(
    head: dict[str, str], values: list[Any]
) -> None:
    head.pop("items", "")
    head["first"] = ""
    parts = [list_items(values[:2]), list_items([]), list_items(values[2:])]
    made = "".join(list_document(head, "items", parts))
    assert made == json_document({**head, "items": values})


def test_a_web_annotation_has_what_the_standard_demands() -> None:
    links = linked((), [Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x")])
    claim = replace(CLAIM, links=links)
    page = json.loads(exported("webannotation", ExportedArticle(LEDGER, (claim,), None)))
    assert (page["@context"], page["type"]) == (CONTEXT, "AnnotationPage")
    (item,) = page["items"]
    assert (item["@context"], item["type"], item["motivation"]) == (
        CONTEXT,
        "Annotation",
        "assessing",
    )
    UUID(item["id"].removeprefix("urn:uuid:"))
    assert datetime.fromisoformat(item["created"]).tzinfo is not None
    bodies = {(each["purpose"], each.get("value", each.get("source"))) for each in item["body"]}
    assert bodies == {
        ("commenting", "Was *it*?"),
        ("tagging", "claim"),
        ("tagging", "harbour"),
        ("assessing", "disputed"),
        ("linking", "https://a.example/x"),
    }
    target = item["target"]
    assert target["source"]["id"] == "https://x.org/a_b"
    assert target["schema:spokenByCharacter"] == "Imre Dask"
    quote, position = target["selector"]
    assert (quote["exact"], quote["prefix"], quote["suffix"]) == ("it was so", "before ", " after")
    assert (position["start"], position["end"]) == (1, 10)


def test_what_no_address_may_hold_is_encoded_where_an_iri_stands() -> None:
    links = linked((), [Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x|y")])
    article = replace(LEDGER, source_metadata=Metadata("T", url='https://x.org/a b|{"c"}'))
    items = [ExportedArticle(article, (replace(CLAIM, links=links),), None)]
    (item,) = json.loads(exported("webannotation", *items))["items"]
    assert item["target"]["source"]["id"] == "https://x.org/a%20b%7C%7B%22c%22%7D"
    assert "https://a.example/x%7Cy" in [each.get("source") for each in item["body"]]


def test_what_lost_its_place_has_no_position_and_no_format_names_a_path() -> None:
    lost = mark(4, "gone", place=Place(0, 0, PlaceState.ORPHANED))
    for name in FOREIGN:
        written = exported(name, ExportedArticle(OTHER, (lost,), None))
        assert "/home" not in written
        assert "TextPositionSelector" not in written


def test_an_id_is_one_uuid_whatever_it_is() -> None:
    assert urn_of("00000000000000000000000001") == "urn:uuid:00000000-0000-0000-0000-000000000001"
    assert urn_of("8" * 26) != urn_of("9" * 26)
    UUID(urn_of("../x\ud800").removeprefix("urn:uuid:"))


def test_hypothesis_gets_speaker_and_status_as_tags() -> None:
    (row,) = json.loads(exported("hypothesis", ITEMS[0]))["rows"]
    assert row["tags"] == ["claim", "harbour", "speaker: Imre Dask", "status: disputed"]
    assert (row["uri"], row["text"]) == ("https://x.org/a_b", "Was *it*?")
    assert row["target"][0]["selector"][0]["exact"] == "it was so"


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("x")']
)
def test_no_spreadsheet_runs_a_cell(start: str) -> None:
    written = exported("csv", ExportedArticle(LEDGER, (replace(CLAIM, note=start),), None))
    head, row = csv.reader(io.StringIO(written))
    assert tuple(head) == COLUMNS
    note = row[head.index("Note")]
    assert note.startswith("'")
    assert start.strip() in note


def test_csv_has_the_columns_of_readwise_first() -> None:
    head, _, row = csv.reader(io.StringIO(exported("csv", *ITEMS)))
    assert head[:7] == ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"]
    assert row[:5] == [
        "it was so", "The Ledger & 50% more", "Ana Lind, Jan van der Berg, The Site",
        "https://x.org/a_b", "Was *it*?",
    ]  # fmt: skip


def test_a_note_whose_text_is_not_known_waits_in_every_format() -> None:
    origins = {"made 1": Origin(WHEN)}
    note = mark(3, "a", place=Place(3, 4, snapshot=UNKNOWN_TEXT), origins=origins)
    item = ExportedArticle(LEDGER, (note,), None)
    _, row = csv.reader(io.StringIO(exported("csv", item)))
    assert row[COLUMNS.index("State")] == "waiting"
    assert json.loads(exported("jsonl", item))["state"] == "waiting"
    (article,) = values_of([item], ExportOptions(WHEN)).articles
    assert article.notes[0].state == "waiting"


def test_sources_are_read_by_bibtex_ris_and_csl() -> None:
    overrides = {
        "accessed": Override(WHEN, ("2026-11-30",)),
        "archive": Override(WHEN, ("https://archive.example/1",)),
    }
    items = (ExportedArticle(replace(LEDGER, overrides=overrides), (CLAIM,), None), ITEMS[1])
    second, first = bibtexparser.loads(exported("bibtex", *items)).entries
    assert first["author"] == "Lind, Ana and van der Berg, Jan and {The Site}"
    assert first["title"] == r"{The Ledger \& 50\% more}"
    assert (first["journal"], first["date"], first["urldate"]) == (
        "The Site",
        "2024-05-01",
        "2026-11-30",
    )
    assert (first["ID"], first["url"], second["ENTRYTYPE"]) == (
        "lind2024ledger",
        "https://x.org/a_b",
        "misc",
    )
    second, first = rispy.loads(exported("ris", *items))
    assert first["authors"] == ["Lind, Ana", "van der Berg, Jan", "The Site"]
    assert (first["title"], first["year"], first["urls"]) == (
        "The Ledger & 50% more",
        "2024",
        ["https://x.org/a_b"],
    )
    second, first = json.loads(exported("csl", *items))
    assert first["author"][1:] == [
        {"family": "van der Berg", "given": "Jan"},
        {"literal": "The Site"},
    ]
    assert first["issued"] == {"date-parts": [[2024, 5, 1]]}
    assert (first["type"], second["type"]) == ("article-newspaper", "document")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ana Lind", Name("Lind", "Ana")),
        ("Lind, Ana", Name("Lind", "Ana")),
        ("Ludwig van Beethoven", Name("van Beethoven", "Ludwig")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "Jr.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", "Jr.")),
        ("King, Martin Luther, Jr.", Name("King", "Martin Luther", "Jr.")),
        ("Jan van der Berg, PhD", Name("van der Berg", "Jan", "PhD")),
        ("José Ortega y Gasset", Name("Ortega y Gasset", "José")),
        ("Antoni Gaudí i Cornet", Name("Gaudí i Cornet", "Antoni")),
        ("Juan de Vega y Sol", Name("Juan de Vega y Sol")),
        ("Berg & Sons LLC", Name("Berg & Sons LLC")),
        ("Post, Emily", Name("Post", "Emily")),
        ("Plato", Name("Plato")),
        ("Lower Tamsin Courier", Name("Lower Tamsin Courier")),
        ("Agence France-Presse", Name("Agence France-Presse")),
        ("山田太郎", Name("山田太郎")),
        ("The Editors", Name("The Editors")),
    ],
)
def test_names_are_parted_where_that_is_known(text: str, name: Name) -> None:
    assert name_of(text) == name


def test_keys_are_unique_and_plain() -> None:
    twins = [
        ExportedArticle(replace(LEDGER, id=f"01JD0000000000000000000C{n:02}"), (CLAIM,), None)
        for n in range(4)
    ]
    keys = re.findall(r"^@\w+\{(.*),$", exported("bibtex", *twins), re.MULTILINE)
    assert keys == ["lind2024ledger", "lind2024ledger-2", "lind2024ledger-3", "lind2024ledger-4"]


def test_the_tags_of_a_row_are_known_however_a_person_parts_them() -> None:
    text = exported("csv", ExportedArticle(LEDGER, (replace(CLAIM, tags=("=x", "sea")),), None))
    shows_tag = FORMATS["csv"].shows_tag
    assert shows_tag is not None
    for cell in ("'=x, sea", "'=x,sea", "'=x , sea"):
        edited = text.replace("'=x, sea", cell)
        assert f'"{cell}"' in edited
        assert shows_tag(edited, ["sea"])
        assert shows_tag(edited, ["=x"])


def test_a_key_is_no_bare_year() -> None:
    item = source(Metadata("川の図書館", ("水城 かなえ",), published="2024-11-03"))
    assert "{source000a01,\n" in exported("bibtex", item)


def source(metadata: Metadata) -> ExportedArticle:
    return ExportedArticle(replace(LEDGER, source_metadata=metadata, tags=()), (CLAIM,), None)


def test_a_source_with_an_isbn_is_a_book() -> None:
    book = source(
        Metadata(
            "The Bridge",
            ("Ana Lind",),
            "Sarn Press",
            "2026",
            identifier="urn:isbn:978-3-16-148410-0",
        )
    )
    entry = bibtexparser.loads(exported("bibtex", book)).entries[0]
    assert (entry["ENTRYTYPE"], entry["publisher"]) == ("book", "Sarn Press")
    assert entry["isbn"] == "9783161484100"
    record = rispy.loads(exported("ris", book))[0]
    assert (record["type_of_reference"], record["publisher"]) == ("BOOK", "Sarn Press")
    assert record["issn"] == "9783161484100"  # rispy's name of SN
    item = json.loads(exported("csl", book))[0]
    assert (item["type"], item["publisher"], item["ISBN"]) == (
        "book",
        "Sarn Press",
        "9783161484100",
    )
    assert "container-title" not in item


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://doi.org/10.1000/xyz_(1)", "10.1000/xyz_(1)"),
        ("http://dx.doi.org/10.1000/a%3Cb", "10.1000/a<b"),
        ("https://doi.org/about", ""),
        ("https://x.org/10.1000/1", ""),
    ],
)
def test_an_address_of_a_doi_gives_the_doi(address: str, doi: str) -> None:
    paper = source(Metadata("A Paper", (), "The Journal", "2026", url=address))
    entry = bibtexparser.loads(exported("bibtex", paper)).entries[0]
    assert entry.get("doi", "").replace("\\_", "_") == doi
    record = rispy.loads(exported("ris", paper))[0]
    assert (record.get("doi", ""), record["type_of_reference"]) == (doi, "JOUR" if doi else "NEWS")
    item = json.loads(exported("csl", paper))[0]
    assert item.get("DOI", "") == doi
    assert item["type"] == ("article-journal" if doi else "article-newspaper")


def test_a_name_with_words_in_lower_case_is_one_family_name_in_bibtex() -> None:
    names = (
        "José Ortega y Gasset",
        "Jan van der Berg",
        "Martin Luther King, Jr.",
        "Ana Lind, MD, PhD",
    )
    article = replace(LEDGER, source_metadata=Metadata("T", names))
    text = exported("bibtex", ExportedArticle(article, (CLAIM,), None))
    assert (
        "author = {{Ortega y Gasset}, José and van der Berg, Jan and King, Jr., Martin Luther and "
        "Lind, {MD, PhD}, Ana}"
    ) in text
