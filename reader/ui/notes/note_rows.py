"""The rows of the notes, three lines for each annotation; what they show is read as needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from reader import clock
from reader.core.annotation import Annotation, PlaceState, Tag
from reader.core.cells import clip
from reader.core.claims import ClaimStatus
from reader.core.evidence import summary_of
from reader.core.text_formatting import one_line, page_label
from reader.core.wording import present_wording
from reader.session import AnnotationKey, AnnotationSummary
from reader.ui.commands import by_id
from reader.ui.dates import when
from reader.ui.painting.palette import sign_of
from reader.ui.widgets.annotation_rows import place_words, status_content
from reader.ui.widgets.row_list import RowList, join_parts

SELECT = "note.select"
"""The command that selects a row, whose key the list would use itself."""

AHEAD: int = 3
"""How many screens of rows before and after those on screen are read as well."""

MOST_KEPT: int = 2_000
"""How many annotations are kept in memory."""


@dataclass
class RowsWanted(Message):
    """Rows are on screen, or soon will be, whose annotations have not been read."""

    ids: Sequence[str]
    """The ids of the annotations."""


class NoteRows(RowList[AnnotationKey]):
    """A list of annotations: the quote, the note where there is one, and the origin.

    A row is a key. Its annotation is asked for with ``RowsWanted`` and given to ``take``; until
    then the row is blank.
    """

    ROW_HEIGHT: ClassVar[int] = 3
    BINDINGS: ClassVar[list[BindingType]] = [
        # In other lists the key moves by a page.
        Binding(by_id()[SELECT].keys, f"screen.run('{SELECT}')", "Select", id=SELECT)
    ]

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

    def key_of(self, row: AnnotationKey) -> str:
        """Return the annotation's id."""
        return row.id

    def take(self, annotations: Iterable[AnnotationSummary]) -> None:
        """Draw annotations that have been read."""
        fresh = {(each.annotation.id, each.article_id): each for each in annotations}
        if len(self._annotations) + len(fresh) > MOST_KEPT:
            self._annotations = self._nearby
        self._annotations.update(fresh)
        self._asked.difference_update(key[0] for key in fresh)
        self.redraw()

    def read_again(self) -> None:
        """Ask for all annotations again, first for those on screen: they may have changed."""
        self._annotations = self._nearby
        self._asked.clear()
        ids = [row.id for row in self._rows_nearby()]
        if ids:
            self._ask(ids)

    def summary_of(self, row: AnnotationKey) -> AnnotationSummary | None:
        """Return the annotation of a row; None where it has not been read."""
        return self._annotations.get((row.id, row.article_id))

    def watch_rows(self, before: Sequence[AnnotationKey], rows: Sequence[AnnotationKey]) -> None:
        """Keep the highlight, and ask for what is on screen now."""
        super().watch_rows(before, rows)
        self._ask_nearby()

    def watch_scroll_y(self, before: float, scroll_y: float) -> None:
        """Ask for what is on screen now."""
        super().watch_scroll_y(before, scroll_y)
        self._ask_nearby()

    def on_resize(self, _event: events.Resize) -> None:
        """Ask for what is on screen now."""
        self._ask_nearby()

    @property
    def _nearby(self) -> dict[tuple[str, str], AnnotationSummary]:
        """The annotations on and near the screen that have been read."""
        read = {row[:2]: self.summary_of(row) for row in self._rows_nearby()}
        return {key: summary for key, summary in read.items() if summary is not None}

    def _rows_nearby(self) -> Sequence[AnnotationKey]:
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

    def _is_missing(self, row: AnnotationKey) -> bool:
        return row.id not in self._asked and self.summary_of(row) is None

    def render_row(
        self,
        row: AnnotationKey,
        width: int,
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the quote with the glyph of its tag, the note, and the origin."""
        summary = self.summary_of(row)
        return () if summary is None else self._lines(summary, width)

    def _lines(self, row: AnnotationSummary, width: int) -> Sequence[Content]:
        annotation = row.annotation
        is_lost = annotation.is_orphaned
        glyph, colour = self._sign(annotation.tags[0] if annotation.tags else "")
        style = "$faint" if is_lost else "$heading"
        quote = one_line(annotation.selector.exact[: 8 * width])
        note = one_line(annotation.note[: 8 * width])
        first = quote if note else _first_line(quote, width - 2)
        second = (note, "italic") if note else (quote[len(first) :].lstrip(), style)
        sign = Content.styled(f"{glyph} ", "$faint" if is_lost else f"bold {colour}")
        lines = [Content.assemble(sign, (first, style))]
        if second[0]:
            lines.append(Content.assemble("  ", second))
        return [*lines, Content("  ") + self._origin(row, width)]

    def _origin(self, row: AnnotationSummary, width: int) -> Content:
        """Return the line about the article, the time, the speaker, the status and the tags."""
        annotation = row.annotation
        title = clip(one_line(row.article_title[:400]) or "untitled", max(width // 2, 12))
        state = place_words(annotation)
        present = "" if annotation.is_orphaned else present_wording(annotation, clock.day_in_words)
        lost: list[tuple[str, str]] = []
        if annotation.is_orphaned:
            lost = [
                (place_words(annotation), "$warning"),
                (one_line(annotation.selector.section[:80]), "$faint"),
            ]
        return join_parts(
            [
                *lost,
                status_content(annotation, self._statuses, self.app.theme_variables),
                (title, "$faint"),
                (page_label(annotation.selector.page), "$faint"),
                (when(annotation.created, clock.now()), "$faint"),
                (one_line(annotation.speaker[:200]), "$faint"),
                (summary_of(annotation.links), "$faint"),
                *self._other_tags(annotation),
                (state if annotation.place.state is PlaceState.EDITED else "", "$faint"),
                (one_line(present), "$faint"),
            ]
        )

    def _other_tags(self, annotation: Annotation) -> list[Content]:
        """Return the tags after the first, and the first too if its glyph is that of any tag."""
        first = annotation.tags[:1]
        named = annotation.tags if first and first[0] not in self._tags else annotation.tags[1:]
        signs = [(self._sign(name), one_line(name)) for name in named]
        return [
            Content.assemble((f"{glyph} ", colour), (name, "$faint"))
            for (glyph, colour), name in signs
        ]

    def _sign(self, name: str) -> tuple[str, str]:
        return sign_of(name, self._tags, self.app.theme_variables)


def _first_line(text: str, width: int) -> str:
    """Return the part of ``text`` that fits on a first line of ``width`` cells."""
    lines = Content(text).wrap(max(width, 1))
    return lines[0].plain if lines else ""
