"""Notes in the margin: in order, none over another, the caret's whole, none lost without a word."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.painting.note_places import FAR, MOST_LINES, BesideLine, NotePlace, place_notes

heights = st.integers(1, 60)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[list[BesideLine], int, int | None]:
    """Return notes, the height of a window, and the caret's note, which can be seen in it."""
    window = draw(heights)
    lines = sorted(draw(st.lists(st.integers(-30, window + 30), max_size=80)))
    notes = [BesideLine(line, draw(heights)) for line in lines]
    seen = [at for at, note in enumerate(notes) if note.line < window]
    current = draw(st.none() | st.sampled_from(seen)) if seen else None
    return notes, window, current


@given(crowds())
def test_notes_are_in_order_and_none_is_over_another(
    crowd: tuple[list[BesideLine], int, int | None],
) -> None:
    notes, window, current = crowd
    places = place_notes(notes, window, current)
    assert [place.note for place in places] == sorted({place.note for place in places})
    for above, below in pairwise(places):
        assert above.end <= below.y
    for place in places:
        assert 1 <= place.height <= notes[place.note].height
        assert place.end > 0
        assert place.y < window
        if place.note != current:
            assert place.height <= MOST_LINES
            assert abs(place.y - notes[place.note].line) <= FAR


@given(crowds())
def test_the_notes_of_the_caret_is_whole_and_at_its_line(
    crowd: tuple[list[BesideLine], int, int | None],
) -> None:
    notes, window, current = crowd
    if current is None:
        return
    (place,) = (each for each in place_notes(notes, window, current) if each.note == current)
    line, height = notes[current]
    assert place.height == min(height, window)
    assert place.y >= 0
    assert place.end <= window
    if line >= 0:
        assert place.y == line or place.end == window


@given(crowds())
def test_every_note_whose_passage_is_seen_is_placed_or_counted(
    crowd: tuple[list[BesideLine], int, int | None],
) -> None:
    """Only those at the bottom, that stand below the window, are not."""
    notes, window, current = crowd
    places = place_notes(notes, window, current)
    placed = {place.note for place in places}
    missing = [at for at, note in enumerate(notes) if 0 <= note.line < window and at not in placed]
    counted = sum(place.left_out for place in places)
    if not places or places[-1].end < window:
        assert len(missing) <= counted


@given(crowds(), st.integers(1, 20))
def test_a_note_stays_beside_its_passage_while_the_text_is_scrolled(
    crowd: tuple[list[BesideLine], int, int | None], lines: int
) -> None:
    notes, window, _ = crowd

    def beside(places: list[NotePlace], top: int) -> dict[int, tuple[int, int, int]]:
        return {place.note: (place.y + top, place.height, place.left_out) for place in places}

    scrolled = [note._replace(line=note.line - lines) for note in notes]
    before, after = (
        beside(place_notes(notes, window), 0),
        beside(place_notes(scrolled, window), lines),
    )
    for index in before.keys() & after.keys():
        assert before[index] == after[index]


@given(st.lists(st.tuples(st.integers(4, 9), st.integers(1, 4)), max_size=9))
def test_notes_with_room_stand_whole_at_their_lines(gaps: list[tuple[int, int]]) -> None:
    notes, line = [], 0
    for gap, height in gaps:
        notes.append(BesideLine(line, height))
        line += gap
    places = place_notes(notes, line + 1)
    assert [(place.y, place.height) for place in places] == notes
    assert not any(place.left_out for place in places)


def test_a_note_is_pushed_down_rather_than_cut() -> None:
    notes = [BesideLine(3, 4), BesideLine(4, 4), BesideLine(12, 4)]
    places = place_notes(notes, 24)
    assert [(place.y, place.height) for place in places] == [(3, 4), (7, 4), (12, 4)]


def test_in_a_crowd_each_note_keeps_two_lines_and_the_last_has_more() -> None:
    notes = [BesideLine(3, 9), BesideLine(4, 9), BesideLine(4, 1), BesideLine(5, 9)]
    places = place_notes(notes, 24)
    assert [(place.y, place.height) for place in places] == [(3, 2), (5, 2), (7, 1), (8, 4)]


def test_the_caret_note_takes_its_place_and_the_others_make_room() -> None:
    notes = [BesideLine(3, 9), BesideLine(4, 9), BesideLine(4, 7), BesideLine(5, 9)]
    places = place_notes(notes, 24, 2)
    assert [(place.y, place.height) for place in places] == [(2, 1), (3, 1), (4, 7), (11, 4)]


def test_what_has_no_room_is_counted() -> None:
    places = place_notes([BesideLine(2, 3)] * 20, 40)
    assert sum(place.left_out for place in places) == 20 - len(places)
    assert places[-1].left_out > 0


def test_the_caret_note_of_a_long_passage_stays_at_the_top() -> None:
    assert place_notes([BesideLine(-8, 3)], 24, 0) == [NotePlace(0, 0, 3)]
    assert place_notes([BesideLine(-8, 3)], 24) == []


def test_the_caret_note_at_the_bottom_moves_up_as_far_as_it_must() -> None:
    assert place_notes([BesideLine(22, 6)], 24, 0) == [NotePlace(0, 18, 6)]
    assert place_notes([BesideLine(22, 60)], 24, 0) == [NotePlace(0, 0, 24)]
