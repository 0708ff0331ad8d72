"""Letters over the links on screen; typing the letters of a link follows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

from textual.strip import Strip

from reader.core.document import Span
from reader.core.links import links_in
from reader.ui.painting.palette import Palette
from reader.ui.painting.styles import Run
from reader.ui.painting.viewport import Viewport
from reader.ui.strips import strip_of

HOME_ROW = "asdfghjkl"
"""The letters of up to nine links; pairs of them stand for more links where they suffice."""

LETTERS = HOME_ROW + "qwertyuiopzxcvbnm"
"""The letters where there are more links than pairs of the home row."""

MOST = len(LETTERS) ** 2
"""How many links can have letters; no screen has so many."""


class LinkHint(NamedTuple):
    """The letters of one link."""

    label: str
    """What is typed."""
    span: Span
    """The link."""
    x: int
    """The cell of the widget at which the letters begin."""
    y: int
    """The line of the widget."""


def labels(count: int) -> list[str]:
    """Return letters for ``count`` links; no label begins with another label.

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


def hints_for(viewport: Viewport, links: Iterable[Span] | None = None) -> tuple[LinkHint, ...]:
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
    hints: list[LinkHint] = []
    for label, ((x, y), link) in zip(labels(len(shown)), shown, strict=True):
        # Footnote marks may stand side by side, with less room than the letters need.
        beside = [hint.x + len(hint.label) for hint in hints if hint.y == y]
        hints.append(LinkHint(label, link, max([x, *beside]), y))
    return tuple(hints)


def with_hints(strip: Strip, hints: Iterable[LinkHint], typed: str, palette: Palette) -> Strip:
    """Return a line of the article with the letters of its links over it.

    Args:
        strip: The line.
        hints: The hints on the line.
        typed: The letters that were typed so far; other hints are left out.
        palette: The styles of the article.
    """
    for hint in hints:
        if hint.label.startswith(typed):
            strip = _with_hint(strip, hint, len(typed), palette)
    return strip


def _with_hint(strip: Strip, hint: LinkHint, typed: int, palette: Palette) -> Strip:
    letters = [
        Run(hint.label[:typed], palette.style("hint", "hint-typed")),
        Run(hint.label[typed:], palette.style("hint")),
    ]
    width = strip.cell_length
    parts: Sequence[Strip] = [
        strip.crop(0, hint.x),
        strip_of([run for run in letters if run.text], len(hint.label)),
        strip.crop(hint.x + len(hint.label), width),
    ]
    return Strip.join(parts).crop(0, width)
