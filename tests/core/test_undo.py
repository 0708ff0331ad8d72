"""Undo reverts an edit, redo applies it again, and no past state changes."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.annotation import Annotation, Place, Selector
from reader.core.undo import Change, Edit, UndoHistory, apply
from tests.work import work


def annotation(identity: str, note: str) -> Annotation:
    return Annotation(
        id=identity,
        selector=Selector(exact="words"),
        place=Place(0, 5),
        tags=("quote",),
        created="2026-01-01T00:00:00.000Z",
        modified="2026-01-01T00:00:00.000Z",
        note=note,
    )


def last(step: tuple[UndoHistory, Edit] | None) -> Edit:
    assert step is not None
    return step[1]


@st.composite
def sessions(draw: st.DrawFn) -> list[tuple[dict[str, Annotation], Edit]]:
    """Draw consecutive edits, each with the annotations before it."""
    present: dict[str, Annotation] = {}
    steps: list[tuple[dict[str, Annotation], Edit]] = []
    for label in draw(st.lists(st.text(min_size=1, max_size=8), max_size=12)):
        changes = []
        state = present
        for _ in range(draw(st.integers(1, 3))):
            identity = draw(st.sampled_from("abcd"))
            before = state.get(identity)
            after = annotation(identity, draw(st.text(max_size=3)))
            if before is not None and draw(st.booleans()):
                changes.append(Change(before, None))
            else:
                changes.append(Change(before, after))
            state = apply(state, Edit("", (changes[-1],)))
        edit = Edit(label, tuple(changes))
        steps.append((present, edit))
        present = apply(present, edit)
    return steps


@given(sessions())
def test_undoing_everything_leads_back_through_every_state(
    steps: list[tuple[dict[str, Annotation], Edit]],
) -> None:
    history, present = UndoHistory(), dict[str, Annotation]()
    for _, edit in steps:
        history, present = history.done(edit), apply(present, edit)
    final = present
    for before, edit in reversed(steps):
        step = history.undo()
        assert step is not None
        history, inverse = step
        assert inverse.label == edit.label
        present = apply(present, inverse)
        assert present == before
    assert history.undo() is None
    for _, edit in steps:
        step = history.redo()
        assert step is not None
        history, again = step
        assert again == edit
        present = apply(present, again)
    assert present == final
    assert history.redo() is None


@given(sessions())
def test_an_edit_and_its_inverse_are_the_identity(
    steps: list[tuple[dict[str, Annotation], Edit]],
) -> None:
    for before, edit in steps:
        kept = dict(before)
        assert apply(apply(before, edit), edit.inverse()) == before
        assert edit.inverse().inverse() == edit
        assert before == kept


def test_a_new_edit_ends_what_could_be_redone_and_leaves_the_past_alone() -> None:
    first = Edit("tag", (Change(None, annotation("a", "")),))
    second = Edit("note", (Change(None, annotation("b", "")),))
    history = UndoHistory().done(first)
    step = history.undo()
    assert step is not None
    undone, _ = step
    branched = undone.done(second)
    assert branched.redo() is None
    assert last(branched.undo()) == second.inverse()
    assert last(undone.redo()) == first
    assert last(history.undo()) == first.inverse()


def test_a_change_is_of_one_annotation() -> None:
    with pytest.raises(ValueError, match="one annotation"):
        Change(None, None)
    with pytest.raises(ValueError, match="one annotation"):
        Change(annotation("a", ""), annotation("b", ""))


def test_a_long_session_costs_no_more_a_step() -> None:
    edit = Edit("tag", (Change(None, annotation("a", "")),))

    def undo_all(steps: int) -> None:
        history = UndoHistory()
        for _ in range(steps):
            history = history.done(edit)
        while (step := history.undo()) is not None:
            history, _ = step
        assert last(history.redo()) == edit

    assert work(partial(undo_all, 20_000)) < 11 * work(partial(undo_all, 2000))
    undo_all(200_000)
