"""Textual's strips from the painter's runs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color as TextualColor
from textual.strip import Strip
from textual.widget import Widget

from reader.core.annotation import Tag
from reader.core.claims import ClaimStatus
from reader.ui.painting.palette import Palette, make_palette
from reader.ui.painting.styles import Colour, Run, Style


def strip_of(runs: Iterable[Run], width: int) -> Strip:
    """Return runs of text as a strip.

    Args:
        runs: The runs, from the left.
        width: Their cells.
    """
    return Strip([Segment(text, rich_style(style)) for text, style in runs], width)


@lru_cache(1024)
def rich_style(style: Style) -> RichStyle:
    """Return a style as Rich has it."""
    return RichStyle(
        color=_rich_colour(style.colour),
        bgcolor=_rich_colour(style.background),
        bold=style.bold,
        dim=style.dim,
        italic=style.italic,
        underline=style.underline,
        reverse=style.reverse,
        strike=style.strike,
        link=style.link,
    )


def _rich_colour(colour: Colour | None) -> Color | None:
    return None if colour is None else Color.from_rgb(*colour)


def palette_of(
    widget: Widget,
    section: str,
    tags: Iterable[Tag] = (),
    statuses: Iterable[ClaimStatus] = (),
) -> Palette:
    """Return the styles of a widget's lines in the present theme.

    Args:
        widget: The widget; its own style is the base.
        section: Its section of ``styles/lines.toml``.
        tags: The tags that have a colour.
        statuses: The statuses of claims that have a colour.
    """
    app = widget.app
    return make_palette(
        section,
        _style_of(widget.rich_style),
        app.theme_variables,
        tags,
        statuses,
        has_few_colours=app.console.color_system != "truecolor" or app.no_color,
    )


def _style_of(style: RichStyle) -> Style:
    """Return the colours of a widget's own style."""
    return Style(_colour(style.color), _colour(style.bgcolor))


def _colour(colour: Color | None) -> Colour | None:
    return None if colour is None else Colour(*TextualColor.from_rich_color(colour).rgb)
