"""Keeping what a person does: the writer's word, other windows, drafts."""

from __future__ import annotations

import contextlib
import threading
from functools import partial

from textual import work

from reader.errors import ReaderError
from reader.session import ArticleRecord, Draft, SaveState, SaveStatus
from reader.ui.base_app import BaseApp
from reader.ui.messages import NoteTyped, SaveProgressed


class Keeping(BaseApp):
    """The part of the app that follows the saves."""

    known_tags: frozenset[str] = frozenset()
    """The tags of the library's annotations, as far as they have been looked up."""

    _fault = ""
    _draft_lock = threading.Lock()

    def listen_to_saves(self) -> None:
        """Be told of every save from now on."""
        self.session.writer.listener = self._on_save

    def _on_save(self, status: SaveStatus, article_id: str, record: ArticleRecord | None) -> None:
        """Bring the writer's word to the interface's thread."""
        self.post_message(SaveProgressed(status, article_id, record))

    def on_save_progressed(self, message: SaveProgressed) -> None:
        """Show how far saving has come; take what another window wrote."""
        status, record = message.status, message.record
        for screen in self.articles_on_screen():
            screen.show_save(status)
            if record is not None and message.article_id == screen.now.article.id:
                if told := screen.open_article.merge(record):
                    screen.tell_notice(told)
                screen.show_state()
        told, self._fault = self._fault, status.message
        if status.state is SaveState.FAILED and status.message != told:
            self.notify(
                f"{status.message} Your work stays here, and is saved again in a moment.",
                title="Not saved",
                severity="error",
                markup=False,
                timeout=15,
            )

    def on_app_focus(self) -> None:
        """Look at what another window wrote, when a person comes back to this one."""
        for screen in self.articles_on_screen():
            self.run_worker(
                partial(self.check_for_changes, screen.now.article.id), thread=True, group="look"
            )

    def check_for_changes(self, article_id: str) -> None:
        """Take what is on disk of an article by now; called on a thread."""
        with contextlib.suppress(ReaderError):  # the next save tells what is wrong
            record = self.session.record(article_id)
            if record is not None:
                status = self.session.writer.status
                self.post_message(SaveProgressed(status, article_id, record))

    def on_note_typed(self, message: NoteTyped) -> None:
        """Keep what is being written, so that no crash takes it."""
        message.stop()
        self.run_worker(
            partial(self._write_draft, message.annotation_id, message.draft),
            thread=True, exclusive=True, group="draft",
        )  # fmt: skip

    def _write_draft(self, annotation_id: str, draft: Draft) -> None:
        # A draft that cannot be kept is not worth a word: saving it will tell.
        with self._draft_lock, contextlib.suppress(OSError):
            self.session.drafts.write(annotation_id, draft)

    def drop_draft(self, annotation_id: str) -> None:
        """Forget a draft, because it was saved or thrown away."""
        self.run_worker(
            partial(self._drop_draft, annotation_id), thread=True, exclusive=True, group="draft"
        )

    def _drop_draft(self, annotation_id: str) -> None:
        with self._draft_lock, contextlib.suppress(OSError):
            self.session.drafts.drop(annotation_id)

    @work(thread=True, exclusive=True, group="tags")
    def learn_tags(self) -> None:
        """Look up the tags of the library, for the next time an editor is opened."""
        try:
            found = self.session.annotations()
        except ReaderError:
            return  # the editor then completes what it knows; the lists tell what is wrong
        tags = frozenset(tag for each in found for tag in each.annotation.tags)
        self.call_from_thread(setattr, self, "known_tags", tags)
