"""The order in which passages and articles are offered as evidence: the nearest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.core.annotation import Annotation
from reader.core.folding import fold

_WORD = re.compile(r"\w+(?:[.,]\d+)*")

_SHORTEST: Final = 5
"""The least letters of a telling word; shorter ones are common to unrelated texts."""

_MOST: Final = 8
"""How many words of a passage are compared with the others."""

Rank = tuple[int, int, int, int]
"""What choices are sorted by, the nearest first."""

_SAID, _TITLED, _ELSEWHERE = range(3)


def telling_words(text: str) -> list[str]:
    """Return the words by which passages on the same matter are known: numbers and long words."""
    words = dict.fromkeys(_WORD.findall(fold(text)))
    telling = [word for word in words if _is_number(word) or _is_long(word)]
    return sorted(telling, key=lambda word: (not _is_number(word), -len(word)))[:_MOST]


def _is_number(word: str) -> bool:
    return len(word) > 1 and any(map(str.isdigit, word))


def _is_long(word: str) -> bool:
    return len(word) >= _SHORTEST or not (word.isascii() or len(word) < 2)


class EvidenceRanking:
    """Says how near passages and articles are to the passage that looks for evidence."""

    def __init__(self, passage: Annotation, article_id: str, terms: Sequence[str]) -> None:
        """Take what the reader looks for.

        Args:
            passage: The annotation that gets the evidence.
            article_id: The id of its article.
            terms: The folded words that the reader typed; none for all.
        """
        self._passage = passage
        self._article_id = article_id
        self._terms = terms
        self.words = telling_words(passage.selector.exact)
        """The words that near passages share with the passage."""

    def fits(self, annotation: Annotation, title: str) -> bool:
        """Return whether a passage, or its article's title, has every word that was typed."""
        text = f"{_text(annotation)}\n{fold(title)}"
        return annotation.id != self._passage.id and all(term in text for term in self._terms)

    def of_passage(self, annotation: Annotation, article_id: str) -> Rank:
        """Return the rank of a passage that fits.

        Passages that say the typed words come before those whose article has them in its title;
        then those that share most words with the passage; then those of the same article, the
        nearest in the text first.
        """
        text = _text(annotation)
        is_said = all(term in text for term in self._terms)
        is_here = article_id == self._article_id
        distance = abs(annotation.place.start - self._passage.place.start) if is_here else 0
        return (
            _SAID if is_said else _ELSEWHERE,
            -sum(word in text for word in self.words),
            not is_here,
            distance,
        )

    def of_article(self, article_id: str) -> Rank:
        """Return the rank of an article whose title has every word that was typed.

        The passage's own article is the last one.
        """
        return _TITLED, 0, article_id == self._article_id, 0


def _text(annotation: Annotation) -> str:
    """Return the folded words of an annotation."""
    parts = (annotation.selector.exact, annotation.note, annotation.speaker)
    return "\n".join(map(fold, parts))
