"""Search a text for a passage by its words and its context, without the text it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from math import log

from reader.core.alignment import UNPAIRED
from reader.core.alignment_runs import matched_pairs
from reader.core.alignment_words import Words
from reader.core.anchoring_matches import Match, match_passage
from reader.core.annotation import Selector
from reader.core.document import TextRange

SURE_RANK = 0.85
"""A verbatim copy of at least this rank ends the search; similar places are not compared."""

COMMON_WORD = 200
"""A word that occurs more often than this is too common to vote for a place."""

CONTEXT_SHIFT = 2
"""The most words that the context may have moved; a larger shift would take in close copies."""

MOST_COPIES = 50
"""The most verbatim copies that are compared; those with the most equal neighbours are chosen."""

MOST_OCCURRENCES = 20_000
"""Copies of a passage are not searched for if its rarest word occurs more often than this."""

NEIGHBOURS = 9
"""The number of words on each side of a copy that are compared to choose among many copies."""

CANDIDATES = 6
"""The most stretches of the text that are compared with the passage word by word."""


class QuoteFinder:
    """Finds quotes in one text by an index of its words."""

    def __init__(self, words: Words) -> None:
        """Keep the words of the text; they are indexed at the first search."""
        self.words = words
        """The words of the text."""

    @cached_property
    def _occurrences(self) -> dict[int, list[int]]:
        occurrences: dict[int, list[int]] = defaultdict(list)
        for index, key in enumerate(self.words.keys):
            occurrences[key].append(index)
        return dict(occurrences)

    def find(self, selector: Selector) -> list[Match]:
        """Return the matches of a quote, best first, one for each range."""
        query = Words(selector.prefix + selector.exact + selector.suffix, self.words.vocabulary)
        start = len(selector.prefix)
        passage = TextRange(start, start + len(selector.exact))
        words = query.touching(*passage)
        matches: dict[TextRange, Match] = {}
        for search in (self._copies, self._similar_stretches):
            if any(rank(match) >= SURE_RANK for match in matches.values()):
                break
            for partners in search(query, words):
                match = match_passage(passage, query, self.words, partners, CONTEXT_SHIFT)
                if match and not match.place.is_empty:
                    matches.setdefault(match.place, match)
        return sorted(matches.values(), key=lambda match: (-rank(match), match.place))

    def _copies(self, query: Words, words: range) -> Iterator[list[int]]:
        """Yield the partners of the query's words for each verbatim copy of the passage."""
        passage, keys = query.keys[words.start : words.stop], self.words.keys
        occurrences = [self._occurrences.get(key, []) for key in passage]
        if not all(occurrences):
            return
        rarest = min(range(len(passage)), key=lambda index: len(occurrences[index]))
        if len(occurrences[rarest]) > MOST_OCCURRENCES:
            return
        copies = [
            at - rarest
            for at in occurrences[rarest]
            if at >= rarest and keys[at - rarest : at - rarest + len(passage)] == passage
        ]
        reach = max(words.start, len(query) - words.stop)
        if len(copies) > MOST_COPIES:
            copies = self._best_copies(copies, query, words)
        for copy in copies:
            partners = [UNPAIRED] * len(query)
            partners[words.start : words.stop] = range(copy, copy + len(passage))
            first = max(copy - 2 * reach, 0)
            # Reversed, so that the words nearest to the passage are paired first on both sides.
            before = keys[first:copy][::-1]
            for index, place in matched_pairs(query.keys[: words.start][::-1], before):
                partners[words.start - 1 - index] = copy - 1 - place
            after = copy + len(passage)
            for index, place in matched_pairs(
                query.keys[words.stop :], keys[after : after + 2 * reach]
            ):
                partners[words.stop + index] = after + place
            yield partners

    def _best_copies(self, copies: list[int], query: Words, words: range) -> list[int]:
        """Return the copies whose neighbouring words agree most with the query's."""
        keys, size = self.words.keys, len(words)

        def neighbours(copy: int) -> int:
            near = keys[max(copy - NEIGHBOURS, 0) : copy][::-1]
            before = zip(query.keys[: words.start][::-1], near, strict=False)
            near = keys[copy + size : copy + size + NEIGHBOURS]
            after = zip(query.keys[words.stop :], near, strict=False)
            return sum(own == other for own, other in chain(before, after))

        return sorted(copies, key=neighbours, reverse=True)[:MOST_COPIES]

    def _similar_stretches(self, query: Words, words: range) -> Iterator[list[int]]:
        """Yield the partners of the query's words in each stretch that shares rare words."""
        for begin, end in self._windows(query, words):
            partners = [UNPAIRED] * len(query)
            for word, place in matched_pairs(query.keys, self.words.keys[begin:end], anywhere=True):
                partners[word] = begin + place
            yield partners

    def _windows(self, query: Words, passage: range) -> list[tuple[int, int]]:
        """Return the stretches, as word indices, that share the most rare words with the query."""
        width = max(8, len(query) // 4)
        votes: dict[int, float] = defaultdict(float)
        for index, occurrences in self._voters(query, passage):
            vote = log(1 + len(self.words) / len(occurrences))
            for place in occurrences:
                votes[(place - index) // width] += vote
        # Inserted or removed words spread the votes for a stretch over two neighbouring counts.
        ranked = sorted(votes, key=lambda at: (-votes[at] - votes.get(at + 1, 0.0), at))
        chosen: list[int] = []
        for at in ranked:
            if all(abs(at - other) > 1 for other in chosen):
                chosen.append(at)
                if len(chosen) == CANDIDATES:
                    break
        size = len(query) + 3 * width
        begins = [max(at * width - width, 0) for at in chosen]
        return [(begin, min(begin + size, len(self.words))) for begin in begins]

    def _voters(self, query: Words, passage: range) -> Sequence[tuple[int, list[int]]]:
        """Return the words of the query that vote for a place, each with where it occurs."""
        occurring = [
            (index, occurrences)
            for index, key in enumerate(query.keys)
            if (occurrences := self._occurrences.get(key))
        ]
        rare = [entry for entry in occurring if len(entry[1]) <= COMMON_WORD]
        if any(index in passage for index, _ in rare):
            return rare
        own = [entry for entry in occurring if entry[0] in passage]
        return rare + sorted(own, key=lambda entry: len(entry[1]))[:2]


def rank(match: Match) -> float:
    """Return how good a match is, 0 to 1: its words count most, then its context."""
    return 0.6 * match.word_score + 0.2 * match.before + 0.2 * match.after
