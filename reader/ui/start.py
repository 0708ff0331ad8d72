"""Starting the reader: the first picture, and then the app that goes on from it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reader.config import Settings
from reader.core.annotation import ArticleState
from reader.session import LoadingArticle, Session
from reader.ui.first_terminal import FirstTerminal, size_of_terminal
from reader.ui.lifetime import Lifetime
from reader.ui.painting.escapes import colours_of, escaped
from reader.ui.painting.look import Look
from reader.ui.painting.reading_picture import paint_reading
from reader.ui.painting.styles import Run
from reader.ui.spared_imports import spared_imports
from reader.ui.window_sizes import LEAST_HEIGHT, LEAST_WIDTH

if TYPE_CHECKING:
    from reader.core.draft_check.checked import CheckedDraft
    from reader.session.reviewing import ReviewRequest

SMALLEST_ARTICLE = (LEAST_WIDTH, LEAST_HEIGHT)
"""The columns and lines of the smallest window that gets a first picture of an article."""

SMALLEST_LIBRARY = (60, 10)
"""The same for the library."""

PLAIN_TERMINALS = ("", "dumb", "unknown")
"""Values of ``TERM`` that stand for a terminal without escape sequences."""

TEXTUAL_LOOKS = ("TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FILTERS", "TEXTUAL_DIM_FACTOR")
"""The variables that make Textual draw otherwise than the first picture."""


def run_reader(
    session: Session,
    settings: Settings,
    loading: LoadingArticle | None,
    *,
    review: ReviewRequest | None = None,
    check: CheckedDraft | None = None,
) -> int:
    """Show the first screen at once, run the app, and return the exit code.

    Args:
        session: The library, and what can be done with it.
        settings: The reader's settings.
        loading: The article to begin with; None for the library.
        review: What to review in place of the library; None for nothing.
        check: The draft to begin with in place of the library, checked; None for none.

    Raises:
        StoreError: The last changes could not be saved.
    """
    terminal = FirstTerminal()
    lifetime = Lifetime(session, terminal)
    lifetime.supervise()
    if review is None and check is None:
        _show_first_picture(terminal, session, settings, loading)
    try:
        with spared_imports():
            from reader.ui.app import MarginApp  # noqa: PLC0415  (with Textual, after the picture)

        app = MarginApp(session, settings, loading, lifetime, review=review, check=check)
        return app.run_to_end()
    finally:
        terminal.give_back()


def _show_first_picture(
    terminal: FirstTerminal,
    session: Session,
    settings: Settings,
    loading: LoadingArticle | None,
) -> None:
    """Show the first screen, unless the first picture has to be Textual's."""
    size = size_of_terminal(os.environ) if _knows_terminal() else None
    smallest = SMALLEST_LIBRARY if loading is None else SMALLEST_ARTICLE
    if size is None or size[0] < smallest[0] or size[1] < smallest[1]:
        return
    if settings.keys:
        from reader.ui.own_keys import check_keys  # noqa: PLC0415  (for a reader with own keys)

        settings = replace(settings, keys=check_keys(settings.keys).keymap)
    colours = colours_of(os.environ)
    look = Look(settings, colours)
    lines: Iterable[Sequence[Run]]
    if loading is None:
        articles = session.lists.articles_at_hand()
        if all(each.state is ArticleState.ARCHIVED for each in articles):
            return
        from reader.ui.library.picture import paint_library  # noqa: PLC0415  (not for an article)

        due = session.lists.due_at_hand() if settings.review_reminder else 0
        lines = paint_library(articles, due, size, look)
    elif loading.question is None:
        loading.open_article.begin_reading()
        state = loading.open_article.state
        lines = paint_reading(state, session.writer.status, settings, size, look).lines
    else:
        return
    terminal.show([escaped(line, colours) for line in lines])


def _knows_terminal() -> bool:
    """Return whether Textual draws on the terminal as the first picture is drawn."""
    kind = os.environ.get("TERM", "").strip().lower()
    return kind not in PLAIN_TERMINALS and not any(os.environ.get(name) for name in TEXTUAL_LOOKS)
