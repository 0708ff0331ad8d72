"""What every part of the reading screen stands on: the open article and its view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from textual import getters
from textual.reactive import var
from textual.screen import Screen

from reader.session import LoadingArticle, OpenArticle, ReadingState
from reader.ui.article.view import ArticleView
from reader.ui.commands import with_keys
from reader.ui.host import Host, host_of
from reader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from reader.ui.way import Way


class ArticleHost(Host, Protocol):
    """The app, as the screens of an article know it."""

    way: Way
    """Back and forward through the places where the person has been."""


class ArticleScreen(Screen[None]):
    """Holds the state of an open article; the parts of the screen are given it."""

    state: var[ReadingState | None] = var[ReadingState | None](None)
    """The state on screen; replaced by every edit."""

    view = getters.query_one(ArticleView)

    def __init__(self, loading_article: LoadingArticle, *, goes_to: str = "") -> None:
        """Show an article.

        Args:
            loading_article: The article, as far as it has been read.
            goes_to: The annotation to begin at; empty for where the article was left.
        """
        super().__init__()
        self.loading_article = loading_article
        """The article, and the rest of it on its way."""
        self.open_article: OpenArticle = loading_article.open_article
        """The edits of the article."""
        self.goes_to = goes_to
        """The annotation to begin at."""

    @property
    def host(self) -> ArticleHost:
        """The app."""
        return cast("ArticleHost", host_of(self))

    @property
    def now(self) -> ReadingState:
        """The present state."""
        return self.open_article.state

    @property
    def is_laid_out(self) -> bool:
        """Whether the parts of the screen are there: not before they are made, nor while it ends.

        What is saved is told to every article, whatever becomes of its screen meanwhile.
        """
        return self.is_mounted and bool(self.query(StatusLine))

    def show_state(self) -> None:
        """Show what the last edit made."""
        self.state = self.open_article.state

    def with_keys(self, sentence: str) -> str:
        """Return a sentence with the person's keys for ids of commands in braces."""
        return with_keys(sentence, self.host.settings.keys)

    def say(self, message: str) -> None:
        """Show for a while, in the status line, what just happened."""
        self.query_one(StatusLine).say(message)
