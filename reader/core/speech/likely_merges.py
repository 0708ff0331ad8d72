"""Which names of speakers may be of one person; only the reader decides whether they are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

from reader.core.folding import fold
from reader.core.speaker_names import SpeakerNames
from reader.core.speech.same_person import titles

_LONG: Final = 5
"""How many letters a word has at least in which one other letter may be a mistake."""

SURNAME, TITLE, SPELLING = "surname alone", "with a title", "another spelling"
"""Why two names may be of one person."""


class LikelyMerge(NamedTuple):
    """Two names that may be of one person."""

    name: str
    """The name that fewer notes have, or that says less."""
    main_name: str
    """The name that would stay."""
    reason: str
    """``SURNAME``, ``TITLE`` or ``SPELLING``."""


def likely_merges(counts: Mapping[str, int], names: SpeakerNames) -> list[LikelyMerge]:
    """Return the pairs of names that may be of one person, each name at most once.

    A surname that two people have is not among them, nor is a name that the reader has set apart.

    Args:
        counts: How many notes have each name.
        names: What the reader said about names.
    """
    words = {name: _words(name) for name in counts}
    merges: list[LikelyMerge] = []
    for name in sorted(counts):
        if names.is_apart(name) or not words[name]:
            continue
        found = {
            other: reason
            for other in counts
            if other != name and (reason := _reason(name, other, words, counts))
        }
        people = {tuple(words[other]) for other in found} - {tuple(words[name])}
        if found and (len(people) <= 1 or _are_spellings(found)):
            main_name = max(found, key=partial(_weight, counts))
            merges.append(LikelyMerge(name, main_name, found[main_name]))
    main_names = {each.name: each.main_name for each in merges}
    ended = (each._replace(main_name=_end(each.name, main_names)) for each in merges)
    return [each for each in ended if each.main_name not in main_names]


def _weight(counts: Mapping[str, int], name: str) -> tuple[int, int, int, str]:
    """Order names by how much speaks for them: notes, letters, capitals."""
    return counts[name], len(name), sum(map(str.isupper, name)), name


def _end(name: str, main_names: Mapping[str, str]) -> str:
    """Return the name that stays where one merge leads to another."""
    seen = set[str]()
    while name in main_names and name not in seen:
        seen.add(name)
        name = main_names[name]
    return name


def _are_spellings(found: Mapping[str, str]) -> bool:
    return set(found.values()) == {SPELLING}


def _reason(
    name: str, other: str, words: Mapping[str, list[str]], counts: Mapping[str, int]
) -> str:
    """Return why a name may be another one's of the same person; empty where it may not."""
    mine, theirs = words[name], words[other]
    is_less = (not _has_title(name), *_weight(counts, name)) < (
        not _has_title(other),
        *_weight(counts, other),
    )
    if mine == theirs:
        title = TITLE if _has_title(name) or _has_title(other) else SPELLING
        return title if is_less else ""
    if len(mine) == 1 < len(theirs) and mine[0] == theirs[-1]:
        return TITLE if _has_title(name) else SURNAME
    if len(mine) == len(theirs) and _differ_by_a_slip(mine, theirs):
        return SPELLING if is_less else ""
    return ""


def _differ_by_a_slip(mine: list[str], theirs: list[str]) -> bool:
    """Return whether one word differs by one letter, or by two letters that changed places."""
    different = [(one, other) for one, other in zip(mine, theirs, strict=True) if one != other]
    if len(different) != 1:
        return False
    one, other = sorted(different[0], key=len)
    if len(one) < _LONG or len(other) - len(one) > 1:
        return False
    if len(one) == len(other):
        places = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        is_swap = len(places) == 2 and all(b - a == 1 for a, b in pairwise(places))
        return len(places) == 1 or (is_swap and sorted(one) == sorted(other))
    return any(other[:at] + other[at + 1 :] == one for at in range(len(other)))


def _words(name: str) -> list[str]:
    """Return the folded words of a name without titles."""
    words = fold(name).replace(".", " ").replace(",", " ").split()
    kept = [word for word in words if word not in titles()]
    return kept or words


def _has_title(name: str) -> bool:
    return any(word in titles() for word in fold(name).replace(".", " ").split())
