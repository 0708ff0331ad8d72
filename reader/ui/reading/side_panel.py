"""The panel beside the article: its annotations, or its contents."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING

from reader.config import ANNOTATIONS_PANEL, CONTENTS_PANEL, NO_PANEL
from reader.core.document import Document
from reader.paths import styles_folder
from reader.session import ReadingState
from reader.ui.actions import Actions
from reader.ui.article.position import ViewPosition
from reader.ui.compat import load_sheets
from reader.ui.held_input import hold_until
from reader.ui.painting.columns import has_room_for_panel, panel_width
from reader.ui.reading.context import ReadingContext

if TYPE_CHECKING:
    from textual.geometry import Size

    from reader.core.outline import Outline
    from reader.ui.article.view import ArticleView
    from reader.ui.widgets.annotation_list import AnnotationList
    from reader.ui.widgets.contents import Contents

NEAR = 100
"""Among how many annotations before the caret one is looked for that has a place."""

SHEETS = ("row_list.tcss", "docked.tcss", "panels.tcss")
"""The style sheets of the panels, loaded when the first panel is opened."""


class SidePanel:
    """Opens a panel, lets the article follow what is highlighted in it, and the panel the caret."""

    def __init__(self, context: ReadingContext, *, is_read_only: bool = False) -> None:
        """Open no panel yet.

        Args:
            context: The open article.
            is_read_only: Whether nothing can be changed there; no panel is remembered then.
        """
        self._context = context
        self._is_read_only = is_read_only
        self._panel: AnnotationList | Contents | None = None
        self._name = NO_PANEL
        self._last_name = ANNOTATIONS_PANEL
        self._position = ViewPosition()  # where the article was when the panel got the focus
        self._outline: tuple[Document, Outline] | None = None

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        exporting: Actions = {} if self._is_read_only else {"export": self.export}
        return {
            **exporting,
            "annotations": partial(self.toggle, ANNOTATIONS_PANEL),
            "contents": partial(self.toggle, CONTENTS_PANEL),
            "panel": self.enter,
        }

    @property
    def outline(self) -> Outline:
        """The headings of the document."""
        from reader.core.outline import Outline  # noqa: PLC0415  (on demand)

        document = self._context.state.document
        if self._outline is None or self._outline[0] is not document:
            self._outline = (document, Outline(document))
        return self._outline[1]

    def toggle(self, name: str) -> None:
        """Open a panel in place of the open one; close it where it is open."""
        is_open = self._name == name
        self.close()
        if not is_open:
            self._open(name)
        self._remember()

    def enter(self) -> None:
        """Go to the panel, or open the last one; from a line of text, go to the article."""
        if not self._context.view.has_focus:
            self._context.view.focus()
        elif self._panel is None:
            self.toggle(self._last_name)
        else:
            self._position = self._context.view.position
            self._panel.focus()

    def export(self) -> None:
        """Export what the panel shows, if that leaves annotations out; else the article's."""
        from reader.ui.widgets.annotation_list import AnnotationList  # noqa: PLC0415  (on demand)

        panel = self._panel
        seen = panel.shown_part if isinstance(panel, AnnotationList) else None
        self._context.host.export(self._context.state.article.id, seen)

    def keep_room(self, view: ArticleView) -> None:
        """Keep room beside an article that is not drawn yet for the panel that stood there last."""
        if self._context.host.settings.panel:
            view.styles.margin = (0, panel_width(self._context.screen.app.size.width), 0, 0)

    def open_remembered(self) -> None:
        """Open the panel that stood beside the article last, where it may stay open."""
        name = self._context.host.settings.panel
        if name and self._panel is None and has_room_for_panel(self._context.screen.size.width):
            self._open(name, takes_focus=False)
        self._context.view.styles.margin = 0

    def _open(self, name: str, *, takes_focus: bool = True) -> None:
        context = self._context
        load_sheets(context.screen.app, [styles_folder() / sheet for sheet in SHEETS])
        self._position = context.view.position
        panel = self._made(name, takes_focus=takes_focus)
        panel.state = context.state
        self._panel, self._name, self._last_name = panel, name, name
        hold_until(context.screen, context.screen.mount(panel, before="#bar"))

    def _made(self, name: str, *, takes_focus: bool) -> AnnotationList | Contents:
        context = self._context
        if name == CONTENTS_PANEL:
            from reader.ui.widgets.contents import Contents  # noqa: PLC0415  (on demand)

            return Contents(self.outline, context.view.caret, takes_focus=takes_focus)
        from reader.ui.widgets.annotation_list import AnnotationList  # noqa: PLC0415  (on demand)

        host = context.host
        return AnnotationList(
            host.tags,
            host.settings.statuses,
            current=self._present(context.view.caret),
            takes_focus=takes_focus,
            is_read_only=self._is_read_only,
        )

    def _remember(self) -> None:
        if not self._is_read_only and has_room_for_panel(self._context.screen.size.width):
            self._context.host.remember_panel(self._name)

    def fit(self, size: Size) -> None:
        """Close a panel that the reader has left, in a window where it cannot stay open."""
        if (
            self._panel is not None
            and not has_room_for_panel(size.width)
            and not self._panel.has_focus_within
        ):
            self.close()

    def follow(self, caret: int) -> None:
        """Highlight in the panel what is at the caret, unless the panel has the focus."""
        from reader.ui.widgets.annotation_list import AnnotationList  # noqa: PLC0415  (on demand)

        if self._panel is None:
            return
        if isinstance(self._panel, AnnotationList):
            self._panel.current = self._present(caret)
        else:
            self._panel.follow(caret)

    def _present(self, caret: int) -> str:
        """Return the id of the annotation at the caret, else of the last one before it."""
        at_caret = self._context.at_caret
        if at_caret:
            return at_caret[0].id
        annotations = self._context.state.annotations
        after = bisect_right(annotations, caret, key=lambda each: each.place.start)
        before = reversed(annotations[max(after - NEAR, 0) : after])
        return next((each.id for each in before if not each.is_orphaned), "")

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
            self._panel, self._name = None, NO_PANEL
            self._context.view.focus()

    def leave(self, *, is_accepted: bool, may_stay: bool = False) -> None:
        """Go back to the article as the reader asks.

        Args:
            is_accepted: Whether to stay where the panel led, and not to return to where the
                article was when the panel got the focus.
            may_stay: Whether the panel stays open where there is room.
        """
        if may_stay and has_room_for_panel(self._context.screen.size.width):
            self._context.view.focus()
        else:
            self.close()
            self._remember()
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
