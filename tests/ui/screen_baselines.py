"""What screens look like, as text: compared with what they looked like when somebody last looked.

``MARGIN_BASELINES=write pytest tests/ui/test_small_windows.py`` writes the baselines again.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.style import Style
from textual.app import App
from textual.pilot import Pilot

from tests.ui.waiting import wait_for

FOLDER = Path(__file__).with_name("baselines")

_LETTERS = " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike")


def described(app: App[Any]) -> str:
    """Return each line of the screen, then the style of each of its cells, then the styles."""
    styles: dict[str, str] = {}
    texts, looks = [], []
    for strip in app.screen._compositor.render_strips():
        text, look = "", ""
        for segment in strip:
            style = _described(segment.style or Style())
            letter = styles.setdefault(style, _LETTERS[len(styles)])
            text += segment.text
            look += letter * segment.cell_length
        texts.append(text.rstrip())
        looks.append(look.rstrip())
    legend = [f"{letter!r}: {style}" for style, letter in styles.items()]
    return "\n".join([*texts, "-" * app.size.width, *looks, "-" * app.size.width, *legend, ""])


async def assert_looks_as_before(pilot: Pilot[Any], name: str) -> None:
    """Fail where the screen does not come to look as its baseline has it."""
    path = FOLDER / f"{name.replace(' ', '-')}.txt"
    if os.environ.get("MARGIN_BASELINES") == "write":
        await pilot.pause(0.3)  # what loads in the background is shown, and no cursor has blinked
        await wait_for(pilot, lambda: "… saving" not in described(pilot.app))
        path.parent.mkdir(exist_ok=True)
        path.write_text(described(pilot.app), encoding="utf-8")
    baseline = path.read_text(encoding="utf-8")
    with suppress(AssertionError):
        await wait_for(pilot, lambda: described(pilot.app) == baseline)
    assert described(pilot.app) == baseline, f"{name} looks different; see {path}"


def _described(style: Style) -> str:
    colours = [each.name if each else "default" for each in (style.color, style.bgcolor)]
    attributes = [name for name in _ATTRIBUTES if getattr(style, name)]
    return " ".join([" on ".join(colours), *attributes])
