"""Which articles the library shows, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from reader.core.annotation import ArticleState
from reader.core.folding import fold
from reader.session import ArticleSummary
from reader.ui.painting.chips import Chip
from reader.ui.painting.library_rows import STATE_SIGNS, title_of

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
"""The commands shown below the list: their ids, with a word or two for each."""

SELECTED_HINTS = (
    ("article.projects", "projects of these"),
    ("source.edit", "correct"),
    ("article.archive", "archive"),
    ("article.select_all", "all"),
)
"""The commands shown while articles are selected."""


class ListedArticle(NamedTuple):
    """An article with the text that the filter searches."""

    summary: ArticleSummary
    """The article."""
    folded: str
    """Its title, site, authors and tags, folded, a line each."""


class Order(NamedTuple):
    """A way to sort articles."""

    name: str
    """What the heading calls it."""
    key: Callable[[ArticleSummary], tuple[str | int, ...]]
    """Returns what is compared."""
    is_descending: bool
    """Whether the greatest comes first."""

    def sort(self, articles: Iterable[ArticleSummary]) -> list[ArticleSummary]:
        """Return the articles in this order."""
        return sorted(articles, key=self.key, reverse=self.is_descending)


ORDERS = (
    Order("last opened", lambda article: (article.opened,), True),
    Order("title", lambda article: (fold(title_of(article)),), False),
    Order("added", lambda article: (article.added,), True),
    Order("most notes", lambda article: (article.annotations, article.opened), True),
)
"""The orders, in which the reader goes through them."""


def listed(article: ArticleSummary, before: ListedArticle | None = None) -> ListedArticle:
    """Return an article with its folded text; no term contains the line breaks between parts.

    Args:
        article: The article.
        before: The article as it was listed before; if it is the same, it is not folded again.
    """
    if before is not None and before.summary == article:
        return before
    parts = (title_of(article), article.site, *article.authors, *article.tags)
    return ListedArticle(article, "\n".join(map(fold, parts)))


def in_state(articles: Iterable[ArticleSummary], state: str) -> list[ArticleSummary]:
    """Return the articles in a state; for an empty state all that are not archived."""
    if state:
        return [article for article in articles if article.state == state]
    return [article for article in articles if article.state is not ArticleState.ARCHIVED]


def summary_of(count: str, order: Order) -> str:
    """Return the words of the heading about a list.

    Args:
        count: How many articles are shown, such as ``2 articles``.
        order: Their order.
    """
    return f"{count}, by {order.name}"


def state_chips(articles: Sequence[ArticleSummary]) -> tuple[Chip, ...]:
    """Return a chip for all articles that are not archived, and one for each state."""
    counts = Counter(article.state for article in articles)
    return (
        Chip("", "", "", len(articles) - counts[ArticleState.ARCHIVED]),
        *(
            Chip(state, sign, colour, counts[state])
            for state, (sign, colour) in STATE_SIGNS.items()
        ),
    )
