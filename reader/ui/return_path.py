"""The screens that ``q`` leads back to after an article or a list below them was shown again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from textual.app import App
from textual.screen import ModalScreen, Screen

from reader.ui.navigation_history import HistoryEntry
from reader.ui.reading.screen import ReadingScreen


class _Step(NamedTuple):
    screen: Screen[Any]
    """The screen that was shown again."""
    entry: HistoryEntry | None
    """Where it was before; None for a list."""
    above: tuple[Screen[Any], ...]
    """The screens that were over it."""


class ReturnPath:
    """Keeps the screens over a screen that is shown again: it is there once at most."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._steps: list[_Step] = []

    async def show_again(self, shown: Screen[Any]) -> None:
        """Show an article or a list again, and keep the screens over it for the way back.

        Of a list only the last way back is kept, so that no row of them grows.
        """
        self._forget_unreachable()
        entry = shown.context.history_entry if isinstance(shown, ReadingScreen) else None
        if entry is None:
            for step in [step for step in self._steps if step.screen is shown]:
                self._forget(step)
        stack = self._app.screen_stack
        above = tuple(
            screen
            for screen in stack[stack.index(shown) + 1 :]
            if not isinstance(screen, ModalScreen)
        )
        if above:
            self._steps.append(_Step(shown, entry, above))
        for screen in above:
            if isinstance(screen, ReadingScreen):
                screen.context.remember_position()
            self._app.install_screen(screen, _name(screen))  # so that it lives on
        while self._app.screen is not shown:
            await self._app.pop_screen()

    def leads_back_from(self, screen: Screen[Any]) -> bool:
        """Return whether there are screens to go back to from an article or a list."""
        self._forget_unreachable()
        return bool(self._steps) and self._steps[-1].screen is screen

    async def go_back(self) -> None:
        """Show the screens that were left last, over the article or the list as it was."""
        shown, entry, above = self._steps.pop()
        if isinstance(shown, ReadingScreen) and entry is not None:
            shown.arrival.go_to(entry.position)
            shown.context.note_reading(is_reading=entry.is_reading)
        for screen in above:
            self._app.uninstall_screen(screen)
            await self._app.push_screen(screen)

    async def forget_article(self, article_id: str) -> None:
        """Forget the screen of an article, because another one is about to show it."""
        for index, step in enumerate(self._steps):
            above = tuple(each for each in step.above if not _shows(each, article_id))
            for screen in set(step.above) - set(above):
                self._app.uninstall_screen(screen)
                await screen.remove()
            self._steps[index] = step._replace(above=above)

    @property
    def articles(self) -> Iterator[ReadingScreen]:
        """The screens of articles that are kept."""
        for step in self._steps:
            yield from (each for each in step.above if isinstance(each, ReadingScreen))

    @property
    def kept(self) -> Iterator[Screen[Any]]:
        """The screens that are kept, the last left first."""
        for step in reversed(self._steps):
            yield from reversed(step.above)

    def _forget_unreachable(self) -> None:
        """Forget the screens over screens that were closed in another way."""
        while self._steps and self._steps[-1].screen not in self._app.screen_stack:
            self._forget(self._steps[-1])

    def _forget(self, step: _Step) -> None:
        self._steps.remove(step)
        for screen in step.above:
            self._app.uninstall_screen(screen)
            screen.remove()


def _name(screen: Screen[Any]) -> str:
    return f"kept-{id(screen)}"


def _shows(screen: Screen[Any], article_id: str) -> bool:
    return isinstance(screen, ReadingScreen) and screen.context.state.article.id == article_id
