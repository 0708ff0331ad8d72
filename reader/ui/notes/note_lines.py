"""What a row of the notes shows: the passage with its signs, the note, the facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from reader import clock
from reader.core.annotation import Annotation, PlaceState, Tag
from reader.core.cells import clip
from reader.core.claims import ClaimStatus
from reader.core.evidence import summary_of
from reader.core.folding import fold_with_offsets, unfold
from reader.core.note_text import plain_note
from reader.core.text_formatting import one_line, page_label
from reader.core.wording import present_wording
from reader.safe_text import drawn, sanitise_line
from reader.session import AnnotationSummary
from reader.ui.dates import when
from reader.ui.painting.palette import sign_of, status_sign_of
from reader.ui.widgets.annotation_rows import place_words
from reader.ui.widgets.row_list import join_parts

INDENT = 3
"""Cells of the signs before a passage."""

PASSAGE_LINES = 2
"""The most lines of a passage."""

LONGEST = 8
"""How many lines of a text are looked at, of which the first are shown."""

SEPARATORS = 8
"""Cells of the sign of a note among the facts, and of what separates it from them."""

MOST_SEARCHED = 20_000
"""In how many characters of a passage a word is looked for that is to be shown."""

MOST_LIT = 200
"""The most places that are lit in a text."""


class NoteLook(NamedTuple):
    """How rows are drawn."""

    tags: Mapping[str, Tag]
    """The tags of the settings by their names."""
    statuses: Mapping[str, ClaimStatus]
    """The statuses of the settings by their names."""
    variables: Mapping[str, str]
    """The colours of the theme."""
    terms: Sequence[str] = ()
    """The folded words to light."""
    is_by_article: bool = False
    """Whether a heading says which article the note is of."""
    is_compact: bool = False
    """Whether the note stands among the facts, and not on a line of its own."""

    def colour_of(self, annotation: Annotation) -> str:
        """Return the colour of an annotation: of its status, else of its first tag."""
        if annotation.status:
            return status_sign_of(annotation.status, self.statuses, self.variables)[1]
        return sign_of(annotation.tags[0] if annotation.tags else "", self.tags, self.variables)[1]


def note_lines(row: AnnotationSummary, width: int, look: NoteLook) -> Sequence[Content]:
    """Return the lines of a row, two to four.

    Args:
        row: The annotation.
        width: Cells of a line.
        look: How rows are drawn.
    """
    annotation = row.annotation
    room = max(width - INDENT, 1)
    is_faint = annotation.is_orphaned or annotation.is_deleted
    style = "$faint" if is_faint else "$heading"
    quote = _excerpt(annotation.selector.exact, room * PASSAGE_LINES, look.terms)
    first, *others = _wrapped(lit(quote, look.terms, style), room, PASSAGE_LINES)
    indent = Content(" " * INDENT)
    lines = [_signs(annotation, look) + first, *(indent + line for line in others)]
    note = drawn(one_line(plain_note(annotation.note, LONGEST * width)))
    first_facts, last_facts = _facts(row, room, look)
    if note and look.is_compact:
        taken = join_parts([*first_facts, *last_facts]).cell_length
        between = _note(note, max(room - taken - SEPARATORS, room // 3), look)
        return [*lines, indent + join_parts([*first_facts, between, *last_facts])]
    if note:
        lines.append(indent + _note(note, room - 2, look))
    return [*lines, indent + join_parts([*first_facts, *last_facts])]


def _note(note: str, width: int, look: NoteLook) -> Content:
    """Return a note with its sign, cut to ``width`` cells besides that."""
    return Content.assemble(("✎ ", "$faint"), lit(clip(note, max(width, 1)), look.terms, "italic"))


def signs_with_names(annotation: Annotation, look: NoteLook) -> list[Content]:
    """Return all tags of an annotation and its status, each with its sign and its name."""
    parts = []
    for name in annotation.tags:
        glyph, colour = sign_of(name, look.tags, look.variables)
        parts.append(Content.assemble((f"{glyph} ", f"bold {colour}"), one_line(name, 40)))
    if annotation.status:
        sign, colour = status_sign_of(annotation.status, look.statuses, look.variables)
        status = one_line(annotation.status, 40)
        parts.append(Content.assemble((f"{sign} ", f"bold {colour}"), (status, colour)))
    return parts


def _signs(annotation: Annotation, look: NoteLook) -> Content:
    """Return the sign of the first tag, and that of the status beside it, as articles have them."""
    glyph, colour = sign_of(
        annotation.tags[0] if annotation.tags else "", look.tags, look.variables
    )
    tag = (glyph, "$faint" if annotation.is_orphaned else f"bold {colour}")
    if not annotation.status:
        return Content.assemble(tag, "  ")
    sign, status_colour = status_sign_of(annotation.status, look.statuses, look.variables)
    return Content.assemble(tag, (sign, f"bold {status_colour}"), " ")


Facts = list[Content | tuple[str, str] | str]
"""Facts as ``join_parts`` takes them."""


def _facts(row: AnnotationSummary, width: int, look: NoteLook) -> tuple[Facts, Facts]:
    """Return the facts: place, status, speaker and article, then page, time, evidence, tags."""
    annotation = row.annotation
    parts: Facts = []
    if annotation.is_deleted:
        parts = [(f"deleted {when(annotation.deleted, clock.now())}", "$warning")]
    elif annotation.is_orphaned:
        parts = [(place_words(annotation), "$warning")]
    elif annotation.place.state is PlaceState.EDITED:
        parts = [(place_words(annotation), "$warning")]
        present = one_line(present_wording(annotation, clock.day_in_words))
        parts.append((present, "$faint"))
    if annotation.status:
        _, colour = status_sign_of(annotation.status, look.statuses, look.variables)
        parts.append((one_line(annotation.status, 40), colour))
    parts.append(lit(one_line(annotation.speaker[:200]), look.terms, "$foreground"))
    if not look.is_by_article:
        title = clip(one_line(row.article_title[:400]) or "untitled", max(width // 2, 12))
        parts.append(lit(title, look.terms, "$faint"))
    lost_section = annotation.selector.section[:80] if annotation.is_orphaned else ""
    return parts, [
        (one_line(lost_section), "$faint"),
        (page_label(annotation.selector.page), "$faint"),
        (when(annotation.created, clock.now()), "$faint"),
        (summary_of(annotation.links), "$faint"),
        *_other_tags(annotation, look),
    ]


def _other_tags(annotation: Annotation, look: NoteLook) -> list[Content]:
    """Return the tags after the first, and the first too if its glyph is that of any tag."""
    first = annotation.tags[:1]
    named = annotation.tags if first and first[0] not in look.tags else annotation.tags[1:]
    signs = [(sign_of(name, look.tags, look.variables), one_line(name)) for name in named]
    return [
        Content.assemble((f"{glyph} ", colour), lit(name, look.terms, "$faint"))
        for (glyph, colour), name in signs
    ]


def _excerpt(passage: str, cells: int, terms: Sequence[str]) -> str:
    """Return the part of a passage to show: its beginning, else where a word that is looked for is.

    Args:
        passage: The passage.
        cells: About how much is shown, in cells.
        terms: The folded words.
    """
    text = passage[:MOST_SEARCHED] if terms else passage[: LONGEST * cells]
    line = sanitise_line(one_line(text))
    folded, offsets = fold_with_offsets(line) if terms else ("", ())
    found = [at for term in terms if (at := folded.find(term)) >= 0]
    first = offsets[min(found)] if found else 0
    if first < cells * 3 // 4:
        return line
    start = line.rfind(" ", 0, max(first - cells // 4, 1)) + 1
    return f"…{line[start:]}"


def _wrapped(text: Content, width: int, most: int) -> list[Content]:
    """Return the first lines of a text; the last one ends with ``…`` where there are more."""
    lines = text.wrap(max(width, 1)) or [Content("")]
    if len(lines) <= most:
        return lines
    last = lines[most - 1].rstrip()
    cut = last.truncate(max(width - 1, 1)) if last.cell_length >= width else last
    return [*lines[: most - 1], Content.assemble(cut, ("…", "$faint"))]


def lit(text: str, terms: Sequence[str], style: str) -> Content:
    """Return a text in a style, with the words that the query looks for lit.

    Args:
        text: A text on one line.
        terms: The folded words.
        style: The style of the text.
    """
    content = Content.styled(text, style)
    if not terms or not text:
        return content
    folded, offsets = fold_with_offsets(text)
    count = 0
    for term in terms:
        at = folded.find(term)
        while at >= 0 and count < MOST_LIT:
            start, end = unfold(offsets, at, at + len(term))
            content = content.stylize(LIT, start, end)
            count += 1
            at = folded.find(term, at + len(term))
    return content


LIT = "bold underline $caret"
"""The style of the words that a query looks for."""
