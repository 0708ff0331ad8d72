"""The detail of the highlighted note: the passage in its text, the whole note, evidence, source."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.core.surroundings import marked_surroundings
from reader.session import AnnotationSummary, read_note
from reader.ui.article.note_view import NoteView
from reader.ui.notes.detail_lines import Facts, passage_lines, source_lines, title_line
from reader.ui.notes.note_lines import NoteLook
from reader.ui.widgets.lines import Lines
from reader.ui.widgets.passage_lines import BAR
from reader.ui.widgets.row_list import sanitise_content
from reader.ui.widgets.scroll_box import ScrollBox

LONGEST_TITLE = 400
"""The most cells of the title."""


class NoteDetail(Vertical):
    """Shows one note; empty while there is none."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self._shown: AnnotationSummary | None = None

    def compose(self) -> ComposeResult:
        """Lay out the title, the passage, the note, and the source."""
        yield Static(id="detail-title", classes="pane-title", markup=False)
        with ScrollBox(id="detail-body"):
            yield Lines(id="detail-passage")
            note = NoteView(id="detail-note")
            note.can_focus = False
            yield note
            yield Lines(id="detail-source")

    def show(
        self, summary: AnnotationSummary | None, facts: Facts | None, place: str, look: NoteLook
    ) -> None:
        """Show a note.

        Args:
            summary: The note; None for none.
            facts: What was read besides; None while it is being read.
            place: Which of how many notes it is, such as ``3 of 14``.
            look: How notes are drawn.
        """
        title = self.query_one("#detail-title", Static)
        note_view = self.query_one(NoteView)
        if summary is None:
            title.update("")
            self.query_one("#detail-passage", Lines).draw = None
            self.query_one("#detail-source", Lines).draw = None
            note_view.display = False
            self._shown = None
            return
        known = facts or Facts(marked_surroundings(summary.annotation.selector))
        title.update(sanitise_content(title_line(summary, place, look), LONGEST_TITLE))
        passage = partial(_passage, summary, known, look)
        self.query_one("#detail-passage", Lines).draw = passage
        self.query_one("#detail-source", Lines).draw = partial(_source, summary, known, look)
        before, self._shown = self._shown, summary
        if before is None or before.annotation.note != summary.annotation.note:
            note = summary.annotation.note.strip()
            note_view.display = bool(note)
            if note:
                note_view.state = read_note(note)
        if before is None or before.annotation.id != summary.annotation.id:
            self.call_after_refresh(self._show_passage)

    def _show_passage(self) -> None:
        """Scroll to the passage, with a line above it; to the top where all of it is shown so."""
        body, passage = self.query_one(ScrollBox), self.query_one("#detail-passage", Lines)
        lines = passage.draw(passage.content_size.width) if passage.draw else ()
        marked = [at for at, line in enumerate(lines) if line.plain.startswith(BAR)]
        is_seen = not marked or marked[-1] < body.size.height
        body.scroll_to(y=0 if is_seen else max(marked[0] - 1, 0), animate=False)


def _passage(
    summary: AnnotationSummary, facts: Facts, look: NoteLook, width: int
) -> Sequence[Content]:
    return passage_lines(summary, facts.surroundings, width, look)


def _source(
    summary: AnnotationSummary, facts: Facts, look: NoteLook, width: int
) -> Sequence[Content]:
    return source_lines(summary, facts, width, look)
