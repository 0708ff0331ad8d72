"""What is left of a passage in another text, once its words have their partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reader.core.alignment import UNPAIRED, Words
from reader.core.document import TextRange
from reader.core.selectors import trimmed_range

LARGEST_INSERTION = 250
"""How many characters of other text may stand between two words of a passage; where it is more,
the passage was torn apart, and its bigger part is taken."""

CONTEXT_WORDS = 12
"""How many words before and after a passage speak for its place."""

CONTEXT_REACH = 60
"""How many words from the passage its context may stand and still speak for its place."""


@dataclass(frozen=True, slots=True)
class Remains:
    """The biggest part of a passage that stands together in the other text."""

    place: TextRange
    """Where it stands, as a range of the other text."""
    kept: float
    """The share of the passage's characters that are left, 0 to 1."""
    alike: float
    """How much the passage and the range have in common of what both hold, 0 to 1 (Dice)."""
    before: float
    """The share of the words before the passage that stand near, 0 to 1; 1 where it had none."""
    after: float
    """The same of the words after it."""
    words: range
    """The indices of the range's words among those of the other text."""
    is_verbatim: bool
    """Whether its words are the passage's, none more and none less."""

    @property
    def likeness(self) -> float:
        """How far this is the passage, by its own words: 0 to 1."""
        return (self.kept + self.alike) / 2

    @property
    def context(self) -> float:
        """How far this is the passage's place, by the words around it: 0 to 1."""
        return (self.before + self.after) / 2


def remains_of(passage: TextRange, old: Words, new: Words, to_new: Sequence[int]) -> Remains | None:
    """Return what is left of a passage.

    Args:
        passage: A range of the old text.
        old: The words that the passage is made of, and those around it.
        new: The words of the other text.
        to_new: For each old word the index of its partner among ``new``, or ``UNPAIRED``.

    Returns:
        Its biggest part, or ``None`` where no word of it is left.
    """
    words = old.touching(passage.start, passage.end)
    pairs = sorted((to_new[word], word) for word in words if to_new[word] != UNPAIRED)
    if not pairs:
        return None
    cluster = max(_clusters(pairs, new), key=lambda part: _weight(part, old))
    first, last = cluster[0][0], cluster[-1][0]
    weight = _weight(cluster, old)
    whole = old.weight(words.start, words.stop)
    return Remains(
        place=_range(passage, words, cluster, old, new),
        kept=weight / whole,
        alike=2 * weight / (whole + new.weight(first, last + 1)),
        before=_nearby(range(max(words.start - CONTEXT_WORDS, 0), words.start), first, old, to_new),
        after=_nearby(
            range(words.stop, min(words.stop + CONTEXT_WORDS, len(old))), last, old, to_new
        ),
        words=range(first, last + 1),
        is_verbatim=old.keys[words.start : words.stop] == new.keys[first : last + 1],
    )


def _weight(cluster: list[tuple[int, int]], old: Words) -> int:
    return sum(old.ends[word] - old.starts[word] for _, word in cluster)


def _clusters(pairs: list[tuple[int, int]], new: Words) -> list[list[tuple[int, int]]]:
    """Part the words that are left where too much other text stands between two of them."""
    clusters = [[pairs[0]]]
    for pair in pairs[1:]:
        if new.starts[pair[0]] - new.ends[clusters[-1][-1][0]] > LARGEST_INSERTION:
            clusters.append([])
        clusters[-1].append(pair)
    return clusters


def _nearby(context: range, place: int, old: Words, to_new: Sequence[int]) -> float:
    """Return the share of the words of ``context`` whose partners stand near ``place``."""
    whole = old.weight(context.start, context.stop)
    if not whole:
        return 1.0
    near = [
        word
        for word in context
        if to_new[word] != UNPAIRED and abs(to_new[word] - place) <= CONTEXT_REACH
    ]
    return sum(old.ends[word] - old.starts[word] for word in near) / whole


def _range(
    passage: TextRange, words: range, cluster: list[tuple[int, int]], old: Words, new: Words
) -> TextRange:
    """Return the new range of a passage, on the bounds of words unless it cut one that is left."""
    (first, first_word), (last, last_word) = cluster[0], cluster[-1]
    start, end = new.starts[first], new.ends[last]
    if first_word == words[0]:
        start += _cut(passage.start - old.starts[first_word], old, first_word, new, first)
    if last_word == words[-1]:
        end -= _cut(old.ends[last_word] - passage.end, old, last_word, new, last)
    return trimmed_range(new.text, start, end) if start < end else TextRange(start, start)


def _cut(length: int, old: Words, word: int, new: Words, partner: int) -> int:
    """Return how much of a word stays outside, where the passage cut it: all or nothing of it."""
    same = old.ends[word] - old.starts[word] == new.ends[partner] - new.starts[partner]
    return length if length > 0 and same else 0
