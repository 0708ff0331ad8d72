"""Texts that look the same fold to the same, and folded ranges map back to the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.folding import fold, fold_with_offsets, unfold
from tests.core import strategies

texts = st.one_of(
    strategies.prose,
    strategies.odd_text,
    st.text("aÉßﬁ…“—\u00ad\u200d \n\t\u00a0e\u0301か\u3099ﾞｶ\u1112\u1161\u11abİŁæ½"),
    st.text(),
)
options = st.fixed_dictionaries(
    {}, optional={name: st.booleans() for name in ("keep_case", "keep_marks", "keep_runs")}
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "cafe\u0301"),
        ("CAFÉ", "cafe"),
        ("it’s", "it's"),
        ("“so”", '"so"'),
        ("«so»", '"so"'),
        ("„so“", '"so"'),
        ("well–known", "well-known"),
        ("well\u2011known", "WELL-KNOWN"),
        ("ﬁrst oﬃce", "first office"),
        ("Straße", "STRASSE"),
        ("wait…", "wait..."),
        ("a\u00a0b", "a b"),
        ("a \n\t b", "a b"),
        ("hyphen\u00adated", "hyphenated"),
        ("zero\u200bwidth", "zerowidth"),
        ("ｆｕｌｌ", "full"),
        ("Łódź", "Lodz"),
        ("smørrebrød", "smorrebrod"),
        ("Encyclopædia", "encyclopaedia"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσεύς"),
        ("Ёлка", "елка"),
        ("מִלָּה", "מלה"),
        ("مَرْحَبًا", "مرحبا"),
        ("が", "か\u3099"),
        ("ｶﾞ", "ガ"),
        ("한", "\u1112\u1161\u11ab"),
        ("②", "2"),
    ],
)
def test_texts_that_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("か", "が"),
        ("कि", "क"),
        ("ที", "ท"),
        ("한", "하"),
        ("´", " "),
        ("e", "é é"),
        ("well", "we'll"),
    ],
)
def test_texts_that_do_not_fold_alike(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_case_and_marks_are_kept_where_asked() -> None:
    assert fold("Éa", keep_case=True) == "Ea"
    assert fold("Éa", keep_marks=True) == "e\u0301a"
    assert fold("Éa", keep_case=True, keep_marks=True) == "E\u0301a"
    assert fold("a \n b", keep_runs=True) == "a   b"


@given(texts, options)
def test_folding_what_is_folded_changes_nothing(text: str, kept: dict[str, bool]) -> None:
    folded = fold(text, **kept)
    assert fold(folded, **kept) == folded


@given(texts)
def test_normal_forms_fold_alike(text: str) -> None:
    if unicodedata.normalize("NFD", text) == text:
        return
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(texts, options)
def test_offsets_lead_back(text: str, kept: dict[str, bool]) -> None:
    folded, offsets = fold_with_offsets(text, **kept)
    assert folded == fold(text, **kept)
    assert len(offsets) == len(folded) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(text)


@given(texts, st.data())
def test_the_source_of_a_folded_range_folds_to_hold_it(text: str, data: st.DataObject) -> None:
    folded, offsets = fold_with_offsets(text, keep_runs=True)
    start = data.draw(st.integers(0, len(folded)))
    end = data.draw(st.integers(start, len(folded)))
    passage = unfold(offsets, start, end)
    assert 0 <= passage.start <= passage.end <= len(text)
    assert passage.is_empty == (start == end)
    assert folded[start:end] in fold(text[passage.start : passage.end], keep_runs=True)


def test_a_range_takes_its_marks_and_a_ligature_whole() -> None:
    text = "cafe\u0301 ﬁn"
    folded, offsets = fold_with_offsets(text)
    at = folded.index("e")
    assert unfold(offsets, at, at + 1) == (3, 5)
    at = folded.index("i")
    assert unfold(offsets, at, at + 1) == (6, 7)


@pytest.mark.parametrize("keep_case", [True, False])
@pytest.mark.parametrize(
    ("text", "folded", "offsets"),
    [
        ("a  b", "a b", [0, 1, 3, 4]),
        ("a \n\t b c", "a b c", [0, 1, 5, 6, 7, 8]),
        ("  ", " ", [0, 2]),
        ("é  é", "e e", [0, 1, 3, 4]),
        ("e\u0301  x", "e x", [0, 2, 4, 5]),
        ("ﬁ  x", "fi x", [0, 0, 1, 3, 4]),
    ],
)
def test_a_run_of_spaces_is_one_and_what_follows_keeps_its_offset(
    keep_case: bool, text: str, folded: str, offsets: list[int]
) -> None:
    assert fold(text, keep_case=keep_case) == folded
    result, places = fold_with_offsets(text, keep_case=keep_case)
    assert (result, list(places)) == (folded, offsets)
