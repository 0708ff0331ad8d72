"""The app: its first screen, its parts, and what screens and Textual ask of it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.events import Event, Resize
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen, Screen

from reader import config
from reader.core.annotation import Tag
from reader.core.saved_searches import SavedSearch, search_named
from reader.errors import ReaderError
from reader.paths import styles_folder
from reader.progress import Report, unreported
from reader.safe_text import sanitise, sanitise_line
from reader.session import ExportRequest, ExportScope, LoadingArticle, Session
from reader.ui.commands import STATISTICS, by_id, commands_of, keys_of, textual_keymap
from reader.ui.compat import CalmApp, literal, load_sheets
from reader.ui.desktop import Desktop
from reader.ui.exporting import Exporting
from reader.ui.first_screen import first_screen
from reader.ui.first_terminal import FirstTerminal
from reader.ui.held_input import Settled
from reader.ui.indexing import Indexing
from reader.ui.key_hints import unused_ids
from reader.ui.known_names import KnownNames
from reader.ui.lifetime import Lifetime
from reader.ui.messages import (
    ArticleOpened,
    LibraryIndexed,
    NoteTyped,
    SaveProgressed,
    ShowArticle,
    ShowPassage,
    ShowReview,
    ShowSource,
    ShowText,
)
from reader.ui.navigation import Navigation
from reader.ui.navigation_history import HistoryEntry, NavigationHistory
from reader.ui.note_changes import NoteChanges
from reader.ui.own_keys import check_keys
from reader.ui.pasting import sanitise_paste
from reader.ui.preferences import Preferences
from reader.ui.quitting import Quitting
from reader.ui.restoring import Restoring
from reader.ui.saving import Saving
from reader.ui.small_window import SmallWindow
from reader.ui.terminal import TerminalDriver
from reader.ui.themes import THEMES, VARIABLE_DEFAULTS
from reader.ui.window_sizes import HEIGHTS, WIDTHS

if TYPE_CHECKING:
    from reader.core.draft_check.checked import CheckedDraft
    from reader.session.batch_changes import Change, NoteId, OtherStep, Step
    from reader.session.reviewing import ReviewRequest

PROBLEM_SECONDS = 20.0
"""How long mistakes in the settings are shown, in seconds."""

LONGEST_START = 2.0
"""After how long the first screen is drawn in any case, in seconds."""

COLLECT_SECONDS = 0.5
"""How long after the start garbage is collected again, in seconds: the first screen is there."""


class MarginApp(CalmApp):
    """Margin on a terminal; the screens know it as ``Host``."""

    TITLE = "Margin"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        # Dialogs and fields have no commands of their own, and can be suspended as well.
        Binding(by_id()["suspend"].keys, "suspend_process", id="suspend", priority=True)
    ]

    def __init__(
        self,
        session: Session,
        settings: config.Settings,
        loading: LoadingArticle | None = None,
        lifetime: Lifetime | None = None,
        *,
        review: ReviewRequest | None = None,
        check: CheckedDraft | None = None,
    ) -> None:
        """Make the app.

        Args:
            session: The library, and what can be done with it.
            settings: The reader's settings.
            loading: The article to begin with; without one, the library.
            lifetime: What ends and suspends the app when the system asks; may hold the terminal.
            review: What to review in place of the library; None for nothing.
            check: The draft to begin with in place of the library, checked; None for none.
        """
        # Textual loads the sheets of screens that are pushed, not of the first one.
        self._first_screen = first = first_screen(loading, review, check)
        super().__init__(
            driver_class=TerminalDriver,
            css_path=[str(styles_folder() / "base.tcss"), *first.sheets],
        )
        self.session = session
        """The library, and what can be done with it."""
        self.history = NavigationHistory(session.writer.is_closed)
        """The positions that back and forward lead to."""
        own_keys = check_keys(settings.keys, unused_ids(settings.tags, settings.statuses))
        self._key_problems = own_keys.problems
        settings = replace(settings, keys=own_keys.keymap)
        self._preferences = Preferences(self, self, settings)
        self.known_names = KnownNames(self, session)
        """The tags and the speakers of the library, as far as they were looked up."""
        self._saving = Saving(self, self)
        self._quitting = Quitting(self, self)
        self._navigation = Navigation(self, self, self._quitting.begin)
        self.lifetime = lifetime or Lifetime(session)
        """Ends and suspends the app when the system asks."""
        self.lifetime.attach(self, self._quitting.end)
        if self.taken_terminal is not None:
            self.hold_frames()
        self._indexing = Indexing(self, self)
        self._exporting = Exporting(self, self)
        self._restoring = Restoring(self, self)
        self._note_changes = NoteChanges(self, self)
        self._desktop = Desktop(self, self)
        self._small_window = SmallWindow(self)
        for theme in THEMES:
            self.register_theme(theme)
        is_known = settings.theme in self.available_themes
        self.begin_with_theme(settings.theme if is_known else THEMES[0].name)

    @property
    def taken_terminal(self) -> FirstTerminal | None:
        """The terminal with the first picture, where there is one."""
        return self.lifetime.taken_terminal

    def show_first_screen(self) -> None:
        """Draw the first screen over the first picture, once all of it stands in its place."""
        self.show_frames_once_settled()

    def run_to_end(self) -> int:
        """Run until the reader or the system ends the app, and return the exit code.

        Raises:
            StoreError: The last changes could not be saved.
        """
        self.run()
        return self.lifetime.finish() or self.return_code or 0

    def get_default_screen(self) -> Screen[None]:
        """Begin with the article, the review or the draft; without any, with the library."""
        return self._first_screen.make()

    def on_mount(self) -> None:
        """Set the reader's keys; begin to follow saves and the system's signals."""
        self._saving.begin()
        self._small_window.begin()
        self.screen_change_signal.subscribe(self, lambda _: self.held_input.on_screen_changed())
        if self._key_problems:
            self.notify(
                "\n".join(self._key_problems),
                title="Keys in the settings",
                severity="warning",
                markup=False,
                timeout=PROBLEM_SECONDS,
            )
        if keys := self.settings.keys:
            self.set_keymap(textual_keymap(keys))
        for search in self.settings.searches:
            if search.key:
                self.bind(search.key, f"ask_search({search.name!r})", show=False)
        if not gc.isenabled():  # the command line turned it off, so that the first screen is soon
            self.set_timer(COLLECT_SECONDS, _collect_again)
        self.lifetime.begin()
        self.set_timer(LONGEST_START, self.show_frames)
        self._indexing.begin()

    # What screens ask

    @property
    def settings(self) -> config.Settings:
        """The reader's settings, as they are now."""
        return self._preferences.settings

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags that have a key, a glyph and a colour."""
        return self.settings.tags

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a notification, made safe to show; the arguments are Textual's."""
        safe_title, safe_message = sanitise_line(title), sanitise(message)
        super().notify(
            safe_message, title=safe_title, severity=severity, timeout=timeout, markup=markup
        )

    def notify_error(self, error: ReaderError) -> None:
        """Show an error as its title and its sentence."""
        self.notify(error.message, title=error.title, severity="error", markup=False, timeout=10)

    def copy(self, text: str, show_status: Callable[[str], None]) -> None:
        """Copy a text to the clipboards that can be reached."""
        self._desktop.copy(text, show_status)

    def browse(self, url: str, show_status: Callable[[str], None]) -> None:
        """Open a web address in the reader's browser; copy it where there is none."""
        self._desktop.browse(url, show_status)

    def change_column(self, cells: int) -> int:
        """Change the width of the column, save the setting, and return the new width in cells."""
        return self._preferences.change_column(cells)

    def toggle_margin_notes(self) -> bool:
        """Show notes beside articles, or no longer; save the setting, and return what it is."""
        return self._preferences.toggle_margin_notes()

    def remember_panel(self, name: str) -> None:
        """Save which panel stands beside the article, one of ``config.PANELS``."""
        self._preferences.remember_panel(name)

    def export(self, article_id: str = "", seen: ExportScope | None = None) -> None:
        """Ask what to export and where, then do it."""
        self._open(self._exporting.export(article_id, seen), group="export")

    async def save_search(self, search: SavedSearch) -> None:
        """Save a query under a name, in place of the search with that name."""
        await self._preferences.save_search(search)

    async def forget_search(self, search: SavedSearch) -> None:
        """Show a saved search no longer."""
        await self._preferences.forget_search(search)

    def show_deleted(self) -> None:
        """Show what was deleted lately, to bring it back."""
        self._restoring.show()

    def show_names(self) -> None:
        """Show the tags and the speakers of all notes, to rename and merge them."""
        self._note_changes.show_names()

    async def change_notes(
        self, label: str, notes: Sequence[NoteId], change: Change, report: Report = unreported
    ) -> Step:
        """Change annotations of any articles as one step, which ``undo_notes`` takes back."""
        return await self._note_changes.apply(label, notes, change, report)

    def add_step(self, step: OtherStep) -> None:
        """Take a step that was made in another way, so that ``undo_notes`` takes it back."""
        self._note_changes.add(step)

    async def undo_notes(
        self, report: Report = unreported, own: OtherStep | None = None
    ) -> Step | None:
        """Undo a step, or the last one; None where there was nothing to undo."""
        return await self._note_changes.undo(report, own)

    async def redo_notes(self, report: Report = unreported) -> Step | None:
        """Make the step again that was undone last; None where there was none."""
        return await self._note_changes.redo(report)

    def drop_draft(self, annotation_id: str) -> None:
        """Delete the draft of a note, because the note was saved or discarded."""
        self._saving.drop_draft(annotation_id)

    def check_for_changes(self, article_id: str) -> None:
        """Merge what another window wrote to an article's file; called on a thread."""
        self._saving.check_for_changes(article_id)

    def go_back(self) -> None:
        """Go back to the screen below; at the first screen, quit."""
        self._navigation.go_back()

    def run_program(self, command: Sequence[str]) -> int | None:
        """Give the terminal to another program until that ends, and return its exit code."""
        return self.lifetime.run_program(command)

    def expect_end(self) -> None:
        """Limit how long the program may take to end from now on."""
        self.lifetime.expect_end()

    def leave_article(self, entry: HistoryEntry) -> None:
        """Go back from an article to the screen below; forward leads to it again."""
        self._navigation.leave_article(entry)

    def step_in_history(self, present: HistoryEntry, *, is_forward: bool) -> bool:
        """Go back or forward to a position; return whether there is one."""
        return self._navigation.step_in_history(present, is_forward=is_forward)

    def step_in_results(self, step: int) -> bool:
        """Go to another note of the list that led to an article; return whether there is one."""
        return self._navigation.step_in_results(step)

    def go_to_library(self) -> None:
        """Show the library."""
        self._navigation.go_to_library()

    def go_to_notes(self) -> None:
        """Show the notes."""
        self._navigation.go_to_notes()

    def go_to_import(self, paths: Sequence[str] = ()) -> None:
        """Show the screen that imports notes, of some files or of those that it asks for."""
        self._navigation.go_to_import(paths)

    def go_to_vault(self, request: ExportRequest | None = None) -> None:
        """Show the screen that brings a vault up to date."""
        self._navigation.go_to_vault(request)

    async def go_to_article(self, article_id: str) -> bool:
        """Go back to the screen that has an article open; return whether there is one."""
        return await self._navigation.go_to_article(article_id)

    # What happens: each message goes to the part that it concerns

    def on_show_article(self, message: ShowArticle) -> None:
        """Open an article of the library."""
        message.stop()
        opens = self._navigation.open_article(
            message.article_id, message.annotation_id, message.result
        )
        self._open(opens)

    def on_show_review(self, message: ShowReview) -> None:
        """Review notes."""
        message.stop()
        self._open(self._navigation.review(message))

    def on_show_passage(self, message: ShowPassage) -> None:
        """Open an article of the library at a passage."""
        message.stop()
        self._open(self._navigation.open_passage(message))

    def on_show_source(self, message: ShowSource) -> None:
        """Open an article from a path or a URL."""
        message.stop()
        self._open(self._navigation.open_source(message))

    def on_show_text(self, message: ShowText) -> None:
        """Open a text that was pasted."""
        message.stop()
        self._open(self._navigation.open_text(message.text))

    def on_article_opened(self, message: ArticleOpened) -> None:
        """Show an article that a dialog has opened."""
        message.stop()
        shows = self._navigation.show(message.loading_article)
        self._open(shows)

    def _open(self, opens: Coroutine[Any, Any, object], group: str = "open") -> None:
        """Open a screen in a worker; keys wait for it."""
        worker = self.run_worker(opens, exclusive=True, group=group)
        self.held_input.hold_until(worker.wait())

    def on_save_progressed(self, message: SaveProgressed) -> None:
        """Show the status of saving."""
        message.stop()
        self._saving.show(message)

    def on_library_indexed(self, message: LibraryIndexed) -> None:
        """Show how far the library is indexed."""
        message.stop()
        self._indexing.show(message.progress)

    def on_app_focus(self) -> None:
        """Check what another window wrote, when the reader comes back to this one."""
        self._saving.check_open_articles()

    def on_note_typed(self, message: NoteTyped) -> None:
        """Write what is being typed to disk."""
        message.stop()
        self._saving.write_draft(message.annotation_id, message.draft)

    # What Textual asks

    def on_settled(self, message: Settled) -> None:
        """Take the keys that waited for a command."""
        message.stop()
        self.held_input.on_settled(message)

    async def on_event(self, event: Event) -> None:
        """Make a pasted text safe before anything takes it; drop input where nothing is seen."""
        if self.held_input.holds(event) or self._small_window.takes(event):
            return
        sanitise_paste(self, event)
        await super().on_event(event)
        if isinstance(event, Resize):
            self._small_window.update()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the key that suspends to another command where the settings give it to one."""
        if action == "suspend_process" and self.settings.keys.get("suspend") == "":
            return False
        return super().check_action(action, parameters)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our variables for themes that do not have them."""
        return VARIABLE_DEFAULTS

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Give the palette the commands of the screen."""
        name = getattr(screen, "HELP_NAME", "")
        for command in commands_of(name):
            key = keys_of(command, self.settings.keys)[0]
            yield SystemCommand(
                command.name,
                f"{key}  {command.help}".strip(),
                partial(screen.run_action, command.action),
            )
        if name:
            yield from self._other_commands(name)

    def action_next_theme(self) -> None:
        """Change to the next theme, and save the setting."""
        self.theme = self._preferences.next_theme()

    def action_review(self) -> None:
        """Review what is due."""
        self.post_message(ShowReview())

    def action_help(self) -> None:
        """Show the keys of the screen."""
        from reader.ui.dialogs.help import HelpScreen  # noqa: PLC0415  (when it is shown)

        name = getattr(self.screen, "HELP_NAME", "")
        if name:
            self.push_screen(HelpScreen(name, self.settings.keys))

    def action_command_palette(self) -> None:
        """Show every command of the screen, in the style of the other dialogs."""
        from textual.command import CommandPalette  # noqa: PLC0415  (see ``spared_imports``)

        if not isinstance(self.screen, CommandPalette):
            load_sheets(self, [styles_folder() / "palette.tcss"])
            self.push_screen(CommandPalette())

    def action_suspend_process(self) -> None:
        """Suspend the program; the shell brings it back."""
        self.lifetime.suspend_now()

    def _other_commands(self, name: str) -> Iterator[SystemCommand]:
        """Yield what the palette offers besides the commands of a screen."""
        statistics = by_id()["statistics"]
        if name not in {STATISTICS, *statistics.screens}:
            show = self.action_statistics
            yield SystemCommand(statistics.name, statistics.help, show)
        for search in self.settings.searches:
            text = f"{search.key.upper()}  {search.query}".strip()
            action = partial(self._navigation.go_to_notes, search.query)
            yield SystemCommand(literal(f"Notes: {search.name}"), literal(text), action)

    def action_ask_search(self, name: str) -> None:
        """Show what a saved search finds, unless something is being written."""
        search = search_named(self.settings.searches, name)
        is_writing = self.focused is not None and self.focused.check_consume_key("a", "a")
        if search is not None and not is_writing and not isinstance(self.screen, ModalScreen):
            self._navigation.go_to_notes(search.query)

    def action_statistics(self) -> None:
        """Show the statistics of the library."""
        self._navigation.go_to_statistics()

    def action_vault(self) -> None:
        """Show what bringing the vault up to date would do."""
        self.go_to_vault()

    async def action_quit(self) -> None:
        """Wait for the last save, then quit; ask where it cannot be saved."""
        await self._quitting.quit()


def _collect_again() -> None:
    """Collect garbage from now on, except what starting has made: that stays in use."""
    gc.freeze()
    gc.enable()
