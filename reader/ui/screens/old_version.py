"""The article as it was when annotations were made on it; nothing can be changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from reader.core.text_formatting import one_line, page_label
from reader.paths import styles_folder
from reader.ui.article.view import ArticleView
from reader.ui.commands import OLD_VERSION, bindings_of
from reader.ui.messages import (
    AnnotationClicked,
    CaretMoved,
    ChangeRange,
    CompareAnnotation,
    DeleteAnnotation,
    EditAnnotation,
    PutBack,
    SelectionChanged,
)
from reader.ui.screens.article_screen import ArticleScreen
from reader.ui.screens.panels import WIDE, Panels
from reader.ui.screens.searching import Searching
from reader.ui.screens.selecting import Selecting
from reader.ui.widgets.row_list import sanitise_content
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from textual.message import Message

    from reader.session import LoadingArticle
    from reader.session.versions import Version

READ_ONLY = "This is an old version; nothing can be changed here. {back} goes back."
"""What is said where someone tries to."""


class OldVersionScreen(Selecting, Searching, Panels):
    """Shows an earlier text of an article, with what was marked on it."""

    CSS_PATH: ClassVar = [
        str(styles_folder() / "reading.tcss"),
        str(styles_folder() / "old_version.tcss"),
    ]
    SCOPED_CSS = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(OLD_VERSION)]
    HELP_NAME = OLD_VERSION
    AUTO_FOCUS = "ArticleView"

    def __init__(
        self, loading_article: LoadingArticle, version: Version, *, goes_to: str = ""
    ) -> None:
        """Show a version.

        Args:
            loading_article: Its text and the annotations that were made on it.
            version: Which one.
            goes_to: The annotation to begin at; empty for the first.
        """
        super().__init__(loading_article, goes_to=goes_to)
        self._version = version

    def compose(self) -> ComposeResult:
        """Lay out the title, the article and the status line."""
        yield Static(id="version-title", markup=False)
        view = ArticleView(self.host.tags)
        view.set_reactive(ArticleView.column, self.host.settings.column)
        yield view.data_bind(state=ArticleScreen.state)
        hints = self.with_keys("nothing can be changed here · {back} back · {help} help")
        yield Static(hints, id="bar", markup=False)
        yield StatusLine()

    def on_mount(self) -> None:
        """Say which version this is, and show it at an annotation."""
        version, article = self._version, self.now.article
        title = one_line(article.metadata.title or article.source, 80)
        self.query_one("#version-title", Static).update(
            Content.assemble(
                ("Old version ", "bold $warning"),
                (f"as it was on {version.day}", "bold $heading"),
                (
                    sanitise_content(Content(f" · {version.described} · {title}"), 400).plain,
                    "$faint",
                ),
            )
        )
        self.query_one(StatusLine).save = self.host.session.writer.status
        self.show_state()
        annotation = self.now.by_id.get(self.goes_to) or next(iter(self.now.annotations), None)
        if annotation is not None:
            self.call_after_refresh(self.view.move_caret, annotation.place.start, at_third=True)

    def on_resize(self, event: events.Resize) -> None:
        """Put panels below the article where there is no room beside it."""
        self.set_class(event.size.width < WIDE, "-narrow")

    def on_caret_moved(self, message: CaretMoved) -> None:
        """Show where one is."""
        message.stop()
        document, status = self.now.document, self.query_one(StatusLine)
        status.page = page_label(document.page_at(message.caret))
        status.percent = min(message.bottom * 100 // max(len(document.text), 1), 100)
        status.section = document.metadata.title or self.now.article.source

    def on_selection_changed(self, message: SelectionChanged) -> None:
        """Take no notice: there is nothing to tag here."""
        message.stop()

    def on_edit_annotation(self, message: EditAnnotation) -> None:
        """Say that nothing can be changed."""
        self._refuse(message)

    def on_delete_annotation(self, message: DeleteAnnotation) -> None:
        """Say that nothing can be changed."""
        self._refuse(message)

    def on_put_back(self, message: PutBack) -> None:
        """Say that nothing can be changed."""
        self._refuse(message)

    def on_change_range(self, message: ChangeRange) -> None:
        """Say that nothing can be changed."""
        self._refuse(message)

    def on_compare_annotation(self, message: CompareAnnotation) -> None:
        """Say that nothing can be changed."""
        self._refuse(message)

    def on_annotation_clicked(self, message: AnnotationClicked) -> None:
        """Go to what was clicked."""
        message.stop()
        self.view.move_caret(message.offset)

    def _refuse(self, message: Message) -> None:
        message.stop()
        self.say(self.with_keys(READ_ONLY))

    # What one can do

    def action_move(self, motion: str) -> None:
        """Carry out a motion."""
        if motion == "page_up_or_word":
            motion = "previous_word" if self.view.origin is not None else "page_up"
        self.view.move(motion)

    def action_extend(self, motion: str) -> None:
        """Carry out a motion that selects."""
        self.view.move(motion, extend=True)

    def action_select(self) -> None:
        """Start selecting at the caret, or stop."""
        self.view.origin = self.view.caret if self.view.origin is None else None

    def action_let_go(self) -> None:
        """Let go of the selection; where there is none, of the search hits."""
        if self.view.origin is None:
            self.view.hits, self.view.current_hit = (), None
        self.view.select(None)

    def action_column(self, cells: int) -> None:
        """Make the column wider or narrower, and keep that."""
        self.view.column = self.host.change_column(cells)

    def action_back(self) -> None:
        """Go back to the article as it is."""
        self.dismiss()
