"""A vault that is kept up to date: what a person writes in its files and in the library stays."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reader.core.annotation import Annotation
from reader.session import AnnotationRequest, Session
from reader.session.batch_changes import NoteId
from reader.session.importing import Fate
from reader.session.vault_export import VaultFate, VaultUpdate

TEXT = """# The Quiet Ledger

The town kept a second book. Nobody asked who wrote it, and nobody read it.

## Who keeps the count?

They have told us the answer and burned the question. Later the harbour was closed for works.
"""
QUOTES = ("kept a second book", "Nobody asked who wrote it", "burned the question", "was closed")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return library(tmp_path)


def library(folder: Path) -> Session:
    """Return a library with an article and a note for each of the first three quotes."""
    session = Session(folder / "library")
    (folder / "ledger.md").write_text(TEXT, encoding="utf-8")
    for quote in QUOTES[:3]:
        annotate(session, folder, quote, note=f"On “{quote}”.")
    return session


def annotate(session: Session, folder: Path, quote: str, **parts: str) -> None:
    session.annotate(str(folder / "ledger.md"), AnnotationRequest(quote, **parts))
    session.save_all()


def notes_of(session: Session) -> list[Annotation]:
    session.save_all()
    return [each.annotation for each in session.annotations()]


def set_in_library(session: Session, number: int, **parts: object) -> None:
    """Change a note in the library."""
    (article,) = session.articles()
    note = sorted(notes_of(session), key=lambda each: each.id)[number]
    session.batch_changes.apply(
        "change", [NoteId(article.id, note.id)], lambda present: replace(present, **parts)
    )


def update(session: Session, folder: Path, *, is_dry: bool = False) -> VaultUpdate:
    return session.update_vault(folder / "vault", is_dry=is_dry)


def in_file(folder: Path, *changes: tuple[str, str]) -> None:
    """Change words in the file of the vault, each once."""
    (path,) = (folder / "vault").iterdir()
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def text_of(folder: Path) -> str:
    (path,) = (folder / "vault").iterdir()
    return path.read_text(encoding="utf-8")


def settled(session: Session, folder: Path) -> bool:
    """Return whether another update changes neither a file nor the library."""
    before, text = parts_of(session), text_of(folder)
    again = update(session, folder)
    return (
        [each.fate for each in again.files] == [VaultFate.UNCHANGED]
        and parts_of(session) == before
        and text_of(folder) == text
    )


def parts_of(session: Session) -> list[tuple[object, ...]]:
    """Return what a person sees of each annotation of a library."""
    return [
        (each.id, each.selector, each.note, each.tags, each.speaker, each.status)
        for each in notes_of(session)
    ]


def test_changes_of_every_part_are_taken_back_as_one_step(session: Session, tmp_path: Path) -> None:
    update(session, tmp_path)
    in_file(
        tmp_path,
        ("On “kept a second book”.", "My new note.\n\n- with a list"),
        ("— #quote", "— Imre Dask · #quote #harbour"),
    )
    before = notes_of(session)
    plan = update(session, tmp_path, is_dry=True)
    assert notes_of(session) == before
    assert [(each.fate, each.parts) for each in plan.taken] == [
        (Fate.CHANGED, ("note", "tags", "speaker"))
    ]
    done = update(session, tmp_path)
    assert done.taken == plan.taken
    assert done.step_id
    (note,) = (each for each in notes_of(session) if each.speaker)
    assert (note.note, note.tags) == ("My new note.\n\n- with a list", ("quote", "harbour"))
    assert settled(session, tmp_path)
    session.stored_steps.undo(done.step_id)
    assert [each.note for each in notes_of(session)] == [each.note for each in before]


def test_an_edit_after_an_undone_one_is_taken_for_an_edit(session: Session, tmp_path: Path) -> None:
    update(session, tmp_path)
    edit = ("On “kept a second book”.", "My new note.")
    for _ in range(2):
        in_file(tmp_path, edit)
        done = update(session, tmp_path)
        assert [each.fate for each in done.taken] == [Fate.CHANGED]
        assert "My new note." in [each.note for each in notes_of(session)]
        session.stored_steps.undo(done.step_id)
        update(session, tmp_path)
        assert "My new note." not in text_of(tmp_path)
        assert edit[0] in [each.note for each in notes_of(session)]
    assert settled(session, tmp_path)


def test_a_note_that_was_changed_on_both_sides_keeps_both_texts(
    session: Session, tmp_path: Path
) -> None:
    update(session, tmp_path)
    in_file(tmp_path, ("On “kept a second book”.", "From the vault."))
    set_in_library(session, 0, note="From the library.")
    done = update(session, tmp_path)
    assert [each.fate for each in done.taken] == [Fate.CONFLICT]
    for text in (text_of(tmp_path), " ".join(each.note for each in notes_of(session))):
        assert "From the vault." in text
        assert "From the library." in text
    assert settled(session, tmp_path)


def test_where_one_value_excludes_the_other_a_person_decides(
    session: Session, tmp_path: Path
) -> None:
    update(session, tmp_path)
    in_file(tmp_path, ("— #quote", "— Imre Dask · #quote"))
    set_in_library(session, 0, speaker="Oriel Castane")
    done = update(session, tmp_path)
    assert [each.fate for each in done.files] == [VaultFate.CONFLICT]
    assert "Imre Dask" in done.taken[0].remark
    assert "Imre Dask" in text_of(tmp_path)
    assert [each.fate for each in update(session, tmp_path).files] == [VaultFate.CONFLICT]
    set_in_library(session, 0, speaker="Imre Dask")
    assert [each.fate for each in update(session, tmp_path).files] == [VaultFate.CHANGED]
    assert settled(session, tmp_path)


def test_an_edited_passage_is_told_and_stays_as_it_is_on_both_sides(
    session: Session, tmp_path: Path
) -> None:
    update(session, tmp_path)
    in_file(tmp_path, ("kept a second book", "kept a third book"))
    for _ in range(2):
        done = update(session, tmp_path)
        assert [each.fate for each in done.taken] == [Fate.EDITED_PASSAGE]
        assert done.step_id == ""
        assert "kept a third book" in text_of(tmp_path)
    assert {each.selector.exact for each in notes_of(session)} == set(QUOTES[:3])


def test_a_file_of_an_earlier_export_keeps_what_a_person_wrote(
    session: Session, tmp_path: Path
) -> None:
    session.export(None, target=tmp_path / "vault")
    in_file(
        tmp_path,
        ("On “kept a second book”.", "Changed by me."),
        ("## Who keeps the count?", "## Mine\n\nMy own words.\n\n## Who keeps the count?"),
    )
    set_in_library(session, 1, note="Changed here.")
    assert [each.parts for each in update(session, tmp_path).taken] == [("note",)]
    for words in ("Changed by me.", "My own words.", "Changed here."):
        assert words in text_of(tmp_path)
    assert settled(session, tmp_path)


@pytest.mark.parametrize("line", ["# a comment", "words of no field", "margin notes"])
@pytest.mark.parametrize("before", ["title:", "source:", "tags:", '  - "quote"', "margin-id:"])
def test_a_line_of_a_front_matter_that_is_of_no_field_stays(
    session: Session, tmp_path: Path, line: str, before: str
) -> None:
    update(session, tmp_path)
    in_file(tmp_path, (f"\n{before}", f"\n{line}\n{before}"))
    set_in_library(session, 0, note="Changed here.", tags=("quote", "ledger"))
    update(session, tmp_path)
    head = text_of(tmp_path).split("---\n")[1]
    assert f"\n{line}\n" in f"\n{head}"
    assert '- "ledger"' in head
    assert settled(session, tmp_path)


WORD = re.compile(r"w\d+x")


@settings(max_examples=6)
@given(st.randoms(use_true_random=False))
def test_no_word_is_lost_in_any_number_of_rounds(
    tmp_path_factory: pytest.TempPathFactory, choose: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("rounds")
    session = library(folder)
    update(session, folder)
    written: list[str] = []
    for _ in range(3):
        for _ in range(choose.randint(0, 3)):
            written.append(f"w{len(written)}x")
            write_in_file(folder, written[-1], choose)
        if choose.random() < 0.6:
            written.append(f"w{len(written)}x")
            write_in_library(session, written[-1], choose)
        update(session, folder)
        update(session, folder)
        present = set(WORD.findall(text_of(folder))) | set(words_of(notes_of(session)))
        assert set(written) <= present
        assert settled(session, folder)


def write_in_file(folder: Path, word: str, choose: random.Random) -> None:
    """Write a word somewhere in the file of the vault, as a person does."""
    (path,) = (folder / "vault").iterdir()
    lines = path.read_text(encoding="utf-8").split("\n")
    end = next(at for at, line in enumerate(lines) if line.startswith("<!-- Margin"))
    places = [at for at in range(end) if lines[at].strip()]
    at = choose.choice(places)
    match choose.choice(("above", "below", "heading", "in")):
        case "above":
            lines[at:at] = ["", word, ""]
        case "below":
            lines[at + 1 : at + 1] = ["", word, ""]
        case "heading":
            lines[at:at] = ["", f"## {word}", "", f"Below {word}", ""]
        case _ if lines[at].startswith(("---", "margin-id:")):  # Margin's, where nobody writes
            lines.insert(at, word)
        case _ if lines[at].startswith(">—"):
            lines[at] = lines[at].replace("#quote", f"#quote #{word}", 1)
        case _:
            lines[at] += f" {word}"
    path.write_text("\n".join(lines), encoding="utf-8")


def write_in_library(session: Session, word: str, choose: random.Random) -> None:
    """Write a word in a note of the library; sometimes delete another note."""
    count = len(notes_of(session))
    number = choose.randrange(count)
    present = sorted(notes_of(session), key=lambda each: each.id)[number]
    set_in_library(
        session, number, note=choose.choice([f"{present.note} {word}", f"{word}\n\n{present.note}"])
    )


def words_of(notes: Sequence[Annotation]) -> list[str]:
    return [word for each in notes for word in WORD.findall(f"{each.note} {' '.join(each.tags)}")]
