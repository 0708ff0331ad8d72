"""Following what is saved: the status of saves, changes by other windows, drafts."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App

from reader.errors import ReaderError
from reader.session import ArticleRecord, Draft, SaveState, SaveStatus
from reader.ui.host import Host
from reader.ui.messages import SaveProgressed
from reader.ui.reading.screen import articles_on
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from reader.core.speaker_names import SpeakerNames

LOOK_UP_SECONDS = 0.5
"""How long looking up tags and speakers waits for the index, in seconds; a new library may take
minutes, and its newest articles are indexed first."""


class Saving:
    """Shows the progress of saves, merges other windows' changes, and writes drafts."""

    def __init__(self, app: App[None], host: Host) -> None:
        self._app = app
        self._session = host.session
        self._fault = ""
        self._draft_lock = threading.Lock()
        self._used_speakers: tuple[str, ...] = ()  # of this run, the last first
        self._library_speakers: tuple[str, ...] = ()  # as far as looked up, the newest first
        self._has_names = False  # of the whole library
        self._speaker_names: SpeakerNames | None = None
        self.known_tags: frozenset[str] = frozenset()
        """The tags of the library's annotations that have been looked up so far."""

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

    def learn_names(self) -> None:
        """Look up the tags and speakers of the library, for the next time an editor is opened."""
        self._app.run_worker(self._look_up_names, thread=True, exclusive=True, group="names")

    async def need_names(self) -> None:
        """Look up the tags and speakers of the library, unless that was done in this run."""
        if not self._has_names:
            await asyncio.to_thread(self._look_up_names)

    def _look_up_names(self) -> None:
        """Look up the tags and speakers of the library; called on a thread."""
        lists = self._session.lists
        is_whole = lists.updates.begin().wait(LOOK_UP_SECONDS)
        self.known_tags = frozenset(lists.tags())
        self._library_speakers = lists.speakers()
        with contextlib.suppress(ReaderError):  # margin speakers reports it
            self._speaker_names = self._session.names.speakers
        self._has_names = is_whole

    @property
    def speaker_names(self) -> SpeakerNames:
        """The other names of speakers, as far as looked up."""
        from reader.core.speaker_names import NO_NAMES  # noqa: PLC0415  (after the first screen)

        return self._speaker_names or NO_NAMES

    @property
    def known_speakers(self) -> tuple[str, ...]:
        """The speakers of the library's annotations, as far as looked up, the last given first."""
        return tuple(dict.fromkeys((*self._used_speakers, *self._library_speakers)))

    def use_speaker(self, name: str) -> None:
        """Note the speaker that was given last."""
        self._used_speakers = tuple(dict.fromkeys((name, *self._used_speakers)))
