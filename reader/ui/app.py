"""The app: themes, settings, and the way from screen to screen."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

import msgspec
from textual import work
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from reader import config
from reader.core.addresses import is_web_address
from reader.core.annotation import Tag
from reader.errors import GivenUp, ReaderError
from reader.paths import settings_file, styles_folder
from reader.session import (
    ArticleRecord,
    Draft,
    Exported,
    Opening,
    SaveState,
    SaveStatus,
    Session,
)
from reader.ui.commands import commands_of, unknown_ids
from reader.ui.messages import NoteTyped, OpenArticle, OpenSource, OpenText, SaveProgressed
from reader.ui.screens.reading import ReadingScreen
from reader.ui.themes import THEMES, VARIABLE_DEFAULTS
from reader.ui.way import Way

COLUMNS = range(40, 161)
"""The widths of the column that can be set, in cells."""

COLLECT_SECONDS = 0.5
"""How long after the start garbage is collected again, in seconds: the first screen is there."""


class MarginApp(App[None]):
    """Margin on a terminal."""

    TITLE = "Margin"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self, session: Session, settings: config.Settings, opening: Opening | None = None
    ) -> None:
        """Make the app.

        Args:
            session: The library, and what can be done with it.
            settings: The person's settings.
            opening: The article to begin with; without one, the library.
        """
        # Textual loads the sheets of screens that are pushed, not of the first one.
        super().__init__(css_path=[str(styles_folder() / "base.tcss"), *_sheets(opening)])
        self.session = session
        """The library, and what can be done with it."""
        self.settings = settings
        """The person's settings."""
        self.way = Way(self)
        """Back and forward through the places where the person has been."""
        self._opening = opening
        self.known_tags: frozenset[str] = frozenset()
        """The tags of the library's annotations, as far as they have been looked up."""
        self._fault = ""
        self._export_folder = ""
        self._draft_lock = threading.Lock()
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

    def get_default_screen(self) -> Screen[None]:
        """Begin with the article, or with the library."""
        if self._opening is not None:
            return ReadingScreen(self._opening)
        from reader.ui.screens.library import LibraryScreen  # noqa: PLC0415  (when it is shown)

        return LibraryScreen()

    def on_mount(self) -> None:
        """Take the person's keys; listen to the saves, and to being asked to end."""
        self.session.writer.listener = self._on_save
        keys = self.settings.keys
        if unknown := unknown_ids(keys):
            self.notify(
                f"The settings give keys to unknown commands: {', '.join(unknown)}.",
                severity="warning",
                markup=False,
            )
        if keys:
            self.set_keymap(dict(keys))
        if not gc.isenabled():  # the command line turned it off, so that the first screen is soon
            self.set_timer(COLLECT_SECONDS, _collect_again)
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                loop.add_signal_handler(getattr(signal, name), self._end)

    def _end(self) -> None:
        """End as the system asks: with the place remembered, and what is being written kept."""
        for screen in self._articles_on_screen():
            screen.keep_draft()
        self._remember_places()
        self.exit()

    # Saving

    def _on_save(self, status: SaveStatus, article_id: str, record: ArticleRecord | None) -> None:
        """Bring the writer's word to the interface's thread."""
        self.post_message(SaveProgressed(status, article_id, record))

    def on_save_progressed(self, message: SaveProgressed) -> None:
        """Show how far saving has come; take what another window wrote."""
        status, record = message.status, message.record
        for screen in self._articles_on_screen():
            screen.show_save(status)
            if record is not None and message.article_id == screen.now.article.id:
                screen.reading.merge(record)
                screen.show_state()
        told, self._fault = self._fault, status.message
        if status.state is SaveState.FAILED and status.message != told:
            self.notify(
                f"{status.message} Your work stays here, and is saved again in a moment.",
                title="Not saved",
                severity="error",
                markup=False,
                timeout=15,
            )

    def on_app_focus(self) -> None:
        """Look at what another window wrote, when a person comes back to this one."""
        for screen in self._articles_on_screen():
            self.run_worker(
                partial(self._look_again, screen.now.article.id), thread=True, group="look"
            )

    def _look_again(self, article_id: str) -> None:
        with contextlib.suppress(ReaderError):  # the next save tells what is wrong
            record = self.session.record(article_id)
            if record is not None:
                status = self.session.writer.status
                self.post_message(SaveProgressed(status, article_id, record))

    def _articles_on_screen(self) -> list[ReadingScreen]:
        return [each for each in self.screen_stack if isinstance(each, ReadingScreen)]

    def _remember_places(self) -> None:
        for screen in self._articles_on_screen():
            screen.remember_place()

    def on_note_typed(self, message: NoteTyped) -> None:
        """Keep what is being written, so that no crash takes it."""
        message.stop()
        self.run_worker(
            partial(self._write_draft, message.annotation_id, message.draft),
            thread=True, exclusive=True, group="draft",
        )  # fmt: skip

    def _write_draft(self, annotation_id: str, draft: Draft) -> None:
        # A draft that cannot be kept is not worth a word: saving it will tell.
        with self._draft_lock, contextlib.suppress(OSError):
            self.session.drafts.write(annotation_id, draft)

    def drop_draft(self, annotation_id: str) -> None:
        """Forget a draft, because it was saved or thrown away."""
        self.run_worker(
            partial(self._drop_draft, annotation_id), thread=True, exclusive=True, group="draft"
        )

    def _drop_draft(self, annotation_id: str) -> None:
        with self._draft_lock, contextlib.suppress(OSError):
            self.session.drafts.drop(annotation_id)

    # From screen to screen

    @work(exclusive=True, group="open")
    async def on_open_article(self, message: OpenArticle) -> None:
        """Open an article of the library."""
        message.stop()
        opens = partial(self.session.open_article, message.article_id)
        await self._open(partial(asyncio.to_thread, opens), message.annotation_id)

    @work(exclusive=True, group="open")
    async def on_open_source(self, message: OpenSource) -> None:
        """Open an article from a path or a URL."""
        message.stop()
        opens: Callable[..., Opening] = partial(self.session.open, message.source)
        if message.is_visit:
            if await self.way.show_open(message.source, message.fragment):
                return
            opens = partial(self.session.visit, message.source, message.otherwise)
        address = next(filter(is_web_address, (message.source, message.otherwise)), "")
        if address:
            from reader.ui.screens.fetching import fetched  # noqa: PLC0415  (for pages alone)

            await self._open(partial(fetched, self, address, opens), arrival=message.fragment)
        else:
            await self._open(partial(asyncio.to_thread, opens), arrival=message.fragment)

    @work(exclusive=True, group="open")
    async def on_open_text(self, message: OpenText) -> None:
        """Open a text that was pasted."""
        message.stop()
        await self._open(partial(asyncio.to_thread, self.session.open_text, message.text))

    async def _open(
        self,
        opens: Callable[[], Awaitable[Opening]],
        annotation_id: str = "",
        arrival: str = "",
    ) -> None:
        try:
            opening = await opens()
        except GivenUp:
            return
        except ReaderError as error:
            self.tell(error)
            return
        self.way.leave_shown()
        for screen in self._articles_on_screen():
            if screen.now.article.id == opening.reading.state.article.id:
                while self.screen is not screen:
                    await self.pop_screen()
                screen.go_to_annotation(annotation_id)
                if arrival:
                    screen.arrive(arrival)
                return
        screen = ReadingScreen(opening, goes_to=annotation_id)
        screen.arrival = arrival
        await self.push_screen(screen)
        self.way.forget()

    async def go_to_open(self, article_id: str) -> bool:
        """Go back to an article that is open below the present screen; tell whether there is."""
        for screen in self._articles_on_screen()[:-1]:
            if screen.now.article.id == article_id:
                while self.screen is not screen:
                    await self.pop_screen()
                return True
        return False

    def go_to_library(self) -> None:
        """Show the library."""
        from reader.ui.screens.library import LibraryScreen  # noqa: PLC0415  (when it is shown)

        self._go_to(LibraryScreen)

    def go_to_notes(self) -> None:
        """Show the notes."""
        from reader.ui.screens.notes import NotesScreen  # noqa: PLC0415  (when they are shown)

        self._go_to(NotesScreen)

    @work(exclusive=True, group="open")
    async def _go_to(self, screen_type: type[Screen[None]]) -> None:
        """Go back to a screen that is open below, or open it."""
        if any(isinstance(each, screen_type) for each in self.screen_stack):
            while not isinstance(self.screen, screen_type):
                await self.pop_screen()
        else:
            await self.push_screen(screen_type())

    def go_back(self) -> None:
        """Go back; at the first screen, quit."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.run_worker(self.action_quit(), group="quit", exclusive=True)

    async def action_quit(self) -> None:
        """Wait for the last save, then quit; ask where it cannot be saved."""
        if self._has_unsaved_text():
            return
        self._remember_places()
        if not await asyncio.to_thread(self.session.writer.flush):
            self._ask_to_quit()
            return
        self.exit()

    def _has_unsaved_text(self) -> bool:
        """Tell whether a note is being written; its editor then asks what to do with it."""
        if not getattr(self.screen, "has_changes", False):
            return False
        self.screen.ask_to_leave()  # type: ignore[attr-defined]
        return True

    @work
    async def _ask_to_quit(self) -> None:
        from reader.ui.screens.confirm import ConfirmScreen  # noqa: PLC0415  (rarely needed)

        if await self.push_screen_wait(
            ConfirmScreen(
                "The last changes are not saved. Quit and lose them?",
                yes="Quit",
                no="Stay",
                detail=self.session.writer.status.message,
            )
        ):
            self.exit()

    # What every screen has

    @work(thread=True, exclusive=True, group="tags")
    def learn_tags(self) -> None:
        """Look up the tags of the library, for the next time an editor is opened."""
        try:
            found = self.session.annotations()
        except ReaderError:
            return  # the editor then completes what it knows; the lists tell what is wrong
        tags = frozenset(tag for each in found for tag in each.annotation.tags)
        self.call_from_thread(setattr, self, "known_tags", tags)

    def tell(self, error: ReaderError) -> None:
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
            self.call_from_thread(self.tell, error)

    def action_help(self) -> None:
        """Show the keys of the screen."""
        from reader.ui.screens.help import HelpScreen  # noqa: PLC0415  (when it is shown)

        name = getattr(self.screen, "HELP_NAME", "")
        if name:
            self.push_screen(HelpScreen(name, self.settings.keys))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Give the palette the commands of the screen."""
        for command in commands_of(getattr(screen, "HELP_NAME", "")):
            yield SystemCommand(
                command.name, command.help, partial(screen.run_action, command.action)
            )

    def copy(self, text: str) -> None:
        """Copy text to the clipboard: through the terminal, and natively when it is local."""
        self.copy_to_clipboard(text)
        is_remote = "SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ
        if self.settings.native_clipboard and not is_remote:
            self.run_worker(partial(_copy_natively, text), thread=True, group="copy")

    @work
    async def export(self, article_id: str = "") -> None:
        """Ask what to export and where, then do it.

        Args:
            article_id: The article on screen; empty where there is none.
        """
        from reader.ui.screens.export import DEFAULT_FOLDER, ExportScreen  # noqa: PLC0415  (when it is asked for)

        request = await self.push_screen_wait(
            ExportScreen(article_id, folder=self._export_folder or DEFAULT_FOLDER)
        )
        if request is None:
            return
        try:
            written = await asyncio.to_thread(
                self._export, request.article_ids, request.target, request.tags
            )
        except ReaderError as error:
            self.tell(error)
            return
        is_file = len(written) == 1 and written[0].path == request.target
        self._export_folder = str(request.target.parent if is_file else request.target)
        self.notify(_what_was_exported(written, request.target), markup=False, timeout=8)

    def _export(
        self, article_ids: Iterable[str] | None, target: Path, tags: Iterable[str]
    ) -> list[Exported]:
        self.session.save_all()
        if article_ids is None:
            article_ids = [each.id for each in self.session.articles()]
        written = self.session.export(list(article_ids), target=target, tags=tuple(tags))
        assert isinstance(written, list)
        return written


def _collect_again() -> None:
    """Collect garbage from now on, but not among what starting has made: that stays."""
    gc.freeze()
    gc.enable()


def _sheets(opening: Opening | None) -> list[str]:
    """Return the style sheets of the screen that the app begins with."""
    if opening is not None:
        return [ReadingScreen.CSS_PATH]
    from reader.ui.screens.library import LibraryScreen  # noqa: PLC0415  (when it is shown)

    return [str(path) for path in LibraryScreen.CSS_PATH]


def _what_was_exported(written: Sequence[Exported], target: Path) -> str:
    """Say in one sentence what an export wrote."""
    changed = [each for each in written if each.is_changed]
    if not changed:
        return f"Nothing has changed since the last export to {target}."
    kept = [each.kept.name for each in written if each.kept is not None]
    aside = f" What was changed by hand is kept as {', '.join(kept)}." if kept else ""
    if len(written) == 1:
        return f"Exported to {written[0].path}.{aside}"
    return f"Exported {len(written)} articles to {target}, {len(changed)} changed.{aside}"


def _copy_natively(text: str) -> None:
    import pyperclip  # noqa: PLC0415  (on the first copy)

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException:
        return  # no clipboard program here: the terminal was asked, which is all one can do
