"""The commands for articles and annotations: each calls the session and prints the result."""

from __future__ import annotations

import gc
import io
import json
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from reader import clock
from reader.cli.library import folder_of, session_of
from reader.cli.output import (
    NOTHING_FOUND,
    OK,
    print_json,
    print_json_list,
    print_lines,
    print_message,
    print_text,
    print_warning,
)
from reader.cli.pager import paging
from reader.cli.progress import watching, working
from reader.cli.streams import prepare_screen
from reader.errors import NothingToExportError, ReaderError, SourceError
from reader.paths import absolute_path
from reader.progress import EXPORTING

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from reader.session import AnnotationSummary, LoadingArticle, Session

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
        tags=[_tag(each) for each in options.tag],
        note=options.note,
        speaker=options.speaker,
        status=_known_status(options.status, session),
    )
    with watching(options.source) as watch:
        annotation, article = session.annotate(options.source, request, print_warning, watch)
    session.writer.close()
    if options.json:
        print_json(annotation_record(annotation, article.id, article.metadata.title))
    else:
        print_lines([annotation.id])
    return OK


def notes(options: argparse.Namespace) -> int:
    """Print the annotations that the options ask for."""
    session = session_of(options)
    article = session.find_article(options.article).id if options.article else ""
    _check_statuses(options.status, session)
    annotations = session.iterate_annotations(article)
    _warn(session.problems)
    matching = _matching(annotations, options)
    count = 0
    if options.json:
        from reader.core.annotation_record import annotation_record

        count = print_json_list(
            annotation_record(each.annotation, each.article_id, each.article_title)
            for each in matching
        )
    else:
        from reader.cli.plain import note_lines

        lines_of_note = _quoting(session) if options.cite else note_lines
        with paging():
            for each in matching:
                print_lines([*lines_of_note(each), ""], colour=options.color)
                count += 1
        if not count:
            print_message("No note was found.")
    return OK if count else NOTHING_FOUND


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


def export(options: argparse.Namespace) -> int:
    """Export annotations; the exit code is 1 if there are none."""
    is_json = options.json and options.output is None
    if is_json and options.format not in {"", JSON_LINES}:
        raise ReaderError("Not exported", f"--json prints JSON, not {options.format}; name one.")
    session = session_of(options)
    session.lists.prepare()
    articles = _articles_to_export(session, options)
    try:
        with working({EXPORTING: _consequence_of_stopping(options)}) as report:
            exported = session.export(
                articles,
                target=absolute_path(options.output, "-o") if options.output else None,
                tags=[_tag(each) for each in options.tag],
                format_name=JSON_LINES if is_json else options.format,
                report=report,
            )
    except NothingToExportError as error:
        _warn([*error.leftovers, f"{error.title}: {error.message}"])
        if options.json:
            print_json([])
        return NOTHING_FOUND
    finally:
        _warn(session.problems)
    if isinstance(exported, str):
        if is_json:
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
    return OK


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


def library(options: argparse.Namespace) -> int:
    """Print the articles."""
    from reader.core.projects import project_key

    session = session_of(options)
    keys = set(map(project_key, (*options.projects, *options.tag)))
    articles = [
        each
        for each in session.articles()
        if (not options.state or each.state == options.state)
        and (not keys or not keys.isdisjoint(map(project_key, each.tags)))
    ]
    _warn(session.problems)
    if options.json:
        from reader.cli.records import article_record

        print_json([article_record(each) for each in articles])
    else:
        from reader.cli.plain import article_lines

        with paging():
            for each in articles:
                print_lines(article_lines(each), colour=options.color)
        if not articles:
            print_message("No article was found.")
    return OK if articles else NOTHING_FOUND


def _matching(
    annotations: Iterable[AnnotationSummary], options: argparse.Namespace
) -> Iterator[AnnotationSummary]:
    """Yield the annotations that the options ask for."""
    from reader.core.folding import fold

    tags = {_tag(each) for each in options.tag}
    statuses = {_tag(each) for each in options.status}
    query = fold(options.query)
    for each in annotations:
        annotation = each.annotation
        status = annotation.status or ""
        words = "\n".join([annotation.selector.exact, annotation.note, annotation.speaker, status])
        if (
            (not tags or not tags.isdisjoint(annotation.tags))
            and (not statuses or status in statuses)
            and (options.since is None or _is_since(options.since, annotation.created))
            and (not query or query in fold(words))
        ):
            yield each


def _is_since(since: datetime, moment: str) -> bool:
    """Return whether a time is not before another one; text that is no time is before all."""
    try:
        return clock.local(moment) >= since
    except ValueError:
        return False


def _tag(word: str) -> str:
    """Return a tag as it is stored: in lower case, on one line, without spaces at its ends."""
    return " ".join(word.split()).casefold()


def _known_status(word: str, session: Session) -> str:
    """Return the name of a status of the settings, which are not read if no word is given.

    Raises:
        ReaderError: There is no such status.
    """
    name = _tag(word)
    known = [status.name for status in session.settings.statuses] if name else []
    if name and name not in known:
        raise ReaderError(
            "No such status",
            f"{name!r} is none of {', '.join(known)}; your own are [[statuses]] in the settings.",
        )
    return name


def _check_statuses(words: Sequence[str], session: Session) -> None:
    """Check that the settings or a note of the library have each of these statuses.

    Raises:
        ReaderError: Neither has one of them.
    """
    asked = set(map(_tag, words))
    unknown = asked and asked - {status.name for status in session.settings.statuses}
    if unknown:
        unknown -= {each.annotation.status or "" for each in session.iterate_annotations()}
    for word in sorted(unknown):
        _known_status(word, session)


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
