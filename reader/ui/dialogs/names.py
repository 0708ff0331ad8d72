"""The names of tags and speakers in the whole library, to rename and to merge them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from reader.core.annotation import Tag
from reader.core.speech.likely_merges import LikelyMerge
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.paths import styles_folder
from reader.session.names import NameChange, NameCount, NameKind
from reader.ui.actions import Actions
from reader.ui.bindings import bindings_of
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import NAMES, by_id, with_keys
from reader.ui.dialogs.confirm import ConfirmScreen
from reader.ui.dialogs.prompt import PromptScreen
from reader.ui.key_hints import hints_of
from reader.ui.painting.palette import sign_of
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_page import ListLoaded, ProblemLine, load_list
from reader.ui.widgets.row_list import RowActivated, RowHighlighted, RowList

NAME_LENGTH = 60
"""How much of a name a sentence has, in characters."""

SELECT = "names.select"
"""The command that selects a row, whose key the list would use itself."""


class NameRow(NamedTuple):
    """A name, and which one may be of the same person."""

    uses: NameCount
    """The name and its uses."""
    likely: LikelyMerge | None = None
    """The merge that may be right; None where none is."""


class NameRows(RowList[NameRow]):
    """Names with the number of their notes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # In other lists the key moves by a page.
        Binding(by_id()[SELECT].keys, f"screen.run('{SELECT}')", "Select", id=SELECT)
    ]

    def __init__(self, tags: Sequence[Tag]) -> None:
        """Make an empty list.

        Args:
            tags: The tags that have a glyph and a colour.
        """
        super().__init__()
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}
        self.kind = NameKind.TAGS
        """What the names are of."""

    def key_of(self, row: NameRow) -> str:
        """Return the name."""
        return row.uses.name

    def render_row(
        self,
        row: NameRow,
        width: int,  # noqa: ARG002 (the list cuts what is too long)
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the number, the name, other names, and who may be the same person."""
        uses = row.uses
        sign: tuple[str, str] = ("", "")
        if self.kind is NameKind.TAGS:
            glyph, colour = sign_of(uses.name, self._tags, self.app.theme_variables)
            sign = (f"{glyph} ", f"bold {colour}")
        others = one_line(f"also {', '.join(uses.other_names)}") if uses.other_names else ""
        merge = row.likely
        likely = one_line(f"the same as {merge.main_name}? {merge.reason}") if merge else ""
        return [
            Content.assemble(
                (f"{uses.notes:>6,}  ", "$faint"),
                sign,
                (one_line(uses.name), "$heading"),
                (others and f"  {others}", "$faint"),
                (likely and f"  {likely}", "$warning"),
            )
        ]


class NamesScreen(ModalScreen[None], CommandScreen):
    """Shows the names of tags, or of speakers; renames and merges them as steps for undo."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "names.tcss"),
    ]
    HELP_NAME = NAMES
    AUTO_FOCUS = "NameRows"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(NAMES)]

    name_rows = getters.query_one(NameRows)

    def __init__(self) -> None:
        """Show nothing until the names are counted."""
        super().__init__()
        self.has_loaded = False
        """Whether the names of the present kind were counted."""
        self._kind = NameKind.TAGS
        self._wanted = ""  # the name to highlight once it is counted

    def compose(self) -> ComposeResult:
        """Lay out the list and the hints."""
        with Vertical(id="names-dialog", classes="dialog"):
            yield NameRows(self.host.tags)
            yield ProblemLine()
            yield Hints()

    def on_mount(self) -> None:
        """Count the names."""
        self._show_kind()

    def _show_kind(self) -> None:
        title = f"{str(self._kind).capitalize()} of all notes"
        self.query_one("#names-dialog").border_title = title
        self.name_rows.kind = self._kind
        self.has_loaded = False
        self._show_hints()
        self._load()

    @work(thread=True, exclusive=True, group="load")
    def _load(self) -> None:
        load_list(self, partial(self._counted, self._kind))

    def _counted(self, kind: NameKind) -> list[NameRow]:
        """Count the names of a kind; called on a thread."""
        names = self.host.session.names
        counts = names.counts(kind)
        if kind is NameKind.TAGS:
            return [NameRow(each) for each in counts]
        likely = {each.name: each for each in names.likely_merges(counts)}
        return [NameRow(each, likely.get(each.name)) for each in counts]

    def on_list_loaded(self, message: ListLoaded) -> None:
        """Show the names, and what could not be read."""
        message.stop()
        self.has_loaded = True
        self.query_one(ProblemLine).show(message.problems, str(self.host.session.folder))
        self.name_rows.placeholder = Content(f"No note has a {self._kind.singular} yet.")
        self.name_rows.selected = frozenset()
        self.name_rows.rows = tuple(message.items)
        if self._wanted and self.name_rows.highlight_key(self._wanted):
            self._wanted = ""
        self._show_hints()

    def on_row_activated(self, message: RowActivated[NameRow]) -> None:
        """Rename the chosen name."""
        message.stop()
        self.rename()

    def on_row_highlighted(self, message: RowHighlighted[NameRow]) -> None:
        """Show what can be done with this row."""
        message.stop()
        self._show_hints()

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "names.rename": self.rename,
            "names.merge": self.merge,
            SELECT: self.select,
            "names.undo": self.undo,
            "names.other": self.show_others,
            "names.close": self.close,
        }

    def select(self) -> None:
        """Select the highlighted name, or select it no longer, and go on to the next one."""
        self.name_rows.toggle_selected()

    @work(group="change")
    async def rename(self) -> None:
        """Give the highlighted name another one; merge the two where that exists."""
        row = self.name_rows.highlighted_row
        if row is None:
            return
        name, kind, names = row.uses.name, self._kind, self.host.session.names
        new_name = await self._ask(f"A new name for “{one_line(name, NAME_LENGTH)}”", name)
        if not new_name or new_name == name:
            return
        known = {each.uses.name for each in self.name_rows.rows}
        if new_name in known:
            await self._change(partial(names.plan_merge, kind, [name], new_name))
        else:
            await self._change(partial(names.plan_rename, kind, name, new_name))

    @work(group="change")
    async def merge(self) -> None:
        """Make one name of the selected ones, or of the highlighted one and the likely one."""
        rows = [row for row in self.name_rows.rows if row.uses.name in self.name_rows.selected]
        highlighted = self.name_rows.highlighted_row
        if not rows and highlighted is not None:
            rows = [highlighted]
        if not rows:
            return
        counts = [row.uses for row in rows]
        main_name = max(counts, key=lambda each: (each.notes, each.name)).name
        if len(rows) == 1:
            main_name = rows[0].likely.main_name if rows[0].likely else ""
        named = ", ".join(one_line(each.name, NAME_LENGTH) for each in counts)
        new_name = await self._ask(f"The one name for {named}", main_name)
        if new_name:
            names = [each.name for each in counts]
            plan = partial(self.host.session.names.plan_merge, self._kind, names, new_name)
            await self._change(plan)

    async def _ask(self, question: str, value: str) -> str | None:
        return await self.app.push_screen_wait(PromptScreen(question, value=value))

    async def _change(self, make_plan: Callable[[], NameChange]) -> None:
        """Say how much a change changes, and make it where the reader confirms it."""
        names = self.host.session.names
        try:
            plan = await asyncio.to_thread(make_plan)
            question = f"{plan.label[0].upper()}{plan.label[1:]}?"
            keys = with_keys("{names.undo} takes it back", self.host.settings.keys)
            confirm = ConfirmScreen(
                question, yes="Change", no="Keep", detail=f"{plan.sentence} Afterwards, {keys}."
            )
            if not await self.app.push_screen_wait(confirm):
                return
            made = await asyncio.to_thread(names.apply, plan)
        except ReaderError as error:
            self.host.notify_error(error)
            return
        self.host.add_step(self.host.session.stored_steps.as_other(made.id, plan.label))
        self._wanted = plan.new_name
        changed = counted(len(made.step.changed), "note")
        self.notify(f"{changed}: {plan.label}.", markup=False)
        self._reload()

    async def undo(self) -> None:
        """Undo the last change of notes."""
        if await self.undo_notes():
            self._reload()

    def _reload(self) -> None:
        self.host.known_names.learn()
        self._load()

    def show_others(self) -> None:
        """Show the speakers in place of the tags, or the tags."""
        is_tags = self._kind is NameKind.TAGS
        self._kind = NameKind.SPEAKERS if is_tags else NameKind.TAGS
        self._show_kind()

    def close(self) -> None:
        """Close the list."""
        self.dismiss(None)

    def _show_hints(self) -> None:
        commands = []
        if self.name_rows.highlighted_row is not None:
            commands += [("names.rename", "rename"), (SELECT, "select"), ("names.merge", "merge")]
        other = "speakers" if self._kind is NameKind.TAGS else "tags"
        commands += [("names.other", other), ("names.close", "close"), ("names.undo", "undo")]
        self.query_one(Hints).hints = hints_of(commands, self.host.settings.keys)
