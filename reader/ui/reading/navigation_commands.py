"""Going elsewhere: back and forward, the library, the notes, details."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.ui.actions import Actions
from reader.ui.reading.context import ReadingContext
from reader.ui.reading.position_tracker import PositionTracker

if TYPE_CHECKING:
    from reader.core.annotation import Article
    from reader.session.source_editing import SourceValues
    from reader.ui.dialogs.projects import ProjectChoice


_WITH_NOTES = (".pdf", ".docx", ".docm")
"""The suffixes of files that may hold notes; an older copy of their text does not say how many."""


class NavigationCommands:
    """Leaves the article for other screens, and remembers the position in it."""

    def __init__(self, context: ReadingContext, tracker: PositionTracker) -> None:
        self._context = context
        self._tracker = tracker

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "trail.back": partial(self.step, is_forward=False),
            "trail.forward": partial(self.step, is_forward=True),
            "library": self.go_to_library,
            "notes": self.go_to_notes,
            "details": self.show_details,
            "projects": self.give_projects,
            "deleted.list": self._context.host.show_deleted,
            "article.keep": self.add_to_library,
            "article.notes_in_file": self.import_from_file,
            "back": self.close,
        }

    def step(self, *, is_forward: bool) -> None:
        """Go back to where the reader was before the last jump, or forward again."""
        context = self._context
        context.remember_position()
        if not context.host.step_in_history(context.history_entry, is_forward=is_forward):
            message = f"There is nothing to go {'forward' if is_forward else 'back'} to."
            context.show_status(message)

    def go_to_library(self) -> None:
        """Go to the library."""
        self._context.remember_position()
        self._context.host.go_to_library()

    def go_to_notes(self) -> None:
        """Go to the notes."""
        self._context.remember_position()
        self._context.host.go_to_notes()

    async def show_details(self) -> None:
        """Show what is known about the article."""
        from reader.session.found_facts import found_facts  # noqa: PLC0415  (when it is shown)
        from reader.ui.dialogs.details import DetailsScreen  # noqa: PLC0415

        context, host = self._context, self._context.host
        context.remember_position()
        details = DetailsScreen(
            context.state.article,
            annotations=len(context.state.annotations),
            save=self._save_source,
            give=self._give_projects,
            found=found_facts(context.state.document, context.state.article),
            length=self._tracker.length(host.settings.words_per_minute),
            read_only_reason=context.open_article.read_only_reason,
        )
        if address := await context.ask(details):
            host.browse(address, context.show_status)

    async def _save_source(self, values: SourceValues) -> Article:
        """Save facts about the source, and show the article with them."""
        self._context.open_article.edit_source(values)
        self._context.show_state()
        return self._context.state.article

    async def _give_projects(self, choice: ProjectChoice) -> Article:
        """Save the projects of the article, and show the article with them."""
        self._context.open_article.change_projects(choice.given, choice.taken)
        self._context.show_state()
        return self._context.state.article

    async def give_projects(self) -> None:
        """Choose the projects that the article belongs to."""
        from reader.ui.dialogs.projects import ask_projects  # noqa: PLC0415  (when it is shown)

        context = self._context
        if reason := context.open_article.read_only_reason:
            context.show_status(reason)
            return
        choice = await ask_projects(context.screen, [context.state.article.tags])
        if choice is not None:
            await self._give_projects(choice)
            context.show_status(f"{choice.describe(1)}.")

    def import_from_file(self) -> None:
        """Show what importing the notes that the article's own file holds would do."""
        context = self._context
        source, metadata = context.state.article.source, context.state.document.metadata
        if metadata.embedded_notes or source.lower().endswith(_WITH_NOTES):
            context.remember_position()
            context.host.go_to_import((source,))
        else:
            context.show_status("The file holds no notes of its own.")

    def add_to_library(self) -> None:
        """Add an article that a link led to, to the library."""
        context = self._context
        unsaved_articles = context.host.session.unsaved_articles
        if unsaved_articles.holds(context.state.article.id):
            unsaved_articles.keep(context.state.article.id)
            context.show_status("Added to the library")
        else:
            context.show_status("It is in the library already.")

    def close(self) -> None:
        """Go back to what lies below; from the first screen, quit."""
        self._context.remember_position()
        self._context.host.leave_article(self._context.history_entry)
