"""The panels beside the article: its annotations and its contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from reader.core.document import Document
from reader.paths import styles_folder
from reader.session import ReadingState
from reader.ui.article.position import ViewPosition
from reader.ui.compat import load_sheets
from reader.ui.messages import AnnotationHighlighted, HeadingHighlighted, PanelClosed
from reader.ui.screens.article_screen import ArticleScreen

if TYPE_CHECKING:
    from reader.core.outline import Outline

WIDE = 110
"""From this width on, in cells, a panel stands beside the article and not below it."""


SHEETS = ("row_list.tcss", "panels.tcss")
"""The style sheets of the panels, loaded when one is first opened."""


class Panels(ArticleScreen):
    """The part of the reading screen that opens and follows the panels."""

    _panel: Widget | None = None
    _left_at: ViewPosition = ViewPosition()
    _outline: tuple[Document, Outline] | None = None

    @property
    def outline(self) -> Outline:
        """The headings of the document."""
        from reader.core.outline import Outline  # noqa: PLC0415  (on demand)

        document = self.now.document
        if self._outline is None or self._outline[0] is not document:
            self._outline = (document, Outline(document))
        return self._outline[1]

    def action_annotations(self) -> None:
        """Open the list of annotations, or close it."""
        from reader.ui.widgets.annotation_list import AnnotationList  # noqa: PLC0415  (on demand)

        around = self.now.at(self.view.caret)
        panel = AnnotationList(self.host.tags, current=around[0].id if around else "")
        panel.state = self.state
        self._toggle_panel(panel)

    def action_contents(self) -> None:
        """Open the contents, or close them."""
        from reader.ui.widgets.contents import Contents  # noqa: PLC0415  (on demand)

        panel = Contents(self.outline, self.view.caret)
        panel.state = self.state
        self._toggle_panel(panel)

    def show_in_panel(self, state: ReadingState) -> None:
        """Show a new state in the list of annotations, where it is open."""
        if self._panel is not None and hasattr(self._panel, "state"):
            self._panel.state = state

    def _toggle_panel(self, panel: Widget) -> None:
        old = self._panel
        self._close_panel()
        if type(old) is type(panel):
            return
        load_sheets(self.app, [styles_folder() / name for name in SHEETS])
        self._left_at = self.view.position
        self._panel = panel
        self.mount(panel, before="#bar")
        panel.focus()

    def _close_panel(self) -> None:
        if self._panel is not None:
            self._panel.remove()
            self._panel = None
            self.view.focus()

    def on_panel_closed(self, message: PanelClosed) -> None:
        """Close the panel; go back to where the article was unless the new place was wanted."""
        message.stop()
        self._close_panel()
        if message.is_accepted:
            self.host.way.leave(self, self._left_at)
        else:
            self.view.return_to(self._left_at)

    def on_annotation_highlighted(self, message: AnnotationHighlighted) -> None:
        """Show the annotation that the list points at."""
        message.stop()
        annotation = self.now.by_id.get(message.annotation_id)
        if annotation is None:
            return
        if annotation.is_orphaned or self.view.origin is not None:
            # A selection stays what it is: it may be where an annotation is to be put back.
            self.view.viewport.show(self.now.document.clamp(annotation.place.start), at_third=True)
        else:
            self.view.move_caret(annotation.place.start, at_third=True)

    def on_heading_highlighted(self, message: HeadingHighlighted) -> None:
        """Show the heading that the contents point at."""
        message.stop()
        self.view.move_caret(message.offset, at_third=True)
