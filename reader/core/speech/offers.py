"""Which speakers to offer for a passage, in which order, and in whose spelling."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reader.core.folding import fold
from reader.core.speaker_names import NO_NAMES, SpeakerNames


class SpeakerOffer(NamedTuple):
    """A speaker to choose."""

    name: str
    """The name, as it is saved."""
    reason: str
    """Why it is offered, in a phrase."""
    other_names: tuple[str, ...] = ()
    """The other names of the person."""

    def matches(self, terms: Sequence[str]) -> bool:
        """Return whether each folded term begins a word of the name, or of another name."""
        words = [word for name in (self.name, *self.other_names) for word in fold(name).split()]
        return all(any(word.startswith(term) for word in words) for term in terms)


def speaker_offers(
    found: SpeakerOffer | None,
    nearest: Iterable[str],
    known: Iterable[str],
    names: SpeakerNames = NO_NAMES,
) -> tuple[SpeakerOffer, ...]:
    """Return the speakers to offer, each person once.

    Args:
        found: Who was found to have said the passage, if anybody.
        nearest: The people of the article, those who are named nearest to the passage first.
        known: The speakers of the library's annotations, the last given first.
        names: The other names of speakers.
    """
    spellings = tuple(known)
    offers = [found] if found is not None else []
    offers += [SpeakerOffer(name, "given last") for name in spellings[:1]]
    offers += [SpeakerOffer(name, "in this article") for name in nearest]
    offers += [SpeakerOffer(name, "in the library") for name in spellings[1:]]
    distinct: list[SpeakerOffer] = []
    for offer in offers:
        name = spelling_of(offer.name, spellings, names)
        if not any(_is_same(name, other.name) for other in distinct):
            distinct.append(offer._replace(name=name, other_names=names.other_names(name)))
    return tuple(distinct)


def spelling_of(name: str, known: Iterable[str], names: SpeakerNames = NO_NAMES) -> str:
    """Return how the library names a person; ``name`` where it does not know the person.

    Args:
        name: A name of the person.
        known: The speakers of the library's annotations.
        names: The other names of speakers.
    """
    main_name = names.main_name(name)
    if main_name != name:
        return main_name
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
