"""Indexing a library that is new or has changed a lot, while the reader reads."""

from __future__ import annotations

from contextlib import suppress

from textual.app import App
from textual.worker import get_current_worker

from reader.errors import ReaderError
from reader.session import IndexProgress
from reader.ui.compat import quick_switching
from reader.ui.host import Host
from reader.ui.messages import LibraryIndexed
from reader.ui.reading.screen import articles_on

START_SECONDS = 0.5
"""How long after the start it is looked whether the index is behind, in seconds."""

STEP_SECONDS = 0.3
"""The time between two updates of the progress, in seconds."""


class Indexing:
    """Brings an index that is far behind up to date, and shows the progress in open articles."""

    def __init__(self, app: App[None], host: Host) -> None:
        self._app = app
        self._session = host.session

    def begin(self) -> None:
        """Begin once the first screen is there."""
        self._app.set_timer(START_SECONDS, self._start)

    def show(self, progress: IndexProgress | None) -> None:
        """Show the progress in the open articles; lists show it themselves."""
        for screen in articles_on(self._app):
            screen.show_indexing(progress)

    def _start(self) -> None:
        self._app.run_worker(self._index, thread=True, group="index")

    def _index(self) -> None:
        worker = get_current_worker()
        with suppress(ReaderError), quick_switching():  # the lists show what is wrong
            lists = self._session.lists
            update = lists.begin_if_behind()
            while update is not None and not update.wait(STEP_SECONDS):
                if worker.is_cancelled:
                    return
                self._app.post_message(LibraryIndexed(lists.updates.progress))
            self._app.post_message(LibraryIndexed(None))
