"""What the library and the notes have in common: a heading, a list, a filter, hints."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from reader.core.folding import fold
from reader.core.text_formatting import one_line
from reader.errors import ReaderError
from reader.ui.commands import with_keys
from reader.ui.host import Host, host_of
from reader.ui.messages import HintChosen
from reader.ui.widgets.filter_bar import FilterBar, FilterChanged, FilterLeft
from reader.ui.widgets.hints import Hints, KeyHint, hints_of
from reader.ui.widgets.row_list import RowList, sanitise_content

SAVE_SECONDS = 2.0
"""How long a list waits for changes that are being saved, so as to show them."""

FILTER_HINTS = (
    KeyHint("enter", "to the list", "leave_filter"),
    KeyHint("esc", "show all", "show_all"),
)
"""What the keys do in the filter."""


@dataclass
class ListLoaded(Message):
    """What is to be listed has been read."""

    items: Sequence[Any]
    """All of it, as ``ListScreen.read`` returned it."""
    problems: Sequence[str]
    """A sentence for each file that could not be read."""


@dataclass
class ListFailed(Message):
    """The library could not be read."""

    error: ReaderError
    """Why."""


class ListScreen(Screen[None]):
    """A list of what the library holds, read off the interface's thread whenever it is shown."""

    TITLE: ClassVar[str] = ""
    FILTER_LOOKS_AT: ClassVar[str] = ""
    """What the filter looks at, shown in it while it is empty."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "show_all", "Show all", show=False),
    ]

    filter_bar = getters.query_one(FilterBar)
    row_list = getters.query_one(RowList)

    def __init__(self) -> None:
        """Show nothing until the list is read."""
        super().__init__()
        self.has_loaded = False
        """Whether the list was read at least once."""

    @property
    def host(self) -> Host:
        """The app."""
        return host_of(self)

    @property
    def terms(self) -> list[str]:
        """The words of the filter, folded; all of them must be found."""
        return fold(self.filter_bar.text).split()

    @abstractmethod
    def read(self) -> Sequence[Any]:
        """Return what there is to list; runs in a thread of its own.

        Raises:
            ReaderError: The library cannot be read.
        """

    @abstractmethod
    def take(self, items: Sequence[Any]) -> None:
        """Show what was read."""

    @abstractmethod
    def show_rows(self) -> None:
        """Show what the filter lets through."""

    @abstractmethod
    def commands(self) -> Sequence[tuple[str, str]]:
        """Return the commands that the hints name, each with a word for it."""

    @abstractmethod
    def compose_list(self) -> ComposeResult:
        """Yield what stands between the heading and the filter."""

    def compose(self) -> ComposeResult:
        """Yield the heading, the list, the filter and the hints."""
        with Horizontal(id="heading"):
            yield Static(self.TITLE, id="heading-name", markup=False)
            yield Static(id="heading-state", markup=False)
        yield from self.compose_list()
        yield Static(id="problems", markup=False)
        yield FilterBar(self.FILTER_LOOKS_AT)
        yield Hints()

    def on_screen_resume(self) -> None:
        """Read again: articles may have been opened, marked, added since."""
        self.load()

    @work(thread=True, exclusive=True, group="load")
    def load(self) -> None:
        """Read off the interface's thread."""
        session = self.host.session
        worker = get_current_worker()
        session.writer.flush(SAVE_SECONDS)
        try:
            loaded: Message = ListLoaded(self.read(), tuple(session.problems))
        except ReaderError as error:
            loaded = ListFailed(error)
        if not worker.is_cancelled:
            self.post_message(loaded)

    def on_list_loaded(self, message: ListLoaded) -> None:
        """Show what was read, and say what could not be."""
        message.stop()
        self.has_loaded = True
        self._show_problems(message.problems)
        self.take(message.items)

    def on_list_failed(self, message: ListFailed) -> None:
        """Say why there is no list."""
        message.stop()
        self.host.notify_error(message.error)

    @on(FilterChanged)
    def _filter(self, message: FilterChanged) -> None:
        message.stop()
        self.show_rows()

    @on(FilterLeft)
    def _leave_filter(self, message: FilterLeft) -> None:
        message.stop()
        self.row_list.focus()

    async def on_hint_chosen(self, message: HintChosen) -> None:
        """Do what was clicked at the bottom."""
        message.stop()
        await self.run_action(message.action)

    def on_descendant_focus(self) -> None:
        """Say what the keys do where one is."""
        self.show_hints()

    def on_descendant_blur(self) -> None:
        """Say what the keys do where one is."""
        self.show_hints()

    def show_hints(self) -> None:
        """Say what the keys do next."""
        self.query_one(Hints).hints = (
            FILTER_HINTS
            if self.filter_bar.has_focus_within
            else hints_of(self.commands(), self.host.settings.keys)
        )

    def with_keys(self, sentence: str) -> str:
        """Return a sentence with the person's keys for ids of commands in braces."""
        return with_keys(sentence, self.host.settings.keys)

    def say_state(self, state: str) -> None:
        """Show a few words at the right of the heading."""
        self.query_one("#heading-state", Static).update(state)

    def inform(self, sentence: str) -> None:
        """Show a sentence for a moment; it may hold any text."""
        self.notify(sanitise_content(Content(sentence), 400).plain, markup=False)

    def action_filter(self) -> None:
        """Type into the filter."""
        self.filter_bar.open()

    def action_leave_filter(self) -> None:
        """Go from the filter to the list."""
        self.filter_bar.action_leave()

    def action_show_all(self) -> None:
        """Empty the filter."""
        self.filter_bar.action_clear()

    def action_back(self) -> None:
        """Go back; from the first screen, quit."""
        self.host.go_back()

    def _show_problems(self, problems: Sequence[str]) -> None:
        line = self.query_one("#problems", Static)
        line.display = bool(problems)
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            # The folder is the same for all of them, and the line is short.
            first = problems[0].replace(f"{self.host.session.folder}{os.sep}", "")
            line.update(sanitise_content(Content(one_line(first) + more), 400))
