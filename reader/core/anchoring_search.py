"""Search a text for a passage by its words and its context, without the text it came from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise
from math import log

from reader.core.alignment import UNPAIRED
from reader.core.alignment_runs import matched_pairs
from reader.core.alignment_words import Words, words_of
from reader.core.anchoring_letters import DIVIDED, Letters
from reader.core.anchoring_matches import Match, context_shares, match_passage
from reader.core.annotation import Selector
from reader.core.document import TextRange

SURE_RANK = 0.85
"""A verbatim copy of at least this rank ends the search; similar places are not compared."""

COMMON_WORD = 200
"""A word that occurs more often than this is too common to vote for a place; two in a row may."""

ENOUGH_VOTERS = 3
"""With fewer rare words in a passage, its pairs of common words vote, too."""

CONTEXT_SHIFT = 2
"""The most words that the context may have moved; a larger shift would take in close copies."""

MOST_COPIES = 50
"""The most verbatim copies that are compared; those with the most equal neighbours are chosen."""

MOST_OCCURRENCES = 20_000
"""Copies of a passage are not searched for if its rarest word occurs more often than this."""

NEIGHBOURS = 9
"""The number of words on each side of a copy that are compared to choose among many copies."""

LONGEST_COMPARED = 10_000
"""The most words of a passage with its context that are compared; a longer one must be verbatim."""

PARTED = 60
"""The most words of inserted text that are skipped to find the other part of a passage."""

SHORTEST_PART = 3
"""The least words of a part; fewer may be there by chance."""

LEAST_OF_PART = 0.7
"""The least share of the words of a part that is found beyond inserted text."""

LONGEST_PART = 40
"""The most letters of a part of a divided word that are looked at."""

UNKNOWN_CONTEXT = 0.25
"""What a side without context counts for the certainty: the words must then match better."""

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

    @cached_property
    def _letters(self) -> Letters:
        return Letters(self.words)

    @cached_property
    def _common_pairs(self) -> dict[tuple[int, int], list[int]]:
        """Where each two common words follow each other: in a long text nearly all are common."""
        common = {key for key, places in self._occurrences.items() if len(places) > COMMON_WORD}
        occurrences: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, pair in enumerate(pairwise(self.words.keys)):
            if common.issuperset(pair):
                occurrences[pair].append(index)
        return dict(occurrences)

    def find(self, selector: Selector) -> list[Match]:
        """Return the matches of a quote, best first, one for each range."""
        exact = DIVIDED.sub(self._undivided, selector.exact)
        query = Words(selector.prefix + exact + selector.suffix, self.words.vocabulary)
        start = len(selector.prefix)
        passage = TextRange(start, start + len(exact))
        words = query.touching(*passage)
        matches = list(self._copies(query, words, passage))
        matches = matches or list(self._same_letters(query, words, passage))
        if not any(rank(match) >= SURE_RANK for match in matches):
            matches += self._similar_stretches(query, words, passage)
        by_place: dict[TextRange, Match] = {}
        for match in matches:
            by_place.setdefault(match.place, match)
        return sorted(by_place.values(), key=lambda match: (-rank(match), match.place))

    def _undivided(self, division: re.Match[str]) -> str:
        """Return what stands for a division: nothing in a word that the text has, else itself."""
        quote, (start, end) = division.string, division.span()
        before = words_of(quote[max(start - LONGEST_PART, 0) : start])[-1:]
        after = words_of(quote[end : end + LONGEST_PART])[:1]
        whole = self.words.vocabulary["".join(before + after)]
        return "" if whole in self._occurrences else division[0]

    def _match(self, query: Words, passage: TextRange, partners: list[int]) -> Iterator[Match]:
        """Yield the match of a passage whose words have these partners, if it has a place."""
        match = match_passage(passage, query, self.words, partners, CONTEXT_SHIFT)
        if match and not match.place.is_empty:
            yield match

    def _same_letters(self, query: Words, words: range, passage: TextRange) -> Iterator[Match]:
        """Yield the matches that have the letters of a quote, whatever is between them."""
        for place, is_verbatim in self._letters.find(query.text[slice(*passage)]):
            there = self.words.touching(*place)
            partners = [UNPAIRED] * len(query)
            self._pair_before(query, words, partners, there.start)
            self._pair_after(query, words, partners, there.stop)
            before, after = context_shares(words, there, query, partners, CONTEXT_SHIFT)
            length = passage.end - passage.start
            yield Match(place, 1.0, 1.0, before, after, there, len(there), is_verbatim, length)

    def _copies(self, query: Words, words: range, passage: TextRange) -> Iterator[Match]:
        """Yield the match of each verbatim copy of a passage, a range of the query."""
        own, keys = query.keys[words.start : words.stop], self.words.keys
        occurrences = [self._occurrences.get(key, []) for key in own]
        if not all(occurrences):
            return
        rarest = min(range(len(own)), key=lambda index: len(occurrences[index]))
        if len(occurrences[rarest]) > MOST_OCCURRENCES:
            return
        copies = [
            at - rarest
            for at in occurrences[rarest]
            if at >= rarest and keys[at - rarest : at - rarest + len(own)] == own
        ]
        if len(copies) > MOST_COPIES:
            copies = self._best_copies(copies, query, words)
        for copy in copies:
            partners = [UNPAIRED] * len(query)
            partners[words.start : words.stop] = range(copy, copy + len(own))
            self._pair_before(query, words, partners, copy)
            self._pair_after(query, words, partners, copy + len(own))
            yield from self._match(query, passage, partners)

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

    def _similar_stretches(self, query: Words, words: range, passage: TextRange) -> Iterator[Match]:
        """Yield the match in each stretch that shares rare words with the query."""
        if len(query) > LONGEST_COMPARED:
            return
        for begin, end in self._windows(query, words):
            partners = [UNPAIRED] * len(query)
            for word, place in matched_pairs(query.keys, self.words.keys[begin:end], anywhere=True):
                partners[word] = begin + place
            self._pair_parts(query, words, partners)
            yield from self._match(query, passage, partners)

    def _pair_parts(self, query: Words, words: range, partners: list[int]) -> None:
        """Pair the first and the last words of a passage where inserted text parts them from it."""
        core = _sure_part(words, partners)
        head, tail = range(words.start, core.start), range(core.stop, words.stop)
        if core and len(head) >= SHORTEST_PART:
            stop = partners[core.start]
            near = self.words.keys[max(stop - PARTED - len(head), 0) : stop][::-1]
            pairs = matched_pairs(query.keys[head.start : head.stop][::-1], near, anywhere=True)
            if _is_part(pairs, head, partners):
                partners[head.start : head.stop] = [UNPAIRED] * len(head)
                for index, place in pairs:
                    partners[core.start - 1 - index] = stop - 1 - place
                self._pair_before(query, words, partners, stop - 1 - pairs[-1][1])
        if core and len(tail) >= SHORTEST_PART:
            start = partners[core.stop - 1] + 1
            near = self.words.keys[start : start + PARTED + len(tail)]
            pairs = matched_pairs(query.keys[tail.start : tail.stop], near, anywhere=True)
            if _is_part(pairs, tail, partners):
                partners[tail.start : tail.stop] = [UNPAIRED] * len(tail)
                for index, place in pairs:
                    partners[core.stop + index] = start + place
                self._pair_after(query, words, partners, start + pairs[-1][1] + 1)

    def _pair_before(self, query: Words, words: range, partners: list[int], first: int) -> None:
        """Pair the context before a passage with the words before ``first``, a word of the text."""
        partners[: words.start] = [UNPAIRED] * words.start
        # Reversed, so that the words nearest to the passage are paired first.
        before = self.words.keys[max(first - 2 * words.start, 0) : first][::-1]
        for index, place in matched_pairs(query.keys[: words.start][::-1], before):
            partners[words.start - 1 - index] = first - 1 - place

    def _pair_after(self, query: Words, words: range, partners: list[int], stop: int) -> None:
        """Pair the context after a passage with the words from ``stop`` on, a word of the text."""
        context = query.keys[words.stop :]
        partners[words.stop :] = [UNPAIRED] * len(context)
        after = self.words.keys[stop : stop + 2 * len(context)]
        for index, place in matched_pairs(context, after):
            partners[words.stop + index] = stop + place

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
        if sum(index in passage for index, _ in rare) < ENOUGH_VOTERS:
            rare += [
                (index, places)
                for index, pair in enumerate(pairwise(query.keys))
                if (places := self._common_pairs.get(pair)) and len(places) <= COMMON_WORD
            ]
        if any(index in passage for index, _ in rare):
            return rare
        own = [entry for entry in occurring if entry[0] in passage]
        return rare + sorted(own, key=lambda entry: len(entry[1]))[:2]


def _sure_part(words: range, partners: list[int]) -> range:
    """Return the words of a passage from the first to the last run that is long enough to be sure.

    Words before and after them may be paired by chance.
    """
    sure = [
        word
        for word in range(words.start, words.stop - SHORTEST_PART + 1)
        if partners[word] != UNPAIRED
        and all(partners[word + step] == partners[word] + step for step in range(1, SHORTEST_PART))
    ]
    return range(sure[0], sure[-1] + SHORTEST_PART) if sure else range(words.start, words.start)


def _is_part(pairs: list[tuple[int, int]], part: range, partners: list[int]) -> bool:
    """Return whether pairs have enough words of a part, and more of them than it has partners."""
    paired = sum(partners[word] != UNPAIRED for word in part)
    return len(pairs) >= LEAST_OF_PART * len(part) and len(pairs) > paired


def rank(match: Match) -> float:
    """Return how good a match is, 0 to 1: its words count most, then its context."""
    return 0.6 * match.word_score + 0.4 * match.context()


def certainty(match: Match) -> float:
    """Return how certain a match is that no comparison of the whole texts supports, 0 to about 2.

    The weights come from a logistic regression on real revisions, rounded: the more words match,
    the fewer may be missing.
    """
    context = match.context(missing=UNKNOWN_CONTEXT)
    return match.word_score + 0.4 * context + 0.17 * log(1 + match.matched_words)
