"""Plugs Margin's anchoring into a yardstick of real revisions of prose.

The yardstick, which is kept outside this repository, makes one ``Carried`` for each pair of texts,
tells it both, and asks for one quote after the other. ``Searched`` is the same without the old
text, as after an import.
"""

from __future__ import annotations

from typing import TypedDict

from reader.core.anchoring import Anchored, Anchoring
from reader.core.annotation import Selector
from reader.core.document import Block, BlockKind, Document
from reader.core.selectors import CONTEXT_LENGTH


class Quote(TypedDict):
    """What the yardstick gives of a quote; the other keys it has are not used."""

    exact: str
    prefix_long: str
    suffix_long: str
    start: int
    end: int


class Carried:
    """Places quotes by comparing the old text with the new."""

    keeps_old_text = True

    def prepare(self, old_text: str, new_text: str) -> None:
        blocks = (Block(BlockKind.PARAGRAPH, 0, len(new_text)),)
        document = Document(new_text, blocks)
        self._anchoring = Anchoring(document, old_text if self.keeps_old_text else None)

    def find(self, quote: Quote) -> tuple[int, int, float] | None:
        selector = Selector(
            exact=quote["exact"],
            prefix=quote["prefix_long"][-CONTEXT_LENGTH:],
            suffix=quote["suffix_long"][:CONTEXT_LENGTH],
            start=quote["start"],
            end=quote["end"],
        )
        result = self._anchoring.find(selector)
        if isinstance(result, Anchored):
            return (*result.range, result.score)
        return None


class Searched(Carried):
    """Places quotes by their words and context alone."""

    keeps_old_text = False
