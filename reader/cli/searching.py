"""The commands that print articles: those that a query asks for, and where they have its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from reader.cli.library import session_of
from reader.cli.output import print_json, print_lines, print_message, print_warnings
from reader.cli.pager import paging
from reader.errors import ReaderError

if TYPE_CHECKING:
    import argparse

    from reader.cli.asking import Asked, FoundArticle
    from reader.core.query.hits import Excerpt
    from reader.core.query.tree import Term
    from reader.session import AnnotationSummary, ArticleSummary, Session

SHOWN_PLACES: Final = 3
"""How many places of an article's text are printed."""

RECORDED_PLACES: Final = 100
"""How many places of an article's text are printed as JSON."""


def library(options: argparse.Namespace) -> int:
    """Print the articles that the options ask for."""
    from reader.cli.asking import asked, exit_code, found_articles, whole_projects
    from reader.core.query.tree import EVERYTHING, Node, Term, all_of

    session = session_of(options)
    question = asked(options, session, is_for_articles=True)
    state: Node = Term("is", options.state) if options.state else EVERYTHING
    projects = whole_projects([*options.projects, *options.tag])
    question = question._replace(tree=all_of([question.tree, state, projects]))
    articles = found_articles(session, question)
    print_warnings(session.problems)
    if options.json:
        from reader.cli.records import article_record

        print_json([article_record(each) for each in articles])
    else:
        from reader.cli.plain import article_lines

        with paging():
            for each in articles:
                print_lines(article_lines(each), colour=options.color)
        if not articles and not question.is_lost:
            print_message("No article was found.")
    return exit_code(question, len(articles))


def search(options: argparse.Namespace) -> int:
    """Print the articles that have words in their text or their notes, and where they stand."""
    from reader.cli.asking import exit_code

    session = session_of(options)
    question, found = _search(session, options)
    print_warnings(session.problems)
    if options.json:
        from reader.cli.output import print_json_list
        from reader.cli.records import found_record

        count = print_json_list(map(found_record, found))
    else:
        from reader.cli.plain import found_lines

        count = 0
        with paging():
            for each in found:
                print_lines([*found_lines(each), ""], colour=options.color)
                count += 1
        if not count and not question.is_lost:
            print_message("Nothing was found.")
    return exit_code(question, count)


def _search(session: Session, options: argparse.Namespace) -> tuple[Asked, Iterator[FoundArticle]]:
    """Return the question, and what answers it."""
    from reader.cli.asking import FoundArticle, asked, found_articles, found_notes
    from reader.core.query.hits import words_of
    from reader.core.query.matching import with_text

    question = asked(options, session)
    if not question.text:
        raise ReaderError("Nothing to search for", "Name words, as in: margin search laboratory")
    of_articles = asked(options, session, is_for_articles=True, is_quiet=True)
    most = RECORDED_PLACES if options.json else SHOWN_PLACES
    notes: dict[str, list[AnnotationSummary]] = {}
    for note in found_notes(session, question, order="place"):
        notes.setdefault(note.article_id, []).append(note)
    terms = words_of(question.tree)
    of_texts = of_articles._replace(tree=with_text(of_articles.tree))

    def found() -> Iterator[FoundArticle]:
        for article in found_articles(session, of_texts):
            excerpts, places = _places(session, article, terms, most)
            yield FoundArticle(article, excerpts, places, notes.pop(article.id, ()))
        for article in session.articles() if notes else ():
            if article.id in notes:
                yield FoundArticle(article, (), 0, notes[article.id])

    return question, found()


def _places(
    session: Session, article: ArticleSummary, terms: Sequence[Term], most: int
) -> tuple[Sequence[Excerpt], int]:
    from reader.core.query.hits import excerpts

    document = session.document(article.snapshot) if terms else None
    return excerpts(document, terms, most) if document is not None else ((), 0)
