"""The passage of an annotation, for where the article does not show it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader import clock
from reader.core.annotation import Annotation
from reader.core.evidence import summary_of
from reader.core.text_formatting import one_line, page_label
from reader.core.wording import wording_history
from reader.safe_text import drawn, sanitise

MAX_SECTION = 40
"""How much of a section's heading is shown, in characters."""


class Passage(VerticalScroll):
    """Shows the annotated words, with a bar in the colour of the annotation."""

    def __init__(self, annotation: Annotation, colour: str) -> None:
        """Show the words of an annotation.

        Args:
            annotation: The annotation.
            colour: The colour of the bar.
        """
        super().__init__(id="passage")
        self._words = annotation.selector.exact
        self.styles.border_left = ("outer", colour)

    def compose(self) -> ComposeResult:
        """Show the words without blank lines at their ends."""
        words = drawn(sanitise(self._words.strip("\n").replace("\t", " | ")))
        yield Static(Content(words))

    def update_focus(self) -> None:
        """Take the focus only if there is something to scroll."""
        self.can_focus = self.max_scroll_y > 0


def origin_of(annotation: Annotation) -> str:
    """Return the section, the page, the day of creation, the evidence, and what became of it."""
    section = one_line(sanitise(annotation.selector.section), MAX_SECTION)
    lost = "lost its place" if annotation.is_orphaned else ""
    page = sanitise(page_label(annotation.selector.page))
    day = clock.local_day(annotation.created)
    history = one_line(sanitise(wording_history(annotation, clock.day_in_words)))
    evidence = summary_of(annotation.links)
    return " · ".join(part for part in (section, page, day, evidence, lost, history) if part)
