"""Letters over the links on screen; typing the letters of a link follows it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from reader.core.document import Span
from reader.core.links import links_in
from reader.ui.article.hints import HOME_ROW, LETTERS, Hint
from reader.ui.painting.viewport import Viewport

MOST = len(LETTERS) ** 2
"""How many links can have letters; no screen has so many."""


def labels(count: int) -> list[str]:
    """Return letters for ``count`` links; no label begins with another label.

    One letter of the home row stands for each of up to nine links; for more links, pairs of those
    letters where they suffice, or else pairs of all letters.

    Args:
        count: From 0 to ``MOST``.
    """
    if count <= len(HOME_ROW):
        return list(HOME_ROW[:count])
    letters = HOME_ROW if count <= len(HOME_ROW) ** 2 else LETTERS
    pairs = sorted(product(range(len(letters)), repeat=2), key=max)
    return sorted(
        (letters[first] + letters[second] for first, second in pairs[:count]),
        key=lambda label: [letters.index(each) for each in label],
    )


def hints_for(viewport: Viewport, links: Iterable[Span] | None = None) -> tuple[Hint[Span], ...]:
    """Return the letters of the links on screen, from the top.

    Args:
        viewport: The part of the article that is on screen.
        links: The links that get letters; None for all that are on screen.
    """
    visible = viewport.on_screen
    if links is None:
        links = links_in(viewport.layout.document, *visible)
    cells = [(viewport.cell_over(max(link.start, visible.start)), link) for link in links]
    shown = [(cell, link) for cell, link in cells if cell is not None][:MOST]
    hints: list[Hint[Span]] = []
    for label, ((x, y), link) in zip(labels(len(shown)), shown, strict=True):
        # Footnote marks may stand side by side, with less room than the letters need.
        beside = [hint.x + len(hint.label) for hint in hints if hint.y == y]
        hints.append(Hint(label, link, max([x, *beside]), y))
    return tuple(hints)
