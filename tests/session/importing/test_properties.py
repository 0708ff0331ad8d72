"""What must hold of every import: once is enough, both sides count, and undoing gives back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.core.changes import texts_of
from reader.imports.model import ImportedNote, ImportedSource
from reader.session import Session
from reader.session.edited import stamped
from reader.session.importing import Fate, PlannedNote
from reader.session.importing.colours import ColourTags
from reader.session.importing.incoming import IncomingNote, SourceCleaner
from reader.session.importing.new_notes import waiting
from reader.session.importing.three_way import added_to, compared
from tests.session.importing.files import imported, notes_of, row, write_rows

texts = st.sampled_from(("", "one", "two", "three\n\nfour", "two words"))
tag_lists = st.lists(st.sampled_from(("a", "b", "c", "claim")), min_size=1, max_size=3, unique=True)
statuses = st.sampled_from(("", "disputed", "refuted"))
states = st.fixed_dictionaries(
    {"note": texts, "tags": tag_lists.map(tuple), "speaker": texts, "status": statuses}
)
"""What a note is in the other program."""


def incoming(state: dict[str, Any], key: str = "k") -> IncomingNote:
    """Return a note in Margin's form."""
    note = ImportedNote(quote="Nobody asked who wrote it", key=key, **state)
    source = ImportedSource(title="The Quiet Ledger", authors=("Oriel Castane",), notes=(note,))
    ((cleaned,),) = (each.notes for each in SourceCleaner("x", ColourTags({})).clean([source]))
    return cleaned


def edited(annotation: Annotation, state: dict[str, Any]) -> Annotation:
    """Return an annotation that a reader changed."""
    after = replace(annotation, **{**state, "status": state["status"] or None})
    return stamped(annotation, after) if after != annotation else annotation


@given(states)
def test_once_is_enough(state: dict[str, Any]) -> None:
    made = waiting(incoming(state), "The Quiet Ledger", 0)
    assert compared(made, incoming(state)) == (Fate.SAME, made, "")


def test_what_becomes_of_a_note_names_the_status_that_it_gets() -> None:
    state = {"note": "one", "tags": ["claim"], "speaker": "", "status": "disputed"}
    made = waiting(incoming(state), "The Quiet Ledger", 0)
    for new, words in (("refuted", "changed: note, status refuted"), ("", "changed: note, status")):
        note = incoming({**state, "note": "two", "status": new})
        after = replace(made, note="two", status=new or None)
        assert PlannedNote(Fate.CHANGED, note.note, made, after).in_words == words


@given(states, states)
def test_what_was_changed_only_there_is_taken(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    made = waiting(incoming(before), "The Quiet Ledger", 0)
    taken = compared(made, incoming(after)).after
    new = waiting(incoming(after), "The Quiet Ledger", 0)
    for part in ("note", "speaker"):
        assert getattr(taken, part) == getattr(new, part)
    assert set(taken.tags) == set(new.tags)
    assert (taken.status in (new.status, "unchecked", None)) or taken.status == new.status
    assert compared(taken, incoming(after)).fate is Fate.SAME


@given(states, states)
def test_what_was_changed_only_here_stays(before: dict[str, Any], here: dict[str, Any]) -> None:
    made = edited(waiting(incoming(before), "The Quiet Ledger", 0), here)
    assert compared(made, incoming(before)) == (Fate.SAME, made, "")


@given(states, states, states)
def test_nothing_that_was_written_on_either_side_is_lost(
    before: dict[str, Any], here: dict[str, Any], there: dict[str, Any]
) -> None:
    made = edited(waiting(incoming(before), "The Quiet Ledger", 0), here)
    outcome = compared(made, incoming(there))
    after = outcome.after
    if here["note"] != before["note"]:
        assert here["note"] in after.note
    if there["note"] != before["note"]:
        assert there["note"] in after.note
    assert (len(texts_of(after)) > 1) <= (outcome.fate is Fate.CONFLICT)
    added_here = set(made.tags) - set(incoming(before).note.tags)
    added_there = set(incoming(there).note.tags) - set(incoming(before).note.tags)
    assert added_here | added_there <= set(after.tags)
    assert compared(after, incoming(there)).after == after  # and once more changes nothing


@given(states, states)
def test_a_passage_that_was_marked_before_gains_what_is_new(
    mine: dict[str, Any], there: dict[str, Any]
) -> None:
    own = replace(waiting(incoming(mine, "mine"), "The Quiet Ledger", 0), origins={})
    after = added_to(own, incoming(there)).after
    assert set(after.tags) == {*own.tags, *incoming(there).telling_tags}
    assert own.note in after.note
    assert incoming(there).note.note in after.note
    assert after.speaker == own.speaker or not own.speaker
    assert compared(after, incoming(there)).after == after


files = st.lists(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 2), texts, tag_lists), min_size=1, max_size=4
    ),
    min_size=1,
    max_size=3,
)
"""Files of notes: each note with its number, the number of its article, its text and its tags."""


@settings(max_examples=6)
@given(files, st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter_and_undoing_gives_back(
    drawn: list[list[tuple[int, int, str, list[str]]]], random: Any
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [
            write_rows(
                folder / f"{number}.jsonl",
                *(
                    row(note + 10 * article, article, note=text, tags=tags)
                    for note, article, text, tags in rows
                ),
            )
            for number, rows in enumerate(_without_contradictions(drawn))
        ]
        one = Session(folder / "one")
        for path in paths:
            before = notes_of(one)
            made = imported(one, path)
            assert not one.importing.plan([path]).changes
            if made.step_id:
                one.stored_steps.undo(made.step_id)
                assert _shown(notes_of(one)) == _shown(before)
                one.stored_steps.redo(made.step_id)
        other = Session(folder / "other")
        random.shuffle(paths)
        imported(other, *paths)
        assert _shown(notes_of(one)) == _shown(notes_of(other))
        assert len(one.articles()) == len(other.articles())


def _without_contradictions(
    drawn: list[list[tuple[int, int, str, list[str]]]],
) -> list[list[tuple[int, int, str, list[str]]]]:
    """Return files in which each note is the same wherever it stands."""
    first = {each[:2]: each for rows in drawn for each in reversed(rows)}
    return [[first[each[:2]] for each in rows] for rows in drawn]


def _shown(notes: list[Annotation]) -> list[tuple[Any, ...]]:
    return [(each.id, each.selector.exact, each.note, sorted(each.tags)) for each in notes]
