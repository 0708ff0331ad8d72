"""Runs of text as escape sequences of a terminal, with the colours that it has.

Textual draws the same cells: colours are reduced as Rich 15 reduces them, dim text is blended with
its background, and ``NO_COLOR`` leaves greys, as in Textual 8.2. A test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from reader.ui.painting.styles import Colour, Run, Style, joined_runs

DIM_STRENGTH = 0.66
"""How much of its own colour dim text keeps, as in Textual."""

GREYISH = 0.15
"""Below this saturation a colour becomes one of the 26 greys of 256 colours, as in Rich."""

STANDARD_COLOURS = (
    (0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0),
    (0, 0, 170), (170, 0, 170), (0, 170, 170), (170, 170, 170),
    (85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85),
    (85, 85, 255), (255, 85, 255), (85, 255, 255), (255, 255, 255),
)  # fmt: skip
"""The sixteen colours that every terminal has, as Rich takes them."""

ATTRIBUTE_CODES = (
    ("bold", "1"), ("dim", "2"), ("italic", "3"), ("underline", "4"), ("reverse", "7"),
    ("strike", "9"),
)  # fmt: skip
"""The attributes of a style with their codes."""


class Depth(Enum):
    """How many colours a terminal has."""

    TRUE = auto()
    """Every colour."""
    EIGHT_BIT = auto()
    """A palette of 256 colours."""
    STANDARD = auto()
    """Sixteen colours."""


class Colours(NamedTuple):
    """What a terminal can show."""

    depth: Depth = Depth.TRUE
    """How many colours it has."""
    is_grey: bool = False
    """Whether the reader wants no colours; then greys are left."""

    @property
    def are_few(self) -> bool:
        """Whether it has fewer colours than the themes."""
        return self.is_grey or self.depth is not Depth.TRUE


def colours_of(environment: Mapping[str, str]) -> Colours:
    """Return what a terminal can show, as Rich and Textual find out.

    Args:
        environment: The environment of the program.
    """
    is_grey = "NO_COLOR" in environment
    if environment.get("COLORTERM", "").strip().lower() in {"truecolor", "24bit"}:
        return Colours(Depth.TRUE, is_grey)
    kind = environment.get("TERM", "").strip().lower().rpartition("-")[2]
    has_palette = kind in {"256color", "kitty"}
    return Colours(Depth.EIGHT_BIT if has_palette else Depth.STANDARD, is_grey)


def escaped(runs: Iterable[Run], colours: Colours) -> str:
    """Return a line of a screen, for a terminal at its beginning."""
    return "".join(_escaped(runs, colours))


def _escaped(runs: Iterable[Run], colours: Colours) -> Iterator[str]:
    for text, style in joined_runs(runs):
        codes = _codes(style, colours)
        drawn = f"\x1b[{codes}m{text}\x1b[0m" if codes else text
        yield f"\x1b]8;;{style.link}\x1b\\{drawn}\x1b]8;;\x1b\\" if style.link else drawn


@lru_cache(512)
def _codes(style: Style, colours: Colours) -> str:
    """Return the codes of a style, separated by semicolons."""
    colour, background = style.colour, style.background
    if style.dim and colour is not None and background is not None:
        colour = background.blend(colour, DIM_STRENGTH)
        style = style._replace(dim=False)
    codes = [code for name, code in ATTRIBUTE_CODES if getattr(style, name)]
    if colour is not None:
        codes += _colour_codes(colour, colours, is_background=False)
    if background is not None:
        codes += _colour_codes(background, colours, is_background=True)
    return ";".join(codes)


def _colour_codes(colour: Colour, colours: Colours, *, is_background: bool) -> Sequence[str]:
    if colours.is_grey:
        grey = round(colour.red * 0.2126 + colour.green * 0.7152 + colour.blue * 0.0722)
        colour = Colour(grey, grey, grey)
    match colours.depth:
        case Depth.TRUE:
            return ("48" if is_background else "38", "2", *map(str, colour))
        case Depth.EIGHT_BIT:
            return ("48" if is_background else "38", "5", str(_eight_bit(colour)))
        case Depth.STANDARD:
            number = _standard(colour)
            first = (40 if is_background else 30) if number < 8 else (92 if is_background else 82)
            return (str(first + number),)


def _eight_bit(colour: Colour) -> int:
    """Return the nearest of 256 colours: a grey, or one of a cube of six shades a side."""
    lightness, saturation = _lightness_and_saturation(colour)
    if saturation < GREYISH:
        grey = round(lightness * 25.0)
        return {0: 16, 25: 231}.get(grey, 231 + grey)
    red, green, blue = (round(part / 95 if part < 95 else 1 + (part - 95) / 40) for part in colour)
    return 16 + 36 * red + 6 * green + blue


def _lightness_and_saturation(colour: Colour) -> tuple[float, float]:
    """Return both from 0 to 1, as ``colorsys.rgb_to_hls`` does."""
    parts = [part / 255 for part in colour]
    most, least = max(parts), min(parts)
    total, spread = most + least, most - least
    if most == least:
        return total / 2.0, 0.0
    return total / 2.0, spread / (total if total / 2.0 <= 0.5 else 2.0 - most - least)


def _standard(colour: Colour) -> int:
    """Return the nearest of sixteen colours, by the distance that Rich uses."""

    def distance(number: int) -> float:
        red, green, blue = STANDARD_COLOURS[number]
        mean = (colour.red + red) // 2
        red, green, blue = colour.red - red, colour.green - green, colour.blue - blue
        return sqrt(
            (((512 + mean) * red * red) >> 8)
            + 4 * green * green
            + (((767 - mean) * blue * blue) >> 8)
        )

    return min(range(len(STANDARD_COLOURS)), key=distance)
