"""The library: every article, to open, to sort, to filter and to remove."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.widgets import Button, Static

from reader.core.folding import fold
from reader.core.wording import one_line
from reader.errors import ReaderError
from reader.paths import sample_articles_folder, styles_folder
from reader.session import ArticleSummary
from reader.ui.commands import LIBRARY, bindings_of
from reader.ui.messages import OpenArticle, OpenSource
from reader.ui.screens.confirm import ConfirmScreen
from reader.ui.screens.listing import ListScreen, counted
from reader.ui.widgets.article_rows import ArticleRows, title_of
from reader.ui.widgets.row_list import RowActivated

SAMPLE = "the-quiet-ledger.txt"
"""The sample article that a first start offers."""

WELCOME = (
    "Your library is empty. This is how to begin:",
    "Open an article with “margin FILE” in the shell, or the sample with enter.",
    "Select with v and arrows, or the mouse; 1 2 3 tag: quote, claim, context.",
    "All of it is kept, here and in your notes (R), and E writes it to Markdown.",
)
"""What an empty library says: a heading and three lines."""

HINTS = (
    ("article.open", "open"),
    ("list.filter", "filter"),
    ("list.sort", "sort"),
    ("article.remove", "remove"),
    ("notes", "notes"),
    ("export", "export"),
    ("help", "help"),
    ("back", "back"),
)
FIRST_HINTS = (("article.open", "open the sample"), ("help", "help"), ("back", "quit"))


class ListedArticle(NamedTuple):
    """An article with what the filter looks at."""

    summary: ArticleSummary
    """The article."""
    folded: str
    """Its title, site and authors, folded, a line each."""


class Order(NamedTuple):
    """A way to sort."""

    name: str
    """What the heading calls it."""
    key: Callable[[ArticleSummary], tuple[str | int, ...]]
    """What is compared."""
    is_descending: bool
    """Whether the greatest comes first."""


ORDERS = (
    Order("last opened", lambda each: (each.opened,), True),
    Order("title", lambda each: (fold(title_of(each)),), False),
    Order("added", lambda each: (each.added,), True),
    Order("most notes", lambda each: (each.annotations, each.opened), True),
)
"""The ways to sort, in the order in which ``s`` goes through them."""


class LibraryScreen(ListScreen):
    """Every article of the library."""

    TITLE = "Library"
    FILTER_LOOKS_AT = "title, site or author"
    HELP_NAME = LIBRARY
    AUTO_FOCUS = "ArticleRows"
    CSS_PATH: ClassVar = [str(styles_folder() / name) for name in ("row_list.tcss", "library.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(LIBRARY)]

    articles: var[Sequence[ListedArticle]] = var[Sequence[ListedArticle]]((), init=False)
    """All articles, filtered or not."""
    order: var[int] = var(0, init=False)
    """Which of ``ORDERS`` they are sorted by."""
    is_empty: var[bool] = var(False, toggle_class="-empty")
    """Whether the library holds no article."""

    article_rows = getters.query_one(ArticleRows)

    def __init__(self) -> None:
        """Show nothing until the articles are read."""
        super().__init__()
        self._trashed: list[tuple[ArticleSummary, Path]] = []

    def compose_list(self) -> ComposeResult:
        """Yield the list, and the welcome that stands in its place while it is empty."""
        yield ArticleRows(self.margin.tags)
        with Vertical(id="welcome"):
            yield Static(WELCOME[0], id="welcome-heading", markup=False)
            for line in WELCOME[1:]:
                yield Static(line, classes="welcome-line", markup=False)
            yield Button("Open the sample article", id="open-sample", compact=True)

    def commands(self) -> Sequence[tuple[str, str]]:
        """Return the commands for the hints."""
        return FIRST_HINTS if self.is_empty else HINTS

    def read(self) -> Sequence[ListedArticle]:
        """Return all articles."""
        return [ListedArticle(each, _folded(each)) for each in self.margin.session.articles()]

    def take(self, items: Sequence[ListedArticle]) -> None:
        """Show what was read."""
        self.is_empty = not items
        self.articles = items
        if self.is_empty:
            self.call_after_refresh(self.query_one("#open-sample").focus)
        elif self.focused is None or self.focused.id == "open-sample":
            self.call_after_refresh(self.article_rows.focus)
        self.show_hints()

    def watch_articles(self) -> None:
        """Show the articles."""
        self.show_rows()

    def watch_order(self) -> None:
        """Sort anew, and show the top of the list."""
        self.show_rows()
        self.article_rows.highlighted = 0

    def show_rows(self) -> None:
        """Show the articles that the filter lets through, sorted."""
        terms = self.terms
        order = ORDERS[self.order]
        shown = [
            article for article, folded in self.articles if all(term in folded for term in terms)
        ]
        shown.sort(key=order.key, reverse=order.is_descending)
        rows = self.article_rows
        rows.placeholder = Content("No article fits the filter; esc shows all." if terms else "")
        rows.rows = tuple(shown)
        total = counted(len(self.articles), "article")
        count = f"{len(shown):,} of {total}" if terms else total
        self.say_state(f"{count}, by {order.name}" if self.articles else "")

    def on_row_activated(self, message: RowActivated[ArticleSummary]) -> None:
        """Open the chosen article."""
        message.stop()
        self.post_message(OpenArticle(message.row.id))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Open the sample article."""
        event.stop()
        self.action_open_article()

    def action_open_article(self) -> None:
        """Open the highlighted article; in an empty library, the sample."""
        row = self.article_rows.highlighted_row
        if row is not None:
            self.post_message(OpenArticle(row.id))
        elif self.is_empty:
            self.post_message(OpenSource(str(sample_articles_folder() / SAMPLE)))

    def action_filter(self) -> None:
        """Type into the filter, where there is something to filter."""
        if not self.is_empty:
            super().action_filter()

    def action_sort(self) -> None:
        """Sort another way."""
        self.order = (self.order + 1) % len(ORDERS)

    @work(exclusive=True, group="remove")
    async def action_remove_article(self) -> None:
        """Move the highlighted article to the trash, if the person says so."""
        article = self.article_rows.highlighted_row
        if article is None:
            return
        title = one_line(title_of(article), 60)
        question = ConfirmScreen(
            f"Remove “{title}” from the library?",
            yes="Remove",
            no="Keep",
            detail=f"{_what_goes(article)} to the library’s trash folder, and u brings it back. "
            "The file that you opened stays where it is.",
        )
        if not await self.app.push_screen_wait(question):
            return
        try:
            trashed = await asyncio.to_thread(self.margin.session.remove, article.id)
        except ReaderError as error:
            self.margin.tell(error)
            return
        self._trashed.append((article, trashed))
        self.inform(f"“{title}” is in the trash folder; u brings it back.")
        self.load()

    @work(exclusive=True, group="restore")
    async def action_restore_article(self) -> None:
        """Bring back the article that was removed last."""
        if not self._trashed:
            self.inform("Nothing to bring back: no article was removed here.")
            return
        article, trashed = self._trashed.pop()
        try:
            await asyncio.to_thread(self.margin.session.restore, trashed)
        except ReaderError as error:
            self._trashed.append((article, trashed))
            self.margin.tell(error)
            return
        self.inform(f"“{one_line(title_of(article), 60)}” is back, with its notes.")
        self.load()

    def action_notes(self) -> None:
        """Go to the notes."""
        self.margin.go_to_notes()

    def action_export(self) -> None:
        """Export the highlighted article's annotations, or all."""
        row = self.article_rows.highlighted_row
        self.margin.export(row.id if row else "")


def _folded(article: ArticleSummary) -> str:
    """Return what the filter looks at; parts are kept apart by a line break, which no term has."""
    return "\n".join(map(fold, (title_of(article), article.site, *article.authors)))


def _what_goes(article: ArticleSummary) -> str:
    """Return the start of a sentence: what a removal moves."""
    if not article.annotations:
        return "It goes"
    return f"It goes with its {counted(article.annotations, 'annotation')}"
