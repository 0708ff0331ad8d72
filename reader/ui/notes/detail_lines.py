"""What the detail of a note shows besides the note: the passage in its text, evidence, source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from reader import clock
from reader.core.annotation import Annotation, Article
from reader.core.citation import day
from reader.core.evidence import Evidence, TargetKind, evidence_in, phrase
from reader.core.surroundings import Surroundings
from reader.core.text_formatting import one_line, page_label
from reader.safe_text import drawn, sanitise
from reader.session import AnnotationSummary
from reader.ui.dates import when
from reader.ui.notes.note_lines import NoteLook, lit, signs_with_names
from reader.ui.widgets.evidence_rows import RELATION_STYLES
from reader.ui.widgets.passage_lines import LONGEST_PASSAGE, shown_text, wrapped_texts
from reader.ui.widgets.passage_lines import passage_lines as shared_lines
from reader.ui.widgets.row_list import join_parts

LONGEST_FACT = 400
"""The most characters of a fact, such as a title."""


class Facts(NamedTuple):
    """What was read of a note besides its annotation."""

    surroundings: Surroundings
    """The passage in its paragraph."""
    article: Article | None = None
    """Its article; None where that is not known."""
    incoming: Sequence[tuple[Evidence, AnnotationSummary]] = ()
    """The annotations that are linked to it, each with the link."""


def title_line(row: AnnotationSummary, place: str, look: NoteLook) -> Content:
    """Return the line above the detail.

    Args:
        row: The annotation.
        place: Which of how many notes it is, such as ``3 of 14``.
        look: How notes are drawn.
    """
    annotation = row.annotation
    return join_parts(
        [
            (place, "$faint"),
            *signs_with_names(annotation, look),
            (one_line(annotation.speaker[:LONGEST_FACT]), "$foreground"),
            (when(annotation.created, clock.now()), "$faint"),
        ]
    )


def passage_lines(
    row: AnnotationSummary, surroundings: Surroundings, width: int, look: NoteLook
) -> list[Content]:
    """Return the lines of the passage in its surroundings, and of what it was meanwhile.

    Args:
        row: The annotation.
        surroundings: The passage with the text around it.
        width: Cells of a line.
        look: How notes are drawn.
    """
    annotation = row.annotation
    style = "$faint" if annotation.is_orphaned else "bold $heading"
    passage = lit(shown_text(surroundings.passage[:LONGEST_PASSAGE]), look.terms, style)
    colour = look.colour_of(annotation)
    return shared_lines(annotation, surroundings, passage, colour, width)


def source_lines(row: AnnotationSummary, facts: Facts, width: int, look: NoteLook) -> list[Content]:
    """Return the lines about evidence, and about where and when the passage was marked."""
    lines = list(_evidence_lines(row.annotation, facts, width, look))
    if lines:
        lines = [Content.styled("Evidence", "$faint"), *lines, Content("")]
    return [*lines, *_origin_lines(row, facts.article, width)]


def _evidence_lines(
    annotation: Annotation, facts: Facts, width: int, look: NoteLook
) -> Iterator[Content]:
    for evidence in evidence_in(annotation.links):
        yield from _link_lines(evidence, evidence.words, evidence.title, width, look)
    for evidence, other in facts.incoming:
        turned = evidence._replace(is_basis=not evidence.is_basis, kind=TargetKind.ANNOTATION)
        words = other.annotation.selector.exact[:LONGEST_FACT]
        yield from _link_lines(turned, words, other.article_title, width, look)


def _link_lines(
    evidence: Evidence, words: str, title: str, width: int, look: NoteLook
) -> Iterator[Content]:
    relation = phrase(evidence.relation, is_basis=evidence.is_basis)
    quoted = f"“{one_line(words, LONGEST_FACT)}”" if words else ""
    target = evidence.target if evidence.kind is TargetKind.ADDRESS else ""
    facts = join_parts(
        [
            lit(drawn(sanitise(quoted or target)), look.terms, "$foreground"),
            (drawn(sanitise(one_line(title[:LONGEST_FACT]))), "$faint"),
            (f"seen {day(evidence.seen)}" if evidence.seen else "", "$faint"),
        ]
    )
    text = Content.assemble((f"{relation} ", RELATION_STYLES[evidence.relation]), facts)
    yield from wrapped_texts([text], width)


def _origin_lines(row: AnnotationSummary, article: Article | None, width: int) -> list[Content]:
    selector = row.annotation.selector
    metadata = article.metadata if article is not None else None
    title = Content.styled(one_line(row.article_title[:LONGEST_FACT]) or "untitled", "$heading")
    section = f"§ {one_line(selector.section[:LONGEST_FACT])}" if selector.section else ""
    published = day(metadata.published) if metadata else ""
    source = [one_line(metadata.site[:LONGEST_FACT]), published] if metadata else []
    authors = ", ".join(map(one_line, metadata.authors))[:LONGEST_FACT] if metadata else ""
    marked = (
        f"marked {clock.day_in_words(row.annotation.created)}" if row.annotation.created else ""
    )
    texts = [
        title,
        join_parts([(each, "$faint") for each in (*source, authors)]),
        join_parts([(section, "$faint"), (page_label(selector.page), "$faint")]),
        Content.styled(marked, "$faint"),
    ]
    return wrapped_texts([each for each in texts if each.plain], width)
