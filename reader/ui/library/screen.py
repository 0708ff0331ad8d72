"""The library: every article, to open, to sort and to filter; ``shelving`` has the rest."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.widgets import Button, Static

from reader.core.annotation import ArticleState
from reader.core.folding import fold
from reader.core.text_formatting import counted
from reader.errors import ReaderError
from reader.paths import sample_articles_folder, styles_folder
from reader.session import ArticleSummary
from reader.ui.commands import LIBRARY, bindings_of
from reader.ui.library.article_rows import ArticleRows, title_of
from reader.ui.library.changes import Shelving
from reader.ui.messages import ShowArticle, ShowSource
from reader.ui.widgets.row_list import RowActivated
from reader.ui.widgets.tag_chips import Chip, ChipChosen, TagChips

SAMPLE = "the-quiet-ledger.txt"
"""The sample article that a first start offers."""

WELCOME = (
    "Your library is empty. This is how to begin:",
    "Open an article with “margin FILE” in the shell, or the sample with {article.open}.",
    "Select with {select} or the mouse; {tag.1} {tag.2} {tag.3} tag: quote, claim, context.",
    "All of it is kept, here and in your notes ({notes}), and {export} writes it to Markdown.",
)
"""What an empty library says: a heading and three lines."""

HINTS = (
    ("article.open", "open"),
    ("list.filter", "filter"),
    ("list.state", "by state"),
    ("article.add", "add"),
    ("list.sort", "sort"),
    ("notes", "notes"),
    ("help", "help"),
    ("back", "back"),
)
FIRST_HINTS = (
    ("article.open", "open the sample"),
    ("article.add", "add an article"),
    ("help", "help"),
    ("back", "quit"),
)


STATE_SIGNS = {
    ArticleState.UNREAD: ("○", "accent"),
    ArticleState.READING: ("◐", "accent"),
    ArticleState.FINISHED: ("●", "accent"),
    ArticleState.ARCHIVED: ("▫", "faint"),
}
"""The sign and the colour of each state, in the order in which ``f`` goes through them."""


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


class LibraryScreen(Shelving):
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

    shown_state: var[str] = var("", init=False)
    """The state that is filtered by; empty for all that are not archived."""

    chips = getters.query_one(TagChips)

    def compose_list(self) -> ComposeResult:
        """Yield the states and the list, and the welcome that stands there while it is empty."""
        yield TagChips()
        yield ArticleRows(self.host.tags)
        with Vertical(id="welcome"):
            yield Static(WELCOME[0], id="welcome-heading", markup=False)
            for line in WELCOME[1:]:
                yield Static(self.with_keys(line), classes="welcome-line", markup=False)
            yield Button("Open the sample article", id="open-sample", compact=True)

    def commands(self) -> Sequence[tuple[str, str]]:
        """Return the commands for the hints."""
        return FIRST_HINTS if self.is_empty else HINTS

    def read(self) -> Sequence[ListedArticle]:
        """Return all articles."""
        return [ListedArticle(each, _folded(each)) for each in self.host.session.articles()]

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

    def watch_shown_state(self) -> None:
        """Show the articles of the state, from the top."""
        self.show_rows()
        self.article_rows.highlighted = 0

    def show_rows(self) -> None:
        """Show the articles that the filters let through, sorted."""
        terms = self.terms
        order = ORDERS[self.order]
        found = [
            article for article, folded in self.articles if all(term in folded for term in terms)
        ]
        shown = [each for each in found if self._is_shown(each)]
        shown.sort(key=order.key, reverse=order.is_descending)
        self._show_chips(found)
        rows = self.article_rows
        rows.placeholder = Content(self._why_empty())
        rows.rows = tuple(shown)
        is_archive = self.shown_state == ArticleState.ARCHIVED
        pool = [
            one for one, _ in self.articles if (one.state == ArticleState.ARCHIVED) == is_archive
        ]
        total = counted(len(pool), "article")
        is_filtered = terms or self.shown_state
        count = f"{len(shown):,} of {total}" if is_filtered else counted(len(shown), "article")
        self.say_state(f"{count}, by {order.name}" if self.articles else "")

    def _is_shown(self, article: ArticleSummary) -> bool:
        """Tell whether the filter by state lets an article through."""
        if self.shown_state:
            return article.state == self.shown_state
        return article.state is not ArticleState.ARCHIVED

    def _show_chips(self, found: Sequence[ArticleSummary]) -> None:
        """Show how many of the articles that were found are in each state."""
        counts = Counter(each.state for each in found)
        kept = len(found) - counts[ArticleState.ARCHIVED]
        self.chips.chosen = self.shown_state
        self.chips.chips = (
            Chip("", "", "", kept),
            *(
                Chip(state, sign, colour, counts[state])
                for state, (sign, colour) in STATE_SIGNS.items()
            ),
        )

    def _why_empty(self) -> str:
        if not self.articles:
            return ""
        if self.terms or self.shown_state:
            return "No article fits the filter; esc shows all."
        return self.with_keys("Every article is archived; {list.state} shows them.")

    def on_chip_chosen(self, message: ChipChosen) -> None:
        """Filter by the clicked state."""
        message.stop()
        self.shown_state = message.name

    def action_filter_state(self) -> None:
        """Filter by the next state; after the last one, show all that are not archived."""
        if not self.is_empty:
            states = ["", *STATE_SIGNS]
            self.shown_state = states[(states.index(self.shown_state) + 1) % len(states)]

    def action_show_all(self) -> None:
        """Empty the filters."""
        self.shown_state = ""
        super().action_show_all()

    def on_row_activated(self, message: RowActivated[ArticleSummary]) -> None:
        """Open the chosen article."""
        message.stop()
        self.post_message(ShowArticle(message.row.id))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Open the sample article."""
        event.stop()
        self.action_open_article()

    def action_open_article(self) -> None:
        """Open the highlighted article; in an empty library, the sample."""
        row = self.article_rows.highlighted_row
        if row is not None:
            self.post_message(ShowArticle(row.id))
        elif self.is_empty:
            self.post_message(ShowSource(str(sample_articles_folder() / SAMPLE)))

    def action_filter(self) -> None:
        """Type into the filter, where there is something to filter."""
        if not self.is_empty:
            super().action_filter()

    def action_sort(self) -> None:
        """Sort another way."""
        self.order = (self.order + 1) % len(ORDERS)

    def action_notes(self) -> None:
        """Go to the notes."""
        self.host.go_to_notes()

    @work
    async def action_details(self) -> None:
        """Show what is known of the highlighted article."""
        from reader.ui.dialogs.details import DetailsScreen  # noqa: PLC0415  (when it is shown)

        row = self.article_rows.highlighted_row
        if row is None:
            return
        try:
            record = await asyncio.to_thread(self.host.session.record, row.id)
        except ReaderError as error:
            self.host.notify_error(error)
            return
        if record is None:
            return
        details = DetailsScreen(record.article, annotations=row.annotations)
        if address := await self.app.push_screen_wait(details):
            self.host.browse(address, self.inform)

    def action_export(self) -> None:
        """Export the highlighted article's annotations, or all."""
        row = self.article_rows.highlighted_row
        self.host.export(row.id if row else "")


def _folded(article: ArticleSummary) -> str:
    """Return what the filter looks at; parts are kept apart by a line break, which no term has."""
    return "\n".join(map(fold, (title_of(article), article.site, *article.authors)))
