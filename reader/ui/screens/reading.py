"""The reading screen: the article, the bar, the status line; loading and leaving."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.timer import Timer
from textual.worker import get_current_worker

from reader.core.document import Document
from reader.core.text_formatting import page_label
from reader.errors import ReaderError
from reader.paths import styles_folder
from reader.session import LoadingArticle, ReadingState, SaveStatus
from reader.ui.article.view import ArticleView
from reader.ui.commands import READING, bindings_of
from reader.ui.compat import quick_switching
from reader.ui.messages import CaretMoved, DocumentGrew, DocumentSettled, HintChosen
from reader.ui.screens.article_screen import ArticleScreen
from reader.ui.screens.following import Following
from reader.ui.screens.marking import Marking
from reader.ui.screens.panels import WIDE
from reader.ui.screens.placing import Placing
from reader.ui.screens.recognising import Recognising
from reader.ui.screens.renewing import Renewing
from reader.ui.screens.searching import Searching
from reader.ui.widgets.selection_bar import SelectionBar
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from reader.core.progress import ReadingProgress

POSITION_SECONDS = 2.0
"""How long one stays at a place before it is remembered, in seconds."""

GROWTH_SECONDS = 0.3
"""How often the screen takes what was read of a large file meanwhile, in seconds."""

FAST_LENGTH = 100_000
"""Texts up to so many code points have their words counted at once; longer ones on a thread."""

CODE_POINTS_A_WORD = 6
"""English prose has about six code points a word, its space among them; an estimate for as long
as the words have not been counted."""

REST_SECONDS = 0.002
"""Pause between two slices of a large file, in seconds, so that every key is answered."""


class ReadingScreen(Marking, Searching, Following, Placing, Recognising, Renewing):
    """An article to read and to mark."""

    CSS_PATH = str(styles_folder() / "reading.tcss")
    SCOPED_CSS = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(READING)]
    HELP_NAME = READING
    AUTO_FOCUS = "ArticleView"

    _leaving: Timer | None = None
    _progress: ReadingProgress | None = None

    def compose(self) -> ComposeResult:
        """Make the article, the bar and the status line."""
        view = ArticleView(self.host.tags)
        view.set_reactive(ArticleView.column, self.host.settings.column)
        yield view.data_bind(state=ArticleScreen.state)
        yield SelectionBar(self.host.tags, self.host.settings.keys, id="bar")
        yield StatusLine(self.with_keys("{help} help"))

    def on_mount(self) -> None:
        """Show the first part, and begin to read the rest."""
        self.query_one(StatusLine).save = self.host.session.writer.status
        self.begin()

    def begin(self) -> None:
        """Show the first part of what is open, and begin to read the rest."""
        self.show_state()
        self.call_after_refresh(self._measure_progress, self.now.document)
        if self.loading_article.question is not None:
            self.ask_which()
            return
        if self.loading_article.notice:
            self.tell_notice(self.loading_article.notice)
        if self.goes_to:
            self.call_after_refresh(self.go_to_annotation, self.goes_to)
        self.keep_place()
        self.go_where_led()
        if not self.now.document.is_complete:
            self.query_one(StatusLine).loaded = 0
            self.call_after_refresh(self._read_on, self.loading_article)

    def watch_state(self, state: ReadingState | None) -> None:
        """Let the bar follow: the caret may now be on an annotation, or no longer."""
        if state is not None and self.is_laid_out:
            self.call_after_refresh(self._measure_progress, state.document)
            self._show_status()
            self.show_save(self.host.session.writer.status)
            self.show_in_panel(state)

    # Reading the rest of a large file

    @work(thread=True, exclusive=True, group="rest")
    def _read_on(self, loading_article: LoadingArticle) -> None:
        """Read the rest in slices, on a thread, until another text is shown in its place."""
        worker, open_article = get_current_worker(), loading_article.open_article
        shown = time.monotonic()
        try:
            with quick_switching():
                for document in loading_article.rest:
                    if worker.is_cancelled or self.loading_article is not loading_article:
                        return
                    if document.is_complete:
                        settled = self.host.session.reanchor(open_article.state, document)
                        self.post_message(DocumentSettled(open_article, settled))
                    elif time.monotonic() - shown > GROWTH_SECONDS:
                        self.post_message(DocumentGrew(open_article, document))
                        shown = time.monotonic()
                    time.sleep(REST_SECONDS)
        except ReaderError as error:
            if not worker.is_cancelled and self.loading_article is loading_article:
                self.app.call_from_thread(self._tell, error)

    def _tell(self, error: ReaderError) -> None:
        self.notify(error.message, title=error.title, severity="error", markup=False, timeout=10)

    def on_document_grew(self, message: DocumentGrew) -> None:
        """Show a longer prefix."""
        message.stop()
        if message.open_article is not self.open_article:
            return
        self.open_article.grow(message.document)
        self.show_state()
        length = len(message.document.text)
        self.query_one(StatusLine).loaded = min(
            length * 100 // self.loading_article.expected_length, 99
        )

    def on_document_settled(self, message: DocumentSettled) -> None:
        """Show the whole document."""
        message.stop()
        if message.open_article is not self.open_article:
            return
        self.open_article.reanchor(message.anchoring)
        self.show_state()
        self.query_one(StatusLine).loaded = 100
        if message.anchoring.notice:
            self.tell_notice(message.anchoring.notice)

    # Where one is

    def on_caret_moved(self, message: CaretMoved) -> None:
        """Show where one is; remember it after a while."""
        message.stop()
        self._show_status()
        if self._leaving is not None:
            self._leaving.stop()
        self._leaving = self.set_timer(POSITION_SECONDS, self.remember_place)

    def _show_status(self) -> None:
        view, document = self.view, self.now.document
        visible = view.viewport.on_screen
        status = self.query_one(StatusLine)
        length = max(len(document.text), 1)
        status.percent = min(visible.end * 100 // length, 100)
        pace = self.host.settings.words_per_minute
        progress = self._progress
        if progress is not None and progress.document is document:
            status.section = progress.section(visible.start)
            status.minutes = progress.minutes_left(visible.end, pace)
        else:
            status.section = document.metadata.title
            status.minutes = (length - visible.end) // CODE_POINTS_A_WORD // pace
        article = self.now.article
        status.section = status.section or article.metadata.title or article.source
        status.page = page_label(document.page_at(view.caret))
        around = self.now.at(view.caret)
        bar = self.query_one(SelectionBar)
        bar.is_on_annotation = bool(around)
        bar.needs_review = bool(around) and around[0].needs_review

    def _measure_progress(self, document: Document) -> None:
        """Find the sections and count the words, on a thread where that takes long."""
        if not document.is_complete or (self._progress and self._progress.document is document):
            return
        if len(document.text) <= FAST_LENGTH:
            self._find_progress(document)
        else:
            self.run_worker(
                partial(self._find_progress_slowly, document),
                thread=True, exclusive=True, group="progress",
            )  # fmt: skip

    def _find_progress(self, document: Document) -> None:
        from reader.core.progress import ReadingProgress  # noqa: PLC0415  (after the first screen)

        self._show_progress(ReadingProgress(document))

    def _find_progress_slowly(self, document: Document) -> None:
        from reader.core.progress import ReadingProgress  # noqa: PLC0415  (after the first screen)

        with quick_switching():
            progress = ReadingProgress(document)
        self.app.call_from_thread(self._show_progress, progress)

    def _show_progress(self, progress: ReadingProgress) -> None:
        self._progress = progress
        self._show_status()

    def remember_place(self) -> None:
        """Keep where the article is, for the next time."""
        if not self.is_mounted or not self.now.document.is_complete:
            return
        visible = self.view.viewport.on_screen
        length = max(len(self.now.document.text), 1)
        self.open_article.set_position(visible.start, min(visible.end / length, 1.0))

    def go_to_annotation(self, annotation_id: str) -> None:
        """Show an annotation."""
        annotation = self.now.by_id.get(annotation_id)
        if annotation is None:
            return
        if annotation.is_orphaned:
            self.show_hint(annotation)
            self.say(
                self.with_keys(
                    "This passage has lost its place; {compare} shows what it was, and can put it"
                    " back."
                )
            )
        else:
            self.view.move_caret(annotation.place.start, at_third=True)

    def show_save(self, status: SaveStatus) -> None:
        """Show how far the last changes have come; a screen that is not there yet asks itself."""
        if self.is_laid_out:
            self.query_one(StatusLine).save = status

    def on_screen_resume(self) -> None:
        """Do not come back to an article that was removed meanwhile."""
        if self.host.session.writer.is_closed(self.now.article.id):
            self.call_after_refresh(self.host.go_back)

    def on_resize(self, event: events.Resize) -> None:
        """Put panels below the article where there is no room beside it."""
        self.set_class(event.size.width < WIDE, "-narrow")

    # Going elsewhere

    def action_move(self, motion: str) -> None:
        """Carry out a motion."""
        if motion == "page_up_or_word":
            motion = "previous_word" if self.view.origin is not None else "page_up"
        self.view.move(motion)

    def action_extend(self, motion: str) -> None:
        """Carry out a motion that selects."""
        self.view.move(motion, extend=True)

    def action_column(self, cells: int) -> None:
        """Make the column wider or narrower, and keep that."""
        self.view.column = self.host.change_column(cells)

    def action_library(self) -> None:
        """Go to the library."""
        self.remember_place()
        self.host.go_to_library()

    def action_notes(self) -> None:
        """Go to the notes."""
        self.remember_place()
        self.host.go_to_notes()

    @work
    async def action_details(self) -> None:
        """Show what is known of the article."""
        from reader.ui.dialogs.details import DetailsScreen  # noqa: PLC0415  (when it is shown)

        self.remember_place()
        now, pace = self.now, self.host.settings.words_per_minute
        details = DetailsScreen(
            now.article,
            annotations=len(now.annotations),
            length=self._progress.length(pace) if self._progress is not None else "",
        )
        if address := await self.app.push_screen_wait(details):
            self.host.browse(address, self.say)

    def action_export(self) -> None:
        """Export this article's annotations, or all."""
        self.host.export(self.now.article.id)

    def action_back(self) -> None:
        """Go back; from the first screen, quit."""
        self.remember_place()
        self.host.way.close(self)
        self.host.go_back()

    async def on_hint_chosen(self, message: HintChosen) -> None:
        """Do what was clicked on the bar."""
        await self.run_action(message.action)
