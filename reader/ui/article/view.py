"""The article on screen: a caret, a selection, motions and the mouse, over its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.geometry import Region
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.core.annotation import STANDARD_TAGS, Annotation, Tag
from reader.core.claims import STANDARD_STATUSES, ClaimStatus
from reader.core.document import Document, Span, TextRange
from reader.session import ReadingState
from reader.ui.article.hints import Hint, with_hints
from reader.ui.article.mouse import Mouse
from reader.ui.article.painter import Painter
from reader.ui.article.position import ViewPosition
from reader.ui.article.window import WidgetWindow
from reader.ui.messages import CaretMoved, ReaderMoved, SelectionChanged
from reader.ui.painting.line_motion import LineMotion
from reader.ui.painting.note_card import has_notes
from reader.ui.painting.view_state import ViewState
from reader.ui.painting.viewport import CONTEXT_LINES, Viewport
from reader.ui.strips import rich_style

if TYPE_CHECKING:
    from reader.core.article_diff import Part
    from reader.core.motions import Motions
    from reader.core.units import Units


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a document with its annotations; holds the caret and the selection.

    It has none of Textual's keys for scrolling, which would leave the caret behind.
    """

    ALLOW_SELECT = False  # Textual's own selection knows cells, ours knows offsets
    ABOVE: ClassVar[int] = 1
    """Empty lines above the article."""
    BELOW: ClassVar[int] = 2
    """Empty lines below it."""
    SHOWS_CARET: ClassVar[bool] = True
    """Whether the caret is drawn."""

    state: var[ReadingState | None] = var[ReadingState | None](None)
    """The document and its annotations; given by the screen."""
    column: var[int] = var(72)
    """The column's width in cells; it is narrower where the screen is."""
    notes_side: reactive[str] = reactive("")
    """The side on which notes stand, see ``config.SIDES``; empty where they are not shown."""
    caret: reactive[int] = reactive(0)
    """Offset of the character under the caret."""
    origin: reactive[int | None] = reactive[int | None](None)
    """Where the selection began; None while nothing is being selected."""
    hits: reactive[tuple[TextRange, ...]] = reactive[tuple[TextRange, ...]](())
    """What the search found, in order."""
    current_hit: reactive[TextRange | None] = reactive[TextRange | None](None)
    """The hit that the search is at."""
    just_made: reactive[str] = reactive("")
    """The id of the annotation that was made at the caret, until the caret moves; else empty."""
    suggestions: reactive[tuple[TextRange, ...]] = reactive[tuple[TextRange, ...]](())
    """The quotations that are suggested, in order."""
    changes: reactive[tuple[Part, ...]] = reactive[tuple["Part", ...]](())
    """What differs from another version of the article, in order."""
    chosen: reactive[TextRange | None] = reactive[TextRange | None](None)
    """The sentence that was chosen by its letters, which a tag marks, until the caret moves."""
    link_hints: reactive[tuple[Hint[Span], ...]] = reactive[tuple[Hint[Span], ...]](())
    """The letters over links while the reader chooses a link."""
    sentence_hints: reactive[tuple[Hint[TextRange], ...]] = reactive[tuple[Hint[TextRange], ...]](
        ()
    )
    """The letters before sentences while the reader chooses a sentence."""
    typed: reactive[str] = reactive("")
    """The letters that were typed so far."""

    def __init__(
        self,
        tags: Sequence[Tag] = STANDARD_TAGS,
        statuses: Sequence[ClaimStatus] = STANDARD_STATUSES,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Make an empty view.

        Args:
            tags: The tags that have a glyph and a colour.
            statuses: The statuses of claims.
            id: The widget's id.
        """
        super().__init__(id=id)
        self.viewport = Viewport(
            WidgetWindow(self), above=self.ABOVE, below=self.BELOW, on_move=self._post_caret_moved
        )
        """Which lines are on screen."""
        self.painter = Painter(self, tags, statuses)
        """What draws them."""
        self._mouse = Mouse(self, self.viewport, self)
        self._line_motion = LineMotion(self.viewport)
        self._units: Units | None = None
        self._frame: ViewState | None = None  # what is being drawn just now
        self._in_sight: TextRange | None = None

    @property
    def document(self) -> Document:
        """The document on screen."""
        assert self.state is not None
        return self.state.document

    @property
    def units(self) -> Units:
        """Words, sentences and paragraphs of the document."""
        from reader.core.units import Units  # noqa: PLC0415  (after the first screen)

        if self._units is None:
            self._units = Units(self.document)
        elif self._units.document is not self.document:
            self._units = self._units.extended(self.document)
        return self._units

    def watch_state(self, before: ReadingState | None, state: ReadingState | None) -> None:
        """Show another state; lay the document out where it grew or is another."""
        self._make_room()
        if state is None or (before is not None and before.document is state.document):
            self.refresh()
            return
        if before is None:
            self.viewport.top = state.document.clamp(state.article.position)
            self.caret = state.document.clamp(state.article.caret)
        self.viewport.column = self.column
        self.viewport.lay_out(state.document, grown_from=before.document if before else None)
        if before is None and self.size.width:
            self.bring_caret_along()  # the screen may be smaller than it was

    def watch_notes_side(self) -> None:
        """Move the column aside for the notes, or back."""
        self._make_room()
        if self.state is not None and self.size.width:
            self._post_caret_moved()  # the bar has the note where the margin has it not

    def _make_room(self) -> None:
        """Let the column move aside where there is something to show beside it."""
        shows_notes = self.state is not None and has_notes(self.state)
        self.viewport.notes_side = self.notes_side if shows_notes else ""

    def watch_column(self) -> None:
        """Lay the article out in another width."""
        self._lay_out_again()

    def on_resize(self) -> None:
        """Fit the column to the screen."""
        self._lay_out_again()

    def _lay_out_again(self) -> None:
        """Lay the article out where its width has changed, with the same text at the top."""
        self.viewport.column = self.column
        if self.state is not None and self.size.width:
            self.viewport.lay_out(self.document)
            self._show_in_sight()
            self.bring_caret_along()

    # Caret and selection

    @property
    def selection(self) -> TextRange | None:
        """What is selected; None where nothing is, or the selection is still empty."""
        if self.origin is None or self.origin == self.caret:
            return None
        return TextRange(min(self.origin, self.caret), max(self.origin, self.caret))

    def select(self, selection: TextRange | None) -> None:
        """Select a range, with the caret at its end; None selects nothing."""
        self.chosen = None
        if selection is None:
            self.origin = None
        else:
            self.origin = selection.start
            self.move_caret(selection.end)

    def choose(self, sentence: TextRange) -> None:
        """Put the caret on a sentence and show it as what a tag marks, or extend the selection."""
        if self.origin is not None:
            self.move_caret(sentence.end if sentence.end > self.origin else sentence.start)
            return
        self.move_caret(sentence.start)
        self.chosen = sentence

    def move_caret(self, offset: int, *, extend: bool = False, at_third: bool = False) -> None:
        """Move the caret, and scroll to it.

        Args:
            offset: Where to.
            extend: Begin a selection at the caret where there is none.
            at_third: As for ``Viewport.show``.
        """
        if extend and self.origin is None:
            self.origin = self.caret
        self.caret = self.document.clamp(offset)
        self._line_motion.forget_goal()
        self.viewport.show(self.caret, at_third=at_third)
        self._post_caret_moved()

    def move(self, motion: str, *, extend: bool = False) -> None:
        """Carry out a motion.

        Args:
            motion: A name of ``Motions``, or a motion by lines or pages such as ``page_down``.
            extend: Whether it begins or extends a selection.
        """
        if extend and self.origin is None:
            self.origin = self.caret
        page = max(self.size.height - CONTEXT_LINES, 1)
        lines = {
            "line_down": 1,
            "line_up": -1,
            "page_down": page,
            "page_up": -page,
            "half_down": page // 2,
            "half_up": -(page // 2),
        }.get(motion)
        if lines is None:
            target = self._motions().target(motion, self.caret, origin=self.origin)
            self.move_caret(target, at_third=motion.endswith(("heading", "annotation")))
        else:
            self.caret = self._line_motion.move(
                self.caret, lines, self._motions(), is_selecting=self.origin is not None
            )
            self._post_caret_moved()

    def _motions(self) -> Motions:
        from reader.core.motions import Motions  # noqa: PLC0415  (after the first screen)

        assert self.state is not None
        return Motions(self.units, self.viewport.layout, self.state.annotations)

    @property
    def position(self) -> ViewPosition:
        """The caret, and which part of the article is on screen."""
        return ViewPosition(self.caret, self.viewport.top, self.viewport.blank_lines)

    def return_to(self, position: ViewPosition) -> None:
        """Go back to a position, with the same text at the top."""
        self.put_back(position)
        self.call_after_refresh(self.viewport.show, self.caret)

    def put_back(self, position: ViewPosition) -> None:
        """Go back to a position in a screen that is about to have the size that it had there."""
        self.caret = position.caret
        self._line_motion.forget_goal()
        self.viewport.scroll_to_text(position.top, position.above)
        self._post_caret_moved()

    def keep_in_sight(self, passage: TextRange | None) -> None:
        """Show a passage with the caret at its start, at every size of the screen, until None."""
        self._in_sight = passage
        self._show_in_sight()

    def _show_in_sight(self) -> None:
        if self._in_sight is not None:
            self.viewport.show(self.document.clamp(self._in_sight.end - 1))
            self.move_caret(self._in_sight.start)

    def bring_caret_along(self) -> None:
        """Keep the caret on screen after the article was scrolled without it."""
        if self.origin is None and self.document.text:
            caret = self._line_motion.brought_along(self.caret)
            if caret != self.caret:
                self.caret = caret
                self._post_caret_moved()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Note which text is at the top, and keep the caret on screen."""
        super().watch_scroll_y(old_value, new_value)
        y = round(new_value)
        if y != round(old_value) and self.viewport.on_scroll(y):
            if not self.viewport.is_scrolling:
                self.bring_caret_along()
            self._post_caret_moved()

    def watch_caret(self) -> None:
        """Post that the selection follows the caret; forget what was made where it was."""
        self.just_made, self.chosen = "", None
        if self.origin is not None:
            self.post_message(SelectionChanged(self.selection))

    def watch_origin(self) -> None:
        """Post that selecting began or ended."""
        self.chosen = None
        self.post_message(SelectionChanged(self.selection))

    def watch_chosen(self) -> None:
        """Post that a tag marks another passage."""
        self.post_message(SelectionChanged(self.selection))

    def _post_caret_moved(self) -> None:
        visible = self.viewport.on_screen
        self.post_message(CaretMoved(self.caret, visible.start, visible.end))

    # Painting

    def notify_style_update(self) -> None:
        """Take the colours of another theme."""
        super().notify_style_update()
        self.painter.forget_colours()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a frame, all of them drawn from the same state."""
        self._frame = self._view_state() if self.state is not None else None
        try:
            return super().render_lines(crop)
        finally:
            self._frame = None

    def render_line(self, y: int) -> Strip:
        """Return one line of the widget, with letters over it."""
        palette = self.painter.palette
        if self.state is None:
            return Strip.blank(self.size.width, rich_style(palette.base))
        view = self._frame or self._view_state()
        strip = self.painter.strip(view, y + self.viewport.first_line)
        shown: tuple[Hint[Any], ...] = (*self.link_hints, *self.sentence_hints)
        hints = [hint for hint in shown if hint.y == y]
        return with_hints(strip, hints, self.typed, palette) if hints else strip

    def _view_state(self) -> ViewState:
        assert self.state is not None
        columns = self.viewport.columns
        return ViewState(
            self.state,
            self.viewport.layout,
            self.size.width,
            columns.text_left,
            columns.text_width,
            self.caret,
            self.SHOWS_CARET,
            self.selection or self.chosen,
            self.hits,
            self.current_hit,
            self.suggestions,
            self.changes,
            self.just_made,
            columns.notes,
            self.viewport.first_line,
            self.viewport.height,
        )

    # The mouse

    def annotations_at_sign(self, x: int, y: int) -> tuple[Annotation, ...]:
        """Return the annotations whose sign is at a cell of the widget, beside the article."""
        line = y + self.viewport.first_line
        return self.painter.annotations_at_sign(self._view_state(), x, line)

    def note_at(self, x: int, y: int) -> Annotation | None:
        """Return the annotation whose note stands at a cell of the widget, or None."""
        return self.painter.note_at(self._view_state(), x, y)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select, or extend what is selected with shift."""
        if self.state is not None:
            self._mouse.press(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the character under the mouse."""
        self._mouse.drag(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End selecting."""
        self._mouse.release(event)
        self.post_message(ReaderMoved())

    def on_mouse_scroll_down(self) -> None:
        """Post that the reader moves on."""
        self.post_message(ReaderMoved())

    def on_mouse_scroll_up(self) -> None:
        """Post that the reader moves back."""
        self.post_message(ReaderMoved())

    def on_scroll_to(self) -> None:
        """Post that the reader moves with the scrollbar."""
        self.post_message(ReaderMoved())

    def on_click(self, event: events.Click) -> None:
        """Select a word by a double click, a sentence by a triple click."""
        if self.state is not None:
            self._mouse.click(event)
