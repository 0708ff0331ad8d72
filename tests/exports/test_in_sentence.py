"""A passage of a few words reads in its sentence as it did there, and is strong in it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given

from reader.core.document import Block, BlockKind, Document, TextRange
from reader.exports.in_sentence import quote_in_sentence
from reader.safe_text import sanitise_for_file
from tests.exports.flatten import PARSER, collapse_spaces, flatten
from tests.exports.test_escape import lines


def of_text(text: str, words: str, kind: BlockKind = BlockKind.PARAGRAPH) -> str:
    start = text.index(words)
    document = Document(text, (Block(kind, 0, len(text)),))
    return quote_in_sentence(document, TextRange(start, start + len(words)), "en")


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("It rose. Nobody said why it fell. It rose.", "why", "> Nobody said **why** it fell."),
        ("Nobody said why.", "Nobody", "> **Nobody** said why."),
        ("One said so. Two did not.", "so. Two", "> One said **so. Two** did not."),
        ("Cost: *4* million, they say", "4", r"> Cost: \***4**\* million, they say"),
        ("- 4 million", "million", r"> \- 4 **million**"),
        ("a b_c d", "c", r"> a b\_**c** d"),
        ("word(2) stands", "(2)", ""),  # asterisks beside a letter and a bracket are no emphasis
        ("Nobody said why.", "Nobody said why.", ""),
        ("Nobody said why.", "Nobody said why", ""),
        ("One two three four five six.", "One two three four five", ""),
        ("One two\nthree", "two", ""),
        ("川の図書館は静かだ。橋は長い。", "図書館", "> 川の**図書館**は静かだ。"),
    ],
)
def test_a_few_words_stand_in_their_sentence(text: str, words: str, shown: str) -> None:
    assert of_text(text, words) == shown


@pytest.mark.parametrize(
    "kind", [BlockKind.CODE, BlockKind.TABLE, BlockKind.HEADING, BlockKind.VERSE]
)
def test_only_running_text_has_sentences(kind: BlockKind) -> None:
    assert of_text("Nobody said why.", "said", kind) == ""


def test_a_long_sentence_is_cut_between_words() -> None:
    shown = of_text("word " * 200 + "HERE" + " word" * 200 + ".", "HERE")
    assert shown.startswith("> … word")
    assert shown.endswith(" …")
    assert "**HERE**" in shown
    assert len(shown) < 520


@given(lines, lines, lines)
def test_whatever_the_words_are_they_read_as_they_were(before: str, words: str, after: str) -> None:
    words = words.strip()
    text = f"{before}{words}{after}"
    assume(words and "\r" not in text)
    start = len(before)
    document = Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    shown = quote_in_sentence(document, TextRange(start, start + len(words)), "en")
    assume(shown)
    tokens = PARSER.parse(shown)
    assert [each.type for each in tokens if each.level == 0] == [
        "blockquote_open",
        "blockquote_close",
    ]
    inline = next(each for each in tokens if each.type == "inline")
    opened = [each.type for each in inline.children or []].index("strong_open")
    closed = [each.type for each in inline.children or []].index("strong_close")
    strong = "".join(each.content for each in (inline.children or [])[opened:closed])
    assert collapse_spaces(strong) == collapse_spaces(sanitise_for_file(words))
    assert (
        collapse_spaces(flatten(tokens)) in collapse_spaces(sanitise_for_file(f"… {text} …"))
        or "…" in shown
    )
