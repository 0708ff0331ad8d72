"""The commands for articles and annotations: each calls the session and prints the result."""

from __future__ import annotations

import gc
import io
import os
import stat
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from reader.cli.library import folder_of, session_of
from reader.cli.output import (
    OK,
    print_json,
    print_lines,
    print_warning,
)
from reader.cli.pager import paging
from reader.cli.progress import watching
from reader.cli.statuses import known_status, tag_name
from reader.cli.streams import prepare_screen
from reader.errors import SourceError

if TYPE_CHECKING:
    import argparse

    from reader.core.draft_check.checked import CheckedDraft
    from reader.session import LoadingArticle, Session
    from reader.session.reviewing import ReviewRequest

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
