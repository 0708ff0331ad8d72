"""Changing annotations of any articles from lists of them, with undo and redo of each step."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import App

from reader.core.text_formatting import counted
from reader.errors import ReaderError
from reader.progress import Report, unreported
from reader.ui.host import Host
from reader.ui.reading.screen import ReadingScreen, articles_on

if TYPE_CHECKING:
    from reader.session.batch_changes import Change, NoteId, OtherStep, Step, StepHistory


class NoteChanges:
    """Changes annotations one step after the other.

    In an article on screen a step is also a step of that article, which undo there takes back.
    """

    def __init__(self, app: App[None], host: Host) -> None:
        self._app = app
        self._host = host
        self._lock = asyncio.Lock()
        self._kept_history: StepHistory | None = None

    @property
    def _history(self) -> StepHistory:
        from reader.session.batch_changes import StepHistory  # noqa: PLC0415  (when needed)

        if self._kept_history is None:
            self._kept_history = StepHistory()
        return self._kept_history

    async def apply(
        self, label: str, notes: Sequence[NoteId], change: Change, report: Report = unreported
    ) -> Step:
        """Make a step, which undo takes back; see ``BatchChanges.apply``."""
        async with self._lock:
            step = await self._apply(label, notes, change, report)
            if step.changed:
                self._history.add(step)
            return step

    def show_names(self) -> None:
        """Open the list of the names of tags and speakers."""
        from reader.ui.dialogs.names import NamesScreen  # noqa: PLC0415  (when it is asked for)

        self._app.push_screen(NamesScreen())

    def add(self, step: OtherStep) -> None:
        """Take a step that was made in another way, so that it is undone in its turn."""
        self._history.add(step)

    async def undo(self, report: Report = unreported, own: OtherStep | None = None) -> Step | None:
        """Undo a step, and leave alone what was changed since.

        Args:
            report: Called on a thread before each article.
            own: The step; None for the last one.

        Returns:
            The step that was made by that; None where there was nothing to undo.
        """
        async with self._lock:
            last = self._history.last_done if own is None else own
            if last is None or (own is not None and not self._history.has_done(own)):
                return None
            step = await self._made(last, report, is_undoing=True)
            if step.problem is None:
                self._history.note_undo(step, own)
            return step

    async def redo(self, report: Report = unreported) -> Step | None:
        """Make the step again that was undone last; returns the same as ``undo``."""
        async with self._lock:
            last = self._history.last_undone
            if last is None:
                return None
            step = await self._made(last, report, is_undoing=False)
            if step.problem is None:
                self._history.note_redo(step)
            return step

    async def _made(self, last: Step | OtherStep, report: Report, *, is_undoing: bool) -> Step:
        """Undo a step or make it again; what fails is the problem of the step that is returned."""
        from reader.session.batch_changes import Step  # noqa: PLC0415  (when needed)

        if isinstance(last, Step):
            return await self._repeat(last.inverse() if is_undoing else last, report)
        try:
            return await asyncio.to_thread(last.undo if is_undoing else last.redo)
        except ReaderError as error:
            return Step(last.label, problem=error)

    async def _repeat(self, step: Step, report: Report) -> Step:
        from reader.session.batch_changes import change_again  # noqa: PLC0415  (when needed)

        notes = [each.key for each in step.changed]
        made = await self._apply(step.label, notes, change_again(step), report)
        kept = len(step.changed) - len(made.changed)
        if not kept or not made.changed or made.problem is not None:
            return made
        stay = "was changed since, and stays" if kept == 1 else "were changed since, and stay"
        changed = counted(len(made.changed), "note")
        return made._replace(sentence=f"{step.label}: {changed}; {counted(kept, 'note')} {stay}.")

    async def _apply(
        self, label: str, notes: Sequence[NoteId], change: Change, report: Report
    ) -> Step:
        from reader.session.batch_changes import Step  # noqa: PLC0415  (when needed)

        owners = {note: self._screen_with(note) for note in notes}
        step = Step(label)
        for screen in articles_on(self._app):
            here = [note for note, owner in owners.items() if owner is screen]
            step = step.joined(_change_open(screen, here, change, label)) if here else step
        stored = [note for note, owner in owners.items() if owner is None]
        if not stored:
            return step
        batch = self._host.session.batch_changes
        return step.joined(await asyncio.to_thread(batch.apply, label, stored, change, report))

    def _screen_with(self, note: NoteId) -> ReadingScreen | None:
        """Return the screen whose article has an annotation and can be changed, if any has."""
        for screen in articles_on(self._app):
            context = screen.context
            if note.id in context.state.by_id and not context.open_article.read_only_reason:
                return screen
        return None


def _change_open(
    screen: ReadingScreen, notes: Sequence[NoteId], change: Change, label: str
) -> Step:
    """Change annotations of an article on screen."""
    from reader.session.batch_changes import ChangedNote, Step, is_gone  # noqa: PLC0415

    context = screen.context
    present = context.state.by_id
    live = [note.id for note in notes if not is_gone(present.get(note.id), change)]
    changes = context.open_article.change(label, live, change)
    context.show_state()
    article_id = context.state.article.id
    pairs = ((each.before, each.after) for each in changes)
    changed = (ChangedNote(article_id, old, new) for old, new in pairs if old and new)
    return Step(label, tuple(changed), len(notes) - len(live))
