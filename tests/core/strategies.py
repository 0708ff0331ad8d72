"""Random valid documents: every kind of block, nesting, and text of many scripts."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.document import Block, BlockKind, Document, Span, SpanKind

WORDS = (
    *[
        "a",
        "I",
        "the",
        "of",
        "reader",
        "margin",
        "claim",
        "evidence",
        "said",
        "U.S.",
        "Mr.",
        "3.14",
        "1990-95",
        "-5",
        "don't",
        "“quoted”",
        "(so)",
    ],
    *[
        "well-known",
        "twenty-one",
        "e-mail",
        "and/or",
        "https://example.org/a/long/path?q=1&r=2",
        "—",
        "–",
        "…",
    ],
    *["naïve", "Straße", "œuvre", "Ελλάδα", "μετά", "Москва", "Київ"],
    *[
        "今日は、世界。",
        "「引用」です",
        "ちょっと",
        "カタカナー",
        "中文，没有空格！",
        "ﾊﾝｶｸ",
        "１２３",
    ],
    *["한국어", "단어", "각", "שלום", "שָׁלוֹם", "مرحبا", "مَرْحَبًا"],
    *["नमस्ते", "क्षत्रिय", "हिन्दी", "ภาษาไทย", "ที่นี่", "தமிழ்", "བོད་"],
    *["é", "é", "ñ̃", "Z͑ͫ̓", "👍", "👍🏽", "👩\u200d👩\u200d👧", "🇫🇷", "🇯🇵🇩🇪", "1️⃣", "❤️", "☺", "☎️"],
    "non\u00a0breaking",
    "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel",
    "x" * 97,
    "字" * 61,
)
"""Words of many scripts, with combining marks, joined emoji, flags and hard line breaks."""

_EVIL = "\u0301\u200d\ufe0f\u200b\u2060\u0600\u1100\u1161\u11a8\u0e33\U0001f1eb☺❤👩क्\u3000"

words = st.sampled_from(WORDS)
"""One word."""

prose = st.lists(words, min_size=1, max_size=40).map(" ".join)
"""Words with single spaces between them."""

odd_text = st.text(
    st.one_of(
        st.sampled_from("ab -–—/.,()!「」、。ー中ﾊあ각é\u00a0" + _EVIL),
        st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]),
    ),
    min_size=1,
    max_size=60,
)
"""Any characters that a document may contain, with clusters that are easy to get wrong."""

ascii_prose = st.lists(
    st.text("abcdefghij-/.,", min_size=1, max_size=14), min_size=1, max_size=60
).map(" ".join)
"""Plain narrow text."""

line_text = st.one_of(prose, odd_text, ascii_prose)
"""The text of one line without a newline or a tab."""

nests = st.lists(st.sampled_from((0, 0, 2, 3, 4)), max_size=4).map(tuple)
"""The containers around a block."""


def _indented(lines: list[tuple[int, str]]) -> str:
    return "\n".join(" " * indent + text for indent, text in lines)


code_text = st.lists(
    st.tuples(st.integers(0, 8), st.one_of(st.just(""), line_text)), min_size=1, max_size=6
).map(_indented)
"""Lines with leading spaces, some of them empty."""

_table_cell = st.one_of(st.just(""), words, line_text)

table_text = st.one_of(
    st.lists(st.lists(_table_cell, min_size=1, max_size=4).map("\t".join), min_size=1, max_size=6),
    st.lists(st.lists(_table_cell, min_size=1, max_size=14).map("\t".join), min_size=1, max_size=2),
).map("\n".join)
"""Rows of cells; rows may be of different lengths."""


@st.composite
def block_drafts(draw: st.DrawFn) -> tuple[Block, str]:
    """Draw a block that starts at 0 and its text."""
    kind = draw(st.sampled_from(list(BlockKind)))
    nest = draw(nests)
    level, marker, aligns, header_rows = 0, "", "", 0
    match kind:
        case BlockKind.CODE | BlockKind.VERSE:
            text = draw(code_text)
        case BlockKind.TABLE:
            text = draw(table_text)
            aligns = draw(st.text("lcr", max_size=5))
            header_rows = draw(st.integers(0, 1))
        case BlockKind.RULE:
            text = "* * *"
        case BlockKind.HEADING:
            text, level = draw(line_text), draw(st.integers(1, 6))
        case BlockKind.ITEM:
            marker = draw(st.sampled_from(("•", "3.", "12)", "☐", "☑")))
            nest = (*nest, len(marker) + 1)
            text, level = draw(line_text), sum(1 for width in nest if width)
        case BlockKind.FOOTNOTE:
            marker, nest = draw(st.sampled_from((("[1]", (4,)), ("[note]", ()), ("[12]", (5,)))))
            text = draw(line_text)
        case BlockKind.QUOTE:
            nest = (0, *nest)
            text, level = draw(line_text), nest.count(0)
        case _:
            text = draw(st.lists(line_text, min_size=1, max_size=2).map("\n".join))
    block = Block(
        kind=kind,
        start=0,
        end=len(text),
        level=level,
        nest=nest,
        marker=marker,
        tight=kind is BlockKind.ITEM and draw(st.booleans()),
        residue=draw(st.sampled_from((False, False, False, True))),
        aligns=aligns,
        header_rows=header_rows,
    )
    return block, text


def assemble(drafts: list[tuple[Block, str]], spans: tuple[Span, ...] = ()) -> Document:
    """Join drawn blocks and their texts into a document, with a newline between two blocks."""
    blocks: list[Block] = []
    offset = 0
    for block, text in drafts:
        end = offset + len(text)
        tight = block.tight and bool(blocks)
        blocks.append(replace(block, start=offset, end=end, tight=tight))
        offset += len(text) + 1
    return Document("\n".join(text for _, text in drafts), tuple(blocks), spans)


@st.composite
def documents(draw: st.DrawFn, *, max_blocks: int = 6) -> Document:
    """Draw a valid document with blocks and spans."""
    document = assemble(draw(st.lists(block_drafts(), min_size=1, max_size=max_blocks)))
    spans = []
    for block in document.blocks:
        if block.end - block.start > 1 and draw(st.booleans()):
            start = draw(st.integers(block.start, block.end - 1))
            end = draw(st.integers(start + 1, block.end))
            kind = draw(st.sampled_from(list(SpanKind)))
            spans.append(Span(kind, start, end, "#there" if kind is SpanKind.LINK else ""))
    return Document(document.text, document.blocks, tuple(spans), document.metadata)


def document_of(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    """Return a document of one block."""
    return Document(text, (Block(kind, 0, len(text)),) if text else ())
