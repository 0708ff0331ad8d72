"""W3C Web Annotations in every form that the standard allows, and in those of other programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.annotation import Annotation, Article, Place, PlaceState, Selector
from reader.core.document import Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.exports import ExportedArticle
from reader.imports.model import BadRow, ImportedNote
from tests.exports.rendering import render
from tests.imports.reading import damaged, read, read_or_refuse

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
URL = "https://harbour.example/ledger"
QUOTE = {"type": "TextQuoteSelector", "exact": "no books", "prefix": "keeps ", "suffix": "."}
TARGET = {"source": URL, "selector": QUOTE}
COMMENT = {"type": "TextualBody", "value": "Is it *so*?", "purpose": "commenting"}


def annotation(**fields: Any) -> dict[str, Any]:
    return {
        "@context": CONTEXT, "id": "https://notes.example/1", "type": "Annotation",
        "target": TARGET, **fields,
    }  # fmt: skip


def only(**fields: Any) -> ImportedNote:
    (note,) = read(json.dumps(annotation(**fields))).notes
    return note


ONE = annotation(body=COMMENT, created="2026-01-02T10:11:12Z", modified="2026-01-03T10:11:12+01:00")
PAGE = {
    "@context": CONTEXT,
    "id": "https://notes.example/p",
    "type": "AnnotationPage",
    "items": [ONE],
}


@pytest.mark.parametrize(
    "form",
    [
        ONE,
        [ONE],
        PAGE,
        {**PAGE, "items": ONE},
        {"@context": CONTEXT, "type": ["AnnotationCollection", "ldp:BasicContainer"], "total": 1, "first": PAGE},
        {"type": "AnnotationCollection", "first": {**PAGE, "items": [], "next": PAGE}},
        {"type": "AnnotationCollection", "items": [ONE]},
        {"@context": CONTEXT, "@graph": [ONE]},
        {"@type": "sc:AnnotationList", "resources": [ONE]},
    ],
)  # fmt: skip
def test_every_container_is_read(form: Any) -> None:
    found = read(json.dumps(form))
    assert (found.kind, found.bad_rows) == ("webannotation", [])
    (note,) = found.notes
    assert (note.quote, note.prefix, note.suffix) == ("no books", "keeps ", ".")
    assert (note.note, note.key) == ("Is it *so*?", "https://notes.example/1")
    assert note.created == "2026-01-02T10:11:12.000Z"
    assert note.modified == "2026-01-03T09:11:12.000Z"
    assert found.sources[0].url == URL


def test_lines_are_read_and_a_bad_one_is_told() -> None:
    lines = "\n".join([json.dumps(ONE), "", "{broken", json.dumps(annotation(id="x"))])
    found = read(lines)
    assert (found.kind, len(found.notes)) == ("webannotation", 2)
    assert found.bad_rows == [BadRow(3, "it is not a Web Annotation")]


@pytest.mark.parametrize(
    ("fields", "note", "tags", "status"),
    [
        ({"bodyValue": "Is it so?"}, "Is it so?", (), ""),
        ({"body": "Is it so?"}, "Is it so?", (), ""),
        ({"body": "https://b.example/x"}, "<https://b.example/x>", (), ""),
        ({"body": {"id": "https://b.example/x.mp3", "type": "Sound"}}, "<https://b.example/x.mp3>", (), ""),
        ({"body": [COMMENT, "https://b.example/x"]}, "Is it *so*?\n\n<https://b.example/x>", (), ""),
        ({"body": {"value": "A"}}, "A", (), ""),
        ({"body": {"value": "<p>A <b>b</b></p>", "format": "text/html"}}, "A **b**", (), ""),
        ({"body": {"type": "Choice", "items": [{"value": "A"}, {"value": "B"}]}}, "A", (), ""),
        ({"body": {"type": "Composite", "items": [{"value": "A"}, {"value": "B"}]}}, "A\n\nB", (), ""),
        ({"body": {"type": "SpecificResource", "source": {"type": "TextualBody", "value": "sea"}, "purpose": "tagging"}}, "", ("sea",), ""),
        ({"body": {"type": "SpecificResource", "source": "https://b.example/t/Old_boats", "purpose": "tagging"}}, "", ("Old boats",), ""),
        ({"body": {"type": "SpecificResource", "source": "https://b.example/x", "purpose": "linking"}}, "<https://b.example/x>", (), ""),
        ({"body": {"value": "sea", "purpose": ["tagging"]}}, "", ("sea",), ""),
        ({"body": {"value": "sea"}, "motivation": "tagging"}, "", ("sea",), ""),
        ({"body": {"value": "sea", "purpose": "classifying"}}, "", ("sea",), ""),
        ({"body": {"value": "refuted", "purpose": "assessing"}}, "", (), "refuted"),
        ({"body": {"value": "A fine page", "purpose": "assessing"}}, "A fine page", (), ""),
        ({"body": {"value": "A", "purpose": "describing"}}, "A", (), ""),
        ({"body": {"value": "A", "purpose": "questioning"}, "motivation": ["oa:questioning"]}, "A", (), ""),
        ({"body": []}, "", (), ""),
        ({"motivation": "highlighting"}, "", (), ""),
        ({"body": [{"value": 5}, 7, None, [["deep"]]]}, "deep", (), ""),
    ],
)  # fmt: skip
def test_every_body_is_read(
    fields: dict[str, Any], note: str, tags: tuple[str, ...], status: str
) -> None:
    found = only(**fields)
    assert (found.note, found.tags, found.status) == (note, tags, status)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (URL, {"quote": ""}),
        (f"{URL}#page=12", {"page": "12"}),
        (f"{URL}#:~:text=no%20books", {"quote": "no books"}),
        ({"id": URL, "type": "Text", "format": "text/html"}, {"quote": ""}),
        ({"source": {"id": URL, "type": "Text"}, "selector": [{"type": "TextPositionSelector", "start": 4, "end": 9}, QUOTE]}, {"quote": "no books", "start": None}),
        ({"source": URL, "selector": {"type": "FragmentSelector", "conformsTo": "x", "value": "page=xi", "refinedBy": QUOTE}}, {"quote": "no books", "page": "xi"}),
        ({"source": URL, "selector": {"type": "CssSelector", "value": "#a", "refinedBy": {"type": "XPathSelector", "value": "/p", "refinedBy": [QUOTE]}}}, {"quote": "no books"}),
        ({"source": URL, "selector": {"type": "RangeSelector", "startSelector": {}, "endSelector": {}}}, {"quote": ""}),
        ({"source": URL, "selector": "https://b.example/selector"}, {"quote": ""}),
        ({"source": URL, "styleClass": "red", "selector": QUOTE}, {"colour": "red"}),
        ({"type": "Choice", "items": [TARGET, "https://b.example/"]}, {"quote": "no books"}),
    ],
)  # fmt: skip
def test_every_target_is_read(target: Any, expected: dict[str, Any]) -> None:
    found = read(json.dumps(annotation(target=target)))
    (note,) = found.notes
    assert {name: getattr(note, name) for name in expected} == expected
    assert found.sources[0].url.partition("#")[0] == URL


def test_several_targets_are_a_note_each() -> None:
    found = read(json.dumps(annotation(body=COMMENT, target=[TARGET, "https://b.example/"])))
    assert [(each.url, each.notes[0].key) for each in found.sources] == [
        (URL, "https://notes.example/1"), ("https://b.example/", "https://notes.example/1#2"),
    ]  # fmt: skip
    assert {each.note for each in found.notes} == {"Is it *so*?"}


def test_a_reply_is_a_part_of_what_it_answers() -> None:
    first = annotation(body=COMMENT, creator={"type": "Person", "name": "Tamsin"})
    reply = annotation(
        id="https://notes.example/2", target="https://notes.example/1", motivation="replying",
        body={"value": "It is."}, creator="Oriel", created="2026-01-04T00:00:00Z",
    )  # fmt: skip
    (note,) = read(json.dumps([reply, first])).notes
    assert note.note.endswith("Is it *so*?\n\n**Reply by Oriel, 2026-01-04**\n\nIt is.")


def test_a_source_is_described() -> None:
    source = {
        "id": URL, "dc:title": "The Quiet Ledger", "schema:author": [{"name": "Oriel Castane"}],
        "schema:publisher": "The Harbour", "schema:datePublished": "2024-05-01", "language": "en",
    }  # fmt: skip
    (found,) = read(json.dumps(annotation(target={"source": source, "selector": QUOTE}))).sources
    assert (found.title, found.authors, found.site) == (
        "The Quiet Ledger", ("Oriel Castane",), "The Harbour",
    )  # fmt: skip
    assert (found.published, found.language) == ("2024-05-01", "en")


def test_a_set_of_readium_is_one_book() -> None:
    def mark(number: int, colour: str) -> dict[str, Any]:
        return {
            "id": f"urn:uuid:00000000-0000-4000-8000-00000000000{number}", "type": "Annotation",
            "created": "2026-01-02T10:11:12Z",
            "body": {"type": "TextualBody", "value": f"N{number}", "color": colour, "tag": "sea"},
            "target": {
                "source": f"OEBPS/c{number}.xhtml",
                "meta": {"headings": [{"level": 2, "txt": "One"}], "page": "12"},
                "selector": [{"type": "ProgressionSelector", "value": 0.5}, QUOTE],
            },
        }  # fmt: skip

    about = {
        "type": "Book",
        "dc:title": "The Quiet Ledger",
        "dc:creator": ["Oriel Castane"],
        "dc:identifier": ["x", "urn:isbn:978-0-306-40615-7"],
        "dc:date": "2024",
    }
    form = {
        "@context": CONTEXT,
        "type": "AnnotationSet",
        "about": about,
        "items": [mark(1, "red"), mark(2, "blue")],
    }
    (found,) = read(json.dumps(form)).sources
    assert (found.title, found.authors, len(found.notes)) == (
        "The Quiet Ledger",
        ("Oriel Castane",),
        2,
    )
    assert found.isbn == "9780306406157"
    first = found.notes[0]
    assert (first.colour, first.tags, first.section, first.page) == ("red", ("sea",), "One", "12")


def test_the_old_names_of_open_annotation_are_read() -> None:
    old = {
        "@id": "https://notes.example/1", "@type": "oa:Annotation", "annotatedAt": "2014-01-02T10:11:12Z",
        "hasBody": [{"@type": ["cnt:ContentAsText", "dctypes:Text"], "chars": "Is it?"}, {"@type": "oa:Tag", "chars": "sea"}],
        "hasTarget": {"@type": "oa:SpecificResource", "hasSource": {"@id": URL}, "hasSelector": {"@type": "oa:TextQuoteSelector", "exact": "no books"}},
    }  # fmt: skip
    found = read(json.dumps(old))
    (note,) = found.notes
    assert (found.sources[0].url, note.quote, note.note, note.tags) == (
        URL,
        "no books",
        "Is it?",
        ("sea",),
    )
    assert note.created == "2014-01-02T10:11:12.000Z"


LEDGER = Article(
    "01JD0000000000000000000A01",
    "/home/ana/ledger.txt",
    Metadata("The Ledger", ("Ana",), "Site", "2024-05-01", "en"),
)
OTHER = Evidence(Relation.SUPPORTS, TargetKind.ANNOTATION, "01JD0000000000000000000B09")
WEB = Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x")


@pytest.mark.parametrize("state", [PlaceState.EXACT, PlaceState.ORPHANED])
def test_margins_own_comes_back_whole(state: PlaceState) -> None:
    mark = Annotation(
        "01JD0000000000000000000B01", Selector("it was so", "before ", " after"), Place(7, 16, state),
        ("claim", "harbour"), "2026-11-22T12:00:00.000Z", "2026-11-23T12:00:00.000Z",
        "Was *it*?", "Imre Dask", "disputed", linked((), [WEB, OTHER]),
    )  # fmt: skip
    written = render(
        [ExportedArticle(LEDGER, (mark,), None)], exported="", format_name="webannotation"
    )
    (source,) = read(written).sources
    assert (source.article, source.url, source.title, source.authors) == (
        LEDGER.id,
        "",
        "The Ledger",
        ("Ana",),
    )
    assert (source.site, source.published, source.language) == ("Site", "2024-05-01", "en")
    (note,) = source.notes
    assert (note.key, note.quote, note.note) == (mark.id, "it was so", "Was *it*?")
    assert (note.tags, note.speaker, note.status) == (mark.tags, "Imre Dask", "disputed")
    assert note.start == (7 if state is PlaceState.EXACT else None)
    assert [(each.key, each.kind) for each in note.evidence] == [
        (each.key, each.kind) for each in (WEB, OTHER)
    ]


def test_what_has_no_target_is_told() -> None:
    found = read(json.dumps([ONE, {"type": "Annotation"}, annotation(target=[])]))
    assert found.bad_rows == [
        BadRow(2, "the annotation has no target", is_entry=True),
        BadRow(3, "the annotation has no target", is_entry=True),
    ]
    assert len(found.notes) == 1


def test_many_nested_and_chained_annotations_take_linear_time() -> None:
    chain = [
        annotation(id=f"https://n.example/{n}", target=f"https://n.example/{n - 1}")
        for n in range(5_000)
    ]
    assert len(read(json.dumps(chain)).notes) == 1
    deep: Any = QUOTE
    for _ in range(300):
        deep = {"type": "CssSelector", "value": "p", "refinedBy": deep}
    assert only(target={"source": URL, "selector": deep}).quote == "no books"


SAMPLES = [
    json.dumps(each).encode()
    for each in (PAGE, annotation(body=[COMMENT, "x"]), {"@graph": [ONE, ONE]})
]


@given(st.sampled_from(SAMPLES), st.integers(0), st.binary(max_size=8), st.integers(0, 40))
def test_a_damaged_file_is_read_or_refused(
    sample: bytes, place: int, piece: bytes, cut: int
) -> None:
    read_or_refuse(damaged(sample, place, piece, cut))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from([URL, "tagging"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "type", "value", "source", "selector", "items", "purpose", "exact", "refinedBy", "body", "target", "start"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(VALUES, VALUES, VALUES)
def test_any_value_may_stand_anywhere(body: Any, target: Any, created: Any) -> None:
    read_or_refuse(
        json.dumps([annotation(body=body, target=target, created=created, creator=target)]).encode()
    )
