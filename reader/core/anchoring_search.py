"""Search a text for a passage by its words and its context, without the text that it came from."""

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

SURE = 0.85
"""Where the passage stands word for word and ranks so high, nothing like it is looked for."""

COMMONEST = 200
"""A word that occurs more often than this says too little about a place to be looked up."""

NEXT_TO = 2
"""By how many words the context may have shifted; copies that stand close together share more."""

MOST_COPIES = 50
"""Where a passage stands word for word in more places, those that fit best beside it are kept."""

MOST_PLACES = 20_000
"""A passage whose rarest word occurs more often than this is looked for by its context only."""

NEIGHBOURS = 9
"""How many words on either side tell which copies fit."""

CANDIDATES = 6
"""How many places are compared with the passage word by word."""


class QuoteFinder:
    """The words of one text, and where each occurs."""

    def __init__(self, words: Words) -> None:
        """Prepare a search of the text that ``words`` are of."""
        self.words = words
        """The words of the text that is searched."""

    @cached_property
    def _places(self) -> dict[int, list[int]]:
        places: dict[int, list[int]] = defaultdict(list)
        for index, key in enumerate(self.words.keys):
            places[key].append(index)
        return dict(places)

    def find(self, selector: Selector) -> list[Match]:
        """Return the places that are most like the passage, without doubles, best first."""
        query = Words(selector.prefix + selector.exact + selector.suffix, self.words.vocabulary)
        start = len(selector.prefix)
        passage = TextRange(start, start + len(selector.exact))
        words = query.touching(*passage)
        found: dict[TextRange, Match] = {}
        for search in (self._copies, self._likenesses):
            if any(rank(match) >= SURE for match in found.values()):
                break
            for partners in search(query, words):
                match = match_passage(passage, query, self.words, partners, NEXT_TO)
                if match and not match.place.is_empty:
                    found.setdefault(match.place, match)
        return sorted(found.values(), key=lambda match: (-rank(match), match.place))

    def _copies(self, query: Words, words: range) -> Iterator[list[int]]:
        """Yield the partners of the query's words where the passage stands word for word."""
        wanted, keys = query.keys[words.start : words.stop], self.words.keys
        places = [self._places.get(key, []) for key in wanted]
        if not all(places):
            return
        rarest = min(range(len(wanted)), key=lambda index: len(places[index]))
        if len(places[rarest]) > MOST_PLACES:
            return
        copies = [
            at - rarest
            for at in places[rarest]
            if at >= rarest and keys[at - rarest : at - rarest + len(wanted)] == wanted
        ]
        reach = max(words.start, len(query) - words.stop)
        if len(copies) > MOST_COPIES:
            copies = self._with_neighbours(copies, query, words)
        for copy in copies:
            partners = [UNPAIRED] * len(query)
            partners[words.start : words.stop] = range(copy, copy + len(wanted))
            first = max(copy - 2 * reach, 0)
            # Backwards, so that the words next to the passage weigh as those after it do.
            before = keys[first:copy][::-1]
            for index, place in matched_pairs(query.keys[: words.start][::-1], before):
                partners[words.start - 1 - index] = copy - 1 - place
            after = copy + len(wanted)
            for index, place in matched_pairs(
                query.keys[words.stop :], keys[after : after + 2 * reach]
            ):
                partners[words.stop + index] = after + place
            yield partners

    def _with_neighbours(self, copies: list[int], query: Words, words: range) -> list[int]:
        """Return the copies that have most of the words next to the passage beside them."""
        keys, size = self.words.keys, len(words)

        def neighbours(copy: int) -> int:
            near = keys[max(copy - NEIGHBOURS, 0) : copy][::-1]
            before = zip(query.keys[: words.start][::-1], near, strict=False)
            near = keys[copy + size : copy + size + NEIGHBOURS]
            after = zip(query.keys[words.stop :], near, strict=False)
            return sum(ours == theirs for ours, theirs in chain(before, after))

        return sorted(copies, key=neighbours, reverse=True)[:MOST_COPIES]

    def _likenesses(self, query: Words, words: range) -> Iterator[list[int]]:
        """Yield the partners of the query's words where most of them stand near each other."""
        for begin, end in self._windows(query, words):
            partners = [UNPAIRED] * len(query)
            for word, place in matched_pairs(query.keys, self.words.keys[begin:end], anywhere=True):
                partners[word] = begin + place
            yield partners

    def _windows(self, query: Words, passage: range) -> list[tuple[int, int]]:
        """Return the stretches of the text that share the most telling words with the query."""
        width = max(8, len(query) // 4)
        votes: dict[int, float] = defaultdict(float)
        for index, places in self._telling(query, passage):
            vote = log(1 + len(self.words) / len(places))
            for place in places:
                votes[(place - index) // width] += vote
        # A stretch is shared by two neighbouring counts where words came in or went.
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

    def _telling(self, query: Words, passage: range) -> Sequence[tuple[int, list[int]]]:
        """Return the query's words that are rare enough to say where it stands."""
        known = [
            (index, places)
            for index, key in enumerate(query.keys)
            if (places := self._places.get(key))
        ]
        rare = [entry for entry in known if len(entry[1]) <= COMMONEST]
        if any(index in passage for index, _ in rare):
            return rare
        own = [entry for entry in known if entry[0] in passage]
        return rare + sorted(own, key=lambda entry: len(entry[1]))[:2]


def rank(match: Match) -> float:
    """Return how good a place is, by the passage's words first and by its context second."""
    return 0.6 * match.likeness + 0.2 * match.before + 0.2 * match.after
