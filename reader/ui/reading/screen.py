"""The reading screen: an article to read and to mark, with the bar and the status line."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from textual import events, getters
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.reactive import var

from reader.paths import styles_folder
from reader.session import (
    ArticleRecord,
    IndexProgress,
    LoadingArticle,
    ReadingState,
    SaveStatus,
)
from reader.ui.actions import Actions, merged, run_command
from reader.ui.article.position import Target
from reader.ui.article.view import ArticleView
from reader.ui.bindings import bindings_of
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import COPYING, READING, changes_annotations
from reader.ui.compat import CalmScreen
from reader.ui.held_input import hold_until
from reader.ui.messages import (
    AnnotationClicked,
    AnnotationCommand,
    AnnotationHighlighted,
    AnnotationsPlaced,
    CaretMoved,
    DocumentCompleted,
    DocumentGrew,
    HeadingHighlighted,
    LinkClicked,
    PanelClosed,
    ReaderMoved,
    SearchChanged,
    SearchEnded,
    SelectionChanged,
    TagChosen,
    UpdateChecked,
)
from reader.ui.reading.annotations import AnnotationCommands
from reader.ui.reading.arrival import Arrival
from reader.ui.reading.caret_commands import CaretCommands
from reader.ui.reading.claim_statuses import StatusCommands
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.evidence import EvidenceCommands
from reader.ui.reading.identification import Identification
from reader.ui.reading.links import LinkCommands
from reader.ui.reading.loading import RestOfArticle
from reader.ui.reading.navigation_commands import NavigationCommands
from reader.ui.reading.note_editing import NoteEditing
from reader.ui.reading.old_versions import OldVersions
from reader.ui.reading.position_tracker import PositionTracker
from reader.ui.reading.quotations import QuotationCommands
from reader.ui.reading.range_change import RangeChange
from reader.ui.reading.reload import Reload
from reader.ui.reading.results import ResultCommands
from reader.ui.reading.review import ReviewCommands
from reader.ui.reading.search import ArticleSearch
from reader.ui.reading.sentence_choice import SentenceChoice
from reader.ui.reading.side_panel import SidePanel
from reader.ui.reading.speakers import SpeakerCommands
from reader.ui.reading.speech_finder import SpeechFinder
from reader.ui.reading.suggestions import SuggestionCommands
from reader.ui.widgets.selection_bar import SelectionBar
from reader.ui.widgets.status_line import StatusLine
from reader.ui.window_sizes import stands_beside


class ReadingScreen(CalmScreen, CommandScreen):
    """Owns the parts that read and mark one article, and passes messages to them."""

    CSS_PATH = str(styles_folder() / "reading.tcss")
    SCOPED_CSS = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(READING)]
    HELP_NAME = READING
    LEAST_HEIGHT = 4
    AUTO_FOCUS = "ArticleView"

    state: var[ReadingState | None] = var[ReadingState | None](None)
    """The state on screen; replaced by every edit."""

    view = getters.query_one(ArticleView)

    def __init__(
        self,
        loading_article: LoadingArticle,
        *,
        annotation_id: str = "",
        target: Target = "",
    ) -> None:
        """Show an article.

        Args:
            loading_article: The article, and the rest of it where that is still being read.
            annotation_id: The annotation to begin at; empty for where the article was left.
            target: Where to begin; empty as above.
        """
        super().__init__()
        self.context = context = ReadingContext(self, loading_article, show=self._show)
        """The open article."""
        self._caret = caret = CaretCommands(context)
        speech = SpeechFinder(context)
        self._speakers = SpeakerCommands(context, speech)
        self._suggestions = SuggestionCommands(context, speech)
        self._panel = SidePanel(context)
        self._annotations = AnnotationCommands(
            context,
            self._speakers,
            self._suggestions,
            highlight=self._panel.highlight,
        )
        self._statuses = StatusCommands(context, self._speakers)
        self._range_change = RangeChange(context, caret)
        self.note_editing = NoteEditing(context, self._range_change, self._suggestions)
        """The editor of notes."""
        self.review = ReviewCommands(context, self._range_change)
        """The annotations that wait for review."""
        self.results = ResultCommands(context)
        """The notes of the list that led here."""
        self._evidence = EvidenceCommands(context, self.review)
        self._search = ArticleSearch(context)
        self.links = LinkCommands(context)
        """The links."""
        old_versions = OldVersions(context)
        self.arrival = Arrival(context, self.review, annotation_id, old_versions.show_passage)
        """Where the reader is taken."""
        self.arrival.aim(target)
        self.reload = Reload(context, self.arrival, self.begin)
        """Other texts of the same article."""
        self._tracker = PositionTracker(context)
        self._rest = RestOfArticle(context)
        self._identification = Identification(context, self.begin)
        self._actions = merged(
            caret,
            self._range_change,
            SentenceChoice(context),
            QuotationCommands(context, speech, lambda: self._suggestions.shown),
            self._speakers,
            self._suggestions,
            self._annotations,
            self._statuses,
            self.note_editing,
            self.review,
            self.results,
            self._evidence,
            old_versions,
            self._search,
            self._panel,
            self.links,
            self.reload,
            NavigationCommands(context, self._tracker),
        )

    def compose(self) -> ComposeResult:
        """Make the article, the bar and the status line."""
        host = self.context.host
        view = ArticleView(host.tags, host.settings.statuses)
        view.set_reactive(ArticleView.column, host.settings.column)
        view.set_reactive(ArticleView.notes_side, host.settings.notes_side)
        self._panel.keep_room(view)
        yield view.data_bind(state=ReadingScreen.state)
        yield SelectionBar(host.tags, host.settings.statuses, host.settings.keys, id="bar")
        yield StatusLine(self.context.with_keys("{help} help"))

    def on_mount(self) -> None:
        """Show the first part, and begin to read the rest."""
        self.query_one(StatusLine).save = self.context.host.session.writer.status
        self.results.begin()
        self.begin()
        self.call_after_refresh(self._panel.open_remembered)
        self.reload.begin_checking()

    def begin(self) -> None:
        """Show the first part of the article, and begin to read the rest."""
        context, loading_article = self.context, self.context.loading_article
        context.show_state()
        self.call_after_refresh(self._tracker.measure, context.state.document)
        self.call_after_refresh(self.context.host.show_first_screen)
        if loading_article.question is not None:
            self._identification.ask(loading_article.question)
            return
        self._refuses_changes()
        if not self.arrival.is_jump:
            context.open_article.begin_reading()
            context.show_state()
        if loading_article.notice:
            self.review.show_notice(loading_article.notice)
        self.arrival.begin()
        if context.host.session.unsaved_articles.holds(context.state.article.id):
            sentence = context.with_keys("Not in the library yet; {article.keep} adds it")
            self.call_after_refresh(context.show_status, sentence)
        self._rest.begin()
        if loading_article.unidentified is not None:
            self._identification.search(loading_article.unidentified)

    def on_unmount(self) -> None:
        """Save what was held back of an article that is left before it is identified."""
        self.context.release()

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return self._actions

    def action_run(self, command_id: str) -> None:
        """Carry out a command."""
        if not (changes_annotations(command_id) and self._refuses_changes()):
            run_command(self, self.actions[command_id])

    def _refuses_changes(self) -> bool:
        """Return whether nothing of the article can be saved; if so, say why."""
        reason = self.context.open_article.read_only_reason
        if reason:
            self.context.notify(reason, severity="warning")
        return bool(reason)

    # What is shown

    def _show(self, state: ReadingState) -> None:
        self.state = state

    def watch_state(self, state: ReadingState | None) -> None:
        """Let the bar follow: the caret may now be on an annotation, or no longer."""
        if state is not None and self.context.is_laid_out:
            self.call_after_refresh(self._tracker.measure, state.document)
            self._tracker.show()
            self._speakers.show()
            self._suggestions.show()
            self.show_save(self.context.host.session.writer.status)
            self._panel.show_state(state)

    def show_save(self, status: SaveStatus) -> None:
        """Show the status of saving."""
        if self.context.is_laid_out:
            self.query_one(StatusLine).save = status

    def show_indexing(self, progress: IndexProgress | None) -> None:
        """Show how far the library is indexed, which goes on beside reading."""
        if self.context.is_laid_out:
            percent = 100 * progress.done // max(progress.total, 1) if progress else 100
            self.query_one(StatusLine).indexed = percent

    def merge(self, record: ArticleRecord) -> None:
        """Merge what another window wrote to the article's file."""
        if notice := self.context.open_article.merge(record):
            self.review.show_notice(notice)
        self.context.show_state()

    # What happens: each message goes to the part that it concerns

    def on_screen_resume(self) -> None:
        """Take the settings as they are now; go on where the article was removed meanwhile."""
        self.view.notes_side = self.context.host.settings.notes_side
        if self.context.host.session.writer.is_closed(self.context.state.article.id):
            self.call_after_refresh(self.context.host.go_back)

    def on_resize(self, event: events.Resize) -> None:
        """Put panels below the article where there is no room beside it."""
        self.set_class(not stands_beside(event.size), "-narrow")
        self._panel.fit(event.size)

    def on_document_grew(self, message: DocumentGrew) -> None:
        """Show a longer prefix, and go on to where a link led."""
        message.stop()
        if message.open_article is self.context.open_article:
            self._rest.grow(message.document)
            self.call_after_refresh(self.arrival.continue_to_target)

    def on_annotations_placed(self, message: AnnotationsPlaced) -> None:
        """Show annotations whose places have been found in a changed text."""
        message.stop()
        if message.open_article is self.context.open_article:
            self._rest.show_placed(message)
            self.arrival.continue_to_annotation()

    def on_document_completed(self, message: DocumentCompleted) -> None:
        """Show the whole document, and go to where it is to be shown."""
        message.stop()
        if message.open_article is self.context.open_article:
            self._rest.complete(message.anchoring)
            if message.anchoring.notice:
                self.review.show_notice(message.anchoring.notice)
            self.call_after_refresh(self.arrival.continue_to_target)
            self.arrival.map_positions()
            self.call_after_refresh(self.arrival.continue_to_annotation)
            self.call_after_refresh(self.arrival.report_embedded_notes)

    def on_update_checked(self, message: UpdateChecked) -> None:
        """Offer a newer version."""
        message.stop()
        self.reload.offer(message)

    def on_caret_moved(self, message: CaretMoved) -> None:
        """Show where the reader is."""
        message.stop()
        self._tracker.on_caret_moved()
        self._panel.follow(message.caret)
        self._speakers.show()
        self._suggestions.show_at_caret()

    def on_reader_moved(self, message: ReaderMoved) -> None:
        """Count the position as the reading place."""
        message.stop()
        self.context.note_reading()

    def on_selection_changed(self, message: SelectionChanged) -> None:
        """Show what can be done with the selection."""
        message.stop()
        self._range_change.follow_selection()

    def on_annotation_clicked(self, message: AnnotationClicked) -> None:
        """Open the annotation whose sign was clicked."""
        message.stop()
        if self._refuses_changes():
            return
        opens = self.note_editing.open_clicked(message.annotations, message.line_start)
        self._open(opens)

    def on_link_clicked(self, message: LinkClicked) -> None:
        """Follow the link that was clicked with ctrl."""
        message.stop()
        self.links.follow_at(message.offset)

    def on_search_changed(self, message: SearchChanged) -> None:
        """Search for what has been typed so far."""
        message.stop()
        self._search.find(message.query)

    def on_search_ended(self, message: SearchEnded) -> None:
        """Close the search line."""
        message.stop()
        self._search.close(is_accepted=message.is_accepted)

    def on_panel_closed(self, message: PanelClosed) -> None:
        """Go back to the article."""
        message.stop()
        self._panel.leave(is_accepted=message.is_accepted, may_stay=message.may_stay)

    def on_annotation_highlighted(self, message: AnnotationHighlighted) -> None:
        """Show the annotation that is highlighted in the panel."""
        message.stop()
        self._panel.show_annotation(message.annotation_id)

    def on_heading_highlighted(self, message: HeadingHighlighted) -> None:
        """Show the heading that is highlighted in the panel."""
        message.stop()
        self._panel.show_heading(message.offset)

    def on_annotation_command(self, message: AnnotationCommand) -> None:
        """Carry out a command on the annotation that is highlighted in the panel."""
        message.stop()
        annotation_id = message.annotation_id
        if message.command_id in COPYING:
            self._caret.copy_marked(annotation_id, message.command_id)
            return
        if message.command_id == "evidence.show":
            self._open(self._evidence.show(annotation_id))
            return
        if self._refuses_changes():
            return
        match message.command_id:
            case "evidence.add":
                self._open(self._evidence.add(annotation_id))
            case "annotations.edit":
                self._open(self.note_editing.edit(annotation_id))
            case "annotation.delete":
                self._annotations.delete(annotation_id)
            case "annotation.put_back":
                self.review.reattach(annotation_id)
            case "compare":
                self._open(self.review.compare(annotation_id))
            case "annotations.range":
                if annotation := self.context.state.by_id.get(annotation_id):
                    self._panel.close()
                    self._range_change.begin(annotation)
            case command_id:
                self._statuses.set_by(command_id, annotation_id)

    def _open(self, opens: Coroutine[Any, Any, None]) -> None:
        """Open a dialog in a worker; keys wait for it."""
        hold_until(self, self.run_worker(opens).wait())

    def on_tag_chosen(self, message: TagChosen) -> None:
        """Tag by a click on the bar."""
        message.stop()
        if not self._refuses_changes():
            self._annotations.tag(message.key)


def articles_on(app: App[Any]) -> list[ReadingScreen]:
    """Return the screens of an app that show an open article, the topmost last."""
    return [screen for screen in app.screen_stack if isinstance(screen, ReadingScreen)]
