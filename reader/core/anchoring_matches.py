"""Match a passage with another text whose words are already paired with the passage's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from reader.core.alignment import UNPAIRED
from reader.core.alignment_words import Words
from reader.core.document import TextRange
from reader.core.selectors import trimmed_range

LARGEST_INSERTION = 250
"""The most code points of other text between two words of a match; of a passage that was split
further apart, only the largest part is matched."""

LARGEST_EDGE = 0.2
"""The most new text at an edge of a passage that belongs to it, as a share of its length."""

CONTEXT_WORDS = 12
"""The number of words on each side of a passage that are its context."""

CONTEXT_SHIFT = 10
"""The most words that the context may have moved relative to the passage and still count."""


@dataclass(frozen=True, slots=True)
class Match:
    """The largest connected part of a passage that another text has."""

    place: TextRange
    """Its range in the other text."""
    recall: float
    """The share of the passage's characters that are in the range, 0 to 1."""
    similarity: float
    """The Dice coefficient of the passage's and the range's characters, 0 to 1."""
    before: float | None
    """The share of the context before the passage that is near the range, 0 to 1; None for none."""
    after: float | None
    """The share of the context after the passage that is near the range, 0 to 1; None for none."""
    words: range
    """The indices of the range's words in the other text."""
    matched_words: int
    """The number of the passage's words in the range, without its punctuation."""
    is_verbatim: bool
    """Whether the words of the range equal those of the passage."""
    length: int
    """The length of the passage in code points."""

    @property
    def word_score(self) -> float:
        """How well the words match, 0 to 1."""
        return 0.6 * self.recall + 0.4 * self.similarity

    def context(self, missing: float = 1.0) -> float:
        """Return how well the context matches, 0 to 1; a side without any counts ``missing``."""
        before = missing if self.before is None else self.before
        after = missing if self.after is None else self.after
        return (before + after) / 2

    @property
    def certainty(self) -> float:
        """How certain the match is, about 0 to 1.3.

        The weights come from a logistic regression on real revisions, rounded: a longer passage,
        or one with the same context, needs fewer of its words.
        """
        return (
            self.word_score + 0.2 * self.context() + 0.07 * log(min(max(self.length, 1), 400) / 100)
        )


def match_passage(
    passage: TextRange,
    old: Words,
    new: Words,
    to_new: Sequence[int],
    context_shift: int = CONTEXT_SHIFT,
) -> Match | None:
    """Return the match of a passage in another text, or ``None`` where no word has a partner.

    Args:
        passage: A range of the old text.
        old: The words of the passage and of its context.
        new: The words of the other text.
        to_new: For each old word the index of its partner among ``new``, or ``UNPAIRED``.
        context_shift: The most words that the context may have moved and still count.
    """
    words = old.touching(passage.start, passage.end)
    pairs = sorted((to_new[word], word) for word in words if to_new[word] != UNPAIRED)
    if not pairs:
        return None
    cluster = max(_clusters(pairs, new), key=lambda part: _weight(part, old))
    first, last = cluster[0][0], cluster[-1][0]
    weight = _weight(cluster, old)
    whole = old.weight(words.start, words.stop)
    before, after = context_shares(words, range(first, last + 1), old, to_new, context_shift)
    return Match(
        place=_range(passage, words, cluster, (old, new), to_new),
        recall=weight / whole,
        similarity=2 * weight / (whole + new.weight(first, last + 1)),
        before=before,
        after=after,
        words=range(first, last + 1),
        matched_words=sum(old.text[old.starts[word]].isalnum() for _, word in cluster),
        length=passage.end - passage.start,
        is_verbatim=old.keys[words.start : words.stop] == new.keys[first : last + 1],
    )


def context_shares(
    words: range, place: range, old: Words, to_new: Sequence[int], context_shift: int
) -> tuple[float | None, float | None]:
    """Return the shares of the context before and after a passage that are near its new place.

    Args:
        words: The indices of the passage's words.
        place: The indices of the words at its new place.
        old: As for ``match_passage``.
        to_new: As for ``match_passage``.
        context_shift: As for ``match_passage``.
    """
    before = range(max(words.start - CONTEXT_WORDS, 0), words.start)
    after = range(words.stop, min(words.stop + CONTEXT_WORDS, len(old)))
    return (
        _share_nearby(before, place.start - words.start, old, to_new, context_shift),
        _share_nearby(after, place.stop - words.stop, old, to_new, context_shift),
    )


def _share_nearby(
    context: range, shift: int, old: Words, to_new: Sequence[int], most: int
) -> float | None:
    """Return the share of a context that moved by ``shift`` words, give or take ``most``.

    Returns:
        None where the context has no words.
    """
    whole = old.weight(context.start, context.stop)
    near = [
        (to_new[word], word)
        for word in context
        if to_new[word] != UNPAIRED and abs(to_new[word] - word - shift) <= most
    ]
    return _weight(near, old) / whole if whole else None


def _weight(cluster: list[tuple[int, int]], old: Words) -> int:
    return sum(old.ends[word] - old.starts[word] for _, word in cluster)


def _clusters(pairs: list[tuple[int, int]], new: Words) -> list[list[tuple[int, int]]]:
    """Split the paired words where too much other text lies between two of them."""
    clusters = [[pairs[0]]]
    for pair in pairs[1:]:
        if new.starts[pair[0]] - new.ends[clusters[-1][-1][0]] > LARGEST_INSERTION:
            clusters.append([])
        clusters[-1].append(pair)
    return clusters


def _range(
    passage: TextRange,
    words: range,
    cluster: list[tuple[int, int]],
    texts: tuple[Words, Words],
    to_new: Sequence[int],
) -> TextRange:
    """Return the range of a match, at word boundaries unless the passage itself cuts a word."""
    old, new = texts
    (first, first_word), (last, last_word) = cluster[0], cluster[-1]
    # The comparison may have paired the first or last characters, such as a full stop, with text
    # next to the range where the range itself goes on verbatim.
    start = _same_start(passage.start, old, first_word, new, first)
    end = _same_end(passage.end, old, last_word, new, last)
    most = LARGEST_EDGE * (end - start)
    if first_word != words[0] and start == new.starts[first]:
        before = to_new[words.start - 1] if words.start else -1
        if before < first and (before != UNPAIRED or not words.start):
            edge = new.starts[before + 1]
            start = edge if start - edge <= most else start
    if last_word != words[-1] and end == new.ends[last]:
        after = to_new[words.stop] if words.stop < len(old) else len(new)
        if after > last:
            edge = new.ends[after - 1]
            end = edge if edge - end <= most else end
    return trimmed_range(new.text, start, end) if start < end else TextRange(start, start)


def _same_start(start: int, old: Words, word: int, new: Words, partner: int) -> int:
    """Map the start of a passage that is in, or right before, ``word``."""
    cut, place = start - old.starts[word], new.starts[partner]
    if cut >= 0:
        return place + cut if _are_as_long(old, word, new, partner) else place
    lead = old.text[start : old.starts[word]]
    return place + cut if new.text[max(place + cut, 0) : place] == lead else place


def _same_end(end: int, old: Words, word: int, new: Words, partner: int) -> int:
    """Map the end of a passage that is in, or right after, ``word``."""
    cut, place = end - old.ends[word], new.ends[partner]
    if cut <= 0:
        return place + cut if _are_as_long(old, word, new, partner) else place
    return place + cut if new.text.startswith(old.text[old.ends[word] : end], place) else place


def _are_as_long(old: Words, word: int, new: Words, partner: int) -> bool:
    return old.ends[word] - old.starts[word] == new.ends[partner] - new.starts[partner]
