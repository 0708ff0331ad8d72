"""The index finds what a look at each interval finds, and styled runs tile their range."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.core.document import TextRange
from reader.core.overlay import IntervalIndex, Layer, StyledRun, styled_runs

ranges = st.builds(
    lambda start, length: TextRange(start, start + length), st.integers(0, 60), st.integers(0, 30)
)
layers = st.lists(
    st.builds(
        Layer, ranges, st.sampled_from(["quote", "claim", "hit", "caret"]), st.integers(-2, 2)
    ),
    max_size=12,
)


def order(item: tuple[TextRange, int]) -> tuple[int, int, int]:
    return item[0].start, -item[0].end, item[1]


@given(st.lists(ranges, max_size=40), st.integers(0, 100), st.integers(0, 40))
def test_overlapping_is_as_by_looking_at_each(
    held: list[TextRange], start: int, width: int
) -> None:
    items = [(passage, number) for number, passage in enumerate(held)]
    index = IntervalIndex(items)
    wanted = TextRange(start, start + width)
    expected = [number for passage, number in sorted(items, key=order) if passage.overlaps(wanted)]
    assert index.overlapping(*wanted) == expected


@given(st.lists(ranges, min_size=1, max_size=20), st.integers(0, 100))
def test_what_lies_over_an_offset_is_as_by_looking_at_each(
    held: list[TextRange], offset: int
) -> None:
    items = sorted(((passage, number) for number, passage in enumerate(held)), key=order)
    index = IntervalIndex(items)
    assert index.at(offset) == [
        number for passage, number in items if passage.overlaps(TextRange(offset, offset + 1))
    ]


def test_an_empty_index_finds_nothing() -> None:
    index: IntervalIndex[str] = IntervalIndex()
    assert index.overlapping(0, 10) == []


@given(layers, st.integers(0, 80), st.integers(0, 40))
def test_runs_tile_the_range_and_hold_what_lies_over_it(
    held: list[Layer], start: int, width: int
) -> None:
    end = start + width
    found = styled_runs(start, end, held)
    offset = start
    for run in found:
        assert run.start == offset < run.end
        offset = run.end
        for place in range(run.start, run.end):
            over = {layer.key for layer in held if layer.range.contains(place)}
            assert set(run.keys) == over
            assert len(run.keys) == len(over)
    assert offset == (end if width else start)
    assert all(one.keys != other.keys for one, other in pairwise(found))


@given(layers)
def test_a_key_has_its_highest_priority(held: list[Layer]) -> None:
    for run in styled_runs(0, 100, held):
        highest = [
            max(
                (layer.priority, number)
                for number, layer in enumerate(held)
                if layer.key == key and layer.range.contains(run.start)
            )
            for key in run.keys
        ]
        assert highest == sorted(highest)


def test_an_example() -> None:
    held = [
        Layer(TextRange(3, 8), "claim", 1),
        Layer(TextRange(5, 30), "hit", 2),
        Layer(TextRange(0, 4), "quote", 1),
    ]
    assert styled_runs(2, 10, held) == [
        StyledRun(2, 3, ("quote",)),
        StyledRun(3, 4, ("claim", "quote")),
        StyledRun(4, 5, ("claim",)),
        StyledRun(5, 8, ("claim", "hit")),
        StyledRun(8, 10, ("hit",)),
    ]
