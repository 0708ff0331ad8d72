"""An article that is being opened: what can be shown of it, the rest, and what is to be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from reader.core.document import Document
from reader.session.open_article import OpenArticle
from reader.session.unidentified import UnidentifiedArticle

if TYPE_CHECKING:
    from reader.session.identity import Candidate


class Question(NamedTuple):
    """A question to the reader: which article of the library is this source?"""

    title: str
    """The title of the source; may be empty."""
    candidates: tuple[Candidate, ...]
    """The articles that the source may be, the likeliest first."""
    answer: Callable[[str], LoadingArticle]
    """Opens the source as the article with the given id; as a new article for an empty id."""


class LoadingArticle(NamedTuple):
    """An article whose first part can be shown while the rest is still being read."""

    open_article: OpenArticle
    """The open article, with at least the text of its first screens."""
    rest: Iterator[Document]
    """Longer and longer prefixes of the document, the last one complete; empty where the first
    part is complete. May be iterated on another thread."""
    notice: str = ""
    """One sentence to show; may be empty."""
    expected_length: int = 10_000_000
    """The approximate length of the whole text in code points, for the progress display."""
    question: Question | None = None
    """The question to answer first; until then nothing is saved."""
    unidentified: UnidentifiedArticle[LoadingArticle] | None = None
    """Identifies the article, where that takes longer than opening it; until then nothing of it is
    saved. None where it is identified."""
    is_copy: bool = False
    """Whether it is the library's copy of a page on the web, of which there may be a newer
    version; see ``Session.check_for_update``."""

    def identified(self) -> LoadingArticle:
        """Return the article once it is identified, which may take seconds.

        Raises:
            ReaderError: The library cannot be searched.
        """
        found = self.unidentified and self.unidentified.identify()
        if not self.unidentified or not found:
            return self
        self.unidentified.give_up(found.open_article.state.article.id)
        return found
