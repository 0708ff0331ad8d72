"""The command that prints notes: those that a query asks for, in an order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.cli.library import session_of
from reader.cli.output import (
    Line,
    print_json_list,
    print_lines,
    print_message,
    print_warnings,
)
from reader.cli.pager import paging

if TYPE_CHECKING:
    import argparse

    from reader.session import AnnotationSummary, Session

NOTE_ORDERS = ("newest", "oldest", "place", "relevance")
"""The orders of notes, as ``session.querying.NoteOrder`` has them."""

_LinesOf = Callable[["AnnotationSummary"], "list[str] | list[str | Line]"]


def notes(options: argparse.Namespace) -> int:
    """Print the notes that the options ask for."""
    from reader.cli.asking import asked, exit_code, found_notes

    session = session_of(options)
    article = session.find_article(options.article).id if options.article else ""
    question = asked(options, session)
    found = found_notes(session, question, article, options.sort)
    print_warnings(session.problems)
    if options.json:
        from reader.cli.records import note_record

        count = print_json_list(map(note_record, found))
    else:
        from reader.cli.plain import note_lines

        count = 0
        lines_of_note: _LinesOf = _quoting(session) if options.cite else note_lines
        with paging():
            for each in found:
                print_lines([*lines_of_note(each), ""], colour=options.color)
                count += 1
        if not count and not question.is_lost:
            print_message("No note was found.")
    return exit_code(question, count)


def _quoting(session: Session) -> Callable[[AnnotationSummary], list[str]]:
    """Return what makes the lines of a quotation with its source, in the style of the settings."""
    from functools import lru_cache

    from reader.session.quoting import marked_quotation, with_source

    record = lru_cache(maxsize=64)(session.record)
    style = session.settings.quotation_style

    def lines(summary: AnnotationSummary) -> list[str]:
        stored = record(summary.article_id)
        if stored is None:
            return []
        return with_source(marked_quotation(summary.annotation), stored.article, style).split("\n")

    return lines
