"""A quote is located where it occurs, also where the text has other signs for the same letters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.document import Document, TextRange
from reader.core.folding import fold
from reader.core.quotes import locate
from reader.core.selectors import describe
from tests.core.test_selectors import ARTICLE, document_of, passages

SIGNS = document_of(
    "The tide – as ever – rose… “High water,” she wrote, in the office of the ﬁrst pilot.",
    "‘We don’t sail on guesses’, said the co\u00adoper\u00adator of the caf\u00e9\u00a0Na\u200cmeh.",
)

OTHER_SIGNS = [
    ("The tide - as ever - rose", "The tide – as ever – rose"),
    ("The tide — as ever ‒ rose", "The tide – as ever – rose"),
    ("rose...", "rose…"),
    ('"High water," she', "“High water,” she"),
    ("«High water,» she", "“High water,” she"),
    ("the first pilot", "the ﬁrst pilot"),
    ("We don't sail", "We don’t sail"),
    ("'We don`t sail'", ""),
    ("the cooperator", "the co\u00adoper\u00adator"),
    ("cooperator of", "co\u00adoper\u00adator of"),
    ("café Nameh", "caf\u00e9\u00a0Na\u200cmeh"),
    ("cafe\u0301 \n Nameh", "caf\u00e9\u00a0Na\u200cmeh"),
    ("cafe nameh", "caf\u00e9\u00a0Na\u200cmeh"),
    ("the tide – as", "The tide – as"),
    ("THE TIDE", ""),  # capitals in a quote are meant, as they are in a search
    ("cafè Nameh", ""),
    ("irst pilot", ""),  # no half of a ligature
    ("rose..", ""),
]


@given(passages())
def test_a_described_quote_is_located_where_it_was(case: tuple[Document, TextRange]) -> None:
    document, passage = case
    selector = describe(document, passage)
    places = locate(document, selector.exact)
    assert places == sorted(set(places))
    if selector.exact.strip():
        assert (selector.start, selector.end) in places
        assert (selector.start, selector.end) in locate(
            document, selector.exact, selector.prefix, selector.suffix
        )
    loosely = [" ".join(document.quote(place).split()) for place in places]
    assert set(loosely) <= {" ".join(selector.exact.split())}


def test_a_quote_is_located_whatever_its_white_space() -> None:
    wrapped = "in 1911,\n   and\tit\u00a0leaks. "
    (place,) = locate(ARTICLE, wrapped)
    assert ARTICLE.quote(place) == "in 1911, and it leaks."


def test_context_distinguishes_two_places() -> None:
    first, second = (match.span() for match in re.finditer("(?i)it leaks", ARTICLE.text))
    assert locate(ARTICLE, "t leaks") == [(first[0] + 1, first[1]), (second[0] + 1, second[1])]
    assert locate(ARTICLE, "t leaks", suffix=", they") == [(second[0] + 1, second[1])]
    assert locate(ARTICLE, "t leaks", prefix="and i") == [(first[0] + 1, first[1])]
    assert locate(ARTICLE, "leaks", prefix="1911,  and it ") == [(first[0] + 3, first[1])]
    assert locate(ARTICLE, "leaks", prefix="nothing like it") == []


def test_places_may_overlap_and_blank_quotes_have_none() -> None:
    assert locate(document_of("aaaa"), "aa") == [(0, 2), (1, 3), (2, 4)]
    assert locate(document_of("a\n\n\nb"), " \n") == []


@pytest.mark.parametrize(("quote", "passage"), OTHER_SIGNS)
def test_other_signs_for_the_same_letters_are_found(quote: str, passage: str) -> None:
    assert [SIGNS.quote(place) for place in locate(SIGNS, quote)] == ([passage] if passage else [])


def test_the_exact_characters_win_over_similar_ones() -> None:
    document = document_of("We don't sail. We don’t sail. WE DON'T SAIL. We dön't sail.")
    places = {
        quote: [document.quote(place) for place in locate(document, quote)]
        for quote in ("We don't sail", "We don’t sail", "We don‘t sail", "we don‘t sail")
    }
    assert places == {
        "We don't sail": ["We don't sail"],
        "We don’t sail": ["We don’t sail"],
        "We don‘t sail": ["We don't sail", "We don’t sail"],
        "we don‘t sail": ["We don't sail", "We don’t sail", "WE DON'T SAIL", "We dön't sail"],
    }


def test_context_is_folded_as_well() -> None:
    document = document_of("“It leaks”, she said. ‘It leaks’ – as ever… It leaks, again.")
    starts = [match.start() for match in re.finditer("It leaks", document.text)]
    for prefix, suffix, at in (
        ("", '", she', 0),
        ("she said. '", "", 1),
        ("", "' - as ever...", 1),
        ("as ever...", "", 2),
        ("AS EVER...  ", ", again", 2),
    ):
        assert [place.start for place in locate(document, "It leaks", prefix, suffix)] == [
            starts[at]
        ], (prefix, suffix)
    assert locate(document, "It leaks", '"', "'") == []


@given(
    st.text(st.sampled_from("ab cé  ’‘“”–—…ﬁ\u00a0\n"), min_size=1, max_size=30),
    st.integers(0, 29),
    st.integers(1, 30),
)
def test_a_passage_is_found_by_what_a_typewriter_makes_of_it(
    text: str, start: int, length: int
) -> None:
    document = document_of(text)
    exact = describe(document, TextRange(start, start + length)).exact
    typed = exact
    for sign, letters in zip("’‘“”–—…ﬁ\u00a0", [*"''\"\"--", "...", "fi", " "], strict=True):
        typed = typed.replace(sign, letters)
    places = locate(document, typed)
    assert bool(places) == bool(exact)
    assert {fold(document.quote(place)) for place in places} <= {fold(typed)}
