"""Two wordings of a passage with their differences, beside or below each other."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from reader.core.document import TextRange
from reader.core.selectors import whole_words_after, whole_words_before
from reader.safe_text import drawn, sanitise
from reader.ui.widgets.scroll_box import ScrollBox

REMOVED, ADDED = "strike $warning", "bold underline $success"
"""The styles of removed and added words; they differ by more than colour."""


class Pane(Vertical):
    """One wording under a heading."""

    def compose(self) -> ComposeResult:
        """Yield the heading and the words."""
        yield Static(classes="pane-title", markup=False)
        yield Static(classes="pane-words", markup=False)

    def show(self, title: str, words: Content) -> None:
        """Show a wording."""
        self.query_one(".pane-title", Static).update(Content(title))
        self.query_one(".pane-words", Static).update(words)


class Wordings(ScrollBox):
    """The two wordings, scrolled together.

    Its styles are in ``styles/wordings.tcss``; with the class ``-beside`` they are beside each
    other.
    """

    def compose(self) -> ComposeResult:
        """Yield the panes of the earlier and of the present wording."""
        with Container(id="sides"):
            yield Pane(id="then")
            yield Pane(id="now")


def passage(
    before: str, words: str, after: str, changed: Iterable[TextRange], style: str
) -> Content:
    """Return a passage with its context, and its changed words in a style.

    Args:
        before: The text before it, of which at most ``CONTEXT_LENGTH`` code points are there.
        words: The passage, which must be safe to show.
        after: The text after it, as ``before``.
        changed: The ranges of the passage to be told apart.
        style: Their style.
    """
    content = Content(words)
    for start, end in changed:
        content = content.stylize(style, start, end)
    before, after = whole_words_before(before), whole_words_after(after)
    lead = Content.styled(f"… {drawn(sanitise(before))}" if before else "", "$faint")
    return lead + content + Content.styled(f"{drawn(sanitise(after))} …" if after else "", "$faint")
