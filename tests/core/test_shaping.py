"""Joiners and variation selectors belong to the text, and make no difference to who looks for it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.core.anchoring import Anchored, Anchoring
from reader.core.annotation import PlaceState
from reader.core.document import Block, BlockKind, Document, TextRange
from reader.core.folding import fold
from reader.core.layout import Layout
from reader.core.offset_mapper import OffsetMapper
from reader.core.quotes import locate
from reader.core.search import TextFinder
from reader.core.selectors import describe
from reader.core.shaping import ShapingMapper, differ_by_shaping
from reader.core.words import find_words
from reader.safe_text import SHAPING, drawn, drop_shaping, sanitise

SIGNS = "\u034f\u180b\u180d\u200c\u200d\ufe00\ufe01\ufe0e\ufe0f\U000e0100\U000e01ef"
WORDS = (
    "می\u200cخواهم", "نامه\u200cای", "شر\u200dی", "क्\u200dष", "ශ්\u200dරී", "അവന്\u200d", "❤\ufe0f", "☎\ufe0e",
    "👩\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3", "葛\U000e0100城", "辻\U000e0101", "≨\ufe00", "ᠠ\u180b", "plain",
)  # fmt: skip
shaped_texts = st.lists(
    st.one_of(st.sampled_from(WORDS), st.text("ab é字م" + SIGNS, max_size=5)),
    min_size=1,
    max_size=20,
).map(" ".join)


def document_of(text: str) -> Document:
    return Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))


@pytest.mark.parametrize("sign", SIGNS)
def test_each_is_kept_where_text_is_made_safe_and_folds_to_nothing(sign: str) -> None:
    assert sanitise(f"a{sign}b") == f"a{sign}b"
    assert fold(f"a{sign}b") == fold(f"a{sign}b", keep_case=True, keep_marks=True) == "ab"
    assert len(list(find_words(f"a{sign}b 字{sign}字", 0, 7))) == 2


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_found_with_and_without_them(word: str) -> None:
    text = f"before {word}. after"
    place = TextRange(7, 7 + len(word))
    assert TextFinder(text).find(word) == [place]
    assert TextFinder(text).find(drop_shaping(word)) == [place]
    bare = drop_shaping(text)
    assert TextFinder(bare).find(word) == [TextRange(7, 7 + len(drop_shaping(word)))]
    assert locate(document_of(text), drop_shaping(word)) == [place]
    assert locate(document_of(bare), word) == [TextRange(7, 7 + len(drop_shaping(word)))]


@given(shaped_texts, st.integers(20, 40))
def test_what_is_drawn_has_the_cells_that_it_is_given(text: str, width: int) -> None:
    layout = Layout(document_of(text), width)
    written = ""
    for number in range(layout.height):
        for piece in layout.line(number).pieces:
            shown = piece.drawn(piece.start, piece.end)
            assert piece.width == cell_len(shown)
            assert piece.width == sum(cell_len(character) for character in shown)
            assert not set(shown) & set("\u200d\ufe0e\ufe0f")
            written += piece.text
    kept = [one for one in written if not one.isspace()]
    assert kept == [one for one in text if not one.isspace()]


def test_joiners_of_letters_are_drawn_and_those_of_emoji_are_not() -> None:
    assert drawn("می\u200cخواهم 葛\U000e0100") == "می\u200cخواهم 葛\U000e0100"
    assert drawn("👩\u200d👧 ❤\ufe0f ☎\ufe0e") == "👩👧 ❤ ☎"
    assert drawn("plain") == "plain"


@given(shaped_texts, st.data())
def test_offsets_are_mapped_to_the_same_letters(text: str, data: st.DataObject) -> None:
    bare = drop_shaping(text)
    assert differ_by_shaping(bare, text) == (bare != text)
    there, back = ShapingMapper(bare, text), ShapingMapper(text, bare)
    offset = data.draw(st.integers(0, len(bare)))
    assert back.map(there.map(offset)) == offset
    assert drop_shaping(text[: there.map(offset)]) == bare[:offset]
    inside = data.draw(st.integers(0, len(text)))
    assert back.map(inside) == len(drop_shaping(text[:inside]))
    if offset:
        assert OffsetMapper(bare, text).map(offset) == there.map(offset)


@given(shaped_texts, st.data(), st.booleans())
def test_a_passage_keeps_its_place(text: str, data: st.DataObject, is_gained: bool) -> None:
    old, new = (drop_shaping(text), text) if is_gained else (text, drop_shaping(text))
    document = document_of(old)
    ends = st.integers(0, len(old))
    selector = describe(document, TextRange(*sorted((data.draw(ends), data.draw(ends)))))
    if not selector.exact.strip():
        return
    found = Anchoring(document_of(new), old).find(selector)
    assert isinstance(found, Anchored)
    assert found.state is PlaceState.EXACT
    assert found.score == 1.0
    assert drop_shaping(new[found.range.start : found.range.end]) == drop_shaping(selector.exact)


@pytest.mark.parametrize("word", WORDS)
def test_a_passage_whose_old_text_is_lost_keeps_its_place(word: str) -> None:
    text = f"The letter said {word} on its first page, and nothing else that day."
    bare = document_of(drop_shaping(text))
    start = bare.text.index(drop_shaping(word))
    selector = describe(bare, TextRange(start, start + len(drop_shaping(word)) + 8))
    found = Anchoring(document_of(text)).find(selector)
    assert isinstance(found, Anchored)
    assert found.state is PlaceState.EXACT
    assert text[found.range.start : found.range.end] == f"{word} on its"


def test_the_set_is_what_unicode_calls_by_these_names() -> None:
    for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)):
        assert unicodedata.name(chr(code)).startswith("VARIATION SELECTOR")
        assert not drop_shaping(chr(code))
    assert not drop_shaping("\u200c\u200d")
    assert "".join(SHAPING)
