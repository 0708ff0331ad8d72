"""What the words of a passage were, and since when they are others."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reader.core.annotation import Annotation
from reader.core.folding import fold
from reader.core.selectors import selector_history
from reader.core.text_formatting import one_line

if TYPE_CHECKING:
    from reader.core.alignment_words import Words

SHORT_WORDING = 60
"""A wording of at most this many code points is quoted whole; of longer ones what differs."""

SHORT_BESIDE_MARKED = 24
"""The same where the marked words are shown beside it."""

LONGEST_EXCERPT = 120
"""The most code points that are quoted of a wording."""


class Wording(NamedTuple):
    """The words of a passage from one time on."""

    words: str
    """The words; empty where the passage is not in the text."""
    since: str
    """When they were marked, or first seen: ISO 8601, UTC; empty where that is not known."""


def are_alike(first: str, second: str) -> bool:
    """Return whether two wordings differ by nothing but case, typography and white space."""
    return first == second or fold(first).split() == fold(second).split()


def words_apart(marked: str, present: str) -> str:
    """Return the present words of a passage where they are not the marked ones, else nothing."""
    return "" if are_alike(marked, present) else present


def wordings(annotation: Annotation) -> list[Wording]:
    """Return the wordings that a passage is known to have had, oldest first.

    The last one is the present one. Wordings in a row that are alike are one.
    """
    first, *accepted = selector_history(annotation.selector)
    known = [Wording(first.exact, annotation.created)]
    known += [Wording(each.exact, each.since) for each in accepted]
    place = annotation.place
    if annotation.is_orphaned:
        known.append(Wording("", place.since))
    elif place.words:
        known.append(Wording(place.words, place.since))
    distinct = known[:1]
    for wording in known[1:]:
        if not are_alike(wording.words, distinct[-1].words):
            distinct.append(wording)
    return distinct


def present_since(annotation: Annotation) -> str:
    """Return when the present words of a passage, other than those marked, were first seen.

    Returns:
        A time in ISO 8601, UTC; empty where the words are those that were marked, and where it is
        not known.
    """
    *earlier, present = wordings(annotation)
    return present.since if earlier else ""


def wording_history(annotation: Annotation, day: Callable[[str], str]) -> str:
    """Return in one clause what a passage read, and what it reads since when.

    For example ``read “nearly two hours” on 30 Nov, “about 90 minutes” since 2 Dec``. Of long
    wordings only what differs from the next one is quoted.

    Args:
        annotation: The annotation.
        day: Returns the day of a time as people write it.

    Returns:
        The clause; empty where the words are those that were marked.
    """
    clauses = _clauses(annotation, day, SHORT_WORDING)
    return f"read {', '.join(clauses)}" if clauses else ""


def present_wording(annotation: Annotation, day: Callable[[str], str]) -> str:
    """Return the end of ``wording_history``, where the marked words are shown already."""
    return "".join(_clauses(annotation, day, SHORT_BESIDE_MARKED)[-1:])


def _clauses(annotation: Annotation, day: Callable[[str], str], short: int) -> list[str]:
    known = wordings(annotation)
    if len(known) == 1:
        return []
    excerpts = _excerpts([each.words for each in known], short)
    clauses = []
    for index, (wording, excerpt) in enumerate(zip(known, excerpts, strict=True)):
        preposition = "on" if index == 0 else "since" if index == len(known) - 1 else "from"
        what = f"“{excerpt}”" if wording.words else "not there"
        clauses.append(f"{what} {preposition} {day(wording.since)}" if wording.since else what)
    return clauses


def _excerpts(words: list[str], short: int) -> list[str]:
    """Return what to quote of each wording: all of it, or what differs from its neighbour."""
    if all(len(each) <= short for each in words):
        return [one_line(each) for each in words]
    *earlier, last = pairwise(words)
    return [*(_differing(*each)[0] for each in earlier), *_differing(*last)]


def _differing(old: str, new: str) -> tuple[str, str]:
    """Return two wordings from the first word that differs to the last one."""
    from reader.core.alignment_words import Vocabulary, Words  # noqa: PLC0415  (takes 5 ms)

    vocabulary = Vocabulary()
    pair = (Words(old, vocabulary), Words(new, vocabulary))
    most = min(map(len, pair))
    before = _common(pair[0].keys, pair[1].keys, most)
    after = _common(pair[0].keys[::-1], pair[1].keys[::-1], most - before)
    if before + after == most:  # only additions or removals: a word on each side shows where
        before, after = max(before - 1, 0), max(after - 1, 0)
    first, second = (_excerpt(each, before, len(each) - after) for each in pair)
    return first, second


def _common(old: list[int], new: list[int], most: int) -> int:
    return next((index for index in range(most) if old[index] != new[index]), most)


def _excerpt(words: Words, first: int, last: int) -> str:
    """Return the text of some words, with signs of what was left out."""
    if first >= last:
        return one_line(words.text, LONGEST_EXCERPT)
    text = one_line(words.text[words.starts[first] : words.ends[last - 1]], LONGEST_EXCERPT)
    lead = "… " if first else ""
    return f"{lead}{text}{' …' if last < len(words) and not text.endswith('…') else ''}"
