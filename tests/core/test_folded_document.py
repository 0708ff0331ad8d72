"""A folded document keeps what is looked for, and knows where everything is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.core.document import Document, TextRange
from reader.core.folded_document import FoldedDocument
from tests.core.strategies import documents
from tests.core.test_anchoring import document_of

TEXT = "\n".join(f"Paragraph number {number}." for number in range(10))


def test_a_line_stands_for_paragraphs_in_a_row() -> None:
    document = document_of(TEXT)
    at = TEXT.index("number 5")
    folded = FoldedDocument(document, [TextRange(at, at + 8)])
    assert folded.document.text.splitlines() == [
        "⋯ 4 paragraphs unchanged",
        "Paragraph number 4.",
        "Paragraph number 5.",
        "Paragraph number 6.",
        "⋯ 3 paragraphs unchanged",
    ]
    place = folded.range_of(TextRange(at, at + 8))
    assert place is not None
    assert folded.document.quote(place) == "number 5"
    assert folded.range_of(TextRange(0, 5)) is None
    assert folded.offset_of(30) == 0
    assert folded.offset_in_whole(0) == 0
    assert folded.offset_in_whole(len(folded.document.text)) == TEXT.index("Paragraph number 7.")


def test_a_single_paragraph_is_not_folded() -> None:
    document = document_of(TEXT)
    folded = FoldedDocument(document, [TextRange(40, 42), TextRange(len(TEXT) - 3, len(TEXT))])
    assert folded.document.text.startswith("Paragraph number 0.\nParagraph number 1.")


@given(documents(), st.data())
def test_what_stays_is_as_it_was(document: Document, data: st.DataObject) -> None:
    length = len(document.text)
    starts = data.draw(st.lists(st.integers(0, length), max_size=3))
    shown = [TextRange(start, data.draw(st.integers(start, length))) for start in starts]
    folded = FoldedDocument(document, shown)
    end = -1
    for block in folded.document.blocks:
        assert block.start == end + 1
        end = block.end
    assert end == len(folded.document.text)
    for passage in shown:
        place = folded.range_of(passage)
        assert place is not None
        assert folded.document.quote(place) == document.quote(passage)
        assert folded.offset_in_whole(folded.offset_of(passage.start)) == passage.start
    for offset in range(length):
        assert 0 <= folded.offset_of(offset) <= len(folded.document.text)
