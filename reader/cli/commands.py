"""The commands for articles and annotations: each calls the session and prints the result."""

from __future__ import annotations

import gc
import io
import json
import os
import stat
import sys
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from reader.cli.library import folder_of, session_of
from reader.cli.output import (
    NOTHING_FOUND,
    OK,
    print_json,
    print_lines,
    print_message,
    print_text,
    print_warning,
)
from reader.cli.pager import paging
from reader.cli.progress import watching, working
from reader.cli.statuses import known_status, tag_name
from reader.cli.streams import prepare_screen
from reader.errors import NothingToExportError, ReaderError, SourceError
from reader.paths import absolute_path
from reader.progress import EXPORTING

if TYPE_CHECKING:
    import argparse

    from reader.core.draft_check.checked import CheckedDraft
    from reader.session import LoadingArticle, Session
    from reader.session.requests import ChosenNotes, Exported
    from reader.session.reviewing import ReviewRequest

JSON_LINES = "jsonl"
"""The format of export whose lines ``--json`` prints as one list."""

QUIET_SECONDS = 0.5
"""How long a pipe may stay silent before a message says that Margin waits for it, in seconds."""

PIPE_SECONDS = 10
"""How long Margin then goes on waiting, in seconds: long enough for a page that another program
fetches, while a pipe that was merely left open stays silent for ever."""


def open_source(source: str = "") -> int:
    """Open the reader with a source, or with the library, without reading a command line."""
    return read(cast("argparse.Namespace", SimpleNamespace(source=source, library=None)))


def read(options: argparse.Namespace) -> int:
    """Open the reader with an article, or with the library."""
    from reader.session import Session

    # Importing and the first screen make objects that stay; collecting garbage among them took 60
    # of 330 ms of processor time. The app collects again once the first screen is painted.
    gc.disable()
    session = Session(folder_of(options))
    settings = session.settings
    loading: LoadingArticle | None = None
    if source := options.source or _piped():
        with watching(source) as watch:
            loading = (
                session.open_article(options.article_id, watch)
                if getattr(options, "article_id", "")
                else session.open(
                    source,
                    watch,
                    is_whole=getattr(options, "whole", None),
                    read_as=getattr(options, "read_as", None),
                )
            )
    _take_the_terminal()
    prepare_screen()
    from reader.ui.start import run_reader

    return run_reader(session, settings, loading)


def open_review(session: Session, request: ReviewRequest) -> int:
    """Open the reader with a review."""
    _take_the_terminal()
    prepare_screen()
    from reader.ui.start import run_reader

    return run_reader(session, session.settings, None, review=request)


def open_check(session: Session, draft: CheckedDraft) -> int:
    """Open the reader with a draft that was checked."""
    _take_the_terminal()
    prepare_screen()
    from reader.ui.start import run_reader

    return run_reader(session, session.settings, None, check=draft)


def text(options: argparse.Namespace) -> int:
    """Print the reading text of a source."""
    with watching(options.source) as watch:
        document = session_of(options).read(
            options.source,
            watch,
            print_warning,
            is_whole=bool(options.whole),
            read_as=options.read_as or "",
        )
    if options.json:
        from reader.cli.records import document_record

        print_json(document_record(document))
        return OK
    from reader.cli.plain import lines_of

    with paging():
        print_lines(lines_of(document, options.width))
    return OK


def annotate(options: argparse.Namespace) -> int:
    """Mark a passage."""
    from reader.core.annotation_record import annotation_record
    from reader.session import AnnotationRequest

    session = session_of(options)
    request = AnnotationRequest(
        quote=options.quote,
        prefix=options.prefix,
        suffix=options.suffix,
        tags=[tag_name(each) for each in options.tag],
        note=options.note,
        speaker=options.speaker,
        status=known_status(options.status, session),
    )
    with watching(options.source) as watch:
        annotation, article = session.annotate(options.source, request, print_warning, watch)
    session.writer.close()
    if options.json:
        print_json(annotation_record(annotation, article.id, article.metadata.title))
    else:
        print_lines([annotation.id])
    return OK


def export(options: argparse.Namespace) -> int:
    """Export annotations; the exit code is 1 if there are none."""
    is_json = options.json and options.output is None
    if is_json and options.format not in {"", JSON_LINES}:
        raise ReaderError("Not exported", f"--json prints JSON, not {options.format}; name one.")
    session = session_of(options)
    session.lists.prepare()
    articles = _articles_to_export(session, options)
    chosen = _chosen_notes(session, options)
    try:
        with working({EXPORTING: _consequence_of_stopping(options)}) as report:
            exported = session.export(
                articles,
                target=absolute_path(options.output, "-o") if options.output else None,
                tags=[tag_name(each) for each in options.tag],
                format_name=JSON_LINES if is_json else options.format,
                chosen=chosen,
                report=report,
            )
    except NothingToExportError as error:
        _warn([*error.leftovers, f"{error.title}: {error.message}"])
        if options.json:
            print_json([])
        return NOTHING_FOUND
    finally:
        _warn(session.problems)
    _print_exported(exported, options)
    return OK


def _print_exported(exported: str | Sequence[Exported], options: argparse.Namespace) -> None:
    """Print an exported text, or the files that were written."""
    if isinstance(exported, str):
        if options.json:
            print_json([json.loads(line) for line in exported.split("\n") if line])
        else:
            print_text(exported)
    elif options.json:
        from reader.cli.records import export_record

        print_json([export_record(each) for each in exported])
    else:
        _warn(each.leftover for each in exported if each.leftover)
        for written in exported:
            if written.leftover:
                continue
            print_message(f"{written.path}{'' if written.is_changed else ' (unchanged)'}")
            if written.kept is not None:
                print_warning(f"the version changed by hand is kept as {written.kept}")


def _chosen_notes(session: Session, options: argparse.Namespace) -> ChosenNotes | None:
    """Return the notes that a query asks for; None without one.

    Raises:
        ReaderError: The query has a mistake, so that it may not be what was meant.
    """
    if not options.query.strip() and not options.saved:
        return None
    from reader.cli.asking import asked, found_notes
    from reader.session.requests import ChosenNotes

    question = asked(options, session)
    if question.has_faults:
        raise ReaderError("Not exported", "Correct the query, or put it in quotation marks.")
    ids = {each.annotation.id for each in found_notes(session, question)}
    return ChosenNotes(ids, question.text)


def _consequence_of_stopping(options: argparse.Namespace) -> str:
    """Return the sentence that says what stays of an export that was ended."""
    if options.output is None:
        return "Nothing was printed."
    return "Files that were written are whole; the same command writes the rest."


def _articles_to_export(session: Session, options: argparse.Namespace) -> list[str] | None:
    """Return the ids of the articles that the options ask for; None for all of the library.

    Raises:
        ReaderError: There is no such article or no such project, or the article is not in it.
    """
    article = _article_to_export(session, options) if options.article else ""
    if not options.projects:
        return [article] if article else None
    ids = [each.id for each in session.projects.articles(options.projects)]
    if article and article not in ids:
        named = " nor to ".join(options.projects)
        raise ReaderError("Not exported", f"{options.article!r} does not belong to {named}.")
    return [article] if article else ids


def _article_to_export(session: Session, options: argparse.Namespace) -> str:
    """Return the id of the article that the options name; its file may outlive its removal."""
    try:
        return session.find_article(options.article).id
    except ReaderError:
        removed = session.deletions.find_article(options.article) if options.output else ""
        if not removed:
            raise
        return removed


def _piped() -> str:
    """Return the source that stands for standard input if a text was piped in; empty if not.

    Standard input that is empty, or neither a pipe nor a file (such as ``/dev/null``), holds no
    text: programs that start others often leave it like that.
    """
    from reader.session.sources import STANDARD_INPUT

    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):
        return ""  # standard input is closed
    if not (stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)):
        return ""
    pipe = sys.stdin.buffer
    if not isinstance(pipe, io.BufferedReader) or not _is_ready(pipe):
        return ""
    return STANDARD_INPUT if pipe.peek(1) else ""


def _is_ready(pipe: io.BufferedReader) -> bool:
    """Wait for the first bytes from a pipe, or for its end; tell whether they came in time."""
    import select

    if select.select([pipe], [], [], QUIET_SECONDS)[0]:
        return True
    print_warning(
        f"waiting up to {PIPE_SECONDS} s for a text from standard input;"
        " margin - waits as long as it takes."
    )
    return bool(select.select([pipe], [], [], PIPE_SECONDS)[0])


def _take_the_terminal() -> None:
    """Make sure that there is a terminal; read keys from it if standard input was an article."""
    if not sys.stdout.isatty():
        raise SourceError(
            "No terminal", "The reader needs a terminal; to print an article: margin text SOURCE"
        )
    if sys.stdin is None or not sys.stdin.isatty():
        try:
            os.dup2(os.open("/dev/tty", os.O_RDWR), 0)
            if sys.stdin is None:  # it was closed
                sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
                sys.__stdin__ = sys.stdin  # type: ignore[misc]  # Textual reads keys from it
        except OSError:
            raise SourceError(
                "No terminal", "The reader needs a terminal to read keys from; there is none."
            ) from None


def _warn(problems: Iterable[str]) -> None:
    for problem in problems:
        print_warning(problem)
