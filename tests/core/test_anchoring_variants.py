"""A quote from another program is found, however that program has set, cut or joined its text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.anchoring import Anchored, Orphaned
from reader.core.annotation import PlaceState, Selector
from reader.core.document import TextRange
from reader.core.words import word_around
from tests.core.test_anchoring import anchor, document_of, found

TEXT = """\
A wall and its accounts
The harbour wall was built in 1911, and for a hundred years nobody asked who would mend it.
“It’s not the sea that breaks walls,” says Maud Ferrier, who ran the ferry — “it’s the accounts.”
The council’s survey of 2019 found forty cracks, nine of them wide enough for a hand…
Costs
Mending the wall would cost nine million, the council says; leaving it would cost the town.
Half of the money is to come from the county, which has not yet been asked.
The first efficient café of the fishermen’s co-operative opened in the old net-loft.
What happens next
A public meeting is called for the third of May in the net loft above the ice house.
"""

SET_OTHERWISE = {
    "straight marks": (
        '"It\'s not the sea that breaks walls," says Maud',
        "“It’s not the sea that breaks walls,” says Maud",
    ),
    "two hyphens": ("ran the ferry -- \"it's the", "ran the ferry — “it’s the"),
    "a hyphen": ("ran the ferry - \"it's the", "ran the ferry — “it’s the"),
    "a dash without spaces": ("ran the ferry—“it’s the", "ran the ferry — “it’s the"),
    "three stops": ("wide enough for a hand...", "wide enough for a hand…"),
    "ligatures": ("The \ufb01rst ef\ufb01cient café", "The first efficient café"),
    "combining marks": ("The first efficient cafe\u0301 of", "The first efficient café of"),
    "no accents": ("The first efficient cafe of", "The first efficient café of"),
    "soft hyphens": ("The coun\u00adcil’s sur\u00advey of 2019", "The council’s survey of 2019"),
    "invisible spaces": ("har\u200bbour wall\ufeff was built", "harbour wall was built"),
    "no-break spaces": ("built\u00a0in\u202f1911, and for", "built in 1911, and for"),
    "lines": ("built in 1911,\r\n   and for\ta hundred", "built in 1911, and for a hundred"),
    "capitals": ("THE HARBOUR WALL WAS BUILT IN 1911", "The harbour wall was built in 1911"),
    "full width": ("was built in １９１１, and", "was built in 1911, and"),
    "a drop cap": ("T he harbour wall was built", "The harbour wall was built"),
    "letters apart": ("T H E harbour wall was built", "The harbour wall was built"),
    "joined paragraphs": (
        "wide enough for a hand…CostsMending the wall would cost",
        "wide enough for a hand…\nCosts\nMending the wall would cost",
    ),
    "no spaces": ("hundredyearsnobodyaskedwho", "hundred years nobody asked who"),
    "divided": ("The coun- cil’s survey of 2019", "The council’s survey of 2019"),
    "divided at a line's end": ("The har-\nbour wall was built", "The harbour wall was built"),
    "a footnote's number": ("harbour wall[3] was built in", "harbour wall was built in"),
    "a raised number": ("harbour wall¹² was built in", "harbour wall was built in"),
    "a dagger": ("harbour wall† was built in", "harbour wall was built in"),
    "bold": ("the **harbour wall** was built in", "The harbour wall was built in"),
    "italics": ("_The harbour wall_ was built in", "The harbour wall was built in"),
    "in quotation marks": (
        "“Half of the money is to come from the county”",
        "Half of the money is to come from the county",
    ),
    "in straight marks": (
        '"Half of the money is to come from the county"',
        "Half of the money is to come from the county",
    ),
    "in French marks": (
        "« Half of the money is to come from the county »",
        "Half of the money is to come from the county",
    ),
    "a link": (
        "[The harbour wall](https://example.org/wall) was built",
        "The harbour wall was built",
    ),
    "an image": ("![](wall.png)The harbour wall was built", "The harbour wall was built"),
    "a point of a list": ("• Half of the money is to come", "Half of the money is to come"),
    "a block quote": (
        "> Half of the money is to come\n> from the county",
        "Half of the money is to come from the county",
    ),
    "cut": ("The harbour wall was built in 1911…", "The harbour wall was built in 1911"),
    "cut with stops": ("The harbour wall was built in...", "The harbour wall was built in"),
    "cut with spaced stops": ("The harbour wall was built . . .", "The harbour wall was built"),
    "cut with brackets": ("The harbour wall was built […]", "The harbour wall was built"),
    "cut before": ("... wall was built in 1911", "wall was built in 1911"),
    "cut on both sides": ("…harbour wall was built in …", "harbour wall was built in"),
    "cut in a word": ("built in 1911, and for a hund…", "built in 1911, and for a hundred"),
    "cut before in a word": ("…rbour wall was built in 1911", "harbour wall was built in 1911"),
}
"""Quotes that have the words of the text, and the place."""

OTHER_SIGNS = {
    "no hyphen": ("fishermen’s cooperative opened", "fishermen’s co-operative opened"),
    "a hyphen for a space": ("in the net-loft above the", "in the net loft above the"),
    "a space for a hyphen": ("opened in the old net loft", "opened in the old net-loft"),
    "another stop": ("who would mend it! “It’s not", "who would mend it.\n“It’s not"),
    "no stop": ("built in 1911 and for a hundred", "built in 1911, and for a hundred"),
    "no marks": (
        "It’s not the sea that breaks walls says",
        "It’s not the sea that breaks walls,” says",
    ),
    "a short one": ("ice-house", "ice house"),
    "cut without a sign": ("and for a hundred years nobo", "and for a hundred years nobody"),
    "a number at a word": (
        "The harbour wall3 was built in 1911",
        "The harbour wall was built in 1911",
    ),
}
"""Quotes whose signs are others than those of the text, and the place."""


@pytest.mark.parametrize("name", SET_OTHERWISE)
def test_a_quote_that_is_only_set_otherwise_is_exact(name: str) -> None:
    quote, passage = SET_OTHERWISE[name]
    result = anchor(Selector(quote), document_of(TEXT))
    assert found(result, TEXT) == passage
    assert isinstance(result, Anchored)
    assert result.state is PlaceState.EXACT


@pytest.mark.parametrize("name", OTHER_SIGNS)
def test_a_quote_with_other_signs_is_found_and_edited(name: str) -> None:
    quote, passage = OTHER_SIGNS[name]
    result = anchor(Selector(quote), document_of(TEXT))
    assert found(result, TEXT) == passage
    assert isinstance(result, Anchored)
    assert result.state is PlaceState.EDITED


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in SET_OTHERWISE
        if not name.startswith(
            ("cut", "italics", "in ", "a link", "an image", "a point", "a block")
        )
    ],
)
def test_a_text_that_is_set_otherwise_has_the_quote(name: str) -> None:
    there, quote = SET_OTHERWISE[name]
    text = f"Nobody had seen the ferry. {there} And this is how it ends."
    result = anchor(Selector(quote), document_of(text))
    assert isinstance(result, Anchored)
    place = found(result, text)
    assert place == there.strip()
    assert result.state is PlaceState.EXACT


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("notable", "He was not able to say so."),
        ("cat", "To concatenate is to join."),
        ("the wall", "They bathe walls here."),
        ("$5", "It cost 5 in all."),
    ],
)
def test_a_short_quote_is_not_exact_where_only_its_letters_are(quote: str, text: str) -> None:
    result = anchor(Selector(quote), document_of(text))
    assert isinstance(result, Orphaned) or result.state is PlaceState.EDITED


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        (
            "The coun- cil’s sur- vey found forty cracks",
            "The council’s survey of 2019 found forty cracks",
        ),
        (
            "Mend- ing the wall will cost nine mil-\nlion",
            "Mending the wall would cost nine million",
        ),
        (
            "a public meet‐ ing was called for the sixth of May",
            "A public meeting is called for the third of May",
        ),
        ("the fisher- men’s old co-operative opened", "the fishermen’s co-operative opened"),
    ],
)
def test_a_divided_quote_of_a_text_that_was_edited_is_found(quote: str, place: str) -> None:
    result = anchor(Selector(quote), document_of(TEXT))
    assert found(result, TEXT) == place
    assert isinstance(result, Anchored)
    assert result.state is PlaceState.EDITED


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("The county paid 3.5 million for the wall", "The county paid 35 million for the wall."),
        ("The county paid 1 250 for the wall", "The county paid 1.250 for the wall."),
        ("the survey of the wall[3] was lost", "Then the survey of the wall[4] was lost."),
        ("It holds 10² tons of herring", "It holds 10³ tons of herring."),
        ("It holds 10² tons of herring", "It holds 10 tons of herring."),
        ("They will not re-sign the contract", "They will not resign the contract."),
        ("$250 for each of the boats", "They paid €250 for each of the boats."),
    ],
)
def test_other_numbers_and_signs_are_edited(quote: str, text: str) -> None:
    result = anchor(Selector(quote), document_of(text))
    assert isinstance(result, Anchored)
    assert result.state is PlaceState.EDITED


def test_of_several_places_with_the_letters_the_context_decides() -> None:
    text = "In May the net-loft burnt down, they say.\nIn June the net-loft burnt down, it seems."
    selector = Selector("the netloft burnt down", prefix="In June ", suffix=", it seems.")
    result = anchor(selector, document_of(text))
    assert isinstance(result, Anchored)
    assert result.range.start == text.rindex("the net-loft")


SIGNS = ["\u00ad", "\u200b", " ", "\n", "- ", "-\n", ""]


@given(st.integers(0, 10**6))
def test_wherever_a_long_quote_is_divided_it_is_exact(seed: int) -> None:
    chance = random.Random(seed)
    start = chance.randrange(len(TEXT) - 60)
    end = start + chance.randrange(30, 60)
    while word_around(TEXT, start):
        start -= 1
    while word_around(TEXT, end):
        end += 1
    passage = TEXT[start:end].strip()
    quote = "".join(
        char + (chance.choice(SIGNS) if char.isalpha() and after.isalpha() else "")
        for char, after in zip(passage, passage[1:] + " ", strict=True)
    )
    result = anchor(Selector(quote), document_of(TEXT))
    assert isinstance(result, Anchored)
    assert result.state is PlaceState.EXACT
    words = found(result, TEXT)
    assert words in passage
    assert not any(char.isalnum() for char in passage.replace(words, ""))


@given(st.text(alphabet="aB é.…-[]1²*_ \n“\u00ad\u0301", max_size=30), st.text(max_size=60))
def test_any_quote_gets_a_range_of_any_text_or_none(quote: str, text: str) -> None:
    document = document_of(f"{text} {quote}")
    result = anchor(Selector(quote), document)
    if isinstance(result, Anchored):
        assert 0 <= result.range.start < result.range.end <= len(document.text)
        assert TextRange(*result.range) == result.range
