"""The card on screen: the source, the passage, and the note once the reader asks for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from reader.session import read_note
from reader.ui.article.note_view import NoteView
from reader.ui.review.card_lines import CardLook, card_passage_lines, other_lines, source_lines
from reader.ui.widgets.lines import Lines
from reader.ui.widgets.passage_lines import BAR

if TYPE_CHECKING:
    from reader.session.review_session import ReviewCard

NOTE = "✎ your note"
"""What stands above a note that is shown."""

NO_NOTE = "✎ no note"
"""What stands in place of a note where there is none."""


class CardView(VerticalScroll, can_focus=False):
    """Shows one card; scrolls where it is longer than the window."""

    note = getters.query_one(NoteView)

    def compose(self) -> ComposeResult:
        """Lay out the source, the passage, and the note or what stands for it."""
        yield Lines(id="card-source")
        yield Lines(id="card-passage")
        yield Static("", id="card-question", markup=False)
        note = NoteView(id="card-note")
        note.can_focus = False
        yield note
        yield Lines(id="card-other")

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
        self.query_one("#card-source", Lines).draw = partial(source_lines, card, look)
        self.query_one("#card-passage", Lines).draw = partial(
            card_passage_lines, card, look, is_shown=is_shown
        )
        other = self.query_one("#card-other", Lines)
        other.display = card.other is not None
        other.draw = partial(other_lines, card, key)
        note = card.annotation.note.strip()
        line = self.query_one("#card-question", Static)
        line.update(question if not is_shown else NOTE if note else NO_NOTE)
        line.set_class(is_shown and bool(note), "-shown")
        self.note.display = is_shown and bool(note)
        if self.note.display:
            self.note.state = read_note(note)
        self.call_after_refresh(self._show_note if is_shown else self._show_passage)

    def _show_passage(self) -> None:
        """Scroll to the first line of the passage, with a line above it, where it is not seen."""
        lines = self.query_one("#card-passage", Lines)
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
