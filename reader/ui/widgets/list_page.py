"""What a screen needs to show a list of the library: a heading, problems, and reading it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
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
from reader.ui.host import host_of
from reader.ui.widgets.row_list import sanitise_content

SAVE_SECONDS = 2.0
"""How long reading a list waits for changes that are being saved, in seconds."""


@dataclass
class ListLoaded(Message):
    """The items of a list were read."""

    items: Sequence[Any]
    """All items."""
    problems: Sequence[str]
    """A sentence for each file that could not be read."""


def load_list(screen: Screen[Any], read: Callable[[], Sequence[Any]]) -> None:
    """Read the items of a list and post ``ListLoaded``, or show the error; runs in a thread worker.

    Args:
        screen: The screen that shows the list.
        read: Returns the items; raises ReaderError where the library cannot be read.
    """
    host = host_of(screen)
    worker = get_current_worker()
    host.session.writer.flush(SAVE_SECONDS)
    try:
        loaded = ListLoaded(read(), tuple(host.session.problems))
    except ReaderError as error:
        if not worker.is_cancelled:
            screen.call_later(host.notify_error, error)
        return
    if not worker.is_cancelled:
        screen.post_message(loaded)


class PageHeading(Horizontal):
    """The name of a screen on the left, and a few words about its list on the right."""

    def __init__(self, name: str) -> None:
        """Show a name; it is plain text."""
        super().__init__()
        self._heading = name

    def compose(self) -> ComposeResult:
        """Yield the name and the words about the list."""
        yield Static(self._heading, classes="heading-name", markup=False)
        yield Static(classes="heading-summary", markup=False)

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
