"""The rows of the notes, two to four lines for each; what they show is read as needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import var

from reader.core.annotation import Tag
from reader.core.cells import cell_width, clip
from reader.core.claims import ClaimStatus
from reader.safe_text import drawn, sanitise_line
from reader.session import AnnotationSummary
from reader.session.querying import NoteKey
from reader.ui.commands import by_id
from reader.ui.notes.arrangement import Group
from reader.ui.notes.note_lines import NoteLook, note_lines
from reader.ui.widgets.headed_rows import HeadedRowList

SELECT = "note.select"
"""The command that selects a row, whose key the list would use itself."""

AHEAD: int = 3
"""How many screens of rows before and after those on screen are read as well."""

MOST_KEPT: int = 2_000
"""How many annotations are kept in memory."""

USUAL_HEIGHT = 3
"""About how many lines a row takes."""

MOST_MEASURED = 4_000
"""In a longer list, heights that were measured are forgotten when other rows are shown."""


@dataclass
class RowsWanted(Message):
    """Rows are on screen, or soon will be, whose annotations have not been read."""

    ids: Sequence[str]
    """The ids of the annotations."""


class NoteRows(HeadedRowList[NoteKey]):
    """A list of annotations: the passage, the note where there is one, and the facts.

    A row is a key. Its annotation is asked for with ``RowsWanted`` and given to ``take``; until
    then the row is blank.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # In other lists the key moves by a page.
        Binding(by_id()[SELECT].keys, f"screen.run('{SELECT}')", "Select", id=SELECT)
    ]

    question: object = None
    """What was asked for the rows; compared alone."""
    terms: var[Sequence[str]] = var[Sequence[str]]((), init=False)
    """The folded words that the query looks for; they are lit."""
    is_by_article: var[bool] = var(False, init=False)
    """Whether the headings say which article the notes are of, so that the rows need not."""

    is_compact: var[bool] = var(False, init=False)
    """Whether the rows save lines: a note stands among the facts."""

    def __init__(self, tags: Sequence[Tag], statuses: Sequence[ClaimStatus]) -> None:
        """Make an empty list.

        Args:
            tags: The tags that have a glyph and a colour.
            statuses: The statuses of claims.
        """
        super().__init__()
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}
        self._statuses = {status.name: status for status in statuses}
        self._annotations: dict[tuple[str, str], AnnotationSummary] = {}
        self._asked: set[str] = set()

    def key_of(self, row: NoteKey) -> str:
        """Return the annotation's id."""
        return row.id

    def index_of(self, key: str) -> int | None:
        """Return the index of the row with a key, or None."""
        at = self.highlighted
        if 0 <= at < len(self.rows) and self.rows[at].id == key:
            return at
        return super().index_of(key)

    def take(self, annotations: Iterable[AnnotationSummary]) -> None:
        """Draw annotations that have been read."""
        fresh = {(each.annotation.id, each.article_id): each for each in annotations}
        if len(self._annotations) + len(fresh) > MOST_KEPT:
            self._annotations = self._nearby
        self._annotations.update(fresh)
        self._asked.difference_update(key[0] for key in fresh)
        self.measure_again(key[0] for key in fresh)
        self._show_highlighted()

    def read_again(self) -> None:
        """Ask for all annotations again, first for those on screen: they may have changed."""
        self._annotations = self._nearby
        self._asked.clear()
        ids = [row.id for row in self._rows_nearby()]
        if ids:
            self._ask(ids)

    def summary_of(self, row: NoteKey) -> AnnotationSummary | None:
        """Return the annotation of a row; None where it has not been read."""
        return self._annotations.get((row.id, row.article_id))

    def summary_with(self, article_id: str, annotation_id: str) -> AnnotationSummary | None:
        """Return an annotation by its ids; None where it has not been read."""
        return self._annotations.get((annotation_id, article_id))

    def watch_rows(self, before: Sequence[NoteKey], rows: Sequence[NoteKey]) -> None:
        """Keep the highlight, and ask for what is on screen now."""
        super().watch_rows(before, rows)
        self._ask_nearby()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for what is on screen now."""
        super().watch_scroll_y(old_value, new_value)
        self._ask_nearby()

    def watch_terms(self) -> None:
        """Light other words."""
        self.redraw()

    def watch_is_by_article(self) -> None:
        """Draw the rows with their articles, or without them."""
        self.measure_again(list(self._measured))

    def on_resize(self) -> None:
        """Ask for what is on screen now."""
        self._ask_nearby()

    def watch_is_compact(self) -> None:
        """Draw the rows with more lines, or with fewer."""
        self.measure_again(list(self._measured))

    @property
    def _nearby(self) -> dict[tuple[str, str], AnnotationSummary]:
        """The annotations on and near the screen that have been read."""
        read = {(row.id, row.article_id): self.summary_of(row) for row in self._rows_nearby()}
        return {key: summary for key, summary in read.items() if summary is not None}

    def _rows_nearby(self) -> Sequence[NoteKey]:
        shown = self.shown_rows
        margin = AHEAD * len(shown)
        return self.rows[max(shown.start - margin, 0) : shown.stop + margin]

    def _ask_nearby(self) -> None:
        """Ask for what is on screen, and at once for some screens around it, where it is missing.

        Nothing is asked while the next screen is there too, so that a question asks for many rows.
        """
        shown = self.shown_rows
        near = self.rows[max(shown.start - len(shown), 0) : shown.stop + len(shown)]
        if any(self._is_missing(row) for row in near):
            self._ask([row.id for row in self._rows_nearby() if self._is_missing(row)])

    def _ask(self, ids: Sequence[str]) -> None:
        self._asked.update(ids)
        self.post_message(RowsWanted(ids))

    def _is_missing(self, row: NoteKey) -> bool:
        return row.id not in self._asked and self.summary_of(row) is None

    def _known_heights(self) -> list[int]:
        """Return the height of each row; quick also in a list of 100,000."""
        if len(self.rows) > MOST_MEASURED:
            self._measured.clear()
            heights = [USUAL_HEIGHT + self._has_gaps] * len(self.rows)
            return self._with_headings(heights)
        return super()._known_heights()

    def estimate_height(self, row: NoteKey, width: int) -> int:  # noqa: ARG002
        """Return about how many lines a row takes."""
        return USUAL_HEIGHT

    def render_row(
        self,
        row: NoteKey,
        width: int,
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the passage with its signs, the note, and the facts."""
        summary = self.summary_of(row)
        if summary is None:
            return [Content("")] * USUAL_HEIGHT
        look = NoteLook(
            self._tags,
            self._statuses,
            self.app.theme_variables,
            self.terms,
            self.is_by_article,
            self.is_compact,
        )
        return note_lines(summary, width, look)

    def heading_lines(self, heading: tuple[Group, int], width: int) -> Sequence[Content]:
        """Return the name of a group, with the number of its notes at the right."""
        group, notes = heading
        count = f"{notes:,}"
        room = max(width - len(count) - 1, 1)
        name = clip(drawn(sanitise_line(group.name)), room)
        detail = drawn(sanitise_line(f" · {group.detail}" if group.detail else ""))
        detail = clip(detail, max(room - cell_width(name), 0))
        gap = " " * (room - cell_width(name) - cell_width(detail) + 1)
        return [
            Content.assemble((name, "bold $heading"), (detail, "$faint"), gap, (count, "$faint"))
        ]
