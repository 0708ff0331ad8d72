"""Undoing an import that brought evidence, or notes that got evidence since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reader.core.evidence import Relation, TargetKind, evidence_in
from reader.session import Session
from tests.session.importing.files import ULID, edit, imported, notes_of, row, write_rows


def evidence(target: str) -> dict[str, Any]:
    return {
        "relation": Relation.SUPPORTS.value,
        "kind": TargetKind.ANNOTATION.value,
        "target": target,
    }


def test_undo_takes_back_evidence_and_redo_brings_it_again(
    session: Session, tmp_path: Path
) -> None:
    imported(session, write_rows(tmp_path / "a.jsonl", row(1), row(2, quote="nobody read it")))
    path = write_rows(tmp_path / "b.jsonl", row(1, evidence=[evidence(ULID.format(2))]))
    made = imported(session, path)
    assert made.changed_notes == 1

    def links() -> list[str]:
        return [each.target for note in notes_of(session) for each in evidence_in(note.links)]

    assert links() == [ULID.format(2)]
    session.stored_steps.undo(made.step_id)
    assert links() == []
    session.stored_steps.redo(made.step_id)
    assert links() == [ULID.format(2)]


def test_a_note_that_got_evidence_since_survives_undo(session: Session, tmp_path: Path) -> None:
    made = imported(session, write_rows(tmp_path / "a.jsonl", row(1), row(2, quote="read it")))
    link = {"type": "isSupportedBy", "target": ULID.format(2), "kind": "annotation"}
    edit(session, ULID.format(1), links=({**link, "time": "2026-12-01T10:00:00.000Z"},))
    session.stored_steps.undo(made.step_id)
    assert [each.id for each in notes_of(session)] == [ULID.format(1)]
