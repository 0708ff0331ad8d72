"""The themes as Textual has them."""

from __future__ import annotations

from textual.theme import Theme

from reader.ui.painting import themes
from reader.ui.painting.themes import ThemeColours

CURSOR_STYLES = {themes.CONTRAST.name: "bold"}
"""How the cursor of Textual's own lists looks, besides its colours; plain in the other themes."""


def _theme(colours: ThemeColours) -> Theme:
    # As variables, colours stay as they are; otherwise Textual rounds them.
    cursor = CURSOR_STYLES.get(colours.name, "none")
    return Theme(
        name=colours.name,
        dark=colours.is_dark,
        variables={**colours.variables, "block-cursor-text-style": cursor},
        **colours.colours,  # type: ignore[arg-type]
    )


DARK, LIGHT, CONTRAST = THEMES = tuple(map(_theme, themes.THEMES.values()))
"""The themes, in the order in which the reader goes through them."""

VARIABLE_DEFAULTS = dict(themes.DARK.own)
"""Variables of Margin, for themes of Textual that do not have them."""
