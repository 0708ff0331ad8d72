"""The text around a passage."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.core.annotation import Selector
from reader.core.document import Block, BlockKind, Document, TextRange
from reader.core.selectors import describe
from reader.core.surroundings import REACH, marked_surroundings, surroundings_in

TEXTS = st.text(alphabet="ab é\n漢", min_size=1, max_size=3_000)


def document_of(text: str) -> Document:
    return Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))


@given(st.data())
def test_the_surroundings_are_the_text_on_both_sides(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = Selector(exact=text[start:end], start=start, end=end)
    found = surroundings_in(document_of(text), selector)
    assert found is not None
    assert found.passage == text[start:end]
    assert text[:start].endswith(found.before.removeprefix("…"))
    assert text[end:].startswith(found.after.removesuffix("…"))
    assert len(found.before) <= REACH + 1
    assert len(found.after) <= REACH + 1
    if not found.before.startswith("…") and len(found.before) < start:
        assert text[start - len(found.before) - 1] == "\n", "it begins with a paragraph"


def test_what_was_marked_with_a_passage_is_shown_where_the_document_is_missing() -> None:
    text = "Many words before it. " * 9 + "Nobody was pleased. They left."
    start = text.index("Nobody")
    found = marked_surroundings(describe(document_of(text), TextRange(start, start + 19)))
    assert found.before.startswith("…")
    assert text[:start].endswith(found.before.removeprefix("…"))
    assert (found.passage, found.after) == ("Nobody was pleased.", " They…")
    assert marked_surroundings(Selector(exact="Nobody")) == ("", "Nobody", "")


def test_other_words_at_the_place_are_no_surroundings() -> None:
    document = document_of("The council met.")
    assert surroundings_in(document, Selector(exact="board", start=4, end=9)) is None
    assert surroundings_in(document, Selector(exact="board", start=4, end=90)) is None


def test_a_short_paragraph_is_shown_with_its_neighbours() -> None:
    text = "Far away.\nThe hall was cold.\nNobody was pleased.\nThey left.\nThe end."
    start = text.index("Nobody")
    selector = Selector(exact="Nobody was pleased.", start=start, end=start + 19)
    found = surroundings_in(document_of(text), selector)
    assert found == ("The hall was cold.\n", "Nobody was pleased.", "\nThey left.")
