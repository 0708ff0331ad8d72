"""The styles of the lines that Margin draws by itself, in the colours of the theme."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color, ColorParseError

from reader.paths import styles_folder

if TYPE_CHECKING:
    from textual.widget import Widget

    from reader.core.annotation import Tag

OTHER = "other"
"""The name under which tags that the settings do not know are styled."""

OTHER_GLYPH = "#"
"""The glyph of tags that the settings do not know."""


class Palette:
    """The styles of one theme, combined on demand."""

    def __init__(self, base: Style, named: Mapping[str, Style]) -> None:
        """Take the styles of a theme.

        Args:
            base: The style of plain text, with its background.
            named: The style that each name adds.
        """
        self.base = base
        """The style of plain text."""
        self._named = named
        self._combined: dict[tuple[str | Style, ...], Style] = {}

    def style(self, *names: str | Style) -> Style:
        """Return the base style with each style over it, in order; unknown names add nothing."""
        style = self._combined.get(names)
        if style is None:
            style = self.base
            for name in names:
                style += name if isinstance(name, Style) else self._named.get(name, _PLAIN)
            self._combined[names] = style
        return style


_PLAIN = Style()


def palette_of(widget: Widget, section: str, tags: Iterable[Tag] = ()) -> Palette:
    """Return the styles of a part of the screen in the present theme.

    Args:
        widget: The part; its own style is the base.
        section: Its section of ``styles/lines.toml``.
        tags: The tags with colours; each gives ``tag:``, ``annotation:`` and ``current:``.
    """
    variables = widget.app.theme_variables
    base = widget.rich_style
    background = Color.from_rich_color(base.bgcolor) if base.bgcolor else Color(0, 0, 0)
    named = {
        name: _parsed(words, variables, background) for name, words in _sheet()[section].items()
    }
    colours = {tag.name: colour_of(tag.colour, variables) for tag in tags}
    colours[OTHER] = colour_of("accent", variables)
    few = _few_colours(widget, section)
    named = {name: style + few.get(name, _PLAIN) for name, style in named.items()}
    soft, strong = (float(variables.get(name, "0.25")) for name in ("mark", "mark-current"))
    for name, colour in colours.items():
        named[f"tag:{name}"] = Style(color=colour.rich_color, bold=True)
        mark = Style(bgcolor=background.blend(colour, soft).rich_color)
        current = Style(bgcolor=background.blend(colour, strong).rich_color, underline=True)
        named[f"annotation:{name}"] = mark + few.get("annotation", _PLAIN)
        named[f"current:{name}"] = current + few.get("current", _PLAIN)
    return Palette(base, named)


def _few_colours(widget: Widget, section: str) -> Mapping[str, Style]:
    """Return what is added to styles where the terminal has fewer colours than the theme."""
    app = widget.app
    if app.console.color_system == "truecolor" and not app.no_color:
        return {}
    words = _sheet().get(f"{section}-few-colours", {})
    return {name: Style.parse(attributes) for name, attributes in words.items()}


def colour_of(name: str, variables: Mapping[str, str]) -> Color:
    """Return a tag's colour: a theme variable or a colour; the accent where it is neither."""
    for value in (variables.get(name), name, variables.get("accent")):
        try:
            if value:
                return Color.parse(value)
        except ColorParseError:
            continue
    return Color(128, 128, 128)


def sign_of(name: str, tags: Mapping[str, Tag], variables: Mapping[str, str]) -> tuple[str, str]:
    """Return the glyph of a tag, and its colour as ``#rrggbb``.

    Args:
        name: The tag; it need not be in the settings.
        tags: The tags of the settings by their names.
        variables: The theme's variables.
    """
    tag = tags.get(name)
    if tag is None:
        return OTHER_GLYPH, colour_of("accent", variables).hex
    return tag.glyph, colour_of(tag.colour, variables).hex


@cache
def _sheet() -> dict[str, dict[str, str]]:
    text = (styles_folder() / "lines.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _parsed(words: str, variables: Mapping[str, str], background: Color) -> Style:
    """Return the style that a line of the sheet says.

    Args:
        words: Such as ``bold $heading on $surface 40%``.
        variables: The colours of the theme.
        background: What a background with a strength is mixed with.
    """
    front, _, back = words.partition("on $")
    style = Style.parse(" ".join(each for each in front.split() if not each.startswith("$")))
    for each in front.split():
        if each.startswith("$"):
            style += Style(color=colour_of(each[1:], variables).rich_color)
    if back:
        name, _, strength = back.partition(" ")
        mixed = background.blend(
            colour_of(name, variables), float(strength.rstrip("%") or 100) / 100
        )
        style += Style(bgcolor=mixed.rich_color)
    return style
