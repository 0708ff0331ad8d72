"""What the acts of a fact-checker's day cost in keys, counted by pressing them."""

from __future__ import annotations

from pathlib import Path

from reader.ui.notes.screen import NotesScreen
from tests.ui.list_app import article, keep, note, shown
from tests.ui.reading_app import opened

ARTICLE = "# The ledger\n\nThe council met on Monday. Nobody was pleased.\n"


async def test_a_claim_with_its_status_takes_two_keys(tmp_path: Path) -> None:
    keys = ("s", "r")
    async with opened(tmp_path, ARTICLE) as reader:
        reader.go_to("Nobody")
        await reader.press(*keys)
        await reader.until(lambda: len(reader.annotations) == 1, "the claim")
        assert [(each.tags, each.status) for each in reader.annotations] == [
            (("claim",), "refuted")
        ]
    assert len(keys) == 2


async def test_another_status_from_the_notes_takes_one_key(tmp_path: Path) -> None:
    keep(tmp_path, (article("Ledger"), [note("one", "claim", status="unchecked")]))
    screen, keys = NotesScreen(), ("D",)
    async with shown(tmp_path, screen) as (app, pilot):
        await pilot.press(*keys)
        await app.workers.wait_for_complete()
        (summary,) = app.session.annotations()
        assert summary.annotation.status == "disputed"
    assert len(keys) == 1
