"""Colours of the code blocks on screen, found on a thread when a block is first seen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader.core.document import BlockKind, Document, TextRange
from reader.core.layout import Line

if TYPE_CHECKING:
    from reader.ui.widgets.article_view import ArticleView

Colours = tuple[tuple[TextRange, str], ...]
"""Ranges of the document with the names of their styles, in order."""


class CodeColours:
    """Remembers the colours of code blocks; a block is plain until they are there."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._known: dict[tuple[int, str], Colours] = {}

    def of(self, line: Line) -> Colours:
        """Return the colours of a line of code; none for other lines, and while they are sought."""
        document = self._view.document
        block = document.blocks[line.block] if document.blocks else None
        if block is None or block.kind is not BlockKind.CODE or not block.language:
            return ()
        key = (block.start, block.language)
        if key not in self._known:
            self._known[key] = ()
            self._view.run_worker(
                partial(self._find, document, line.block), thread=True, group="code"
            )
        return tuple(
            each
            for each in self._known[key]
            if each[0].start < line.end and each[0].end > line.start
        )

    def _find(self, document: Document, index: int) -> None:
        from reader.ui.highlighting import colours_of  # noqa: PLC0415  (imports Pygments)

        block = document.blocks[index]
        colours = colours_of(document.quote(block.range), block.language, block.start)
        if colours:
            self._view.app.call_from_thread(self._take, (block.start, block.language), colours)

    def _take(self, key: tuple[int, str], colours: Colours) -> None:
        self._known[key] = colours
        self._view.refresh()
