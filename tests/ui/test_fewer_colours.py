"""What lies over the text can be told apart in every theme, however few colours a terminal has."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from reader.config import Settings
from reader.core.annotation import STANDARD_TAGS
from reader.ui.themes import THEMES
from tests.ui.reading_app import Reader, at, opened

SYSTEMS: dict[str, tuple[ColorSystem, dict[str, str]]] = {
    "true colour": (ColorSystem.TRUECOLOR, {"TERM": "xterm-256color", "COLORTERM": "truecolor"}),
    "256 colours": (ColorSystem.EIGHT_BIT, {"TERM": "xterm-256color", "COLORTERM": ""}),
    "16 colours": (ColorSystem.STANDARD, {"TERM": "xterm", "COLORTERM": ""}),
    "NO_COLOR": (ColorSystem.TRUECOLOR, {"COLORTERM": "truecolor", "NO_COLOR": "1"}),
    "NO_COLOR in 16": (ColorSystem.STANDARD, {"TERM": "xterm", "COLORTERM": "", "NO_COLOR": "1"}),
}
"""The terminals, with what they reduce colours to and how the program knows them."""

ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike")
"""Those that terminals have."""

ARTICLE = (
    "Plain words here.\n\nA marked sentence.\n\nThe present mark is long and wide.\n\nSea, sea."
)


def look_of(style: Style, system: ColorSystem) -> str:
    """Return the codes of a style; Rich itself would give those of the first system asked for."""
    colours = [each and each.downgrade(system) for each in (style.color, style.bgcolor)]
    attributes = [name for name in ATTRIBUTES if getattr(style, name)]
    return str([*(each and each.get_ansi_codes() for each in colours), *attributes])


def looks(reader: Reader, system: ColorSystem) -> dict[tuple[int, int], str]:
    """Return the look with which each cell of the article reaches the terminal."""
    codes: dict[tuple[int, int], str] = {}
    app = reader.app
    for y in range(reader.view.size.height):
        strip = reader.view.render_line(y)
        for line_filter in app._filters:
            strip = strip.apply_filter(line_filter, app.screen.background_colors[1])
        x = 0
        for text, style, _ in strip:
            look = look_of(style or Style(), system)
            for _cell in range(Segment(text).cell_length):
                codes[x, y] = look
                x += 1
    return codes


async def states(reader: Reader, tag: str, system: ColorSystem) -> dict[str, str]:
    """Return the look of each state of the text, as it is drawn."""
    view, key = reader.view, next(each.key for each in STANDARD_TAGS if each.name == tag)
    for words in ("A marked sentence.", "The present mark is long and wide."):
        view.select(at(reader, words))
        await reader.press(key)
    view.hits = tuple(each for each in (at(reader, "Sea"), at(reader, "sea")))
    view.current_hit = view.hits[1]
    places = {word: reader.find(word) for word in ("Plain", "marked", "present", "Sea", "sea")}
    reader.go_to("mark is long")
    await reader.pilot.pause()
    cells = looks(reader, system)
    seen = {
        "plain": cells[places["Plain"]],
        "mark": cells[places["marked"]],
        "present mark": cells[places["present"]],
        "hit": cells[places["Sea"]],
        "present hit": cells[places["sea"]],
        "caret": cells[reader.find("mark is long")],
    }
    view.select(at(reader, "words here"))
    await reader.pilot.pause()
    seen["selection"] = looks(reader, system)[reader.find("words")]
    view.select(at(reader, "present mark is"))
    await reader.pilot.pause()
    cells = looks(reader, system)
    seen["selection in a mark"] = cells[reader.find("present")]
    seen["the rest of the mark"] = cells[reader.find("and wide")]
    return seen


ALIKE = {
    frozenset({"selection", "selection in a mark"}),
    frozenset({"present mark", "the rest of the mark"}),
    frozenset({"mark", "the rest of the mark"}),
}
"""States that may look the same, because they are the same to a reader."""


@pytest.mark.parametrize("theme", [each.name for each in THEMES])
@pytest.mark.parametrize("terminal", SYSTEMS)
async def test_every_state_of_the_text_has_a_look_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: str, terminal: str
) -> None:
    system, environment = SYSTEMS[terminal]
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for tag in STANDARD_TAGS:
        folder = tmp_path / tag.name
        folder.mkdir()
        async with opened(folder, ARTICLE, settings=Settings(theme=theme)) as reader:
            assert reader.app.no_color == ("NO_COLOR" in environment)
            seen = await states(reader, tag.name, system)
            same = [
                pair
                for pair in combinations(seen, 2)
                if seen[pair[0]] == seen[pair[1]] and frozenset(pair) not in ALIKE
            ]
            assert not same, (tag.name, seen)
