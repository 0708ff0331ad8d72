"""Lines made of parts, each a text with a look; fitted to a width, and turned into runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reader.core.cells import cell_width, clip
from reader.safe_text import drawn, sanitise_line
from reader.ui.painting.palette import find_colour
from reader.ui.painting.styles import Run, Style, attributes

Part = tuple[str, str]
"""A text and its look: attributes, and a colour as ``$variable`` or ``#rrggbb``; empty for none."""


def width_of(parts: Iterable[Part]) -> int:
    """Return the cells of a line."""
    return sum(cell_width(text) for text, _ in parts)


def fitted(parts: Iterable[Part], width: int) -> Sequence[Part]:
    """Return a line that is safe to show, cut to ``width`` cells with ``…`` at its end."""
    safe = [(drawn(sanitise_line(text)), look) for text, look in parts]
    whole = "".join(text for text, _ in safe)
    clipped = clip(whole, width)
    if clipped == whole:
        return safe
    fitting: list[Part] = []
    rest = clipped
    for text, look in safe:
        fitting.append((rest[: len(text)], look))
        rest = rest[len(text) :]
        if not rest:
            break
    return fitting


def padded(parts: Iterable[Part], width: int) -> Sequence[Part]:
    """Return a line cut or filled to exactly ``width`` cells."""
    fitting = fitted(parts, width)
    return [*fitting, (" " * (width - width_of(fitting)), "")]


def joined(lines: Iterable[Iterable[Part]], separator: str) -> Sequence[Part]:
    """Return several lines as one, with a separator in the plain look between them."""
    parts: list[Part] = []
    for line in lines:
        parts += [(separator, ""), *line] if parts else line
    return parts


def runs_of(parts: Iterable[Part], base: Style, variables: Mapping[str, str]) -> Sequence[Run]:
    """Return a line as runs.

    Args:
        parts: The line.
        base: The style below the looks.
        variables: The colours of the theme.
    """
    return [Run(text, base.under(_style(look, variables))) for text, look in parts if text]


def _style(look: str, variables: Mapping[str, str]) -> Style:
    words = look.split()
    colours = [word for word in words if word[0] in "$#"]
    style = attributes(" ".join(word for word in words if word not in colours))
    if colours:
        style = style._replace(colour=find_colour(colours[-1].removeprefix("$"), variables))
    return style
