"""Two texts are paired word by word: equal words, each at most once, as many as possible."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.alignment import UNPAIRED, Alignment
from reader.core.alignment_runs import matched_pairs
from reader.core.alignment_words import Vocabulary, Words
from reader.core.document import Document
from tests.core import strategies

numbers = st.lists(st.integers(0, 4), max_size=25)


def distance(old: list[int], new: list[int]) -> int:
    """Return the Levenshtein distance, computed as in the textbook."""
    row = list(range(len(new) + 1))
    for i, left in enumerate(old, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(new, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]


def cost(old: list[int], new: list[int], pairs: list[tuple[int, int]]) -> int:
    """Return the cost of the edit that keeps ``pairs`` and replaces other words where it can."""
    bounds = [(-1, -1), *pairs, (len(old), len(new))]
    return sum(
        max(after[0] - before[0], after[1] - before[1]) - 1 for before, after in pairwise(bounds)
    )


def check(alignment: Alignment) -> None:
    for old, new in enumerate(alignment.to_new):
        if new != UNPAIRED:
            assert alignment.to_old[new] == old
            assert alignment.old.keys[old] == alignment.new.keys[new]
        else:
            assert not alignment.has_moved[old]
    for new, old in enumerate(alignment.to_old):
        assert old == UNPAIRED or alignment.to_new[old] == new
    in_order = [new for old, new in enumerate(alignment.to_new) if alignment.is_in_order(old)]
    assert in_order == sorted(in_order)


@given(numbers, numbers)
def test_the_pairs_of_a_gap_are_those_of_a_shortest_edit(old: list[int], new: list[int]) -> None:
    pairs = matched_pairs(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    assert cost(old, new, pairs) == distance(old, new)


@given(numbers, numbers)
def test_anywhere_the_words_around_the_best_part_cost_nothing(
    old: list[int], new: list[int]
) -> None:
    pairs = matched_pairs(old, new, anywhere=True)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))
    best = min(
        distance(old, new[start:end])
        for start in range(len(new) + 1)
        for end in range(start, len(new) + 1)
    )
    if pairs:
        (start, _), (end, _) = pairs[0], pairs[-1]
        inner = sum(max(c - a, d - b) - 1 for (a, b), (c, d) in pairwise(pairs))
        assert start + inner + len(old) - 1 - end == best
    else:
        assert best == len(old)


@given(strategies.documents(), strategies.documents())
def test_any_two_texts_are_paired_like_with_like(old: Document, new: Document) -> None:
    check(Alignment.between(old.text, new.text))


@given(strategies.documents())
def test_a_text_is_paired_with_itself(document: Document) -> None:
    text = document.text
    alignment = Alignment.between(text, text)
    assert alignment.to_new == list(range(len(alignment.old)))
    assert not any(alignment.has_moved)


def text_of(words: list[int]) -> str:
    return " ".join(f"w{word}" for word in words)


@given(st.integers(0, 10**6))
def test_edits_anywhere_keep_the_rest_paired(seed: int) -> None:
    chance = random.Random(seed)
    words = [chance.randrange(300) for _ in range(400)]
    edited, expected = [], []
    for index, word in enumerate(words):
        if chance.random() < 0.03:
            edited.append(1000 + index)
        if chance.random() >= 0.03:
            expected.append(index)
            edited.append(word)
    alignment = Alignment.between(text_of(words), text_of(edited))
    check(alignment)
    paired = [index for index, new in enumerate(alignment.to_new) if new != UNPAIRED]
    assert len(set(expected) & set(paired)) >= 0.97 * len(expected)


@given(st.integers(0, 10**6))
def test_a_block_that_moved_is_paired_and_known_to_have_moved(seed: int) -> None:
    chance = random.Random(seed)
    words = list(range(200))
    start = chance.randrange(60, 100)
    block = words[start : start + 20]
    rest = words[:start] + words[start + 20 :]
    to = chance.randrange(150, 180)
    alignment = Alignment.between(text_of(words), text_of(rest[:to] + block + rest[to:]))
    check(alignment)
    assert alignment.to_new == [
        *range(start),
        *range(to, to + 20),
        *range(start, to),
        *range(to + 20, 200),
    ]
    assert [index for index, moved in enumerate(alignment.has_moved) if moved] == list(
        range(start, start + 20)
    )


@given(st.permutations(range(4)), st.data())
def test_blocks_that_moved_are_paired_alone_between_words_of_their_own(
    order: list[int], data: st.DataObject
) -> None:
    """No word beside a block is paired with it: the texts have different words between the blocks."""
    lengths = data.draw(st.lists(st.integers(6, 25), min_size=4, max_size=4))
    between = data.draw(st.lists(st.integers(1, 4), min_size=10, max_size=10))
    blocks = [[1000 * (block + 1) + word for word in range(lengths[block])] for block in range(4)]
    fillers = [[10_000 * (gap + 1) + word for word in range(between[gap])] for gap in range(10)]

    def text(of: list[int], fillers: list[list[int]]) -> list[int]:
        last = fillers[-1]
        parts = zip(of, fillers, strict=False)
        return [word for block, gap in parts for word in gap + blocks[block]] + last

    old, new = text([0, 1, 2, 3], fillers[:5]), text(order, fillers[5:])
    alignment = Alignment.between(text_of(old), text_of(new))
    check(alignment)
    for block in blocks:
        for word in block:
            assert alignment.to_new[old.index(word)] == new.index(word)
    shared = {word for block in blocks for word in block}
    paired = {old[index] for index, at in enumerate(alignment.to_new) if at != UNPAIRED}
    assert paired == shared


FRAME = [list(range(start, start + 20)) for start in (100, 200, 300)]
"""Three runs of words that stay in their order."""


def pairs_of(old: list[int], new: list[int]) -> list[tuple[int, int]]:
    alignment = Alignment.between(text_of(old), text_of(new))
    check(alignment)
    return [(i, at) for i, at in enumerate(alignment.to_new) if at != UNPAIRED]


def test_a_block_that_moved_takes_no_word_from_what_stayed_beside_it() -> None:
    block, (first, second, third) = list(range(1000, 1010)), FRAME
    old = [*first, second[-1], *block, third[0], *second, *third]
    new = [*first, *second, *block, *third]
    stays = [(old.index(word), new.index(word)) for word in first]
    stays += [(32 + at, 20 + at) for at in range(20)]
    assert set(stays) <= set(pairs_of(old, new))
    assert {(old.index(word), new.index(word)) for word in block} <= set(pairs_of(old, new))
    assert {(52 + at, 50 + at) for at in range(20)} <= set(pairs_of(old, new))


def test_blocks_that_moved_are_whole_though_they_begin_and_end_with_the_same_words() -> None:
    head, tail, (first, second, third) = list(range(1, 9)), list(range(11, 19)), FRAME
    one, other = [*head, *range(1000, 1010), *tail], [*head, *range(2000, 2010), *tail]
    old = [*first, *one, *second, *other, *third]
    new = [*other, *first, *second, *third, *one]
    expected = [
        *zip(range(20), range(26, 46), strict=True),
        *zip(range(20, 46), range(86, 112), strict=True),
        *zip(range(46, 66), range(46, 66), strict=True),
        *zip(range(66, 92), range(26), strict=True),
        *zip(range(92, 112), range(66, 86), strict=True),
    ]
    assert pairs_of(old, new) == expected


@pytest.mark.parametrize("edited", [1, 2, 5])
def test_words_that_changed_inside_a_block_that_moved_are_paired_around(edited: int) -> None:
    """Between two parts of a block, words that are the same go with it, the others alone stay."""
    first, second, third = FRAME
    block = list(range(1000, 1030))
    middle = block[12 : 12 + edited]
    changed = [word + 5000 for word in middle]
    shared = [900, 901]  # too few to have moved by themselves, between words that changed
    old_block = [*block[:12], *middle, *shared, middle[0] + 7000, *block[20:]]
    new_block = [*block[:12], *changed, *shared, middle[0] + 8000, *block[20:]]
    old = [*first, *old_block, *second, *third]
    new = [*first, *second, *third, *new_block]
    pairs = dict(pairs_of(old, new))
    for word in (*block[:12], *shared, *block[20:]):
        assert pairs[old.index(word)] == new.index(word)
    assert not {old.index(word) for word in middle} & pairs.keys()


def test_what_was_added_lies_between_sentences() -> None:
    old = "The wall leaks. The town pays."
    new = "The wall leaks. The council waits. The town pays."
    alignment = Alignment.between(old, new)
    added = [index for index, at in enumerate(alignment.to_old) if at == UNPAIRED]
    first, last = added[0], added[-1]
    start, end = alignment.new.starts[first], alignment.new.ends[last]
    assert new[start:end] == "The council waits."


def test_a_word_that_is_tiny_beside_what_was_added_around_it_is_a_coincidence() -> None:
    added = " ".join(f"added{number}" for number in range(60))
    alignment = Alignment.between(
        "One two three. It. Four five six.", f"One two three. {added} it {added}. Four five six."
    )
    (it,) = (i for i, key in enumerate(alignment.old.keys) if key == alignment.old.keys[4])
    assert alignment.to_new[it] == UNPAIRED


def test_words_that_differ_by_typography_are_the_same() -> None:
    vocabulary = Vocabulary()
    one = Words("“It’s naïve…” — co\u00adoperate, ﬁrst", vocabulary)
    other = Words('"It\'s naive..." -- cooperate, FIRST', vocabulary)
    assert one.keys == other.keys


@given(strategies.line_text)
def test_words_are_where_they_say_and_leave_out_only_what_is_not_seen(text: str) -> None:
    words = Words(text, Vocabulary())
    assert all(start < end for start, end in zip(words.starts, words.ends, strict=True))
    assert all(end <= start for end, start in zip(words.ends, words.starts[1:], strict=False))
    covered = {
        at for start, end in zip(words.starts, words.ends, strict=True) for at in range(start, end)
    }
    left = "".join(char for at, char in enumerate(text) if at not in covered)
    assert all(char.isspace() or not char.isprintable() or char in "\ufe0f\ufe0e" for char in left)


def test_two_texts_without_anything_in_common_take_no_more_than_a_moment() -> None:
    chance = random.Random(1)
    old = text_of([chance.randrange(50) for _ in range(20_000)])
    new = text_of([chance.randrange(50, 100) for _ in range(20_000)])
    assert set(Alignment.between(old, new).to_new) == {UNPAIRED}
    same_words = text_of([chance.randrange(50) for _ in range(20_000)])
    check(Alignment.between(old, same_words))
