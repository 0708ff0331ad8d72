"""Exports to Logseq: a page with properties, in which each passage is a block with an id."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Place, PlaceState, Selector
from reader.core.document import Metadata
from reader.core.evidence import Evidence, Relation, TargetKind, linked
from reader.exported_outlines.logseq import block_id, tag_name
from reader.exported_outlines.logseq_notes import block_lines, markdown_of
from reader.exports import FORMATS, ExportedArticle
from tests.exports.rendering import render
from tests.exports.test_escape import lines
from tests.exports.test_interchange import LEDGER, OTHER, WHEN, mark
from tests.exports.test_notes import notes

BLOCK = re.compile(r"(\t*)- (.*)")


def page(*items: ExportedArticle) -> str:
    return render(items, exported=WHEN, format_name="logseq")


def blocks(text: str) -> list[tuple[int, str]]:
    """Return the blocks of a page as Logseq parts it: their depth, and their lines."""
    found: list[tuple[int, list[str]]] = []
    for line in text.partition("\n\n")[2].split("\n"):
        match = BLOCK.match(line)
        if match:
            found.append((len(match[1]), [match[2]]))
        elif line.strip():
            assert line.startswith("\t" * found[-1][0] + "  ")
            found[-1][1].append(line[found[-1][0] + 2 :])
    return [(depth, "\n".join(each)) for depth, each in found]


def test_a_whole_page_is_an_outline_of_blocks() -> None:
    evidence = Evidence(
        Relation.REFUTES, TargetKind.ADDRESS, "https://town.example/a", seen="2026-11-30"
    )
    claim = mark(
        1,
        "it was *so*",
        note="Was it?\n\n- one\n  - two\n\n# Head\n#\n\nstatus:: mine",
        speaker="Imre Dask",
        status="disputed",
        links=linked((), [evidence]),
    )
    lost = replace(
        mark(2, "gone"),
        selector=Selector("gone", prefix="before"),
        place=Place(0, 4, PlaceState.ORPHANED),
    )
    text = page(ExportedArticle(LEDGER, (claim, lost), None, "status:disputed"))
    assert re.sub(r"margin-notes:: .*\n", "", re.sub(r"digest:: \w+", "digest:: X", text)) == (
        "title:: The Ledger & 50% more\nauthor:: Ana Lind, Jan van der Berg, The Site\n"
        "site:: The Site\nurl:: https://x.org/a_b\npublished:: 2024-05-01\ntags:: harbour\n"
        "margin-id:: 01JD0000000000000000000A01\nmargin-query:: status:disputed\n"
        "margin-digest:: X\n\n"
        "- ## A section\n"
        "\t- > it was \\*so\\*\n\t  id:: 01934000-0000-0000-0000-000000002c01\n"
        "\t  tags:: claim, harbour\n\t  speaker:: Imre Dask\n\t  status:: disputed\n"
        "\t  page:: 12\n\t  marked:: 2026-11-22\n"
        "\t\t- Refuted by <https://town.example/a> (seen 30 November 2026)\n"
        "\t\t- Was it?\n\n\t\t  * one\n\t\t    * two\n\n\t\t  **Head**\n\t\t  \\###\n\n"
        "\t\t  status\\:\\: mine\n"
        "- ## Lost their place\n"
        "\t- > gone\n\t  id:: 01934000-0000-0000-0000-000000002c02\n"
        "\t  tags:: claim, harbour\n\t  marked:: 2026-11-22\n"
        "\t\t- It stood after “… before”.\n"
    )


@given(notes, lines)
def test_no_note_and_no_passage_makes_blocks_or_properties_of_its_own(
    note: str, quote: str
) -> None:
    annotation = replace(mark(1, quote or "x", note=note, speaker=quote), tags=("claim",))
    text = page(ExportedArticle(OTHER, (annotation,), None))
    parts = blocks(text)
    assert [depth for depth, _ in parts] == [0, 1, 2][: len(parts)]
    assert len(parts) == (3 if note.strip() and len(parts) == 3 else 2)
    properties = re.findall(r"^([^\s:]+):: ", parts[1][1], re.MULTILINE)
    assert [each for each in properties if each != "speaker"] == ["id", "tags", "page", "marked"]


def test_a_note_runs_no_query_and_no_macro() -> None:
    note = (
        "{{26 per cent}} by {{query (todo now)}}\n\n#+BEGIN_QUERY\n{:q 1}\n#+END_QUERY\n\n- #+x: y"
    )
    text = page(ExportedArticle(OTHER, (mark(1, "x", note=f"{note}\n\n```\n#+x\n```"),), None))
    assert "26 per cent by query (todo now)" in text
    assert "\\#+BEGIN_QUERY" in text
    assert re.findall(r"^.*(?<!\\)#\+.*$", text, re.MULTILINE) == ["\t\t  #+x"]


def test_a_drawer_of_org_in_a_note_is_text_and_the_address_of_evidence_a_link() -> None:
    note = "Its drawer:\n:PROPERTIES:\n:ID: x\n:END:"
    links = linked((), [Evidence(Relation.REFUTES, TargetKind.ADDRESS, "https://a.example/x_y|z")])
    text = page(ExportedArticle(OTHER, (mark(1, "x", note=note, links=links),), None))
    assert "\\:PROPERTIES:" in text
    assert "\\:END:" in text
    assert "- Refuted by <https://a.example/x_y%7Cz>\n" in text
    assert markdown_of(block_lines(note), (), is_item=False) == note


def test_tags_and_properties_are_read_however_a_person_writes_them() -> None:
    text = page(ExportedArticle(LEDGER, (mark(1, "x"),), None))
    shows_tag = FORMATS["logseq"].shows_tag
    assert shows_tag is not None
    for line in ("claim,harbour", "[[claim]] #[[harbour]]", "#claim, [[harbour]]"):
        edited = text.replace("tags:: claim, harbour\n  ", f"tags:: {line}\n  ")
        edited = edited.replace("\t  tags:: claim, harbour", f"\t  tags:: {line}")
        assert line in edited
        assert shows_tag(edited, ["harbour"])
        assert not shows_tag(edited, ["claim, harbour"])
    mine = f"alias:: a\u2028b\x0bc\n{text}"
    assert FORMATS["logseq"].article_ids(mine) == [LEDGER.id]


def test_the_day_of_publication_is_the_one_that_the_source_states() -> None:
    stated = Metadata("Tides", published="2026-03-14T23:30:00-11:00")
    article = replace(LEDGER, source_metadata=stated)
    item = ExportedArticle(article, (mark(1, "x"),), None)
    assert "\npublished:: 2026-03-14\n" in page(item)
    assert "\n#+date: [2026-03-14 Sat]\n" in render([item], exported=WHEN, format_name="org")


def test_several_articles_are_blocks_of_one_page() -> None:
    text = page(*(ExportedArticle(each, (mark(1, "x"),), None) for each in (LEDGER, OTHER)))
    heads = [(depth, lines.split("\n")[0]) for depth, lines in blocks(text)]
    assert heads == [
        (0, "# Notes"), (1, "## A section"), (2, "> x"),
        (0, "# The Ledger & 50% more"), (1, "## A section"), (2, "> x"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "shown"),
    [("[[x]] and {{query y}}", "[ [x]] and { {query y}}"), ("C# and #tag", "C# and # tag")],
)
def test_the_values_of_properties_link_to_no_page_and_run_no_macro(title: str, shown: str) -> None:
    article = replace(LEDGER, source_metadata=Metadata(title))
    assert page(ExportedArticle(article, (mark(1, "x"),), None)).startswith(f"title:: {shown}\n")


@pytest.mark.parametrize(
    ("tag", "name"), [("my own", "my own"), ("a, b", "a b"), ("[[x]]", "x"), ("#", "untagged")]
)
def test_tags_are_pages_that_tags_can_name(tag: str, name: str) -> None:
    assert tag_name(tag) == name


@given(st.text(max_size=30))
def test_every_annotation_has_one_uuid(identifier: str) -> None:
    assert str(UUID(block_id(identifier))) == block_id(identifier)


def test_a_file_says_what_it_holds_and_whether_it_is_as_margin_wrote_it() -> None:
    format_ = FORMATS["logseq"]
    text = page(ExportedArticle(LEDGER, (mark(1, "it was so"),), None, "a b"))
    is_own, shows_tag = format_.is_own, format_.shows_tag
    assert is_own is not None
    assert shows_tag is not None
    as_block = "- " + text.replace("\n", "\n  ", text.count("::") - 6)
    for kept in (text, text.replace("\n", "\r\n"), f"\ufeff{text}"):
        assert is_own(kept, {})
    for kept in (text, text.replace("\n", "\r\n"), f"\ufeff{text}", as_block):
        assert format_.article_ids(kept) == [LEDGER.id]
        assert format_.is_of(kept, "a b")
    assert not is_own(f"{text}- mine\n", {})
    assert not is_own(text.replace("it was so", "it was not so"), {})
    assert format_.article_ids("title:: mine\n\n- margin-id:: x\n") == []
    assert shows_tag(text, ["harbour"])
    assert not shows_tag(text, ["harb"])
