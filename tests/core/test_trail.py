"""Back and forward, against a list and an index as in a browser."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.core.trail import LONGEST, Trail


@given(st.lists(st.one_of(st.integers(0, 3), st.sampled_from(["back", "forward"]))))
def test_a_trail_is_a_list_with_an_index(steps: list[int | str]) -> None:
    trail: Trail[int] = Trail()
    present = 9
    places, index = [9], 0
    for step in steps:
        if isinstance(step, int):
            if step == present:
                continue
            trail, present = trail.left(present), step
            places, index = [*places[: index + 1], step], index + 1
        elif step == "back":
            taken = trail.back(present)
            assert (taken is None) == (index == 0)
            if taken:
                trail, present = taken
                index -= 1
        else:
            taken = trail.forward(present)
            assert (taken is None) == (index == len(places) - 1)
            if taken:
                trail, present = taken
                index += 1
        assert present == places[index]


def test_a_place_that_one_is_at_already_is_passed_over() -> None:
    trail = Trail[str]().left("a").left("b")
    step = trail.back("b")
    assert step is not None
    assert step.stop == "a"
    assert Trail[str]().left("a").back("a") is None


def test_a_place_is_left_once() -> None:
    assert Trail[str]().left("a").left("a").behind == ("a",)


def test_the_oldest_places_are_forgotten() -> None:
    trail: Trail[int] = Trail()
    for place in range(LONGEST + 5):
        trail = trail.left(place)
    assert trail.behind == tuple(range(5, LONGEST + 5))


def test_every_stop_can_be_changed() -> None:
    taken = Trail((1, 2), (3,)).changed(lambda stop: stop * 10)
    assert taken == Trail((10, 20), (30,))


def test_several_steps_back_lead_to_a_stop_that_is_wanted() -> None:
    trail: Trail[int] = Trail((1, 2, 3))
    step = trail.back_to(4, lambda stop: stop == 2)
    assert step == (Trail((1,), (4, 3)), 2)
    assert trail.back_to(4, lambda stop: stop == 9) is None
