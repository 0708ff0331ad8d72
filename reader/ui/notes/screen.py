"""The notes: every annotation of every article, the newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import var

from reader.core.folding import fold
from reader.core.text_formatting import counted
from reader.paths import styles_folder
from reader.session import AnnotationSummary
from reader.ui.commands import NOTES, bindings_of
from reader.ui.messages import ShowArticle
from reader.ui.notes.note_rows import NoteRows
from reader.ui.palette import OTHER_GLYPH
from reader.ui.widgets.listing import ListScreen
from reader.ui.widgets.row_list import RowActivated
from reader.ui.widgets.tag_chips import Chip, ChipChosen, TagChips

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

FIRST_STEPS = (
    "No annotations yet.\n\n"
    "Open an article ({library} lists them), select a passage and press {tag.1}, {tag.2} or"
    " {tag.3}. "
    "Here you find it again, with what you wrote to it."
)
"""What an empty list says."""


class ListedNote(NamedTuple):
    """An annotation with what the filter looks at."""

    summary: AnnotationSummary
    """The annotation and its article."""
    folded: str
    """Its quote, note and speaker and its article's title, folded, a line each."""


class NotesScreen(ListScreen):
    """Every annotation of every article."""

    TITLE = "Notes and review"
    FILTER_LOOKS_AT = "quote, note, speaker or article"
    HELP_NAME = NOTES
    AUTO_FOCUS = "NoteRows"
    CSS_PATH: ClassVar = [str(styles_folder() / name) for name in ("row_list.tcss", "notes.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(NOTES)]

    notes: var[Sequence[ListedNote]] = var[Sequence[ListedNote]]((), init=False)
    """All annotations, filtered or not."""
    tag: var[str] = var("", init=False)
    """The tag that is filtered by; empty for none."""

    note_rows = getters.query_one(NoteRows)
    chips = getters.query_one(TagChips)

    def __init__(self) -> None:
        """Show nothing until the annotations are read."""
        super().__init__()
        self._unknown_tags: Sequence[str] = ()

    def compose_list(self) -> ComposeResult:
        """Yield the tags and the list."""
        yield TagChips()
        yield NoteRows(self.host.tags)

    def commands(self) -> Sequence[tuple[str, str]]:
        """Return the commands for the hints."""
        return HINTS

    def read(self) -> Sequence[ListedNote]:
        """Return all annotations; what was folded before is not folded again."""
        known = {each.summary.annotation.id: each for each in self.notes}
        return [_listed(each, known.get(each.annotation.id)) for each in self._summaries()]

    def _summaries(self) -> Sequence[AnnotationSummary]:
        return self.host.session.annotations()

    def take(self, items: Sequence[ListedNote]) -> None:
        """Show what was read."""
        self.notes = items
        if self.focused is None:
            self.note_rows.focus()

    def watch_notes(self) -> None:
        """Show the annotations."""
        in_use = {tag for note, _ in self.notes for tag in note.annotation.tags}
        own = {tag.name for tag in self.host.tags}
        self._unknown_tags = sorted(in_use - own, key=fold)
        self.show_rows()

    def watch_tag(self) -> None:
        """Show the annotations with the tag, from the top."""
        self.show_rows()
        self.note_rows.highlighted = 0

    def show_rows(self) -> None:
        """Show the annotations that the filters let through."""
        terms = self.terms
        found = [note for note, folded in self.notes if all(term in folded for term in terms)]
        shown = [note for note in found if not self.tag or self.tag in note.annotation.tags]
        self._show_chips(found)
        rows = self.note_rows
        rows.placeholder = Content(self._why_empty())
        rows.rows = tuple(shown)
        total = counted(len(self.notes), "note")
        is_filtered = bool(terms or self.tag)
        self.say_state(f"{len(shown):,} of {total}" if is_filtered else total)
        self.chips.display = bool(self.notes)

    def on_row_activated(self, message: RowActivated[AnnotationSummary]) -> None:
        """Open the article at the chosen passage."""
        message.stop()
        self._open(message.row)

    def on_chip_chosen(self, message: ChipChosen) -> None:
        """Filter by the clicked tag."""
        message.stop()
        self.tag = message.name

    def action_open_note(self) -> None:
        """Open the article at the highlighted passage."""
        row = self.note_rows.highlighted_row
        if row is not None:
            self._open(row)

    def action_filter_tag(self) -> None:
        """Filter by the next tag; after the last one, by none."""
        names = [chip.name for chip in self.chips.chips]
        if names:
            index = names.index(self.tag) + 1 if self.tag in names else 0
            self.tag = names[index % len(names)]

    def action_show_all(self) -> None:
        """Empty the filters."""
        self.tag = ""
        super().action_show_all()

    def action_library(self) -> None:
        """Go to the library."""
        self.host.go_to_library()

    def action_export(self) -> None:
        """Export the highlighted annotation's article, or all."""
        row = self.note_rows.highlighted_row
        self.host.export(row.article_id if row else "")

    def _open(self, note: AnnotationSummary) -> None:
        self.post_message(ShowArticle(note.article_id, note.annotation.id))

    def _show_chips(self, found: Sequence[AnnotationSummary]) -> None:
        """Show how many of the annotations that were found have each tag."""
        counts = Counter(tag for note in found for tag in note.annotation.tags)
        self.chips.chosen = self.tag
        self.chips.chips = (
            Chip("", "", "", len(found)),
            *(Chip(tag.name, tag.glyph, tag.colour, counts[tag.name]) for tag in self.host.tags),
            *(Chip(name, OTHER_GLYPH, "accent", counts[name]) for name in self._unknown_tags),
        )

    def _why_empty(self) -> str:
        if not self.has_loaded:
            return ""
        if self.notes:
            return "No note fits the filter; esc shows all."
        return self.with_keys(FIRST_STEPS)


def _listed(note: AnnotationSummary, known: ListedNote | None) -> ListedNote:
    """Return an annotation with its folded text, taken from ``known`` where that is the same."""
    if known is not None and known.summary == note:
        return known
    annotation = note.annotation
    parts = (annotation.selector.exact, annotation.note, annotation.speaker, note.article_title)
    return ListedNote(note, "\n".join(map(fold, parts)))
