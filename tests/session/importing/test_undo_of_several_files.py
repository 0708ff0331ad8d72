"""Undoing an import of several files, which say something of the same passage."""

from __future__ import annotations

import json
from pathlib import Path

from reader.session import Session
from tests.imports.test_databases import APPLE, APPLE_ARCHIVE
from tests.imports.test_kindle_clippings import mark
from tests.session.importing.files import imported, notes_of

WORDS = "told us the answer and burned the question"


def files(folder: Path) -> list[str]:
    """A passage marked on a Kindle, and twice more in KOReader, in other styles."""
    entry = {"text": WORDS, "sort": "highlight", "drawer": "strikeout", "note": "Mine.", "time": 1}
    book = {"title": "The Quiet Ledger", "author": "Oriel Castane", "entries": [entry]}
    markdown = "# The Quiet Ledger\n##### Oriel Castane\n\n### Page 1 @ 18 June 2026 09:39:01 PM\n"
    contents = {
        "clippings.txt": mark("Highlight on Location 1-2", WORDS),
        "koreader.json": json.dumps({**book, "created_on": 2}),
        "koreader.md": f"{markdown}++{WORDS}++\n\n---\nHis.\n",
    }
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [str(folder / name) for name in contents]


def test_a_note_that_several_files_changed_goes_with_their_import(
    session: Session, tmp_path: Path
) -> None:
    made = imported(session, *files(tmp_path))
    (note,) = notes_of(session)
    assert note.tags == ("quote", "strikeout", "underscore")
    assert note.note == "Mine.\n\nHis."
    undone = session.stored_steps.undo(made.step_id)
    assert undone is not None
    assert (undone.notes, undone.kept) == (1, 0)
    assert notes_of(session) == []
    session.stored_steps.redo(made.step_id)
    (again,) = notes_of(session)
    assert (again.tags, again.note) == (note.tags, note.note)


def test_a_note_that_several_files_changed_is_changed_back(
    session: Session, tmp_path: Path
) -> None:
    clippings, *others = files(tmp_path)
    imported(session, clippings)
    (before,) = notes_of(session)
    made = imported(session, *others)
    (after,) = notes_of(session)
    assert (after.tags, after.note) == (("quote", "strikeout", "underscore"), "Mine.\n\nHis.")
    session.stored_steps.undo(made.step_id)
    (undone,) = notes_of(session)
    assert (undone.tags, undone.note) == (before.tags, "")
    session.stored_steps.redo(made.step_id)
    (redone,) = notes_of(session)
    assert (redone.tags, redone.note) == (after.tags, after.note)


def test_notes_without_their_title_and_with_it_are_the_same_ones(
    session: Session, tmp_path: Path
) -> None:
    (tmp_path / "AEAnnotation.sqlite").write_bytes(APPLE)
    (tmp_path / "apple.zip").write_bytes(APPLE_ARCHIVE)
    made = imported(session, str(tmp_path / "AEAnnotation.sqlite"), str(tmp_path / "apple.zip"))
    assert len(notes_of(session)) == 2
    assert len(session.articles()) == 1
    session.stored_steps.undo(made.step_id)
    assert notes_of(session) == []
