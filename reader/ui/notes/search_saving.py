"""Saving the query of the list of notes under a name, and forgetting a saved search."""

from __future__ import annotations

from collections.abc import Callable

from reader import clock
from reader.core.query.parsing import parse
from reader.errors import ReaderError
from reader.ui.actions import Actions
from reader.ui.commands import with_keys
from reader.ui.notes.context import DeskContext

NO_QUERY = "There is no query to save; {list.filter} begins one."


class SearchSaving:
    """Asks for the name of the query."""

    def __init__(
        self, context: DeskContext, text: Callable[[], str], show: Callable[[], object]
    ) -> None:
        """Save nothing yet.

        Args:
            context: The list.
            text: Returns the query.
            show: Shows the saved searches as they are now.
        """
        self._context = context
        self._text = text
        self._show = show

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"notes.save_search": self.ask}

    def ask(self) -> None:
        """Ask for a name, and save the query, or forget the saved search that it is."""
        context, host = self._context, self._context.host
        query = " ".join(self._text().split())
        statuses = [status.name for status in host.settings.statuses]
        now = clock.local(clock.now()).replace(tzinfo=None)
        if not query:
            context.notify(with_keys(NO_QUERY, host.settings.keys), severity="warning")
        elif faults := parse(query, now, statuses=statuses).faults:
            context.notify(f"{faults[0].message} Correct the query first.", severity="warning")
        else:
            context.screen.run_worker(self._ask(query), exclusive=True, group="search")

    async def _ask(self, query: str) -> None:
        from reader.ui.dialogs.save_search import SaveSearchScreen  # noqa: PLC0415  (on demand)

        context, host = self._context, self._context.host
        dialog = SaveSearchScreen(query, host.settings.searches)
        if (change := await context.screen.app.push_screen_wait(dialog)) is None:
            return
        try:
            if change.is_forgotten:
                await host.forget_search(change.search)
            else:
                await host.save_search(change.search)
        except ReaderError as error:
            host.notify_error(error)
            return
        done = "is no longer a saved search" if change.is_forgotten else "is saved"
        context.notify(f"“{change.search.name}” {done}.")
        self._show()
