"""The library: every article, to open, to sort, to filter and to remove."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import var
from textual.widgets import Button, Static

from reader.core.annotation import ArticleState
from reader.core.folding import fold
from reader.core.wording import one_line
from reader.errors import ReaderError
from reader.paths import sample_articles_folder, styles_folder
from reader.session import ArticleSummary
from reader.session.queue import Wanted
from reader.session.sources import UNWATCHED
from reader.ui.commands import LIBRARY, bindings_of
from reader.ui.messages import OpenArticle, OpenSource
from reader.ui.screens.add import AddScreen, request_for
from reader.ui.screens.confirm import ConfirmScreen
from reader.ui.screens.listing import ListScreen, counted
from reader.ui.widgets.article_rows import ArticleRows, title_of
from reader.ui.widgets.row_list import RowActivated
from reader.ui.widgets.tag_chips import Chip, ChipChosen, TagChips

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


class Done(NamedTuple):
    """Something that was done to an article, and can be taken back."""

    article: ArticleSummary
    """The article as it was."""
    trashed: Path | None = None
    """Where it is in the trash folder; None where it was put into another state."""
    before: ArticleState | None = None
    """Where a person had put it before that; None where its reading told."""


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

    shown_state: var[str] = var("", init=False)
    """The state that is filtered by; empty for all that are not archived."""

    article_rows = getters.query_one(ArticleRows)
    chips = getters.query_one(TagChips)

    def __init__(self) -> None:
        """Show nothing until the articles are read."""
        super().__init__()
        self._done: list[Done] = []

    def compose_list(self) -> ComposeResult:
        """Yield the states and the list, and the welcome that stands there while it is empty."""
        yield TagChips()
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
        total = counted(len(self.articles), "article")
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
        return "Every article is archived; f shows them."

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
        self._done.append(Done(article, trashed))
        self.inform(f"“{title}” is in the trash folder; u brings it back.")
        self.load()

    def action_archive_article(self) -> None:
        """Archive the highlighted article, or take it back from there."""
        article = self.article_rows.highlighted_row
        if article is not None:
            is_archived = article.state is ArticleState.ARCHIVED
            self._shelve(article, None if is_archived else ArticleState.ARCHIVED)

    def action_finish_article(self) -> None:
        """Mark the highlighted article finished, or a finished one unread."""
        article = self.article_rows.highlighted_row
        if article is not None:
            is_finished = article.state is ArticleState.FINISHED
            self._shelve(article, ArticleState.UNREAD if is_finished else ArticleState.FINISHED)

    @work(group="shelve")
    async def _shelve(self, article: ArticleSummary, state: ArticleState | None) -> None:
        try:
            before = await asyncio.to_thread(self.margin.session.queue.shelve, article.id, state)
        except ReaderError as error:
            self.margin.tell(error)
            return
        self._done.append(Done(article, before=before))
        title = one_line(title_of(article), 60)
        how = f"is {state}" if state else "is no longer archived"
        self.inform(f"“{title}” {how}; u takes that back.")
        self.load()

    @work(exclusive=True, group="restore")
    async def action_restore_article(self) -> None:
        """Take back what was done last: bring an article back, or put it where it was."""
        if not self._done:
            self.inform("Nothing to bring back: no article was removed or put away here.")
            return
        done = self._done.pop()
        session = self.margin.session
        try:
            if done.trashed is not None:
                await asyncio.to_thread(session.restore, done.trashed)
            else:
                await asyncio.to_thread(session.queue.shelve, done.article.id, done.before)
        except ReaderError as error:
            self._done.append(done)
            self.margin.tell(error)
            return
        how = "is back, with its notes" if done.trashed else f"is {done.article.state} again"
        self.inform(f"“{one_line(title_of(done.article), 60)}” {how}.")
        self.load()

    @work(exclusive=True, group="add")
    async def action_add_article(self) -> None:
        """Ask for a path or a web address, and keep what is there for later, or open it."""
        wanted = await self.app.push_screen_wait(AddScreen())
        if wanted is None:
            return
        if wanted.is_opened:
            self.post_message(OpenSource(wanted.source))
        else:
            self._keep_for_later(wanted.source)

    @work(group="keep")
    async def _keep_for_later(self, source: str) -> None:
        self.inform(f"Adding {one_line(source, 60)}")
        queue = self.margin.session.queue
        try:
            added = await asyncio.to_thread(queue.add, Wanted(source), UNWATCHED)
        except ReaderError as error:
            self.margin.tell(error)
            return
        how = "is kept for later" if added.is_new else "is in the library already"
        self.inform(f"“{one_line(added.title or source, 60)}” {how}.")
        self.load()

    def on_paste(self, event: events.Paste) -> None:
        """Open what was pasted: an address, a path or a text."""
        event.stop()
        request = request_for(event.text)
        if request is None:
            self.inform("This is neither a web address nor a path nor an article’s text.")
        else:
            self.post_message(request)

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
