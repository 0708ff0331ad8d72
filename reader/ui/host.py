"""What screens, panels and dialogs ask of the app that shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, cast

from reader.config import Settings
from reader.core.annotation import Tag
from reader.core.saved_searches import SavedSearch
from reader.errors import ReaderError
from reader.progress import Report, unreported
from reader.session import ExportRequest, ExportScope, Session
from reader.ui.known_names import KnownNames
from reader.ui.navigation_history import HistoryEntry, NavigationHistory

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    from reader.session.batch_changes import Change, NoteId, OtherStep, Step


class Host(Protocol):
    """The app, as the screens know it."""

    session: Session
    """The library, and what can be done with it."""
    history: NavigationHistory
    """The positions that back and forward lead to."""
    known_names: KnownNames
    """The tags and the speakers of the library, as far as they were looked up."""

    @property
    def settings(self) -> Settings:
        """The reader's settings, as they are now."""
        ...

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The tags that have a key, a glyph and a colour."""
        ...

    def notify_error(self, error: ReaderError) -> None:
        """Show an error as its title and its sentence."""
        ...

    def copy(self, text: str, show_status: Callable[[str], None]) -> None:
        """Copy a text to the clipboards that can be reached.

        Args:
            text: Any text.
            show_status: Called with one sentence that says what is known of the copy.
        """
        ...

    def browse(self, url: str, show_status: Callable[[str], None]) -> None:
        """Open a web address in the reader's browser; copy it where there is none.

        Args:
            url: An http or https address.
            show_status: Called with one sentence that says which of the two was done.
        """
        ...

    def change_column(self, cells: int) -> int:
        """Change the width of the column, save the setting, and return the new width in cells."""
        ...

    def toggle_margin_notes(self) -> bool:
        """Show notes beside articles, or no longer; save the setting, and return what it is."""
        ...

    def remember_panel(self, name: str) -> None:
        """Save which panel stands beside the article, one of ``config.PANELS``; empty for none."""
        ...

    def export(self, article_id: str = "", seen: ExportScope | None = None) -> object:
        """Ask what to export and where, then do it.

        Args:
            article_id: The article on screen; empty where there is none.
            seen: What a list shows or has selected, which is chosen at first; None where there is
                no list.
        """
        ...

    async def save_search(self, search: SavedSearch) -> None:
        """Save a query under a name, in place of the search with that name.

        Raises:
            SettingsError: The settings file cannot be written, or has a fault.
        """
        ...

    async def forget_search(self, search: SavedSearch) -> None:
        """Show a saved search no longer.

        Raises:
            SettingsError: The settings file cannot be written, or has a fault.
        """
        ...

    def show_deleted(self) -> object:
        """Show what was deleted lately, to bring it back."""
        ...

    def show_names(self) -> object:
        """Show the tags and the speakers of all notes, to rename and merge them."""
        ...

    async def change_notes(
        self, label: str, notes: Sequence[NoteId], change: Change, report: Report = unreported
    ) -> Step:
        """Change annotations of any articles as one step, which ``undo_notes`` takes back.

        Args:
            label: What the step does.
            notes: The annotations.
            change: Returns an annotation as it is after the change.
            report: Called on a thread before each article.
        """
        ...

    def add_step(self, step: OtherStep) -> None:
        """Take a step that was made in another way, so that ``undo_notes`` takes it back."""
        ...

    async def undo_notes(
        self, report: Report = unreported, own: OtherStep | None = None
    ) -> Step | None:
        """Undo a step, and leave alone what was changed since.

        Args:
            report: Called on a thread before each article.
            own: The step, which ``add_step`` took; None for the last one.

        Returns:
            The step that was made by that; None where there was nothing to undo.
        """
        ...

    async def redo_notes(self, report: Report = unreported) -> Step | None:
        """Make the step again that was undone last; returns the same as ``undo_notes``."""
        ...

    def drop_draft(self, annotation_id: str) -> None:
        """Delete the draft of a note, because the note was saved or discarded."""
        ...

    def check_for_changes(self, article_id: str) -> None:
        """Merge what another window wrote to an article's file; called on a thread."""
        ...

    def run_program(self, command: Sequence[str]) -> int | None:
        """Give the terminal to another program until that ends; nothing else happens meanwhile.

        Args:
            command: The program and its arguments.

        Returns:
            The exit code, negative where a signal has ended the program; None where there is no
            terminal to give, as in a browser.

        Raises:
            OSError: It cannot be started.
        """
        ...

    def go_back(self) -> None:
        """Go back to the screen below; at the first screen, quit."""
        ...

    def show_first_screen(self) -> None:
        """Draw the screen that the app begins with, because all of it stands in its place."""
        ...

    def expect_end(self) -> None:
        """Limit how long the program may take to end from now on."""
        ...

    def leave_article(self, entry: HistoryEntry) -> None:
        """Go back from an article to the screen below; forward leads to it again.

        Args:
            entry: The position in it.
        """
        ...

    def step_in_history(self, present: HistoryEntry, *, is_forward: bool) -> bool:
        """Go back or forward to a position; return whether there is one.

        Args:
            present: The present position.
            is_forward: Whether to go forward, not back.
        """
        ...

    def step_in_results(self, step: int) -> bool:
        """Go to another note of the list that led to an article; return whether there is one.

        Args:
            step: 1 for the next one, -1 for the one before.
        """
        ...

    def go_to_library(self) -> None:
        """Show the library."""
        ...

    def go_to_notes(self) -> None:
        """Show the notes."""
        ...

    def go_to_import(self, paths: Sequence[str] = ()) -> None:
        """Show the screen that imports notes, of some files or of those that it asks for."""
        ...

    def go_to_vault(self, request: ExportRequest | None = None) -> None:
        """Show the screen that brings a vault up to date.

        Args:
            request: What goes to which folder; None for all, to that of the settings.
        """
        ...

    async def go_to_article(self, article_id: str) -> bool:
        """Go back to the screen that has an article open; return whether there is one."""
        ...


def host_of(node: MessagePump) -> Host:
    """Return the app that shows a widget or a screen."""
    return cast("Host", node.app)
