"""The look of a first picture: colours, tags and keys of one reader on one terminal."""

from __future__ import annotations

from reader.config import Settings
from reader.ui.painting.escapes import Colours
from reader.ui.painting.palette import Palette, find_colour, make_palette
from reader.ui.painting.styles import Colour, Style
from reader.ui.painting.themes import THEMES


class Look:
    """The colours, tags and keys of one reader on one terminal."""

    def __init__(self, settings: Settings, colours: Colours) -> None:
        """Take them from the settings; ``theme`` is one of ours."""
        self.tags = settings.tags
        """The tags that have a key, a glyph or a colour."""
        self.statuses = settings.statuses
        """The statuses of claims."""
        self.words_per_minute = settings.words_per_minute
        """The reader's speed."""
        self.keymap = settings.keys
        """The reader's own keys by command id."""
        self.variables = THEMES[settings.theme].variables
        """The colours of the theme."""
        self._has_few_colours = colours.are_few

    def colour(self, name: str) -> Colour:
        """Return a colour of the theme."""
        return find_colour(name, self.variables)

    def base(self, background: str = "background") -> Style:
        """Return the style of plain text on a background of the theme."""
        return Style(self.colour("foreground"), self.colour(background))

    def palette(self, section: str, background: str, *, has_marks: bool = False) -> Palette:
        """Return the styles of a part of the screen.

        Args:
            section: Its section of ``styles/lines.toml``.
            background: The theme's name of its background.
            has_marks: Whether it shows tags and statuses in their colours.
        """
        base = self.base(background)
        few = self._has_few_colours
        tags, statuses = (self.tags, self.statuses) if has_marks else ((), ())
        return make_palette(section, base, self.variables, tags, statuses, has_few_colours=few)
