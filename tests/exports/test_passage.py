"""A passage becomes a block quote that reads as the passage did."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.core.document import Block, BlockKind, Document, TextRange
from reader.exports.passage import quote_passage, quote_text
from reader.formats import read_document
from reader.safe_text import sanitise
from tests.core.strategies import assemble, documents
from tests.exports.flatten import PARSER, collapse_spaces, flatten
from tests.exports.test_escape import lines


def whole(*drafts: tuple[Block, str]) -> str:
    document = assemble(list(drafts))
    return quote_passage(document, TextRange(0, len(document.text)))


def draft(kind: BlockKind, text: str, **fields: object) -> tuple[Block, str]:
    return Block(kind, 0, len(text), **fields), text  # type: ignore[arg-type]


def item(text: str, marker: str = "•", depth: int = 1, *, tight: bool = True) -> tuple[Block, str]:
    return draft(BlockKind.ITEM, text, marker=marker, nest=(2,) * depth, level=depth, tight=tight)


@given(documents(), st.data())
def test_any_passage_of_any_document_reads_as_it_was(
    document: Document, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    markdown = quote_passage(document, TextRange(start, end))
    tokens = PARSER.parse(markdown)
    assert collapse_spaces(flatten(tokens)) == collapse_spaces(sanitise(document.text[start:end]))
    outside = [token.type for token in tokens if token.level == 0 and token.nesting == 1]
    assert outside in ([], ["blockquote_open"])


@given(st.lists(lines, min_size=1, max_size=4), st.sampled_from(list(BlockKind)))
@example(["1", "~ 1"], BlockKind.PARAGRAPH)
@example(["1", ": 1"], BlockKind.PARAGRAPH)
@example(["|", ":-:"], BlockKind.PARAGRAPH)
@example(["|", ":-"], BlockKind.PARAGRAPH)
@example(["|", "-:"], BlockKind.PARAGRAPH)
def test_markup_in_any_kind_of_block_reads_as_it_was(texts: list[str], kind: BlockKind) -> None:
    texts = [sanitise(text) for text in texts]
    if kind is not BlockKind.CODE:
        texts = [text.replace("\t", " ") for text in texts]
    joined = "\t".join(texts) if kind is BlockKind.TABLE else "\n".join(texts)
    nest = (2,) if kind is BlockKind.ITEM else ()
    markdown = whole(draft(kind, joined, nest=nest, marker="•" if nest else "", header_rows=1))
    assert collapse_spaces(flatten(PARSER.parse(markdown))) == collapse_spaces(joined)


@given(st.lists(lines, min_size=1, max_size=4).map("\n".join))
def test_a_passage_without_its_document_reads_as_it_was(text: str) -> None:
    assert collapse_spaces(flatten(PARSER.parse(quote_text(text)))) == collapse_spaces(
        sanitise(text)
    )


SAMPLES = sorted(
    path
    for path in (Path(__file__).parents[2] / "sample_articles").iterdir()
    if path.suffix in {".md", ".txt"}
)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_passage_of_a_real_article_reads_as_it_was(path: Path, data: st.DataObject) -> None:
    document = sample(path)
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    tokens = PARSER.parse(quote_passage(document, TextRange(start, end)))
    assert collapse_spaces(flatten(tokens)) == collapse_spaces(document.text[start:end])


@cache
def sample(path: Path) -> Document:
    return read_document(path.read_bytes(), name=path.name)


def test_paragraphs_are_parted_by_an_empty_quoted_line() -> None:
    quote = whole(draft(BlockKind.PARAGRAPH, "One."), draft(BlockKind.PARAGRAPH, "Two."))
    assert quote == "> One.\n>\n> Two."


def test_a_tight_list_stays_tight_and_nested() -> None:
    quote = whole(
        draft(BlockKind.PARAGRAPH, "Buy:"),
        item("bread", tight=False),
        item("milk"),
        item("fresh", "1.", 2),
        item("cold", "2.", 2),
        item("done", "☑"),
    )
    assert quote == ("> Buy:\n>\n> - bread\n> - milk\n>   1. fresh\n>   2. cold\n> - [x] done")


def test_a_second_paragraph_stays_in_its_item() -> None:
    quote = whole(item("one", "9."), draft(BlockKind.PARAGRAPH, "more", nest=(3,)))
    assert quote == "> 9. one\n>\n> more"
    quote = whole(
        draft(BlockKind.ITEM, "one", marker="9.", nest=(3,)),
        draft(BlockKind.PARAGRAPH, "more", nest=(3,)),
    )
    assert quote == "> 9. one\n>\n>    more"


def test_an_item_that_starts_before_the_passage_has_no_marker() -> None:
    document = assemble([item("first of two"), item("second")])
    assert quote_passage(document, TextRange(0, 12)) == "> - first of two"
    assert quote_passage(document, TextRange(0, 5)) == "> first"
    assert quote_passage(document, TextRange(6, 12)) == "> of two"
    assert quote_passage(document, TextRange(6, 19)) == "> of two\n>\n> - second"


def test_a_quote_inside_the_passage_is_nested_but_one_around_it_is_not() -> None:
    inner = draft(BlockKind.QUOTE, "said", nest=(0,), level=1)
    deeper = draft(BlockKind.QUOTE, "again", nest=(0, 0), level=2)
    assert whole(inner) == "> said"
    assert whole(inner, deeper) == "> said\n>\n> > again"
    assert whole(draft(BlockKind.PARAGRAPH, "He"), inner, deeper) == (
        "> He\n>\n> > said\n> >\n> > > again"
    )


def test_code_is_fenced_by_more_than_it_holds_and_never_run() -> None:
    quote = whole(draft(BlockKind.CODE, "a ```` b\n  c", language="Python"))
    assert quote == "> `````python\n> a ```` b\n>   c\n> `````"
    assert whole(draft(BlockKind.CODE, "x", language="dataviewjs")) == "> ```\n> x\n> ```"


def test_a_table_keeps_its_head_columns_and_pipes() -> None:
    table = draft(BlockKind.TABLE, "a\tb|c\n1\t2", aligns="lr", header_rows=1)
    assert whole(table) == "> | a | b\\|c |\n> | --- | --: |\n> | 1 | 2 |"
    document = assemble([table])
    assert quote_passage(document, TextRange(2, 9)) == (
        "> |  |  |\n> | --- | --: |\n> |  | b\\|c |\n> | 1 | 2 |"
    )
    assert quote_passage(document, TextRange(6, 7)) == "> 1"


def test_headings_are_bold_and_verse_keeps_its_lines() -> None:
    assert whole(draft(BlockKind.HEADING, "Why *so*?", level=2)) == "> **Why \\*so\\*?**"
    verse = draft(BlockKind.VERSE, "One line\n  two\n\n \n  three\nfour")
    assert whole(verse) == ("> One line  \n> \u00a0\u00a0two\n>\n> \u00a0\u00a0three  \n> four")


@pytest.mark.parametrize("indent", ["\t", "  \t", "\t  ", "\t\t", "   \t \t"])
def test_the_tabs_before_a_verse_are_four_columns_apart(indent: str) -> None:
    verse = draft(BlockKind.VERSE, f"One line\n{indent}two")
    spaces = len(f"{indent}two".expandtabs(4)) - len("two")
    assert whole(verse) == f"> One line  \n> {spaces * chr(0xA0)}two"


@pytest.mark.parametrize("text", ["", " ", "\n", "\t\n "])
def test_a_passage_of_white_space_is_no_quote(text: str) -> None:
    assert quote_text(text) == ""
