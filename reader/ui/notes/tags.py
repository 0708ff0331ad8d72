"""The tags to filter the notes by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from reader.core.annotation import Tag
from reader.session import AnnotationKey
from reader.ui.painting.chips import Chip
from reader.ui.painting.palette import OTHER_GLYPH


def tag_chips(
    notes: Sequence[AnnotationKey], tags: Sequence[Tag], other_tags: Iterable[str]
) -> tuple[Chip, ...]:
    """Return a chip for all annotations, and one for each tag.

    Args:
        notes: The annotations that match the filter.
        tags: The tags of the settings.
        other_tags: The further tags of the library's annotations.
    """
    counts = Counter(tag for note in notes for tag in note.tags)
    return (
        Chip("", "", "", len(notes)),
        *(Chip(tag.name, tag.glyph, tag.colour, counts[tag.name]) for tag in tags),
        *(Chip(name, OTHER_GLYPH, "accent", counts[name]) for name in other_tags),
    )
