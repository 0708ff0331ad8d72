"""The notes' screen: every annotation of every article, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.worker import get_current_worker

from reader.core.folding import fold
from reader.core.text_formatting import counted
from reader.paths import styles_folder
from reader.session import AnnotationKey, AnnotationSummary, ListPart
from reader.ui.actions import Actions, merged, run_command
from reader.ui.bindings import bindings_of
from reader.ui.commands import NOTES, with_keys
from reader.ui.host import Host, host_of
from reader.ui.key_hints import KeyHint, hints_of, status_hint
from reader.ui.messages import ShowArticle
from reader.ui.notes.changing import NoteChanging
from reader.ui.notes.context import DeskContext
from reader.ui.notes.copying import NoteCopying
from reader.ui.notes.editing import DeskNoteEditing
from reader.ui.notes.note_rows import NoteRows, RowsWanted
from reader.ui.notes.projects import NoteProjects
from reader.ui.notes.reviewing import DeskReviewing
from reader.ui.notes.selecting import NoteSelecting
from reader.ui.notes.tags import tag_chips
from reader.ui.widgets.filter_bar import FilterBar, FilterChanged
from reader.ui.widgets.filtered_list import FilteredList
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_page import (
    IndexLine,
    ListLoaded,
    PageHeading,
    ProblemLine,
    load_parts,
)
from reader.ui.widgets.row_list import RowActivated
from reader.ui.widgets.tag_chips import ChipChosen, TagChips

HINTS = (
    ("note.open", "open"),
    ("list.filter", "filter"),
    ("list.tag", "by tag"),
    ("export", "export"),
    ("library", "library"),
    ("theme", "theme"),
    ("help", "help"),
    ("back", "back"),
)

FIRST_ROWS = 32
"""How many annotations are read before the first rows are shown."""

FIRST_STEPS = (
    "No annotations yet.\n\n"
    "Open an article ({library} lists them), select a passage and press {tag.1}, {tag.2} or"
    " {tag.3}. "
    "The annotation then appears here, with the note that you wrote."
)
"""The text of an empty list."""


@dataclass
class FilterMatched(Message):
    """The annotations that pass the filter were found."""

    terms: Sequence[str]
    """The folded words of the filter."""
    ids: Collection[str]
    """The ids of all annotations that contain them."""


@dataclass
class AnnotationsRead(Message):
    """Annotations were read that the list draws."""

    annotations: Sequence[AnnotationSummary]
    """The annotations."""


class NotesScreen(Screen[None]):
    """Shows every annotation of the library; reads them whenever it is shown."""

    HELP_NAME = NOTES
    AUTO_FOCUS = "NoteRows"
    CSS_PATH: ClassVar = [str(styles_folder() / name) for name in ("row_list.tcss", "notes.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(NOTES),
        Binding("escape", "show_all", "Show all"),
    ]

    notes: var[Sequence[AnnotationKey]] = var[Sequence[AnnotationKey]]((), init=False)
    """The keys of all annotations, filtered or not."""
    tag: var[str] = var("", init=False)
    """The tag to filter by; empty for none."""

    filter_bar = getters.query_one(FilterBar)
    chips = getters.query_one(TagChips)
    note_rows = getters.query_one(NoteRows)

    def __init__(self) -> None:
        """Show nothing until the annotations are read."""
        super().__init__()
        self.has_loaded = False
        """Whether the annotations were read at least once."""
        self._other_tags: Sequence[str] = ()
        self._matches: FilterMatched | None = None
        self.context = DeskContext(
            self, lambda: self.note_rows, self.load, show_selection=self.show_summary
        )
        """The list as the parts of the screen know it."""
        changing = NoteChanging(self.context)
        self._note_selection = NoteSelecting(self.context)
        self._parts = (
            changing,
            DeskNoteEditing(self.context, changing),
            self._note_selection,
            NoteCopying(self.context),
            NoteProjects(self.context),
            DeskReviewing(self.context),
        )
        self._after_match: Callable[[], None] | None = None

    @property
    def host(self) -> Host:
        """The app."""
        return host_of(self)

    def compose(self) -> ComposeResult:
        """Lay out the heading, the tags, the annotations, the filter and the hints."""
        with FilteredList(self._list_hints):
            yield PageHeading("Notes and review")
            yield TagChips()
            yield NoteRows(self.host.tags, self.host.settings.statuses)
            yield IndexLine()
            yield ProblemLine()
            yield FilterBar("quote, note, speaker, status or article")
            yield Hints()

    def on_screen_resume(self) -> None:
        """Read the annotations again: some may have been added or changed."""
        self.load()

    @work(thread=True, exclusive=True, group="load")
    def load(self) -> None:
        """Read the keys of the annotations on a thread."""
        lists = self.host.session.lists
        load_parts(self, self._with_rows(lists.annotation_keys(has_first=not self.has_loaded)))

    def _with_rows(self, parts: Iterable[ListPart]) -> Iterator[ListPart]:
        """Yield the parts; read what the rows of the first one show, before it is shown."""
        for part in parts:
            if not self.notes:
                self._read_now([key.id for key in part.items[:FIRST_ROWS]])
            yield part

    def on_list_loaded(self, message: ListLoaded) -> None:
        """Show the annotations, and what could not be read."""
        message.stop()
        self.query_one(IndexLine).show(message.progress)
        if message.is_complete:
            self.has_loaded = True
            self.query_one(ProblemLine).show(message.problems, str(self.host.session.folder))
        elif len(message.items) <= len(self.notes):
            return  # a part of what is shown already
        self.notes = message.items
        if message.is_complete:
            self.note_rows.read_again()
        if self.filter_bar.terms:
            self._match(self.filter_bar.terms)
        if self.focused is None:
            self.note_rows.focus()

    def watch_notes(self) -> None:
        """Show the annotations, and find the tags that the settings do not have."""
        in_use = {tag for tags in {note.tags for note in self.notes} for tag in tags}
        own = {tag.name for tag in self.host.tags}
        self._other_tags = sorted(in_use - own, key=fold)
        self.show_rows()

    def on_rows_wanted(self, message: RowsWanted) -> None:
        """Read what the rows on screen show."""
        message.stop()
        self._read(message.ids)

    @work(thread=True, group="rows")
    def _read(self, ids: Sequence[str]) -> None:
        self._read_now(ids)

    def _read_now(self, ids: Sequence[str]) -> None:
        self.post_message(AnnotationsRead(self.host.session.lists.annotations_with(ids)))

    def on_annotations_read(self, message: AnnotationsRead) -> None:
        """Draw what was read."""
        message.stop()
        self.note_rows.take(message.annotations)

    def watch_tag(self) -> None:
        """Show the annotations with the tag, and highlight the first one."""
        self.show_rows()
        self.note_rows.highlighted = 0

    def show_rows(self) -> None:
        """Show the annotations that pass the filters."""
        terms = self.filter_bar.terms
        matching_notes: Sequence[AnnotationKey] = self.notes
        if terms and self._matches is not None:
            ids = self._matches.ids
            matching_notes = [note for note in self.notes if note.id in ids]
        shown = matching_notes
        if self.tag:
            shown = [note for note in matching_notes if self.tag in note.tags]
        self.chips.display = bool(self.notes)
        self.chips.chosen = self.tag
        self.chips.chips = tag_chips(matching_notes, self.host.tags, self._other_tags)
        self.note_rows.placeholder = Content(self._why_empty())
        self.note_rows.rows = tuple(shown)
        self.show_summary()

    def show_summary(self) -> None:
        """Show how many notes are listed, and how many of them are selected."""
        shown, total = self.note_rows.rows, counted(len(self.notes), "note")
        is_filtered = bool(self.filter_bar.terms or self.tag)
        summary = f"{len(shown):,} of {total}" if is_filtered else total
        selected = sum(row.id in self.note_rows.selected for row in shown)
        summary = f"{selected:,} selected · {summary}" if selected else summary
        self.query_one(PageHeading).show_summary(summary)

    def _why_empty(self) -> str:
        if not self.has_loaded:
            return ""
        if self.notes:
            return "No note fits the filter; esc shows all."
        return with_keys(FIRST_STEPS, self.host.settings.keys)

    def _list_hints(self) -> tuple[KeyHint, ...]:
        settings = self.host.settings
        first, *others = hints_of(HINTS, settings.keys)
        return (first, status_hint(settings.statuses, settings.keys), *others)

    def on_filter_changed(self, message: FilterChanged) -> None:
        """Find the annotations that pass the filter; without one, show all."""
        message.stop()
        if terms := self.filter_bar.terms:
            self._match(terms)
        else:
            self.workers.cancel_group(self, "filter")
            self._matches = None
            self.show_rows()
            self._go_on()

    @work(thread=True, exclusive=True, group="filter")
    def _match(self, terms: Sequence[str]) -> None:
        """Search the text of all annotations on a thread."""
        ids = self.host.session.lists.annotations_matching(terms)
        if not get_current_worker().is_cancelled:
            self.post_message(FilterMatched(terms, ids))

    def on_filter_matched(self, message: FilterMatched) -> None:
        """Show what was found, unless the filter has changed since."""
        message.stop()
        if message.terms == self.filter_bar.terms:
            self._matches = message
            self.show_rows()
            self._go_on()

    def _go_on(self) -> None:
        """Do what the reader asked for while the filter was searching."""
        after, self._after_match = self._after_match, None
        if after is not None:
            after()

    def on_chip_chosen(self, message: ChipChosen) -> None:
        """Filter by the clicked tag."""
        message.stop()
        self.tag = message.name

    def on_row_activated(self, message: RowActivated[AnnotationKey]) -> None:
        """Open the article at the chosen passage."""
        message.stop()
        self.open_note()

    def action_run(self, command_id: str) -> None:
        """Carry out a command."""
        run_command(self, self.actions[command_id])

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            **merged(*self._parts),
            "note.open": self.open_note,
            "list.filter": self.filter,
            "list.tag": self.filter_tag,
            "export": self.export,
            "notes.deleted": self.host.show_deleted,
            "library": self.host.go_to_library,
            "back": self.host.go_back,
        }

    def open_note(self) -> None:
        """Open the article at the highlighted passage, once the filter has found it."""
        terms = self.filter_bar.terms
        if terms and (self._matches is None or self._matches.terms != terms):
            self._after_match = self.open_note
        elif (row := self.note_rows.highlighted_row) is not None:
            self.post_message(ShowArticle(row.article_id, row.id))

    def filter(self) -> None:
        """Open the filter."""
        self.filter_bar.open()

    def filter_tag(self) -> None:
        """Filter by the next tag; after the last one, by none."""
        names = [chip.name for chip in self.chips.chips]
        if names:
            index = names.index(self.tag) + 1 if self.tag in names else 0
            self.tag = names[index % len(names)]

    def action_show_all(self) -> None:
        """Clear the selection; without one, the filters."""
        if self._note_selection.clear():
            return
        self.tag = ""
        self.filter_bar.action_clear()

    def export(self) -> None:
        """Export the highlighted annotation's article, or all."""
        row = self.note_rows.highlighted_row
        self.host.export(row.article_id if row else "")
