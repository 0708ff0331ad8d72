"""An article on screen that cannot be changed there: what its screens have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, getters
from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from reader.paths import styles_folder
from reader.session import ReadingState
from reader.ui.actions import Actions
from reader.ui.article.view import ArticleView
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import READING, changes_annotations, commands_of, textual_keymap
from reader.ui.messages import (
    AnnotationClicked,
    AnnotationCommand,
    AnnotationHighlighted,
    CaretMoved,
    HeadingHighlighted,
    PanelClosed,
    SelectionChanged,
)
from reader.ui.painting.status_line import position_in
from reader.ui.reading.caret_commands import CaretCommands
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.side_panel import SidePanel
from reader.ui.widgets.status_line import StatusLine
from reader.ui.window_sizes import stands_beside

if TYPE_CHECKING:
    from reader.session import LoadingArticle


class ReadOnlyScreen(Screen[None], CommandScreen):
    """Shows an article with its annotations, to read and to copy from."""

    CSS_PATH: ClassVar = [
        str(styles_folder() / "reading.tcss"),
        str(styles_folder() / "read_only.tcss"),
    ]
    SCOPED_CSS = False
    AUTO_FOCUS = "ArticleView"
    HINTS: ClassVar[str] = "{back} back"
    """The line of keys."""
    REFUSAL: ClassVar[str] = "Nothing can be changed here. {back} goes back."
    """The answer where the reader tries to change something."""

    state: var[ReadingState | None] = var[ReadingState | None](None)
    """The text and its annotations."""

    view = getters.query_one(ArticleView)

    def __init__(self, loading_article: LoadingArticle) -> None:
        """Show an article.

        Args:
            loading_article: The article, complete.
        """
        super().__init__()
        self.context = ReadingContext(self, loading_article, show=self._show, has_history=False)
        """The article."""
        self.caret = CaretCommands(self.context)
        """What moves, selects and copies."""
        self.panel = SidePanel(self.context, is_read_only=True)
        """The panels."""

    @property
    def own_actions(self) -> Actions:
        """What carries out the commands that leave the article as it is."""
        return {
            "select": self.caret.toggle_selecting,
            "select.none": self.caret.clear,
            "back": self.dismiss,
        }

    def compose(self) -> ComposeResult:
        """Lay out the title, the article and the status line."""
        settings = self.context.host.settings
        yield Static(id="version-title", markup=False)
        view = ArticleView(self.context.host.tags, settings.statuses)
        view.set_reactive(ArticleView.column, settings.column)
        view.set_reactive(ArticleView.notes_side, settings.notes_side)
        yield view.data_bind(state=ReadOnlyScreen.state)
        yield Static(self.context.with_keys(self.HINTS), id="bar", markup=False)
        yield StatusLine(self.context.with_keys("{help} help"))

    def show_title(self, title: Content) -> None:
        """Show what this is."""
        self.query_one("#version-title", Static).update(title)

    def _show(self, state: ReadingState) -> None:
        self.state = state

    # What happens: each message goes to the part that it concerns

    def on_resize(self, event: events.Resize) -> None:
        """Put panels below the article where there is no room beside it."""
        self.set_class(not stands_beside(event.size), "-narrow")
        self.panel.fit(event.size)

    def on_caret_moved(self, message: CaretMoved) -> None:
        """Show where the reader is."""
        message.stop()
        position = position_in(
            self.context.state,
            self.view.viewport.on_screen,
            message.caret,
            self.context.host.settings.words_per_minute,
        )
        section = self.section_at(message.caret)
        self.context.status_line.show_position(position._replace(section=section))
        self.panel.follow(message.caret)

    def section_at(self, caret: int) -> str:  # noqa: ARG002 (for screens that know more)
        """Return what the status line says of an offset."""
        article = self.context.state.article
        return article.metadata.title or article.source

    def on_selection_changed(self, message: SelectionChanged) -> None:
        """Do nothing: a selection cannot be tagged here."""
        message.stop()

    def on_panel_closed(self, message: PanelClosed) -> None:
        """Go back to the article."""
        message.stop()
        self.panel.leave(is_accepted=message.is_accepted, may_stay=message.may_stay)

    def on_annotation_highlighted(self, message: AnnotationHighlighted) -> None:
        """Show the annotation that is highlighted in the panel."""
        message.stop()
        self.panel.show_annotation(message.annotation_id)

    def on_heading_highlighted(self, message: HeadingHighlighted) -> None:
        """Show the heading that is highlighted in the panel."""
        message.stop()
        self.panel.show_heading(message.offset)

    def on_key(self, event: events.Key) -> None:
        """Refuse what the key does in the article and not here; fields and lists have own keys."""
        if self.focused is not self.view:
            return
        keymap = textual_keymap(self.context.host.settings.keys)
        for command in commands_of(READING):
            if event.key in keymap.get(command.id, command.keys).split(","):
                sentence = self.refusal_of(command.id)
                if sentence:
                    event.stop()
                    self.context.show_status(self.context.with_keys(sentence))

    def refusal_of(self, command_id: str) -> str:
        """Return why a command of the article is not carried out; empty where nothing is said."""
        return self.REFUSAL if changes_annotations(command_id) else ""

    def on_annotation_command(self, message: AnnotationCommand) -> None:
        """Say that nothing can be changed."""
        message.stop()
        self.context.show_status(self.context.with_keys(self.REFUSAL))

    def on_annotation_clicked(self, message: AnnotationClicked) -> None:
        """Go to the annotation whose sign was clicked."""
        message.stop()
        first = message.annotations[0].place.start
        self.view.move_caret(max(first, message.line_start))
