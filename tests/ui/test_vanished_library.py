"""A library that goes while the program runs: each list says so, and keeps what it showed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.ui.dialogs.deleted import DeletedScreen
from reader.ui.library.screen import LibraryScreen
from reader.ui.notes.screen import NotesScreen
from tests.ui.list_app import article, keep, note, screen_text, shown
from tests.ui.waiting import wait_for

GONE = "Library gone: "


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of one article with a note."""
    folder = tmp_path / "library"
    keep(folder, (article("The quiet ledger"), [note("a passage of it")]))
    return folder


def vanish(library: Path) -> None:
    library.rename(library.with_name("elsewhere"))


def come_back(library: Path) -> None:
    library.with_name("elsewhere").rename(library)


@pytest.mark.parametrize("kind", [LibraryScreen, NotesScreen])
async def test_a_list_keeps_what_it_showed_and_says_that_the_library_is_gone(
    library: Path, kind: type[LibraryScreen | NotesScreen]
) -> None:
    async with shown(library, kind(), size=(120, 24)) as (app, pilot):
        vanish(library)
        app.listing.load()
        await wait_for(pilot, lambda: GONE in screen_text(app), "the sentence")
        assert "The quiet ledger" in screen_text(app)
        assert "empty" not in screen_text(app)
        come_back(library)
        app.clear_notifications()
        app.listing.load()
        await wait_for(pilot, lambda: GONE not in screen_text(app), "the library again")
        assert "The quiet ledger" in screen_text(app)


async def test_the_list_of_what_was_deleted_says_that_the_library_is_gone(library: Path) -> None:
    async with shown(library, LibraryScreen(), size=(120, 24)) as (app, pilot):
        vanish(library)
        await pilot.press("D")
        await wait_for(pilot, lambda: isinstance(app.screen, DeletedScreen), "the list")
        await wait_for(pilot, lambda: GONE in screen_text(app), "the sentence")
        assert "Nothing was deleted" not in screen_text(app)


async def test_an_article_of_a_library_that_is_gone_is_not_said_to_be_removed(
    library: Path,
) -> None:
    async with shown(library, LibraryScreen(), size=(120, 24)) as (app, pilot):
        vanish(library)
        await pilot.press("i")
        await wait_for(pilot, lambda: bool(app.notices), "a message")
        assert "does not exist any more" in " ".join(app.notices)
        assert "removed" not in " ".join(app.notices)
