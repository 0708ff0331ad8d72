"""Exported outlines that a person edited are imported: edits are taken, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.session import AnnotationRequest, Session
from reader.session.importing import Fate
from tests.session.importing.files import edit, imported, notes_of
from tests.session.importing.test_markdown import fates

TEXT = "# Tides\n\nThe gate was shut in March. Nobody had the key, she said.\n"
FORMATS = {"org": ".org", "logseq": ".md"}
EDITS: dict[str, dict[str, list[tuple[str, str]]]] = {
    "org": {
        "note": [("Ask the", "I asked the"), ("Ask the", "Ask *all* of the")],
        "speaker": [("Ana Lind", "Bo Berg")],
        "status": [(":STATUS:   disputed\n", "")],
        "tags": [(":my_own:", ":my_own:sea:")],
        "passage": [("\nThe gate was", "\nThe gates were")],
    },
    "logseq": {
        "note": [("Ask the", "I asked the"), ("Ask the", "Ask **all** of the")],
        "speaker": [("Ana Lind", "Bo Berg")],
        "status": [("  status:: disputed\n", "")],
        "tags": [("claim, my own", "claim, my own, [[sea]]")],
        "passage": [("> The gate was", "> The gates were")],
    },
}
VALUES: dict[str, list[object]] = {
    "note": ["Why?\n\n- I asked the keeper.", "Why?\n\n- Ask **all** of the keeper."],
    "speaker": ["Bo Berg"],
    "status": [None],
    "tags": [("claim", "my own", "sea")],
}


def exported(session: Session, folder: Path, name: str) -> Path:
    """Export a claim that has everything, and a bare quote."""
    article = folder / "tides.md"
    article.write_text(TEXT)
    claim = AnnotationRequest(
        "The gate was shut in March.",
        tags=["claim", "my own"],
        note="Why?\n\n- Ask the keeper.",
        speaker="Ana Lind",
        status="disputed",
    )
    session.annotate(str(article), claim)
    session.annotate(str(article), AnnotationRequest("the key", tags=["quote"]))
    return export(session, folder / f"out{FORMATS[name]}", name)


def export(session: Session, target: Path, name: str) -> Path:
    written = session.export(None, target=target, format_name=name)
    assert isinstance(written, list)
    assert [each.kept for each in written] == [None]
    return target


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_every_edit_is_taken_once_and_the_rest_stays(
    session: Session, tmp_path: Path, name: str
) -> None:
    path = exported(session, tmp_path, name)
    whole = path.read_text("utf-8")
    first, second = notes_of(session)
    assert fates(session, path) == [Fate.SAME, Fate.SAME]
    for part, values in VALUES.items():
        for pair, value in zip(EDITS[name][part], values, strict=True):
            path.write_text(whole, "utf-8")
            change(path, *pair)
            made = imported(session, str(path))
            changed, other = notes_of(session)
            assert getattr(changed, part) == value
            assert (other.note, other.tags) == (second.note, second.tags)
            names = {"note", "speaker", "status", "tags"} - {part}
            assert all(getattr(changed, each) == getattr(first, each) for each in names)
            export(session, path, name)  # nothing is lost, so no copy is kept
            assert fates(session, path) == [Fate.SAME, Fate.SAME]
            session.stored_steps.undo(made.step_id)
    edit(session, first.id, note="Other words.", tags=("quote",))
    path.write_text(whole, "utf-8")
    assert fates(session, path) == [Fate.SAME, Fate.SAME]


@pytest.mark.parametrize("name", FORMATS)
def test_a_vault_takes_edits_back_before_it_is_brought_up_to_date(
    session: Session, tmp_path: Path, name: str
) -> None:
    exported(session, tmp_path, name)
    folder = tmp_path / "vault"
    folder.mkdir()
    (made,) = session.update_vault(folder, format_name=name).files
    first, second = notes_of(session)
    for part, values in VALUES.items():
        for number, (pair, value) in enumerate(zip(EDITS[name][part], values, strict=True)):
            change(made.path, *pair)
            edit(session, second.id, note=f"Then {part} {number}.")
            (taken,) = session.update_vault(folder, format_name=name).taken
            changed, _ = notes_of(session)
            assert (taken.parts, getattr(changed, part)) == ((part,), value)
            text = made.path.read_text("utf-8")
            assert f"Then {part} {number}." in text
            assert text.count("keeper") == 1
            assert session.update_vault(folder, format_name=name).taken == ()
            assert made.path.read_text("utf-8") == text
            assert notes_of(session)[0] == changed
            parts = {each: getattr(first, each) for each in VALUES}
            edit(session, first.id, **parts)
            session.update_vault(folder, format_name=name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_passage_is_never_taken_and_two_notes_are_both_kept(
    session: Session, tmp_path: Path, name: str
) -> None:
    path = exported(session, tmp_path, name)
    change(path, *EDITS[name]["passage"][0])
    plan = session.importing.plan([str(path)])
    assert [note.fate for note in next(plan.sources()).notes] == [Fate.EDITED_PASSAGE, Fate.SAME]
    edit(session, notes_of(session)[0].id, note="Words of here.")
    change(path, "Ask the", "Words of there, ask the")
    assert fates(session, path) == [Fate.CONFLICT, Fate.SAME]
    imported(session, str(path))
    (both, _) = notes_of(session)
    assert both.selector.exact == "The gate was shut in March."
    assert "Words of here." in both.note
    assert "Words of there" in both.note
