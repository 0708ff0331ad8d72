"""The layout maps offsets to cells and back, draws all text, and keeps to the width."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader import safe_text
from reader.core.cells import graphemes
from reader.core.document import BlockKind, Document
from reader.core.layout import Layout, LayoutLine
from tests.core import strategies

WIDTHS = st.one_of(st.integers(20, 140), st.sampled_from((20, 40, 72)))

property_test = settings(deadline=None, max_examples=60)


def lines_of(layout: Layout) -> list[LayoutLine]:
    while not layout.measure():
        pass
    return [layout.line(y) for y in range(layout.height)]


def drawn(line: LayoutLine) -> str:
    """Return a line as drawn on the screen."""
    text, x = "", 0
    for piece in line.pieces:
        assert piece.x >= x, "pieces are in order and do not overlap"
        text += " " * (piece.x - x) + piece.text
        x = piece.x + piece.width
    return text


def screen(document: Document, width: int) -> list[str]:
    return [drawn(line) for line in lines_of(Layout(document, width))]


def grapheme_starts(document: Document) -> list[int]:
    starts = []
    for block in document.blocks:
        offset = block.start
        for line in document.text[block.start : block.end].split("\n"):
            cells = line.split("\t") if block.kind is BlockKind.TABLE else [line]
            for cell in cells:
                starts += [offset + start for start in graphemes(cell).starts]
                offset += len(cell) + 1
    return starts


@property_test
@given(strategies.documents(), WIDTHS)
def test_offset_to_cell_to_offset_is_the_identity_on_graphemes(
    document: Document, width: int
) -> None:
    layout = Layout(document, width)
    for offset in grapheme_starts(document):
        cell = layout.cell_of(offset)
        assert layout.offset_at(cell.y, cell.x) == offset
        assert layout.y_of(offset) == cell.y


@property_test
@given(strategies.documents(), WIDTHS)
def test_an_offset_inside_a_grapheme_has_its_cell(document: Document, width: int) -> None:
    layout = Layout(document, width)
    starts = [*grapheme_starts(document), len(document.text) + 1]
    for start, after in pairwise(starts):
        cells = {layout.cell_of(offset) for offset in range(start, min(after, start + 8))}
        assert len(cells) == 1


@property_test
@given(strategies.documents(), WIDTHS)
def test_no_line_is_wider_than_the_column(document: Document, width: int) -> None:
    for line in lines_of(Layout(document, width)):
        assert cell_len(safe_text.drawn(drawn(line))) <= width
        for piece in line.pieces:
            assert piece.width == cell_len(safe_text.drawn(piece.text))
            assert piece.x + piece.width <= width


@property_test
@given(strategies.documents(), WIDTHS)
def test_every_character_is_drawn_once_but_for_spaces_and_newlines(
    document: Document, width: int
) -> None:
    times = [0] * len(document.text)
    for line in lines_of(Layout(document, width)):
        for piece in line.pieces:
            if piece.role == "text":
                for offset in range(piece.start, piece.end):
                    times[offset] += 1
                shown = document.text[piece.start : piece.end]
                assert piece.text == ("│" if shown == "\t" else shown)
            else:
                assert (piece.start, piece.end) == (-1, -1)
    for offset, count in enumerate(times):
        assert count == 1 or (count == 0 and document.text[offset].isspace())


@property_test
@given(strategies.documents(), WIDTHS)
def test_the_lines_of_text_tile_it(document: Document, width: int) -> None:
    layout = Layout(document, width)
    reached = 0
    for line in lines_of(layout):
        is_table = document.blocks[line.block].kind is BlockKind.TABLE
        if line.kind == "text" and not is_table:
            assert line.start == reached
            reached = line.end
        elif is_table:
            reached = min(document.blocks[line.block].end + 1, len(document.text))
    assert reached == len(document.text)


@property_test
@given(strategies.documents(), WIDTHS, st.data())
def test_the_line_of_an_offset_owns_it(document: Document, width: int, data: st.DataObject) -> None:
    layout = Layout(document, width)
    for _ in range(20):
        offset = data.draw(st.integers(0, len(document.text)))
        line = layout.line(layout.y_of(offset))
        assert line.kind == "text"
        assert line.start <= offset
        assert offset < line.end or offset == line.end == len(document.text)


@property_test
@given(strategies.documents(), WIDTHS, st.integers(-3, 200), st.integers(-3, 200))
def test_every_cell_has_an_offset_on_a_grapheme(
    document: Document, width: int, y: int, x: int
) -> None:
    layout = Layout(document, width)
    offset = layout.offset_at(y, x)
    assert offset in grapheme_starts(document)
    line = layout.line(y)
    if line.kind == "text":
        assert layout.y_of(offset) == line.y


@property_test
@given(strategies.documents(max_blocks=8), WIDTHS, st.data())
def test_a_grown_layout_is_a_fresh_one(document: Document, width: int, data: st.DataObject) -> None:
    end = document.blocks[data.draw(st.integers(0, len(document.blocks) - 1))].end
    prefix = Document(
        document.text[:end], tuple(block for block in document.blocks if block.end <= end)
    )
    layout = Layout(prefix, width)
    layout.line(0)
    assert lines_of(layout.grown(document)) == lines_of(Layout(document, width))


def test_an_empty_document_has_one_line() -> None:
    layout = Layout(Document("", ()), 72)
    assert layout.height == 1
    assert layout.line(0).kind == "text"
    assert layout.cell_of(0) == (0, 0)
    assert layout.offset_at(5, 5) == 0
    assert layout.is_measured


def wrapped(text: str, width: int, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return screen(strategies.document_of(text, kind), width)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("the quiet ledger of the town", 20, ["the quiet ledger of", "the town"]),
        ("x" * 20 + " after", 20, ["x" * 20, "after"]),
        ("x" * 45, 20, ["x" * 20, "x" * 20, "x" * 5]),
        ("aaaaaaaaaaaa twenty-one", 20, ["aaaaaaaaaaaa twenty-", "one"]),
        ("aaaaaaaaaaaaaaa 1990-1995", 20, ["aaaaaaaaaaaaaaa", "1990-1995"]),
        ("aaaaaaaaaaaaaaaaa -5 degrees", 20, ["aaaaaaaaaaaaaaaaa -5", "degrees"]),
        ("aaaaaaaaaaaaaaaaaa -5 deg", 20, ["aaaaaaaaaaaaaaaaaa", "-5 deg"]),
        ("aaaaaaaaaaaaa so—thought", 20, ["aaaaaaaaaaaaa so—", "thought"]),
        ("see https://a.example/bc/def/ghi", 20, ["see", "https://a.example/", "bc/def/ghi"]),
        ("see https://a.example/b/def/ghi", 20, ["see", "https://a.example/b/", "def/ghi"]),
        ("aaaaaaaaaaaa no\u00a0break here", 20, ["aaaaaaaaaaaa", "no\u00a0break here"]),
    ],
)
def test_where_narrow_lines_break(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines
