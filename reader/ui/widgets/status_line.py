"""The last line of the screen: the section, how much is left to read, and the state of saving."""

from __future__ import annotations

from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from reader.safe_text import sanitise_line
from reader.session import SaveStatus
from reader.ui.commands import by_id
from reader.ui.messages import HintChosen
from reader.ui.painting.status_line import (
    WHOLE,
    Position,
    StatusFacts,
    help_hint_cells,
    status_runs,
)
from reader.ui.strips import palette_of, strip_of

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
    loaded: reactive[int] = reactive(WHOLE)
    """How much of a large file has been read, 0 to 100."""
    placed: reactive[int] = reactive(WHOLE)
    """How many of the annotations of a changed text have been placed, 0 to 100."""
    indexed: reactive[int] = reactive(WHOLE)
    """How much of the library has been indexed, 0 to 100."""
    result: reactive[str] = reactive("")
    """Which of how many notes led here, such as ``3 of 14``; empty where none did."""
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
        self._help_cells = range(0)

    def render_line(self, y: int) -> Strip:
        """Return the line."""
        width = self.size.width
        if y or width < 1:
            return Strip.blank(width, self.rich_style)
        position = Position(self.section, self.page, self.percent, self.minutes)
        facts = StatusFacts(
            position,
            self.loaded,
            self.message,
            self.save,
            self._help,
            placed=self.placed,
            indexed=self.indexed,
            result=self.result,
        )
        runs = status_runs(facts, width, palette_of(self, "status"))
        self._help_cells = help_hint_cells(facts, runs)
        return strip_of(runs, width)

    def on_click(self, event: events.Click) -> None:
        """Ask for the help where its hint was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.x in self._help_cells:
            self.post_message(HintChosen(by_id()["help"].action))

    def show_position(self, position: Position) -> None:
        """Show where the reader is."""
        self.section, self.page, self.percent, self.minutes = position

    def show_message(self, message: str) -> None:
        """Show for a while what just happened; any text."""
        self.message = sanitise_line(message)
        if self._silence is not None:
            self._silence.stop()
        self._silence = self.set_timer(MESSAGE_SECONDS, self.clear_message)

    def clear_message(self) -> None:
        """Show the section again."""
        self.message = ""
