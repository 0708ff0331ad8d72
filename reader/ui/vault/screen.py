"""The screen of a vault: what an update would do, file by file; then what it has done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final

from textual import getters, work
from textual.binding import BindingType
from textual.content import Content

from reader.core.text_formatting import one_line
from reader.errors import ReaderError
from reader.paths import absolute_path
from reader.progress import Report
from reader.safe_text import sanitise_line
from reader.session import ExportRequest
from reader.session.exporting import check_folder_name
from reader.session.vault_export import VaultUpdate
from reader.ui.actions import Actions
from reader.ui.bindings import bindings_of
from reader.ui.commands import VAULT
from reader.ui.dialogs.prompt import PromptScreen
from reader.ui.key_hints import hints_of
from reader.ui.messages import ShowArticle
from reader.ui.plan_screen import LONGEST_NAME, NOT_CHANGED, READING, PlanScreen
from reader.ui.vault.rows import TakenRows, VaultRow, VaultRows, rows_of
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_page import PageHeading
from reader.ui.widgets.row_list import RowActivated

QUESTION: Final = "Keep which folder up to date?"
EXAMPLES: Final = "~/Notes/Margin, or the folder of a vault …"
NOTHING: Final = "There is nothing to write."

_NOT_ALL: Final = "Files that were written are whole; the same command writes the rest."


class VaultScreen(PlanScreen):
    """Shows what bringing a folder up to date would do, and does it."""

    HELP_NAME = VAULT
    AUTO_FOCUS = "VaultRows"
    NAME = "Vault"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(VAULT)]

    file_rows = getters.query_one(VaultRows)
    taken_rows = getters.query_one(TakenRows)

    def __init__(self, request: ExportRequest | None = None) -> None:
        """Plan an update.

        Args:
            request: What goes to which folder; None for all articles, to the folder of the
                settings or else to one that is asked for.
        """
        super().__init__(VaultRows(), TakenRows())
        self._request = request
        self._plan: VaultUpdate | None = None
        self._is_made = False

    def on_mount(self) -> None:
        """Plan the update, or ask for a folder."""
        if self._request is not None or self.host.settings.vault:
            self.plan(self._request)
        else:
            self.ask()
        self.show_hints()

    # Planning and writing

    @work(exclusive=True, group="vault")
    async def ask(self) -> None:
        """Ask for a folder, and plan its update."""
        typed = await self.app.push_screen_wait(
            PromptScreen(QUESTION, placeholder=EXAMPLES, problem_of=_problem_of)
        )
        if typed is not None:
            self.plan(ExportRequest(None, (), check_folder_name(typed), ""))
        elif self._plan is None:
            self.host.go_back()

    def plan_again(self) -> None:
        """Plan the same update."""
        self.plan(self._request)

    @work(exclusive=True, group="vault")
    async def plan(self, request: ExportRequest | None) -> None:
        """Find out what an update would do, and show it in place of what was shown before.

        Args:
            request: As for the screen.
        """
        self.file_rows.placeholder = Content(READING)
        plan = await self._updated(request, is_dry=True)
        if plan is None:
            self.file_rows.placeholder = Content(NOTHING)
            if self._plan is None:
                self.host.go_back()
            return
        self._request, self._plan, self._is_made, self._step = request, plan, False, None
        name = one_line(sanitise_line(plan.folder.name), LONGEST_NAME)
        kind = plan.vault.title() or plan.format_name.title()
        self.query_one(PageHeading).show_name(f"Vault · {name} · {kind}")
        self.show_rows()

    async def _updated(self, request: ExportRequest | None, *, is_dry: bool) -> VaultUpdate | None:
        """Make the update, or plan it; return None after an error, which is shown."""
        given_up = NOT_CHANGED if is_dry else _NOT_ALL
        steps: list[tuple[str, str]] = []
        update = partial(self._update, request, lambda *step: steps.append(step), is_dry=is_dry)
        try:
            return await self._work.run(update, given_up)
        except ReaderError as error:
            self.say_failure(error)
        finally:
            for step in steps:
                self.keep_step(*step)
        return None

    def _update(
        self,
        request: ExportRequest | None,
        step_made: Callable[[str, str], None],
        report: Report,
        *,
        is_dry: bool,
    ) -> VaultUpdate:
        """Make the update, or plan it; called on a thread."""
        session = self.host.session
        if request is None or request.target is None:
            folder = absolute_path(self.host.settings.vault, "the setting vault")
            request = ExportRequest(None, (), folder, "")
        else:
            folder = request.target
        session.save_all()
        return session.update_vault(
            folder,
            request.article_ids,
            tags=request.tags,
            format_name=request.format_name,
            chosen=request.chosen,
            is_dry=is_dry,
            report=report,
            step_made=step_made,
        )

    # What is shown

    def show_rows(self) -> None:
        """Show the files of which anything changes, or all."""
        if self._plan is None:
            return
        rows = tuple(row for row in rows_of(self._plan) if self.has_all or row.is_news)
        self.file_rows.placeholder = Content(NOTHING)
        self.file_rows.rows = rows
        self.show_detail()
        self.show_summary()
        self.show_hints()

    def show_summary(self) -> None:
        """Show how many files change, or have changed."""
        summary = self._plan.brief if self._plan is not None else ""
        self.query_one(PageHeading).show_summary(f"done: {summary}" if self._is_made else summary)

    def show_detail(self) -> None:
        """Show the edits in the highlighted file; without any, all that is known of it."""
        row = self.file_rows.highlighted_row
        self.taken_rows.display = row is not None
        if row is not None:
            self.taken_rows.placeholder = Content(row.detail)
            self.taken_rows.rows = row.taken
            self.taken_rows.highlighted = 0

    def show_hints(self) -> None:
        """Show the keys for the plan, or for what was done."""
        hints = [("back", "give up")]
        if not self._work.is_running:
            hints = [
                *([("vault.make", "write")] if self._can_write else []),
                *([("vault.undo", "undo")] if self._step is not None else []),
                ("vault.next", "to look at"),
                ("vault.edits", "edits"),
                ("help", "help"),
                ("back", "back"),
                ("vault.all", "only what changes" if self.has_all else "all files"),
                ("vault.open", "open the article"),
                ("vault.folder", "another folder"),
            ]
        self.query_one(Hints).hints = hints_of(hints, self.host.settings.keys)

    def on_row_activated(self, message: RowActivated[VaultRow]) -> None:
        """Write what is listed; of an update that was made, open the article."""
        message.stop()
        (self.open if self._is_made else self.write)()

    # Commands

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "vault.make": self.write,
            "vault.open": self.open,
            "vault.next": partial(self.go, 1),
            "vault.previous": partial(self.go, -1),
            "vault.all": self.toggle_all,
            "vault.edits": self.change_pane,
            "vault.folder": self.choose,
            "vault.undo": self.undo,
            "back": self.leave,
        }

    @property
    def _can_write(self) -> bool:
        """Whether there is a plan that changes anything."""
        return self._plan is not None and not self._is_made and bool(self._plan.changes)

    def write(self) -> None:
        """Take edits back into the library, and write the files."""
        if self._work.is_running or self._plan is None or self._is_made:
            return
        if self._can_write:
            self._make()
        else:
            self.say(NOTHING)

    @work(exclusive=True, group="vault")
    async def _make(self) -> None:
        made = await self._updated(self._request, is_dry=False)
        if made is None:
            return
        self._plan, self._is_made = made, True
        self.show_rows()
        self.say(f"{made.folder}: {made.summary}.")

    def open(self) -> None:
        """Open the article of the highlighted file, at the highlighted edit."""
        row, note = self.file_rows.highlighted_row, self.taken_rows.highlighted_row
        if row is None or not row.article_id:
            self.say("There is no article to open.")
        else:
            self.post_message(ShowArticle(row.article_id, note.note_id if note else ""))


def _problem_of(typed: str) -> str:
    """Return why a folder cannot be kept up to date, in a sentence; empty where it can."""
    try:
        check_folder_name(typed)
    except ReaderError as error:
        return error.message
    return ""
