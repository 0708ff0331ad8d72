"""The last line of the reading screen: the section, how much is left to read, and the saving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from reader.core.cells import cell_width, clip
from reader.core.overrides import overridden
from reader.core.text_formatting import duration, page_label
from reader.session import ReadingState, SaveState, SaveStatus
from reader.ui.painting.palette import Palette
from reader.ui.painting.styles import Run

if TYPE_CHECKING:
    from reader.core.document import Document, TextRange
    from reader.core.progress import ReadingProgress

SAVE_SIGNS = {
    SaveState.SAVED: "✓ saved",
    SaveState.SAVING: "… saving",
    SaveState.FAILED: "✗ not saved",
}
"""The save state as a sign and a word, for readers who cannot see its colour."""

SEPARATOR = " · "
"""What separates two facts."""

GAP = 2
"""The least space between the left and the right, in cells."""

LONGEST_PAGE = 12
"""How many cells of a page's number are shown."""

CODE_POINTS_A_WORD = 6
"""English prose has about six code points a word, its space among them; an estimate until the
words have been counted."""

FAST_LENGTH = 100_000
"""The words of longer texts, in code points, are not counted before a screen is drawn."""

WHOLE = 100
"""The percentage of a file that has been read whole."""


class Position(NamedTuple):
    """Where the reader is in an article."""

    section: str = ""
    """The section at the top of the screen, or the article's title."""
    page: str = ""
    """The printed page that the caret is on, such as ``p. 12``; empty without pages."""
    percent: int = 0
    """How much of the text has been on screen, 0 to 100."""
    minutes: int = 0
    """Minutes of reading that are left."""


class StatusFacts(NamedTuple):
    """What the line shows."""

    position: Position
    """Where the reader is."""
    loaded: int = WHOLE
    """How much of a large file has been read, 0 to 100."""
    message: str = ""
    """What just happened, such as ``Copied``; shown in place of the section."""
    save: SaveStatus = SaveStatus()
    """Whether the last changes are saved."""
    help_hint: str = ""
    """The end of the line, such as ``? help``; the first thing to be left out."""
    placed: int = WHOLE
    """How many of the annotations of a changed text have been placed, 0 to 100."""
    indexed: int = WHOLE
    """How much of the library has been indexed, 0 to 100."""
    result: str = ""
    """Which of how many notes led here, such as ``3 of 14``; empty where none did."""


def measured_at_once(document: Document) -> ReadingProgress | None:
    """Return the sections and counted words of a document; None where that would take long."""
    if not document.is_complete or len(document.text) > FAST_LENGTH:
        return None
    from reader.core.progress import ReadingProgress  # noqa: PLC0415  (not for long texts)

    return ReadingProgress(document)


def position_in(
    state: ReadingState,
    visible: TextRange,
    caret: int,
    words_per_minute: int,
    progress: ReadingProgress | None = None,
) -> Position:
    """Return where the reader is.

    Args:
        state: The article.
        visible: The offsets on screen.
        caret: The offset of the caret.
        words_per_minute: How fast the reader reads.
        progress: The sections and counted words of the article; without them, the section is the
            title and the minutes are estimated.
    """
    document, article = state.document, state.article
    length = max(len(document.text), 1)
    if progress is not None and progress.document is document:
        section = progress.section(visible.start)
        minutes = progress.minutes_left(visible.end, words_per_minute)
    else:
        section = ""
        minutes = (length - visible.end) // CODE_POINTS_A_WORD // words_per_minute
    return Position(
        section
        or overridden(document.metadata, article.overrides).title
        or article.metadata.title
        or article.source,
        page_label(document.page_at(caret)),
        min(visible.end * 100 // length, 100),
        minutes,
    )


def status_runs(facts: StatusFacts, width: int, palette: Palette) -> Sequence[Run]:
    """Return the line.

    Args:
        facts: What it shows.
        width: Its cells, at least 1.
        palette: The styles of the section ``status``.
    """
    page = [clip(facts.position.page, LONGEST_PAGE)] if facts.position.page else []
    progress = [*page, f"{facts.position.percent}%", _left(facts.position)]
    if facts.loaded < WHOLE:
        progress = [*page, f"reading the file {facts.loaded}%"]
    if facts.placed < WHOLE:
        progress = [*page, f"placing the notes {facts.placed}%"]
    if facts.indexed < WHOLE:
        progress.append(f"indexing {facts.indexed}%")
    progress = [facts.result, *progress] if facts.result else progress
    parts = [*progress, SAVE_SIGNS[facts.save.state], *filter(None, [facts.help_hint])]
    most = width * 2 // 3
    if facts.message:  # it is shown for a moment, and should be shown whole
        most = min(most, width - cell_width(facts.message) - GAP)
    while cell_width(SEPARATOR.join(parts)) > most and len(parts) > 1:
        # The save state is left out last.
        parts.pop(-1 if parts[-1] == facts.help_hint else -2)
    right = clip(SEPARATOR.join(parts), width)
    room = width - cell_width(right) - GAP
    left = clip(facts.message or facts.position.section, max(room, 0))
    gap = " " * (width - cell_width(left) - cell_width(right))
    is_failed = facts.save.state is SaveState.FAILED
    return (
        Run(left, palette.style("message" if facts.message else "section")),
        Run(gap + right, palette.style("error" if is_failed else "state")),
    )


def help_hint_cells(facts: StatusFacts, runs: Sequence[Run]) -> range:
    """Return the cells of a line that show the hint for the help; empty where it is left out."""
    text = "".join(run.text for run in runs)
    shown = facts.help_hint if facts.help_hint and text.endswith(facts.help_hint) else ""
    width = cell_width(text)
    return range(width - cell_width(shown), width)


def _left(position: Position) -> str:
    if position.percent >= 100:
        return "the end"
    minutes = position.minutes
    return f"{duration(minutes)} left" if minutes else "under 1 min left"
