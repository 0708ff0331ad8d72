"""Every touch of a part of Textual that is private or tied to a version, with its reason.

Written against Textual 8.2; look here first when that changes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from textual.app import App


def load_sheets(app: App[None], paths: Iterable[Path]) -> None:
    """Load style sheets of widgets that are mounted later.

    Textual loads the sheets of a screen when it is pushed, and offers nothing for a widget that
    most sessions never open. This does what ``App._load_screen_css`` does.

    Args:
        app: The running app.
        paths: The sheets; those that are loaded already cost nothing.
    """
    fresh = [path for path in paths if not app.stylesheet.has_source(str(path), "")]
    for path in fresh:
        app.stylesheet.read(path)
    if fresh:
        app.stylesheet.reparse()
        app.stylesheet.update(app)


SWITCH_SECONDS = 0.0005
"""How long a thread may keep the interpreter while a key may be waiting, in seconds."""


@contextmanager
def quick_switching() -> Iterator[None]:
    """Let the interface's thread have the interpreter soon, while another one computes.

    Python hands the interpreter over every 5 ms, and painting a frame asks for it several times;
    a key pressed meanwhile would take 20 ms and more.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
