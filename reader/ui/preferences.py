"""Changing settings while reading: the theme, the width of the column, the saved searches."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from textual.app import App

from reader import config
from reader.errors import ReaderError
from reader.paths import settings_file
from reader.ui.host import Host
from reader.ui.themes import THEMES

if TYPE_CHECKING:
    from reader.core.saved_searches import SavedSearch

COLUMNS = range(config.NARROWEST_COLUMN, config.WIDEST_COLUMN + 1)
"""The widths of the column that can be set, in cells."""


class Preferences:
    """Holds the settings; a change is written to the settings file on a thread."""

    def __init__(self, app: App[None], host: Host, settings: config.Settings) -> None:
        self._app = app
        self._host = host
        self.settings = settings
        """The reader's settings."""

    def next_theme(self) -> str:
        """Change to the next theme, and return its name."""
        names = [theme.name for theme in THEMES]
        theme = self._app.theme
        index = names.index(theme) + 1 if theme in names else 0
        self._change("theme", names[index % len(names)])
        return self.settings.theme

    def change_column(self, cells: int) -> int:
        """Make the column wider or narrower, and return the new width in cells."""
        column = min(max(self.settings.column + cells, COLUMNS[0]), COLUMNS[-1])
        self._change("column", column)
        return column

    def toggle_margin_notes(self) -> bool:
        """Show notes beside articles, or no longer; return whether they are shown now."""
        self._change("margin_notes", not self.settings.margin_notes)
        return self.settings.margin_notes

    def remember_panel(self, name: str) -> None:
        """Save which panel stands beside the article, one of ``config.PANELS``."""
        if name != self.settings.panel:
            self._change("panel", name)

    async def save_search(self, search: SavedSearch) -> None:
        """Save a query under a name, in place of the search with that name.

        Raises:
            SettingsError: The settings file cannot be written, or has a fault.
        """
        await asyncio.to_thread(config.save_search, settings_file(), search)
        await self._read_searches()

    async def forget_search(self, search: SavedSearch) -> None:
        """Show a saved search no longer.

        Raises:
            SettingsError: The settings file cannot be written, or has a fault.
        """
        await asyncio.to_thread(config.hide_search, settings_file(), search.name)
        await self._read_searches()

    async def _read_searches(self) -> None:
        saved = await asyncio.to_thread(config.load_settings, settings_file())
        self.settings = msgspec.structs.replace(self.settings, searches=saved.searches)

    def _change(self, name: str, value: str | int) -> None:
        self.settings = msgspec.structs.replace(self.settings, **{name: value})
        self._app.run_worker(partial(self._write, name, value), thread=True, group="settings")

    def _write(self, name: str, value: str | int) -> None:
        try:
            config.change_setting(settings_file(), name, value)
        except ReaderError as error:
            self._app.call_later(self._host.notify_error, error)
