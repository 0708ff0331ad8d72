"""The time of importing notes on new articles, of planning the same import again, and of undoing.

Each article has ten notes. The sizes grow tenfold, and so may the times of the processor; the times
on the clock depend on what else the machine does, and on its disk.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from reader.session import Session
from tests.benchmarks.measuring import Taken, table_of_steps, timed

SIZES: Final = (10, 1_000, 10_000)
"""The numbers of articles."""

NOTES: Final = 10
"""How many notes each article has."""


def importing(runs: int, sizes: Sequence[int] = SIZES) -> str:
    """Measure, and return a table: the best of the runs, in seconds of the processor (clock)."""
    return table_of_steps(("plan", "import", "plan again", "undo"), runs, sizes, _taken)


def _taken(size: int) -> Iterator[Taken]:
    """Yield how long each step takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "notes.jsonl"
        path.write_text("".join(_lines(size)), encoding="utf-8")
        session = Session(folder / "library")
        plan, taken = timed(lambda: session.importing.plan([str(path)]))
        yield taken
        made, taken = timed(lambda: session.importing.make(plan))
        assert made.new_notes == size * NOTES
        yield taken
        again, taken = timed(lambda: session.importing.plan([str(path)]))
        assert not again.changes
        yield taken
        _, taken = timed(lambda: session.stored_steps.undo(made.step_id))
        assert session.articles() == []
        yield taken
        session.writer.close()


def _lines(size: int) -> Iterator[str]:
    """Yield the lines of a file with notes on articles, as another library exports them."""
    for article in range(size):
        for number in range(NOTES):
            record: dict[str, Any] = {
                "schema": "margin-annotation-1",
                "id": f"01JDA0B1C2D3E4{article * NOTES + number:012}",
                "article": f"01JDA0B1C2D3E5{article:012}",
                "title": f"The quiet ledger of harbour {article}",
                "url": f"https://example.org/ledgers/{article}",
                "authors": ["Oriel Castane"],
                "quote": f"Ship {number} of harbour {article} paid {article * NOTES + number} crowns.",
                "note": "Is that so? *Compare* the maker’s statement." if number % 3 == 0 else "",
                "tags": ["claim" if number % 2 else "quote"],
                "created": "2026-03-01T10:00:00.000Z",
                "modified": "2026-03-01T10:00:00.000Z",
            }
            yield json.dumps(record) + "\n"
