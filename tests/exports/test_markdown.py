"""Exports to Markdown: in order, by section, with everything that is known."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import (
    Annotation,
    Article,
    Loss,
    Place,
    PlaceState,
    Selector,
)
from reader.core.citation import cite_evidence
from reader.core.claims import DISPUTED
from reader.core.document import Block, BlockKind, Document, Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.errors import ExportError
from reader.exports import ExportedArticle, render
from reader.exports.front_matter import article_ids, updated
from reader.exports.markdown import LOSS_SENTENCES, tag_name
from reader.safe_text import sanitise_for_file
from tests.exports.flatten import PARSER, collapse_spaces, flatten
from tests.exports.test_escape import lines
from tests.exports.test_notes import notes

ID = "01JD0000000000000000000A01"
WHEN = "2026-11-22T12:00:00.000Z"
TEXT = "The Title\nOne said so.\nLater on\nTwo said *not*."


def block(kind: BlockKind, text: str, level: int = 0) -> Block:
    start = TEXT.index(text)
    return Block(kind, start, start + len(text), level)


DOCUMENT = Document(
    TEXT,
    (
        block(BlockKind.HEADING, "The Title", 1),
        block(BlockKind.PARAGRAPH, "One said so."),
        block(BlockKind.HEADING, "Later on", 2),
        block(BlockKind.PARAGRAPH, "Two said *not*."),
    ),
)
ARTICLE = Article(
    ID,
    "/home/ana/title.txt",
    Metadata("The Title", ("Ana Lind", "Bo"), "The Site", "2024-05-01", "en", "https://x.org/a"),
    tags=("to read",),
)


def mark(number: int, exact: str, section: str = "", **fields: object) -> Annotation:
    start = max(TEXT.find(exact), 0)
    place = Place(start, start + len(exact))
    values = {"tags": ("quote",), "created": WHEN, "modified": WHEN, "place": place, **fields}
    return Annotation(
        f"01JD0000000000000000000B0{number}",
        Selector(exact, section=section),
        **values,  # type: ignore[arg-type]
    )


def exported(*annotations: Annotation, article: Article = ARTICLE, **options: object) -> str:
    item = ExportedArticle(article, annotations, DOCUMENT)
    return render([item], exported=WHEN, **options)  # type: ignore[arg-type]


def test_a_whole_export_reads_well() -> None:
    claim = mark(
        2,
        "Two said *not*.",
        "Later on",
        tags=("claim", "my own"),
        speaker="Two",
        status=DISPUTED,
        note="Is *that* so?",
    )
    text = exported(claim, mark(1, "One said so.", "The Title"))
    assert re.sub(r"[0-9a-f]{12}-[0-9a-f]{12}", "DIGEST", text) == (
        f"""---
title: "The Title"
authors:
  - "Ana Lind"
  - "Bo"
site: "The Site"
url: "https://x.org/a"
source: "/home/ana/title.txt"
published: "2024-05-01"
tags:
  - "claim"
  - "my-own"
  - "quote"
  - "to-read"
margin-id: "{ID}"
exported: "{WHEN}"
margin-digest: "DIGEST"
---

# The Title

> One said so.

^margin-01JD0000000000000000000B01

#quote

## Later on

> Two said \\*not\\*.

^margin-01JD0000000000000000000B02

#claim #my-own · Speaker: Two · Status: disputed

Is *that* so?
"""
    )


PAGE = Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x_y_", seen="2026-11-30")
PASSAGE = Evidence(
    Relation.SUPPORTS, TargetKind.ANNOTATION, "01KA", title="The *harbour*", words="It [did]."
)


def test_the_evidence_stands_below_the_facts() -> None:
    article = Evidence(Relation.CORRECTS, TargetKind.ARTICLE, "01KB", title="The harbour")
    links = linked((), [PAGE, PASSAGE, article, PASSAGE._replace(is_basis=False)])
    text = exported(mark(2, "Two said *not*.", tags=("claim",), links=links, note="Is it?"))
    assert text.endswith(
        """
#claim

Refuted by https://a.example/x_y\\_ (seen 30 November 2026)

Supported by “It \\[did].” (The \\*harbour\\*)

Corrected by The harbour

Supports “It \\[did].” (The \\*harbour\\*)

Is it?
"""
    )


@given(lines, lines, st.sampled_from(TargetKind), st.sampled_from(Relation))
def test_any_evidence_reads_as_it_was_in_one_paragraph(
    words: str, title: str, kind: TargetKind, relation: Relation
) -> None:
    evidence = Evidence(relation, kind, "https://a.example/x", title=title, words=words)
    links = linked((), [evidence])
    text = exported(mark(1, "One said so.", tags=("claim",), links=links, note="Mine."))
    shown = flatten(PARSER.parse(text.partition("#claim")[2])).split("\n")
    plain = cite_evidence(evidence, lambda part: collapse_spaces(sanitise_for_file(part)))
    assert shown == [plain, "Mine."]


def test_the_page_stands_in_the_line_of_the_tags() -> None:
    for page, shown in (("12", "p. 12"), ("*1\n`", "p. \\*1 \\`")):
        annotation = mark(1, "One", speaker="Ana")
        paged = replace(annotation, selector=replace(annotation.selector, page=page))
        assert f"\n#quote · Speaker: Ana · {shown}\n" in exported(paged)


def test_a_section_has_one_heading_and_the_text_gives_the_order() -> None:
    text = exported(
        mark(4, "not", "Later on"),
        mark(3, "Two", "Later on"),
        mark(2, "so", "The Title"),
        mark(1, "One"),
    )
    places = [text.index(f"> {word}") for word in ("One", "so", "Two", "not")]
    assert places == sorted(places)
    assert text.count("## ") == 1


def test_only_living_annotations_with_one_of_the_tags_are_written() -> None:
    text = exported(
        mark(1, "One"),
        mark(2, "Two", tags=("claim", "b")),
        mark(3, "not", deleted=WHEN),
        tags=["b"],
    )
    assert "> Two" in text
    assert "> One" not in text
    assert "> not" not in exported(mark(3, "not", deleted=WHEN))
    assert yaml.safe_load(text.split("---")[1])["tags"] == ["b", "claim", "to-read"]


def test_lost_annotations_come_last_with_their_old_words() -> None:
    lost = Annotation(
        "01JD0000000000000000000B09",
        Selector("gone #away", "be *fore ", " after", 3, 9, "Old part"),
        Place(0, 3, PlaceState.ORPHANED),
        ("quote",),
        WHEN,
        WHEN,
    )
    text = exported(lost, mark(1, "Two"))
    assert text.index("> Two") < text.index("## Lost their place") < text.index("> gone \\#away")
    assert "It stood under “Old part”, after “… be \\*fore”, before “after …”." in text


def test_an_edited_passage_is_quoted_as_it_is_and_as_it_was() -> None:
    annotation = mark(1, "One said nothing.", place=Place(10, 22, PlaceState.EDITED))
    text = exported(annotation)
    assert "> One said so." in text
    assert "\n\nWhen it was marked it read: “One said nothing.”\n" in text
    place = replace(annotation.place, words="One said so.", since="2026-12-02T12:00:00.000Z")
    assert (
        "\n\nWhen it was marked it read: “One said nothing.” (on 22 Nov 2026; as above since"
        " 2 Dec 2026)\n"
    ) in exported(replace(annotation, place=place))


def test_without_the_document_passages_are_quoted_from_the_annotations() -> None:
    item = ExportedArticle(ARTICLE, (mark(1, "One said so.\nLater on"),), None)
    assert "> One said so.\n>\n> Later on\n" in render([item], exported=WHEN)


def test_an_article_without_a_title_is_named_by_its_source() -> None:
    article = Article(ID, "https://x.org/a/some-page.html?x=/y", Metadata())
    text = exported(article=article)
    assert "# some-page\n" in text
    assert yaml.safe_load(text.split("---")[1])["url"] == article.source
    assert exported(article=Article(ID, "-", Metadata())).count("# ") == 1


def test_several_articles_make_one_text_with_one_front_matter() -> None:
    other = Article("01JD0000000000000000000A02", "/b.txt", Metadata("B_"))
    items = [
        ExportedArticle(ARTICLE, (mark(1, "One"),), DOCUMENT),
        ExportedArticle(other, (), None),
    ]
    text = render(items, exported=WHEN)
    tokens = PARSER.parse(text)
    assert [token.type for token in tokens].count("front_matter") == 1
    assert "Ana Lind, Bo · The Site · 2024-05-01 · https://x.org/a" in text
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h1"]
    assert article_ids(text)
    assert render(items[::-1], exported=WHEN) == text


@given(lines, lines, lines, lines, notes)
def test_the_frame_of_an_export_holds_whatever_is_in_it(
    title: str, section: str, passage: str, speaker: str, note: str
) -> None:
    article = Article(ID, "/a.txt", Metadata(title))
    annotations = (
        mark(1, passage, section, note=note, speaker=speaker, place=Place(0, 1)),
        mark(2, "last", f"{title} {section} and more", place=Place(5, 6)),
    )
    text = render([ExportedArticle(article, annotations, None)], exported=WHEN)
    tokens = PARSER.parse(text)
    top = [token for token in tokens if token.level == 0]
    assert top[0].type == "front_matter"
    assert yaml.safe_load(top[0].content)["margin-id"] == ID
    headings = [token.tag for token in top if token.type == "heading_open"]
    assert headings[0] == "h1"
    assert headings.count("h1") == 1
    assert 1 <= headings.count("h2") <= 2
    lines_shown = flatten(tokens).split("\n")
    assert "last" in lines_shown
    assert [line for line in lines_shown if line.startswith("^margin-01JD")] == [
        f"^margin-{annotation.id}" for annotation in annotations
    ]


@given(lines)
def test_exporting_again_changes_only_what_changed(passage: str) -> None:
    item = ExportedArticle(ARTICLE, (mark(1, passage),), None)
    first = render([item], exported=WHEN)
    again = render([item], exported="2027-01-01T00:00:00.000Z")
    assert updated(first, again) == first
    more = render(
        [ExportedArticle(ARTICLE, (mark(1, passage), mark(2, "x")), None)], exported="2027"
    )
    assert updated(first, more) == more
    assert updated("", first) == first
    assert updated(first + "mine", again) == first + "mine"
    assert updated("---\ntitle: mine\n---\n", first) == first


@given(st.one_of(lines, st.text(max_size=12)))
def test_obsidian_and_logseq_accept_the_tags(tag: str) -> None:
    name = tag_name(tag)
    assert name
    assert not name.isdigit()
    assert all(
        character.isalnum() or character in "_-/" or not character.isascii() for character in name
    )
    assert len(collapse_spaces(f"#{name}").split()) == 1
    assert tag_name(name) == name


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("claim", "claim"),
        ("to  check", "to-check"),
        ("1984", "_1984"),
        ("c#", "c"),
        ("topic/water", "topic/water"),
        ("水 問題", "水-問題"),
        ("!!", "untagged"),
        ("नमस्ते", "नमस्ते"),
    ],
)
def test_tags_are_written_so(tag: str, name: str) -> None:
    assert tag_name(tag) == name


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(ExportError, match="markdown"):
        exported(format_name="docx")


@pytest.mark.parametrize("loss", [*Loss, None])
def test_a_lost_passage_says_why(loss: Loss | None) -> None:
    stored = None if loss is Loss.REJECTED else loss
    place = Place(0, 0, PlaceState.ORPHANED, refused=loss is Loss.REJECTED, loss=stored)
    lost = replace(mark(1, "gone"), place=place, selector=Selector("gone", prefix="before "))
    text = exported(lost)
    reason = f"{LOSS_SENTENCES[loss]} " if loss else ""
    assert f"\n\n{reason}It stood after “… before”.\n" in text
    place = replace(place, since="2026-12-02T12:00:00.000Z")
    text = exported(replace(lost, place=place))
    assert f"\n\n{reason}It stood after “… before”. Not found since 2 Dec 2026.\n" in text
