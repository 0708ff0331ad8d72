"""Starting the reader: the first picture, and then the app that goes on from it."""

from __future__ import annotations

import os

from reader.config import Settings
from reader.session import LoadingArticle, Session
from reader.ui.first_terminal import FirstTerminal, size_of_terminal
from reader.ui.lifetime import Lifetime
from reader.ui.painting.escapes import colours_of, escaped
from reader.ui.painting.reading_picture import paint_reading

SMALLEST = (20, 6)
"""The columns and lines of the smallest window that gets a first picture."""

PLAIN_TERMINALS = ("", "dumb", "unknown")
"""Values of ``TERM`` that stand for a terminal without escape sequences."""

TEXTUAL_LOOKS = ("TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FILTERS", "TEXTUAL_DIM_FACTOR")
"""The variables that make Textual draw otherwise than the first picture."""


def run_reader(session: Session, settings: Settings, loading: LoadingArticle | None) -> int:
    """Show the first screen at once, run the app, and return the exit code.

    Args:
        session: The library, and what can be done with it.
        settings: The reader's settings.
        loading: The article to begin with; None for the library.

    Raises:
        StoreError: The last changes could not be saved.
    """
    terminal = FirstTerminal()
    lifetime = Lifetime(session, terminal)
    lifetime.supervise()
    if loading is not None:
        _show_article(terminal, session, settings, loading)
    try:
        from reader.ui.app import MarginApp  # noqa: PLC0415  (with Textual, after the first picture)

        return MarginApp(session, settings, loading, lifetime).run_to_end()
    finally:
        terminal.give_back()


def _show_article(
    terminal: FirstTerminal, session: Session, settings: Settings, loading: LoadingArticle
) -> None:
    """Show the first screen of an article, unless the first picture has to be Textual's."""
    size = size_of_terminal(os.environ) if _knows_terminal() else None
    is_small = size is None or size[0] < SMALLEST[0] or size[1] < SMALLEST[1]
    if size is None or is_small or loading.question is not None:
        return
    loading.open_article.begin_reading()
    colours = colours_of(os.environ)
    state = loading.open_article.state
    picture = paint_reading(state, session.writer.status, settings, size, colours)
    terminal.show(escaped(line, colours) for line in picture.lines)


def _knows_terminal() -> bool:
    """Return whether Textual draws on the terminal as the first picture is drawn."""
    kind = os.environ.get("TERM", "").strip().lower()
    return kind not in PLAIN_TERMINALS and not any(os.environ.get(name) for name in TEXTUAL_LOOKS)
