"""The difference of two versions of an article, as one document that shows both.

The document has the text of the later version, with what was removed inserted where it stood: words
in their paragraph, and paragraphs of which nothing is left as blocks of their own. The time is that
of the alignment, linear in the length of the texts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from reader.core.alignment import UNPAIRED, Alignment
from reader.core.alignment_gaps import Gap, gaps, unpair_parts_of_words
from reader.core.both_texts import BothTexts, Insertion
from reader.core.document import Document, TextRange

NEAR_WORDS = 2
"""The most unchanged words between two parts of a paragraph that are one change."""

NEAR_LENGTH = 24
"""The most code points between them."""


class Difference(StrEnum):
    """How a part of an article differs between two versions."""

    ADDED = "added"
    """It is in the later version only."""
    REMOVED = "removed"
    """It is in the earlier version only."""
    CHANGED = "changed"
    """Words of the later version stand in place of words of the earlier one."""
    MOVED = "moved"
    """The earlier version has it at another place."""


class Part(NamedTuple):
    """A run of words that was added, removed or moved."""

    range: TextRange
    """Its range in the document of both versions."""
    kind: Difference
    """``ADDED``, ``REMOVED`` or ``MOVED``."""


class Change(NamedTuple):
    """A change within one paragraph."""

    range: TextRange
    """Its range in the document of both versions."""
    kind: Difference
    """What happened."""
    parts: tuple[Part, ...]
    """The words that differ, in order; few other words are between them."""


class ArticleDiff:
    """Two versions of an article in one document."""

    def __init__(self, old: Document, new: Document) -> None:
        """Compare two versions.

        Args:
            old: The earlier version, complete.
            new: The later version, complete.
        """
        alignment = Alignment.between(old.text, new.text)
        unpair_parts_of_words(alignment)
        removed: list[Insertion] = []
        added: list[tuple[TextRange, Difference]] = []
        for gap in gaps(alignment):
            removed += _removed_in(gap, alignment, old, new)
            added += _added_in(gap, alignment, new)
        self._both = BothTexts(new, removed)
        self.document = self._both.document
        """The text of the later version, with what was removed."""
        parts = [Part(place, Difference.REMOVED) for place in self._both.inserted]
        parts += [Part(self.range_of(place), kind) for place, kind in added]
        self.parts = tuple(sorted(parts))
        """What differs, in the order of the document."""
        self.changes = tuple(_changes(self.parts, self.document))
        """The same by paragraphs."""

    def range_of(self, passage: TextRange) -> TextRange:
        """Return the range in the document of a range of the later version."""
        return self._both.range_of(passage)

    @property
    def word_counts(self) -> list[tuple[Difference, int]]:
        """How many words were added, removed and moved, without those that none were."""
        counts = dict.fromkeys((Difference.ADDED, Difference.REMOVED, Difference.MOVED), 0)
        for part in self.parts:
            counts[part.kind] += len(self.document.quote(part.range).split())
        return [(kind, count) for kind, count in counts.items() if count]

    def words(self, change: Change, *, is_old: bool) -> str:
        """Return the words of a change in the earlier or in the later version.

        Args:
            change: The change.
            is_old: Whether to return those of the earlier version.
        """
        left_out = Difference.ADDED if is_old else Difference.REMOVED
        text, at = [], change.range.start
        for (start, end), kind in change.parts:
            if kind is left_out or (is_old and kind is Difference.MOVED):
                text.append(self.document.text[at:start])
                at = end
        text.append(self.document.text[at : change.range.end])
        return " ".join("".join(text).split())


def _removed_in(
    gap: Gap, alignment: Alignment, old: Document, new: Document
) -> Iterator[Insertion]:
    """Yield what is in the earlier text only, with where it goes in the later one."""
    for words in _runs([each for each in gap.old if alignment.to_new[each] == UNPAIRED]):
        yield from _by_blocks(words, gap, alignment, old, new)


def _by_blocks(
    words: range, gap: Gap, alignment: Alignment, old: Document, new: Document
) -> Iterator[Insertion]:
    """Yield a run of removed words by blocks.

    A part of a block goes behind the word that preceded it, else before the word that followed it,
    wherever these are now; words that were alone in their block stay a block.
    """
    starts, ends, to_new = alignment.old.starts, alignment.old.ends, alignment.to_new
    first = words.start
    while first < words.stop:
        block = old.blocks[old.block_index(starts[first])]
        last = first + 1
        while last < words.stop and starts[last] < block.end:
            last += 1
        if first and ends[first - 1] > block.start:
            at = alignment.new.ends[to_new[first - 1]]
            text = old.text[ends[first - 1] : ends[last - 1]]
            yield Insertion(at, text + _space(text[-1:] + new.text[at : at + 1]))
        elif last < len(starts) and starts[last] < block.end:
            at = _start_of_added(to_new[last], alignment, new)
            text = old.text[starts[first] : starts[last]]
            yield Insertion(at, _space(new.text[max(at - 1, 0) : at] + text[:1]) + text)
        else:
            at = _block_after(gap, alignment, new)
            yield Insertion(at, old.text[block.start : block.end], block)
        first = last


def _space(neighbours: str) -> str:
    """Return a space where two characters would make one word of two words."""
    return " " if len(neighbours) > 1 and neighbours.isalnum() else ""


def _start_of_added(word: int, alignment: Alignment, new: Document) -> int:
    """Return the offset of the first of the added words before a word in its block."""
    starts = alignment.new.starts
    block = new.blocks[new.block_index(starts[word])]
    while word and alignment.to_old[word - 1] == UNPAIRED and starts[word - 1] >= block.start:
        word -= 1
    return starts[word]


def _block_after(gap: Gap, alignment: Alignment, new: Document) -> int:
    """Return the start of the block after that of the word before a gap, in the later text."""
    if not gap.new.start:
        return 0
    index = new.block_index(alignment.new.starts[gap.new.start - 1]) + 1
    return new.blocks[index].start if index < len(new.blocks) else len(new.text) + 1


def _added_in(
    gap: Gap, alignment: Alignment, new: Document
) -> Iterator[tuple[TextRange, Difference]]:
    """Yield what the later text has in a gap, by blocks, with how it differs."""
    starts, ends, to_old = alignment.new.starts, alignment.new.ends, alignment.to_old
    first = gap.new.start
    while first < gap.new.stop:
        block_end = new.blocks[new.block_index(starts[first])].end
        has_moved = to_old[first] != UNPAIRED
        last = first + 1
        while (
            last < gap.new.stop
            and starts[last] < block_end
            and (to_old[last] != UNPAIRED) == has_moved
        ):
            last += 1
        kind = Difference.MOVED if has_moved else Difference.ADDED
        yield TextRange(starts[first], ends[last - 1]), kind
        first = last


def _runs(indices: Sequence[int]) -> Iterator[range]:
    """Yield the runs of consecutive numbers among rising ones."""
    first = 0
    for index in range(1, len(indices) + 1):
        if index == len(indices) or indices[index] != indices[index - 1] + 1:
            yield range(indices[first], indices[index - 1] + 1)
            first = index


def _changes(parts: Sequence[Part], document: Document) -> Iterator[Change]:
    """Yield the changes that parts make, those near each other in a paragraph as one."""
    group: list[Part] = []
    for part in parts:
        if group and not _are_near(group[-1], part, document):
            yield _change(group)
            group = []
        group.append(part)
    if group:
        yield _change(group)


def _are_near(first: Part, second: Part, document: Document) -> bool:
    between = document.text[first.range.end : second.range.start]
    return (
        len(between) <= NEAR_LENGTH
        and len(between.split()) <= NEAR_WORDS
        and document.block_index(first.range.start) == document.block_index(second.range.start)
    )


def _change(parts: Sequence[Part]) -> Change:
    kinds = {part.kind for part in parts}
    kind = kinds.pop() if len(kinds) == 1 else Difference.CHANGED
    return Change(TextRange(parts[0].range.start, parts[-1].range.end), kind, tuple(parts))


def change_at(changes: Sequence[Change], offset: int) -> int:
    """Return the index of the last change that begins at or before an offset; -1 for none."""
    return bisect_right(changes, offset, key=lambda change: change.range.start) - 1
