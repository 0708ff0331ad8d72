"""The colours of the themes: dark, light and high contrast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reader import config


class ThemeColours(NamedTuple):
    """A theme: the colours that every theme of Textual has, and Margin's own."""

    name: str
    """The name in the settings."""
    is_dark: bool
    """Whether its background is dark."""
    colours: Mapping[str, str]
    """The colours of Textual by name, such as ``surface``."""
    own: Mapping[str, str]
    """Margin's own variables: colours, and the strength of marks."""

    @property
    def variables(self) -> Mapping[str, str]:
        """All of them by name."""
        return {**self.colours, **self.own}


DARK = ThemeColours(
    config.DARK,
    True,
    {
        "primary": "#7fb4ca",
        "secondary": "#a292a3",
        "accent": "#e6c384",
        "warning": "#e6c384",
        "error": "#e46876",
        "success": "#98bb6c",
        "foreground": "#d8d4c7",
        "background": "#181a1f",
        "surface": "#1f2228",
        "panel": "#272b33",
    },
    {
        "quote": "#e6b450",
        "claim": "#f07178",
        "context": "#73b8d7",
        "unchecked": "#c98cfe",
        "supported": "#90ba79",
        "disputed": "#d88423",
        "refuted": "#ee5274",
        "link": "#8ab4f8",
        "code": "#b8c99d",
        "faint": "#868b96",
        "heading": "#f0ead8",
        "caret": "#ffcc66",
        "mark": "0.20",
        "mark-current": "0.38",
        "status-mark": "0.20",
        "status-mark-current": "0.38",
    },
)

LIGHT = ThemeColours(
    config.LIGHT,
    False,
    {
        "primary": "#2f6f8f",
        "secondary": "#7a5c86",
        "accent": "#8a5a00",
        "warning": "#8a5a00",
        "error": "#b3261e",
        "success": "#3f6b1f",
        "foreground": "#2b2a27",
        "background": "#faf7f0",
        "surface": "#f1ede3",
        "panel": "#e6e1d4",
    },
    {
        "quote": "#a86b00",
        "claim": "#c0343c",
        "context": "#1f6f9c",
        "unchecked": "#7962a4",
        "supported": "#1e8020",
        "disputed": "#bc5202",
        "refuted": "#c31229",
        "link": "#1a5fb4",
        "code": "#4a6420",
        "faint": "#736f66",
        "heading": "#11110f",
        "caret": "#b35c00",
        "mark": "0.18",
        "mark-current": "0.36",
        "status-mark": "0.28",
        "status-mark-current": "0.50",
    },
)

CONTRAST = ThemeColours(
    config.CONTRAST,
    True,
    {
        "primary": "#00d7ff",
        "secondary": "#ffaaff",
        "accent": "#ffff00",
        "warning": "#ffff00",
        "error": "#ff6b6b",
        "success": "#5fff5f",
        "foreground": "#ffffff",
        "background": "#000000",
        "surface": "#000000",
        "panel": "#1c1c1c",
    },
    {
        "quote": "#ffd700",
        "claim": "#ff7b7b",
        "context": "#5fd7ff",
        "unchecked": "#d49ff9",
        "supported": "#5cea5b",
        "disputed": "#e88910",
        "refuted": "#fd6e8e",
        "link": "#87d7ff",
        "code": "#afff87",
        "faint": "#c6c6c6",
        "heading": "#ffffff",
        "caret": "#ffffff",
        "mark": "0.34",
        "mark-current": "0.55",
        "status-mark": "0.34",
        "status-mark-current": "0.55",
    },
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST)}
"""The themes by name, in the order in which the reader goes through them."""
