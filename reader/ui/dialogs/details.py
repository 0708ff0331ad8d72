"""A dialog with the details of an article: its authors, its publication, its source."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader import clock
from reader.core.annotation import Article
from reader.core.changes import written_values
from reader.core.citation import citation, day
from reader.core.document import Metadata
from reader.core.overrides import DATES
from reader.core.projects import distinct_projects
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.paths import from_home, styles_folder
from reader.session.found_facts import FoundFact
from reader.session.source_editing import SourceValues, read_values
from reader.ui.actions import run_command
from reader.ui.dialogs.projects import ProjectChoice, ask_projects
from reader.ui.host import host_of
from reader.ui.widgets.row_list import sanitise_content
from reader.ui.widgets.scroll_box import ScrollBox

HINT = "e correct · p projects · {}y citation · esc close"
OPEN_HINT = "o browser · "
FOUND_HINT = "f take found · "
UNDO_HINT = "u undo · "
VALUE_CELLS = 2000
"""Cells of a value at most."""

SaveSource = Callable[[SourceValues], Awaitable[Article]]
"""Saves facts about the source of the article, and returns the article as it is then."""

GiveProjects = Callable[[ProjectChoice], Awaitable[Article]]
"""Gives the article to projects and takes it out of others, and returns it as it is then."""

Change = Callable[[], Awaitable[Article]]
"""Changes the article, and returns it as it is then."""


class DetailsScreen(ModalScreen[str]):
    """Shows the details of an article; returns the address to open in the browser, or ''."""

    CSS_PATH = str(styles_folder() / "details.tcss")
    AUTO_FOCUS = "#details"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,i", "dismiss('')", "Close"),
        Binding("y", "copy", "Copy as a citation"),
        Binding("o", "browse", "Open in the browser"),
        Binding("e", "edit", "Correct"),
        Binding("p", "give", "Projects"),
        Binding("f", "take_found", "Take what was found"),
        Binding("u", "undo", "Undo"),
    ]

    def __init__(
        self,
        article: Article,
        *,
        annotations: int,
        save: SaveSource,
        give: GiveProjects,
        found: Mapping[str, FoundFact] | None = None,
        length: str = "",
        read_only_reason: str = "",
    ) -> None:
        """Show an article.

        Args:
            article: The article.
            annotations: The number of its annotations.
            save: Saves what the reader corrects.
            give: Saves the projects that the reader chooses.
            found: What lines of its text state about its source, by the names of the fields.
            length: Its length as a few words; empty where that is not known.
            read_only_reason: Why nothing of it can be changed, in a sentence; empty where it can.
        """
        super().__init__()
        self._article = article
        self._annotations = annotations
        self._length = length
        self._save = save
        self._give = give
        self._found = dict(found or {})
        self._read_only_reason = read_only_reason
        self._undo: list[Change] = []

    def compose(self) -> ComposeResult:
        """Lay out a line for each detail."""
        with ScrollBox(id="details", classes="dialog") as box:
            box.border_title = Content("About this article")
            yield from self._lines()

    def on_mount(self) -> None:
        """Show the keys."""
        self._show_keys()

    def _lines(self) -> ComposeResult:
        title = one_line(self._article.metadata.title) or "Without a title"
        yield Static(sanitise_content(Content(title), VALUE_CELLS), id="details-title")
        for name, value in self._facts():
            yield Horizontal(
                Static(Content(name), classes="details-name"),
                Static(sanitise_content(Content(value), VALUE_CELLS), classes="details-value"),
                classes="details-fact",
            )

    def _show_keys(self) -> None:
        keys = (
            FOUND_HINT if self._open_facts else "",
            UNDO_HINT if self._undo else "",
            OPEN_HINT if self._article.address else "",
        )
        self.query_one("#details").border_subtitle = Content(HINT.format("".join(keys)))

    def _facts(self) -> list[tuple[str, str]]:
        """Return the names and values of the details that the article has."""
        article, metadata = self._article, self._article.metadata
        address = article.address
        published, changed = day(metadata.published), day(metadata.modified)
        facts = [
            ("", self._own("title", one_line(article.source_metadata.title))),
            ("By", self._fact("authors", ", ".join(map(one_line, metadata.authors)))),
            ("In", self._fact("site", one_line(metadata.site))),
            ("Published", self._fact("published", published)),
            ("Changed", changed if changed != published else ""),
            *(("Correction", one_line(correction)) for correction in metadata.corrections),
            ("Language", one_line(metadata.language)),
            ("Identifier", one_line(metadata.identifier)),
            ("Address", self._fact("url", one_line(address))),
            ("Accessed", day(article.accessed)),
            ("Archived at", one_line(article.archive)),
            (
                "Opened from",
                "" if article.source == address else one_line(from_home(article.source)),
            ),
            ("Length", self._length),
            ("Left out", _left_out(metadata)),
            (
                "In the file",
                counted(metadata.embedded_notes, "note") if metadata.embedded_notes else "",
            ),
            ("State", self._state()),
            ("Projects", ", ".join(map(one_line, distinct_projects(article.tags)))),
            ("Annotations", f"{self._annotations:,}" if self._annotations else ""),
            ("Added", day(clock.local_day(article.added))),
            ("Last opened", day(clock.local_day(article.opened))),
        ]
        return [(name, value) for name, value in facts if value]

    def _state(self) -> str:
        state = str(self._article.state)
        percent = min(max(int(self._article.progress * 100), 0), 100)
        return f"{state}, {percent}%" if state == "reading" else state

    def _fact(self, name: str, value: str) -> str:
        """Return a value with what the source says in its place, or what was found in the text."""
        metadata, own = self._article.metadata, self._article.source_metadata
        stated = getattr(own, name)
        if name == "authors":
            stated = ", ".join(stated)
        parts = [
            f"{value} (a guess)" if value and name in metadata.guessed else value,
            self._own(name, day(stated) if name in DATES else one_line(stated)),
        ]
        if fact := self._open_facts.get(name):
            parts.append(f"found in the text: “{fact.line}”")
        return " · ".join(filter(None, parts))

    def _own(self, name: str, stated: str) -> str:
        """Return what the source says where the reader wrote something else; else nothing."""
        if not stated or not written_values(self._article, name):
            return ""
        return f"the source says: {stated}"

    @property
    def _open_facts(self) -> Mapping[str, FoundFact]:
        """What was found in the text for fields that the reader has not written."""
        return {
            name: fact
            for name, fact in self._found.items()
            if not written_values(self._article, name)
        }

    def action_edit(self) -> None:
        """Open the form in which the reader corrects the source."""
        run_command(self, self._edit)

    def action_give(self) -> None:
        """Choose the projects that the article belongs to."""
        run_command(self, self._give_projects)

    def action_take_found(self) -> None:
        """Take what was found in the text; open the form where a part of it is missing."""
        run_command(self, self._take_found)

    def action_undo(self) -> None:
        """Take the last change back."""
        run_command(self, self._undo_last)

    async def _take_found(self) -> None:
        facts = self._open_facts
        if not facts:
            return
        if all(fact.is_complete for fact in facts.values()):
            await self._correct(read_values({name: fact.text for name, fact in facts.items()}))
        else:
            await self._edit(has_taken=True)

    async def _undo_last(self) -> None:
        if not self._undo:
            self.app.notify("Nothing was changed here that could be undone.", timeout=4)
            return
        await self._change(self._undo.pop())

    async def _edit(self, *, has_taken: bool = False) -> None:
        from reader.ui.dialogs.source_form import SourceForm  # noqa: PLC0415  (when it is shown)

        if self._refuses():
            return
        form = SourceForm([self._article], self._open_facts, has_taken=has_taken)
        if values := await self.app.push_screen_wait(form):
            await self._correct(values)

    async def _correct(self, values: SourceValues) -> None:
        before = {name: written_values(self._article, name) for name in values}
        await self._change(partial(self._save, values), partial(self._save, before))

    async def _give_projects(self) -> None:
        if self._refuses():
            return
        choice = await ask_projects(self, [self._article.tags])
        if choice is not None:
            await self._change(partial(self._give, choice), partial(self._give, choice.inverse))

    async def _change(self, change: Change, inverse: Change | None = None) -> None:
        """Make a change, and show the article as it is then.

        Args:
            change: The change.
            inverse: What undoes it; None for the undoing of a change.
        """
        if self._refuses():
            return
        try:
            self._article = await change()
        except ReaderError as error:
            host_of(self).notify_error(error)
            return
        if inverse is not None:
            self._undo.append(inverse)
        box = self.query_one("#details", ScrollBox)
        with self.app.batch_update():
            await box.remove_children()
            await box.mount(*self._lines())
        self._show_keys()

    def _refuses(self) -> bool:
        """Return whether nothing of the article can be changed; if so, say why."""
        if self._read_only_reason:
            self.app.notify(self._read_only_reason, severity="warning", markup=False)
        return bool(self._read_only_reason)

    def action_copy(self) -> None:
        """Copy the article's citation, and close."""
        show = partial(self.app.notify, markup=False, timeout=4)
        host_of(self).copy(citation(self._article), show)
        self.dismiss("")

    def action_browse(self) -> None:
        """Close, and return the article's address."""
        if self._article.address:
            self.dismiss(self._article.address)

    def on_click(self) -> None:
        """Close on a click beside the dialog."""
        if not self.query_one("#details").is_mouse_over:
            self.dismiss("")


def _left_out(metadata: Metadata) -> str:
    """Return how many words of the page are not of the article; empty if none were left out."""
    if not metadata.left_out:
        return ""
    return f"{counted(metadata.left_out, 'word')} of the page"
