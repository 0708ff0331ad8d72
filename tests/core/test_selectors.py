"""A selector describes a passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.annotation import Selector
from reader.core.document import Block, BlockKind, Document, Mark, MarkKind, TextRange
from reader.core.selectors import CONTEXT_LENGTH, describe, former_context, trimmed

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


def document_of(*paragraphs: str, complete: bool = True) -> Document:
    """Return a document of paragraphs; one that begins with ``#`` is a heading."""
    blocks, position = [], 0
    texts = [paragraph.removeprefix("# ") for paragraph in paragraphs]
    for source, paragraph in zip(paragraphs, texts, strict=True):
        kind = BlockKind.HEADING if source.startswith("# ") else BlockKind.PARAGRAPH
        blocks.append(Block(kind, position, position + len(paragraph)))
        position += len(paragraph) + 1
    return Document("\n".join(texts), tuple(blocks), is_complete=complete)


ARTICLE = document_of(
    "# Tides",
    "The harbour wall was built in 1911, and it leaks.",
    "# Costs",
    "The council says that the wall will cost nine million. It leaks, they say, a little.",
)

texts = st.text(
    st.sampled_from("ab \n\t.’é\u0301\u200d\U0001f468\U0001f1ec\U0001f1e7"), min_size=1, max_size=60
)


@st.composite
def passages(draw: st.DrawFn) -> tuple[Document, TextRange]:
    document = document_of(*draw(texts).split("\n"))
    offsets = st.integers(-3, len(document.text) + 3)
    return document, TextRange(draw(offsets), draw(offsets))


@given(passages())
def test_a_trimmed_passage_is_inside_the_text_and_has_no_white_space_at_its_edges(
    case: tuple[Document, TextRange],
) -> None:
    document, passage = case
    start, end = trimmed(document, passage)
    assert 0 <= start <= end <= len(document.text)
    quote = document.text[start:end]
    assert quote == quote.rstrip()
    # A space with a combining mark is one grapheme.
    assert quote == quote.lstrip() or quote[1] in "\u0301\u200d"
    assert trimmed(document, TextRange(start, end)) == (start, end)


@given(passages())
def test_a_selector_has_the_passage_and_its_context(case: tuple[Document, TextRange]) -> None:
    document, passage = case
    selector = describe(document, passage)
    text = document.text
    assert text[selector.start : selector.end] == selector.exact
    assert text[: selector.start].endswith(selector.prefix)
    assert text[selector.end :].startswith(selector.suffix)
    assert len(selector.prefix) == min(CONTEXT_LENGTH, selector.start)
    assert len(selector.suffix) == min(CONTEXT_LENGTH, len(text) - selector.end)
    assert selector.snapshot == document.digest


def test_white_space_at_the_edges_is_left_out() -> None:
    start = ARTICLE.text.index("1911")
    selector = describe(ARTICLE, TextRange(start - 1, start + 6))
    assert selector.exact == "1911,"
    assert trimmed(ARTICLE, TextRange(start + 5, start + 6)).is_empty


@pytest.mark.parametrize("cluster", [FAMILY, "e\u0301", "\U0001f1ec\U0001f1e7", "\uac00\u11a8"])
def test_a_grapheme_is_never_cut(cluster: str) -> None:
    document = document_of(f"ab {cluster} cd")
    for inside in range(4, 3 + len(cluster)):
        assert trimmed(document, TextRange(0, inside)) == (0, 3 + len(cluster))
        assert trimmed(document, TextRange(inside, 5 + len(cluster))) == (3, 5 + len(cluster))
    assert trimmed(document, TextRange(0, 3)) == (0, 2)
    assert trimmed(document, TextRange(3, 3 + len(cluster))) == (3, 3 + len(cluster))


def test_the_section_is_the_last_heading_before_the_passage() -> None:
    text = ARTICLE.text
    for word, section in (("harbour", "Tides"), ("Costs", "Costs"), ("million", "Costs")):
        place = text.index(word)
        assert describe(ARTICLE, TextRange(place, place + len(word))).section == section
    assert describe(document_of("No heading."), TextRange(0, 2)).section == ""


def test_a_passage_is_of_the_page_that_it_begins_on() -> None:
    places = [ARTICLE.text.index(words) for words in ("wall was", "Costs", "It leaks")]
    marks = [
        Mark(MarkKind.PAGE, places[0], "xii"),
        Mark(MarkKind.ANCHOR, places[1], "costs"),
        Mark(MarkKind.PAGE, places[2], "13"),
    ]
    paged = Document(ARTICLE.text, ARTICLE.blocks, marks=tuple(marks))

    def page(start: int, end: int) -> str:
        return describe(paged, TextRange(start, end)).page

    assert page(0, 5) == ""
    assert page(places[0], places[0] + 4) == "xii"
    assert page(places[1], places[2] + 4) == "xii"
    assert page(places[2] - 1, places[2] + 4) == "13"  # the space before it is left out
    assert describe(ARTICLE, TextRange(places[2], places[2] + 4)).page == ""


def test_a_document_that_is_still_being_read_has_no_snapshot() -> None:
    partial = document_of("The harbour wall", complete=False)
    assert describe(partial, TextRange(0, 3)).snapshot == ""
    assert describe(partial, TextRange(0, 3), snapshot="abc").snapshot == "abc"


def test_a_lost_passage_is_described_by_its_former_context() -> None:
    selector = Selector("x", prefix="the\nwords before ", suffix=" after", section="A {} section")
    assert former_context(selector) == (
        "It stood under “A {} section”, after “… the words before”, before “after …”."
    )
    cut = Selector("x", prefix=f"{'ut of a word' + ' y' * 40}"[:64], suffix=("y " * 40)[:62] + "cu")
    assert former_context(cut) == f"It stood after “… of a word{' y' * 26}”, before “{'y ' * 31}…”."
    unspaced = Selector("x", prefix="書" * 64, suffix="書" * 64)
    assert former_context(unspaced) == f"It stood after “… {'書' * 64}”, before “{'書' * 64} …”."
    assert former_context(Selector("x", suffix="b"), str.upper) == "It stood before “B …”."
    assert former_context(Selector("x", prefix=" \n")) == ""
