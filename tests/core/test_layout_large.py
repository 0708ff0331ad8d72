"""Large documents: estimates agree with each other, and measured answers do not change."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import Block, BlockKind, Document
from reader.core.layout import Layout, LayoutLine
from tests.core import strategies

WORDS = strategies.WORDS


def large_document(seed: int, characters: int = 300_000) -> Document:
    """Return a document of every kind of block, including long ones."""
    choose = random.Random(seed)
    drafts: list[tuple[Block, str]] = []
    size = 0
    while size < characters:
        words = [choose.choice(WORDS) for _ in range(choose.choice((1, 5, 60, 200)))]
        kind = choose.choice(list(BlockKind))
        text = " ".join(words)
        if choose.random() < 0.01:
            text = " ".join([text] * (30_000 // len(text) + 1))
        if kind is BlockKind.TABLE:
            text = "\n".join("\t".join(words[at : at + 3]) for at in range(0, len(words), 3))
        elif kind in (BlockKind.CODE, BlockKind.VERSE):
            text = "\n  ".join(words)
        nest = choose.choice(((), (), (0,), (2,), (0, 3)))
        drafts.append((Block(kind, 0, len(text), level=choose.randint(1, 6), nest=nest), text))
        size += len(text)
    return strategies.assemble(drafts)


DOCUMENT = large_document(1)
LONG = {
    "prose": strategies.document_of("the quiet ledger of a well-known town " * 20_000),
    "one word": strategies.document_of("x" * 500_000),
    "ideographs": strategies.document_of("今日は、世界。「引用」です" * 10_000),
    "code": strategies.document_of("    return x  # 字\n" * 20_000, BlockKind.CODE),
    "table": strategies.document_of("a\tlonger cell that wraps\t字\n" * 9_000, BlockKind.TABLE),
    "rows": strategies.document_of(("\t".join(["ab"] * 40) + "\n") * 4_000, BlockKind.TABLE),
}


def assert_owns(line: LayoutLine, offset: int, document: Document) -> None:
    assert line.kind == "text"
    assert line.start <= offset
    assert offset < line.end or offset == line.end == len(document.text)


@settings(deadline=None, max_examples=25)
@given(st.data(), st.sampled_from((20, 72)))
def test_answers_agree_at_every_moment(data: st.DataObject, width: int) -> None:
    layout = Layout(DOCUMENT, width)
    for _ in range(12):
        match data.draw(st.sampled_from(("measure", "line", "offset", "cell"))):
            case "measure":
                layout.measure(data.draw(st.integers(1, 200)))
            case "line":
                y = data.draw(st.integers(0, layout.height - 1))
                line = layout.line(y)
                if line.kind == "text":
                    assert layout.y_of(line.start) <= line.y
            case "offset":
                offset = data.draw(st.integers(0, len(DOCUMENT.text)))
                y = layout.y_of(offset)
                assert_owns(layout.line(y), offset, DOCUMENT)
                assert layout.y_of(offset) == y
            case _:
                y = data.draw(st.integers(0, layout.height - 1))
                offset = layout.offset_at(y, data.draw(st.integers(0, width)))
                cell = layout.cell_of(offset)
                assert layout.offset_at(cell.y, cell.x) == offset


@pytest.mark.parametrize("width", [20, 72])
def test_questions_before_measuring_change_no_answer(width: int) -> None:
    asked, fresh = Layout(DOCUMENT, width), Layout(DOCUMENT, width)
    choose = random.Random(width)
    for _ in range(300):
        asked.line(asked.y_of(choose.randrange(len(DOCUMENT.text))))
        asked.line(choose.randrange(asked.height))
    while not asked.measure(100):
        pass
    while not fresh.measure():
        pass
    assert asked.height == fresh.height
    for y in range(0, fresh.height, 7):
        assert asked.line(y) == fresh.line(y)
    for offset in range(0, len(DOCUMENT.text), 997):
        assert asked.cell_of(offset) == fresh.cell_of(offset)


def test_lines_read_downwards_follow_each_other_before_anything_is_measured() -> None:
    layout = Layout(DOCUMENT, 72)
    fresh = Layout(DOCUMENT, 72)
    while not fresh.measure():
        pass
    for y in range(400):
        assert layout.line(y) == fresh.line(y)


def test_the_revision_changes_when_lines_move() -> None:
    layout = Layout(DOCUMENT, 72)
    heights = {layout.revision: layout.height}
    while not layout.measure(50):
        heights.setdefault(layout.revision, layout.height)
        assert heights[layout.revision] == layout.height
    assert len(heights) > 1
    settled = (layout.revision, layout.height)
    layout.line(layout.height // 2)
    assert (layout.revision, layout.height) == settled


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_a_line_that_is_measured_moves_nothing(data: st.DataObject) -> None:
    layout = Layout(DOCUMENT, 72)
    assert not layout.is_measured_at(-1)
    for _ in range(8):
        y = data.draw(st.integers(0, layout.height - 1))
        if layout.is_measured_at(y):
            before = layout.revision, layout.height
            layout.line(y)
            assert (layout.revision, layout.height) == before
        layout.line(data.draw(st.integers(0, layout.height - 1)))
    while not layout.measure():
        pass
    assert all(layout.is_measured_at(y) for y in range(0, layout.height, 97))
    assert not layout.is_measured_at(layout.height)


@pytest.mark.parametrize("name", list(LONG))
def test_a_long_block_is_measured_in_parts(name: str) -> None:
    document = LONG[name]
    layout = Layout(document, 72)
    top = [layout.line(y) for y in range(40)]
    assert not layout.is_measured, "the first screen needs only the block's beginning"
    middle = len(document.text) // 2
    assert_owns(layout.line(layout.y_of(middle)), middle, document)
    while not layout.measure():
        assert_owns(layout.line(layout.y_of(middle)), middle, document)
    assert [layout.line(y) for y in range(40)] == top
    end = layout.cell_of(len(document.text))
    assert end.y >= layout.height - 2
    assert layout.offset_at(*end) == len(document.text)
    last = layout.line(10**9)
    assert last.y == layout.height - 1


@pytest.mark.parametrize("width", [20, 72])
def test_a_layout_that_grows_slice_by_slice_is_a_fresh_one(width: int) -> None:
    blocks = DOCUMENT.blocks
    layout = Layout(Document("", ()), width)
    for count in range(50, len(blocks) + 50, 150):
        shown = blocks[:count]
        layout = layout.grown(Document(DOCUMENT.text[: shown[-1].end], shown))
        layout.measure(60)
        assert_owns(layout.line(layout.y_of(0)), 0, layout.document)
    layout = layout.grown(DOCUMENT)
    fresh = Layout(DOCUMENT, width)
    while not (layout.measure() and fresh.measure()):
        pass
    assert layout.height == fresh.height
    for y in range(0, fresh.height, 11):
        assert layout.line(y) == fresh.line(y)


def test_a_grown_layout_keeps_what_was_measured() -> None:
    blocks = DOCUMENT.blocks[:-1]
    layout = Layout(Document(DOCUMENT.text[: blocks[-1].end], blocks), 72)
    while not layout.measure():
        pass
    grown = layout.grown(DOCUMENT)
    calls = 0
    while not grown.measure():
        calls += 1
    assert calls < 5, "only the last blocks are measured again"


def test_a_document_that_is_not_longer_gets_a_new_layout() -> None:
    first = strategies.document_of("one two three " * 40)
    other = strategies.document_of("other words altogether")
    assert Layout(first, 20).grown(other).line(0) == Layout(other, 20).line(0)


def test_a_longer_document_with_other_blocks_gets_a_new_layout() -> None:
    """Blocks of other kinds at the same places, as where another article takes the place of one."""
    blocks = DOCUMENT.blocks[:400]
    layout = Layout(Document(DOCUMENT.text[: blocks[-1].end], blocks), 40)
    while not layout.measure():
        pass
    other = Document(
        DOCUMENT.text,
        tuple(Block(BlockKind.CODE, each.start, each.end) for each in DOCUMENT.blocks),
    )
    grown, fresh = layout.grown(other), Layout(other, 40)
    while not (grown.measure() and fresh.measure()):
        pass
    assert grown.height == fresh.height
    assert [grown.line(y) for y in range(0, 999, 9)] == [fresh.line(y) for y in range(0, 999, 9)]
