"""Motions stay in the text, are undone by their inverse, and reach the whole text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.core.document import Block, BlockKind, Document, TextRange
from reader.core.graphemes import grapheme_start
from reader.core.layout import Layout
from reader.core.motions import UNIT_MOTIONS, Motions
from reader.core.units import Units
from tests.core.strategies import documents

NAMES = sorted(UNIT_MOTIONS | {"start", "end", "next_annotation", "previous_annotation"})
FORWARD = sorted(name for name in NAMES if name.startswith("next") or name in {"word_end", "end"})
BACKWARD = sorted(set(NAMES) - set(FORWARD))
PAIRS = [
    (name, name.replace("next", "previous"))
    for name in FORWARD
    if name.startswith("next") and name not in {"next_annotation", "next_word"}
]


def motions_of(document: Document, width: int = 40) -> Motions:
    return Motions(Units(document), Layout(document, width), [])


def prose(*paragraphs: str) -> Document:
    """Return a document of paragraphs; ``#`` begins a heading, ``~`` begins residue."""
    blocks: list[Block] = []
    texts: list[str] = []
    start = 0
    for paragraph in paragraphs:
        text = paragraph.lstrip("#~ ")
        kind = BlockKind.HEADING if paragraph.startswith("#") else BlockKind.PARAGRAPH
        residue = paragraph.startswith("~")
        blocks.append(Block(kind, start, start + len(text), level=1, residue=residue))
        texts.append(text)
        start += len(text) + 1
    return Document("\n".join(texts), tuple(blocks))


STORY = prose(
    "# The tide",
    "It rose. It fell at ten.",
    "~ Advertisement",
    "Then it rose again.",
)


def steps(motions: Motions, name: str, offset: int, origin: int | None = None) -> list[int]:
    """Return the offsets of a repeated motion, until it leads no further."""
    found = [offset]
    while (target := motions.target(name, found[-1], origin=origin)) != found[-1]:
        found.append(target)
    return found


@given(documents(), st.sampled_from(NAMES), st.data())
def test_motions_stay_in_the_text(document: Document, name: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(document.text)))
    target = motions_of(document).target(name, offset)
    assert 0 <= target <= max(len(document.text) - 1, 0) or target == offset
    assert target >= offset if name in FORWARD and name != "end" else True
    assert target <= offset if name in BACKWARD else True


@given(documents(), st.sampled_from(NAMES), st.data())
def test_motions_that_select_stay_in_the_text_and_keep_their_direction(
    document: Document, name: str, data: st.DataObject
) -> None:
    length = len(document.text)
    offset, origin = data.draw(st.tuples(st.integers(0, length), st.integers(0, length)))
    target = motions_of(document).target(name, offset, origin=origin)
    assert 0 <= target <= length
    assert target >= offset if name in FORWARD else target <= offset


@given(documents(), st.sampled_from(NAMES), st.booleans())
def test_every_motion_comes_to_an_end(document: Document, name: str, is_selecting: bool) -> None:
    motions = motions_of(document)
    first = 0 if name in FORWARD else len(document.text)
    found = steps(motions, name, first, first if is_selecting else None)
    assert len(found) <= len(document.text) + 2
    assert found == sorted(found, reverse=name in BACKWARD)


@given(documents(), st.sampled_from(PAIRS))
def test_next_then_previous_leads_back(document: Document, pair: tuple[str, str]) -> None:
    motions = motions_of(document)
    for here in steps(motions, pair[0], 0)[1:-1]:
        assert motions.target(pair[1], motions.target(pair[0], here)) == here


@given(documents())
def test_characters_that_are_selected_tile_the_text(document: Document) -> None:
    motions = motions_of(document)
    found = steps(motions, "next_character", 0, 0)
    assert found[-1] == len(document.text)
    assert all(grapheme_start(document.text, each) == each for each in found)
    assert steps(motions, "previous_character", len(document.text), 0) == found[::-1]


@given(documents())
def test_paragraphs_that_are_selected_are_the_blocks(document: Document) -> None:
    ends = [each.end for each in document.blocks if not each.residue or each.start == 0]
    assert steps(motions_of(document), "next_paragraph", 0, 0)[1:] == [
        each for each in dict.fromkeys(ends) if each > 0
    ]


@given(documents())
def test_sentences_that_are_selected_are_those_of_the_text(document: Document) -> None:
    units = Units(document)
    found = steps(motions_of(document), "next_sentence", 0, 0)[1:]
    assert found == sorted({units.sentence_at(each - 1).end for each in found})


def test_a_sentence_is_selected_without_what_follows_it() -> None:
    motions = motions_of(STORY)
    start = STORY.text.index("It rose")
    first, second, third = steps(motions, "next_sentence", start, start)[1:]
    assert STORY.text[start:first] == "It rose."
    assert STORY.text[start:second] == "It rose. It fell at ten."
    assert third == len(STORY.text)


def test_a_selection_shrinks_to_the_starts_of_sentences() -> None:
    motions = motions_of(STORY)
    origin = STORY.text.index("Then")
    offset = STORY.text.index("It rose")
    offset = motions.target("next_sentence", offset, origin=origin)
    assert STORY.text[offset:].startswith("It fell")
    offset = motions.target("next_sentence", offset, origin=origin)
    assert offset == origin
    assert motions.target("next_sentence", offset, origin=origin) == len(STORY.text)


def test_the_last_word_and_character_can_be_selected() -> None:
    text = STORY.text
    motions = motions_of(STORY)
    origin = text.index("again")
    assert motions.target("word_end", origin, origin=origin) == len(text) - 1
    assert motions.target("word_end", len(text) - 1, origin=origin) == len(text)
    assert motions.target("next_character", len(text) - 1, origin=origin) == len(text)
    assert motions.target("next_word", origin, origin=origin) == len(text)
    assert motions.target("end", origin, origin=origin) == len(text)


def test_a_word_of_one_letter_is_selected_whole() -> None:
    document = prose("A b c")
    assert steps(motions_of(document), "word_end", 0, 0) == [0, 1, 3, 5]


def test_a_section_is_selected_up_to_the_next_heading() -> None:
    document = prose("# One", "Text of one.", "# Two", "Text of two.")
    first = motions_of(document).target("next_heading", 0, origin=0)
    assert document.text[first:].startswith("Two")
    assert motions_of(document).target("next_heading", first, origin=0) == len(document.text)


@given(documents(), st.integers(8, 90), st.data())
def test_lines_lead_to_lines_of_text(document: Document, width: int, data: st.DataObject) -> None:
    layout = Layout(document, width)
    motions = Motions(Units(document), layout, [])
    offset = data.draw(st.integers(0, len(document.text)))
    lines = data.draw(st.integers(-5, 5).filter(bool))
    target = motions.line(offset, lines, data.draw(st.integers(0, width)))
    assert 0 <= target <= len(document.text)
    assert layout.line(layout.y_of(target)).kind == "text" or not document.text
    if lines > 0:
        assert layout.y_of(target) >= min(layout.y_of(offset), layout.height - 1)
    else:
        assert layout.y_of(target) <= layout.y_of(offset)


def test_a_line_down_and_up_leads_back() -> None:
    document = prose("one two three four five six seven", "eight nine")
    layout = Layout(document, 10)
    motions = Motions(Units(document), layout, [])
    offset = document.text.index("two")
    below = motions.line(offset, 1, 4)
    assert layout.y_of(below) == layout.y_of(offset) + 1
    assert motions.line(below, -1, 4) == offset


def test_sentence_and_paragraph_motions_skip_residue() -> None:
    motions = motions_of(STORY)
    ads = STORY.text.index("Advertisement")
    last = len(STORY.text) - 1
    assert ads not in steps(motions, "next_sentence", 0)
    assert ads not in steps(motions, "next_paragraph", 0)
    assert ads not in steps(motions, "previous_paragraph", last)
    assert TextRange(ads, ads + 13) == Units(STORY).sentence_at(ads)
