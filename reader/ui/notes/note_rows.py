"""The rows of the notes: three lines an annotation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.content import Content

from reader import clock
from reader.core.annotation import Annotation, PlaceState, Tag
from reader.core.cells import clip
from reader.core.text_formatting import one_line, page_label
from reader.session import AnnotationSummary
from reader.ui.dates import when
from reader.ui.palette import OTHER_GLYPH, colour_of
from reader.ui.widgets.row_list import RowList, joined

LOST = "◌ lost its place"
"""How an annotation whose passage is gone from the article is marked."""


class NoteRows(RowList[AnnotationSummary]):
    """The annotations: the quote; the note, if there is one; where it is from."""

    ROW_HEIGHT: ClassVar[int] = 3

    def __init__(self, tags: Sequence[Tag]) -> None:
        """Make an empty list.

        Args:
            tags: The tags that have a glyph and a colour.
        """
        super().__init__()
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}

    def key_of(self, row: AnnotationSummary) -> str:
        """Return the annotation's id."""
        return row.annotation.id

    def render_row(
        self,
        row: AnnotationSummary,
        width: int,
        is_highlighted: bool,  # noqa: ARG002 - the list draws the highlight
    ) -> Sequence[Content]:
        """Return the quote with its tag's sign, the note, and where it is from."""
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
        """Return the line that says whose annotation it is, and where and when it was made."""
        annotation = row.annotation
        state = annotation.place.state
        title = clip(one_line(row.article_title[:400]) or "untitled", max(width // 2, 12))
        return joined(
            [
                (LOST, "$warning") if state is PlaceState.ORPHANED else "",
                (one_line(annotation.selector.section[:80]), "$faint")
                if state is PlaceState.ORPHANED
                else "",
                (title, "$faint"),
                (page_label(annotation.selector.page), "$faint"),
                (when(annotation.created, clock.now()), "$faint"),
                (one_line(annotation.speaker[:200]), "$faint"),
                (annotation.status.value if annotation.status else "", "$faint"),
                *self._other_tags(annotation),
                ("≠ edited" if state is PlaceState.EDITED else "", "$faint"),
            ]
        )

    def _other_tags(self, annotation: Annotation) -> list[Content]:
        """Return the tags beyond the first, and that one too where its sign does not tell it."""
        first = annotation.tags[:1]
        named = annotation.tags if first and first[0] not in self._tags else annotation.tags[1:]
        signs = [(self._sign(name), one_line(name)) for name in named]
        return [
            Content.assemble((f"{glyph} ", colour), (name, "$faint"))
            for (glyph, colour), name in signs
        ]

    def _sign(self, name: str) -> tuple[str, str]:
        """Return the glyph and the colour of a tag."""
        tag = self._tags.get(name)
        colour = colour_of(tag.colour if tag else "accent", self.app.theme_variables).hex
        return (tag.glyph if tag else OTHER_GLYPH), colour


def _first_line(text: str, width: int) -> str:
    """Return how much of ``text`` stands on its first line of ``width`` cells."""
    lines = Content(text).wrap(max(width, 1))
    return lines[0].plain if lines else ""
