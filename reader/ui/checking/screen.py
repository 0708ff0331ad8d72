"""The screen of a check: the quotations and figures of a draft, each beside its source."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import PurePath
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen

from reader.core.draft_check.checked import CheckedDraft, CheckedQuotation
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.paths import styles_folder
from reader.safe_text import sanitise_line
from reader.session.quoting import with_source
from reader.session.sources import STANDARD_INPUT
from reader.ui.actions import Actions
from reader.ui.bindings import bindings_of
from reader.ui.checking.detail import FindingDetail
from reader.ui.checking.finding_rows import Finding, FindingRows, is_problem
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import CHECKING
from reader.ui.key_hints import hints_of
from reader.ui.messages import ShowArticle, ShowPassage
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.list_and_detail import ListAndDetail
from reader.ui.widgets.list_page import PageHeading
from reader.ui.widgets.row_list import RowActivated, RowHighlighted

HINTS = (
    ("checking.open", "open the source"),
    ("checking.next", "next problem"),
    ("checking.copy", "copy its words"),
    ("help", "help"),
    ("back", "back"),
    ("checking.quote", "copy with source"),
    ("checking.problems", "only problems"),
    ("checking.again", "check again"),
    ("theme", "theme"),
)

LONGEST_NAME = 60
"""The most characters of the draft's name in the heading."""

NO_QUOTATION = "No quotation of four words or more was found."
NO_PROBLEM = "Every quotation is verbatim."


class CheckingScreen(Screen[None], CommandScreen):
    """Walks through what a check of a draft found out."""

    HELP_NAME = CHECKING
    AUTO_FOCUS = "FindingRows"
    CSS_PATH: ClassVar = [
        str(styles_folder() / name)
        for name in ("row_list.tcss", "list_and_detail.tcss", "wordings.tcss", "checking.tcss")
    ]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(CHECKING)]

    has_all: var[bool] = var(True, init=False)
    """Whether quotations that are verbatim are listed, too."""

    finding_rows = getters.query_one(FindingRows)
    detail = getters.query_one(FindingDetail)

    def __init__(self, draft: CheckedDraft) -> None:
        """Show a draft that was checked."""
        super().__init__()
        self._draft = draft

    def compose(self) -> ComposeResult:
        """Lay out the heading, the list, the wordings and the keys."""
        name = self._draft.name
        name = "standard input" if name == STANDARD_INPUT else PurePath(name).name or name
        yield PageHeading(f"Check · {one_line(sanitise_line(name), LONGEST_NAME)}")
        yield ListAndDetail(FindingRows(), FindingDetail())
        yield Hints()

    def on_mount(self) -> None:
        """Show the first thing that has to be looked at."""
        self.query_one(Hints).hints = hints_of(HINTS, self.host.settings.keys)
        self._show_rows()
        problem = next((at for at, row in enumerate(self.finding_rows.rows) if is_problem(row)), 0)
        self.finding_rows.highlighted = problem
        self._show_detail()
        self.call_after_refresh(self.host.show_first_screen)

    # What is shown

    def watch_has_all(self) -> None:
        """Show all quotations, or only what has to be looked at."""
        self._show_rows()
        self._show_detail()

    def _show_rows(self) -> None:
        draft = self._draft
        rows: list[Finding] = [*draft.quotations, *draft.figures]
        rows.sort(key=lambda row: row.place.start)
        shown = rows if self.has_all else [row for row in rows if is_problem(row)]
        self.finding_rows.placeholder = Content(NO_PROBLEM if rows else NO_QUOTATION)
        self.finding_rows.rows = tuple(shown)
        quotations = counted(len(draft.quotations), "quotation")
        summary = f"{draft.problems} to look at · {quotations}"
        self.query_one(PageHeading).show_summary(summary)

    def _show_detail(self) -> None:
        row = self.finding_rows.highlighted_row
        self.detail.display = row is not None
        if row is not None:
            self.detail.show(row, self._draft.document)

    def on_row_highlighted(self, message: RowHighlighted[Finding]) -> None:
        """Show the wordings of the highlighted row."""
        message.stop()
        self._show_detail()

    def on_row_activated(self, message: RowActivated[Finding]) -> None:
        """Open the source of the highlighted row."""
        message.stop()
        self.open()

    # Commands

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "checking.open": self.open,
            "checking.next": partial(self.go, 1),
            "checking.previous": partial(self.go, -1),
            "checking.copy": self.copy_words,
            "checking.quote": self.copy_with_source,
            "checking.problems": self.toggle_all,
            "checking.again": self.check_again,
            "back": self.host.go_back,
        }

    def open(self) -> None:
        """Open the article at the passage, in the version that has it; a claim at its mark."""
        row = self.finding_rows.highlighted_row
        if row is None:
            return
        if not isinstance(row, CheckedQuotation):
            claim = row.finding.claim
            self.post_message(ShowArticle(claim.article_id, claim.annotation.id))
        elif row.source is None:
            self._notify("No article of the library has these words.")
        else:
            source = row.source
            self.post_message(ShowPassage(source.article.id, source.place, source.digest))

    def go(self, step: int) -> None:
        """Go to the next thing that has to be looked at; after the last comes the first.

        Args:
            step: 1 for the next one, -1 for the one before.
        """
        if self.finding_rows.highlight_next(is_problem, step):
            self._show_detail()
        else:
            self._notify(NO_PROBLEM if self.finding_rows.rows else NO_QUOTATION)

    def copy_words(self) -> None:
        """Copy the words of the source."""
        row = self.finding_rows.highlighted_row
        if isinstance(row, CheckedQuotation) and row.source is not None:
            self.host.copy(row.source.words, self._notify)
        elif row is not None:
            self._notify("There is no source to copy from.")

    def copy_with_source(self) -> None:
        """Copy the words of the source with their speaker and their source."""
        row = self.finding_rows.highlighted_row
        if isinstance(row, CheckedQuotation) and row.source is not None:
            style = self.host.settings.quotation_style
            self.host.copy(
                with_source(row.source.as_quotation, row.source.article, style), self._notify
            )
        elif row is not None:
            self._notify("There is no source to copy from.")

    def toggle_all(self) -> None:
        """Show only what has to be looked at, or everything."""
        self.has_all = not self.has_all

    async def check_again(self) -> None:
        """Read the draft again and check it, with the same row on screen."""
        name = self._draft.name
        if name == STANDARD_INPUT:
            self._notify("Standard input can be read only once.")
            return
        check = self.host.session.draft_checking.check
        try:
            draft = await asyncio.to_thread(check, name, read_as=self._draft.read_as)
        except ReaderError as error:
            self.host.notify_error(error)
            return
        self._draft = draft
        self._show_rows()
        self._show_detail()
        self._notify(f"Checked again: {draft.problems} to look at.")

    def _notify(self, sentence: str) -> None:
        self.notify(sentence, markup=False)
