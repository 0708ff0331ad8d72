"""The command that reviews notes on the screen, or prints what a review would ask."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from reader import clock
from reader.cli.library import session_of
from reader.cli.output import (
    FACTS,
    FAINT,
    NOTHING_FOUND,
    OK,
    TITLE,
    Line,
    print_json_list,
    print_lines,
    print_message,
    print_warning,
)
from reader.cli.pager import paging
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.safe_text import sanitise_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from reader.session import Session
    from reader.session.reviewing import DueNote


def review(options: argparse.Namespace) -> int:
    """Review what a query finds, or what is due; print it where there is no terminal."""
    query = " ".join(options.query)
    if options.resume:
        return _resume(session_of(options), query)
    if not (options.list or options.json) and sys.stdout is not None and sys.stdout.isatty():
        from reader.cli.commands import open_review

        return open_review(options, query)
    session = session_of(options)
    reviews = session.reviews
    notes = reviews.chosen(query) if query.strip() else reviews.due()
    for problem in session.problems:
        print_warning(problem)
    if options.json:
        print_json_list(_record(each) for each in notes)
    else:
        _print(notes, query, reviews.next_due)
    return OK if notes else NOTHING_FOUND


def _resume(session: Session, query: str) -> int:
    if not query.strip():
        raise ReaderError(
            "Nothing to resume", "Name the notes to ask again, as in: margin review --resume WORDS"
        )
    count = session.reviews.resume(query)
    print_message(f"{counted(count, 'note')} will be asked again.")
    return OK if count else NOTHING_FOUND


def _print(notes: Sequence[DueNote], query: str, next_due: Callable[[], str]) -> None:
    with paging():
        for each in notes:
            print_lines([*_lines(each), ""])
    if not notes and query.strip():
        print_message("No note was found.")
    elif not notes:
        due = next_due()
        when = f"; the next note is due on {clock.local_day(due)}" if due else ""
        print_message(f"Nothing is due{when}. To review any notes: margin review QUERY")


def _lines(note: DueNote) -> list[str | Line]:
    """Return the lines of a note: when it is due, its words, its article."""
    annotation = note.annotation
    due = f"due {clock.local_day(note.due)}" if note.due else "not reviewed yet"
    facts = [due, annotation.tags[0], annotation.status or "", annotation.speaker]
    head = f"[{' · '.join(filter(None, facts))}] {annotation.id}"
    return [
        Line(sanitise_line(head), FACTS),
        Line(sanitise_line(f"  “{one_line(annotation.selector.exact)}”"), TITLE),
        Line(sanitise_line(f"  {one_line(note.title)}"), FAINT),
    ]


def _record(note: DueNote) -> dict[str, Any]:
    """Return a note as the JSON of the shell: the annotation, and what its review comes to."""
    from reader.core.annotation_record import annotation_record
    from reader.core.review import card_of

    card = card_of(note.annotation.review)
    return {
        **annotation_record(note.annotation, note.article_id, note.title),
        "due": note.due or None,
        "reviews": card.reviews,
        "lapses": card.lapses,
    }
