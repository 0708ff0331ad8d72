"""Back and forward behave as a list with an index, as in a browser."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.core.back_forward import MAX_ENTRIES, BackForward


@given(st.lists(st.one_of(st.integers(0, 3), st.sampled_from(["back", "forward"]))))
def test_a_history_is_a_list_with_an_index(steps: list[int | str]) -> None:
    history: BackForward[int] = BackForward()
    present = 9
    places, index = [9], 0
    for step in steps:
        if isinstance(step, int):
            if step == present:
                continue
            history, present = history.push(present), step
            places, index = [*places[: index + 1], step], index + 1
        elif step == "back":
            taken = history.back(present)
            assert (taken is None) == (index == 0)
            if taken:
                history, present = taken
                index -= 1
        else:
            taken = history.forward(present)
            assert (taken is None) == (index == len(places) - 1)
            if taken:
                history, present = taken
                index += 1
        assert present == places[index]


def test_a_place_where_the_reader_is_already_is_skipped() -> None:
    history = BackForward[str]().push("a").push("b")
    step = history.back("b")
    assert step is not None
    assert step.entry == "a"
    assert BackForward[str]().push("a").back("a") is None


def test_a_place_is_left_once() -> None:
    assert BackForward[str]().push("a").push("a").behind == ("a",)


def test_the_oldest_places_are_forgotten() -> None:
    history: BackForward[int] = BackForward()
    for place in range(MAX_ENTRIES + 5):
        history = history.push(place)
    assert history.behind == tuple(range(5, MAX_ENTRIES + 5))


def test_every_entry_can_be_changed() -> None:
    taken = BackForward((1, 2), (3,)).updated(lambda entry: entry * 10)
    assert taken == BackForward((10, 20), (30,))


def test_several_steps_back_lead_to_a_wanted_entry() -> None:
    history: BackForward[int] = BackForward((1, 2, 3))
    step = history.back_to(4, lambda entry: entry == 2)
    assert step == (BackForward((1,), (4, 3)), 2)
    assert history.back_to(4, lambda entry: entry == 9) is None
