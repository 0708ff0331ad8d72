"""Which speakers to offer for a passage, in which order, and in whose spelling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reader.core.folding import fold


class SpeakerOffer(NamedTuple):
    """A speaker to choose."""

    name: str
    """The name, as it is saved."""
    reason: str
    """Why it is offered, in a phrase."""

    def matches(self, terms: Sequence[str]) -> bool:
        """Return whether each folded term begins a word of the name."""
        words = fold(self.name).split()
        return all(any(word.startswith(term) for word in words) for term in terms)


def speaker_offers(
    found: SpeakerOffer | None, nearest: Iterable[str], known: Iterable[str]
) -> tuple[SpeakerOffer, ...]:
    """Return the speakers to offer, each person once.

    Args:
        found: Who was found to have said the passage, if anybody.
        nearest: The people of the article, those who are named nearest to the passage first.
        known: The speakers of the library's annotations, the last given first.
    """
    spellings = tuple(known)
    offers = [found] if found is not None else []
    offers += [SpeakerOffer(name, "given last") for name in spellings[:1]]
    offers += [SpeakerOffer(name, "in this article") for name in nearest]
    offers += [SpeakerOffer(name, "in the library") for name in spellings[1:]]
    distinct: list[SpeakerOffer] = []
    for offer in offers:
        if not any(_is_same(offer.name, other.name) for other in distinct):
            distinct.append(offer._replace(name=spelling_of(offer.name, spellings)))
    return tuple(distinct)


def spelling_of(name: str, known: Iterable[str]) -> str:
    """Return how the library spells the name of a person; ``name`` where it does not have it."""
    return next((spelling for spelling in known if _is_same(spelling, name)), name)


def _is_same(one: str, other: str) -> bool:
    """Return whether two names are of one person: first name and surname are the same."""
    first, second = _words(one), _words(other)
    if first == second:
        return True
    shorter, longer = sorted((first, second), key=len)
    return (
        len(shorter) > 1
        and shorter[-1] == longer[-1]
        and shorter[0] in longer[:-1]
        and set(shorter) <= set(longer)
    )


def _words(name: str) -> list[str]:
    return fold(name).replace(".", " ").split()
