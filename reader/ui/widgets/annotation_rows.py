"""The rows of a list of annotations: the whole passage, its facts, the whole note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content

from reader import clock
from reader.core.annotation import Annotation, PlaceState, Tag
from reader.core.claims import ClaimStatus
from reader.core.evidence import summary_of
from reader.core.text_formatting import one_line, page_label
from reader.core.wording import present_wording
from reader.safe_text import drawn, sanitise
from reader.ui.painting.palette import sign_of, status_sign_of
from reader.ui.widgets.measured_rows import MeasuredRowList, wrapped_height
from reader.ui.widgets.row_list import join_parts

INDENT = 2
"""Cells of the sign before a passage or a note."""

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


LONGEST_FACT = 400
"""The most characters of a fact, such as a speaker."""

LONGEST = 20_000
"""The most characters of a passage or a note that a row shows; a longer one ends with ``…``."""


class AnnotationRows(MeasuredRowList[Annotation]):
    """A list of annotations: the whole passage of each, its facts, its whole note."""

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
        """Return the lines of an annotation."""
        variables = self.app.theme_variables
        glyph, colour = sign_of(row.tags[0], self._tags, variables)
        faint = "$faint" if row.is_orphaned else ""
        sign = Content.styled(f"{glyph} ", faint or f"bold {colour}")
        lines = _wrapped(sign, Content.styled(_shown(_quote(row)), faint), width)
        status = status_content(row, self._statuses, variables)
        facts = ((one_line(sanitise(fact), LONGEST_FACT), "$faint") for fact in _facts(row) if fact)
        if said := join_parts([status, *facts]):
            lines += _wrapped(Content(" " * INDENT), said, width)
        if note := _shown(row.note.strip()):
            note_sign = Content.styled("✎ ", "$faint")
            lines += _wrapped(note_sign, Content.styled(note, f"{faint} italic".strip()), width)
        return lines

    def estimate_height(self, row: Annotation, width: int) -> int:
        """Return about how many lines an annotation takes."""
        room = width - INDENT
        note = wrapped_height(row.note, room) if row.note else 0
        return wrapped_height(row.selector.exact, room) + 1 + note


def _quote(annotation: Annotation) -> str:
    """Return the passage, with signs between the cells of a table and no empty lines."""
    lines = annotation.selector.exact.replace("\t", " | ").splitlines()
    return "\n".join(line for line in lines if line.strip())


def _shown(text: str) -> str:
    """Return a text, safe to show and not longer than a row shows."""
    cut = f"{text[:LONGEST]}…" if len(text) > LONGEST else text
    return drawn(sanitise(cut).expandtabs(4))


def _wrapped(sign: Content, text: Content, width: int) -> list[Content]:
    """Return the lines of a text, with a sign before the first."""
    indent = max(sign.cell_length, INDENT)
    first, *others = text.wrap(max(width - indent, 1)) or [Content("")]
    return [sign + first, *(Content(" " * indent) + line for line in others)]


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
    lost = present if annotation.is_orphaned and annotation.place.since else ""
    return [*facts, page_label(annotation.selector.page), lost]


def _context(annotation: Annotation) -> str:
    """Return the words before and after the passage in the text that it was made on."""
    before, after = annotation.selector.prefix[-CONTEXT_LENGTH:], annotation.selector.suffix
    before = " ".join(before.partition(" ")[2].split())
    after = one_line(after, CONTEXT_LENGTH)
    return f"… {before} [ ] {after}" if before or after else ""
