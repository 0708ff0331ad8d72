"""Quotations compared with a text: properties, and thirty of each kind from our own articles."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reader.core.document import TextRange
from reader.core.draft_check.matching import Comparison, SearchedText
from reader.core.draft_check.pieces import parts_of
from reader.core.draft_check.verdicts import QuotationVerdict
from reader.core.units import Units
from reader.formats import read_document

SAMPLES = Path(__file__).parents[3] / "sample_articles"
OF_EACH_KIND = 30
WORDS = "meter ledger board past clock mayor council river tide not never was is the a of in and"
NEW_WORD = "kaleidoscope"

texts = st.lists(
    st.sampled_from([*WORDS.split(), "it’s", "26%", "$3.2", "café", "Tamsin,", "night.", "— so"]),
    min_size=12,
    max_size=60,
).map(" ".join)


@cache
def sentences() -> list[tuple[SearchedText, str, TextRange]]:
    """Return the sentences of eight words and more of the sample articles, with their texts."""
    found = []
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix in (".md", ".txt", ".html") and path.name != "README.md":
            document = read_document(path.read_bytes(), name=path.name)
            text = SearchedText(document.text)
            units = Units(document)
            for block in document.blocks:
                for place in units.sentences_in(block.range):
                    words = document.quote(place)
                    if len(words.split()) >= 10 and words.isascii() and "..." not in words:
                        found.append((text, words, place))
    return found


def chosen(seed: int) -> list[tuple[SearchedText, str, TextRange]]:
    return random.Random(seed).sample(sentences(), OF_EACH_KIND)


def pieces(text: str, data: st.DataObject, least: int = 4) -> tuple[list[str], int, int]:
    words = text.split(" ")
    start = data.draw(st.integers(0, len(words) - least))
    end = data.draw(st.integers(start + least, len(words)))
    return words, start, end


def compare(text: str, quotation: str) -> Comparison:
    return SearchedText(text).compare(quotation)


@given(text=texts, data=st.data())
@settings(deadline=None)
def test_words_of_a_text_are_verbatim_and_found_at_their_place(
    text: str, data: st.DataObject
) -> None:
    words, start, end = pieces(text, data)
    quotation = " ".join(words[start:end])
    found = compare(text, quotation)
    assert found.grade is QuotationVerdict.VERBATIM
    at = text[slice(*found.place)]
    assert re.findall(r"\w+", at) == re.findall(r"\w+", quotation)


@given(text=texts, data=st.data())
@settings(deadline=None)
def test_a_changed_word_is_never_verbatim(text: str, data: st.DataObject) -> None:
    words, start, end = pieces(text, data)
    at = data.draw(st.integers(start, end - 1))
    assume(re.search(r"\w", words[at]))
    quotation = " ".join([*words[start:at], NEW_WORD, *words[at + 1 : end]])
    found = compare(text, quotation)
    assert found.grade in (QuotationVerdict.OTHER_WORDS, QuotationVerdict.NOWHERE)
    if found.diff is not None:
        assert any(NEW_WORD in found.diff.new[slice(*each)] for each in found.diff.added)


@given(text=texts, data=st.data())
@settings(deadline=None)
def test_a_left_out_word_is_never_verbatim(text: str, data: st.DataObject) -> None:
    words, start, end = pieces(text, data, least=6)
    at = data.draw(st.integers(start + 1, end - 2))
    kept = [*words[start:at], *words[at + 1 : end]]
    left = " ".join(re.findall(r"\w+", " ".join(kept)))
    assume(left not in " ".join(re.findall(r"\w+", text)) and re.search(r"\w", words[at]))
    assert compare(text, " ".join(kept)).grade is not QuotationVerdict.VERBATIM


LOOSE = "abcé [](){}….,:;!?'\"“”‘’«»-–—\u00ad\u200b\u2060\n\t123%$鉛筆な\u0301🙂sic"


@given(
    text=st.text(st.sampled_from(LOOSE) | st.characters()),
    quotation=st.text(st.sampled_from(LOOSE)),
)
@settings(deadline=None)
def test_any_quotation_has_places_in_any_text(text: str, quotation: str) -> None:
    found = compare(text, quotation)
    assert (found.grade is QuotationVerdict.NOWHERE) == (not found.places)
    for place in found.places:
        assert 0 <= place.start < place.end <= len(text)
    if found.diff is not None:
        for ranges, words in (
            (found.diff.removed, found.diff.old),
            (found.diff.added, found.diff.new),
        ):
            assert all(words[slice(*each)].strip() for each in ranges)


TYPOGRAPHY: dict[str, Callable[[str], str]] = {
    "straight apostrophes": lambda text: text.replace("’", "'"),
    "non-breaking spaces": lambda text: text.replace(" ", "\u00a0"),
    "line breaks": lambda text: text.replace(" ", "\n   "),
    "double hyphens": lambda text: text.replace("—", "--"),
    "closed dashes": lambda text: text.replace(" — ", "—"),
    "en dashes": lambda text: text.replace("—", "–"),
    "a capital": lambda text: text[0].upper() + text[1:],
    "a small letter": lambda text: text[0].lower() + text[1:],
    "a bracketed letter": lambda text: f"[{text[0].upper()}]{text[1:]}" if text[0].isalpha() and text[1:2].isalpha() else text,
    "a comma at the end": lambda text: text.rstrip(".,") + ",",
    "a full stop at the end": lambda text: text.rstrip(".,") + ".",
    "no sign at the end": lambda text: text.rstrip(".,!?"),
    "decomposed accents": lambda text: text.replace("é", "e\u0301"),
    "soft hyphens": lambda text: text.replace("ledger", "led\u00adger"),
    "quoted words": lambda text: text.replace("board", "“board”"),
    "an ellipsis at the end": lambda text: f"{text} …",
    "an ellipsis at the start": lambda text: f"... {text}",
    "sic": lambda text: f"{text} [sic]",
}  # fmt: skip


@given(text=texts, data=st.data(), names=st.sets(st.sampled_from(sorted(TYPOGRAPHY)), min_size=1))
@settings(deadline=None)
def test_typography_is_no_difference(text: str, data: st.DataObject, names: set[str]) -> None:
    words, start, end = pieces(text, data)
    quotation = " ".join(words[start:end])
    for name in sorted(names):
        quotation = TYPOGRAPHY[name](quotation)
    assert compare(text, quotation).grade is QuotationVerdict.VERBATIM


@pytest.mark.parametrize(
    ("quotation", "grade"),
    [
        ("relied in good faith on a certified product", "verbatim"),
        ("relied in good faith on a certified product,", "verbatim"),
        ("[The board] relied in good faith on a certified product", "verbatim"),
        ("the board relied in good faith on [an approved] product", "verbatim"),
        ("the board “relied in good faith [there] on a certified product", "verbatim"),
        ("relied in good faith on a certified product [that was old]", "verbatim"),
        ("the board rel[ies] in good faith on a certified product", "verbatim"),
        ("Its chair told the council in January", "other-words"),
        ("Its chair Lucan Prewitt told the council in January", "signs"),
        ("its Chair, Lucan Prewitt, told the Council in January", "signs"),
        ("Its chair … told the council in January", "cut"),
        ("Its chair [...] told the council . . . that the board", "cut"),
        ("told the council in January … Its chair, Lucan Prewitt", "joined"),
        ("Its chair, Lucan Prewitt, told the laboratory that no longer exists", "joined"),
        ("A past that changes is not a past. It’s a forecast pointing the wrong way.", "joined"),
        ("the council never heard a word of it from us", "nowhere"),
        ("was issued in 2018 by a laboratory", "verbatim"),
        ("was issued in 2019 by a laboratory", "other-words"),
        ("26 percent of the 12,480 meters", "other-words"),
        ("26 per cent of the 12480 meters", "other-words"),
        ("About 26 per cent of the 12,480 meters were replaced!", "signs"),
        ("A past that changes is not a past?", "signs"),
        ("What a past it is!", "verbatim"),
        ("What a past it is", "verbatim"),
        ("What a past it was!", "other-words"),
        ("", "nowhere"),
        ("… […] ...", "nowhere"),
    ],
)
def test_kinds(quotation: str, grade: str) -> None:
    text = (
        "The board met. “A past that changes is not a past,” said Dr. Solvay, who has kept the "
        "ledger since 2018. “It’s a forecast pointing the wrong way.”\nIts chair, Lucan Prewitt, "
        "told the council in January that the board “relied in good faith on a certified "
        "product.” The certificate was issued in 2018 by a laboratory that no longer exists. "
        "About 26 per cent of the 12,480 meters were replaced. What a past it is!"
    )
    assert compare(text, quotation).grade == grade


@pytest.mark.parametrize(
    ("text", "quotation", "grade"),
    [
        ("'A clock is an argument,' he says, 'and the sun wins.'", 0, "joined"),
        ("‘A clock is an argument,’ he says, ‘and the sun wins.’", 0, "joined"),
        ("‘A clock is an old man’s argument, and the sun wins.’", 0, "other-words"),
        ("«A clock is an argument, — сказала она, — and the sun wins».", 0, "joined"),
        ("—A clock is an argument —dijo ella—, and the sun wins.", 0, "joined"),
        ("A clock is an argument — an old one — and the sun wins.", 0, "other-words"),
        ("A clock is an argument with them, and the sun wins.", 0, "other-words"),
        ("A clock is an argument.", "A clock <…> argument", "cut"),
        ("A clock is an argument.", "A clock <...> argument", "cut"),
        ("A clock is an argument.", "A clock (. . .) argument", "cut"),
        ("A clock is an argument.", "A clock [..] argument", "cut"),
        ("A clock is an argument.", "A clock .. argument", "cut"),
        ("A clock is an argument.", "A clock .... argument", "cut"),
        ("A clock is an argument.", "A clock (sic!) is (!) an argument [sic].", "verbatim"),
        ("A clock is an argument.", "A clock [!] is an argument", "verbatim"),
        ("A clock is an argument.", "A clock (sick) is an argument", "other-words"),
        ("この駅には一日に三人しか降りません。", "この駅には（中略）三人しか降りません", "cut"),
        ("この駅には一日に三人しか降りません。", "この駅には⋯⋯三人しか降りません", "cut"),
        (
            "この駅には一日に三人しか降りません。",
            "［海辺の］駅には一日に三人しか降りません",
            "verbatim",
        ),
        ("这片茶园已经荒了十五年，今年又发芽了。", "这片茶园……今年又发芽了", "cut"),
    ],
)
def test_the_words_of_a_narrator_part_those_of_a_speaker(
    text: str, quotation: str | int, grade: str
) -> None:
    words = quotation or "A clock is an argument, and the sun wins"
    assert compare(text, str(words)).grade == grade


@pytest.mark.parametrize(
    ("quotation", "parts"),
    [
        ("We never had the key.", ()),
        ("We never had the key. Nobody ever had it!", ("We never had the key.", "Nobody ever had it!")),
        ("Yes. We never had the key.", ()),
        ("We had the key? ? ? Nobody had it. ! !", ("We had the key?", "? ? Nobody had it. ! !")),
        ("We never had the key. No.", ()),
        ("We had … the key. Nobody had it.", ("We had", "the key. Nobody had it.")),
        ("鉛筆なら書いていい。誰も知りません。", ("鉛筆なら書いていい。", "誰も知りません。")),
        ("We had [sic] the key.” “Nobody had it.", ("We had [sic] the key.”", "“Nobody had it.")),
        ("…", ()),
    ],
)  # fmt: skip
def test_a_quotation_is_divided_at_its_ellipses_else_into_its_sentences(
    quotation: str, parts: tuple[str, ...]
) -> None:
    assert parts_of(quotation) == parts


def test_what_has_a_hundred_ellipses_is_no_quotation() -> None:
    assert compare("A clock is an argument.", "a clock … " * 99 + "is").grade == "joined"
    assert compare("A clock is an argument.", "a clock … " * 101).grade == "nowhere"
    assert not parts_of("a clock … " * 101)
    assert not parts_of("a clock is here. " * 102)
    assert not parts_of(f"a clock is{' ?' * 50_000}")


def test_the_difference_is_shown_as_words() -> None:
    found = compare("He said that it relied in good faith.", "it relied on good faith")
    assert found.diff is not None
    assert [found.diff.old[slice(*each)] for each in found.diff.removed] == ["in"]
    assert [found.diff.new[slice(*each)] for each in found.diff.added] == ["on"]


def test_short_pieces_are_found_where_they_follow_one_another() -> None:
    text = "The clock said the past. " * 100 + "We said that the board met in May, they said."
    found = compare(text, "We said … the board … they said")
    assert found.grade is QuotationVerdict.CUT
    assert found.left_out == ("that", "met in May")


def test_pieces_of_common_words_take_no_time_that_grows_with_their_square() -> None:
    text = "the past of the board and the tide of the past " * 4000
    assert compare(text, "the … of … the … of the past").grade is QuotationVerdict.CUT


def test_a_question_mark_that_was_added_is_shown() -> None:
    found = compare("“It is a past that changes.”", "It is a past that changes?")
    assert found.diff is not None
    assert [found.diff.new[slice(*each)] for each in found.diff.added] == ["?"]
    found = compare("Is it not a past that changes?", "Is it not one past that changes?")
    assert found.diff is not None
    assert [found.diff.new[slice(*each)] for each in found.diff.added] == ["one"]


def test_what_an_ellipsis_leaves_out_is_shown() -> None:
    found = compare("We were told, twice in one week, to wait.", "We were told … to wait")
    assert found.left_out == ("twice in one week",)


# Thirty of each kind


def grades(quotations: list[tuple[SearchedText, str]]) -> list[str]:
    return [str(text.compare(quotation).grade) for text, quotation in quotations]


def test_thirty_sentences_are_verbatim() -> None:
    assert grades([(text, words) for text, words, _ in chosen(1)]) == ["verbatim"] * OF_EACH_KIND


def test_thirty_with_a_word_changed_are_with_other_words() -> None:
    quotations = []
    for number, (text, sentence, _) in enumerate(chosen(2)):
        words = sentence.split()
        words[number % len(words)] = NEW_WORD
        quotations.append((text, " ".join(words)))
    assert grades(quotations) == ["other-words"] * OF_EACH_KIND


def test_thirty_that_leave_words_out_are_cut() -> None:
    quotations = []
    for number, (text, sentence, _) in enumerate(chosen(3)):
        words = sentence.split()
        at = 2 + number % (len(words) - 5)
        quotations.append((text, " ".join([*words[:at], "…", *words[at + 2 :]])))
    found = grades(quotations)
    assert found.count("cut") >= OF_EACH_KIND - 1  # the words left out may be a sign alone
    assert set(found) <= {"cut", "verbatim"}


def test_thirty_whose_halves_are_swapped_are_joined() -> None:
    quotations = []
    for text, sentence, _ in chosen(4):
        words = sentence.split()
        middle = len(words) // 2
        quotations.append((text, " ".join([*words[middle:], "…", *words[:middle]])))
    assert grades(quotations) == ["joined"] * OF_EACH_KIND


def test_thirty_of_another_article_are_found_nowhere() -> None:
    other = SearchedText("The tide table of the harbour is printed once a year, in blue ink.")
    assert grades([(other, words) for _, words, _ in chosen(5)]) == ["nowhere"] * OF_EACH_KIND
