"""A dialog with the details of an article: its authors, its publication, its source."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader import clock
from reader.core.addresses import is_web_address
from reader.core.annotation import Article
from reader.core.citation import citation, day
from reader.core.document import Metadata
from reader.core.text_formatting import counted, one_line
from reader.paths import from_home, styles_folder
from reader.ui.host import host_of
from reader.ui.widgets.row_list import sanitise_content
from reader.ui.widgets.scroll_box import ScrollBox

HINT = "y copy as a citation · o open in the browser · esc close"
HINT_OF_FILE = "y copy as a citation · esc close"
VALUE_CELLS = 2000
"""Cells of a value at most."""


class DetailsScreen(ModalScreen[str]):
    """Shows the details of an article; returns the address to open in the browser, or ''."""

    CSS_PATH = str(styles_folder() / "details.tcss")
    AUTO_FOCUS = "#details"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,i", "dismiss('')", "Close"),
        Binding("y", "copy", "Copy as a citation"),
        Binding("o", "browse", "Open in the browser"),
    ]

    def __init__(self, article: Article, *, annotations: int, length: str = "") -> None:
        """Show an article.

        Args:
            article: The article.
            annotations: The number of its annotations.
            length: Its length as a few words; empty where that is not known.
        """
        super().__init__()
        self._article = article
        self._annotations = annotations
        self._length = length

    @property
    def _address(self) -> str:
        """The article's web address; empty where it has none."""
        addresses = (self._article.metadata.url, self._article.source)
        return next(filter(is_web_address, addresses), "")

    def compose(self) -> ComposeResult:
        """Lay out a line for each detail."""
        with ScrollBox(id="details", classes="dialog") as box:
            box.border_title = Content("About this article")
            box.border_subtitle = Content(HINT if self._address else HINT_OF_FILE)
            title = one_line(self._article.metadata.title) or "Without a title"
            yield Static(sanitise_content(Content(title), VALUE_CELLS), id="details-title")
            for name, value in self._facts():
                with Horizontal(classes="details-fact"):
                    yield Static(Content(name), classes="details-name")
                    yield Static(
                        sanitise_content(Content(value), VALUE_CELLS), classes="details-value"
                    )

    def _facts(self) -> list[tuple[str, str]]:
        """Return the names and values of the details that the article has."""
        article, metadata = self._article, self._article.metadata
        address = self._address
        published, changed = day(metadata.published), day(metadata.modified)
        facts = [
            ("By", _guess(", ".join(map(one_line, metadata.authors)), metadata, "authors")),
            ("In", _guess(one_line(metadata.site), metadata, "site")),
            ("Published", _guess(published, metadata, "published")),
            ("Changed", changed if changed != published else ""),
            *(("Correction", one_line(correction)) for correction in metadata.corrections),
            ("Language", one_line(metadata.language)),
            ("Identifier", one_line(metadata.identifier)),
            ("Address", one_line(address)),
            (
                "Opened from",
                "" if article.source == address else one_line(from_home(article.source)),
            ),
            ("Length", self._length),
            ("Left out", _left_out(metadata)),
            ("State", self._state()),
            ("Tags", ", ".join(map(one_line, article.tags))),
            ("Annotations", f"{self._annotations:,}" if self._annotations else ""),
            ("Added", day(clock.local_day(article.added))),
            ("Last opened", day(clock.local_day(article.opened))),
        ]
        return [(name, value) for name, value in facts if value]

    def _state(self) -> str:
        state = str(self._article.state)
        percent = min(max(int(self._article.progress * 100), 0), 100)
        return f"{state}, {percent}%" if state == "reading" else state

    def action_copy(self) -> None:
        """Copy the article's citation, and close."""
        show = partial(self.app.notify, markup=False, timeout=4)
        host_of(self).copy(citation(self._article), show)
        self.dismiss("")

    def action_browse(self) -> None:
        """Close, and return the article's address."""
        if self._address:
            self.dismiss(self._address)

    def on_click(self) -> None:
        """Close on a click beside the dialog."""
        if not self.query_one("#details").is_mouse_over:
            self.dismiss("")


def _guess(value: str, metadata: Metadata, name: str) -> str:
    """Return a value, marked as a guess where the source does not state it."""
    return f"{value} (a guess)" if value and name in metadata.guessed else value


def _left_out(metadata: Metadata) -> str:
    """Return how many words of the page are not of the article; empty if none were left out."""
    if not metadata.left_out:
        return ""
    return f"{counted(metadata.left_out, 'word')} of the page"
