"""The library's screen: every article, to open, to filter and to sort."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widgets import Button

from reader.core.annotation import ArticleState
from reader.core.document import TextRange
from reader.core.text_formatting import counted
from reader.paths import sample_articles_folder, styles_folder
from reader.session import ArticleSummary, ExportScope, ListPart
from reader.ui.actions import Actions
from reader.ui.bindings import bindings_of
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import LIBRARY, with_keys
from reader.ui.compat import CalmScreen
from reader.ui.key_hints import KeyHint, hints_of
from reader.ui.library.add import AddScreen, added_sentence
from reader.ui.library.article_rows import ArticleRows
from reader.ui.library.changes import ArticleChanges
from reader.ui.library.heading import HEADING, news, to_do
from reader.ui.library.listed import (
    HINTS,
    ORDERS,
    SELECTED_HINTS,
    ListedArticle,
    in_state,
    listed,
    state_chips,
    summary_of,
)
from reader.ui.library.welcome import FIRST_HINTS, SAMPLE, Welcome
from reader.ui.messages import ArticleOpened, ShowArticle, ShowPassage, ShowSource
from reader.ui.painting.library_rows import STATE_SIGNS, RowLook, row_look
from reader.ui.typed_sources import request_for
from reader.ui.widgets.filter_bar import FilterChanged
from reader.ui.widgets.filtered_list import FilteredList
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_page import (
    IndexLine,
    ListLoaded,
    PageHeading,
    ProblemLine,
    load_parts,
)
from reader.ui.widgets.query_field import QueryField
from reader.ui.widgets.query_line import QueryLine
from reader.ui.widgets.row_list import RowActivated, sanitise_content
from reader.ui.widgets.tag_chips import ChipChosen, TagChips

if TYPE_CHECKING:
    from reader.ui.library.query import ArticleQuery, PlacesFound, QueryAnswered

PLACEHOLDER = "words, project: site: author: is:unread published: has: status: text:"
"""What an empty query line shows."""


@dataclass
class DueCounted(Message):
    """The notes that are due for review were counted."""

    due: int
    """How many there are; 0 where the reader does not want to see that."""


class LibraryScreen(CalmScreen, CommandScreen):
    """Shows every article of the library; reads them whenever it is shown."""

    HELP_NAME = LIBRARY
    AUTO_FOCUS = "ArticleRows"
    CSS_PATH: ClassVar = [str(styles_folder() / name) for name in ("row_list.tcss", "library.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(LIBRARY),
        Binding("escape", "show_all", "Show all"),
    ]

    articles: var[Sequence[ListedArticle]] = var[Sequence[ListedArticle]]((), init=False)
    """All articles, filtered or not."""
    order: var[int] = var(0, init=False)
    """Index of the order in ``ORDERS``."""
    is_empty: var[bool] = var(False, toggle_class="-empty")
    """Whether the library holds no article."""
    shown_state: var[str] = var("", init=False)
    """The state to filter by; empty for all articles that are not archived."""

    due: var[int] = var(0, init=False)
    """How many notes are due for review; 0 where the reader does not want to see that."""

    filter_bar = getters.query_one(QueryField)
    chips = getters.query_one(TagChips)
    article_rows = getters.query_one(ArticleRows)

    def __init__(self) -> None:
        """Show nothing until the articles are read."""
        super().__init__()
        self.has_loaded = False
        """Whether the articles were read at least once."""
        self._query: ArticleQuery | None = None
        self._changes = ArticleChanges(self, notify=self._notify, reload=self.load)

    def compose(self) -> ComposeResult:
        """Lay out the heading, the states, the articles or a welcome, the filter and the hints."""
        with FilteredList(self._list_hints):
            yield PageHeading(HEADING)
            yield TagChips()
            yield ArticleRows(self._row_look)
            yield Welcome()
            yield IndexLine()
            yield ProblemLine()
            yield QueryLine(PLACEHOLDER)
            yield Hints()

    def _row_look(self) -> RowLook:
        settings, variables = self.host.settings, self.app.theme_variables
        return row_look(self.host.tags, settings.statuses, settings.words_per_minute, variables)

    # Reading and showing the articles

    def on_screen_resume(self) -> None:
        """Read the articles again: some may have been opened, annotated or added."""
        self.load()

    @work(thread=True, exclusive=True, group="load")
    def load(self) -> None:
        """Read the articles on a thread."""
        lists = self.host.session.lists
        load_parts(self, self._listed(lists.articles(has_first=not self.has_loaded)))

    def _listed(self, parts: Iterable[ListPart]) -> Iterator[ListPart]:
        """Yield the parts with the text that the filter searches, and count what is due."""
        known = {each.summary.id: each for each in self.articles}
        lists, shows_due = self.host.session.lists, self.host.settings.review_reminder
        for part in parts:
            self.post_message(DueCounted(lists.due_at_hand() if shows_due else 0))
            items = [listed(each, known.get(each.id)) for each in part.items]
            known = {each.summary.id: each for each in items}
            yield part._replace(items=items)

    def on_due_counted(self, message: DueCounted) -> None:
        """Show how many notes are due; before there are articles, with these."""
        message.stop()
        self.due = message.due
        if self.articles:
            self._show_heading()

    def on_list_loaded(self, message: ListLoaded) -> None:
        """Show the articles, and what could not be read."""
        message.stop()
        self.query_one(IndexLine).show(message.progress)
        if message.is_complete:
            self.has_loaded = True
            self.query_one(ProblemLine).show(message.problems, str(self.host.session.folder))
        elif len(message.items) <= len(self.articles):
            return  # a part of what is shown already
        self.is_empty = not message.items
        self.articles = message.items
        if self.filter_bar.text:
            self._ask()
        if self.is_empty:
            self.call_after_refresh(self.query_one("#open-sample").focus)
        elif self.focused is None or self.focused.id == "open-sample":
            self.call_after_refresh(self.article_rows.focus)
        self.query_one(FilteredList).show_hints()
        self.call_after_refresh(self.host.show_first_screen)

    def watch_articles(self) -> None:
        """Show the articles."""
        self.show_rows()

    def watch_order(self) -> None:
        """Sort the articles, and highlight the first one."""
        self.show_rows()
        self.article_rows.highlighted = 0

    def watch_shown_state(self) -> None:
        """Show the articles in the state, and highlight the first one."""
        self.show_rows()
        self.article_rows.highlighted = 0

    def show_rows(self) -> None:
        """Show the articles that pass the filters, sorted."""
        order = ORDERS[self.order]
        matching_articles = self._matching()
        is_of_archive = self._query is not None and self._query.asks_for_archived
        shown = matching_articles
        if self.shown_state or not is_of_archive:
            shown = in_state(matching_articles, self.shown_state)
        self.chips.chosen = self.shown_state
        self.chips.chips = state_chips(matching_articles)
        self.article_rows.placeholder = Content(self._why_empty())
        self.article_rows.articles = len(self.articles)
        self.article_rows.rows = tuple(order.sort(shown))
        if self._query is not None:
            self._query.find_places(self.article_rows.rows)
        self._show_heading()
        self.query_one(FilteredList).show_hints()

    def _show_heading(self) -> None:
        """Show how many articles are listed, what is due, and the open claims."""
        shown, order = self.article_rows.rows, ORDERS[self.order]
        count = counted(len(shown), "article")
        if self.filter_bar.text or self.shown_state:
            pool = self._pool()
            count = f"{len(shown):,} of {counted(len(pool), 'article')}"
        selected = sum(row.id in self.article_rows.selected for row in shown)
        count = f"{selected:,} selected of {count}" if selected else count
        summary = summary_of(count, order) if self.articles else ""
        heading, keys = self.query_one(PageHeading), self.host.settings.keys
        heading.show_summary(summary)
        heading.show_news(news(to_do(self.due, shown), summary, self.size.width, keys))

    def on_resize(self) -> None:
        """Show as much in the heading as there is room for."""
        self._show_heading()

    def _matching(self) -> Sequence[ArticleSummary]:
        """Return the articles that the query asks for."""
        if self._query is None:
            return [article for article, _ in self.articles]
        return self._query.matching(self.articles)

    def _pool(self) -> Sequence[ArticleSummary]:
        """Return the articles among which the filters choose."""
        all_articles = [article for article, _ in self.articles]
        if self._query is not None and self._query.asks_for_archived:
            return all_articles
        is_archive = self.shown_state == ArticleState.ARCHIVED
        return in_state(all_articles, self.shown_state if is_archive else "")

    def _why_empty(self) -> str:
        if not self.articles:
            return ""
        if self.filter_bar.text or self.shown_state:
            return "No article fits the filter; esc shows all."
        sentence = "Every article is archived; {list.state} shows them."
        return with_keys(sentence, self.host.settings.keys)

    def _list_hints(self) -> tuple[KeyHint, ...]:
        keys = self.host.settings.keys
        if self.article_rows.selected:
            none = KeyHint("esc", "select none", "show_all")
            return (*hints_of(SELECTED_HINTS, keys), none, *hints_of(HINTS, keys))
        return hints_of(FIRST_HINTS if self.is_empty else HINTS, keys)

    def _notify(self, sentence: str) -> None:
        """Show a sentence for a moment; it may contain any text."""
        self.notify(sanitise_content(Content(sentence), 400).plain, markup=False)

    # Messages of the widgets

    def on_filter_changed(self, message: FilterChanged) -> None:
        """Show the articles that pass the filters."""
        message.stop()
        self._ask()

    def _ask(self) -> None:
        """Read the query, and show what it asks for; what only the index knows follows."""
        text = self.filter_bar.text
        if self._query is None:
            from reader.ui.library.query import ArticleQuery  # noqa: PLC0415  (when one is typed)

            statuses = [status.name for status in self.host.settings.statuses]
            self._query = ArticleQuery(self, self.host.session.queries, statuses)
        self._query.ask(text)
        self.query_one(QueryLine).show_faults(self._query.faults)
        self.article_rows.places = {}
        self.show_rows()
        self._query.go_on()

    def on_query_answered(self, message: QueryAnswered) -> None:
        """Show the articles that the index knows a query to ask for."""
        message.stop()
        if self._query is not None:
            self._query.take(message.answer)
            self.show_rows()
            self._query.go_on()

    def on_places_found(self, message: PlacesFound) -> None:
        """Show where the texts have the words of the query."""
        message.stop()
        if self._query is not None and message.text == self._query.text:
            self.article_rows.places = {**self.article_rows.places, **message.places}

    def on_chip_chosen(self, message: ChipChosen) -> None:
        """Filter by the clicked state."""
        message.stop()
        self.shown_state = message.name

    def on_row_activated(self, message: RowActivated[ArticleSummary]) -> None:
        """Open the chosen article, once the list has what is asked."""
        message.stop()
        self.open_article()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Open the sample article."""
        event.stop()
        self.open_article()

    def on_paste(self, event: events.Paste) -> None:
        """Open what was pasted: an address, a path or a text."""
        event.stop()
        request = request_for(event.text)
        if request is None:
            self._notify("This is neither a web address nor a path nor an article’s text.")
        elif isinstance(request, Message):
            self.post_message(request)
        else:
            self.add_articles("\n".join(request))

    # Commands

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "list.filter": self.filter,
            "list.state": self.filter_state,
            "list.sort": self.sort,
            "article.open": self.open_article,
            "article.add": self.add_articles,
            "article.remove": self.remove_article,
            "article.archive": self.archive_article,
            "article.select": self.select_article,
            "article.select_all": self.select_all,
            "article.projects": self.give_projects,
            "names": self.host.show_names,
            "source.edit": self.edit_sources,
            "article.finish": self.finish_article,
            "article.restore": self.undo,
            "details": self.show_details,
            "export": self.export,
            "import": self.host.go_to_import,
            "deleted.list": self.host.show_deleted,
            "notes": self.host.go_to_notes,
            "back": self.host.go_back,
        }

    def filter(self) -> None:
        """Open the filter, unless the library is empty."""
        if not self.is_empty:
            self.filter_bar.open()

    def filter_state(self) -> None:
        """Filter by the next state; after the last one, show all that are not archived."""
        if not self.is_empty:
            states = ["", *STATE_SIGNS]
            self.shown_state = states[(states.index(self.shown_state) + 1) % len(states)]

    def action_show_all(self) -> None:
        """Clear the filters and the selection."""
        self.article_rows.selected = frozenset()
        self.shown_state = ""
        self.filter_bar.action_clear()
        self.show_rows()

    def sort(self) -> None:
        """Sort in the next order."""
        self.order = (self.order + 1) % len(ORDERS)

    def open_article(self) -> None:
        """Open the highlighted article, once the list has what is asked; the sample without any.

        It is opened at the place that the list shows of its text.
        """
        if self._query is not None and self._query.is_waiting:
            self._query.run(self.open_article)
            return
        row = self.article_rows.highlighted_row
        if row is not None:
            place = self.article_rows.places.get(row.id)
            self.post_message(
                ShowArticle(row.id)
                if place is None
                else ShowPassage(row.id, TextRange(place.start, place.end), row.snapshot)
            )
        elif self.is_empty:
            self.post_message(ShowSource(str(sample_articles_folder() / SAMPLE)))

    @work(exclusive=True, group="add")
    async def add_articles(self, sources: str = "") -> None:
        """Ask for paths or web addresses, and add or open them."""
        added = await self.app.push_screen_wait(AddScreen(sources))
        if added.loading_article is not None:
            self.post_message(ArticleOpened(added.loading_article))
        elif added.results:
            self._notify(added_sentence(added.results))
            self.load()

    @property
    def _chosen(self) -> Sequence[ArticleSummary]:
        """The selected articles that are listed, in their order; else the highlighted one."""
        rows = self.article_rows
        chosen = [row for row in rows.rows if row.id in rows.selected]
        if not chosen and rows.highlighted_row is not None:
            return [rows.highlighted_row]
        return chosen

    @work(exclusive=True, group="remove")
    async def remove_article(self) -> None:
        """Move the chosen articles to the trash, if the reader confirms it."""
        if articles := self._chosen:
            await self._changes.remove(articles)

    @work(group="state")
    async def archive_article(self) -> None:
        """Archive the chosen articles, or take them out of the archive."""
        if articles := self._chosen:
            await self._changes.toggle_archived(articles)

    @work(group="state")
    async def finish_article(self) -> None:
        """Mark the chosen articles as finished, or finished ones as unread."""
        if articles := self._chosen:
            await self._changes.toggle_finished(articles)

    def select_article(self) -> None:
        """Select the highlighted article, or select it no longer, and go on to the next."""
        self.article_rows.toggle_selected()
        self.show_rows()

    def select_all(self) -> None:
        """Select every article that is listed; where all are selected, none."""
        self.article_rows.toggle_all()
        self.show_rows()

    @work(exclusive=True, group="source")
    async def edit_sources(self) -> None:
        """Correct the sources of the chosen articles."""
        if articles := self._chosen:
            await self._changes.edit_sources(articles)

    @work(exclusive=True, group="projects")
    async def give_projects(self) -> None:
        """Choose the projects of the chosen articles."""
        if articles := self._chosen:
            await self._changes.give_projects(articles)

    @work(exclusive=True, group="restore")
    async def undo(self) -> None:
        """Undo the last change."""
        await self._changes.undo()

    @work
    async def show_details(self) -> None:
        """Show the details of the highlighted article."""
        from reader.ui.library.details import show_details  # noqa: PLC0415  (when they are shown)

        if (article := self.article_rows.highlighted_row) is not None:
            await show_details(self, article, notify=self._notify, reload=self.load)

    def export(self) -> None:
        """Export what is seen: the selected articles, else those that pass the filters."""
        rows = self.article_rows
        ids = tuple(row.id for row in rows.rows if not rows.selected or row.id in rows.selected)
        is_filtered = bool(rows.selected or self.filter_bar.text or self.shown_state)
        is_part = is_filtered or len(ids) < len(self.articles)  # some may be archived
        label = f"These {counted(len(ids), 'article')}"
        seen = ExportScope(label, ids if is_part else None)
        row = rows.highlighted_row
        self.host.export(row.id if row else "", seen)
