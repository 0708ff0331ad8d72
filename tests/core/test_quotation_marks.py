"""Words stand in the marks of their language, and the marks inside them alternate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.quotation_marks import marks_of, quoted

NB = "\u00a0"
plain_words = st.text(
    st.characters(categories=("L", "N", "Zs"), include_characters=".,!?—"), max_size=40
)


@pytest.mark.parametrize(
    ("words", "language", "text"),
    [
        ("A past that changes.", "", "“A past that changes.”"),
        ("“A past that changes.”", "en", "“A past that changes.”"),
        ('"A past that changes."', "en-GB", "“A past that changes.”"),
        (
            "“A past,” said Dr. Solvay. “It’s a forecast.”", "",
            "“‘A past,’ said Dr. Solvay. ‘It’s a forecast.’”",
        ),
        ('He called it "a habit" at last', "", "“He called it ‘a habit’ at last”"),
        ("the board “relied in good faith.”", "", "“the board ‘relied in good faith.’”"),
        ("It’s a forecast,” she said", "", "“‘It’s a forecast,’ she said”"),
        ("She said, “It’s a forecast", "", "“She said, ‘It’s a forecast’”"),
        (
            "We cannot,” said Brandt. “It is as simple as that.", "",
            "“We cannot,” said Brandt. “It is as simple as that.”",
        ),
        (
            'We cannot," said Brandt. "It is "as simple" as that.', "",
            "“We cannot,” said Brandt. “It is ‘as simple’ as that.”",
        ),
        ("Nein“, sagte sie. „Ja.", "de", "„Nein“, sagte sie. „Ja.“"),
        ("Non », dit-elle. « Oui.", "fr", f"«{NB}Non{NB}», dit-elle. «{NB}Oui.{NB}»"),
        ("She said, “He said ‘yes’ twice.”", "", "“She said, ‘He said “yes” twice.’”"),
        ("“He said ‘yes’ twice.”", "", "“He said ‘yes’ twice.”"),
        ("“One.\n“Two.”", "", "“One.\n“Two.”"),
        ("Don’t; the ’90s, rock ’n’ roll", "", "“Don’t; the ’90s, rock ’n’ roll”"),
        ("‘Tis nothing at all", "", "“‘Tis nothing at all”"),
        ("In the ‘90s it fell", "", "“In the ‘90s it fell”"),
        ("it's 5'10\" tall", "", "“it's 5'10\" tall”"),
        ("„Ja“, sagte sie. „Nein.“", "de", "„‚Ja‘, sagte sie. ‚Nein.‘“"),
        ("Er sagte »gut« dazu", "de-AT", "„Er sagte ‚gut‘ dazu“"),
        ("Er sagte „gut“ dazu", "de_CH", "«Er sagte ‹gut› dazu»"),
        ("Il a dit « oui » hier.", "fr", f"«{NB}Il a dit “oui” hier.{NB}»"),
        (f"«{NB}Oui{NB}»", "en", "“Oui”"),
        ("”Ja”, sade hon", "sv", "”’Ja’, sade hon”"),
        ("「はい」と言った", "ja", "「『はい』と言った」"),
    ],
)  # fmt: skip
def test_marks_inside_a_quotation_alternate(words: str, language: str, text: str) -> None:
    assert quoted(words, language) == text


@given(plain_words, st.sampled_from(["", "en", "de", "fr", "sv", "ja", "hu", "xx-Yyyy", "???"]))
def test_words_without_marks_are_between_those_of_the_language(words: str, language: str) -> None:
    marks = marks_of(language)
    text = quoted(words, language)
    assert text == f"{marks.outer[0]}{words.strip()}{marks.outer[1]}"
    if any(map(str.isalnum, words)):
        assert quoted(text, language) == text


@given(st.text("ab “”‘’\"'«»„‚「」\n", max_size=30), st.sampled_from(["", "de", "fr", "sv"]))
def test_no_letter_is_lost_among_any_marks(words: str, language: str) -> None:
    kept = [letter for letter in quoted(words, language) if letter.isalpha()]
    assert kept == [letter for letter in words if letter.isalpha()]
