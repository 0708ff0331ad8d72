"""Finding the texts that may have a quotation by its phrases."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.core.draft_check.candidates import PhraseFinder, nearest_texts, phrases_of
from reader.core.folding import fold

words = st.lists(
    st.sampled_from("meter ledger board past clock mayor council river tide it’s café".split()),
    min_size=4,
    max_size=30,
)


@given(words, words, words)
def test_a_text_with_a_quotation_has_all_its_phrases(
    before: list[str], quotation: list[str], after: list[str]
) -> None:
    phrases = phrases_of(" ".join(quotation))
    assert phrases
    text = fold(" ".join([*before, *quotation, *after]))
    assert PhraseFinder(phrases).find(text) == set(phrases)


@given(words, st.sampled_from([", ", "; ", " — ", "\n", " “"]))
def test_other_signs_between_words_do_not_matter(quotation: list[str], sign: str) -> None:
    phrases = phrases_of(" ".join(quotation))
    assert PhraseFinder(phrases).find(fold(sign.join(quotation))) == set(phrases)


def test_some_phrase_is_left_where_every_fifth_word_was_changed() -> None:
    quotation = "the board met on the first of May and it was late in the day for all".split()
    text = [each if at % 5 else "kaleidoscope" for at, each in enumerate(quotation)]
    assert PhraseFinder(phrases_of(" ".join(quotation))).find(" ".join(text))


def test_the_text_with_most_and_rarest_phrases_is_the_nearest() -> None:
    found = {"the board met": ["a", "b", "c"], "kaleidoscope": ["b"], "in the day": ["a", "b"]}
    assert nearest_texts(found, 10, 2) == ["b", "a"]


def test_scripts_without_spaces_have_phrases_too() -> None:
    phrases = phrases_of("鉛筆なら書いていいことになっています")
    assert len(phrases) > 3
    text = fold("「うちでは、鉛筆なら書いていいことになっています」と言う。")
    assert PhraseFinder(phrases).find(text) == set(phrases)
