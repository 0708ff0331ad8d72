"""How each kind of block looks on the screen."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.core.document import Block, BlockKind, Document
from reader.core.layout import Layout
from reader.core.layout.frames import frame, indent_limit
from reader.core.layout.tables import fit_columns
from tests.core import strategies
from tests.core.test_layout import lines_of, screen


def block(kind: BlockKind, **fields: object) -> Block:
    return Block(kind, 0, 0, **fields)  # type: ignore[arg-type]


def built(*drafts: tuple[Block, str], width: int = 30) -> list[str]:
    return screen(strategies.assemble(list(drafts)), width)


PARAGRAPH = block(BlockKind.PARAGRAPH)
QUOTE = block(BlockKind.QUOTE, level=1, nest=(0,))
ITEM = block(BlockKind.ITEM, level=1, nest=(2,), marker="•")
TIGHT = block(BlockKind.ITEM, level=1, nest=(2,), marker="•", tight=True)


def test_gaps_between_blocks() -> None:
    lines = built(
        (block(BlockKind.HEADING, level=1), "Title"),
        (PARAGRAPH, "One."),
        (block(BlockKind.HEADING, level=2), "Second"),
        (PARAGRAPH, "Two."),
        (block(BlockKind.HEADING, level=3), "Third"),
        (ITEM, "a"),
        (TIGHT, "b"),
    )
    assert lines == [
        *("Title", "", "One.", "", "", "Second", "", "Two.", "", "Third", "", "• a", "• b"),
    ]


def test_quote_bars_continue_through_gaps_between_quotes() -> None:
    lines = built(
        (QUOTE, "one two three four five six seven"),
        (block(BlockKind.QUOTE, level=2, nest=(0, 0)), "inner"),
        (block(BlockKind.QUOTE, level=2, nest=(0, 0)), "more"),
        (QUOTE, "outer"),
        (PARAGRAPH, "plain"),
        (block(BlockKind.QUOTE, level=1, nest=(3, 0)), "in an item"),
    )
    assert lines == [
        "▎ one two three four five six",
        "▎ seven",
        "▎ ",
        "▎ ▎ inner",
        "▎ ▎ ",
        "▎ ▎ more",
        "▎ ",
        "▎ outer",
        "",
        "plain",
        "",
        "   ▎ in an item",
    ]


def test_markers_are_right_before_the_text_of_the_first_line() -> None:
    lines = built(
        (ITEM, "one two three four five six seven"),
        (block(BlockKind.ITEM, level=2, nest=(2, 4), marker="9.", tight=True), "nine"),
        (block(BlockKind.ITEM, level=2, nest=(2, 4), marker="10.", tight=True), "ten"),
        (block(BlockKind.ITEM, level=1, nest=(2, 0), marker="☐", tight=True), "quoted"),
        (block(BlockKind.FOOTNOTE, marker="[note]", label="note"), "Without a container."),
    )
    assert lines == [
        "• one two three four five six",
        "  seven",
        "   9. nine",
        "  10. ten",
        "☐ ▎ quoted",
        "",
        "[note] Without a container.",
    ]


def test_code_is_broken_where_it_is_full_and_says_so() -> None:
    code = "    if x:\n\n        return some_name(with_arguments)"
    assert built((block(BlockKind.CODE), code), width=24) == [
        "    if x:",
        "",
        "        return some_name",
        "↪ (with_arguments)",
    ]


def test_verse_keeps_its_lines_and_breaks_between_words() -> None:
    verse = "Shall I compare thee\n    to a summer day of long ago"
    assert built((block(BlockKind.VERSE), verse), width=24) == [
        "Shall I compare thee",
        "    to a summer day of",
        "  long ago",
    ]


def test_rules_are_centred_and_images_marked() -> None:
    assert built((block(BlockKind.RULE), "* * *"), width=25) == [" " * 10 + "* * *"]
    picture = built((block(BlockKind.IMAGE), "The town hall in the year 1911"), width=20)
    assert picture == ["▣ The town hall in", "  the year 1911"]


def test_a_table_that_fits_has_borders_and_aligned_columns() -> None:
    table = block(BlockKind.TABLE, aligns="lrc", header_rows=1)
    assert built((table, "Name\tSum\tNote\nAlpha\t12\tx\nBeta\t1,234\t世界")) == [
        "┌───────┬───────┬──────┐",
        "│ Name  │   Sum │ Note │",
        "├───────┼───────┼──────┤",
        "│ Alpha │    12 │  x   │",
        "│ Beta  │ 1,234 │ 世界 │",
        "└───────┴───────┴──────┘",
    ]


def test_rows_are_separated_where_cells_wrap_and_may_be_short() -> None:
    table = block(BlockKind.TABLE, header_rows=1)
    text = "Name\tNote\nAlpha\tseveral words that wrap\nBeta"
    assert built((table, text), width=24) == [
        "┌───────┬──────────────┐",
        "│ Name  │ Note         │",
        "╞═══════╪══════════════╡",
        "│ Alpha │ several      │",
        "│       │ words that   │",
        "│       │ wrap         │",
        "├───────┼──────────────┤",
        "│ Beta  │              │",
        "└───────┴──────────────┘",
    ]


def test_a_table_without_room_becomes_rows_of_text() -> None:
    table = block(BlockKind.TABLE, header_rows=1)
    text = "\t".join("abcdefgh") + "\n" + "\t".join(["word"] * 8)
    assert built((table, text), width=24) == [
        "a │ b │ c │ d │ e │ f │",
        "g │ h",
        "word │ word │ word │",
        "word │ word │ word │",
        "word │ word",
    ]


def test_places_in_a_table() -> None:
    text = "ab\tcd\nef\tseveral words that wrap"
    layout = Layout(Document(text, (Block(BlockKind.TABLE, 0, len(text)),)), 20)
    assert [line.kind for line in lines_of(layout)][:3] == ["border", "text", "border"]
    assert layout.cell_of(0) == (1, 2)
    assert layout.offset_at(1, 0) == 0
    assert layout.offset_at(1, 3) == 1
    assert layout.cell_of(2) == (1, 5), "the tab is the bar between the cells"
    assert layout.offset_at(1, 5) == 2
    assert layout.offset_at(1, 7) == 3
    assert layout.offset_at(1, 19) == 5, "past a row's end is its newline"
    assert layout.cell_of(text.index("words")).y == 4
    assert layout.offset_at(4, 2) == text.index("words"), "where a cell has no text, its neighbour"
    assert layout.offset_at(2, 3) == 1, "a border is nearest to the row above it"


@settings(deadline=None)
@given(st.lists(st.integers(0, 5), max_size=30).map(tuple), st.integers(10, 140))
def test_deep_nesting_leaves_room_for_text(nest: tuple[int, ...], width: int) -> None:
    for marker in ("", "•", "[a long footnote name]"):
        around = frame(nest, marker, width)
        assert around.indent <= indent_limit(width)
        assert width - around.indent >= min(20, width * 2 // 3)
        pieces = [*around.bars, *((around.marker,) if around.marker else ())]
        for piece, after in pairwise(sorted(pieces)):
            assert piece.x + piece.width <= after.x
        for piece in pieces:
            assert piece.x >= 0
            assert piece.x + piece.width <= around.indent


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12), st.integers(10, 120), st.data())
def test_columns_fit_and_the_widest_give_way(
    natural: list[int], room: int, data: st.DataObject
) -> None:
    words = [data.draw(st.integers(1, need)) for need in natural]
    widths = fit_columns(natural, words, room)
    if widths is None:
        assert room < 4 * len(natural)
        return
    assert sum(widths) == min(sum(natural), room)
    for width, need in zip(widths, natural, strict=True):
        assert min(need, 4) <= width <= need
    words = [max(word, min(need, 4)) for word, need in zip(words, natural, strict=True)]
    if sum(words) <= room:
        for width, word in zip(widths, words, strict=True):
            assert width >= word
