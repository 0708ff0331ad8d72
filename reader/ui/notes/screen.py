"""The notes' screen, the desk: facets, the notes of a query in groups, and the note in detail."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Static

from reader.paths import styles_folder
from reader.session.querying import NoteKey
from reader.ui.actions import Actions, merged, run_command
from reader.ui.bindings import bindings_of
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import NOTES
from reader.ui.held_input import hold_until
from reader.ui.messages import HintChosen, ShowArticle
from reader.ui.notes.answers import Answers
from reader.ui.notes.arranging import Arranging
from reader.ui.notes.asking import Asking, DeskRemembered
from reader.ui.notes.changing import NoteChanging, StepProgressed
from reader.ui.notes.context import DeskContext
from reader.ui.notes.copying import NoteCopying
from reader.ui.notes.detail import NoteDetail
from reader.ui.notes.detail_updates import DetailUpdates, FactsRead
from reader.ui.notes.editing import DeskNoteEditing
from reader.ui.notes.exporting import DeskExporting
from reader.ui.notes.facet_panes import FacetPanes
from reader.ui.notes.facet_rows import FacetRow
from reader.ui.notes.facets import FacetChosen, FacetList
from reader.ui.notes.listing import (
    AnnotationsRead,
    AskingFailed,
    FacetsCounted,
    NoteListing,
    NotesAnswered,
)
from reader.ui.notes.note_rows import NoteRows, RowsWanted
from reader.ui.notes.opening import NoteOpening
from reader.ui.notes.panes import DeskPanes
from reader.ui.notes.projects import NoteProjects
from reader.ui.notes.query_chips import MoreWanted, QueryChips
from reader.ui.notes.query_commands import QueryCommands
from reader.ui.notes.reviewing import DeskReviewing
from reader.ui.notes.search_saving import SearchSaving
from reader.ui.notes.selecting import NoteSelecting
from reader.ui.widgets.filter_bar import FilterChanged, FilterLeft
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_page import IndexLine, ProblemLine
from reader.ui.widgets.query_field import FaultLine, QueryField
from reader.ui.widgets.row_list import RowActivated, RowHighlighted


class NotesScreen(Screen[None], CommandScreen):
    """Shows the notes of the library; asks for them whenever it is shown."""

    HELP_NAME = NOTES
    AUTO_FOCUS = "NoteRows"
    CSS_PATH: ClassVar = [str(styles_folder() / name) for name in ("row_list.tcss", "notes.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(NOTES),
        Binding("escape", "show_all", "Show all"),
    ]

    query_field = getters.query_one(QueryField)
    note_rows = getters.query_one(NoteRows)

    def __init__(self) -> None:
        """Show nothing until the notes are read."""
        super().__init__()
        self.has_loaded = False
        """Whether all notes of a query have come at least once."""
        self.listing = NoteListing(self)
        """What asks for the notes."""
        self.context = DeskContext(
            self,
            lambda: self.note_rows,
            self.load,
            show_selection=self._show_summary,
            count=self.listing.count,
        )
        """The list as the parts of the screen know it."""
        self.asking = Asking(self, self.listing, lambda: self.query_field)
        """What is asked."""
        self.facets = FacetPanes(self)
        """Where the facets are."""
        self._queries = QueryCommands(self.context, self.asking, self.facets)
        self._detail = NoteDetail()
        self._updates = DetailUpdates(self.context, self._detail)
        self._answers = Answers(self.context)
        self._panes = DeskPanes(self.context, self.facets, self._detail)
        self._opening = NoteOpening(self.context, self.listing, self._remember)
        changing = NoteChanging(self.context)
        self._note_selection = NoteSelecting(self.context)
        self._parts = (
            changing,
            DeskNoteEditing(self.context, changing),
            self._note_selection,
            NoteCopying(self.context),
            NoteProjects(self.context),
            DeskReviewing(self.context, self.listing),
            DeskExporting(self.context, lambda: self.asking.question.text),
            self._queries,
            SearchSaving(self.context, lambda: self.query_field.value, self._show_searches),
            self.facets,
            Arranging(self, self.asking),
            self._panes,
            self._opening,
        )

    def compose(self) -> ComposeResult:
        """Lay out the query, the facets, the list, the detail and the hints."""
        tags, statuses = self.host.tags, self.host.settings.statuses
        query_field = QueryField()
        with Horizontal(id="desk-head"):
            yield Static("Notes", classes="heading-name", markup=False)
            yield query_field
            yield Static(classes="heading-summary", markup=False)
        yield query_field.suggestions
        yield FaultLine()
        yield QueryChips(tags, statuses, id="search-line")
        yield QueryChips(tags, statuses, id="facet-line")
        with Horizontal(id="panes"):
            yield FacetList(tags, statuses)
            with Container(id="main"):
                with Vertical(id="list-pane"):
                    yield Static(id="list-title", classes="pane-title", markup=False)
                    yield NoteRows(tags, statuses)
                yield self._detail
        yield IndexLine()
        yield ProblemLine()
        yield Hints()

    # Reading the notes

    def on_mount(self) -> None:
        """Look up what was open last, and ask for it."""
        self.asking.begin()

    def on_desk_remembered(self, message: DeskRemembered) -> None:
        """Ask for what was open last."""
        message.stop()
        self.facets.is_wanted = message.state.facets
        self._answers.kept_note = self.asking.begin_with(message.state)
        self._lay_out()

    def ask(self, query: str) -> None:
        """Ask for the notes of a query, in place of what is asked now or was asked last."""
        self.asking.ask_query(query)
        if self.is_mounted:
            self._queries.show_facets()
            self.note_rows.focus()

    def _show_searches(self) -> None:
        """Show the saved searches as they are now."""
        self._queries.show_facets()
        self._show_summary()

    def on_screen_resume(self) -> None:
        """Ask for the notes again: some may have been added or changed."""
        self._queries.begin()
        if self.has_loaded:
            self.load()

    def load(self) -> None:
        """Ask for the same notes again; those that are shown stay until the answer comes."""
        self.asking.load()

    def on_notes_answered(self, message: NotesAnswered) -> None:
        """Show the notes, and what could not be read."""
        message.stop()
        if not self.listing.take(message):
            return
        self.has_loaded = self.has_loaded or message.is_complete
        self._answers.show(message)
        self.query_field.show_faults(message.query.faults)
        self._show_summary()
        self.listing.settle()
        self._updates.update()
        self._remember()

    def on_asking_failed(self, message: AskingFailed) -> None:
        """Show why the library could not be read, and what was shown before."""
        message.stop()
        self.listing.give_up()
        error = message.error
        self.host.notify_error(error)
        sentence = f"{error.title}: {error.message}"
        self.query_one(ProblemLine).show([sentence], str(self.host.session.folder))

    def on_facets_counted(self, message: FacetsCounted) -> None:
        """Show the counts."""
        message.stop()
        if message.text == self.listing.question.text:
            self._queries.take_counts(message.counts)

    def on_step_progressed(self, message: StepProgressed) -> None:
        """Show how far a change of many notes has come."""
        message.stop()
        self._answers.note_progress(message)
        self._show_summary()

    def on_rows_wanted(self, message: RowsWanted) -> None:
        """Read what the rows on screen show."""
        message.stop()
        self.run_worker(partial(self.listing.read, message.ids), thread=True, group="rows")

    def on_annotations_read(self, message: AnnotationsRead) -> None:
        """Draw what was read."""
        message.stop()
        self.note_rows.take(message.annotations)
        self._updates.update()

    def on_facts_read(self, message: FactsRead) -> None:
        """Show more of the note."""
        message.stop()
        self._updates.take(message)

    def _show_summary(self) -> None:
        search = self._queries.search
        self._answers.show_summary(self.asking.question, search.name if search else "")
        self._panes.show_hints()

    def _remember(self) -> None:
        """Keep what is open for the next time."""
        row = self.note_rows.highlighted_row
        self.asking.remember(row.id if row is not None else "", has_facets=self.facets.is_wanted)

    async def on_unmount(self) -> None:
        """Write what was open to disk, for the next start."""
        await asyncio.to_thread(self.host.session.desk_memory.save)

    # What the widgets say

    def on_filter_changed(self, message: FilterChanged) -> None:
        """Ask for the notes of the query."""
        message.stop()
        if self.asking.take_typed():
            self._queries.show_facets()

    def on_filter_left(self, message: FilterLeft) -> None:
        """Go to the list; keys wait for the rows of the query."""
        message.stop()
        if self.listing.is_busy:
            hold_until(self, self.listing.answered())
        self.note_rows.focus()

    def on_facet_chosen(self, message: FacetChosen) -> None:
        """Write the facet into the query."""
        message.stop()
        self._queries.choose(message.row)

    def on_more_wanted(self, message: MoreWanted) -> None:
        """Go to the facets."""
        message.stop()
        self.facets.go_to()

    def on_row_highlighted(self, message: RowHighlighted[NoteKey | FacetRow]) -> None:
        """Show the note in the detail."""
        message.stop()
        if not isinstance(message.row, FacetRow):
            self._answers.note_move()
            self._updates.update()
            self._remember()

    def on_row_activated(self, message: RowActivated[NoteKey]) -> None:
        """Open the article at the chosen passage."""
        message.stop()
        self._opening.open()

    async def on_hint_chosen(self, message: HintChosen) -> None:
        """Run the action of the clicked hint."""
        message.stop()
        owner = self.query_field if self.query_field.has_focus_within else self
        owner.call_later(owner.run_action, message.action)

    # Panes

    def on_resize(self) -> None:
        """Show what there is room for."""
        self._lay_out()

    def _lay_out(self) -> None:
        self._panes.lay_out()
        self._updates.update()

    def on_descendant_focus(self) -> None:
        """Show the hints of what has the focus now, and remember whether the facets are shown."""
        self._panes.show_hints()
        self.facets.leave()
        if self.has_loaded:
            self._remember()

    # Commands

    def action_run(self, command_id: str) -> None:
        """Carry out a command, once the list stands for what was asked last."""
        action = self.actions[command_id]
        if command_id in AT_ONCE:
            run_command(self, action)
        else:
            self.listing.after_answer(partial(run_command, self, action))

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            **merged(*self._parts),
            "notes.deleted": self.host.show_deleted,
            "library": self.host.go_to_library,
            "back": self.host.go_back,
        }

    def next_note(self, step: int) -> ShowArticle | None:
        """Highlight another note and return what opens it; None where there is none."""
        return self._opening.next_note(step)

    def action_show_all(self) -> None:
        """Clear the selection; without one, the query."""
        if self._note_selection.clear():
            return
        self.query_field.action_clear()
        self.note_rows.focus()


AT_ONCE = frozenset(
    {
        "back",
        "library",
        "list.filter",
        "list.tag",
        "notes.arrange",
        "notes.deleted",
        "notes.facets",
        "notes.pane",
        "notes.pane_back",
        "notes.search",
    }
)
"""The commands that do not need the list."""
