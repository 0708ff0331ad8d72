"""The first picture's colours, scrollbar and sheet are those of Rich, Textual and TOML."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from textual._ansi_theme import MONOKAI
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome
from textual.keys import _character_to_key
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip

from reader.cli.parser import COMMANDS
from reader.paths import styles_folder
from reader.ui.key_names import name_of_character
from reader.ui.painting.escapes import Colours, Depth, colours_of, escaped
from reader.ui.painting.palette import parse_sheet
from reader.ui.painting.scrollbar import BarColours, scrollbar_cells
from reader.ui.painting.styles import Colour, Run, Style, parse_colour
from reader.ui.painting.themes import THEMES
from reader.ui.strips import rich_style, strip_of
from reader.ui.themes import THEMES as TEXTUAL_THEMES

SYSTEMS = {
    Depth.TRUE: ColorSystem.TRUECOLOR,
    Depth.EIGHT_BIT: ColorSystem.EIGHT_BIT,
    Depth.STANDARD: ColorSystem.STANDARD,
}

parts = st.integers(0, 255)
colour = st.builds(Colour, parts, parts, parts)
attribute = st.sampled_from([None, False, True])
styles = st.builds(
    Style,
    colour,
    colour,
    attribute,
    attribute,
    attribute,
    attribute,
    attribute,
    attribute,
    link=st.none(),
)


@given(styles, st.sampled_from(list(Depth)), st.booleans())
def test_escapes_are_those_that_textual_writes(style: Style, depth: Depth, is_grey: bool) -> None:
    strip = strip_of([Run("words", style)], 5)
    filters: list[LineFilter] = [ANSIToTruecolor(MONOKAI), *([Monochrome()] if is_grey else [])]
    for line_filter in filters:
        strip = strip.apply_filter(line_filter, Color(0, 0, 0))
    (segment,) = strip
    assert segment.style is not None
    codes = Strip.render_ansi(segment.style, SYSTEMS[depth])
    written = f"\x1b[{codes}mwords\x1b[0m"
    assert escaped([Run("words", style)], Colours(depth, is_grey)) == written


@pytest.mark.parametrize(
    ("environment", "depth"),
    [
        ({"COLORTERM": "truecolor", "TERM": "xterm"}, Depth.TRUE),
        ({"COLORTERM": " 24bit "}, Depth.TRUE),
        ({"TERM": "xterm-256color"}, Depth.EIGHT_BIT),
        ({"TERM": "xterm-kitty"}, Depth.EIGHT_BIT),
        ({"TERM": "xterm-16color"}, Depth.STANDARD),
        ({"TERM": "linux"}, Depth.STANDARD),
        ({}, Depth.STANDARD),
    ],
)
def test_colours_are_found_out_as_rich_does(environment: dict[str, str], depth: Depth) -> None:
    console = Console(force_terminal=True, legacy_windows=False, _environ=environment)
    assert console._color_system == SYSTEMS[depth]
    assert colours_of(environment) == Colours(depth)
    assert colours_of({**environment, "NO_COLOR": ""}) == Colours(depth, is_grey=True)


@given(st.integers(1, 80), st.integers(1, 4000), st.floats(0, 1))
def test_the_scrollbar_is_textuals(height: int, content: int, share: float) -> None:
    top = round(max(content - height, 0) * share)
    bar, back = Colour(1, 2, 3), Colour(4, 5, 6)
    drawn = ScrollBarRender.render_bar(
        size=height,
        virtual_size=content,
        window_size=height if height < content else 0,
        position=top,
        back_color=Color(*back).rich_color,
        bar_color=Color(*bar).rich_color,
    )
    cells = scrollbar_cells(height, content, top, BarColours(bar, back, Colour(7, 8, 9)))
    for ours, theirs in zip(cells, drawn.segments[:height], strict=True):
        assert theirs.style is not None
        assert (ours.text, bool(ours.style.reverse)) == (theirs.text, bool(theirs.style.reverse))


def test_the_sheet_is_read_as_toml() -> None:
    text = (styles_folder() / "lines.toml").read_text(encoding="utf-8")
    assert parse_sheet(text) == tomllib.loads(text)


def test_textual_has_the_very_colours_of_our_themes() -> None:
    for theme in TEXTUAL_THEMES:
        generated = theme.to_color_system().generate()
        for name, value in THEMES[theme.name].colours.items():
            assert parse_colour(generated[name]) == parse_colour(value), name


@pytest.mark.parametrize("text", ["#ff8800", "#F80", "#000000"])
def test_colours_are_read_as_textual_reads_them(text: str) -> None:
    assert parse_colour(text) == Colour(*Color.parse(text).rgb)


@pytest.mark.parametrize("text", ["", "red", "#12", "#12345", "#gggggg", "ff8800"])
def test_what_is_no_colour_of_ours_is_none(text: str) -> None:
    assert parse_colour(text) is None


@given(styles, styles)
def test_a_style_over_another_one_leaves_what_it_does_not_say(below: Style, above: Style) -> None:
    both = below.under(above)
    assert rich_style(below) + rich_style(above) == rich_style(both)


def test_no_command_looks_like_a_path() -> None:
    assert not any("/" in name or "." in name for name in COMMANDS)


def test_keys_have_the_names_that_textual_gives_them() -> None:
    for character in map(chr, range(0x3100)):
        if character.isprintable() or character == "\t":
            assert name_of_character(character) == _character_to_key(character)
