"""Giving the articles of notes projects, from the list of notes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.core.text_formatting import counted
from reader.errors import ReaderError
from reader.ui.actions import Actions
from reader.ui.notes.context import DeskContext

if TYPE_CHECKING:
    from reader.session.batch_changes import Step
    from reader.session.projects import ProjectChange


class NoteProjects:
    """Lets the reader choose the projects of the articles of the selected notes."""

    def __init__(self, context: DeskContext) -> None:
        """Change nothing yet."""
        self._context = context

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"note.projects": self.choose}

    async def choose(self) -> None:
        """Ask for the projects, and save what the reader chooses as one step."""
        from reader.ui.dialogs.projects import ask_projects  # noqa: PLC0415  (when it is shown)

        context, session = self._context, self._context.session
        ids = list(dict.fromkeys(row.article_id for row in context.chosen))
        if not ids:
            return
        try:
            records = await asyncio.to_thread(lambda: list(filter(None, map(session.record, ids))))
            if not records:
                return
            choice = await ask_projects(context.screen, [each.article.tags for each in records])
            if choice is None:
                return
            change = partial(session.projects.change, given=choice.given, taken=choice.taken)
            changes = await asyncio.to_thread(change, [each.article.id for each in records])
        except ReaderError as error:
            context.notify_error(error)
            return
        if changes:
            self._note(changes, choice.describe(len(changes)))

    def _note(self, changes: Sequence[ProjectChange], done: str) -> None:
        from reader.session.batch_changes import OtherStep  # noqa: PLC0415  (when needed)

        context, projects = self._context, self._context.session.projects

        def undo() -> Step:
            projects.put_back(changes)
            articles = counted(len(changes), "article")
            return self._after(changes, f"The projects of {articles} are what they were.")

        def redo() -> Step:
            for change in changes:
                projects.change([change.article.id], given=change.given, taken=change.taken)
            return self._after(changes, f"{done}.")

        context.host.add_step(OtherStep(done, undo, redo))
        context.notify(f"{done}; {context.with_keys('{notes.undo} undoes that')}.")
        context.screen.run_worker(partial(self._after, changes, done), thread=True)
        context.reload()

    def _after(self, changes: Sequence[ProjectChange], sentence: str) -> Step:
        """Show changed projects in articles that are open; called on a thread."""
        from reader.session.batch_changes import Step  # noqa: PLC0415  (when needed)

        for change in changes:
            self._context.host.check_for_changes(change.article.id)
        return Step(sentence=sentence)
