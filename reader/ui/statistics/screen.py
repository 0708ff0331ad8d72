"""The screen with the statistics of the library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Grid
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from reader.core.statistics import WEEKS
from reader.errors import ReaderError
from reader.paths import styles_folder
from reader.ui.actions import Actions
from reader.ui.bindings import bindings_of
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import STATISTICS
from reader.ui.compat import quick_switching
from reader.ui.key_hints import hints_of
from reader.ui.statistics.plots import load
from reader.ui.statistics.sections import Section, headline, sections
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_page import PageHeading
from reader.ui.widgets.scroll_box import ScrollBox
from reader.ui.window_sizes import stands_beside

if TYPE_CHECKING:
    from reader.core.statistics import Statistics

HINTS = (("statistics.down", "down"), ("statistics.up", "up"), ("statistics.close", "back"))

SECTIONS: Final = 6
"""How many sections there are."""

WIDE_PLOT: Final = 100
"""From how many cells on a plot shows twice as many weeks."""

_DRAWN: Final = re.compile("[\u2580-\u259f]+")
"""The cells of columns and bars."""

_FRAME: Final = re.compile("[\u2500-\u257f]+")
"""The cells of frames."""


class StatisticsScreen(Screen[None], CommandScreen):
    """Shows what was marked and reviewed, what is due and open, and who is quoted."""

    HELP_NAME = STATISTICS
    AUTO_FOCUS = "ScrollBox"
    CSS_PATH: ClassVar = [
        str(styles_folder() / name) for name in ("row_list.tcss", "statistics.tcss")
    ]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(STATISTICS)]

    box = getters.query_one(ScrollBox)
    grid = getters.query_one("#statistics-grid", Grid)

    def __init__(self) -> None:
        """Show nothing until everything is counted."""
        super().__init__()
        self._statistics: Statistics | None = None

    def compose(self) -> ComposeResult:
        """Lay out the heading, the sections and the keys."""
        yield PageHeading("Statistics")
        with ScrollBox(), Grid(id="statistics-grid"):
            for number in range(SECTIONS):
                yield Static(id=f"section-{number}", classes="section", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Show the keys, and count."""
        self.query_one(Hints).hints = hints_of(HINTS, self.host.settings.keys)
        self.query_one("#section-0", Static).update("Counting…")
        self._count()

    @work(thread=True, exclusive=True, group="statistics")
    def _count(self) -> None:
        """Count on a thread."""
        try:
            with quick_switching():
                statistics = self.host.session.statistics(2 * WEEKS)
                load()
        except ReaderError as error:
            self.app.call_later(self.host.notify_error, error)
            self.app.call_later(self.close)
            return
        self.app.call_later(self._show, statistics)

    def _show(self, statistics: Statistics) -> None:
        self._statistics = statistics
        self.query_one(PageHeading).show_summary(headline(statistics))
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        """Draw the plots as wide as there is room: in two columns, or in one."""
        self.grid.set_class(stands_beside(event.size), "-two")
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        statistics = self._statistics
        if statistics is None or not self.is_attached:
            return
        first = self.query_one("#section-0", Static)
        if (width := first.content_size.width) <= 0:
            self.call_after_refresh(self._draw)
            return
        weeks = statistics.weeks if width >= WIDE_PLOT else statistics.weeks[-WEEKS:]
        shown = sections(statistics._replace(weeks=weeks), width)
        for number, section in enumerate(shown):
            self.query_one(f"#section-{number}", Static).update(_content(section))

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "statistics.down": self.box.action_page_down,
            "statistics.up": self.box.action_page_up,
            "statistics.close": self.close,
        }

    def close(self) -> None:
        """Go back to the screen below."""
        if self.is_current:
            self.dismiss(None)


def _content(section: Section) -> Content:
    """Return a section with its colours."""
    lines = [Content.styled(section.title, "bold $heading")]
    lines += [Content(fact) for fact in section.facts]
    for line in section.plot:
        content = Content(line)
        for pattern, style in ((_FRAME, "$faint"), (_DRAWN, "$accent")):
            for match in pattern.finditer(line):
                content = content.stylize(style, *match.span())
        lines.append(content)
    return Content("\n").join(lines)
