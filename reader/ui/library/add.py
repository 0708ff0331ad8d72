"""A dialog that adds articles by their paths or web addresses, and shows the progress."""

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

from reader.core.text_formatting import counted, one_line
from reader.errors import GivenUp, NoArticleError, ReaderError
from reader.paths import styles_folder
from reader.safe_text import sanitise
from reader.session import LoadingArticle, Watch
from reader.session.queue import AddRequest, AddResult
from reader.ui.dialogs.fetching import REFRESH_SECONDS, FetchProgress
from reader.ui.host import host_of
from reader.ui.typed_sources import sources_in

SOURCE_LENGTH = 60
"""How much of a path or an address is shown in a sentence, in characters."""

HINT = "enter save for later · ctrl+o open · esc close"
WHOLE_HINT = "ctrl+t all of the page · enter try again · esc close"
GIVE_UP_HINT = "esc gives up"

NO_ARTICLE = "has no article that stands out from its menus and links; ctrl+t takes all its text."
"""The sentence about a page without an article, after its address."""


class Added(NamedTuple):
    """What the dialog returns."""

    results: tuple[AddResult, ...]
    """The articles that are in the library now, in the order in which they were added."""
    loading_article: LoadingArticle | None = None
    """The article to show; None where none was opened."""


class SourceArea(TextArea):
    """Lines of paths and addresses; enter is left to the dialog."""

    def on_key(self, event: events.Key) -> None:
        """Do not begin a line on enter.

        A binding with priority would do the same, and run ahead of the letters typed before.
        """
        if event.key == "enter":
            event.prevent_default()


class AddScreen(ModalScreen[Added]):
    """Adds the paths and addresses that the reader types, a line each; failed ones stay there."""

    CSS_PATH = str(styles_folder() / "add.tcss")
    AUTO_FOCUS = "#sources"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close"),
        Binding("enter", "save", "Save"),
        Binding("ctrl+j", "insert_line", "New line"),
        Binding("ctrl+o", "open", "Open"),
        Binding("ctrl+t", "whole", "All of the page"),
    ]

    field = query_one("#sources", TextArea)

    def __init__(self, sources: str = "") -> None:
        """Start with some sources, or none.

        Args:
            sources: Paths and addresses, a line each.
        """
        super().__init__()
        self._sources = sources
        self._results: list[AddResult] = []
        self._progress: dict[str, FetchProgress] = {}
        self._requested = 0
        self._finished = 0
        self._opens = False
        self._gave_up: threading.Event | None = None

    def compose(self) -> ComposeResult:
        """Lay out the field, the problems, the progress and the keys."""
        with Vertical(id="add-dialog", classes="dialog") as dialog:
            dialog.border_title = "Add articles"
            yield SourceArea(
                sanitise(self._sources),
                id="sources",
                compact=True,
                tab_behavior="focus",
                placeholder="path, folder or web address; ctrl+j begins another line",
            )
            with VerticalScroll(id="add-problems", can_focus=False):
                yield Static(id="add-problem", markup=False)
            yield Static(id="add-figures", markup=False)
            yield Static(HINT, id="add-hint", classes="hint", markup=False)

    def on_mount(self) -> None:
        """Put the cursor at the end of the field, and show the progress regularly."""
        self.field.move_cursor(self.field.document.end)
        self.set_interval(REFRESH_SECONDS, self._show_progress)

    def on_unmount(self) -> None:
        """Give up what is still running."""
        if self._gave_up is not None:
            self._gave_up.set()

    @property
    def is_busy(self) -> bool:
        """Whether something is being added or opened."""
        return self._gave_up is not None

    # Actions of the reader

    def action_leave(self) -> None:
        """Give up what is running, else close."""
        if self._gave_up is None:
            self.dismiss(Added(tuple(self._results)))
        else:
            self._gave_up.set()
            self._show_progress()

    def action_whole(self) -> None:
        """Repeat the last action with all of the page’s text in place of its article."""
        (self.action_open if self._opens else self.action_save)(is_whole=True)

    def action_insert_line(self) -> None:
        """Begin another line at the cursor."""
        self.field.insert("\n")

    def action_save(self, *, is_whole: bool = False) -> None:
        """Add the sources of the field to the library."""
        self._opens = False
        sources = sources_in(self.field.text)
        if not sources:
            self.action_leave()
        elif not self.is_busy:
            self._add([AddRequest(source, is_whole=is_whole) for source in sources])

    def action_open(self, *, is_whole: bool = False) -> None:
        """Open the source of the field, if it is only one."""
        self._opens = True
        sources = sources_in(self.field.text)
        if not sources:
            self.action_leave()
        elif len(sources) > 1:
            self._show_problem("Only one article can be opened at a time; enter saves them all.")
        elif not self.is_busy:
            self._open(sources[0], is_whole=is_whole)

    @on(TextArea.Changed)
    def _clear_problem(self, event: TextArea.Changed) -> None:
        event.stop()
        if not self.is_busy and sources_in(self.field.text) != sources_in(self._sources):
            self._show_problem("")

    def on_click(self, event: events.Click) -> None:
        """Close on a click beside the dialog, unless that would lose something."""
        inside = self.query_one("#add-dialog").region.contains(event.screen_x, event.screen_y)
        if not inside and not self.is_busy and not self.field.text.strip():
            self.action_leave()

    # Adding and opening

    @work(exclusive=True, group="adding")
    async def _add(self, requests: Sequence[AddRequest]) -> None:
        gave_up = self._start(len(requests))

        def check(_: int) -> None:
            if gave_up.is_set():
                raise GivenUp("Given up", "Nothing was added.")

        try:
            with_files = partial(host_of(self).session.queue.with_files, requests, check)
            expanded = await asyncio.to_thread(with_files)
        except GivenUp:
            self._end("\n".join(request.source for request in requests), [])
            return
        self._requested = len(expanded.requests)
        failed: list[AddResult] = []
        for result in await asyncio.to_thread(self._add_all, expanded.requests, gave_up):
            (failed if result.error is not None else self._results).append(result)
        # The files of a folder cannot be corrected here; they are only reported.
        done = expanded.folders | {result.source for result in self._results}
        remaining = [request.source for request in requests if request.source not in done]
        if gave_up.is_set():
            remaining += expanded.folders
        # Two addresses of one article are added once, and then one of them remains.
        is_finished = not (gave_up.is_set() and remaining)
        if is_finished and not (failed or expanded.remarks):
            self.dismiss(Added(tuple(self._results)))
            return
        remarks = expanded.remarks
        if expanded.folders and self._results:
            remarks = (added_sentence(self._results), *remarks)
        self._end("\n".join(remaining), failed, remarks)

    def _add_all(self, requests: Sequence[AddRequest], gave_up: threading.Event) -> list[AddResult]:
        """Add articles; runs on a thread."""
        results: list[AddResult] = []
        queue = host_of(self).session.queue
        for result in queue.add_all(
            requests, self._start_source, gave_up.is_set, self._update_progress
        ):
            self._progress.pop(result.source, None)
            self._finished += 1
            results.append(result)
        return results

    @work(exclusive=True, group="adding")
    async def _open(self, source: str, *, is_whole: bool) -> None:
        gave_up = self._start(1)
        self._start_source(source)
        watch = Watch(partial(self._update_progress, source), gave_up.is_set)
        load = partial(host_of(self).session.open, is_whole=is_whole or None)
        try:
            loading_article = await asyncio.to_thread(load, source, watch)
        except GivenUp:
            self._end(source, [])
        except ReaderError as error:
            self._end(source, [AddResult(source, error=error)])
        else:
            if gave_up.is_set():  # too late to stop the loading, but the reader is still obeyed
                self._end(source, [])
            else:
                self.dismiss(Added(tuple(self._results), loading_article))

    def _start_source(self, source: str) -> None:
        """Start to measure the progress of a source; runs on any thread."""
        self._progress[source] = FetchProgress(time.monotonic())

    def _update_progress(self, source: str, received: int, total: int | None) -> None:
        """Take how much of a source was received; runs on any thread."""
        if progress := self._progress.get(source):
            self._progress[source] = progress._replace(received=received, total=total)

    # Showing progress and problems

    def _start(self, count: int) -> threading.Event:
        """Show that ``count`` sources are being loaded; return the event that gives them up."""
        self._requested, self._finished, self._progress = count, 0, {}
        self._gave_up = threading.Event()
        self.field.read_only = True
        self._show_problem("")
        self._show_progress()
        self.query_one("#add-hint", Static).update(GIVE_UP_HINT)
        return self._gave_up

    def _end(
        self, remaining: str, failed: Sequence[AddResult], remarks: Sequence[str] = ()
    ) -> None:
        """Let the reader correct the remaining sources, and show why they failed, and remarks."""
        self._gave_up = None
        self._sources = sanitise(remaining)
        self.field.read_only = False
        self.field.text = self._sources
        self.field.move_cursor(self.field.document.end)
        self.query_one("#add-figures", Static).display = False
        has_pages = any(isinstance(result.error, NoArticleError) for result in failed)
        problems = [_problem(result, is_one_of_many=self._requested > 1) for result in failed]
        hint = WHOLE_HINT if has_pages else HINT
        self._show_problem("\n".join((*remarks, *problems)), hint)

    def _show_problem(self, problem: str, hint: str = HINT) -> None:
        self.query_one("#add-problem", Static).update(Content(sanitise(problem)))
        self.query_one("#add-problems").display = bool(problem)
        self.query_one("#add-hint", Static).update(hint)

    def _show_progress(self) -> None:
        """Show the progress of each source that is being loaded."""
        figures = self.query_one("#add-figures", Static)
        if self._gave_up is None:
            figures.display = False
            return
        lines = [
            f"{one_line(source, SOURCE_LENGTH)}  {progress.describe()}"
            for source, progress in list(self._progress.items())
        ]
        if self._requested > 1:
            lines.insert(0, f"{self._finished} of {self._requested} done")
        if self._gave_up.is_set():
            lines = ["Giving up ..."]
        figures.update(Content(sanitise("\n".join(lines) or "Adding ...")))
        figures.display = True


def _problem(failed: AddResult, *, is_one_of_many: bool) -> str:
    """Return a sentence about a source that could not be added; among many, with its address."""
    error = failed.error
    assert error is not None
    source = one_line(failed.source, SOURCE_LENGTH)
    if isinstance(error, NoArticleError):
        return f"{source} {NO_ARTICLE}"
    problem = f"{error.title}: {error.message}"
    return f"{source}: {problem}" if is_one_of_many else problem


def added_sentence(results: Sequence[AddResult]) -> str:
    """Return a sentence about the articles that are in the library now."""
    if len(results) == 1:
        (only,) = results
        outcome = "is saved for later" if only.is_new else "is in the library already"
        return f"“{one_line(only.title or only.source, SOURCE_LENGTH)}” {outcome}."
    new = sum(result.is_new for result in results)
    old = len(results) - new
    parts = [f"{counted(new, 'article')} saved for later"] if new else []
    parts += [f"{old} in the library already"] if old else []
    return f"{', '.join(parts)}."
