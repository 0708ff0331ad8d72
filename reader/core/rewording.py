"""A passage whose words have changed: what changed, and what it was before."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from reader.core.annotation import Selector
from reader.core.document import TextRange

if TYPE_CHECKING:
    from reader.core.alignment_words import Words


class Rewording(NamedTuple):
    """Two wordings of a passage, and where they differ."""

    old: str
    """The words as they were."""
    new: str
    """The words as they are."""
    gone: tuple[TextRange, ...]
    """Ranges of ``old`` whose words are not in the new wording, or stand elsewhere there."""
    come: tuple[TextRange, ...]
    """Ranges of ``new`` whose words were not in the old wording, or stood elsewhere."""


def reworded(old: str, new: str) -> Rewording:
    """Compare two wordings word by word; case, typography and white space are no change.

    Args:
        old: The words as they were.
        new: The words as they are.
    """
    # Imported here because it takes 5 ms, and every first screen needs the rest of this module.
    from reader.core.alignment import UNPAIRED, Alignment  # noqa: PLC0415

    alignment = Alignment.between(old, new)
    kept = [alignment.is_in_order(word) for word in range(len(alignment.old))]
    stayed = [
        partner != UNPAIRED and not alignment.has_moved[partner] for partner in alignment.to_old
    ]
    return Rewording(old, new, _changed(alignment.old, kept), _changed(alignment.new, stayed))


def succeeding(selector: Selector, present: Selector, snapshot: str) -> Selector:
    """Return a new selector of an annotation, which remembers what it was made on.

    Args:
        selector: The annotation's selector so far.
        present: The new one, described on the present text.
        snapshot: Digest of the present text; a passage that was marked on this very text has only
            another range now, and nothing is remembered of it.
    """
    if selector.snapshot in ("", snapshot):
        return replace(present, earlier=selector.earlier)
    record = msgspec.to_builtins(replace(selector, earlier=()))
    return replace(present, earlier=(*selector.earlier, record))


def selectors_of(selector: Selector) -> list[Selector]:
    """Return what a passage has been, the first wording first and the present selector last.

    A record that was damaged by hand is passed over.
    """
    selectors: list[Selector] = []
    for each in selector.earlier:
        with contextlib.suppress(msgspec.ValidationError):
            selectors.append(msgspec.convert(each, Selector))
    return [*selectors, selector]


def _changed(words: Words, is_kept: list[bool]) -> tuple[TextRange, ...]:
    """Return the ranges of the words that were not kept, neighbours as one."""
    ranges: list[TextRange] = []
    follows = False
    for index, kept in enumerate(is_kept):
        if not kept:
            start = ranges.pop().start if follows else words.starts[index]
            ranges.append(TextRange(start, words.ends[index]))
        follows = not kept
    return tuple(ranges)
