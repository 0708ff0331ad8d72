"""The time of bringing a vault up to date: first, with nothing changed, edited, and all changed.

Nothing known: with nothing changed, after the library's cache was lost. Each article has ten notes.
The libraries grow tenfold, and so may the times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import rmtree
from typing import Final

from msgspec.structs import replace

from reader.session import Session
from reader.session.batch_changes import NoteId
from reader.store.files.paths import LibraryPaths
from tests.benchmarks.libraries import copy, library_of
from tests.benchmarks.measuring import Taken, table_of_steps, timed

SIZES: Final = (10, 1_000, 10_000)
"""The numbers of articles."""

STEPS: Final = (
    "first",
    "nothing changed",
    "nothing known",
    "a paragraph in each file",
    "all changed",
)


def vaults(runs: int, sizes: Sequence[int] = SIZES) -> str:
    """Measure, and return a table: the best of the runs, in seconds of the processor (clock)."""
    return table_of_steps(STEPS, runs, sizes, _taken)


def _taken(size: int) -> Iterator[Taken]:
    """Yield how long each step takes."""
    with copy(library_of(size)) as home:
        session = Session(home / "library")
        vault = home / "vault"
        session.lists.prepare()
        yield _updated(session, vault, "new")
        yield _updated(session, vault, "unchanged")
        rmtree(LibraryPaths(session.folder).vaults)
        yield _updated(session, vault, "unchanged")
        for path in vault.iterdir():
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("\n\n", "\n\nMy own words.\n\n", 1), encoding="utf-8")
        yield _updated(session, vault, "changed", "unchanged")
        notes = [NoteId(each.article_id, each.annotation.id) for each in session.annotations()]
        firsts = list({each.article_id: each for each in notes}.values())
        session.batch_changes.apply("", firsts, lambda each: replace(each, note="Changed."))
        yield _updated(session, vault, "changed")
        session.writer.close()


def _updated(session: Session, vault: Path, *fates: str) -> Taken:
    update, taken = timed(lambda: session.update_vault(vault))
    assert {str(each.fate) for each in update.files} <= set(fates)
    return taken
