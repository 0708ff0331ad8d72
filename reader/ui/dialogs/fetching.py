"""How far the fetch of a page is, over whatever was on screen; escape gives it up."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.core.text_formatting import amount
from reader.paths import styles_folder
from reader.session import LoadingArticle, Watch
from reader.ui.widgets.row_list import sanitise_content

if TYPE_CHECKING:
    from textual.app import App

QUIET_SECONDS = 0.3
"""How long a fetch takes before anything is shown of it, in seconds."""

REFRESH_SECONDS = 0.2
"""How often the figures are shown anew, in seconds."""


class FetchingScreen(ModalScreen[None]):
    """Shows the bytes that have come and the time that has passed."""

    CSS_PATH = str(styles_folder() / "fetching.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+c", "give_up", "Give up", show=False),
    ]

    def __init__(self, source: str) -> None:
        """Begin to count.

        Args:
            source: What is fetched; any text.
        """
        super().__init__()
        self._source = source
        self._began = time.monotonic()
        self._came: tuple[int, int | None] | None = None
        self._is_given_up = threading.Event()
        self.onlooker = Watch(self._take, self._is_given_up.is_set)
        """What the fetch is to be given; its functions may be called on any thread."""

    def compose(self) -> ComposeResult:
        """Yield the address, the figures and the way out."""
        with Vertical(id="fetching"):
            yield Static(sanitise_content(Content(self._source), 400), id="fetching-source")
            yield Static("", id="fetching-figures", markup=False)
            yield Static("esc gives up", id="fetching-hint", markup=False)

    def on_mount(self) -> None:
        """Show the figures, and keep them true."""
        self._show()
        self.set_interval(REFRESH_SECONDS, self._show)

    def action_give_up(self) -> None:
        """Give up; whoever fetches takes the screen away."""
        self.give_up()
        self.query_one("#fetching-figures", Static).update("Giving up ...")

    def give_up(self) -> None:
        """Let the fetch end soon; one that is done is done."""
        self._is_given_up.set()

    def _take(self, received: int, total: int | None) -> None:
        self._came = (received, total)

    def _show(self) -> None:
        if not self._is_given_up.is_set():
            came = "Connecting" if self._came is None else amount(*self._came)
            seconds = int(time.monotonic() - self._began)
            self.query_one("#fetching-figures", Static).update(f"{came}, {seconds} s")


async def fetched(
    app: App[None], source: str, opens: Callable[[Watch], LoadingArticle]
) -> LoadingArticle:
    """Open what has to be fetched, and show how far that is where it takes a moment.

    Args:
        app: The app.
        source: What is fetched.
        opens: Opens it; called on a thread.

    Raises:
        ReaderError: It cannot be opened, or the person gave up.
    """
    screen = FetchingScreen(source)
    loading_article = asyncio.ensure_future(asyncio.to_thread(opens, screen.onlooker))
    try:
        done, _ = await asyncio.wait({loading_article}, timeout=QUIET_SECONDS)
        if not done:
            await app.push_screen(screen)
        return await loading_article
    finally:
        screen.give_up()
        if screen.is_attached and app.screen is screen:
            await app.pop_screen()
