"""An older copy of a file, imported after a newer one."""

from __future__ import annotations

from pathlib import Path

from reader.session import Session
from tests.imports.test_kindle_clippings import mark
from tests.session.importing.files import imported, notes_of, row, write_rows


def test_an_older_copy_of_a_file_takes_nothing_back(session: Session, tmp_path: Path) -> None:
    short = mark("Highlight on Location 1-2", "They have told us the answer")
    long = mark("Highlight on Location 1-2", "They have told us the answer and burned it")
    path = tmp_path / "My Clippings.txt"
    older, newer = short, short + long.replace("2026", "2027")
    assert older != newer
    for text in (older, newer, older):
        path.write_text(text, encoding="utf-8")
        imported(session, str(path))
    (note,) = notes_of(session)
    assert note.selector.exact == "They have told us the answer and burned it"


def test_an_older_state_of_a_note_is_not_taken_and_a_newer_one_is(
    session: Session, tmp_path: Path
) -> None:
    states = [("First", "2026-03-01"), ("Third", "2026-03-03"), ("Second", "2026-03-02")]
    for text, day in states:
        imported(
            session,
            write_rows(tmp_path / "a.jsonl", row(note=text, modified=f"{day}T10:00:00.000Z")),
        )
    assert [each.note for each in notes_of(session)] == ["Third"]
