"""The app: its first screen, the person's keys, and being asked to end."""

from __future__ import annotations

import asyncio
import gc
import signal

from textual.screen import Screen

from reader import config
from reader.paths import styles_folder
from reader.session import LoadingArticle, Session
from reader.ui.commands import unknown_ids
from reader.ui.exporting import Exporting
from reader.ui.keeping import Keeping
from reader.ui.navigation import Navigation
from reader.ui.screens.reading import ReadingScreen
from reader.ui.way import Way

COLLECT_SECONDS = 0.5
"""How long after the start garbage is collected again, in seconds: the first screen is there."""


class MarginApp(Keeping, Navigation, Exporting):
    """Margin on a terminal."""

    TITLE = "Margin"

    def __init__(
        self,
        session: Session,
        settings: config.Settings,
        loading: LoadingArticle | None = None,
    ) -> None:
        """Make the app.

        Args:
            session: The library, and what can be done with it.
            settings: The person's settings.
            loading: The article to begin with; without one, the library.
        """
        # Textual loads the sheets of screens that are pushed, not of the first one.
        super().__init__(session, settings, [str(styles_folder() / "base.tcss"), *_sheets(loading)])
        self.way = Way(self)
        self._opening = loading

    def get_default_screen(self) -> Screen[None]:
        """Begin with the article, or with the library."""
        if self._opening is not None:
            return ReadingScreen(self._opening)
        from reader.ui.library.screen import LibraryScreen  # noqa: PLC0415  (when it is shown)

        return LibraryScreen()

    def on_mount(self) -> None:
        """Take the person's keys; listen to the saves, and to being asked to end."""
        self.listen_to_saves()
        keys = self.settings.keys
        if unknown := unknown_ids(keys):
            self.notify(
                f"The settings give keys to unknown commands: {', '.join(unknown)}.",
                severity="warning",
                markup=False,
            )
        if keys:
            self.set_keymap(dict(keys))
        if not gc.isenabled():  # the command line turned it off, so that the first screen is soon
            self.set_timer(COLLECT_SECONDS, _collect_again)
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                loop.add_signal_handler(getattr(signal, name), self._end)

    def _end(self) -> None:
        """End as the system asks: with the place remembered, and what is being written kept."""
        for screen in self.articles_on_screen():
            screen.keep_draft()
        self.remember_places()
        self.leave()


def _collect_again() -> None:
    """Collect garbage from now on, but not among what starting has made: that stays."""
    gc.freeze()
    gc.enable()


def _sheets(loading_article: LoadingArticle | None) -> list[str]:
    """Return the style sheets of the screen that the app begins with."""
    if loading_article is not None:
        return [ReadingScreen.CSS_PATH]
    from reader.ui.library.screen import LibraryScreen  # noqa: PLC0415  (when it is shown)

    return [str(path) for path in LibraryScreen.CSS_PATH]
