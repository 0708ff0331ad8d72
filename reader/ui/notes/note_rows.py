"""The rows of the notes, three lines for each annotation."""

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
from reader.ui.painting.palette import sign_of
from reader.ui.widgets.annotation_rows import place_words
from reader.ui.widgets.row_list import RowList, join_parts


class NoteRows(RowList[AnnotationSummary]):
    """A list of annotations: the quote, the note where there is one, and the origin."""

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
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the quote with the glyph of its tag, the note, and the origin."""
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
        lost: list[tuple[str, str]] = []
        if annotation.is_orphaned:
            lost = [
                (place_words(annotation), "$warning"),
                (one_line(annotation.selector.section[:80]), "$faint"),
            ]
        return join_parts(
            [
                *lost,
                (title, "$faint"),
                (page_label(annotation.selector.page), "$faint"),
                (when(annotation.created, clock.now()), "$faint"),
                (one_line(annotation.speaker[:200]), "$faint"),
                (annotation.status.value if annotation.status else "", "$faint"),
                *self._other_tags(annotation),
                (state if annotation.place.state is PlaceState.EDITED else "", "$faint"),
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
