"""The list of notes, as the parts of its screen know it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from textual.notifications import SeverityLevel

from reader.core.annotation import Annotation
from reader.errors import ReaderError
from reader.session import AnnotationSummary, Session
from reader.session.querying import NoteKey
from reader.ui.commands import with_keys
from reader.ui.host import Host, host_of
from reader.ui.notes.note_rows import NoteRows

if TYPE_CHECKING:
    from textual.screen import Screen

    from reader.session.batch_changes import Step


class DeskContext:
    """The list, the highlighted note and the selected ones, and how what changed is shown."""

    def __init__(
        self,
        screen: Screen[None],
        rows: Callable[[], NoteRows],
        load: Callable[[], object],
        show_selection: Callable[[], object],
        count: Callable[[], object],
    ) -> None:
        """Touch nothing yet.

        Args:
            screen: The screen with the list; runs the workers.
            rows: Returns the list.
            load: Reads the list again.
            show_selection: Shows how many notes are selected.
            count: Counts the facets again.
        """
        self.screen = screen
        """The screen with the list."""
        self._rows = rows
        self.show_selection = show_selection
        """Shows how many of the listed notes are selected."""
        self.count = count
        """Counts the values of the notes again, because a note has other ones now."""
        self.reload = load
        """Reads the list again, because which notes there are, or what they hold, has changed."""

    @property
    def host(self) -> Host:
        """The app."""
        return host_of(self.screen)

    @property
    def session(self) -> Session:
        """The library."""
        return self.host.session

    @property
    def rows(self) -> NoteRows:
        """The list."""
        return self._rows()

    @property
    def highlighted(self) -> NoteKey | None:
        """The highlighted note; None in an empty list."""
        return self.rows.highlighted_row

    @property
    def place(self) -> str:
        """Which of how many notes is highlighted, such as ``3 of 14``."""
        return f"{self.rows.highlighted + 1:,} of {len(self.rows.rows):,}"

    @property
    def chosen(self) -> Sequence[NoteKey]:
        """The selected notes that are listed, in their order; without any, the highlighted one."""
        rows = self.rows
        if selected := rows.selected:
            chosen = [row for row in rows.rows if row.id in selected]
            if chosen:
                return chosen
        return [] if rows.highlighted_row is None else [rows.highlighted_row]

    @property
    def is_selecting(self) -> bool:
        """Whether notes that are listed are selected."""
        rows = self.rows
        return bool(rows.selected) and any(row.id in rows.selected for row in rows.rows)

    async def annotations(self, rows: Sequence[NoteKey]) -> list[Annotation]:
        """Return the annotations of rows, as they were read last; deleted meanwhile are left out.

        Those that were not read yet are read on a thread.
        """
        shown = {row: self.summary_of(row) for row in rows}
        missing = [row.id for row, summary in shown.items() if summary is None]
        summaries = self.session.queries.summaries_with
        read = await asyncio.to_thread(summaries, missing) if missing else []
        found = {(each.article_id, each.annotation.id): each.annotation for each in read}
        present = (
            found.get((row.article_id, row.id)) if summary is None else summary.annotation
            for row, summary in shown.items()
        )
        return [each for each in present if each is not None]

    def summary_of(self, row: NoteKey) -> AnnotationSummary | None:
        """Return the annotation of a row; None where it has not been read yet."""
        return self.rows.summary_of(row)

    def show_changed(self, annotations: Iterable[AnnotationSummary]) -> None:
        """Show annotations as they are now, without reading them again."""
        self.rows.take(annotations)

    def show_step(self, step: Step) -> None:
        """Show the notes that a step changed, and why it could not change all."""
        if step.problem is not None:
            self.notify_error(step.problem)
        read = [
            (self.rows.summary_with(each.article_id, each.after.id), each.after)
            for each in step.changed
        ]
        self.show_changed(
            replace(summary, annotation=annotation)
            for summary, annotation in read
            if summary is not None
        )
        self.count()

    def run(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Run a coroutine of a part in a worker of the screen."""
        self.screen.run_worker(work, group=group)

    def with_keys(self, sentence: str) -> str:
        """Return a sentence with the reader's own keys in place of the ids in braces."""
        return with_keys(sentence, self.host.settings.keys)

    def notify(self, sentence: str, severity: SeverityLevel = "information") -> None:
        """Show a sentence for a moment; it may contain any text."""
        self.screen.notify(sentence, severity=severity, markup=False)

    def notify_error(self, error: ReaderError) -> None:
        """Show an error as its title and its sentence."""
        self.host.notify_error(error)
