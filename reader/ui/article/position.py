"""A position of the view in an article, to come back to."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


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
