"""The screen of an import: what it would do, source by source; then what it has done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from textual import getters, work
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import var

from reader.core.addresses import is_web_address
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.paths import typed_path_exists
from reader.safe_text import sanitise_line
from reader.session.importing import ArticleFate, ImportPlan, Made
from reader.ui.actions import Actions
from reader.ui.bindings import bindings_of
from reader.ui.commands import IMPORTING
from reader.ui.dialogs.prompt import PromptScreen
from reader.ui.importing.plan_rows import (
    LEAVE_OUT,
    NoteFateRows,
    PlanRow,
    PlanRows,
    SourceRow,
    rows_of,
)
from reader.ui.key_hints import hints_of
from reader.ui.messages import ShowArticle
from reader.ui.plan_screen import LONGEST_NAME, NOT_CHANGED, READING, PlanScreen
from reader.ui.typed_sources import paths_in, sources_in
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_page import PageHeading
from reader.ui.widgets.row_list import RowActivated

QUESTION: Final = "Import the notes of which files?"
EXAMPLES: Final = "~/Downloads/*.csv 'My Clippings.txt' ~/Notes …"
NOTHING: Final = "There is nothing to import."

LONGEST_PATH: Final = 120
"""The most characters of a path in a sentence."""


class ImportScreen(PlanScreen):
    """Asks for files, shows what importing their notes would do, and does it."""

    HELP_NAME = IMPORTING
    AUTO_FOCUS = "PlanRows"
    NAME = "Import"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(IMPORTING)]

    has_all: var[bool] = var(True, init=False)
    """Whether sources without anything new are listed, too."""

    plan_rows = getters.query_one(PlanRows)
    note_rows = getters.query_one(NoteFateRows)

    def __init__(self, paths: Sequence[str] = ()) -> None:
        """Plan the import of some files; without any, ask for them.

        Args:
            paths: The paths of the files.
        """
        super().__init__(PlanRows(), NoteFateRows())
        self._paths = tuple(paths)
        self._plan: ImportPlan | None = None
        self._made: Made | None = None
        self._left_out: frozenset[str] = frozenset()

    def on_mount(self) -> None:
        """Read the files, or ask for them."""
        self.plan_rows.placeholder = Content(READING if self._paths else "")
        if self._paths:
            self.read_files(self._paths)
        else:
            self.ask()
        self.show_hints()

    # Reading the files

    @work(exclusive=True, group="importing")
    async def ask(self) -> None:
        """Ask for files, and read them."""
        typed = await self.app.push_screen_wait(
            PromptScreen(QUESTION, placeholder=EXAMPLES, problem_of=_problem_of)
        )
        if typed is not None:
            self.read_files(tuple(paths_in(typed)))
        elif self._plan is None:
            self.host.go_back()

    def plan_again(self) -> None:
        """Read the same files, of which nothing is imported now."""
        self._made = None
        self.read_files(self._paths)

    @work(exclusive=True, group="importing")
    async def read_files(self, paths: Sequence[str]) -> None:
        """Read some files, and show the plan of their import in place of what was shown before.

        Args:
            paths: The paths of the files.
        """
        plan = partial(self.host.session.importing.plan, paths)
        try:
            planned = await self._work.run(lambda report: plan(report=report), NOT_CHANGED)
        except ReaderError as error:
            self.say_failure(error)
            self.plan_rows.placeholder = Content("" if self._plan is None else NOTHING)
            if self._plan is None:
                self.ask()
            return
        self._paths, self._plan = tuple(paths), planned
        self._made, self._step, self._left_out = None, None, frozenset()
        names = ", ".join(Path(each.name).name for each in planned.files)
        name = one_line(sanitise_line(names), LONGEST_NAME)
        self.query_one(PageHeading).show_name(f"Import · {name}")
        self.show_rows()

    # What is shown

    def show_rows(self) -> None:
        """Show all sources, or only those with something new."""
        if self._plan is None:
            return
        rows = tuple(rows_of(self._plan, self._left_out))
        if not self.has_all:
            rows = tuple(row for row in rows if row.is_news)
        self.plan_rows.placeholder = Content(NOTHING)
        self.plan_rows.rows = rows
        self.show_detail()
        self.show_summary()
        self.show_hints()

    def show_summary(self) -> None:
        """Show how many notes are to be imported, or were."""
        if self._plan is None:
            summary = ""
        elif self._made is not None:
            summary = f"imported: {self._chosen_plan.summary}"
        else:
            summary = self._chosen_plan.summary
        self.query_one(PageHeading).show_summary(summary)

    def show_detail(self) -> None:
        """Show the notes of the highlighted source; of a row that is no source, all it says."""
        row = self.plan_rows.highlighted_row
        self.note_rows.display = row is not None
        if row is not None:
            self.note_rows.placeholder = Content(row.detail)
            self.note_rows.rows = row.source.notes if isinstance(row, SourceRow) else ()
            self.note_rows.highlighted = 0

    def show_hints(self) -> None:
        """Show the keys for the plan, or for what was done."""
        keys = self.host.settings.keys
        if self._work.is_running:
            hints = [("back", "give up")]
        elif self._plan is None:
            hints = [("importing.file", "choose a file"), ("back", "back")]
        elif self._made is not None:
            hints = [
                ("importing.undo", "undo"),
                ("importing.open", "open the article"),
                ("importing.file", "another file"),
                ("help", "help"),
                ("back", "back"),
            ]
        else:
            hints = [
                ("importing.make", "import"),
                (LEAVE_OUT, "leave out"),
                ("importing.next", "to look at"),
                ("importing.notes", "notes"),
                ("help", "help"),
                ("back", "back"),
                ("importing.changes", "only what is new" if self.has_all else "all"),
                ("importing.file", "another file"),
            ]
        self.query_one(Hints).hints = hints_of(hints, keys)

    @property
    def _chosen_plan(self) -> ImportPlan:
        """The plan without what the reader leaves out."""
        assert self._plan is not None
        return self._plan.without(self._left_out)

    def on_row_activated(self, message: RowActivated[PlanRow]) -> None:
        """Open the article of the source."""
        message.stop()
        self.open()

    # Commands

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "importing.make": self.make,
            "importing.open": self.open,
            "importing.next": partial(self.go, 1),
            "importing.previous": partial(self.go, -1),
            LEAVE_OUT: self.leave_out,
            "importing.changes": self.toggle_all,
            "importing.notes": self.change_pane,
            "importing.file": self.choose,
            "importing.undo": self.undo,
            "back": self.leave,
        }

    def make(self) -> None:
        """Import what is listed and not left out."""
        if self._work.is_running or self._plan is None or self._made is not None:
            return
        if self._chosen_plan.changes:
            self._make(self._chosen_plan)
        else:
            self.say(NOTHING)

    @work(exclusive=True, group="importing")
    async def _make(self, plan: ImportPlan) -> None:
        make = self.host.session.importing.make
        try:
            made = await self._work.run(partial(make, plan), NOT_CHANGED)
        except ReaderError as error:
            self.say_failure(error)
            return
        self._made = made
        self.keep_step(made.step_id, made.label)
        self.show_rows()
        notes = counted(made.new_notes + made.changed_notes, "note")
        self.say("\n".join([f"Imported {notes}.", *made.remarks]))

    def open(self) -> None:
        """Open the article of the highlighted source, once it is in the library."""
        row = self.plan_rows.highlighted_row
        if not isinstance(row, SourceRow) or not row.article_id:
            self.say("There is no article to open.")
        elif row.source.fate is ArticleFate.NEW and (self._made is None or row.is_left_out):
            self.say("The article is not in the library yet.")
        else:
            note = self.note_rows.highlighted_row
            annotation = (note.after or note.before) if note is not None else None
            is_there = annotation is not None and (
                self._made is not None or note is None or note.before is not None
            )
            annotation_id = annotation.id if annotation is not None and is_there else ""
            self.post_message(ShowArticle(row.article_id, annotation_id))

    def leave_out(self) -> None:
        """Leave out the highlighted source, or take it again, and go on to the next."""
        row = self.plan_rows.highlighted_row
        if self._work.is_running or self._made is not None or not isinstance(row, SourceRow):
            return
        if row.article_id:
            self._left_out ^= {row.article_id}
            self.show_rows()
        self.plan_rows.action_highlight_by(1)


def _problem_of(typed: str) -> str:
    """Return why what was typed names no files, in a sentence; empty where it does."""
    if any(map(is_web_address, sources_in(typed))):
        return "Save the page or the file first: notes are imported from files."
    paths = paths_in(typed)
    missing = next((path for path in paths if not typed_path_exists(path)), None)
    if missing is not None:
        return f"{one_line(sanitise_line(missing), LONGEST_PATH)} is not there."
    return "" if paths else "This names no file."
