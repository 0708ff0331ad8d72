"""The styles of the lines that Margin draws by itself, in the colours of a theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from reader.paths import styles_folder
from reader.ui.painting.styles import GREY, PLAIN, Colour, Style, attributes, parse_colour

if TYPE_CHECKING:
    from reader.core.annotation import Tag
    from reader.core.claims import ClaimStatus

OTHER = "other"
"""The name of the style of tags and statuses that the settings do not know."""

OTHER_GLYPH = "#"
"""The glyph of tags that the settings do not know."""

ARTICLE_SIGN = "≡"
"""The sign of an article among annotations."""


OTHER_SIGN = "◊"
"""The sign of statuses that the settings do not know."""


class Palette:
    """The styles of one part of a screen, combined on demand."""

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
                top = name if isinstance(name, Style) else self._named.get(name, PLAIN)
                style = style.under(top)
            self._combined[names] = style
        return style


def make_palette(
    section: str,
    base: Style,
    variables: Mapping[str, str],
    tags: Iterable[Tag] = (),
    statuses: Iterable[ClaimStatus] = (),
    *,
    has_few_colours: bool = False,
) -> Palette:
    """Return the styles of a part of the screen.

    Args:
        section: Its section of ``styles/lines.toml``.
        base: The style of its plain text.
        variables: The colours of the theme, and its strengths of marks.
        tags: The tags with colours; each gives a style ``tag:NAME`` for its sign, and two for the
            passages, ``annotation:tag:NAME`` and ``current:tag:NAME``.
        statuses: The statuses of claims; each gives the same three, with ``status:NAME``.
        has_few_colours: Whether the terminal has fewer colours than the theme.
    """
    background = base.background or Colour(0, 0, 0)
    few = _attributes_for_few_colours(section) if has_few_colours else {}
    named = {
        name: _parsed(words, variables, background).under(few.get(name, PLAIN))
        for name, words in _sheet()[section].items()
    }
    of_tags = {tag_style(tag.name): find_colour(tag.colour, variables) for tag in tags}
    of_tags[OTHER] = find_colour("accent", variables)
    of_statuses = {
        status_style(each.name): find_colour(each.colour, variables) for each in statuses
    }
    for colours, strength in ((of_tags, "mark"), (of_statuses, "status-mark")):
        soft, strong = (
            float(variables.get(name, "0.25")) for name in (strength, f"{strength}-current")
        )
        for name, colour in colours.items():
            named[name] = Style(colour, bold=True)
            mark = Style(background=background.blend(colour, soft))
            current = Style(background=background.blend(colour, strong), underline=True)
            named[f"annotation:{name}"] = mark.under(few.get("annotation", PLAIN))
            named[f"current:{name}"] = current.under(few.get("current", PLAIN))
    return Palette(base, named)


def tag_style(name: str) -> str:
    """Return the name of the style of a tag's sign."""
    return f"tag:{name}"


def status_style(name: str) -> str:
    """Return the name of the style of a status's sign."""
    return f"status:{name}"


def status_look(name: str, statuses: Mapping[str, ClaimStatus]) -> tuple[str, str]:
    """Return the sign of a status, and the name of its style.

    Args:
        name: The status; it need not be in the settings.
        statuses: The statuses of the settings by their names.
    """
    status = statuses.get(name)
    return (OTHER_SIGN, OTHER) if status is None else (status.sign, status_style(name))


def find_colour(name: str, variables: Mapping[str, str]) -> Colour:
    """Return a colour by its name.

    Args:
        name: A theme variable, or a colour such as ``#ff8800``; what is neither is the accent.
        variables: The colours of the theme.
    """
    for value in (variables.get(name), name, variables.get("accent")):
        if value and (colour := parse_colour(value)) is not None:
            return colour
    return GREY


def sign_of(name: str, tags: Mapping[str, Tag], variables: Mapping[str, str]) -> tuple[str, str]:
    """Return the glyph of a tag, and its colour as ``#RRGGBB``.

    Args:
        name: The tag; it need not be in the settings.
        tags: The tags of the settings by their names.
        variables: The colours of the theme.
    """
    tag = tags.get(name)
    if tag is None:
        return OTHER_GLYPH, find_colour("accent", variables).hex
    return tag.glyph, find_colour(tag.colour, variables).hex


def status_sign_of(
    name: str, statuses: Mapping[str, ClaimStatus], variables: Mapping[str, str]
) -> tuple[str, str]:
    """Return the sign of a status, and its colour as ``#RRGGBB``.

    Args:
        name: The status; it need not be in the settings.
        statuses: The statuses of the settings by their names.
        variables: The colours of the theme.
    """
    status = statuses.get(name)
    if status is None:
        return OTHER_SIGN, find_colour("accent", variables).hex
    return status.sign, find_colour(status.colour, variables).hex


@cache
def _sheet() -> Mapping[str, Mapping[str, str]]:
    return parse_sheet((styles_folder() / "lines.toml").read_text(encoding="utf-8"))


def parse_sheet(text: str) -> Mapping[str, Mapping[str, str]]:
    """Return the sections of a sheet, each with the words of its names.

    Args:
        text: TOML with nothing but sections of plain strings. Reading just that is ready before
            the standard library's parser is imported.
    """
    sheet: dict[str, dict[str, str]] = {}
    section: dict[str, str] = {}
    for line in text.splitlines():
        name, _, value = line.partition(" = ")
        if value:
            section[name] = value.strip('"')
        elif line.startswith("["):
            section = sheet.setdefault(line.strip("[]"), {})
    return sheet


@cache
def _attributes_for_few_colours(section: str) -> Mapping[str, Style]:
    words = _sheet().get(f"{section}-few-colours", {})
    return {name: attributes(each) for name, each in words.items()}


def _parsed(words: str, variables: Mapping[str, str], background: Colour) -> Style:
    """Return the style that a line of the sheet says.

    Args:
        words: Such as ``bold $heading on $surface 40%``.
        variables: The colours of the theme.
        background: What a background with a strength is mixed with.
    """
    front, _, back = words.partition("on $")
    style = attributes(" ".join(each for each in front.split() if not each.startswith("$")))
    for each in front.split():
        if each.startswith("$"):
            style = style._replace(colour=find_colour(each[1:], variables))
    if back:
        name, _, strength = back.partition(" ")
        share = float(strength.rstrip("%") or 100) / 100
        mixed = background.blend(find_colour(name, variables), share)
        style = style._replace(background=mixed)
    return style
