"""Letters over the article while the reader chooses a link or a sentence by typing them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from textual.strip import Strip

from reader.ui.painting.palette import Palette
from reader.ui.painting.styles import Run
from reader.ui.strips import strip_of

Target = TypeVar("Target")

HOME_ROW = "asdfghjkl"
"""The letters that are typed first."""

LETTERS = HOME_ROW + "qwertyuiopzxcvbnm"
"""All letters. Capitals are none of them: they cost a second key, and look like the others."""


class Hint(NamedTuple, Generic[Target]):
    """The letters of one link or sentence."""

    label: str
    """What is typed."""
    span: Target
    """The link, or the range of the sentence."""
    x: int
    """The cell of the widget at which the letters begin."""
    y: int
    """The line of the widget."""


def with_hints(strip: Strip, hints: Iterable[Hint[Any]], typed: str, palette: Palette) -> Strip:
    """Return a line of the article with letters over it.

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


def _with_hint(strip: Strip, hint: Hint[Any], typed: int, palette: Palette) -> Strip:
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
