"""Each motion is compared with the plain list of the units that it steps through."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.document import Block, BlockKind, Document, Metadata, TextRange
from reader.core.graphemes import grapheme_end, grapheme_start
from reader.core.units import Units
from reader.core.words import count_words, find_words
from tests.core import strategies


def document(*parts: tuple[BlockKind | str, str], residue: int | None = None) -> Document:
    """Return a document of blocks, each given as kind and text."""
    blocks = []
    offset = 0
    for number, (kind, text) in enumerate(parts):
        blocks.append(
            Block(BlockKind(kind), offset, offset + len(text), 1, residue=number == residue)
        )
        offset += len(text) + 1
    return Document("\n".join(text for _, text in parts), tuple(blocks))


ARTICLE = document(
    ("heading", "What now? And then?"),
    ("paragraph", "Mr. Smith (U.S.) said: “It’s state-of-the-art.” It rose 3.5% to 1,000."),
    ("paragraph", "Read more: another story. And one more."),
    ("code", "a = 1\n\nb = 2"),
    ("rule", "* * *"),
    ("table", "x\ty\nlong. cell\tz"),
    ("paragraph", "日本語の文。次の文。"),
    residue=2,
)


def walk(motion: Callable[[int], int], offset: int) -> list[int]:
    """Repeat a motion from ``offset`` until it leads no further."""
    offsets = []
    while (following := motion(offset)) != offset:
        offsets.append(following)
        offset = following
    return offsets


def words_of(article: Document) -> Iterator[tuple[int, int]]:
    for block in article.blocks:
        yield from find_words(article.text, block.start, block.end)


def first(values: Iterator[int] | list[int], default: int) -> int:
    return next(iter(values), default)


def test_words() -> None:
    units = Units(ARTICLE)
    starts = walk(units.next_word, -1)
    assert [ARTICLE.quote(units.word_at(start)) for start in starts[:17]] == [
        *["What", "now", "And", "then", "Mr", "Smith", "U.S.", "said", "It’s", "state-of-the-art"],
        *["It", "rose", "3.5", "to", "1,000", "Read", "more"],
    ]
    assert [ARTICLE.quote(units.word_at(start)) for start in starts[-6:]] == [
        "日本語",
        "の",
        "文",
        "次",
        "の",
        "文",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("don’t won't", ["don’t", "won't"]),
        ("‘quoted’ words’", ["quoted", "words"]),
        ("e.g. 10:30 and 1/2", ["e.g.", "10:30", "and", "1/2"]),
        ("AT&T said.Then", ["AT&T", "said", "Then"]),
        ("naïve cafe\u0301s", ["naïve", "cafe\u0301s"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("ภาษาไทย", ["ภาษาไทย"]),
        ("カタカナーとひらがな", ["カタカナー", "とひらがな"]),
        ("한국어 단어", ["한국어", "단어"]),
        ("A. B", ["A", "B"]),
        ("— … !", []),
        ("snake_case hy\u00adphen", ["snake_case", "hy\u00adphen"]),
    ],
)
def test_what_a_word_is(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in find_words(text, 0, len(text))] == words


@given(strategies.documents(), st.data())
def test_word_motions(article: Document, data: st.DataObject) -> None:
    units = Units(article)
    words = list(words_of(article))
    lasts = [grapheme_start(article.text, end - 1) for _, end in words]
    for _ in range(5):
        offset = data.draw(st.integers(0, len(article.text)))
        assert units.next_word(offset) == first([s for s, _ in words if s > offset], offset)
        assert units.previous_word(offset) == first(
            [s for s, _ in reversed(words) if s < offset], offset
        )
        assert units.word_end(offset) == first([last for last in lasts if last > offset], offset)
        word = units.word_at(offset)
        assert word.start <= offset <= word.end
        holding = [span for span in words if span[0] <= offset < span[1]]
        assert holding in ([], [word])


@given(strategies.documents())
def test_character_motions_stop_at_every_grapheme_once(article: Document) -> None:
    units = Units(article)
    text = article.text
    expected = []
    offset = 0
    while offset < len(text):
        if text[offset] != "\n" or offset == 0 or text[offset - 1] == "\n":
            expected.append(offset)
        offset = grapheme_end(text, offset)
    if not expected:
        return
    assert [expected[0], *walk(units.next_character, expected[0])] == expected
    assert walk(units.previous_character, len(text)) == expected[::-1]


def test_sentences() -> None:
    units = Units(ARTICLE)
    starts = [0, *walk(units.next_sentence, 0)]
    assert [ARTICLE.quote(units.sentence_at(start)) for start in starts] == [
        "What now? And then?",
        "Mr. Smith (U.S.) said: “It’s state-of-the-art.”",
        "It rose 3.5% to 1,000.",
        "a = 1",
        "b = 2",
        "x\ty",
        "long. cell\tz",
        "日本語の文。",
        "次の文。",
    ]
    assert walk(units.previous_sentence, len(ARTICLE.text)) == starts[::-1]


def test_residue_is_skipped_and_still_has_sentences() -> None:
    units = Units(ARTICLE)
    inside = ARTICLE.text.index("another")
    assert ARTICLE.quote(units.sentence_at(inside)) == "Read more: another story."
    assert units.next_sentence(inside) == ARTICLE.text.index("a = 1")
    assert units.previous_sentence(inside) == ARTICLE.text.index("It rose")
    assert units.next_paragraph(inside) == ARTICLE.text.index("a = 1")


@given(strategies.documents(), st.data())
def test_sentence_motions(article: Document, data: st.DataObject) -> None:
    units = Units(article)
    starts = walk(units.next_sentence, -1)
    assert starts == sorted(set(starts))
    assert walk(units.previous_sentence, len(article.text) + 1) == starts[::-1]
    for block in article.blocks:
        passed_over = block.residue or block.kind is BlockKind.RULE
        here = [start for start in starts if block.start <= start < block.end]
        assert not (here and passed_over)
        assert bool(here) or passed_over or not article.quote(block.range).strip()
    offset = data.draw(st.integers(0, len(article.text)))
    sentence = units.sentence_at(offset)
    block = article.blocks[article.block_index(offset)]
    assert block.start <= sentence.start <= sentence.end <= block.end
    quote = article.quote(sentence)
    assert quote == quote.strip()
    assert bool(quote) == bool(article.quote(block.range).strip())
    if block.start <= offset < block.end and not article.text[offset].isspace():
        assert sentence.contains(offset)
    assert units.next_sentence(offset) == first([s for s in starts if s > offset], offset)
    assert units.previous_sentence(offset) == first(
        [s for s in reversed(starts) if s < offset], offset
    )


@given(strategies.documents(), st.data())
def test_the_sentences_in_a_passage_are_those_that_overlap_it(
    article: Document, data: st.DataObject
) -> None:
    units = Units(article)
    every = [units.sentence_at(start) for start in walk(units.next_sentence, -1)]
    assert units.sentences_in(TextRange(0, len(article.text))) == every
    first, last = sorted(data.draw(st.integers(0, len(article.text))) for _ in range(2))
    passage = TextRange(first, last)
    assert units.sentences_in(passage) == [each for each in every if each.overlaps(passage)]


@given(strategies.documents(), st.data())
def test_paragraph_and_heading_motions(article: Document, data: st.DataObject) -> None:
    units = Units(article)
    offset = data.draw(st.integers(0, len(article.text)))
    starts = [block.start for block in article.blocks if not block.residue]
    headings = [block.start for block in article.blocks if block.kind is BlockKind.HEADING]
    assert units.next_paragraph(offset) == first([s for s in starts if s > offset], offset)
    assert units.previous_paragraph(offset) == first(
        [s for s in reversed(starts) if s < offset], offset
    )
    assert units.next_heading(offset) == first([s for s in headings if s > offset], offset)
    assert units.previous_heading(offset) == first(
        [s for s in reversed(headings) if s < offset], offset
    )
    assert units.paragraph_at(offset) == article.blocks[article.block_index(offset)].range


def test_an_empty_document_stays_where_it_is() -> None:
    units = Units(Document("", ()))
    for name in ("character", "word", "sentence", "paragraph", "heading"):
        assert getattr(units, f"next_{name}")(0) == 0
        assert getattr(units, f"previous_{name}")(0) == 0
    assert units.word_end(0) == 0
    assert units.word_at(0) == units.sentence_at(0) == units.paragraph_at(0) == (0, 0)
    assert units.words() == units.words_before(5) == 0


def test_words_to_read_leave_out_residue_code_and_rules() -> None:
    units = Units(ARTICLE)
    japanese = count_words("日本語の文。次の文。")
    assert units.words() == 4 + 11 + 5 + japanese
    assert units.words_before(ARTICLE.blocks[1].start) == 4
    assert units.words_before(ARTICLE.text.index("said")) == 7
    assert units.words_before(0) == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one two  three\nfour", 4),
        ("one — two – three - four", 4),
        ("naïve — “words” here", 3),
        ("", 0),
        ("漢" * 255, 230),
        ("か" * 100, 43),
        ("Tokyo 東京 is big", 5),
    ],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(text) == words


@given(strategies.documents(), st.data())
def test_counts_add_up_whatever_was_asked_before(article: Document, data: st.DataObject) -> None:
    units = Units(article)
    for _ in range(3):
        offset = data.draw(st.integers(0, len(article.text)))
        assert units.words_before(offset) == Units(article).words_before(offset)
    assert units.words() == sum(
        count_words(article.quote(block.range))
        for block in article.blocks
        if not block.residue and block.kind not in {BlockKind.CODE, BlockKind.RULE}
    )


@given(strategies.documents(), st.data())
def test_a_document_that_grew_is_as_a_new_one(article: Document, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, len(article.blocks)))
    cut = data.draw(st.integers(article.blocks[count - 1].start, article.blocks[count - 1].end))
    last = article.blocks[count - 1]
    shorter = Document(
        article.text[:cut],
        (*article.blocks[: count - 1], Block(last.kind, last.start, cut, residue=last.residue)),
    )
    units = Units(shorter)
    units.words_before(data.draw(st.integers(0, cut)))
    assert units.extended(article).words() == Units(article).words()


def test_the_language_of_the_article_decides() -> None:
    text = "Am 3. Oktober war es so weit. Dann kam der 2. Versuch."
    german = Document(
        text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), (), Metadata(language="de-AT")
    )
    assert walk(Units(german).next_sentence, 0) == [text.index("Dann")]


@pytest.mark.parametrize(
    "sample", ["Mr. Fox rose 3.5% in the U.S. “Why?” ", "日本語の文。「次の文」です。", "word "]
)
def test_a_text_without_paragraphs_is_no_slower(sample: str) -> None:
    text = (sample * (3_000_000 // len(sample))).strip()
    units = Units(Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),)))
    units.sentence_at(0)
    started = time.process_time()
    for offset in range(1_500_000, 1_500_100):
        for motion in (units.next_word, units.word_end, units.next_sentence, units.next_character):
            assert motion(offset) > offset
        for motion in (units.previous_word, units.previous_sentence, units.previous_character):
            assert motion(offset) < offset
        assert units.word_at(offset).contains(offset)
    assert time.process_time() - started < 5
