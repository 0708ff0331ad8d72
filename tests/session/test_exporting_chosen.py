"""Exporting some notes: exactly these, and nothing of what is not among them is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.core.claims import REFUTED
from reader.core.document import TextRange
from reader.errors import NothingToExportError
from reader.exports.linked_data import urn_of
from reader.session import ChosenNotes, Exported, Session
from reader.session.exporting import FORMATS
from tests.exports.rendering import words_of

Notes = dict[str, str]
"""The ids of annotations by their words."""

OF_NOTES = [name for name, each in FORMATS.items() if not each.is_of_sources]
"""The formats that hold annotations."""

CLAIMS = "status:open \n tag:claim"
"""A query that was pasted; it is written on one line."""


@pytest.fixture
def notes(session: Session, tmp_path: Path) -> Notes:
    """Two articles, each with a note on its first, its second and its third word."""
    ids = {}
    for name in ("tides", "lamps"):
        (tmp_path / f"{name}.txt").write_text(f"{name}One.\n\n{name}Two.\n\n{name}Three.\n")
        opened = session.open(str(tmp_path / f"{name}.txt")).open_article
        text = opened.state.document.text
        for word in ("One", "Two", "Three"):
            start = text.index(name + word)
            opened.mark(TextRange(start, start + len(name + word)), ["claim"])
        for each in opened.state.annotations:
            opened.set_status(each.id, REFUTED)
        ids.update({each.selector.exact: each.id for each in opened.state.annotations})
    session.save_all()
    return ids


def export(
    session: Session,
    target: Path,
    chosen: ChosenNotes | None = None,
    format_name: str = "",
) -> list[Exported]:
    exported = session.export(None, target=target, chosen=chosen, format_name=format_name)
    assert isinstance(exported, list)
    return exported


def delete(session: Session, tmp_path: Path, name: str, *words: str) -> None:
    opened = session.open(str(tmp_path / f"{name}.txt")).open_article
    known = opened.state.annotations
    opened.delete([each.id for each in known if each.selector.exact in words])
    session.save_all()


def texts(folder: Path) -> dict[str, str]:
    return {each.name: words_of(each.read_bytes()) for each in folder.iterdir()}


def is_written(word: str, identifier: str, text: str) -> bool:
    """Whether an export holds a note: it has its id, or nothing but its words."""
    uuid = urn_of(identifier).removeprefix("urn:uuid:")
    has_ids = any(each in text for each in ("margin", "id::", "urn:uuid:", "01"))
    return identifier in text or uuid in text or (not has_ids and word in text)


@pytest.mark.parametrize("format_name", ["markdown", "csv", "jsonl", "template:quotes"])
def test_a_file_that_had_other_notes_is_named(
    session: Session, notes: Notes, tmp_path: Path, format_name: str
) -> None:
    suffix = {"csv": ".csv", "jsonl": ".jsonl"}.get(format_name, ".md")
    target, said = tmp_path / f"out{suffix}", list[str]()

    def write(chosen: ChosenNotes | None, articles: list[str] | None = None) -> list[str]:
        said.clear()
        session.export(
            articles, target=target, chosen=chosen, format_name=format_name, remark=said.append
        )
        return list(said)

    one = ChosenNotes(frozenset([notes["tidesOne"]]), "tag:claim")
    two = ChosenNotes(frozenset([notes["tidesOne"], notes["tidesTwo"]]), "status:refuted")
    assert write(None) == []
    assert write(None) == []
    assert write(one) == [f"out{suffix} had all notes of 2 articles before."]
    assert write(one) == []
    assert write(two) == [f"out{suffix} had the notes of “tag:claim” before."]
    assert write(None) == [f"out{suffix} had the notes of “status:refuted” before."]
    tides, lamps = sorted(session.articles(), key=lambda each: each.title, reverse=True)
    assert write(None, [tides.id]) == []
    other = [f"out{suffix} had the notes of 1 other article before."]
    assert write(None, [lamps.id]) == other


@pytest.mark.parametrize("format_name", OF_NOTES)
def test_exactly_the_chosen_notes_are_exported(
    session: Session, notes: Notes, tmp_path: Path, format_name: str
) -> None:
    chosen = ChosenNotes({notes["tidesTwo"], notes["lampsOne"]}, CLAIMS)
    content = session.export(None, chosen=chosen, format_name=format_name)
    assert isinstance(content, str | bytes)
    text = words_of(content)
    written = {word for word, each in notes.items() if is_written(word, each, text)}
    assert written == {"tidesTwo", "lampsOne"}
    target = tmp_path / f"chosen{FORMATS[format_name].suffixes[0]}"
    export(session, target, chosen, format_name)
    format_ = FORMATS[format_name]
    assert format_.is_of(format_.read(target.read_bytes()), "status:open tag:claim")
    whole = session.export(None, format_name=format_name)
    assert isinstance(whole, str | bytes)
    assert "status:open" not in words_of(whole)


def test_a_template_writes_exactly_the_chosen_notes_beside_the_files_of_others(
    session: Session, notes: Notes, tmp_path: Path
) -> None:
    folder, name = tmp_path / "out", "template:quotes"
    export(session, folder, format_name=name)
    before = texts(folder)
    chosen = ChosenNotes({notes["tidesTwo"]}, CLAIMS)
    for _ in range(2):
        (written,) = export(session, folder, chosen, name)
        assert [word for word in notes if word in written.path.read_text("utf-8")] == ["tidesTwo"]
    after = texts(folder)
    assert len(after) == 3
    assert before.items() <= after.items()
    delete(session, tmp_path, "tides", "tidesOne", "tidesTwo", "tidesThree")
    *_, leftover = export(session, folder, format_name=name)
    assert "was removed, because its annotations were deleted" in leftover.leftover


@pytest.mark.parametrize("format_name", OF_NOTES)
def test_the_files_of_other_exports_stay(
    session: Session, notes: Notes, tmp_path: Path, format_name: str
) -> None:
    folder = tmp_path / "out"
    export(session, folder, format_name=format_name)
    before = texts(folder)
    export(session, folder, ChosenNotes({notes["tidesTwo"]}, CLAIMS), format_name)
    export(session, folder, ChosenNotes({notes["lampsTwo"]}, "this week"), format_name)
    after = texts(folder)
    assert len(after) == 4
    assert before.items() <= after.items()
    # What does not fit any more was not deleted: neither its file nor that of another query goes.
    export(session, folder, ChosenNotes({notes["lampsOne"]}, CLAIMS), format_name)
    assert after.items() <= texts(folder).items()
    export(session, folder, format_name=format_name)
    assert len(texts(folder)) == 5


@pytest.mark.parametrize("format_name", sorted(FORMATS.keys() - OF_NOTES))
def test_the_sources_of_chosen_notes_are_those_of_their_articles(
    session: Session, notes: Notes, tmp_path: Path, format_name: str
) -> None:
    folder = tmp_path / "out"
    export(session, folder, format_name=format_name)
    before = texts(folder)
    export(session, folder, ChosenNotes({notes["tidesTwo"]}, CLAIMS), format_name)
    assert texts(folder) == before


@pytest.mark.parametrize("format_name", OF_NOTES)
def test_what_was_deleted_is_taken_out_of_the_files_of_a_query(
    session: Session, notes: Notes, tmp_path: Path, format_name: str
) -> None:
    folder = tmp_path / "out"
    chosen = ChosenNotes({notes["tidesTwo"], notes["lampsTwo"]}, CLAIMS)
    export(session, folder, format_name=format_name)
    export(session, folder, chosen, format_name)
    delete(session, tmp_path, "tides", "tidesTwo")
    assert [bool(each.leftover) for each in export(session, folder, chosen, format_name)] == [False]
    delete(session, tmp_path, "tides", "tidesOne", "tidesThree")
    *_, leftover = export(session, folder, chosen, format_name)
    assert "its annotations were deleted" in leftover.leftover
    assert sum("status" in name for name in texts(folder)) == 1
    assert sum("tides" in text for text in texts(folder).values()) == 1  # the file of all its notes


def test_chosen_notes_that_are_gone_are_nothing_to_export(
    session: Session, notes: Notes, tmp_path: Path
) -> None:
    with pytest.raises(NothingToExportError, match="among those of “open claims”"):
        session.export(None, chosen=ChosenNotes({"nothing"}, "open claims"))
