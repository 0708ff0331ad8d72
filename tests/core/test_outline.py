"""The outline: the headings as a tree, and the section of every offset."""

from __future__ import annotations

from hypothesis import given

from reader.core.document import Block, BlockKind, Document
from reader.core.outline import Outline
from tests.core import strategies


def document(*parts: tuple[int, str]) -> Document:
    """Make a document of headings (level above 0) and paragraphs (level 0)."""
    blocks = []
    offset = 0
    for level, text in parts:
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        blocks.append(Block(kind, offset, offset + len(text), level))
        offset += len(text) + 1
    return Document("\n".join(text for _, text in parts), tuple(blocks))


def test_levels_that_are_skipped_do_not_deepen() -> None:
    outline = Outline(document((1, "A"), (3, "B"), (0, "text"), (2, "C"), (3, "D"), (1, "E")))
    assert [(entry.title, entry.depth) for entry in outline.entries] == [
        ("A", 0),
        ("B", 1),
        ("C", 1),
        ("D", 2),
        ("E", 0),
    ]


def test_sections_of_an_offset() -> None:
    article = document((0, "lead"), (2, "One  thing\nmore"), (0, "text"), (3, "Two"), (0, "end"))
    outline = Outline(article)
    assert outline.section_at(2) is None
    first = outline.section_at(5)
    assert first is not None
    assert first.title == "One thing more"
    last = outline.section_at(len(article.text))
    assert last is not None
    assert (last.title, last.depth) == ("Two", 1)


@given(strategies.documents())
def test_every_heading_has_its_place(article: Document) -> None:
    outline = Outline(article)
    headings = [b for b in article.blocks if b.kind is BlockKind.HEADING and not b.residue]
    assert [entry.offset for entry in outline.entries] == [block.start for block in headings]
    for index, entry in enumerate(outline.entries):
        assert "\n" not in entry.title
        assert outline.section_at(entry.offset) == entry
        before = outline.entries[:index]
        above = {
            each.level
            for number, each in enumerate(before)
            if all(each.level < later.level for later in (*before[number + 1 :], entry))
        }
        assert entry.depth == len(above)
