"""The headings of the open article, in a panel beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.getters import query_one

from reader.core.folding import fold
from reader.core.outline import Outline, OutlineEntry
from reader.session import ReadingState
from reader.ui.commands import CONTENTS, bindings_of
from reader.ui.messages import HeadingHighlighted, PanelClosed
from reader.ui.widgets.hints import KeyHint, hints_of
from reader.ui.widgets.panel import Panel
from reader.ui.widgets.row_list import RowActivated, RowHighlighted, RowList, sanitise_content

HINTS = (("list.filter", "filter"), ("panel.close", "back"))
"""The commands at the bottom of the panel, after enter."""

PERCENT_FROM = 28
"""From how many cells on a row shows where in the article its section begins."""


class HeadingRow(NamedTuple):
    """A row of the contents."""

    entry: OutlineEntry
    """The heading."""
    percent: int | None
    """Where its section begins, in per cent of the text; None where that is not known."""
    is_present: bool
    """Whether the caret was in this section when the contents were opened."""


class HeadingRows(RowList[HeadingRow]):
    """The list itself: headings indented by their depth."""

    def key_of(self, row: HeadingRow) -> str:
        """Return the heading's offset: no two headings share one."""
        return str(row.entry.offset)

    def render_row(
        self,
        row: HeadingRow,
        width: int,
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the heading with its mark, and where it stands in the article."""
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


class Contents(Panel):
    """A panel with the headings: moving in it moves the article."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(CONTENTS)]
    FILTER_LOOKS_AT = "words of a heading"
    STAYS = False

    rows = query_one(HeadingRows)

    def __init__(
        self,
        outline: Outline,
        caret: int = 0,
        *,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """Show headings.

        Args:
            outline: The headings.
            caret: Offset of the caret at opening; the section around it is marked.
            id: As for any widget.
        """
        super().__init__(id=id)
        self._outline = outline
        self._caret = caret
        self._has_begun = False

    def make_rows(self) -> HeadingRows:
        """Return the list, empty."""
        return HeadingRows()

    def make_hints(self, keymap: Mapping[str, str]) -> tuple[KeyHint, ...]:
        """Return the keys of the list."""
        return (KeyHint("enter", "go there", "accept"), *hints_of(HINTS, keymap))

    def watch_state(self, before: ReadingState | None, now: ReadingState | None) -> None:
        """Read the headings anew where the document is another."""
        if now is None or (before is not None and before.document is now.document):
            return
        self._outline = Outline(now.document)
        if self.is_mounted:
            self.fill()

    def action_accept(self) -> None:
        """Stay at the highlighted heading, as enter does."""
        self.rows.action_activate()

    @on(RowHighlighted)
    def tell_highlighted(self, event: RowHighlighted[HeadingRow]) -> None:
        """Let the article follow the highlight."""
        event.stop()
        self.post_message(HeadingHighlighted(event.row.entry.offset))

    @on(RowActivated)
    def accept(self, event: RowActivated[HeadingRow]) -> None:
        """Stay at the heading; it may not have been moved to, where it was highlighted before."""
        event.stop()
        self.post_message(HeadingHighlighted(event.row.entry.offset))
        self.post_message(PanelClosed(True))

    def fill(self) -> None:
        """Fill list and title."""
        length = len(self.state.document.text) if self.state else 0
        present = self._outline.index_at(self._caret)
        wanted = fold(self.filter_bar.text)
        entries = self._outline.entries
        rows = tuple(
            HeadingRow(entry, entry.offset * 100 // length if length else None, index == present)
            for index, entry in enumerate(entries)
            if not wanted or wanted in fold(entry.title)
        )
        self.set_title("Contents", f"{len(rows)} of {len(entries)}" if wanted else "")
        if entries:
            self.rows.placeholder = Content(f"Nothing fits “{self.filter_bar.text}”.")
        elif self.state is None or self.state.document.is_complete:
            self.rows.placeholder = Content("This article has no headings.")
        else:
            self.rows.placeholder = Content("No headings so far; the article is still being read.")
        self.rows.rows = rows
        if entries and not self._has_begun:
            self._has_begun = True
            self.rows.highlight_key(str(entries[max(present, 0)].offset), center=True)
