"""The headings of the open article, in a panel beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, Self

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.reactive import var

from reader.core.folding import fold
from reader.core.outline import Outline, OutlineEntry
from reader.session import ReadingState
from reader.ui.actions import Actions, RunsCommands
from reader.ui.bindings import bindings_of
from reader.ui.commands import CONTENTS
from reader.ui.host import host_of
from reader.ui.key_hints import KeyHint, hints_of
from reader.ui.messages import HeadingHighlighted, PanelClosed
from reader.ui.widgets.filter_bar import FilterBar, FilterChanged
from reader.ui.widgets.filtered_list import FilteredList
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.panel_title import PanelTitle, left_hints, panel_hint
from reader.ui.widgets.row_list import RowActivated, RowHighlighted, RowList, sanitise_content

HINTS = (("panel.leave", "article"), ("list.filter", "filter"), ("panel.close", "back"))
"""The commands at the bottom of the panel, after enter."""

PERCENT_FROM = 28
"""The least cells of a row that shows where its section begins."""


class HeadingRow(NamedTuple):
    """A row of the contents."""

    entry: OutlineEntry
    """The heading."""
    percent: int | None
    """Where its section begins, in per cent of the text; None where that is not known."""
    is_present: bool
    """Whether the caret was in this section when the contents were opened."""


class HeadingRows(RowList[HeadingRow]):
    """The list of headings, indented by their depth."""

    def key_of(self, row: HeadingRow) -> str:
        """Return the heading's offset, which no other heading has."""
        return str(row.entry.offset)

    def render_row(
        self,
        row: HeadingRow,
        width: int,
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the heading, with a sign for the present one, and where its section begins."""
        lead = ("▸ " if row.is_present else "  ") + "  " * min(row.entry.depth, width // 8)
        title = Content.assemble(
            (lead, "$caret"), (row.entry.title, "bold $heading" if row.is_present else "")
        )
        if width < PERCENT_FROM or row.percent is None:
            return [title]
        percent = f" {row.percent:3d}%"
        title = sanitise_content(title, width - len(percent))
        gap = width - len(percent) - title.cell_length
        return [title.pad_right(max(gap, 0)) + Content.styled(percent, "$faint")]


class Contents(Vertical, RunsCommands):
    """A panel with the headings; the article follows the highlighted one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(CONTENTS)]

    state: var[ReadingState | None] = var[ReadingState | None](None)
    """The state of the open article."""

    rows = query_one(HeadingRows)
    filter_bar = query_one(FilterBar)

    def __init__(
        self,
        outline: Outline,
        caret: int = 0,
        *,
        takes_focus: bool = True,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """Show headings.

        Args:
            outline: The headings.
            caret: Offset of the caret; the section around it gets a sign.
            takes_focus: Whether it has the focus at first.
            id: The widget's id.
        """
        super().__init__(id=id, classes="panel docked")
        self._takes_focus = takes_focus
        self._outline = outline
        self._caret = caret
        self._has_highlighted = False

    def compose(self) -> ComposeResult:
        """Lay out the title, the filter, the headings and the hints."""
        with FilteredList(self._list_hints):
            yield PanelTitle(panel_hint("annotations", host_of(self).settings.keys))
            yield FilterBar("words of a heading")
            yield HeadingRows()
            yield Hints()

    def on_mount(self) -> None:
        """Show the headings, and focus the list where it is to have the focus."""
        self.fill()
        self.query_one(FilteredList).show_hints()
        if self._takes_focus:
            self.rows.focus()

    def focus(self, scroll_visible: bool = True) -> Self:
        """Focus the list; before it is mounted there is no need, as it then focuses itself."""
        if self.is_mounted:
            self.rows.focus(scroll_visible)
        return self

    def watch_state(self, before: ReadingState | None, state: ReadingState | None) -> None:
        """Show the headings of a new document."""
        if state is None or (before is not None and before.document is state.document):
            return
        self._outline = Outline(state.document)
        if self.is_mounted:
            self.fill()

    def follow(self, caret: int) -> None:
        """Show another section as the present one; highlight it unless the list has the focus."""
        before, self._caret = self._outline.index_at(self._caret), caret
        present = self._outline.index_at(caret)
        if present != before and self.is_mounted:
            self.fill()
            if present >= 0 and not self.has_focus_within:
                self.rows.highlight_key(str(self._outline.entries[present].offset), center=True)

    def fill(self) -> None:
        """Fill the list and the title with the headings that pass the filter."""
        length = len(self.state.document.text) if self.state else 0
        present = self._outline.index_at(self._caret)
        text = fold(self.filter_bar.text)
        entries = self._outline.entries
        rows = tuple(
            HeadingRow(entry, entry.offset * 100 // length if length else None, index == present)
            for index, entry in enumerate(entries)
            if not text or text in fold(entry.title)
        )
        remark = f"{len(rows)} of {len(entries)}" if text else ""
        self.query_one(PanelTitle).show("Contents", remark)
        self.rows.placeholder = Content(self._why_empty())
        self.rows.rows = rows
        if entries and not self._has_highlighted:
            self._has_highlighted = True
            self.rows.highlight_key(str(entries[max(present, 0)].offset), center=True)

    def _why_empty(self) -> str:
        if self._outline.entries:
            return f"Nothing fits “{self.filter_bar.text}”."
        if self.state is None or self.state.document.is_complete:
            return "This article has no headings."
        return "No headings yet; the article is still being read."

    def _list_hints(self) -> tuple[KeyHint, ...]:
        keymap = host_of(self).settings.keys
        if not self.has_focus_within:
            return left_hints(keymap)
        hints = hints_of(HINTS, keymap)
        return (KeyHint("enter", "go there", "accept"), *hints)

    def on_filter_changed(self, message: FilterChanged) -> None:
        """Show the headings that pass the filter."""
        message.stop()
        self.fill()

    def on_row_highlighted(self, message: RowHighlighted[HeadingRow]) -> None:
        """Ask the article to follow the highlight."""
        message.stop()
        self.post_message(HeadingHighlighted(message.row.entry.offset))

    def on_row_activated(self, message: RowActivated[HeadingRow]) -> None:
        """Go to the heading, which the article need not have followed yet, and stay there."""
        message.stop()
        self.post_message(HeadingHighlighted(message.row.entry.offset))
        self.leave()

    def action_accept(self) -> None:
        """Go to the highlighted heading and stay there."""
        self.rows.action_activate()

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "list.filter": self.filter_bar.open,
            "panel.close": self.close,
            "panel.leave": self.leave,
        }

    def leave(self) -> None:
        """Go to the article."""
        self.post_message(PanelClosed(True, may_stay=True))

    def close(self) -> None:
        """Clear the filter where it has a text, else close the panel and go back."""
        if self.filter_bar.text:
            self.filter_bar.action_clear()
        else:
            self.post_message(PanelClosed(False))
