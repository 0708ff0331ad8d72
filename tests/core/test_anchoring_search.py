"""A passage is searched for without its old text: what is near enough is found, the rest is not."""

from __future__ import annotations

import random

import pytest

from reader.core.anchoring import Anchored, Anchoring, Orphaned
from reader.core.annotation import Loss, Selector
from tests.core.test_anchoring import ARTICLE, anchor, document_of, found, searched

# Words that other passages have, too


@pytest.mark.parametrize(
    "quote",
    [
        "The council’s engineer said on Monday that the ferry would cost too much to run.",
        "The harbour master was asked for a survey, and nobody would say what is in it.",
        "Half of the fish is sold at the market in the town, says the ferry’s owner.",
        "A public house is to be built above the ferry, and it will be called the Net Loft.",
        "Mending the roof of the school would cost the county a tenth of what it has.",
        "“It’s not the cold that kills,” says the doctor",
    ],
)
def test_a_quote_of_another_text_is_not_found_by_the_words_that_every_text_has(quote: str) -> None:
    result = anchor(Selector(quote), document_of(ARTICLE))
    assert isinstance(result, Orphaned)
    assert result.reason in (Loss.CHANGED, Loss.REMOVED)


@pytest.mark.parametrize(
    "quote",
    [
        "The fish market, which pays a tenth of the rates, said that it will not wait",
        "Mending the old wall would cost nine million, says the council; leaving it costs the town",
        "The council’s survey found forty cracks, some wide enough for a hand.",
    ],
)
def test_a_quote_with_a_few_other_words_is_found_without_context(quote: str) -> None:
    place = found(anchor(Selector(quote), document_of(ARTICLE)), ARTICLE)
    assert place.split()[:2] == quote.split()[:2]
    assert place.split()[-1].strip(".…") == quote.rsplit(maxsplit=1)[-1].strip(".…")


@pytest.mark.parametrize(
    ("old", "rewritten"),
    [
        (
            "forty cracks, nine of them wide enough for a hand",
            "forty-six cracks, nine of them deep",
        ),
        ("who ran the ferry — “it’s the accounts", "who once ran that ferry, “it’s the money"),
        ("the money is to come from the county", "the sum is to come out of the county"),
    ],
)
def test_a_passage_of_which_half_is_left_is_found_where_its_context_is(
    old: str, rewritten: str
) -> None:
    new = ARTICLE.replace(old, rewritten)
    result = searched(ARTICLE, new, old)
    assert isinstance(result, Anchored)
    start = new.index(rewritten)
    assert result.range.start >= start
    assert result.range.end <= start + len(rewritten)


# Passages parted by inserted text


INSERTED = "Nobody on the ferry had expected that, least of all the old captain, who slept below."


@pytest.mark.parametrize("has_context", [True, False])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The council’s survey of 2019 found forty cracks.", "Nine of them were wide enough."),
        ("Who mends it?", "Mending the wall would cost nine million, the council says."),
        ("Mending the wall would cost nine million, the council says.", "Who pays for it?"),
    ],
)
def test_a_passage_is_found_whole_where_a_sentence_was_put_into_it(
    first: str, second: str, has_context: bool
) -> None:
    around = "The wall was built in 1911. {} A public meeting is called for May."
    old, new = around.format(f"{first} {second}"), around.format(f"{first} {INSERTED} {second}")
    quote = f"{first} {second}"
    result = searched(old, new, quote) if has_context else anchor(Selector(quote), document_of(new))
    assert found(result, new) == f"{first} {INSERTED} {second}"


def test_a_few_words_that_are_also_beyond_a_passage_do_not_widen_it() -> None:
    old = "Half of the money is to come from the county of the lakes, by the way."
    new = (
        "Half of the money is to come from the county. Out of the way lies the island, by the sea."
    )
    place = found(searched(old, new, old), new)
    assert place.startswith("Half of the money is to come from the county")
    assert "island" not in place


# Long texts, in which every word is common


def test_an_edited_passage_is_found_in_a_text_whose_words_are_all_common() -> None:
    chance = random.Random(5)
    words = [f"word{number}" for number in range(60)]
    sentences = [" ".join(chance.choices(words, k=12)).capitalize() + "." for _ in range(1_500)]
    new = document_of(" ".join(sentences))
    anchoring = Anchoring(new)
    for index in range(200, 1_400, 200):
        quote = sentences[index].split(" ")
        quote[5] = "other"
        result = anchoring.find(Selector(" ".join(quote)))
        assert found(result, new.text) == sentences[index]
