"""The list of what was deleted lately: annotations and articles, to bring them back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from reader import clock
from reader.core.annotation import Tag
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.paths import styles_folder
from reader.session.deletions import Deletion
from reader.ui.actions import Actions
from reader.ui.bindings import bindings_of
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import DELETED
from reader.ui.dates import when
from reader.ui.key_hints import hints_of
from reader.ui.painting.palette import ARTICLE_SIGN, sign_of
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_page import ListLoaded, ProblemLine, load_list
from reader.ui.widgets.row_list import RowActivated, RowHighlighted, RowList, join_parts

Change = Callable[[Deletion], Awaitable[Deletion]]
"""Brings something back, or deletes it again; returns the deletion as it is now."""


class DeletedRow(NamedTuple):
    """Something that was deleted, and whether it was brought back here."""

    deletion: Deletion
    """What was deleted."""
    is_back: bool = False
    """Whether it was brought back since the list was opened."""


class DeletedRows(RowList[DeletedRow]):
    """A list of what was deleted, three lines each."""

    ROW_HEIGHT: ClassVar[int] = 3

    def __init__(self, tags: Sequence[Tag]) -> None:
        """Make an empty list.

        Args:
            tags: The tags that have a glyph and a colour.
        """
        super().__init__()
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}

    def key_of(self, row: DeletedRow) -> str:
        """Return the name of the deletion."""
        return row.deletion.id

    def render_row(
        self,
        row: DeletedRow,
        width: int,
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the words, the note's first line where there is one, and the article and time."""
        deletion, annotation = row.deletion, row.deletion.annotation
        limit = 4 * width
        if annotation is None:
            title = one_line(deletion.title, limit) or "an article without a title"
            count = deletion.annotations
            notes = f" with {counted(count, 'annotation')}" if count else ""
            head = Content.assemble((f"{ARTICLE_SIGN} ", "bold"), (title, "$heading"))
            second = Content.styled(f"the article{notes}", "italic")
            origin = ""
        else:
            glyph, colour = sign_of(annotation.tags[0], self._tags, self.app.theme_variables)
            words = one_line(annotation.selector.exact[: 8 * width], limit)
            head = Content.assemble((f"{glyph} ", f"bold {colour}"), (words, "$heading"))
            note = annotation.note[: 8 * width].strip().partition("\n")[0]
            second = Content.styled(one_line(note, limit), "italic")
            origin = one_line(deletion.title[: 8 * width], width // 2) or "untitled"
        verb = "removed" if annotation is None else "deleted"
        moment = when(deletion.moment, clock.now())
        state = ("✓ is back", "bold $success") if row.is_back else (f"{verb} {moment}", "$faint")
        facts = join_parts([state, (origin, "$faint")])
        return [head, *(Content("  ") + line for line in (second, facts) if line)]


class DeletedScreen(ModalScreen[None], CommandScreen):
    """Shows what was deleted, the newest first; brings it back, and deletes it again."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "deleted.tcss"),
    ]
    AUTO_FOCUS = "DeletedRows"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(DELETED)]

    deleted_rows = getters.query_one(DeletedRows)

    def __init__(self, bring_back: Change, delete_again: Change) -> None:
        """Show nothing until the deletions are read.

        Args:
            bring_back: Brings something back; raises ``ReaderError`` where that fails.
            delete_again: Deletes it again; raises ``ReaderError`` where that fails.
        """
        super().__init__()
        self.has_loaded = False
        """Whether the deletions were read."""
        self._bring_back = bring_back
        self._delete_again = delete_again
        self._lock = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Lay out the list and the hints."""
        with Vertical(id="deleted-dialog", classes="dialog") as dialog:
            dialog.border_title = "Deleted lately"
            yield DeletedRows(self.host.tags)
            yield ProblemLine()
            yield Hints()

    def on_mount(self) -> None:
        """Read the deletions."""
        self._show_hints()
        self._load()

    @work(thread=True, exclusive=True, group="load")
    def _load(self) -> None:
        deletions = self.host.session.deletions
        load_list(self, lambda: [DeletedRow(each) for each in deletions.restorable()])

    def on_list_loaded(self, message: ListLoaded) -> None:
        """Show the deletions, and what could not be read."""
        message.stop()
        self.has_loaded = True
        self.query_one(ProblemLine).show(message.problems, str(self.host.session.folder))
        self.deleted_rows.placeholder = Content("Nothing was deleted.")
        self.deleted_rows.rows = tuple(message.items)
        self._show_hints()

    def on_row_highlighted(self, message: RowHighlighted[DeletedRow]) -> None:
        """Show what the key does with this row."""
        message.stop()
        self._show_hints()

    def on_row_activated(self, message: RowActivated[DeletedRow]) -> None:
        """Bring back the chosen row."""
        message.stop()
        self.restore()

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"deleted.restore": self.restore, "deleted.close": self.close}

    @work(group="restore")
    async def restore(self) -> None:
        """Bring back what is highlighted; delete it again where it is back."""
        async with self._lock:
            row, index = self.deleted_rows.highlighted_row, self.deleted_rows.highlighted
            if row is None:
                return
            change = self._delete_again if row.is_back else self._bring_back
            try:
                deletion = await change(row.deletion)
            except ReaderError as error:
                self.host.notify_error(error)
                return
            rows = list(self.deleted_rows.rows)
            rows[index] = DeletedRow(deletion, not row.is_back)
            self.deleted_rows.rows = tuple(rows)
            self._show_hints()

    def close(self) -> None:
        """Close the list."""
        self.dismiss(None)

    def _show_hints(self) -> None:
        row = self.deleted_rows.highlighted_row
        word = "delete again" if row is not None and row.is_back else "bring back"
        commands = [("deleted.restore", word)] if row is not None else []
        commands.append(("deleted.close", "close"))
        self.query_one(Hints).hints = hints_of(commands, self.host.settings.keys)
