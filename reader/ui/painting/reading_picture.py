"""The first screen of an article: what Textual draws a moment later, cell for cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reader.config import Settings
from reader.core.annotation import Annotation
from reader.core.layout import Layout
from reader.session import ReadingState, SaveStatus
from reader.ui.commands import with_keys
from reader.ui.painting.article_painter import ArticlePainter
from reader.ui.painting.columns import panel_width
from reader.ui.painting.key_bar import BarState, KeyBar
from reader.ui.painting.line_motion import LineMotion
from reader.ui.painting.look import Look
from reader.ui.painting.note_card import has_notes, says_something
from reader.ui.painting.scrollbar import BarColours, scrollbar_cells
from reader.ui.painting.status_line import (
    WHOLE,
    StatusFacts,
    measured_at_once,
    position_in,
    status_runs,
)
from reader.ui.painting.styles import Run, Style
from reader.ui.painting.view_state import ViewState
from reader.ui.painting.viewport import Stoppable, Viewport

ABOVE, BELOW = 1, 2
"""Empty lines above and below an article."""

BARS = 2
"""Lines of the bar of keys and of the status line."""

STATUS_PADDING = 1
"""Cells left and right of the status line."""


class StillWindow:
    """A window that scrolls once and is drawn once; see ``viewport.Window``."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        """Its cells, with the scrollbar."""
        self.height = height
        """Its lines."""
        self.scroll_y = 0
        """The line of its content that is at its top."""
        self.content_height = 0
        """The lines of its content."""

    def set_content_height(self, lines: int) -> None:
        """Give its content another height."""
        self.content_height = lines

    def scroll_to(self, y: int) -> None:
        """Put a line of its content at its top, as far as there is content below it."""
        self.scroll_y = max(min(y, self.content_height - self.height), 0)

    def refresh(self) -> None:
        """Do nothing: the picture is not drawn yet."""

    def call_every(self, seconds: float, function: Callable[[], None]) -> Stoppable:  # noqa: ARG002
        """Call nothing: the picture stays as it is."""
        return _Never()


class _Never:
    def stop(self) -> None:
        """Do nothing."""


class ReadingPicture(NamedTuple):
    """The first screen of an article."""

    lines: Sequence[Sequence[Run]]
    """Its lines, from the top."""
    layout: Layout
    """The lines of the article as far as they are measured."""


def paint_reading(
    state: ReadingState,
    save: SaveStatus,
    settings: Settings,
    size: tuple[int, int],
    look: Look,
) -> ReadingPicture:
    """Return the first screen of an article that is opened where it was left.

    Args:
        state: The article, or its first part.
        save: Whether the last changes are saved.
        settings: The reader's settings.
        size: Columns and lines of the terminal; at least 18 and 4.
        look: The look of the screen.
    """
    columns, lines = size
    panel = panel_width(columns) if settings.panel else 0
    window = StillWindow(columns - panel, lines - BARS)
    viewport, caret = _place(state, window, settings)
    facts = StatusFacts(
        position_in(
            state,
            viewport.on_screen,
            caret,
            settings.words_per_minute,
            measured_at_once(state.document),
        ),
        loaded=WHOLE if state.document.is_complete else 0,
        save=save,
        help_hint=with_keys("{help} help", settings.keys),
    )
    room = [Run(" " * panel, look.base())] if panel else []  # the panel comes with Textual
    rows = [
        *((*line, *room) for line in _article(state, viewport, window, caret, look)),
        _key_bar(state.at(caret)[:1], columns, look, is_beside=viewport.columns.notes is not None),
        _status_line(facts, columns, look),
    ]
    return ReadingPicture(rows, viewport.layout)


def _article(
    state: ReadingState,
    viewport: Viewport,
    window: StillWindow,
    caret: int,
    look: Look,
) -> Iterator[Sequence[Run]]:
    """Yield the lines of the article, the last cell of each under the scrollbar."""
    painter = ArticlePainter(
        look.tags, look.statuses, look.palette("article", "background", has_marks=True)
    )
    columns = viewport.columns
    view = ViewState(
        state,
        viewport.layout,
        window.width,
        columns.text_left,
        columns.text_width,
        caret,
        shows_caret=True,
        notes=columns.notes,
        first_line=viewport.first_line,
        height=window.height,
    )
    cells = scrollbar_cells(
        window.height,
        window.content_height,
        window.scroll_y,
        BarColours(*map(look.colour, ("panel", "background", "foreground"))),
    )
    for y, cell in enumerate(cells, viewport.first_line):
        *runs, last = painter.line(view, y)
        yield (*runs, last._replace(text=last.text[:-1]), cell)


def _key_bar(
    at_caret: Sequence[Annotation], columns: int, look: Look, *, is_beside: bool
) -> Sequence[Run]:
    bar = KeyBar(
        look.tags, look.statuses, look.keymap, look.palette("bar", "surface", has_marks=True)
    )
    needs_review = any(each.needs_review for each in at_caret)
    noted = next((each for each in at_caret if says_something(each) and not is_beside), None)
    state = BarState(is_on_annotation=bool(at_caret), needs_review=needs_review, noted=noted)
    return bar.runs(bar.items(state, columns), columns)


def _status_line(facts: StatusFacts, columns: int, look: Look) -> Sequence[Run]:
    palette = look.palette("status", "panel")
    side = Run(" " * STATUS_PADDING, Style(background=palette.base.background))
    return (side, *status_runs(facts, columns - 2 * STATUS_PADDING, palette), side)


def _place(state: ReadingState, window: StillWindow, settings: Settings) -> tuple[Viewport, int]:
    """Return the viewport where the article was left, and the offset of the caret."""
    document = state.document
    viewport = Viewport(window, above=ABOVE, below=BELOW, on_move=lambda: None)
    viewport.top = document.clamp(state.article.position)
    viewport.column = settings.column
    viewport.notes_side = settings.notes_side if has_notes(state) else ""
    viewport.lay_out(document)
    caret = document.clamp(state.article.caret)
    return viewport, LineMotion(viewport).brought_along(caret) if document.text else caret
