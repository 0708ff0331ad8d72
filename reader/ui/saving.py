"""Following what is saved: the status of saves, changes by other windows, drafts."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from functools import partial

from textual.app import App

from reader.errors import ReaderError
from reader.session import ArticleRecord, Draft, SaveState, SaveStatus
from reader.ui.host import Host
from reader.ui.messages import SaveProgressed
from reader.ui.reading.screen import articles_on
from reader.ui.widgets.status_line import StatusLine


class Saving:
    """Shows the progress of saves, merges other windows' changes, and writes drafts."""

    def __init__(self, app: App[None], host: Host) -> None:
        self._app = app
        self._session = host.session
        self._fault = ""
        self._draft_lock = threading.Lock()

    def begin(self) -> None:
        """Show every save from now on."""
        self._session.writer.listener = self._on_save

    def _on_save(self, status: SaveStatus, article_id: str, record: ArticleRecord | None) -> None:
        """Post the writer's news to the interface's thread."""
        with contextlib.suppress(RuntimeError):  # the loop was closed just now: the program ends
            self._app.post_message(SaveProgressed(status, article_id, record))

    def show(self, message: SaveProgressed) -> None:
        """Show the status of saving; merge what another window wrote."""
        status, record = message.status, message.record
        for screen in self._app.screen_stack[-1:]:  # there is none while the app ends
            for line in screen.query(StatusLine):  # also that of an old version
                line.save = status
        for screen in articles_on(self._app):
            screen.show_save(status)
            if record is not None and message.article_id == screen.context.state.article.id:
                screen.merge(record)
        shown_fault, self._fault = self._fault, status.message
        if status.state is SaveState.FAILED and status.message != shown_fault:
            self._app.notify(
                f"{status.message} Your work stays here, and is saved again in a moment.",
                title="Not saved",
                severity="error",
                markup=False,
                timeout=15,
            )

    def check_open_articles(self) -> None:
        """Check on threads what other windows wrote, when the reader comes back to this one."""
        for screen in articles_on(self._app):
            check = partial(self.check_for_changes, screen.context.state.article.id)
            self._app.run_worker(check, thread=True, group="changes")

    def check_for_changes(self, article_id: str) -> None:
        """Merge what another window wrote to an article's file; called on a thread."""
        with contextlib.suppress(ReaderError):  # the next save tells what is wrong
            record = self._session.record(article_id)
            if record is not None:
                status = self._session.writer.status
                self._app.post_message(SaveProgressed(status, article_id, record))

    def write_draft(self, annotation_id: str, draft: Draft) -> None:
        """Write what is being typed to disk, so that a crash does not lose it."""
        self._run_for_draft(partial(self._session.drafts.write, annotation_id, draft))

    def drop_draft(self, annotation_id: str) -> None:
        """Delete a draft, because its note was saved or discarded."""
        self._run_for_draft(partial(self._session.drafts.drop, annotation_id))

    def _run_for_draft(self, work: Callable[[], object]) -> None:
        def run() -> None:
            # A draft that cannot be written is not reported: saving the note will be.
            with self._draft_lock, contextlib.suppress(OSError):
                work()

        self._app.run_worker(run, thread=True, exclusive=True, group="draft")
