"""Showing the notes that were found: rows, their number, mistakes of the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from reader.core.text_formatting import counted
from reader.ui.notes.arrangement import Grouping
from reader.ui.notes.arranging import described
from reader.ui.notes.context import DeskContext
from reader.ui.notes.listing import NotesAnswered, Question, lit_terms
from reader.ui.widgets.list_page import IndexLine, ProblemLine
from reader.ui.widgets.query_field import FaultLine

if TYPE_CHECKING:
    from reader.ui.notes.changing import StepProgressed

FIRST_STEPS = (
    "No annotations yet.\n\n"
    "Open an article ({library} lists them), select a passage and press {tag.1}, {tag.2} or"
    " {tag.3}. "
    "The annotation then appears here, with the note that you wrote."
)
"""The text of an empty list."""


class Answers:
    """Shows answers in the list, and what is to be said of them around it."""

    def __init__(self, context: DeskContext) -> None:
        """Show nothing yet."""
        self._context = context
        self._total = 0  # how many notes the library has
        self._changing = ""  # in which of how many articles notes are being changed
        self._is_at_top = False  # until the reader moves, or all notes are there
        self.kept_note = ""
        """The id of the note to highlight once it is listed; empty for the first."""

    def show(self, message: NotesAnswered) -> None:
        """Show the notes, and what could not be read."""
        screen, rows, question = self._context.screen, self._context.rows, message.question
        screen.query_one(IndexLine).show(message.progress)
        if message.is_complete:
            folder = str(self._context.session.folder)
            screen.query_one(ProblemLine).show(message.problems, folder)
        self._total = message.total
        is_other = rows.question != question
        rows.question = question
        rows.terms = tuple(dict.fromkeys(lit_terms(message.query.tree)))
        rows.is_by_article = question.grouping is Grouping.ARTICLE
        rows.placeholder = Content(self._why_empty(message))
        begins = is_other or (self._is_at_top and rows.highlighted <= 0)
        rows.show_groups(message.groups.rows, message.groups.headings)
        self._highlight(begins=begins, is_complete=message.is_complete)
        if message.is_complete:
            rows.read_again()
        screen.query_one(FaultLine).show(message.query.faults, with_unfinished=True)

    def _highlight(self, *, begins: bool, is_complete: bool) -> None:
        """Highlight the note of the last time, else the first, until the reader goes to another."""
        rows = self._context.rows
        if self.kept_note:
            if rows.highlight_key(self.kept_note) or is_complete:
                self.kept_note = ""
        elif begins:
            self._is_at_top = not is_complete
            rows.highlighted = 0

    def note_move(self) -> None:
        """Note that the reader went to another row."""
        self._is_at_top = False

    def _why_empty(self, message: NotesAnswered) -> str:
        if message.question.text.strip():
            return "No note is what the query asks for; esc shows all."
        return self._context.with_keys(FIRST_STEPS) if message.is_complete else ""

    def note_progress(self, message: StepProgressed) -> None:
        """Note how far a change of many notes has come."""
        is_done = message.done == message.total
        self._changing = "" if is_done else f"{message.done + 1:,} of {message.total:,}"

    def show_summary(self, question: Question, search: str) -> None:
        """Show how many notes there are, and how they are arranged.

        Args:
            question: What is asked.
            search: The name of the saved search that this is; empty where it is none.
        """
        screen, rows = self._context.screen, self._context.rows
        selected = sum(row.id in rows.selected for row in rows.rows) if rows.selected else 0
        shown, total = len(rows.rows), counted(self._total, "note")
        parts = (
            f"changing article {self._changing}" if self._changing else "",
            f"{selected:,} selected" if selected else "",
            f"{shown:,} of {total}" if question.text.strip() else total,
        )
        summary = " · ".join(filter(None, parts))
        screen.query_one(".heading-summary", Static).update(summary)
        title = f"{search}: {described(question)}" if search else described(question)
        screen.query_one("#list-title", Static).update(Content(title))
