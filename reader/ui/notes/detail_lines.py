"""What the detail of a note shows besides the note: the passage in its text, evidence, source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from reader import clock
from reader.core.annotation import Annotation, Article, PlaceState
from reader.core.citation import day
from reader.core.evidence import Evidence, TargetKind, evidence_in, phrase
from reader.core.surroundings import Surroundings
from reader.core.text_formatting import former_context, one_line, page_label
from reader.core.wording import wording_history
from reader.safe_text import drawn, sanitise
from reader.session import AnnotationSummary
from reader.ui.dates import when
from reader.ui.notes.note_lines import NoteLook, lit, signs_with_names
from reader.ui.widgets.annotation_rows import place_words
from reader.ui.widgets.evidence_rows import RELATION_STYLES
from reader.ui.widgets.row_list import join_parts, sanitise_content

LONGEST = 8_000
"""The most characters of a passage that are shown."""

LONGEST_FACT = 400
"""The most characters of a fact, such as a title."""

BAR = "▌ "
"""What stands beside the lines of the passage."""


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
    before, after = _shown(surroundings.before), _shown(surroundings.after)
    passage = _shown(surroundings.passage[:LONGEST])
    style = "$faint" if annotation.is_orphaned else "bold $heading"
    text = Content.assemble((before, "$faint"), lit(passage, look.terms, style), (after, "$faint"))
    start, end = len(before), len(before) + len(passage)
    bar = Content.styled(BAR, look.colour_of(annotation))
    lines = [
        (bar if first < end and last > start else Content("  ")) + line
        for first, last, line in _placed_lines(text, max(width - len(BAR), 1))
    ]
    changes = _change_sentences(annotation)
    return [*lines, *([Content("")] if changes else []), *_wrapped(changes, width)]


def source_lines(row: AnnotationSummary, facts: Facts, width: int, look: NoteLook) -> list[Content]:
    """Return the lines about evidence, and about where and when the passage was marked."""
    lines = list(_evidence_lines(row.annotation, facts, width, look))
    if lines:
        lines = [Content.styled("Evidence", "$faint"), *lines, Content("")]
    return [*lines, *_origin_lines(row, facts.article, width)]


def _change_sentences(annotation: Annotation) -> list[Content]:
    """Return what is known of other words of the passage, and of a lost place."""
    sentences = []
    if annotation.place.state in {PlaceState.EDITED, PlaceState.ORPHANED}:
        sentences.append(Content.styled(place_words(annotation), "$warning"))
    if history := wording_history(annotation, clock.day_in_words):
        sentences.append(Content(one_line(sanitise(history))))
    if annotation.is_orphaned and (context := former_context(annotation.selector)):
        sentences.append(Content.styled(one_line(sanitise(context)), "$faint"))
    return sentences


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
    yield from _wrapped([text], width)


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
    return _wrapped([each for each in texts if each.plain], width)


def _wrapped(texts: Sequence[Content], width: int) -> list[Content]:
    """Return the lines of texts, each beginning on a line of its own."""
    safe = (sanitise_content(each, len(each.plain) * 2 + 2) for each in texts)
    return [line for each in safe for line in (each.wrap(max(width, 1)) or [Content("")])]


def _placed_lines(text: Content, width: int) -> Iterator[tuple[int, int, Content]]:
    """Yield the lines of a text, each with its first and last offset."""
    at = 0
    for line in text.wrap(width):
        start = text.plain.find(line.plain.strip(), at) if line.plain.strip() else at
        start = at if start < 0 else start
        at = start + len(line.plain.strip())
        yield start, at, line


def _shown(text: str) -> str:
    """Return a text safe to show, with its line breaks."""
    return drawn(sanitise(text).expandtabs(4))
