"""Letters over the links on screen, to follow one by typing them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from reader.core.document import Span
from reader.core.links import links_in

if TYPE_CHECKING:
    from reader.ui.widgets.article_view import ArticleView

HOME_ROW = "asdfghjkl"
"""The letters of up to nine links, and of the first of two letters as far as they go."""

LETTERS = HOME_ROW + "qwertyuiopzxcvbnm"
"""The letters where there are more links than pairs of the home row."""

MOST = len(LETTERS) ** 2
"""How many links can be told apart; no screen has so many."""


class LinkHint(NamedTuple):
    """The letters of one link."""

    label: str
    """What is typed."""
    span: Span
    """The link."""
    x: int
    """The cell of the widget at which the letters stand."""
    y: int
    """The line of the widget."""


def labels(count: int) -> list[str]:
    """Return letters for so many links; none begins with another one.

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


def hints_for(view: ArticleView, wanted: Iterable[Span] | None = None) -> tuple[LinkHint, ...]:
    """Return the letters of the links on screen, from the top.

    Args:
        view: The article on screen.
        wanted: The links that get letters; None for all that are on screen.
    """
    visible = view.on_screen
    links = links_in(view.document, *visible) if wanted is None else list(wanted)
    places = [(view.cell_over(max(link.start, visible.start)), link) for link in links]
    shown = [(cell, link) for cell, link in places if cell is not None][:MOST]
    hints: list[LinkHint] = []
    for label, ((x, y), link) in zip(labels(len(shown)), shown, strict=True):
        # Footnote marks may stand side by side, with less room than the letters need.
        beside = [each.x + len(each.label) for each in hints if each.y == y]
        hints.append(LinkHint(label, link, max([x, *beside]), y))
    return tuple(hints)


def hinted(view: ArticleView, strip: Strip, y: int) -> Strip:
    """Return a line of the article with the letters of its links over it."""
    for hint in view.link_hints:
        if hint.y == y and hint.label.startswith(view.typed):
            strip = _over(view, strip, hint)
    return strip


def _over(view: ArticleView, strip: Strip, hint: LinkHint) -> Strip:
    typed = len(view.typed)
    letters = [
        Segment(hint.label[:typed], view.lines.palette.style("hint", "hint-typed")),
        Segment(hint.label[typed:], view.lines.palette.style("hint")),
    ]
    width = strip.cell_length
    parts: Sequence[Strip] = [
        strip.crop(0, hint.x),
        Strip([each for each in letters if each.text]),
        strip.crop(hint.x + len(hint.label), width),
    ]
    return Strip.join(parts).crop(0, width)
