"""The notes' screen, the desk: facets, the notes of a query in groups, and the note in detail."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, TypeVar

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from reader.core.text_formatting import counted
from reader.paths import styles_folder
from reader.session.desk_memory import DeskState
from reader.session.querying import NoteKey, NoteOrder
from reader.ui.actions import Actions, merged, run_command
from reader.ui.bindings import bindings_of
from reader.ui.commands import NOTES, with_keys
from reader.ui.held_input import hold_until
from reader.ui.host import Host, host_of
from reader.ui.key_hints import KeyHint, hints_of, status_hint
from reader.ui.messages import HintChosen, ShowArticle
from reader.ui.notes.arrangement import Grouping
from reader.ui.notes.arranging import Arranging, described
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
    Question,
    lit_terms,
)
from reader.ui.notes.note_rows import NoteRows, RowsWanted
from reader.ui.notes.projects import NoteProjects
from reader.ui.notes.query_chips import MoreWanted, QueryChips
from reader.ui.notes.query_commands import QueryCommands
from reader.ui.notes.reviewing import DeskReviewing
from reader.ui.notes.search_saving import SearchSaving
from reader.ui.notes.selecting import SELECTED_HINTS, NoteSelecting
from reader.ui.widgets.filter_bar import FilterChanged, FilterLeft
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_page import IndexLine, ProblemLine
from reader.ui.widgets.query_field import (
    Completed,
    CompletionWanted,
    QueryField,
    SuggestionClicked,
    Suggestions,
    look_up,
)
from reader.ui.widgets.row_list import RowActivated, RowHighlighted
from reader.ui.window_sizes import stands_beside

HINTS = (
    ("note.open", "open"),
    ("list.filter", "query"),
    ("notes.search", "saved searches"),
    ("notes.facets", "facets"),
    ("notes.arrange", "order"),
    ("export", "export"),
    ("library", "library"),
    ("help", "help"),
    ("back", "back"),
)

FACET_HINTS = (
    ("notes.facets", "hide"),
    ("notes.pane", "to the list"),
    ("list.filter", "query"),
    ("help", "help"),
)

FIRST_STEPS = (
    "No annotations yet.\n\n"
    "Open an article ({library} lists them), select a passage and press {tag.1}, {tag.2} or"
    " {tag.3}. "
    "The annotation then appears here, with the note that you wrote."
)
"""The text of an empty list."""

DETAIL_FROM = 18
"""The least lines of a window in which the detail stands below the list."""


@dataclass(eq=False, repr=False)
class DeskRemembered(Message):
    """What was open last is known."""

    state: DeskState
    """What was open."""


class NotesScreen(Screen[None]):
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
        self.panes = FacetPanes(self)
        """Where the facets are."""
        self.queries = QueryCommands(self.context, lambda: self.query_field, self.panes)
        """What writes the query."""
        self._arranging = Arranging(self, self._ask)
        self._suggestions = Suggestions()
        self._detail = NoteDetail()
        self._updates = DetailUpdates(self.context, self._detail)
        changing = NoteChanging(self.context)
        self._note_selection = NoteSelecting(self.context)
        self._parts = (
            changing,
            DeskNoteEditing(self.context, changing),
            self._note_selection,
            NoteCopying(self.context),
            NoteProjects(self.context),
            DeskReviewing(self.context, self.listing),
            DeskExporting(self.context, lambda: self._arranging.question.text),
            self.queries,
            SearchSaving(self.context, lambda: self.query_field.value, self._show_searches),
            self.panes,
            self._arranging,
        )
        self._asked: str | None = None  # what is asked in place of the query of the last time
        self._total = 0  # how many notes the library has
        self._changing = ""  # in which of how many articles notes are being changed
        self._is_at_top = False  # until the reader moves, or all notes are there
        self._kept_note = ""  # the id of the note to highlight once it is listed

    @property
    def host(self) -> Host:
        """The app."""
        return host_of(self)

    def compose(self) -> ComposeResult:
        """Lay out the query, the facets, the list, the detail and the hints."""
        tags, statuses = self.host.tags, self.host.settings.statuses
        with Horizontal(id="desk-head"):
            yield Static("Notes", classes="heading-name", markup=False)
            yield QueryField(self._suggestions)
            yield Static(classes="heading-summary", markup=False)
        yield self._suggestions
        yield Static(id="query-fault", markup=False)
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
        """Look up what was open last; keys wait for the first rows."""
        hold_until(self, self.listing.answered())
        self.run_worker(self._remembered, thread=True, group="memory")

    def _remembered(self) -> None:
        self.post_message(DeskRemembered(self.host.session.desk_memory.state))

    def on_desk_remembered(self, message: DeskRemembered) -> None:
        """Ask for what was open last."""
        message.stop()
        state = message.state
        self.panes.is_wanted = state.facets
        self._kept_note = state.note if self._asked is None else ""
        question = Question(
            state.query if self._asked is None else self._asked,
            _member(NoteOrder, state.order, NoteOrder.NEWEST),
            _member(Grouping, state.grouping, Grouping.ARTICLE),
        )
        self._arranging.question = question
        self.query_field.write(question.text)
        self._lay_out()
        self._ask(question)

    def ask(self, query: str) -> None:
        """Ask for the notes of a query, in place of what is asked now or was asked last."""
        self._asked = query
        if self.is_mounted:
            self.query_field.write(query)
            self.note_rows.focus()

    def _show_searches(self) -> None:
        """Show the saved searches as they are now."""
        self.queries.show_facets()
        self._show_summary()

    def on_screen_resume(self) -> None:
        """Ask for the notes again: some may have been added or changed."""
        self.queries.begin()
        if self.has_loaded:
            self.load()

    def load(self) -> None:
        """Ask for the same notes again; those that are shown stay until the answer comes."""
        self.listing.ask(self._arranging.question, is_quiet=True)

    def _ask(self, question: Question) -> None:
        self._arranging.question = question
        self.listing.ask(question)

    def on_notes_answered(self, message: NotesAnswered) -> None:
        """Show the notes, and what could not be read."""
        message.stop()
        if not self.listing.take(message):
            return
        self.query_one(IndexLine).show(message.progress)
        if message.is_complete:
            self.has_loaded = True
            self.query_one(ProblemLine).show(message.problems, str(self.host.session.folder))
        self._total = message.total
        rows = self.note_rows
        is_other = rows.question != message.question
        rows.question = message.question
        rows.terms = tuple(dict.fromkeys(lit_terms(message.query.tree)))
        rows.is_by_article = message.question.grouping is Grouping.ARTICLE
        rows.placeholder = Content(self._why_empty(message))
        begins = is_other or (self._is_at_top and rows.highlighted <= 0)
        rows.show_groups(message.groups.rows, message.groups.headings)
        self._highlight(message, begins=begins)
        if message.is_complete:
            rows.read_again()
        self._show_faults(message)
        self._show_summary()
        self.listing.settle()
        self._updates.update()
        self._remember()

    def _highlight(self, message: NotesAnswered, *, begins: bool) -> None:
        """Highlight the note of the last time, else the first, until the reader goes to another."""
        rows = self.note_rows
        if self._kept_note:
            if rows.highlight_key(self._kept_note) or message.is_complete:
                self._kept_note = ""
        elif begins:
            self._is_at_top = not message.is_complete
            rows.highlighted = 0

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
            self.queries.take_counts(message.counts)

    def on_step_progressed(self, message: StepProgressed) -> None:
        """Show how far a change of many notes has come."""
        message.stop()
        is_done = message.done == message.total
        self._changing = "" if is_done else f"{message.done + 1:,} of {message.total:,}"
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

    def _why_empty(self, message: NotesAnswered) -> str:
        if message.question.text.strip():
            return "No note is what the query asks for; esc shows all."
        return with_keys(FIRST_STEPS, self.host.settings.keys) if message.is_complete else ""

    def _show_summary(self) -> None:
        rows = self.note_rows
        selected = sum(row.id in rows.selected for row in rows.rows) if rows.selected else 0
        chosen = f"{selected:,} selected · " if selected else ""
        shown, total = len(rows.rows), counted(self._total, "note")
        notes = f"{shown:,} of {total}" if self._arranging.question.text.strip() else total
        step = f"changing article {self._changing} · " if self._changing else ""
        self.query_one(".heading-summary", Static).update(f"{step}{chosen}{notes}")
        self._show_hints()
        search = self.queries.search
        name = f"{search.name}: " if search else ""
        title = f"{name}{described(self._arranging.question)}"
        self.query_one("#list-title", Static).update(Content(title))

    def _show_faults(self, message: NotesAnswered) -> None:
        faults = message.query.faults
        self.query_field.show_faults(faults)
        line = self.query_one("#query-fault", Static)
        shown = [each for each in faults if not each.is_unfinished] or list(faults)
        line.display = bool(shown)
        if shown:
            line.update(Content(shown[0].message))

    # Remembering

    def _remember(self) -> None:
        """Keep what is open for the next time."""
        row = self.note_rows.highlighted_row
        question = self._arranging.question
        self.host.session.desk_memory.remember(
            DeskState(
                question.text,
                question.order,
                question.grouping,
                row.id if row is not None else "",
                self.panes.is_wanted,
            )
        )

    async def on_unmount(self) -> None:
        """Write what was open to disk, for the next start."""
        await asyncio.to_thread(self.host.session.desk_memory.save)

    # What the widgets say

    def on_filter_changed(self, message: FilterChanged) -> None:
        """Ask for the notes of the query."""
        message.stop()
        text = self.query_field.value
        if text.strip() != self._arranging.question.text.strip():
            self._ask(self._arranging.question._replace(text=text))
            self.queries.show_facets()

    def on_filter_left(self, message: FilterLeft) -> None:
        """Go to the list; keys wait for the rows of the query."""
        message.stop()
        if self.listing.is_busy:
            hold_until(self, self.listing.answered())
        self.note_rows.focus()

    def on_completion_wanted(self, message: CompletionWanted) -> None:
        """Look up what may be written next."""
        message.stop()
        look_up(self, message)

    def on_completed(self, message: Completed) -> None:
        """Show what may be written next."""
        message.stop()
        self.query_field.show_completion(message.wanted, message.completion)

    def on_suggestion_clicked(self, message: SuggestionClicked) -> None:
        """Write what was clicked."""
        message.stop()
        self.query_field.take(message.suggestion)

    def on_facet_chosen(self, message: FacetChosen) -> None:
        """Write the facet into the query."""
        message.stop()
        self.queries.choose(message.row)

    def on_more_wanted(self, message: MoreWanted) -> None:
        """Go to the facets."""
        message.stop()
        self.panes.go_to()

    def on_row_highlighted(self, message: RowHighlighted[NoteKey | FacetRow]) -> None:
        """Show the note in the detail."""
        message.stop()
        if not isinstance(message.row, FacetRow):
            self._is_at_top = False
            self._updates.update()
            self._remember()

    def on_row_activated(self, message: RowActivated[NoteKey]) -> None:
        """Open the article at the chosen passage."""
        message.stop()
        self.open_note()

    def on_hint_chosen(self, message: HintChosen) -> None:
        """Run the action of the clicked hint."""
        message.stop()
        owner = self.query_field if self.query_field.has_focus_within else self
        owner.call_later(owner.run_action, message.action)

    def on_key(self, event: events.Key) -> None:
        """Ask the saved search with the key."""
        if self.queries.ask_by_key(event.key):
            event.stop()

    # Panes

    def on_resize(self) -> None:
        """Show what there is room for."""
        self._lay_out()

    def _lay_out(self) -> None:
        is_wide = stands_beside(self.size)
        self.set_class(is_wide, "-wide")
        self.note_rows.is_compact = not is_wide
        self._detail.display = is_wide or self.size.height >= DETAIL_FROM
        self.panes.lay_out()
        self._updates.update()

    def on_descendant_focus(self) -> None:
        """Show the hints of what has the focus now."""
        self._show_hints()
        self.panes.leave()

    def _show_hints(self) -> None:
        self.query_one(Hints).hints = self._hints()

    def _hints(self) -> tuple[KeyHint, ...]:
        settings = self.host.settings
        if self.query_field.has_focus_within:
            return self.query_field.hints
        if self.panes.list.has_focus:
            choose = KeyHint("enter", "choose", "")
            return (choose, *hints_of(FACET_HINTS, settings.keys))
        hints = SELECTED_HINTS if self.context.is_selecting else HINTS
        first, *others = hints_of(hints, settings.keys)
        return (first, status_hint(settings.statuses, settings.keys), *others)

    def go_to_pane(self, step: int) -> None:
        """Go to another pane that is shown."""
        body = self._detail.query_one("#detail-body")
        entry = self.query_field.query_one("Input")
        panes: list[Widget] = [self.panes.list, self.note_rows, body, entry]
        shown = [pane for pane in panes if all(each.display for each in pane.ancestors_with_self)]
        at = shown.index(self.focused) if self.focused in shown else -1
        shown[(at + step) % len(shown)].focus()

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
            "note.open": self.open_note,
            "notes.deleted": self.host.show_deleted,
            "notes.pane": partial(self.go_to_pane, 1),
            "notes.pane_back": partial(self.go_to_pane, -1),
            "library": self.host.go_to_library,
            "back": self.host.go_back,
        }

    def open_note(self) -> None:
        """Open the article at the highlighted passage, once the query has found it."""
        self.listing.after_answer(self._open_note)

    def _open_note(self) -> None:
        if (request := self._request) is not None:
            self._remember()
            self.post_message(request)

    @property
    def _request(self) -> ShowArticle | None:
        """What opens the highlighted note; None in an empty list."""
        rows = self.note_rows
        if (row := rows.highlighted_row) is None:
            return None
        return ShowArticle(row.article_id, row.id, self.context.place)

    def next_note(self, step: int) -> ShowArticle | None:
        """Highlight another note and return what opens it; None where there is none.

        Args:
            step: 1 for the next one, -1 for the one before.
        """
        rows = self.note_rows
        if not 0 <= rows.highlighted + step < len(rows.rows):
            return None
        rows.highlighted += step
        self._remember()
        return self._request

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


Choice = TypeVar("Choice", NoteOrder, Grouping)


def _member(kind: type[Choice], name: str, otherwise: Choice) -> Choice:
    """Return the member of an enumeration with a value from a file, which may be any text."""
    try:
        return kind(name)
    except ValueError:
        return otherwise
