"""A plug-in that measures Margin's anchoring on real revisions of prose.

The benchmark of revisions is not in this repository. It makes one ``Compared`` for each pair of
texts, gives it both, and asks for the quotes one by one. ``Searched`` gets no old text, as after
an import.
"""

from __future__ import annotations

from typing import TypedDict

from reader.core.anchoring import Anchored, Anchoring
from reader.core.annotation import Selector
from reader.core.document import Block, BlockKind, Document
from reader.core.selectors import CONTEXT_LENGTH


class Quote(TypedDict):
    """The keys of a quote that this plug-in uses; the benchmark gives more."""

    exact: str
    prefix_long: str
    suffix_long: str
    start: int
    end: int


class Compared:
    """Finds quotes by comparing the old text with the new one."""

    has_old_text = True

    def prepare(self, old_text: str, new_text: str) -> None:
        blocks = (Block(BlockKind.PARAGRAPH, 0, len(new_text)),)
        document = Document(new_text, blocks)
        self._anchoring = Anchoring(document, old_text if self.has_old_text else None)

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


class Searched(Compared):
    """Finds quotes by their words and context alone."""

    has_old_text = False
