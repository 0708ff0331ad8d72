"""The text around a passage: what was marked with it at once, and more from its document."""

from __future__ import annotations

from typing import Final, NamedTuple

from reader.core.annotation import Selector
from reader.core.document import Document

REACH: Final = 600
"""The most code points that are shown on each side of a passage."""

NEAR: Final = 100
"""A side with fewer code points of the paragraph shows the paragraph next to it as well."""

_CUT: Final = "…"


class Surroundings(NamedTuple):
    """A passage with the text before and after it."""

    before: str
    """The text before it; begins with ``…`` where that is cut."""
    passage: str
    """The passage."""
    after: str
    """The text after it; ends with ``…`` where that is cut."""


def marked_surroundings(selector: Selector) -> Surroundings:
    """Return the text that was marked with a passage: a few words on each side."""
    before, after = selector.prefix, selector.suffix
    before = f"{_CUT}{_after_first_word(before)}" if before.strip() else ""
    after = f"{_before_last_word(after)}{_CUT}" if after.strip() else ""
    return Surroundings(before, selector.exact, after)


def surroundings_in(document: Document, selector: Selector) -> Surroundings | None:
    """Return the paragraph of a passage in the document that it was marked in.

    Args:
        document: The document with the digest ``selector.snapshot``.
        selector: Describes the passage.

    Returns:
        The surroundings; None where the document does not have these words there.
    """
    text, start, end = document.text, selector.start, selector.end
    if not 0 <= start < end <= len(text) or text[start:end] != selector.exact:
        return None
    first = text.rfind("\n", 0, start) + 1
    if start - first < NEAR and first > 0:
        first = text.rfind("\n", 0, first - 1) + 1
    last = _line_end(text, end)
    if last - end < NEAR and last < len(text):
        last = _line_end(text, last + 1)
    before, after = text[max(first, start - REACH) : start], text[end : min(last, end + REACH)]
    if first < start - REACH:
        before = _CUT + _after_first_word(before)
    if last > end + REACH:
        after = _before_last_word(after) + _CUT
    return Surroundings(before, selector.exact, after)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _after_first_word(text: str) -> str:
    """Return a text without its first word, of which a part may be missing; all of a long word."""
    _, space, rest = text.partition(" ")
    return rest if space and rest.strip() else text


def _before_last_word(text: str) -> str:
    """Return a text without its last word, of which a part may be missing; all of a long word."""
    rest, space, _ = text.rpartition(" ")
    return rest if space and rest.strip() else text
