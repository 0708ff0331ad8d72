"""The article as it was when annotations were made on it; nothing can be changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from reader.core.text_formatting import one_line, page_label
from reader.paths import styles_folder
from reader.session import ReadingState
from reader.ui.actions import Actions, merged, run_command
from reader.ui.article.view import ArticleView
from reader.ui.bindings import bindings_of
from reader.ui.commands import OLD_VERSION
from reader.ui.messages import (
    AnnotationClicked,
    AnnotationCommand,
    AnnotationHighlighted,
    CaretMoved,
    HeadingHighlighted,
    HintChosen,
    PanelClosed,
    SearchChanged,
    SearchEnded,
    SelectionChanged,
)
from reader.ui.reading.caret_commands import CaretCommands
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.quotations import QuotationCommands
from reader.ui.reading.search import ArticleSearch
from reader.ui.reading.sentence_choice import SentenceChoice
from reader.ui.reading.side_panel import SidePanel
from reader.ui.reading.speech_finder import SpeechFinder
from reader.ui.widgets.row_list import sanitise_content
from reader.ui.widgets.status_line import StatusLine
from reader.ui.window_sizes import stands_beside

if TYPE_CHECKING:
    from reader.session import LoadingArticle
    from reader.session.versions import Version

READ_ONLY = "This is an old version; nothing can be changed here. {back} goes back."
"""The answer where the reader tries to change something."""


class OldVersionScreen(Screen[None]):
    """Shows an earlier text of an article, with the annotations that were made on it."""

    CSS_PATH: ClassVar = [
        str(styles_folder() / "reading.tcss"),
        str(styles_folder() / "old_version.tcss"),
    ]
    SCOPED_CSS = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(OLD_VERSION)]
    HELP_NAME = OLD_VERSION
    AUTO_FOCUS = "ArticleView"

    state: var[ReadingState | None] = var[ReadingState | None](None)
    """The text and its annotations."""

    view = getters.query_one(ArticleView)

    def __init__(
        self, loading_article: LoadingArticle, version: Version, *, annotation_id: str = ""
    ) -> None:
        """Show a version.

        Args:
            loading_article: Its text and the annotations that were made on it.
            version: What is known about that text.
            annotation_id: The annotation to begin at; empty for the first.
        """
        super().__init__()
        self.context = ReadingContext(self, loading_article, show=self._show, has_history=False)
        """The old text."""
        self._version = version
        self._annotation_id = annotation_id
        self._caret = CaretCommands(self.context)
        self._search = ArticleSearch(self.context)
        self._panel = SidePanel(self.context)
        quotations = QuotationCommands(self.context, SpeechFinder(self.context))
        own: Actions = {
            "select": self._caret.toggle_selecting,
            "select.none": self._caret.clear,
            "back": self.dismiss,
        }
        parts = merged(
            self._caret,
            SentenceChoice(self.context),
            quotations,
            self._search,
            self._panel,
        )
        self.actions = {**parts, **own}
        """What carries out each command."""

    def compose(self) -> ComposeResult:
        """Lay out the title, the article and the status line."""
        context = self.context
        yield Static(id="version-title", markup=False)
        view = ArticleView(context.host.tags, context.host.settings.statuses)
        view.set_reactive(ArticleView.column, context.host.settings.column)
        view.set_reactive(ArticleView.notes_side, context.host.settings.notes_side)
        yield view.data_bind(state=OldVersionScreen.state)
        hints = context.with_keys("nothing can be changed here · {back} back")
        yield Static(hints, id="bar", markup=False)
        yield StatusLine(context.with_keys("{help} help"))

    def on_mount(self) -> None:
        """Say which version this is, and show it at an annotation."""
        context, version = self.context, self._version
        article, annotations = context.state.article, context.state.annotations
        title = one_line(article.metadata.title or article.source, 80)
        facts = sanitise_content(Content(f" · {version.described} · {title}"), 400).plain
        self.query_one("#version-title", Static).update(
            Content.assemble(
                ("Old version ", "bold $warning"),
                (f"as it was on {version.day}", "bold $heading"),
                (facts, "$faint"),
            )
        )
        context.status_line.save = context.host.session.writer.status
        context.show_state()
        annotation = context.state.by_id.get(self._annotation_id) or next(iter(annotations), None)
        if annotation is not None:
            self.call_after_refresh(self.view.move_caret, annotation.place.start, at_third=True)

    def _show(self, state: ReadingState) -> None:
        self.state = state

    def action_run(self, command_id: str) -> None:
        """Carry out a command."""
        run_command(self, self.actions[command_id])

    # What happens: each message goes to the part that it concerns

    def on_resize(self, event: events.Resize) -> None:
        """Put panels below the article where there is no room beside it."""
        self.set_class(not stands_beside(event.size), "-narrow")

    def on_caret_moved(self, message: CaretMoved) -> None:
        """Show where the reader is."""
        message.stop()
        document, status = self.context.state.document, self.context.status_line
        status.page = page_label(document.page_at(message.caret))
        status.percent = min(message.bottom * 100 // max(len(document.text), 1), 100)
        article = self.context.state.article
        status.section = article.metadata.title or article.source

    def on_selection_changed(self, message: SelectionChanged) -> None:
        """Do nothing: a selection cannot be tagged here."""
        message.stop()

    async def on_hint_chosen(self, message: HintChosen) -> None:
        """Do what was clicked in the status line."""
        message.stop()
        await self.run_action(message.action)

    def on_search_changed(self, message: SearchChanged) -> None:
        """Search for what has been typed so far."""
        message.stop()
        self._search.find(message.query)

    def on_search_ended(self, message: SearchEnded) -> None:
        """Close the search line."""
        message.stop()
        self._search.close(is_accepted=message.is_accepted)

    def on_panel_closed(self, message: PanelClosed) -> None:
        """Close the panel."""
        message.stop()
        self._panel.leave(is_accepted=message.is_accepted)

    def on_annotation_highlighted(self, message: AnnotationHighlighted) -> None:
        """Show the annotation that is highlighted in the panel."""
        message.stop()
        self._panel.show_annotation(message.annotation_id)

    def on_heading_highlighted(self, message: HeadingHighlighted) -> None:
        """Show the heading that is highlighted in the panel."""
        message.stop()
        self._panel.show_heading(message.offset)

    def on_annotation_command(self, message: AnnotationCommand) -> None:
        """Say that nothing can be changed."""
        message.stop()
        self.context.show_status(self.context.with_keys(READ_ONLY))

    def on_annotation_clicked(self, message: AnnotationClicked) -> None:
        """Go to the annotation whose sign was clicked."""
        message.stop()
        first = message.annotations[0].place.start
        self.view.move_caret(max(first, message.line_start))
