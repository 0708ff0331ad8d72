"""The list of notes, as the parts of its screen know it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from textual.notifications import SeverityLevel

from reader.errors import ReaderError
from reader.session import AnnotationKey, AnnotationSummary, Session
from reader.ui.commands import with_keys
from reader.ui.host import Host, host_of
from reader.ui.notes.note_rows import NoteRows

if TYPE_CHECKING:
    from textual.screen import Screen


class DeskContext:
    """The list, the highlighted note and the selected ones, and how what changed is shown."""

    def __init__(
        self, screen: Screen[None], rows: Callable[[], NoteRows], load: Callable[[], object]
    ) -> None:
        """Touch nothing yet.

        Args:
            screen: The screen with the list; runs the workers.
            rows: Returns the list.
            load: Reads the list again.
        """
        self.screen = screen
        """The screen with the list."""
        self._rows = rows
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
    def highlighted(self) -> AnnotationKey | None:
        """The highlighted note; None in an empty list."""
        return self.rows.highlighted_row

    @property
    def chosen(self) -> Sequence[AnnotationKey]:
        """The selected notes that are listed, in their order; without any, the highlighted one."""
        rows = self.rows
        if selected := rows.selected:
            chosen = [row for row in rows.rows if row.id in selected]
            if chosen:
                return chosen
        return [] if rows.highlighted_row is None else [rows.highlighted_row]

    def summary_of(self, row: AnnotationKey) -> AnnotationSummary | None:
        """Return the annotation of a row; None where it has not been read yet."""
        return self.rows.summary_of(row)

    def show_changed(self, annotations: Iterable[AnnotationSummary]) -> None:
        """Show annotations as they are now, without reading them again."""
        self.rows.take(annotations)

    def show_fields(self, row: AnnotationKey, fields: Mapping[str, object]) -> None:
        """Show a note with other values of some fields of its annotation."""
        if (summary := self.summary_of(row)) is not None:
            annotation = replace(summary.annotation, **fields)
            self.show_changed([replace(summary, annotation=annotation)])

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
