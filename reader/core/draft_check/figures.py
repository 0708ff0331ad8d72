"""Figures of a draft that a marked claim has otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from reader.core.annotation import Annotation
from reader.core.document import BlockKind, Document, TextRange
from reader.core.draft_check.numbers import Figure, figures_in, may_have_figures
from reader.core.folding import fold
from reader.core.speech.language_choice import lexicon_for
from reader.core.units import Units

LEAST_SHARED: Final = 3
"""The fewest telling words that a sentence and a claim about the same thing share."""

SHARE: Final = 0.5
"""The least share of the telling words of the shorter one that the other one has."""

_UNREAD: Final = frozenset({BlockKind.CODE, BlockKind.RULE, BlockKind.IMAGE})
_SHORTEST: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+")
_SENTENCE_END: Final = re.compile(r"[.!?…][”\"’»)\]]*\s+|\n")


class MarkedClaim(NamedTuple):
    """A claim of the library."""

    annotation: Annotation
    """The claim."""
    article_id: str
    """The id of its article."""
    title: str
    """The title of its article."""


class FigureFinding(NamedTuple):
    """A figure of a draft, and a claim that has another one."""

    range: TextRange
    """The figure in the draft's text."""
    figure: str
    """The figure as the draft has it."""
    claimed: str
    """The figure as the claim has it."""
    claim: MarkedClaim
    """The claim."""


class _Sentence(NamedTuple):
    """A sentence of a draft with figures."""

    start: int
    figures: tuple[Figure, ...]
    words: frozenset[str]


class _Claim:
    """A claim with what it is compared by, found when it is needed."""

    def __init__(self, marked: MarkedClaim, ignored: frozenset[str]) -> None:
        self.marked = marked
        self._ignored = ignored

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the marked words."""
        return figures_in(self.marked.annotation.selector.exact)

    @cached_property
    def words(self) -> frozenset[str]:
        """The telling words of its sentence."""
        selector = self.marked.annotation.selector
        before = _SENTENCE_END.split(selector.prefix)[-1]
        after = _SENTENCE_END.split(selector.suffix)[0]
        return _telling(f"{before}{selector.exact}{after}", self._ignored)


def figures_otherwise(
    document: Document, claims: Iterable[MarkedClaim]
) -> tuple[FigureFinding, ...]:
    """Return the figures of a draft that claims on the same matter have otherwise.

    A claim is on the same matter where it shares enough words with the sentence. Of several claims
    the one that shares most counts, and nothing is found where that one has the figure.

    Args:
        document: The draft.
        claims: The claims of the library.
    """
    ignored = lexicon_for(document.metadata.language, document.text).function_words
    of_draft = list(_sentences(document, ignored))
    if not of_draft:
        return ()
    candidates = [
        claim
        for claim in (_Claim(each, ignored) for each in claims)
        if may_have_figures(claim.marked.annotation.selector.exact) and claim.figures
    ]
    by_word: dict[str, list[_Claim]] = defaultdict(list)
    for claim in candidates:
        for word in claim.words:
            by_word[word].append(claim)
    return tuple(
        finding for sentence in of_draft for finding in _compare(document, sentence, by_word)
    )


def _sentences(document: Document, ignored: frozenset[str]) -> Iterator[_Sentence]:
    units = Units(document)
    for block in document.blocks:
        if block.kind in _UNREAD or block.residue or not figures_in(document.quote(block.range)):
            continue
        for place in units.sentences_in(block.range):
            text = document.quote(place)
            if figures := figures_in(text):
                yield _Sentence(place.start, figures, _telling(text, ignored))


def _compare(
    document: Document, sentence: _Sentence, by_word: dict[str, list[_Claim]]
) -> Iterator[FigureFinding]:
    shared: dict[int, int] = defaultdict(int)
    known: dict[int, _Claim] = {}
    for word in sentence.words:
        for claim in by_word.get(word, ()):
            shared[id(claim)] += 1
            known[id(claim)] = claim
    near = [
        (count, known[key])
        for key, count in shared.items()
        if count >= LEAST_SHARED
        and count >= SHARE * min(len(sentence.words), len(known[key].words))
    ]
    near.sort(key=lambda each: (-each[0], each[1].marked.annotation.id))
    for figure in sentence.figures:
        for _, claim in near:
            rivals = [each for each in claim.figures if each.may_be(figure)]
            if not rivals:
                continue
            other = _otherwise(figure, rivals, sentence.figures)
            if other is not None:
                start, end = (each + sentence.start for each in figure.range)
                words = claim.marked.annotation.selector.exact
                yield FigureFinding(
                    TextRange(start, end),
                    document.text[start:end],
                    words[slice(*other.range)],
                    claim.marked,
                )
            break


def _otherwise(figure: Figure, rivals: Sequence[Figure], own: Sequence[Figure]) -> Figure | None:
    """Return the figure of a claim that stands in place of a draft's; None where it has that."""
    if any(figure.equals(rival) for rival in rivals):
        return None
    free = [rival for rival in rivals if not any(rival.equals(each) for each in own)]
    same = [rival for rival in free if rival.is_of(figure)]
    if figure.unit or figure.nouns:
        return same[0] if same else None
    return same[0] if len(free) == len(same) == 1 else None


def _telling(text: str, ignored: frozenset[str]) -> frozenset[str]:
    """Return the words of a text that say what it is about, without endings of the plural."""
    return frozenset(
        word[:-1] if len(word) > _SHORTEST and word.endswith("s") else word
        for word in _WORD.findall(fold(text))
        if len(word) >= _SHORTEST and word not in ignored
    )
