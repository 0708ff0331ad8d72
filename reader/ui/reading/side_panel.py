"""The panel beside the article: its annotations, or its contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.core.document import Document
from reader.paths import styles_folder
from reader.session import ReadingState
from reader.ui.actions import Actions
from reader.ui.article.position import ViewPosition
from reader.ui.compat import load_sheets
from reader.ui.held_input import hold_until
from reader.ui.reading.context import ReadingContext

if TYPE_CHECKING:
    from reader.core.outline import Outline
    from reader.ui.widgets.annotation_list import AnnotationList
    from reader.ui.widgets.contents import Contents

SHEETS = ("row_list.tcss", "panels.tcss")
"""The style sheets of the panels, loaded when the first panel is opened."""


class SidePanel:
    """Opens a panel, and lets the article follow what is highlighted in it."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context
        self._panel: AnnotationList | Contents | None = None
        self._position = ViewPosition()  # where the article was when the panel was opened
        self._outline: tuple[Document, Outline] | None = None

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"annotations": self.toggle_annotations, "contents": self.toggle_contents}

    @property
    def outline(self) -> Outline:
        """The headings of the document."""
        from reader.core.outline import Outline  # noqa: PLC0415  (on demand)

        document = self._context.state.document
        if self._outline is None or self._outline[0] is not document:
            self._outline = (document, Outline(document))
        return self._outline[1]

    def toggle_annotations(self) -> None:
        """Open the list of annotations, or close it."""
        from reader.ui.widgets.annotation_list import AnnotationList  # noqa: PLC0415  (on demand)

        at_caret = self._context.at_caret
        host = self._context.host
        current = at_caret[0].id if at_caret else ""
        self._toggle(AnnotationList(host.tags, host.settings.statuses, current=current))

    def toggle_contents(self) -> None:
        """Open the contents, or close them."""
        from reader.ui.widgets.contents import Contents  # noqa: PLC0415  (on demand)

        self._toggle(Contents(self.outline, self._context.view.caret))

    def _toggle(self, panel: AnnotationList | Contents) -> None:
        """Open a panel in place of the open one; where both are of one kind, only close that."""
        context, old = self._context, self._panel
        self.close()
        if type(old) is type(panel):
            return
        load_sheets(context.screen.app, [styles_folder() / name for name in SHEETS])
        self._position = context.view.position
        panel.state = context.state
        self._panel = panel
        hold_until(context.screen, context.screen.mount(panel, before="#bar"))
        panel.focus()

    def show_state(self, state: ReadingState) -> None:
        """Show a new state of the article in the panel."""
        if self._panel is not None:
            self._panel.state = state

    def highlight(self, annotation_id: str) -> None:
        """Highlight an annotation in the list of annotations, where that is open."""
        from reader.ui.widgets.annotation_list import AnnotationList  # noqa: PLC0415  (on demand)

        if isinstance(self._panel, AnnotationList):
            self._panel.rows.highlight_key(annotation_id)

    def close(self) -> None:
        """Close the panel."""
        if self._panel is not None:
            self._panel.remove()
            self._panel = None
            self._context.view.focus()

    def leave(self, *, is_accepted: bool) -> None:
        """Close the panel as the reader asks.

        Args:
            is_accepted: Whether to stay where the panel led, and not to return to where the
                article was when it was opened.
        """
        self.close()
        if is_accepted:
            self._context.record_jump(self._position)
        else:
            self._context.view.return_to(self._position)

    def show_annotation(self, annotation_id: str) -> None:
        """Show the annotation that is highlighted in the list."""
        view, state = self._context.view, self._context.state
        annotation = state.by_id.get(annotation_id)
        if annotation is None:
            return
        self._context.note_jump()
        if annotation.is_orphaned or view.origin is not None:
            # A selection stays as it is: an annotation may be about to be attached to it.
            view.viewport.show(state.document.clamp(annotation.place.start), at_third=True)
        else:
            view.move_caret(annotation.place.start, at_third=True)

    def show_heading(self, offset: int) -> None:
        """Show the heading that is highlighted in the contents."""
        self._context.note_jump()
        self._context.view.move_caret(offset, at_third=True)
