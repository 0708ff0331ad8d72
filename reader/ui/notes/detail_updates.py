"""Keeping the detail at the highlighted note; what takes reading follows a moment later."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from reader.core.evidence import Evidence, evidence_in
from reader.errors import ReaderError
from reader.session import AnnotationSummary
from reader.ui.notes.context import DeskContext
from reader.ui.notes.detail import NoteDetail
from reader.ui.notes.detail_lines import Facts
from reader.ui.notes.note_lines import NoteLook

if TYPE_CHECKING:
    from textual.timer import Timer

CALM_SECONDS = 0.12
"""How long a note is highlighted before its surroundings are read, in seconds."""


@dataclass(eq=False, repr=False)
class FactsRead(Message):
    """What the detail shows of a note besides its annotation was read."""

    annotation: AnnotationSummary
    """The note."""
    facts: Facts
    """What was read."""


class DetailUpdates:
    """Shows the highlighted note in the detail."""

    def __init__(self, context: DeskContext, detail: NoteDetail) -> None:
        """Show nothing yet.

        Args:
            context: The list.
            detail: The widget.
        """
        self._context = context
        self._detail = detail
        self._known: FactsRead | None = None
        self._timer: Timer | None = None
        self._is_pending = False

    def update(self) -> None:
        """Show the highlighted note soon; several calls at once draw once."""
        if not self._is_pending:
            self._is_pending = True
            self._context.screen.call_after_refresh(self._show)

    def _show(self) -> None:
        self._is_pending = False
        context = self._context
        if not self._detail.is_attached or not self._detail.display:
            return
        row = context.highlighted
        summary = context.summary_of(row) if row is not None else None
        facts = self._facts_of(summary)
        self._detail.show(summary, facts, context.place, self._look())
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if summary is not None and facts is None:
            read = partial(self._begin_reading, summary)
            self._timer = context.screen.set_timer(CALM_SECONDS, read)

    def _facts_of(self, summary: AnnotationSummary | None) -> Facts | None:
        """Return what was read of a note in its present state; None where that is missing."""
        known = self._known
        return known.facts if known is not None and known.annotation is summary else None

    def _look(self) -> NoteLook:
        settings = self._context.host.settings
        return NoteLook(
            {tag.name: tag for tag in self._context.host.tags},
            {status.name: status for status in settings.statuses},
            self._context.screen.app.theme_variables,
            self._context.rows.terms,
        )

    def _begin_reading(self, summary: AnnotationSummary) -> None:
        work = partial(self._read, summary)
        self._context.screen.run_worker(work, thread=True, exclusive=True, group="detail")

    def _read(self, summary: AnnotationSummary) -> None:
        """Read the surroundings, the article and the evidence; runs on a thread."""
        worker = get_current_worker()
        session = self._context.session
        annotation = summary.annotation
        surroundings = session.surroundings.of(annotation)
        article, incoming = None, []
        with suppress(ReaderError):
            record = session.record(summary.article_id)
            article = record.article if record is not None else None
            incoming = self._incoming(annotation.id)
        if not worker.is_cancelled:
            facts = Facts(surroundings, article, incoming)
            self._context.screen.post_message(FactsRead(summary, facts))

    def _incoming(self, annotation_id: str) -> list[tuple[Evidence, AnnotationSummary]]:
        """Return the annotations that are linked to one, each with the link."""
        return [
            (evidence, other)
            for other in self._context.session.lists.annotations_linked_to(annotation_id)
            for evidence in evidence_in(other.annotation.links)
            if evidence.target == annotation_id
        ]

    def take(self, message: FactsRead) -> None:
        """Show what was read, if its note is still highlighted."""
        self._known = message
        self.update()
