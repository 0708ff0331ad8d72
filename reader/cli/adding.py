"""The commands for what is read later: keeping articles, and opening the next one."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from reader.cli.library import session_of
from reader.cli.output import (
    FAILED,
    NOTHING_FOUND,
    OK,
    print_json,
    print_lines,
    print_message,
    print_warning,
)
from reader.errors import GivenUp, ReaderError
from reader.safe_text import sanitise_line

if TYPE_CHECKING:
    import argparse
    from types import FrameType

    from reader.session.queue import AddRequest, AddResult, Queue


def add(options: argparse.Namespace) -> int:
    """Keep articles for later; the exit code is 2 where one could not be kept."""
    from reader.session.queue import AddRequest, read_list

    wanted = [AddRequest(each) for each in options.sources]
    if options.list is not None:
        wanted += read_list(options.list)
    if not wanted:
        raise ReaderError("Nothing to add", "Name what to keep: margin add SOURCE, or --from FILE.")
    session = session_of(options)
    done: list[AddResult] = []
    with _noting_ctrl_c() as is_given_up:
        for each in _each_added(session.queue, wanted, is_given_up):
            done.append(each)
            if not options.json:
                _print(each)
        if is_given_up():
            _print_sum(done)
            raise KeyboardInterrupt
    if options.json:
        print_json([_record(each) for each in done])
    elif len(done) > 1:
        _print_sum(done)
    return FAILED if any(each.error for each in done) else OK


def read_next(options: argparse.Namespace) -> int:
    """Open the unread article that was added first."""
    from reader.cli.commands import read

    session = session_of(options)
    article = session.queue.next_unread()
    if article is None:
        print_warning("Nothing is unread; to keep an article: margin add SOURCE")
        return NOTHING_FOUND
    options.article_id, options.source = article.id, article.source
    return read(options)


def _each_added(
    queue: Queue, wanted: list[AddRequest], is_given_up: Callable[[], bool]
) -> Iterator[AddResult]:
    """Add one with how far its fetch is, or many with how many are done."""
    from reader.cli.progress import ProgressBar, watching
    from reader.session.queue import AddResult

    if len(wanted) == 1:
        source = wanted[0].source
        try:
            with watching(source) as watch:
                added = queue.add(wanted[0], watch._replace(cancelled=is_given_up))
        except GivenUp:
            return
        except ReaderError as error:
            added = AddResult(source, error=error)
        yield added
        return
    with ProgressBar(len(wanted)) as bar:
        for added in queue.add_all(wanted, bar.begun, is_given_up):
            bar.done(is_failure=added.error is not None)
            yield added


@contextlib.contextmanager
def _noting_ctrl_c() -> Iterator[Callable[[], bool]]:
    """Let ctrl+c be asked for instead of raised; pressed once more, it is raised as ever.

    ``concurrent.futures.wait`` takes the lock of every future before it waits. Interrupted between
    two of them it keeps them for good, and the threads that fetch can then never end.

    Yields:
        Whether it was pressed.
    """
    pressed = threading.Event()

    def note(_: int, __: FrameType | None) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield pressed.is_set  # whoever started this wants it to be ignored
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _print(added: AddResult) -> None:
    if added.error is not None:
        error = added.error
        print_warning(f"{sanitise_line(added.source)}: {error.title}: {error.message}")
        return
    about = sanitise_line(added.title or added.source)
    print_lines([f"{added.article_id}  {about}{'' if added.is_new else '  (already there)'}"])
    sys.stdout.flush()


def _print_sum(done: list[AddResult]) -> None:
    failed = sum(each.error is not None for each in done)
    new = sum(each.is_new for each in done)
    parts = [f"{new:,} added", f"{len(done) - new - failed:,} already there", f"{failed:,} failed"]
    print_message(", ".join(parts))


def _record(added: AddResult) -> dict[str, Any]:
    return {
        "source": added.source,
        "id": added.article_id,
        "title": added.title,
        "added": added.is_new,
        "error": f"{added.error.title}: {added.error.message}" if added.error else "",
    }
