"""A position of the view in an article, to come back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from reader.core.document import TextRange


class ViewPosition(NamedTuple):
    """Where the caret is, and which part of the article is on screen."""

    caret: int = 0
    """Offset of the character under the caret."""
    top: int = 0
    """Offset of the first character on screen."""
    above: int = 0
    """How many blank lines are on screen above that character."""

    def mapped(self, offset_of: Callable[[int], int]) -> ViewPosition:
        """Return the same position in another text.

        Args:
            offset_of: Returns the offset in the other text that corresponds to one in this text.
        """
        return ViewPosition(offset_of(self.caret), offset_of(self.top), self.above)


class PassageTarget(NamedTuple):
    """A passage of one text of an article, to be shown and selected."""

    passage: TextRange
    """The passage."""
    digest: str
    """The digest of the text, which may be an earlier one of the article."""


Target = str | ViewPosition | PassageTarget
"""Where to begin in an article: ``#`` and a label, a position or a passage; empty for where it was
left."""
