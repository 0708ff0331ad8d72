"""The app with the library or the notes on screen, over a library of the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

from reader import clock
from reader.config import Settings
from reader.core.annotation import (
    Annotation,
    Article,
    Place,
    PlaceState,
    Selector,
)
from reader.core.document import Metadata
from reader.identifiers import new_id
from reader.session import ExportScope, Session
from reader.store.library import Library
from reader.ui.app import MarginApp
from reader.ui.library.screen import LibraryScreen
from reader.ui.messages import ShowArticle, ShowSource
from reader.ui.notes.screen import NotesScreen
from tests.ui.waiting import notices, wait_for


class ListApp(MarginApp):
    """The app with one list over an empty screen; notes down where the list wants to go."""

    def __init__(
        self, folder: Path, screen: LibraryScreen | NotesScreen, settings: Settings | None = None
    ) -> None:
        super().__init__(Session(folder), settings or Settings())
        self.listing = screen
        self.opened: list[Message] = []
        self.went: list[str] = []
        self.exported: list[ExportScope | None] = []

    def get_default_screen(self) -> Screen[None]:
        return Screen()

    async def on_ready(self) -> None:
        await self.push_screen(self.listing)

    async def on_show_article(self, message: ShowArticle) -> None:  # type: ignore[override]
        message.prevent_default()
        self.opened.append(message)

    async def on_show_source(self, message: ShowSource) -> None:  # type: ignore[override]
        message.prevent_default()
        self.opened.append(message)

    def go_to_library(self) -> None:
        self.went.append("library")

    def go_to_notes(self) -> None:
        self.went.append("notes")

    def go_back(self) -> None:
        self.went.append("back")

    def export(self, article_id: str = "", seen: ExportScope | None = None) -> None:
        self.went.append(f"export {article_id}")
        self.exported.append(seen)

    @property
    def notices(self) -> list[str]:
        return [each.message for each in notices(self)]


@asynccontextmanager
async def shown(
    folder: Path,
    screen: LibraryScreen | NotesScreen,
    size: tuple[int, int] = (80, 24),
    settings: Settings | None = None,
) -> AsyncIterator[tuple[ListApp, Pilot[None]]]:
    """Run the app until the list has been read."""
    app = ListApp(folder, screen, settings)
    async with app.run_test(size=size, notifications=True) as pilot:
        await wait_for(pilot, lambda: screen.has_loaded, "the list")
        await pilot.pause()
        yield app, pilot
    app.session.writer.close()
    await asyncio.sleep(0)


def screen_lines(app: MarginApp) -> list[str]:
    """What each line of the screen shows, without the spaces at its end."""
    return [
        "".join(segment.text for segment in strip).rstrip()
        for strip in app.screen._compositor.render_strips()
    ]


def screen_text(app: MarginApp) -> str:
    """What the screen shows."""
    return "\n".join(screen_lines(app))


def article(title: str, **fields: Any) -> Article:
    """An article of a file that need not be there."""
    metadata = Metadata(title=title, site=fields.pop("site", ""), authors=fields.pop("authors", ()))
    fields.setdefault("source", f"/articles/{title[:30].replace('/', '-')}.md")
    fields.setdefault("added", clock.now())
    return Article(id=new_id(), source_metadata=metadata, **fields)


def note(exact: str, *tags: str, **fields: Any) -> Annotation:
    """An annotation; ``state`` is that of its place, ``page`` the one that it was marked on."""
    page = fields.pop("page", "")
    state = fields.pop("state", PlaceState.EXACT)
    fields.setdefault("created", clock.now())
    fields.setdefault("modified", fields["created"])
    return Annotation(
        id=new_id(),
        selector=Selector(exact=exact, end=len(exact), page=page),
        place=Place(0, len(exact), state),
        tags=tags or ("quote",),
        **fields,
    )


def keep(folder: Path, *articles: tuple[Article, Sequence[Annotation]]) -> None:
    """Write articles into the library of ``folder``."""
    library = Library(folder)
    for each, notes in articles:
        library.save(each.id, article=each, annotations=notes)
    library.close()
