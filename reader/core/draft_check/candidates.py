"""Which texts may have a quotation: those that have some of its phrases or of its longest words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from math import log
from typing import Final

from reader.core.draft_check.pieces import pieces_of
from reader.core.folding import fold

MOST_PHRASES: Final = 6
"""The most phrases of a quotation that are looked for."""

MOST_WORDS: Final = 4
"""The most words that are looked for alone, the longest ones."""

_PHRASE: Final = 3
"""The words of a phrase: so few that some phrase is left where every fifth word was changed."""

_LONG: Final = 6
"""The fewest letters of a word that is looked for alone."""

_SIGN: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Characters of scripts without spaces, each of which counts as a word."""

_WORD: Final = re.compile(rf"[{_SIGN}]|[^\W_{_SIGN}]+")
_RUN: Final = re.compile(rf"(?:[{_SIGN}]|[^\W_{_SIGN}]+)(?:[ ']?(?:[{_SIGN}]|[^\W_{_SIGN}]+))*")
_TO_SPACES: Final = {code: " " for code in range(128) if not chr(code).isalnum()}


def phrases_of(quotation: str) -> tuple[str, ...]:
    """Return folded phrases and words, some of which a text with the quotation has.

    No phrase has signs between its words, so that other punctuation does not matter.
    """
    phrases: list[str] = []
    longest: list[str] = []
    for piece in pieces_of(quotation):
        for run in _RUN.findall(fold(piece.text)):
            words = list(_WORD.finditer(run))
            longest += (word[0] for word in words if len(word[0]) >= _LONG)
            for start in range(0, len(words), _PHRASE):
                last = min(start + _PHRASE, len(words)) - 1
                if start < last or len(words) == 1:
                    phrases.append(run[words[start].start() : words[last].end()])
    step = max(1, -(-len(phrases) // MOST_PHRASES))
    longest.sort(key=lambda word: (-len(word), word))
    return tuple(dict.fromkeys((*phrases[::step], *dict.fromkeys(longest[:MOST_WORDS]))))


class PhraseFinder:
    """Finds out which of some phrases a text has, whatever signs are between its words."""

    def __init__(self, phrases: Collection[str]) -> None:
        """Keep folded phrases of up to three words."""
        self._phrases: dict[tuple[str, ...], list[str]] = {}
        for phrase in phrases:
            self._phrases.setdefault(tuple(_words_in(phrase)), []).append(phrase)
        self._by_size = [
            frozenset(words for words in self._phrases if len(words) == size)
            for size in range(1, _PHRASE + 1)
        ]

    def find(self, text: str) -> set[str]:
        """Return the phrases that a folded text has."""
        words = _words_in(text)
        runs = (words, words[1:], words[2:])
        return {
            phrase
            for size, phrases in enumerate(self._by_size, 1)
            if phrases
            for words_in_row in phrases.intersection(zip(*runs[:size], strict=False))
            for phrase in self._phrases[words_in_row]
        }


def _words_in(text: str) -> list[str]:
    """Return the words of a folded text; an apostrophe is between two words."""
    if text.isascii():  # three times as fast
        return text.translate(_TO_SPACES).split()
    return _WORD.findall(text)


def nearest_texts(found: Mapping[str, Collection[str]], texts: int, most: int) -> list[str]:
    """Return the texts that have the most and the rarest phrases, the nearest first.

    Args:
        found: For each phrase the texts that have it.
        texts: How many texts there are.
        most: How many to return.
    """
    votes: dict[str, float] = defaultdict(float)
    for phrase, having in found.items():
        vote = log(1 + texts / max(len(having), 1)) * (1 + phrase.count(" "))
        for text in having:
            votes[text] += vote
    return sorted(votes, key=lambda text: (-votes[text], text))[:most]
