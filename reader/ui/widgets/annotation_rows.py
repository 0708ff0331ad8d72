"""The rows of a list of annotations: the quote, and below it the note or further facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from reader import clock
from reader.core.annotation import Annotation, PlaceState, Tag
from reader.core.claims import ClaimStatus
from reader.core.evidence import summary_of
from reader.core.text_formatting import one_line, page_label
from reader.core.wording import present_wording
from reader.ui.painting.palette import sign_of, status_sign_of
from reader.ui.widgets.row_list import RowList, join_parts

CONTEXT_LENGTH = 20
"""How much of the text before and after a lost passage is shown, in characters."""

LONGEST_STATUS = 40
"""How much of a status is shown, in characters."""

PLACE_WORDS: Mapping[PlaceState, str] = {
    PlaceState.EDITED: "≠ edited",
    PlaceState.ORPHANED: "◌ lost its place",
    PlaceState.BY_HAND: "by hand",
}
"""The words for the state of a place; the other states are not shown."""


def place_words(annotation: Annotation) -> str:
    """Return the words for the state of a place, and why it was lost; may be empty."""
    words = PLACE_WORDS.get(annotation.place.state, "")
    return f"{words}: {annotation.loss}" if annotation.loss else words


class AnnotationRows(RowList[Annotation]):
    """A list of annotations, two lines each."""

    ROW_HEIGHT = 2

    def __init__(self, tags: Mapping[str, Tag], statuses: Mapping[str, ClaimStatus]) -> None:
        """Make an empty list.

        Args:
            tags: The tags of the settings by their names.
            statuses: The statuses of the settings by their names.
        """
        super().__init__()
        self._tags = tags
        self._statuses = statuses

    def key_of(self, row: Annotation) -> str:
        """Return the annotation's id."""
        return row.id

    def render_row(
        self,
        row: Annotation,
        width: int,
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the two lines of an annotation."""
        first, second = annotation_lines(
            row, self._tags, self._statuses, self.app.theme_variables, width
        )
        return [first, Content("  ") + second]


def status_content(
    annotation: Annotation, statuses: Mapping[str, ClaimStatus], variables: Mapping[str, str]
) -> Content:
    """Return the sign and the name of an annotation's status; empty where it has none."""
    if not annotation.status:
        return Content("")
    sign, colour = status_sign_of(annotation.status, statuses, variables)
    name = one_line(annotation.status, LONGEST_STATUS)
    return Content.assemble((f"{sign} ", f"bold {colour}"), (name, colour))


def annotation_lines(
    annotation: Annotation,
    tags: Mapping[str, Tag],
    statuses: Mapping[str, ClaimStatus],
    variables: Mapping[str, str],
    width: int,
) -> tuple[Content, Content]:
    """Return the quote with its glyph, and a line with further facts and the note.

    Args:
        annotation: The annotation.
        tags: The tags of the settings by their names.
        statuses: The statuses of the settings by their names.
        variables: The theme's variables.
        width: Cells of a line; the lines may be longer.
    """
    is_lost = annotation.is_orphaned
    glyph, colour = sign_of(annotation.tags[0], tags, variables)
    quote = one_line(annotation.selector.exact, 4 * width)
    note = one_line(annotation.note, 4 * width)
    facts = ((one_line(fact, width), "$faint") for fact in _facts(annotation) if fact)
    first = Content.assemble(
        (f"{glyph} ", "$faint" if is_lost else f"bold {colour}"),
        (quote, "$faint" if is_lost else ""),
    )
    status = status_content(annotation, statuses, variables)
    return first, join_parts([status, *facts, (note, "$faint italic" if is_lost else "italic")])


def _facts(annotation: Annotation) -> list[str]:
    """Return the facts of an annotation besides its quote and its note; some may be empty."""
    present = present_wording(annotation, clock.day_in_words)
    facts = [
        place_words(annotation),
        "" if annotation.is_orphaned else present,
        annotation.speaker,
        summary_of(annotation.links),
        *annotation.tags[1:],
    ]
    has_note = bool(annotation.note.strip())
    if annotation.is_orphaned or (not has_note and not annotation.status and not any(facts)):
        facts.append(annotation.selector.section)
    if annotation.is_orphaned and not has_note:
        facts.append(_context(annotation))
    lost = present if annotation.is_orphaned else ""
    return [*facts, page_label(annotation.selector.page), lost]


def _context(annotation: Annotation) -> str:
    """Return the words before and after the passage in the text that it was made on."""
    before, after = annotation.selector.prefix[-CONTEXT_LENGTH:], annotation.selector.suffix
    before = " ".join(before.partition(" ")[2].split())
    after = one_line(after, CONTEXT_LENGTH)
    return f"… {before} [ ] {after}" if before or after else ""
