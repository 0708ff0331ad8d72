"""What a screen needs to show a list of the library: a heading, problems, and reading it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from reader.core.text_formatting import one_line
from reader.errors import ReaderError
from reader.session import IndexProgress, ListPart
from reader.ui.compat import quick_switching
from reader.ui.host import host_of
from reader.ui.painting.parts import Part
from reader.ui.widgets.row_list import sanitise_content

SAVE_SECONDS = 2.0
"""How long reading a list waits for changes that are being saved, in seconds."""


@dataclass
class ListLoaded(Message):
    """The items of a list were read, or a part of them."""

    items: Sequence[Any]
    """All items that are known by now."""
    problems: Sequence[str]
    """A sentence for each file that could not be read."""
    is_complete: bool = True
    """Whether these are all items."""
    progress: IndexProgress | None = None
    """How far the library is indexed, where that takes a while; None otherwise."""


def load_list(screen: Screen[Any], read: Callable[[], Sequence[Any]]) -> None:
    """Read the items of a list and post ``ListLoaded``, or show the error; runs in a thread worker.

    After an error the screen shows what it showed before, and a line with the error.

    Args:
        screen: The screen that shows the list.
        read: Returns the items; raises ReaderError where the library cannot be read.
    """

    def parts() -> Iterator[ListPart]:
        host_of(screen).session.writer.flush(SAVE_SECONDS)
        yield ListPart(read(), is_complete=True)

    load_parts(screen, parts())


def load_parts(screen: Screen[Any], parts: Iterator[ListPart]) -> None:
    """Post ``ListLoaded`` for each part of a list, or show the error; runs in a thread worker.

    Args:
        screen: The screen that shows the list.
        parts: The parts; raises ReaderError where the library cannot be read.
    """
    host = host_of(screen)
    worker = get_current_worker()
    try:
        with quick_switching():
            for items, is_complete, progress in parts:
                if worker.is_cancelled:
                    return
                problems = tuple(host.session.problems) if is_complete else ()
                screen.post_message(ListLoaded(items, problems, is_complete, progress))
    except ReaderError as error:
        if not worker.is_cancelled:
            screen.call_later(_show_error, screen, error)


def _show_error(screen: Screen[Any], error: ReaderError) -> None:
    host = host_of(screen)
    host.notify_error(error)
    for line in screen.query(ProblemLine):
        line.show([f"{error.title}: {error.message}"], str(host.session.folder))


class PageHeading(Horizontal):
    """The name of a screen on the left, and a few words about its list on the right.

    Beside the name may stand what is new.
    """

    def __init__(self, name: str) -> None:
        """Show a name; it is plain text."""
        super().__init__()
        self._heading = name

    def compose(self) -> ComposeResult:
        """Yield the name, what may be said beside it, and the words about the list."""
        yield Static(self._heading, classes="heading-name", markup=False)
        yield Static(classes="heading-news", markup=False)
        yield Static(classes="heading-summary", markup=False)

    def show_name(self, name: str) -> None:
        """Show another name; it is plain text."""
        self.query_one(".heading-name", Static).update(Content(name))

    def show_news(self, news: Sequence[Part]) -> None:
        """Show what stands beside the name."""
        self.query_one(".heading-news", Static).update(Content.assemble(*news))

    def show_summary(self, summary: str) -> None:
        """Show a few words about the list."""
        self.query_one(".heading-summary", Static).update(summary)


class ProblemLine(Static):
    """One line about files that could not be read; hidden while there are none."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__(id="problems", markup=False)

    def show(self, problems: Sequence[str], folder: str) -> None:
        """Show the first problem, and how many more there are.

        Args:
            problems: A sentence for each file.
            folder: The library's folder; left out of the sentence, because the line is short.
        """
        self.display = bool(problems)
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            first = one_line(problems[0].replace(f"{folder}{os.sep}", ""))
            self.update(sanitise_content(Content(first + more), 400))


class IndexLine(Static):
    """One line that says how far the library is indexed; hidden while it is not being indexed."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__(id="indexing", markup=False)

    def show(self, progress: IndexProgress | None) -> None:
        """Show how many of the changed files are indexed."""
        self.display = progress is not None
        if progress is not None:
            done, total = progress
            self.update(f"Indexing the library: {done:,} of {total:,} articles")
