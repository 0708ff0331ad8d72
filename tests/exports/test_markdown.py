"""Exports to Markdown: in order, by section, with everything that is known."""

from __future__ import annotations

import re
from pathlib import Path

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
from reader.exports import ExportedArticle
from reader.exports.outline import LOSS_SENTENCES
from reader.exports.own_markdown import article_ids, updated
from reader.exports.quotation import tag_name
from reader.safe_text import sanitise_for_file
from tests.exports import documented
from tests.exports.documented import EXAMPLE
from tests.exports.flatten import PARSER, collapse_spaces, flatten
from tests.exports.rendering import render
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


CLAIM = mark(
    2,
    "Two said *not*.",
    "Later on",
    tags=("claim", "my own"),
    speaker="Two",
    status=DISPUTED,
    note="Is *that* so?",
)
RECORD = re.compile(r"\n<!-- Margin .*?\n-->\n", re.DOTALL)


def body_of(text: str) -> str:
    """Return a file without its record."""
    return RECORD.sub("", text)


def test_a_whole_export_reads_well() -> None:
    text = exported(CLAIM, mark(1, "One said so.", "The Title"))
    address = "https://x.org/a#:~:text"
    assert body_of(text) == (
        f"""# The Title

Ana Lind, Bo · [The Site](https://x.org/a) · 1 May 2024

## Claims

| Claim | Who | Status | Evidence |
| --- | --- | --- | --- |
| [Two said \\*not\\*.](#claim-1) | Two | disputed |  |

> One said so.
>
>— #quote · marked 22 Nov 2026 · [to the passage]({address}=One%20said%20so.)

## Later on

### Claim 1

> Two said \\*not\\*.
>
>— Two · #claim #my-own · disputed · marked 22 Nov 2026 · [to the passage]({address}=Two%20said%20%2Anot%2A.)

Is *that* so?
"""
    )
    assert "/home/ana" not in text


def test_in_a_vault_there_is_a_front_matter_and_an_id_at_each_passage() -> None:
    text = exported(CLAIM, mark(1, "One said so.", "The Title"), has_ids=True)
    assert body_of(text).startswith(
        f"""---
title: "The Title"
authors:
  - "Ana Lind"
  - "Bo"
site: "The Site"
url: "https://x.org/a"
published: "2024-05-01"
tags:
  - "claim"
  - "my-own"
  - "quote"
  - "to-read"
margin-id: "{ID}"
---

# The Title
"""
    )
    assert "| [Two said \\*not\\*.](#^margin-01JD0000000000000000000B02) |" in text
    assert "### Claim" not in text
    for number in (1, 2):
        assert f"\n\n^margin-01JD0000000000000000000B0{number}\n\n" in text
    assert "/home/ana" not in text


def test_a_file_without_an_address_is_named_without_its_folders() -> None:
    local = Article(ID, "/home/ana/secret/title.txt", Metadata("The Title", ("Ana Lind",)))
    for has_ids in (True, False):
        text = exported(CLAIM, article=local, has_ids=has_ids)
        assert "/home" not in text
        assert "\nAna Lind · title.txt\n" in text
        assert "to the passage" not in text
    assert 'source: "title.txt"' in exported(CLAIM, article=local, has_ids=True)
    url = replace(local, source_metadata=Metadata("The Title", url="file:///home/ana/title.txt"))
    assert "/home" not in exported(CLAIM, article=url, has_ids=True)


PAGE = Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x_y_", seen="2026-11-30")
PASSAGE = Evidence(
    Relation.SUPPORTS, TargetKind.ANNOTATION, "01KA", title="The *harbour*", words="It [did]."
)


def test_the_evidence_stands_below_the_facts() -> None:
    article = Evidence(Relation.CORRECTS, TargetKind.ARTICLE, "01KB", title="The harbour")
    links = linked((), [PAGE, PASSAGE, article, PASSAGE._replace(is_basis=False)])
    text = exported(mark(2, "Two said *not*.", tags=("claim",), links=links, note="Is it?"))
    assert body_of(text).endswith(
        """
>
>Refuted by <https://a.example/x_y_> (seen 30 November 2026)
>
>Supported by “It \\[did].” (The \\*harbour\\*)
>
>Corrected by The harbour
>
>Supports “It \\[did].” (The \\*harbour\\*)

Is it?
"""
    )
    row = next(line for line in text.split("\n") if line.startswith("| [Two"))
    assert "Refuted by <https://a.example/x_y_> (seen 30 November 2026); Supported by" in row


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://a.example/x|y_z_", "https://a.example/x%7Cy_z_"),
        ("https://a.example/x y", "https://a.example/x%20y"),
        ("https://a.example/`<b>`\\", "https://a.example/%60%3Cb%3E%60%5C"),
    ],
)
def test_the_address_of_evidence_is_a_link_with_all_its_letters(address: str, link: str) -> None:
    links = linked((), [Evidence(Relation.REFUTES, TargetKind.ADDRESS, address)])
    text = exported(mark(2, "Two said *not*.", tags=("claim",), links=links))
    assert f"\n>\n>Refuted by <{link}>\n" in text
    assert f"| Refuted by <{link}> |" in text


@given(lines, lines, st.sampled_from(TargetKind), st.sampled_from(Relation))
def test_any_evidence_reads_as_it_was_in_one_paragraph(
    words: str, title: str, kind: TargetKind, relation: Relation
) -> None:
    evidence = Evidence(relation, kind, "https://a.example/x", title=title, words=words)
    links = linked((), [evidence])
    text = exported(mark(1, "One said so.", tags=("claim",), links=links, note="Mine."))
    below = body_of(text).partition(">— #claim")[2].partition("\n>\n")[2]
    shown = flatten(PARSER.parse(below)).split("\n")
    plain = cite_evidence(evidence, lambda part: collapse_spaces(sanitise_for_file(part)))
    assert [
        line.replace(f"<<link_open>>{evidence.target}<<link_close>>", evidence.target)
        for line in shown
    ] == [plain, "Mine."]


def test_the_page_stands_in_the_attribution() -> None:
    for page, shown in (("12", "p. 12"), ("*1\n`", "p. \\*1 \\`")):
        annotation = mark(1, "One", speaker="Ana")
        paged = replace(annotation, selector=replace(annotation.selector, page=page))
        assert f"\n>— Ana · #quote · {shown} · marked 22 Nov 2026 · [" in exported(paged)


def test_a_section_has_one_heading_and_the_text_gives_the_order() -> None:
    text = exported(
        mark(4, "not", "Later on"),
        mark(3, "Two", "Later on"),
        mark(2, "so", "The Title"),
        mark(1, "One"),
    )
    quoted = ("> **One** said", "said **so**", "> **Two**", "said \\*")
    places = [text.index(each) for each in quoted[:3]] + [text.rindex(quoted[3])]
    assert places == sorted(places)
    assert text.count("## ") == 1


def test_only_living_annotations_with_one_of_the_tags_are_written() -> None:
    text = exported(
        mark(1, "One"),
        mark(2, "Two", tags=("claim", "b")),
        mark(3, "not", deleted=WHEN),
        tags=["b"],
    )
    assert "> **Two** said" in text
    assert "**One**" not in text
    assert text.count("\n> ") == text.count("\n>— ") == 1
    assert ">" not in body_of(exported(mark(3, "not", deleted=WHEN)))
    in_vault = exported(mark(2, "Two", tags=("claim", "b")), has_ids=True)
    assert yaml.safe_load(in_vault.split("---")[1])["tags"] == ["b", "claim", "to-read"]


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
    assert (
        text.index("> **Two**") < text.index("## Lost their place") < text.index("> gone \\#away")
    )
    assert "It stood under “Old part”, after “… be \\*fore”, before “after …”." in text


def test_an_edited_passage_is_quoted_as_it_is_and_as_it_was() -> None:
    annotation = mark(1, "One said nothing.", place=Place(10, 22, PlaceState.EDITED))
    text = exported(annotation)
    assert "> One said so." in text
    assert "\n>\n>When it was marked it read: “One said nothing.”\n" in text
    place = replace(annotation.place, words="One said so.", since="2026-12-02T12:00:00.000Z")
    assert (
        "\n>\n>When it was marked it read: “One said nothing.” (on 22 Nov 2026; as above since"
        " 2 Dec 2026)\n"
    ) in exported(replace(annotation, place=place))


def test_without_the_document_passages_are_quoted_from_the_annotations() -> None:
    item = ExportedArticle(ARTICLE, (mark(1, "One said so.\nLater on"),), None)
    assert "> One said so.\n>\n> Later on\n" in render([item], exported=WHEN)


def test_an_article_without_a_title_is_named_by_its_source() -> None:
    article = Article(ID, "https://x.org/a/some-page.html?x=/y", Metadata())
    text = exported(article=article)
    assert "# some-page\n" in text
    assert "\n[x.org](https://x.org/a/some-page.html?x=/y)\n" in text
    in_vault = exported(article=article, has_ids=True)
    assert yaml.safe_load(in_vault.split("---")[1])["url"] == article.source
    assert exported(article=Article(ID, "-", Metadata())).count("# ") == 1


def test_several_articles_make_one_text() -> None:
    other = Article("01JD0000000000000000000A02", "/b.txt", Metadata("B_"))
    items = [
        ExportedArticle(ARTICLE, (mark(1, "One"),), DOCUMENT),
        ExportedArticle(other, (), None),
    ]
    text = render(items, exported=WHEN)
    tokens = PARSER.parse(text)
    assert "\nAna Lind, Bo · [The Site](https://x.org/a) · 1 May 2024\n" in text
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h1"]
    assert article_ids(text) == [other.id, ID]
    assert render(items[::-1], exported=WHEN) == text
    in_vault = PARSER.parse(render(items, exported=WHEN, has_ids=True))
    assert [token.type for token in in_vault].count("front_matter") == 1


def test_the_claims_of_several_articles_are_one_table() -> None:
    other = Article("01JD0000000000000000000A02", "/b.txt", Metadata("B: claim 1"))
    claim = mark(3, "It rose.", "Claim 1", tags=("claim",), place=Place(3, 5))
    items = [ExportedArticle(ARTICLE, (CLAIM,), None), ExportedArticle(other, (claim,), None)]
    text = render(items, exported=WHEN)
    headings = [line for line in text.split("\n") if line.startswith("#")]
    assert headings == [
        "# Claims", "# B: claim 1", "## Claim 1", "### Claim 1", "# The Title", "## Later on",
        "### Claim 2",
    ]  # fmt: skip
    rows = [line.split(" | ")[0] for line in text.split("\n") if line.startswith("| [")]
    # GitHub numbers the headings that read alike.
    assert rows == ["| [It rose.](#claim-1-1)", "| [Two said \\*not\\*.](#claim-2)"]


@given(lines, lines, lines, lines, notes)
def test_the_frame_of_an_export_holds_whatever_is_in_it(
    title: str, section: str, passage: str, speaker: str, note: str
) -> None:
    article = Article(ID, "/a.txt", Metadata(title))
    annotations = (
        mark(1, passage, section, note=note, speaker=speaker, place=Place(0, 1)),
        mark(2, "last", f"{title} {section} and more", place=Place(5, 6)),
    )
    item = ExportedArticle(article, annotations, None)
    text = body_of(render([item], exported=WHEN, has_ids=True))
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
    assert f"\n>\n>{reason}It stood after “… before”.\n" in text
    place = replace(place, since="2026-12-02T12:00:00.000Z")
    text = exported(replace(lost, place=place))
    assert f"\n>\n>{reason}It stood after “… before”. Not found since 2 Dec 2026.\n" in text


def test_the_example_in_the_docs_is_what_is_written() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "exporting.md").read_text("utf-8")
    written = render([EXAMPLE], exported=documented.WHEN)
    assert f"```markdown\n{written}```\n" in docs
    head = render([EXAMPLE], exported=documented.WHEN, has_ids=True).partition("\n\n")[0]
    assert f"```markdown\n{head}\n```\n" in docs


def test_what_follows_a_claim_and_is_none_has_a_heading_of_its_own() -> None:
    marks = (
        mark(1, "One said so."),
        replace(CLAIM, place=Place(11, 12)),
        mark(3, "so.", "Later on", place=Place(12, 13)),
        mark(4, "Two", "Later on", place=Place(13, 14)),
        replace(CLAIM, id="01JD0000000000000000000B09", place=Place(15, 16)),
    )
    item = ExportedArticle(ARTICLE, marks, None)
    text = render([item], exported=WHEN)
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        "# The Title", "## Claims", "## Later on", "### Claim 1", "### Quotation", "### Claim 2",
    ]  # fmt: skip
    in_vault = render([item], exported=WHEN, has_ids=True)
    assert "###" not in in_vault


def test_a_note_that_was_changed_later_has_a_day_of_its_own() -> None:
    later = {"note": "2026-12-02T12:00:00.000Z", "tags": "2026-12-03T12:00:00.000Z"}
    noted = mark(1, "One said so.", note="Why?", changed=later)
    assert " · marked 22 Nov 2026 · note of 2 Dec 2026 · [" in exported(noted)
    for same in (replace(noted, note=""), replace(noted, changed={"note": WHEN})):
        assert "note of" not in exported(same)
