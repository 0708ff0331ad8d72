"""What screens share that show what long work would do, do it on a thread, and take it back."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import getters
from textual.app import ComposeResult
from textual.reactive import var
from textual.screen import Screen

from reader.errors import GivenUp, ReaderError
from reader.paths import styles_folder
from reader.ui.background_work import BackgroundWork, WorkProgressed
from reader.ui.command_screen import CommandScreen
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_and_detail import ListAndDetail
from reader.ui.widgets.list_page import PageHeading
from reader.ui.widgets.row_list import RowHighlighted, RowList

if TYPE_CHECKING:
    from reader.session.batch_changes import OtherStep

READING: Final = "Reading…"
"""What stands in place of the rows while they are planned."""

NOT_CHANGED: Final = "Nothing was changed."
"""What giving up a plan leaves."""

LONGEST_NAME: Final = 30
"""The most characters of a name in the heading."""


class PlanScreen(Screen[None], CommandScreen):
    """A plan as rows, with what is known of the highlighted one; then what was done."""

    CSS_PATH: ClassVar = [
        str(styles_folder() / name) for name in ("row_list.tcss", "list_and_detail.tcss")
    ]
    NAME: ClassVar[str]
    """What the heading says before there is a plan."""

    has_all: var[bool] = var(False, init=False)
    """Whether rows are listed, too, of which nothing changes."""

    panes = getters.query_one(ListAndDetail)

    def __init__(self, rows: RowList[Any], detail: RowList[Any]) -> None:
        """Show no plan yet.

        Args:
            rows: The list of what is planned.
            detail: What is known of its highlighted row.
        """
        super().__init__()
        self._rows, self._detail = rows, detail
        detail.display = False  # until a row is highlighted
        self._work = BackgroundWork(self, self._show_work)
        self._step: OtherStep | None = None
        """What was done here and is not undone."""

    def compose(self) -> ComposeResult:
        """Lay out the heading, the rows, the detail of one of them, and the keys."""
        yield PageHeading(self.NAME)
        yield ListAndDetail(self._rows, self._detail)
        yield Hints()

    def on_unmount(self) -> None:
        """Give up what is still running."""
        self._work.give_up()

    @abstractmethod
    def ask(self) -> object:
        """Ask what to plan, and plan it."""

    @abstractmethod
    def plan_again(self) -> object:
        """Plan the same again, because what was done is undone."""

    @abstractmethod
    def show_rows(self) -> None:
        """Show what is planned, or was done."""

    @abstractmethod
    def show_detail(self) -> None:
        """Show what is known of the highlighted row."""

    @abstractmethod
    def show_summary(self) -> None:
        """Show a few words about the rows in the heading."""

    @abstractmethod
    def show_hints(self) -> None:
        """Show the keys."""

    def watch_has_all(self) -> None:
        """Show all rows, or only those of which anything changes."""
        self.show_rows()

    def on_row_highlighted(self, message: RowHighlighted[Any]) -> None:
        """Show what is known of the highlighted row."""
        message.stop()
        if self.panes.is_in_list:
            self.show_detail()

    def on_work_progressed(self, message: WorkProgressed) -> None:
        """Show how far the work is."""
        message.stop()
        if self._work.is_running:
            self.query_one(PageHeading).show_summary(message.summary)

    def _show_work(self) -> None:
        """Show that work begins, or what it led to."""
        self.show_summary()
        self.show_hints()

    # Commands

    def go(self, step: int) -> None:
        """Go to the next row to look at; after the last comes the first.

        Args:
            step: 1 for the next one, -1 for the one before.
        """
        if self._rows.highlight_next(lambda row: row.is_doubtful, step):
            self.show_detail()
        else:
            self.say("There is nothing that needs a look.")

    def toggle_all(self) -> None:
        """List only the rows of which anything changes, or all."""
        self.has_all = not self.has_all

    def change_pane(self) -> None:
        """Go to the detail of the row, or back to the rows."""
        self.panes.change_pane()

    def choose(self) -> None:
        """Plan something else."""
        if not self._work.is_running:
            self.ask()

    async def undo(self) -> None:
        """Take back what was done here, whatever was done since elsewhere; then plan it again."""
        if self._work.is_running:
            return
        step, self._step = self._step, None
        if step is None:
            self.say("Nothing was changed in the library here, so there is nothing to undo.")
        elif not await self.undo_notes(step):
            self._step = step
        elif not self._work.is_running:
            self.plan_again()

    def leave(self) -> None:
        """Give up what is running, else go back."""
        if not self._work.give_up():
            self.host.go_back()

    def say(self, sentence: str) -> None:
        """Say something that a file may have a part in."""
        self.notify(sentence, markup=False)

    def say_failure(self, error: ReaderError) -> None:
        """Show why something failed, unless the reader gave it up."""
        if isinstance(error, GivenUp):
            self.say(error.message)
        else:
            self.host.notify_error(error)

    def keep_step(self, step_id: str, label: str) -> None:
        """Take a stored step that was made here, to be undone here and in its turn elsewhere."""
        self._step = self.host.session.stored_steps.as_other(step_id, label)
        self.host.add_step(self._step)
        self.host.known_names.learn()
        if self.is_attached:
            self.show_hints()
