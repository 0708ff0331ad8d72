"""What the words and the options of a command ask the library for, and its mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from reader import clock
from reader.cli.output import FAILED, NOTHING_FOUND, OK, print_message, print_warning
from reader.cli.statuses import known_statuses, statuses_in_use, tag_name
from reader.core.cells import cell_width, clip
from reader.core.query.dates import bounds_of
from reader.core.query.parsing import Query, parse
from reader.core.query.printing import print_query
from reader.core.query.tree import (
    EVERYTHING,
    Match,
    Node,
    Term,
    Within,
    all_of,
    any_of,
)
from reader.core.saved_searches import search_named
from reader.errors import ReaderError
from reader.safe_text import sanitise_line
from reader.session.querying import NoteOrder

if TYPE_CHECKING:
    import argparse

    from reader.core.query.hits import Excerpt
    from reader.session import AnnotationSummary, ArticleSummary, Session

_MOST_FAULTS: Final = 5
"""The most mistakes of a query that are named."""

_BEFORE_FAULT: Final = 24
"""How many code points of a query are shown before a mistake."""

_COLUMNS: Final = 78
"""The most cells of a query that are shown below a mistake."""


class Asked(NamedTuple):
    """What a command asks for."""

    tree: Node
    """What was understood of it."""
    text: str
    """The query as it was written, on one line; empty without one."""
    has_faults: bool
    """Whether the query has mistakes, which are printed already."""

    @property
    def is_lost(self) -> bool:
        """Whether nothing of the query was understood, so that there is no answer to it."""
        return self.has_faults and self.tree == EVERYTHING


class FoundArticle(NamedTuple):
    """An article that a search found, with what it found in it."""

    article: ArticleSummary
    """The article."""
    excerpts: Sequence[Excerpt]
    """Places of its text with the words of the query."""
    places: int
    """How many such places there are altogether."""
    notes: Sequence[AnnotationSummary]
    """Its notes that the query asks for."""


def now_here() -> datetime:
    """Return the present time here, without a time zone."""
    return clock.local(clock.now()).replace(tzinfo=None)


def asked(
    options: argparse.Namespace,
    session: Session,
    *,
    is_for_articles: bool = False,
    is_quiet: bool = False,
) -> Asked:
    """Return what the words and the options of a command ask for, and print the mistakes.

    Args:
        options: The options; ``words`` and ``query`` are queries, ``saved`` names one, and the
            others are terms.
        session: The session.
        is_for_articles: Whether articles are asked for.
        is_quiet: Whether the mistakes are not printed, because they are already.

    Raises:
        ReaderError: There is no such status or saved search as an option names.
    """
    text = " ".join([*getattr(options, "words", []), getattr(options, "query", "")]).strip()
    if name := getattr(options, "saved", ""):
        saved = _saved_query(name, session)
        text = f"({saved}) {text}" if text else saved
    query = _parsed(text, session, is_for_articles) if text else Query(EVERYTHING)
    if not is_quiet:
        _print_faults(text, query)
    parts = [query.tree, *_terms(options, session, is_for_articles)]
    return Asked(all_of([each for each in parts if each != EVERYTHING]), text, bool(query.faults))


def _saved_query(name: str, session: Session) -> str:
    """Return the query of a saved search.

    Raises:
        ReaderError: There is none of this name.
    """
    searches = session.settings.searches
    if search := search_named(searches, name):
        return search.query
    known = ", ".join(each.name for each in searches) or "none"
    raise ReaderError(
        "No such saved search",
        f"{name!r} is none of the saved searches ({known}); your own are [[searches]] in the"
        " settings.",
    )


def _parsed(text: str, session: Session, is_for_articles: bool) -> Query:
    """Read a query; a status that only notes of the library have is read, too."""
    settings = {status.name for status in session.settings.statuses}
    query = parse(text, now_here(), statuses=settings, is_for_articles=is_for_articles)
    if query.faults and "status" in text.lower():
        known = settings | statuses_in_use(session)
        query = parse(text, now_here(), statuses=known, is_for_articles=is_for_articles)
    return query


def _terms(options: argparse.Namespace, session: Session, is_for_articles: bool) -> list[Node]:
    """Return the terms that the options of a command stand for."""
    given: dict[str, Any] = vars(options)
    terms: list[Node] = []
    if not is_for_articles:
        terms.append(_any("tag", map(tag_name, given.get("tag", []))))
        terms.append(_any("speaker", given.get("speaker", [])))
        terms.append(_any("status", known_statuses(given.get("status", []), session)))
    for field in ("after", "until"):
        if word := given.get(field):
            usual = "added" if is_for_articles else "marked"
            terms.append(Within(usual, *bounds_of(field, word, now_here())))
    return [each for each in terms if each != EVERYTHING]


def _any(field: str, words: Any) -> Node:
    values = [" ".join(word.split()) for word in words]
    parts: list[Node] = [Term(field, value) for value in values if value]
    return any_of(parts) if parts else EVERYTHING


def _print_faults(text: str, query: Query) -> None:
    """Print each mistake of a query with its place, and what is asked all the same."""
    for fault in query.faults[:_MOST_FAULTS]:
        print_warning(fault.message)
        start = max(fault.start - _BEFORE_FAULT, 0) if fault.end > _COLUMNS else 0
        shown = sanitise_line(text)[start:]
        lead = "…" if start else ""
        line = clip(f"{lead}{shown}", _COLUMNS)
        before = cell_width(lead + shown[: fault.start - start])
        width = max(cell_width(shown[fault.start - start : fault.end - start]), 1)
        marks = "^" * min(width, max(_COLUMNS - before, 1))
        print_message(f"  {line}\n  {' ' * before}{marks}")
    if len(query.faults) > _MOST_FAULTS:
        print_warning(f"{len(query.faults) - _MOST_FAULTS} more mistakes are not named.")
    if query.faults and query.tree != EVERYTHING:
        understood = sanitise_line(print_query(query.tree))
        print_warning(f"what was understood: {clip(understood, _COLUMNS)}")


def exit_code(question: Asked, count: int) -> int:
    """Return how a command ends that found so many things; a mistake in its query is an error."""
    if question.has_faults:
        return FAILED
    return OK if count else NOTHING_FOUND


def whole_projects(names: list[str]) -> Node:
    """Return what asks for articles that belong to one of some projects."""
    parts: list[Node] = [Term("project", name, Match.WHOLE) for name in names]
    return any_of(parts) if parts else EVERYTHING


def found_notes(
    session: Session, question: Asked, article_id: str = "", order: str = "newest"
) -> Iterable[AnnotationSummary]:
    """Return the notes that a question asks for.

    Args:
        session: The session.
        question: The question; of one that was not understood at all, there are none.
        article_id: The article whose notes are looked at; empty for all.
        order: The value of a ``NoteOrder``.
    """
    if question.is_lost:
        return ()
    if question.tree == EVERYTHING and order == NoteOrder.NEWEST:
        return session.iterate_annotations(article_id)
    keys = session.queries.all_notes(question.tree, NoteOrder(order))
    if article_id:
        keys = [key for key in keys if key.article_id == article_id]
    return session.queries.summaries(keys)


def found_articles(session: Session, question: Asked) -> Sequence[ArticleSummary]:
    """Return the articles that a question asks for, the last opened first."""
    return [] if question.is_lost else session.queries.all_articles(question.tree)
