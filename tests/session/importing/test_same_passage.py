"""Notes and sources that are hard to tell apart: on the same words, and with titles of signs."""

from __future__ import annotations

from pathlib import Path

from reader.imports.model import ImportedNote, ImportedSource
from reader.session import Session
from reader.session.importing.colours import ColourTags
from reader.session.importing.incoming import SourceCleaner
from tests.session.importing.files import imported, notes_of

HEADING = "Highlight,Book Title,Book Author,URL,Note,Color,Tags,Location,Highlighted at"


def table(path: Path, *rows: str) -> str:
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    return str(path)


def test_no_note_on_the_same_words_is_lost(session: Session, tmp_path: Path) -> None:
    rows = ["the sea,Tides of the North,,,First,,,,", "the sea,Tides of the North,,,Second,,,,"]
    path = table(tmp_path / "a.csv", *rows, rows[0], "the sea,Tides of the North,,,,,,,")
    imported(session, path)
    assert sorted(each.note for each in notes_of(session)) == ["", "First", "Second"]
    assert not session.importing.plan([path]).changes


def test_a_key_that_comes_twice_is_one_note() -> None:
    notes = (ImportedNote(note="First", key="1"), ImportedNote(note="Second", key="1"))
    source = ImportedSource(title="Tides", notes=notes)
    (cleaned,) = SourceCleaner("made", ColourTags({})).clean([source])
    assert [each.note.note for each in cleaned.notes] == ["First"]


def test_titles_of_signs_alone_are_titles(session: Session, tmp_path: Path) -> None:
    first = table(tmp_path / "a.csv", "one two three,!!!,,,,,,,")
    second = table(tmp_path / "b.csv", "four five six,???,,,,,,,", "seven eight,!!!,,,,,,,")
    imported(session, first)
    imported(session, second)
    assert sorted(each.title for each in session.articles()) == ["!!!", "???"]
    assert not session.importing.plan([first, second]).changes
