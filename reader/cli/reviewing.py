"""The command that reviews notes on the screen, or prints what a review would ask."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from reader import clock
from reader.cli.library import session_of
from reader.cli.output import (
    FACTS,
    FAINT,
    TITLE,
    Line,
    print_json_list,
    print_lines,
    print_message,
    print_warnings,
)
from reader.cli.pager import paging
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.safe_text import sanitise_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from reader.cli.asking import Asked
    from reader.session import Session
    from reader.session.reviewing import DueNote


def review(options: argparse.Namespace) -> int:
    """Review what a query finds, or what is due; print it where there is no terminal."""
    from reader.cli.asking import asked, exit_code
    from reader.core.query.tree import EVERYTHING

    session = session_of(options)
    question = asked(options, session)
    has_query = bool(question.text)
    if options.resume:
        return _resume(session, question)
    is_shown = sys.stdout is not None and sys.stdout.isatty()
    if is_shown and not (options.list or options.json or question.has_faults):
        from reader.cli.commands import open_review
        from reader.session.reviewing import ReviewRequest

        return open_review(
            session, ReviewRequest(question.text, question.tree) if has_query else ReviewRequest()
        )
    reviews = session.reviews
    if question.tree == EVERYTHING:
        notes = [] if question.is_lost or has_query else reviews.chosen()
    else:
        notes = reviews.chosen(question.tree)
    print_warnings(session.problems)
    if options.json:
        print_json_list(_record(each) for each in notes)
    else:
        _print(notes)
        if not notes and not question.is_lost:
            print_message(_nothing(reviews.next_due()) if not has_query else "No note was found.")
    return exit_code(question, len(notes))


def _resume(session: Session, question: Asked) -> int:
    """Ask again what was suspended or is not for review."""
    from reader.cli.asking import exit_code

    if not question.text or question.is_lost:
        raise ReaderError(
            "Nothing to resume", "Name the notes to ask again, as in: margin review --resume WORDS"
        )
    count = session.reviews.resume(question.tree)
    print_message(f"{counted(count, 'note')} will be asked again.")
    return exit_code(question, count)


def _nothing(next_due: str) -> str:
    when = f"; the next note is due on {clock.local_day(next_due)}" if next_due else ""
    return f"Nothing is due{when}. To review any notes: margin review QUERY"


def _print(notes: Sequence[DueNote]) -> None:
    with paging():
        for each in notes:
            print_lines([*_lines(each), ""])


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
