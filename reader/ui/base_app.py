"""What every screen asks of the app: settings, themes, errors, help, the clipboard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import msgspec
from textual.app import App, SystemCommand
from textual.screen import Screen

from reader import config
from reader.core.annotation import Tag
from reader.core.text_formatting import one_line
from reader.errors import ReaderError
from reader.paths import settings_file, styles_folder
from reader.session import Session
from reader.ui.commands import commands_of, keys_of
from reader.ui.compat import load_sheets
from reader.ui.screens.following import ADDRESS_LENGTH
from reader.ui.screens.reading import ReadingScreen
from reader.ui.themes import THEMES, VARIABLE_DEFAULTS

COLUMNS = range(config.NARROWEST_COLUMN, config.WIDEST_COLUMN + 1)
"""The widths of the column that can be set, in cells."""


class BaseApp(App[None]):
    """Holds the session and the settings."""

    def __init__(
        self, session: Session, settings: config.Settings, css_path: Sequence[str]
    ) -> None:
        """Take what the app works with.

        Args:
            session: The library, and what can be done with it.
            settings: The person's settings.
            css_path: The style sheets of the first screen.
        """
        super().__init__(css_path=list(css_path))
        self.session = session
        """The library, and what can be done with it."""
        self.settings = settings
        """The person's settings."""
        for theme in THEMES:
            self.register_theme(theme)
        known = self.available_themes
        self.theme = settings.theme if settings.theme in known else THEMES[0].name

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags that have a key, a glyph and a colour."""
        return self.settings.tags

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our variables for themes that do not have them."""
        return VARIABLE_DEFAULTS

    def articles_on_screen(self) -> list[ReadingScreen]:
        """Return the articles that are open, the one that was opened last at the end."""
        return [each for each in self.screen_stack if isinstance(each, ReadingScreen)]

    def remember_places(self) -> None:
        """Keep where each of them is, for the next time."""
        for screen in self.articles_on_screen():
            screen.remember_place()

    def notify_error(self, error: ReaderError) -> None:
        """Show an error as its title and its sentence."""
        self.notify(error.message, title=error.title, severity="error", markup=False, timeout=10)

    def action_next_theme(self) -> None:
        """Go on to the next theme, and keep it."""
        names = [theme.name for theme in THEMES]
        index = names.index(self.theme) + 1 if self.theme in names else 0
        self.theme = names[index % len(names)]
        self._keep("theme", self.theme)

    def change_column(self, cells: int) -> int:
        """Make the column wider or narrower, keep that, and return the new width in cells."""
        column = min(max(self.settings.column + cells, COLUMNS[0]), COLUMNS[-1])
        self._keep("column", column)
        return column

    def _keep(self, name: str, value: str | int) -> None:
        """Change a setting now and in the settings file."""
        self.settings = msgspec.structs.replace(self.settings, **{name: value})
        self.run_worker(partial(self._write_setting, name, value), thread=True, group="settings")

    def _write_setting(self, name: str, value: str | int) -> None:
        try:
            config.change_setting(settings_file(), name, value)
        except ReaderError as error:
            self.call_from_thread(self.notify_error, error)

    def action_help(self) -> None:
        """Show the keys of the screen."""
        from reader.ui.dialogs.help import HelpScreen  # noqa: PLC0415  (when it is shown)

        name = getattr(self.screen, "HELP_NAME", "")
        if name:
            self.push_screen(HelpScreen(name, self.settings.keys))

    def action_command_palette(self) -> None:
        """Show every command of the screen, in the looks of the other dialogs."""
        load_sheets(self, [styles_folder() / "palette.tcss"])
        super().action_command_palette()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Give the palette the commands of the screen."""
        for command in commands_of(getattr(screen, "HELP_NAME", "")):
            key = keys_of(command, self.settings.keys)[0]
            yield SystemCommand(
                command.name,
                f"{key}  {command.help}".strip(),
                partial(screen.run_action, command.action),
            )

    def copy(self, text: str) -> None:
        """Copy text to the clipboard: through the terminal, and natively when it is local."""
        self.copy_to_clipboard(text)
        is_remote = "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ
        if self.settings.native_clipboard and not is_remote:
            self.run_worker(partial(_copy_natively, text), thread=True, group="copy")

    def browse(self, url: str, show_status: Callable[[str], None]) -> None:
        """Open a web address in the person's browser; copy it where there is none.

        Args:
            url: An http or https address.
            show_status: Called with one sentence that says which of the two was done.
        """
        show_status(f"LoadingArticle in the browser: {one_line(url, ADDRESS_LENGTH)}")
        self.run_worker(
            partial(self._open_in_browser, url, show_status), thread=True, group="browser"
        )

    def _open_in_browser(self, url: str, show_status: Callable[[str], None]) -> None:
        from reader.ui.browser import open_in_browser  # noqa: PLC0415  (when needed)

        if not open_in_browser(url):
            self.call_from_thread(self.copy, url)
            self.call_from_thread(
                show_status, f"No browser to open; copied {one_line(url, ADDRESS_LENGTH)}"
            )


def _copy_natively(text: str) -> None:
    import pyperclip  # noqa: PLC0415  (on the first copy)

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException:
        return  # no clipboard program here: the terminal was asked, which is all one can do
