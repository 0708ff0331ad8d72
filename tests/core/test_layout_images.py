"""A picture shows its alternative text, and its URL or path below."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.core.document import Block, BlockKind, Document, Span, SpanKind
from reader.core.layout import Layout


def picture(alt: str, target: str) -> Document:
    text = f"Before\n{alt}\nAfter"
    end = 7 + len(alt)
    blocks = (
        Block(BlockKind.PARAGRAPH, 0, 6),
        Block(BlockKind.IMAGE, 7, end),
        Block(BlockKind.PARAGRAPH, end + 1, end + 6),
    )
    return Document(text, blocks, (Span(SpanKind.IMAGE, 7, end, target),))


def drawn(layout: Layout) -> list[str]:
    return ["".join(piece.text for piece in layout.line(y).pieces) for y in range(layout.height)]


def test_the_target_is_below_the_alternative_text() -> None:
    layout = Layout(picture("A clock", "images/clock.png"), 40)
    assert drawn(layout) == ["Before", "", "▣ A clock", "images/clock.png", "", "After"]


def test_a_target_that_the_text_says_is_not_repeated() -> None:
    assert "clock.png" in drawn(Layout(picture("clock.png", "clock.png"), 40))[2]
    assert Layout(picture("clock.png", "clock.png"), 40).height == 5


def test_a_long_target_is_cut_to_the_column() -> None:
    assert drawn(Layout(picture("A clock", "x" * 100), 30))[3] == "x" * 27 + "…"


@given(st.text("ab 図", min_size=1, max_size=90).filter(str.strip), st.integers(20, 60))
def test_every_offset_has_a_cell_and_comes_back(alt: str, width: int) -> None:
    document = picture(alt, "images/clock.png")
    layout = Layout(document, width)
    for offset in range(len(document.text)):
        y, x = layout.cell_of(offset)
        assert layout.line(y).kind == "text"
        assert layout.offset_at(y, x) == offset
    for y in range(layout.height):
        assert 0 <= layout.offset_at(y, 5) <= len(document.text)
