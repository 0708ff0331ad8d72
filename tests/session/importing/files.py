"""Files to import: JSON Lines as another library exports them, and plain notes of a made kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reader.core.annotation import Annotation
from reader.session import Session

LEDGER = "https://example.org/ledger"
ULID = "01JDA0B1C2D3E4F5G6H7J8K{:03}"
ARTICLE = "01JDA0B1C2D3E4F5G6H7J9A{:03}"

TEXT = """# The Quiet Ledger

The town kept a second book. Nobody asked who wrote it, and nobody read it.

## Who keeps the count?

"They have told us the answer and burned the question," said Imre Dask. The town kept a second book.
"""


def row(number: int = 0, article: int = 0, **fields: Any) -> dict[str, Any]:
    """Return a line of Margin's JSON Lines."""
    return {
        "schema": "margin-annotation-1",
        "id": ULID.format(number),
        "article": ARTICLE.format(article),
        "title": f"The Quiet Ledger {article}" if article else "The Quiet Ledger",
        "quote": "Nobody asked who wrote it",
        "tags": ["quote"],
        "note": "",
        "speaker": "",
        "status": None,
        "start": 0,
        "end": 10,
        "state": "exact",
        "prefix": "",
        "suffix": "",
        "created": "2026-03-01T10:00:00.000Z",
        "modified": "2026-03-01T10:00:00.000Z",
        "url": f"{LEDGER}/{article}" if article else LEDGER,
        "source": "",
        "authors": ["Oriel Castane"],
        **fields,
    }


def write_rows(path: Path, *rows: dict[str, Any]) -> str:
    """Write JSON Lines; return the path as an option has it."""
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return str(path)


def imported(session: Session, *paths: str, **options: Any) -> Any:
    """Import files into a library; return what was done."""
    return session.importing.make(session.importing.plan(paths, **options))


def notes_of(session: Session) -> list[Annotation]:
    """Return the live annotations of a library as they are on disk, the oldest first."""
    session.save_all()
    found = [each.annotation for each in session.annotations()]
    return sorted(found, key=lambda each: (each.created, each.id))


def edit(session: Session, annotation_id: str, **parts: Any) -> None:
    """Change a note as a reader does, once its article is in the library."""
    from msgspec.structs import replace

    from reader.session.batch_changes import NoteId

    (article,) = {
        each.article_id for each in session.annotations() if each.annotation.id == annotation_id
    }
    key = NoteId(article, annotation_id)
    step = session.batch_changes.apply("", [key], lambda each: replace(each, **parts))
    assert step.problem is None
    assert len(step.changed) == 1
