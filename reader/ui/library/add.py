"""Adding articles by their paths or web addresses, typed or pasted; shows how far each one is."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from reader.core.text_formatting import amount, counted, one_line
from reader.errors import GivenUp, NoArticleError, ReaderError
from reader.paths import styles_folder
from reader.safe_text import sanitise
from reader.session import LoadingArticle, Watch
from reader.session.queue import AddRequest, AddResult
from reader.ui.host import host_of
from reader.ui.library.sources import sources_in
from reader.ui.widgets.fields import NoteArea

SOURCE_LENGTH = 60
"""How much of a path or an address is repeated, in characters."""

REFRESH_SECONDS = 0.2
"""How often the figures are shown anew, in seconds."""

HINT = "enter keep for later · ctrl+o open · esc close"
WHOLE_HINT = "ctrl+t all of the page · enter try again · esc close"
GIVE_UP_HINT = "esc gives up"

NO_ARTICLE = (
    "holds no article that could be told from the rest of it; ctrl+t takes all of its text."
)
"""What is said of a page without an article, behind its address."""


class Adding(NamedTuple):
    """What came of a dialog."""

    done: tuple[AddResult, ...]
    """The articles that are in the library now, in the order in which they came."""
    loading_article: LoadingArticle | None = None
    """The article that is to be shown; None where none was opened."""


class Arrival(NamedTuple):
    """How far a source is."""

    began: float
    """When its turn came, in seconds of the monotonic clock."""
    received: int | None = None
    """The bytes that have come; None before the first."""
    total: int | None = None
    """How many there are, where that is known."""

    @property
    def described(self) -> str:
        """The bytes and the seconds."""
        came = "connecting" if self.received is None else amount(self.received, self.total)
        return f"{came}, {int(time.monotonic() - self.began)} s"


class AddScreen(ModalScreen[Adding]):
    """Asks for paths or web addresses, a line each, and adds them; what fails can be corrected."""

    CSS_PATH = str(styles_folder() / "add.tcss")
    AUTO_FOCUS = "#sources"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", show=False, priority=True),
        Binding("enter", "keep", "Keep", show=False, priority=True),
        Binding("ctrl+o", "open", "Open", show=False, priority=True),
        Binding("ctrl+t", "whole", "All of the page", show=False, priority=True),
    ]

    field = query_one("#sources", TextArea)

    def __init__(self, sources: str = "") -> None:
        """Begin with what was pasted, or with nothing.

        Args:
            sources: Paths and addresses, a line each.
        """
        super().__init__()
        self._sources = sources
        self._done: list[AddResult] = []
        self._under_way: dict[str, Arrival] = {}
        self._wanted = 0
        self._handled = 0
        self._opens = False
        self._is_given_up: threading.Event | None = None

    def compose(self) -> ComposeResult:
        """Lay out the lines to type into, the figures, what went wrong, and the keys."""
        with Vertical(id="add-dialog") as dialog:
            dialog.border_title = "Add articles"
            yield NoteArea(
                sanitise(self._sources),
                id="sources",
                compact=True,
                tab_behavior="focus",
                placeholder="path or web address; several, a line each",
            )
            with VerticalScroll(id="add-problems", can_focus=False):
                yield Static(id="add-problem", markup=False)
            yield Static(id="add-figures", markup=False)
            yield Static(HINT, id="add-hint", classes="hint", markup=False)

    def on_mount(self) -> None:
        """Put the cursor behind what is there."""
        self.field.move_cursor(self.field.document.end)
        self.set_interval(REFRESH_SECONDS, self._show_figures)

    def on_unmount(self) -> None:
        """Give up what nobody waits for any more."""
        if self._is_given_up is not None:
            self._is_given_up.set()

    @property
    def is_busy(self) -> bool:
        """Whether something is being added or opened."""
        return self._is_given_up is not None

    # What a person does

    def action_leave(self) -> None:
        """Give up what is under way; else close."""
        if self._is_given_up is None:
            self.dismiss(Adding(tuple(self._done)))
        else:
            self._is_given_up.set()
            self._show_figures()

    def action_whole(self) -> None:
        """Do what was wanted last with all of the page’s text in place of its article."""
        (self.action_open if self._opens else self.action_keep)(is_whole=True)

    def action_keep(self, *, is_whole: bool = False) -> None:
        """Keep what was typed for later."""
        self._opens = False
        sources = sources_in(self.field.text)
        if not sources:
            self.action_leave()
        elif not self.is_busy:
            self._keep([AddRequest(each, is_whole=is_whole) for each in sources])

    def action_open(self, *, is_whole: bool = False) -> None:
        """Open what was typed, where it is one article."""
        self._opens = True
        sources = sources_in(self.field.text)
        if not sources:
            self.action_leave()
        elif len(sources) > 1:
            self._complain("One article can be opened at a time; enter keeps them all for later.")
        elif not self.is_busy:
            self._open(sources[0], is_whole=is_whole)

    @on(TextArea.Changed)
    def _forget_problems(self, event: TextArea.Changed) -> None:
        event.stop()
        if not self.is_busy and sources_in(self.field.text) != sources_in(self._sources):
            self._complain("")

    def on_click(self, event: events.Click) -> None:
        """Close by a click beside the dialog, where nothing would be lost."""
        inside = self.query_one("#add-dialog").region.contains(event.screen_x, event.screen_y)
        if not inside and not self.is_busy and not self.field.text.strip():
            self.action_leave()

    # Doing it

    @work(exclusive=True, group="adding")
    async def _keep(self, wanted: Sequence[AddRequest]) -> None:
        given_up = self._start_loading(len(wanted))
        failed: list[AddResult] = []
        for added in await asyncio.to_thread(self._add_all, wanted, given_up):
            (failed if added.error is not None else self._done).append(added)
        done = {each.source for each in self._done}
        left = [each.source for each in wanted if each.source not in done]
        if not left or (not failed and not given_up.is_set()):
            self.dismiss(Adding(tuple(self._done)))  # an address that was named twice is added once
            return
        self._end("\n".join(left), failed)

    def _add_all(self, wanted: Sequence[AddRequest], given_up: threading.Event) -> list[AddResult]:
        """Add articles; runs on a thread."""
        results: list[AddResult] = []
        queue = host_of(self).session.queue
        for added in queue.add_all(wanted, self._begun, given_up.is_set, self._came):
            self._under_way.pop(added.source, None)
            self._handled += 1
            results.append(added)
        return results

    @work(exclusive=True, group="adding")
    async def _open(self, source: str, *, is_whole: bool) -> None:
        given_up = self._start_loading(1)
        self._begun(source)

        def came(received: int, total: int | None) -> None:
            self._came(source, received, total)

        watch = Watch(came, given_up.is_set)
        opens = partial(host_of(self).session.open, is_whole=is_whole or None)
        try:
            loading_article = await asyncio.to_thread(opens, source, watch)
        except GivenUp:
            self._end(source, [])
        except ReaderError as error:
            self._end(source, [AddResult(source, error=error)])
        else:
            if given_up.is_set():  # too late to stop the opening, and not to leave it at that
                self._end(source, [])
            else:
                self.dismiss(Adding(tuple(self._done), loading_article))

    def _begun(self, source: str) -> None:
        """Note that the turn of a source came; runs on any thread."""
        self._under_way[source] = Arrival(time.monotonic())

    def _came(self, source: str, received: int, total: int | None) -> None:
        """Note how much of a source has come; runs on any thread."""
        if arrival := self._under_way.get(source):
            self._under_way[source] = Arrival(arrival.began, received, total)

    # What is shown

    def _start_loading(self, count: int) -> threading.Event:
        """Show that something is under way; return what ends it."""
        self._wanted, self._handled, self._under_way = count, 0, {}
        self._is_given_up = threading.Event()
        self.field.read_only = True
        self._complain("")
        self._show_figures()
        self.query_one("#add-hint", Static).update(GIVE_UP_HINT)
        return self._is_given_up

    def _end(self, left: str, failed: Sequence[AddResult]) -> None:
        """Let what is left be corrected, and say what was wrong with it."""
        self._is_given_up = None
        self._sources = sanitise(left)
        self.field.read_only = False
        self.field.text = self._sources
        self.field.move_cursor(self.field.document.end)
        self.query_one("#add-figures", Static).display = False
        has_pages = any(isinstance(each.error, NoArticleError) for each in failed)
        problems = [_problem(each, is_one_of_many=self._wanted > 1) for each in failed]
        self._complain("\n".join(problems), WHOLE_HINT if has_pages else HINT)

    def _complain(self, problem: str, hint: str = HINT) -> None:
        self.query_one("#add-problem", Static).update(Content(sanitise(problem)))
        self.query_one("#add-problems").display = bool(problem)
        self.query_one("#add-hint", Static).update(hint)

    def _show_figures(self) -> None:
        """Show how far each source is that is under way."""
        figures = self.query_one("#add-figures", Static)
        if self._is_given_up is None:
            figures.display = False
            return
        lines = [
            f"{one_line(source, SOURCE_LENGTH)}  {arrival.described}"
            for source, arrival in list(self._under_way.items())
        ]
        if self._wanted > 1:
            lines.insert(0, f"{self._handled} of {self._wanted} done")
        if self._is_given_up.is_set():
            lines = ["Giving up ..."]
        figures.update(Content(sanitise("\n".join(lines) or "Adding ...")))
        figures.display = True


def _problem(failed: AddResult, *, is_one_of_many: bool) -> str:
    """Return one sentence on why a source could not be added, with its address if need be."""
    error = failed.error
    assert error is not None
    source = one_line(failed.source, SOURCE_LENGTH)
    if isinstance(error, NoArticleError):
        return f"{source} {NO_ARTICLE}"
    told = f"{error.title}: {error.message}"
    return f"{source}: {told}" if is_one_of_many else told


def added_sentence(added: Sequence[AddResult]) -> str:
    """Return a sentence about the articles that are in the library now."""
    if len(added) == 1:
        (only,) = added
        result = "is kept for later" if only.is_new else "is in the library already"
        return f"“{one_line(only.title or only.source, SOURCE_LENGTH)}” {result}."
    new = sum(article.is_new for article in added)
    old = len(added) - new
    parts = [f"{counted(new, 'article')} kept for later"] if new else []
    parts += [f"{old} in the library already"] if old else []
    return f"{', '.join(parts)}."
