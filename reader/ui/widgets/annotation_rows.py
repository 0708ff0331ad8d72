"""The rows of a list of annotations: the quote, and beneath it what was noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from reader.core.annotation import Annotation, PlaceState, Tag
from reader.core.text_formatting import one_line, page_label
from reader.ui.palette import OTHER_GLYPH, colour_of
from reader.ui.widgets.row_list import RowList, joined

CONTEXT_LENGTH = 20
"""How much is shown of what stood before and after a lost passage, in characters."""

STATE_WORDS = {
    PlaceState.EDITED: "≠ edited",
    PlaceState.ORPHANED: "◌ lost its place",
    PlaceState.BY_HAND: "by hand",
}
"""How a row names a place that is worth a look; the others go without saying."""


class AnnotationRow(NamedTuple):
    """A row of the list."""

    annotation: Annotation
    """What it shows."""
    glyph: str
    """The sign of its first tag."""
    colour: str
    """The colour of its first tag, as the settings name it."""


def row_of(annotation: Annotation, tags: Mapping[str, Tag]) -> AnnotationRow:
    """Return the row of an annotation.

    Args:
        annotation: What it shows.
        tags: The tags of the settings by their names.
    """
    tag = tags.get(annotation.tags[0])
    if tag is None:
        return AnnotationRow(annotation, OTHER_GLYPH, "accent")
    return AnnotationRow(annotation, tag.glyph, tag.colour)


class AnnotationRows(RowList[AnnotationRow]):
    """The list of annotations, two lines each."""

    ROW_HEIGHT = 2

    def key_of(self, row: AnnotationRow) -> str:
        """Return the annotation's id."""
        return row.annotation.id

    def render_row(
        self,
        row: AnnotationRow,
        width: int,
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the two lines of an annotation."""
        first, second = annotation_lines(row, width, self.app.theme_variables)
        return [first, Content("  ") + second]


def annotation_lines(
    row: AnnotationRow, width: int, variables: Mapping[str, str]
) -> tuple[Content, Content]:
    """Return the quote with its glyph, and the note or the section with further facts.

    Args:
        row: The annotation.
        width: Cells of a line; the quote and the note may be longer.
        variables: The theme's variables.
    """
    annotation = row.annotation
    is_lost = annotation.is_orphaned
    colour = colour_of(row.colour, variables).hex
    quote = one_line(annotation.selector.exact, 4 * width)
    note = one_line(annotation.note, 4 * width)
    facts = ((one_line(fact, width), "$faint") for fact in _facts(annotation) if fact)
    first = Content.assemble(
        (f"{row.glyph} ", "$faint" if is_lost else f"bold {colour}"),
        (quote, "$faint" if is_lost else ""),
    )
    return first, joined([*facts, (note, "$faint italic" if is_lost else "italic")])


def _facts(annotation: Annotation) -> list[str]:
    """Return what is known of an annotation besides its quote and its note."""
    facts = [
        STATE_WORDS.get(annotation.place.state, ""),
        annotation.speaker,
        annotation.status.value if annotation.status else "",
        *annotation.tags[1:],
    ]
    has_note = bool(annotation.note.strip())
    if annotation.is_orphaned or (not has_note and not any(facts)):
        facts.append(annotation.selector.section)
    if annotation.is_orphaned and not has_note:
        facts.append(_context(annotation))
    return [*facts, page_label(annotation.selector.page)]


def _context(annotation: Annotation) -> str:
    """Return the words before and after the passage, as it was marked."""
    before, after = annotation.selector.prefix[-CONTEXT_LENGTH:], annotation.selector.suffix
    before = " ".join(before.partition(" ")[2].split())
    after = one_line(after, CONTEXT_LENGTH)
    return f"… {before} [ ] {after}" if before or after else ""
