"""Which annotations the notes show, and the tags to filter them by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reader.core.annotation import Tag
from reader.core.folding import fold
from reader.session import AnnotationSummary
from reader.ui.painting.palette import OTHER_GLYPH
from reader.ui.widgets.tag_chips import Chip


class ListedNote(NamedTuple):
    """An annotation with the text that the filter searches."""

    summary: AnnotationSummary
    """The annotation and its article."""
    folded: str
    """Its quote, note and speaker and its article's title, folded, a line each."""


def listed_notes(
    summaries: Iterable[AnnotationSummary], before: Iterable[ListedNote]
) -> list[ListedNote]:
    """Return annotations with their folded text.

    Args:
        summaries: The annotations.
        before: The annotations as they were listed before; the same ones are not folded again.
    """
    by_id: Mapping[str, ListedNote] = {note.summary.annotation.id: note for note in before}
    return [_listed(summary, by_id.get(summary.annotation.id)) for summary in summaries]


def _listed(summary: AnnotationSummary, before: ListedNote | None) -> ListedNote:
    if before is not None and before.summary == summary:
        return before
    annotation = summary.annotation
    parts = (annotation.selector.exact, annotation.note, annotation.speaker, summary.article_title)
    return ListedNote(summary, "\n".join(map(fold, parts)))


def matching(notes: Iterable[ListedNote], terms: Sequence[str]) -> list[AnnotationSummary]:
    """Return the annotations whose folded text contains every term."""
    return [summary for summary, folded in notes if all(term in folded for term in terms)]


def tag_chips(
    notes: Sequence[AnnotationSummary], tags: Sequence[Tag], other_tags: Iterable[str]
) -> tuple[Chip, ...]:
    """Return a chip for all annotations, and one for each tag.

    Args:
        notes: The annotations that match the filter.
        tags: The tags of the settings.
        other_tags: The further tags of the library's annotations.
    """
    counts = Counter(tag for note in notes for tag in note.annotation.tags)
    return (
        Chip("", "", "", len(notes)),
        *(Chip(tag.name, tag.glyph, tag.colour, counts[tag.name]) for tag in tags),
        *(Chip(name, OTHER_GLYPH, "accent", counts[name]) for name in other_tags),
    )
