"""A dialog that shows the progress of fetching a page; escape gives up."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any, ClassVar, NamedTuple

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.core.text_formatting import amount
from reader.paths import styles_folder
from reader.session import LoadingArticle, Watch
from reader.ui.widgets.row_list import sanitise_content

QUIET_SECONDS = 0.3
"""How long a fetch takes before the dialog is shown, in seconds."""

REFRESH_SECONDS = 0.2
"""How often the progress is shown, in seconds."""


class FetchProgress(NamedTuple):
    """The progress of a fetch."""

    started: float
    """When it started, in seconds of the monotonic clock."""
    received: int | None = None
    """The bytes received; None before the first."""
    total: int | None = None
    """The bytes to receive; None where that is not known."""

    def describe(self) -> str:
        """Return the bytes and the seconds: ``1.2 of 3.4 MB, 5 s``."""
        stage = "connecting" if self.received is None else amount(self.received, self.total)
        return f"{stage}, {int(time.monotonic() - self.started)} s"


class FetchingScreen(ModalScreen[None]):
    """Shows the progress of one fetch."""

    CSS_PATH = str(styles_folder() / "fetching.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+c", "give_up", "Give up"),
    ]

    def __init__(self, source: str) -> None:
        """Start to measure the time.

        Args:
            source: The address; any text.
        """
        super().__init__()
        self._source = source
        self._progress = FetchProgress(time.monotonic())
        self._gave_up = threading.Event()
        self.watch_fetch = Watch(self._update_progress, self._gave_up.is_set)
        """Its functions are called by the fetch, on any thread."""

    def compose(self) -> ComposeResult:
        """Yield the address, the progress and the key."""
        with Vertical(id="fetching", classes="dialog"):
            yield Static(sanitise_content(Content(self._source), 400), id="fetching-source")
            yield Static("", id="fetching-figures", markup=False)
            yield Static("esc gives up", id="fetching-hint", markup=False)

    def on_mount(self) -> None:
        """Show the progress, now and regularly."""
        self._show_progress()
        self.set_interval(REFRESH_SECONDS, self._show_progress)

    def action_give_up(self) -> None:
        """Give up; the caller of the fetch then closes the dialog."""
        self.give_up()
        self.query_one("#fetching-figures", Static).update("Giving up ...")

    def give_up(self) -> None:
        """Ask the fetch to end; this has no effect on one that has ended."""
        self._gave_up.set()

    def _update_progress(self, received: int, total: int | None) -> None:
        self._progress = self._progress._replace(received=received, total=total)

    def _show_progress(self) -> None:
        if not self._gave_up.is_set():
            description = self._progress.describe()
            sentence = f"{description[0].upper()}{description[1:]}"
            self.query_one("#fetching-figures", Static).update(sentence)


async def fetch(
    app: App[Any], source: str, load: Callable[[Watch], LoadingArticle]
) -> LoadingArticle:
    """Load an article that has to be fetched, and show the progress where it takes a moment.

    Args:
        app: The app.
        source: The address.
        load: Fetches and loads the article; called on a thread.

    Raises:
        ReaderError: The article cannot be loaded, or the reader gave up.
    """
    screen = FetchingScreen(source)
    loading = asyncio.ensure_future(asyncio.to_thread(load, screen.watch_fetch))
    try:
        done, _ = await asyncio.wait({loading}, timeout=QUIET_SECONDS)
        if not done:
            await app.push_screen(screen)
        return await loading
    finally:
        screen.give_up()
        if screen.is_attached and app.screen is screen:
            await app.pop_screen()
