"""The differences between two wordings of a passage, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.core.document import TextRange

if TYPE_CHECKING:
    from reader.core.alignment_words import Words


class WordDiff(NamedTuple):
    """Two wordings of a passage and the words in which they differ."""

    old: str
    """The earlier wording."""
    new: str
    """The present wording."""
    removed: tuple[TextRange, ...]
    """Ranges of ``old`` whose words are not in ``new``, or are elsewhere in it."""
    added: tuple[TextRange, ...]
    """Ranges of ``new`` whose words are not in ``old``, or are elsewhere in it."""


def diff_words(old: str, new: str) -> WordDiff:
    """Compare two wordings word by word; case, typography and white space are ignored.

    Args:
        old: The earlier wording.
        new: The present wording.
    """
    from reader.core.alignment import UNPAIRED, Alignment  # noqa: PLC0415  (takes 5 ms)
    from reader.core.alignment_gaps import unpair_parts_of_words  # noqa: PLC0415

    alignment = Alignment.between(old, new)
    unpair_parts_of_words(alignment)
    is_kept = [alignment.is_in_order(word) for word in range(len(alignment.old))]
    was_there = [
        partner != UNPAIRED and not alignment.has_moved[partner] for partner in alignment.to_old
    ]
    return WordDiff(old, new, _changed(alignment.old, is_kept), _changed(alignment.new, was_there))


def _changed(words: Words, is_shared: list[bool]) -> tuple[TextRange, ...]:
    """Return the ranges of the words that are not shared; neighbours become one range."""
    ranges: list[TextRange] = []
    follows = False
    for index, shared in enumerate(is_shared):
        if not shared:
            start = ranges.pop().start if follows else words.starts[index]
            ranges.append(TextRange(start, words.ends[index]))
        follows = not shared
    return tuple(ranges)
