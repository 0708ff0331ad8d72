"""The last line of the screen: the section, how much is left to read, and the state of saving."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from reader.core.cells import cell_width, clip
from reader.core.text_formatting import duration
from reader.session import SaveState, SaveStatus
from reader.ui.palette import palette_of

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

MESSAGE_SECONDS = 4.0
"""How long a message stays, in seconds."""


class StatusLine(Widget):
    """One line: the section on the left; progress, time left and save state on the right."""

    section: reactive[str] = reactive("")
    """The section at the top of the screen, or the article's title."""
    page: reactive[str] = reactive("")
    """The printed page that the caret is on, such as ``p. 12``; empty without pages."""
    percent: reactive[int] = reactive(0)
    """How much of the text has been on screen, 0 to 100."""
    minutes: reactive[int] = reactive(0)
    """Minutes of reading that are left."""
    loaded: reactive[int] = reactive(100)
    """How much of a large file has been read, 0 to 100."""
    message: reactive[str] = reactive("")
    """What just happened, such as ``Copied``; shown in place of the section for a while."""
    save: reactive[SaveStatus] = reactive(SaveStatus())
    """Whether the last changes are saved."""

    _silence: Timer | None = None

    def __init__(self, help_hint: str = "") -> None:
        """Make the line.

        Args:
            help_hint: The end of the line, such as ``? help``; the first thing to be left out.
        """
        super().__init__()
        self._help = help_hint

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        width = self.size.width
        if y or width < 1:
            return Strip.blank(width, self.rich_style)
        page = [clip(self.page, LONGEST_PAGE)] if self.page else []
        progress = [*page, f"{self.percent}%", self._left()]
        if self.loaded < 100:
            progress = [*page, f"reading the file {self.loaded}%"]
        parts = [*progress, SAVE_SIGNS[self.save.state], *([self._help] if self._help else [])]
        most = width * 2 // 3
        if self.message:  # it is shown for a moment, and should be shown whole
            most = min(most, width - cell_width(self.message) - GAP)
        while cell_width(SEPARATOR.join(parts)) > most and len(parts) > 1:
            # The save state is left out last.
            parts.pop(-1 if parts[-1] == self._help else -2)
        right = clip(SEPARATOR.join(parts), width)
        room = width - cell_width(right) - GAP
        left = clip(self.message or self.section, max(room, 0))
        gap = " " * (width - cell_width(left) - cell_width(right))
        palette = palette_of(self, "status")
        is_failed = self.save.state is SaveState.FAILED
        return Strip(
            [
                Segment(left, palette.style("message" if self.message else "section")),
                Segment(gap + right, palette.style("error" if is_failed else "state")),
            ],
            width,
        )

    def show_message(self, message: str) -> None:
        """Show for a while what just happened."""
        self.message = message
        if self._silence is not None:
            self._silence.stop()
        self._silence = self.set_timer(MESSAGE_SECONDS, self.clear_message)

    def clear_message(self) -> None:
        """Show the section again."""
        self.message = ""

    def _left(self) -> str:
        if self.percent >= 100:
            return "the end"
        return f"{duration(self.minutes)} left" if self.minutes else "under 1 min left"
