"""What depends on private parts of Textual or on its version, with the reason for each.

Written for Textual 8.2; look here first when Textual changes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from textual.app import App


def load_sheets(app: App[None], paths: Iterable[Path]) -> None:
    """Load style sheets of widgets that are mounted later.

    Textual loads the sheets of a screen when it is pushed, but has no way to load those of a widget
    later. This does what ``App._load_screen_css`` does.

    Args:
        app: The running app.
        paths: The sheets; those that are loaded already are skipped.
    """
    fresh = [path for path in paths if not app.stylesheet.has_source(str(path), "")]
    for path in fresh:
        app.stylesheet.read(path)
    if fresh:
        app.stylesheet.reparse()
        app.stylesheet.update(app)


SWITCH_SECONDS = 0.0005
"""How long a thread may hold the interpreter's lock while a key may be waiting, in seconds."""


@contextmanager
def quick_switching() -> Iterator[None]:
    """Let the thread of the interface run soon, while another thread computes.

    Python switches threads every 5 ms, and painting a frame waits for several switches, so that the
    answer to a key would take 20 ms and more.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
