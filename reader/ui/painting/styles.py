"""Colours, and styles of text that know no toolkit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

_HEX_DIGITS = 6


class Colour(NamedTuple):
    """A colour as a terminal in true colour shows it."""

    red: int
    """0 to 255."""
    green: int
    """0 to 255."""
    blue: int
    """0 to 255."""

    @property
    def hex(self) -> str:
        """The colour as ``#RRGGBB``."""
        return f"#{self.red:02X}{self.green:02X}{self.blue:02X}"

    def blend(self, other: Colour, strength: float) -> Colour:
        """Return a colour between this one and another one, as Textual blends them.

        Args:
            other: The other colour.
            strength: From 0 for this colour to 1 for the other one.
        """
        if strength <= 0:
            return self
        if strength >= 1:
            return other
        return Colour(
            int(self.red + (other.red - self.red) * strength),
            int(self.green + (other.green - self.green) * strength),
            int(self.blue + (other.blue - self.blue) * strength),
        )


GREY = Colour(128, 128, 128)
"""Stands for a colour that cannot be read."""


class Style(NamedTuple):
    """How a run of text looks; None leaves a part as it is below."""

    colour: Colour | None = None
    """The colour of the text."""
    background: Colour | None = None
    """The colour behind it."""
    bold: bool | None = None
    """Whether it is bold."""
    dim: bool | None = None
    """Whether it is faint."""
    italic: bool | None = None
    """Whether it is italic."""
    underline: bool | None = None
    """Whether it is underlined."""
    reverse: bool | None = None
    """Whether the two colours are exchanged."""
    strike: bool | None = None
    """Whether it is struck through."""
    link: str | None = None
    """The address that the terminal opens, percent-encoded."""

    def under(self, top: Style) -> Style:
        """Return this style with another one over it, which may leave parts as they are."""
        parts = (below if above is None else above for below, above in zip(self, top, strict=True))
        return Style._make(parts)


PLAIN = Style()
"""A style that leaves everything as it is."""


class Run(NamedTuple):
    """A run of text in one style."""

    text: str
    """The text, without line breaks."""
    style: Style
    """How it looks."""


def joined_runs(runs: Iterable[Run]) -> Iterator[Run]:
    """Join neighbours in the same style, and leave out empty runs."""
    text, style = "", Style()
    for run in runs:
        if run.style == style:
            text += run.text
        elif run.text:
            if text:
                yield Run(text, style)
            text, style = run
    if text:
        yield Run(text, style)


@lru_cache(256)
def parse_colour(text: str) -> Colour | None:
    """Return the colour ``#rrggbb`` or ``#rgb``; None where the text is no such colour."""
    digits = text.removeprefix("#")
    if digits == text:
        return None
    if len(digits) == _HEX_DIGITS // 2:
        digits = "".join(digit * 2 for digit in digits)
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return Colour(red, green, blue)


def attributes(words: str) -> Style:
    """Return the style of attributes such as ``bold not italic``; the names are those of fields."""
    parts: dict[str, bool] = {}
    is_on = True
    for word in words.split():
        if word == "not":
            is_on = False
            continue
        parts[word] = is_on
        is_on = True
    return Style(**parts)  # type: ignore[arg-type]
