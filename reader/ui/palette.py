"""The styles of an article: from the theme's variables and the style sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color, ColorParseError

if TYPE_CHECKING:
    from textual.widget import Widget

    from reader.core.annotation import Tag
    from reader.ui.rendering import Palette

OTHER = "other"
"""The name under which tags that the settings do not know are styled."""

OTHER_GLYPH = "#"
"""The glyph of tags that the settings do not know."""


def palette_of(widget: Widget, component_classes: Iterable[str], tags: Iterable[Tag]) -> Palette:
    """Return the styles of a widget's component classes and of the tags.

    Args:
        widget: The widget that has the component classes.
        component_classes: Their names, such as ``article--link`` for the style ``link``.
        tags: The tags with colours; each gives ``tag:``, ``annotation:`` and ``current:``.
    """
    from reader.ui.rendering import Palette  # noqa: PLC0415  (the lists need the colours alone)

    base = widget.rich_style
    background = Color.from_rich_color(base.bgcolor) if base.bgcolor else Color(0, 0, 0)
    named = {}
    for name in component_classes:
        style = widget.get_component_rich_style(name, partial=True)
        over = widget.get_component_styles(name).background
        if 0 < over.a < 1:  # Rich knows no transparency
            blended = background.blend(over.with_alpha(1), over.a)
            style += Style(bgcolor=blended.rich_color)
        named[name.partition("--")[2]] = style
    variables = widget.app.theme_variables
    colours = {tag.name: colour_of(tag.colour, variables) for tag in tags}
    colours[OTHER] = colour_of("accent", variables)
    soft, strong = (float(variables.get(name, "0.25")) for name in ("mark", "mark-current"))
    for name, colour in colours.items():
        named[f"tag:{name}"] = Style(color=colour.rich_color, bold=True)
        named[f"annotation:{name}"] = Style(bgcolor=background.blend(colour, soft).rich_color)
        named[f"current:{name}"] = Style(
            bgcolor=background.blend(colour, strong).rich_color, underline=True
        )
    return Palette(base, named)


def colour_of(name: str, variables: Mapping[str, str]) -> Color:
    """Return a tag's colour: a theme variable or a colour; the accent where it is neither."""
    for value in (variables.get(name), name, variables.get("accent")):
        try:
            if value:
                return Color.parse(value)
        except ColorParseError:
            continue
    return Color(128, 128, 128)
