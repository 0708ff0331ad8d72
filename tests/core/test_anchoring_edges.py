"""Passages of signs, among many copies, with much inserted, and at their edges."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from reader.core.anchoring import LONGEST_HINT, Anchored, Anchoring, Orphaned
from reader.core.annotation import Loss, PlaceState
from reader.core.document import TextRange
from reader.core.selectors import describe
from reader.core.wording import are_alike
from reader.core.words import word_around
from tests.core.test_anchoring import anchor, compared, document_of, found, passage_of, searched

Find = Callable[[str, str, str], Anchored | Orphaned]

SIGNS = "The first act ends.\n\ufe0f\u200d\nThe second act begins."
BEFORE, AFTER = "A prologue.\n", "\nAn epilogue."


# Passages that the comparison does not number


@pytest.mark.parametrize("find", [compared, searched])
@pytest.mark.parametrize(
    ("new", "state"),
    [
        (BEFORE + SIGNS + AFTER, PlaceState.EXACT),
        (SIGNS.replace("first act ends", "prelude is over"), PlaceState.MOVED),
    ],
)
def test_a_passage_without_words_is_found_by_its_characters(
    find: Find, new: str, state: PlaceState
) -> None:
    result = find(SIGNS, new, "\ufe0f\u200d")
    assert isinstance(result, Anchored)
    assert found(result, new) == "\ufe0f\u200d"
    assert result.state is state


@pytest.mark.parametrize("find", [compared, searched])
def test_a_passage_without_words_that_is_gone_or_there_twice_is_lost(find: Find) -> None:
    gone = find(SIGNS, "The first act ends.\nThe second act begins.", "\ufe0f\u200d")
    assert gone == Orphaned(Loss.REMOVED)
    twice = "One.\n\ufe0f\u200d\nTwo.\n\ufe0f\u200d\nThree."
    assert find(SIGNS, twice, "\ufe0f\u200d") == Orphaned(Loss.AMBIGUOUS)


# Many copies


def chapters(count: int, at: int, *, quote: str = "It is so.") -> str:
    """Return a text with a sentence in every chapter, one of which is marked off by its words."""
    parts = [
        f"Chapter begins here once more. {quote} Chapter ends here once more." for _ in range(count)
    ]
    parts[at] = f"The ferry came late that day. {quote} Nobody had waited for it."
    return "\n".join(parts)


@pytest.mark.parametrize("at", [0, 30, 149])
def test_of_very_many_copies_the_one_with_its_neighbours_is_found(at: int) -> None:
    old = "\n".join(
        ["The ferry came late that day. It is so. Nobody had waited for it.", "Other words."]
    )
    new = chapters(150, at)
    result = searched(old, new, "It is so.")
    assert found(result, new) == "It is so."
    assert isinstance(result, Anchored)
    assert new[: result.range.start].endswith("late that day. ")


def test_a_word_that_stands_nearly_everywhere_is_not_searched_for_long() -> None:
    old = "The only one of its kind: a so. And then on."
    new = "a so. " * 30_000
    assert isinstance(searched(old, new, "a so."), Orphaned)


# Insertions


SENTENCE = "The council met on Monday in the net loft and voted for the wall."


def with_inserted(words: int) -> str:
    more = " ".join(f"inserted{number}" for number in range(words))
    first, second = SENTENCE.split(" in the net loft ")
    return f"Before it. {first} {more} in the net loft {second} After it."


@pytest.mark.parametrize("find", [compared, searched])
def test_a_passage_reaches_over_a_few_words_that_were_inserted(find: Find) -> None:
    new = with_inserted(6)
    result = find(f"Before it. {SENTENCE} After it.", new, SENTENCE)
    assert found(result, new) == new.removeprefix("Before it. ").removesuffix(" After it.")
    assert isinstance(result, Anchored)
    assert result.state is PlaceState.EDITED


@pytest.mark.parametrize("find", [compared, searched])
def test_a_passage_does_not_reach_over_pages_that_were_inserted(find: Find) -> None:
    new = with_inserted(600)
    result = find(f"Before it. {SENTENCE} After it.", new, SENTENCE)
    if isinstance(result, Anchored):
        assert result.range.end - result.range.start < 2 * len(SENTENCE)


# Edges


@pytest.mark.parametrize(
    ("quote", "new", "there"),
    [
        ("met on Monday", SENTENCE.replace("met on", "met again on"), "met again on Monday"),
        ("The council", SENTENCE.replace("council met", "town council met"), "The town council"),
        ("for the wall.", SENTENCE.replace("wall.", "wall!"), "for the wall!"),
        ("uncil met on Mon", SENTENCE.replace("net loft", "town hall"), "uncil met on Mon"),
        ("uncil met on Mon", f"Then. {SENTENCE}", "uncil met on Mon"),
    ],
)
def test_the_edges_of_a_passage_go_with_its_words(quote: str, new: str, there: str) -> None:
    old = f"Before it all was quiet. {SENTENCE} After it nobody said a word."
    new = f"Before it all was quiet. {new} After it nobody said a word."
    assert found(compared(old, new, quote), new) == there


def test_a_quote_at_either_end_of_a_text_stays_at_it() -> None:
    old = "First words of it. Middle words. Last words of it."
    for quote in ("First words", "words of it."):
        selector = describe(document_of(old), passage_of(old, quote))
        selector = structs.replace(selector, snapshot="")
        for new in (old, f"{old} More.", f"More. {old}"):
            result = anchor(selector, document_of(new))
            assert found(result, new) == quote


def test_offsets_that_lie_outside_of_the_text_do_not_count() -> None:
    document = document_of(SENTENCE)
    selector = describe(document, passage_of(SENTENCE, "Monday"))
    for start, end in ((-3, 3), (5, 10_000), (30, 20), (0, 6)):
        wrong = structs.replace(selector, start=start, end=end)
        assert found(anchor(wrong, document), SENTENCE) == "Monday"


@pytest.mark.parametrize("length", [3, 40, LONGEST_HINT - 1, LONGEST_HINT, LONGEST_HINT + 1, 5000])
def test_a_removed_passage_leads_to_what_stands_between_its_neighbours(length: int) -> None:
    """Where that is longer than a hint may be, it leads to the end of the neighbour before it."""
    quote = "Nobody could agree upon the price of herring."
    before, after = "The mayor opened the new bridge.", "The ferry came late."
    others = "zq" * length
    between = f" {others[: length - 2]} "
    result = compared(f"{before} {quote} {after}", f"{before}{between}{after}", quote)
    start = len(before)
    end = start + length if length <= LONGEST_HINT else start
    assert result == Orphaned(Loss.REMOVED, TextRange(start + (end > start), end - (end > start)))


# Words at the edges of a passage


AROUND = (
    "The harbour kept two clocks that never agreed. {} In the end the ledgers were sold inland."
)


@pytest.mark.parametrize("find", [compared, searched])
@pytest.mark.parametrize(
    ("old", "passage", "new", "place"),
    [
        ("They run the mill.", "They run the", "They run these mill.", "They run these"),
        ("We paid 26 in March.", "We paid 26", "We paid 260 in March.", "We paid 260"),
        ("We paid 26 in March.", "We paid 26", "We paid 26.5 in March.", "We paid 26.5"),
        ("We paid 26 in March.", "26 in March", "We paid 1,126 in March.", "1,126 in March"),
        ("It was the well of all.", "was the well", "It was the well-known of all.", None),
        ("All known facts they had.", "known facts", "All well-known facts they had.", None),
        ("As said John of the town.", "As said John", "As said John’s of the town.", None),
        ("They ran it down the hill.", "They ran it", "They ran it's down the hill.", None),
        ("All of the cafe was old.", "All of the cafe", "All of the cafe\u0301 was old.", None),
        ("It was in the U of late.", "was in the U", "It was in the U.S. of late.", None),
        ("Sie sah den Hafen dort an.", "sah den Hafen", "Sie sah den Hafenmeister dort an.", None),
        ("Он видел дом на горе.", "видел дом", "Он видел домик на горе.", None),
    ],
)  # fmt: skip
def test_a_place_ends_at_a_word_where_the_passage_did(
    find: Find, old: str, passage: str, new: str, place: str | None
) -> None:
    old, new = AROUND.format(old), AROUND.format(new)
    result = find(old, new, passage)
    assert isinstance(result, Anchored)
    words = found(result, new)
    if place is not None:
        assert words == place
    for offset in result.range:
        assert word_around(new, offset) is None
    is_widened = not are_alike(words, passage)
    assert (result.state is PlaceState.EDITED) == is_widened


@pytest.mark.parametrize("find", [compared, searched])
@pytest.mark.parametrize(
    ("old", "passage", "new"),
    [
        ("They run these mills.", "run the", "They run these old mills."),
        ("They paid 260 in March.", "paid 26", "They paid 260 in early March."),
        ("委員会は二時間ほど続いた。", "委員会は二時", "委員会は二時間半ほど続いた。"),
        ("委員会は二時に続いた。", "委員会は二時", "委員会は二時間に続いた。"),
    ],
)
def test_a_passage_that_cut_a_word_still_does_and_scripts_without_spaces_have_none(
    find: Find, old: str, passage: str, new: str
) -> None:
    new = AROUND.format(new)
    result = find(AROUND.format(old), new, passage)
    assert found(result, new) == passage


tokens = st.sampled_from(["run", "the", "26", "3.5", "well", "it", "John", "café", "議会", "a"])
endings = st.sampled_from(["", "", "", "se", "0", ".5", "-known", "'s", "\u0301", "間"])


@given(st.lists(tokens, min_size=8, max_size=30), st.data())
def test_no_place_cuts_a_word_that_the_passage_did_not(
    words: list[str], data: st.DataObject
) -> None:
    old = " ".join(words)
    new = " ".join(each + data.draw(endings) for each in words)
    first = data.draw(st.integers(0, len(words) - 4))
    last = data.draw(st.integers(first + 3, len(words)))
    passage = TextRange(len(" ".join([*words[:first], ""])), len(" ".join(words[:last])))
    selector = describe(document_of(old), passage)
    for text in (old, None):
        result = Anchoring(document_of(new), text).find(selector)
        if isinstance(result, Anchored):
            assert word_around(new, result.range.start) is None
            assert word_around(new, result.range.end) is None
