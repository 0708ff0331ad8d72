"""The card on screen: the source, the passage, and the note once the reader asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from reader.core.review_note import without_braces
from reader.session import read_note
from reader.ui.article.note_view import NoteView
from reader.ui.review.card_lines import BAR, CardLook, other_lines, passage_lines, source_lines

if TYPE_CHECKING:
    from reader.session.review_session import ReviewCard

Draw = Callable[[int], Sequence[Content]]
"""Returns the lines of a text in a width."""


NOTE = "✎ your note"
"""What stands above a note that is shown."""

NO_NOTE = "✎ no note"
"""What stands in place of a note where there is none."""


class CardLines(Widget):
    """Shows lines that depend on the width."""

    ALLOW_SELECT = False

    draw: reactive[Draw | None] = reactive[Draw | None](None, layout=True)
    """Returns the lines; None for nothing."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines."""
        return len(self.draw(width)) if self.draw else 0

    def render(self) -> Content:
        """Return the lines."""
        lines = self.draw(self.content_size.width) if self.draw else ()
        return Content("\n").join(lines)


class CardView(VerticalScroll, can_focus=False):
    """Shows one card; scrolls where it is longer than the window."""

    note = getters.query_one(NoteView)

    def compose(self) -> ComposeResult:
        """Lay out the source, the passage, and the note or what stands for it."""
        yield CardLines(id="card-source")
        yield CardLines(id="card-passage")
        yield Static("", id="card-question", markup=False)
        note = NoteView(id="card-note")
        note.can_focus = False
        yield note
        yield CardLines(id="card-other")

    def show(
        self, card: ReviewCard, look: CardLook, question: str, key: str, *, is_shown: bool
    ) -> None:
        """Show a card.

        Args:
            card: The card.
            look: How it is drawn.
            question: What stands for the note while it is not shown.
            key: The key that opens the other statement.
            is_shown: Whether the note and the hidden words are shown.
        """
        self.query_one("#card-source", CardLines).draw = partial(source_lines, card, look)
        self.query_one("#card-passage", CardLines).draw = partial(
            passage_lines, card, look, is_shown=is_shown
        )
        other = self.query_one("#card-other", CardLines)
        other.display = card.other is not None
        other.draw = partial(other_lines, card, key)
        note = without_braces(card.annotation.note).strip()
        line = self.query_one("#card-question", Static)
        line.update(question if not is_shown else NOTE if note else NO_NOTE)
        line.set_class(is_shown and bool(note), "-shown")
        self.note.display = is_shown and bool(note)
        if self.note.display:
            self.note.state = read_note(note)
        self.call_after_refresh(self._show_note if is_shown else self._show_passage)

    def _show_passage(self) -> None:
        """Scroll to the first line of the passage, with a line above it, where it is not seen."""
        lines = self.query_one("#card-passage", CardLines)
        drawn = lines.draw(lines.content_size.width) if lines.draw else ()
        first = next((at for at, line in enumerate(drawn) if line.plain.startswith(BAR)), 0)
        last = next(
            (at for at, line in enumerate(drawn) if at > first and not line.plain.startswith(BAR)),
            first,
        )
        top = lines.virtual_region.y
        if top + last > self.size.height:
            self.scroll_to(y=max(top + first - 1, 0), animate=False)

    def _show_note(self) -> None:
        """Scroll to the note where it is not seen."""
        shown = self.note if self.note.display else self.query_one("#card-question")
        if shown.virtual_region.bottom > self.scroll_offset.y + self.size.height:
            self.scroll_to(y=shown.virtual_region.bottom - self.size.height, animate=False)
