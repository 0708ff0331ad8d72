"""The field for the format of an export: what is typed finds it, or the arrows choose it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input

from reader.core.folding import fold
from reader.core.text_formatting import one_line
from reader.session.export_formats import OfferedFormat
from reader.ui.widgets.fields import LineField
from reader.ui.widgets.row_list import RowActivated, RowHighlighted, RowList

_TITLE_LENGTH = 40


class FormatRows(RowList[OfferedFormat]):
    """The formats that fit what was typed, each with how its files end."""

    def key_of(self, row: OfferedFormat) -> str:
        """Return the name of the format."""
        return row.name

    def render_row(
        self,
        row: OfferedFormat,
        width: int,  # noqa: ARG002 (the list cuts what is too long)
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the title and the ending."""
        title = one_line(row.title, _TITLE_LENGTH)
        return [Content.assemble(title, (f"  {row.suffixes[0]}", "$faint"))]


class FormatField(Vertical):
    """Shows the chosen format on a line, and the others below it while it has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Next"),
        Binding("up", "step(-1)", "Before"),
        Binding("pagedown", "page(1)", "Page down"),
        Binding("pageup", "page(-1)", "Page up"),
    ]

    formats: reactive[tuple[OfferedFormat, ...]] = reactive[tuple[OfferedFormat, ...]](())
    """The formats that can be chosen."""
    chosen: reactive[str] = reactive("")
    """The name of the chosen format."""

    entry = query_one(LineField)
    rows = query_one(FormatRows)

    @dataclass
    class Changed(Message):
        """Another format was chosen."""

        format: OfferedFormat
        """The format."""

    def __init__(self, formats: Sequence[OfferedFormat], chosen: str, *, id: str) -> None:  # noqa: A002 (Textual's name)
        """Offer formats.

        Args:
            formats: The formats; at least one.
            chosen: The name of the one that is chosen at first.
            id: The widget's id.
        """
        super().__init__(id=id)
        self.set_reactive(FormatField.formats, tuple(formats))
        known = [each.name for each in formats]
        self.set_reactive(FormatField.chosen, chosen if chosen in known else known[0])

    @property
    def format(self) -> OfferedFormat:
        """The chosen format."""
        return next(each for each in self.formats if each.name == self.chosen)

    def choose(self, name: str) -> None:
        """Choose a format by its name."""
        if name != self.chosen:
            self.chosen = name
            self._show_matching()
            self.post_message(self.Changed(self.format))

    def compose(self) -> ComposeResult:
        """Lay out the line to type into, and the formats."""
        yield LineField(compact=True)
        yield FormatRows()

    def on_mount(self) -> None:
        """Leave the keys to the line."""
        self.rows.can_focus = False
        self._show_matching()

    def watch_formats(self) -> None:
        """Show other formats."""
        if self.is_mounted:
            self._show_matching()

    def watch_chosen(self) -> None:
        """Show what is chosen while nothing is typed."""
        if self.is_mounted:
            self.entry.placeholder = self._shown

    @property
    def _shown(self) -> str:
        return f"{one_line(self.format.title, _TITLE_LENGTH)}  {self.format.suffixes[0]}"

    def on_descendant_focus(self) -> None:
        """Show the formats."""
        self.add_class("-open")

    def on_descendant_blur(self) -> None:
        """Show the chosen one alone."""
        self.remove_class("-open")
        if self.is_attached:
            self.entry.value = ""

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        event.stop()
        self._show_matching()

    @on(RowHighlighted)
    @on(RowActivated)
    def _click(self, event: RowHighlighted[OfferedFormat] | RowActivated[OfferedFormat]) -> None:
        event.stop()
        self._choose_highlighted()

    def _choose_highlighted(self) -> None:
        row = self.rows.highlighted_row
        if row is not None and row.name != self.chosen:
            self.chosen = row.name
            self.post_message(self.Changed(row))

    def action_step(self, step: int) -> None:
        """Choose another format; after the last comes the first."""
        self.rows.highlight_around(step)
        self._choose_highlighted()

    def action_page(self, step: int) -> None:
        """Choose a format a page further down or up."""
        self.rows.action_highlight_page(step)

    def _show_matching(self) -> None:
        """Show the formats that fit what was typed, and choose the first if the chosen does not."""
        typed = fold(self.entry.value).split()
        found = [each for each in self.formats if _fits(each, typed)]
        found.sort(key=lambda each: not _begins(each, typed))
        self.entry.placeholder = self._shown
        self.rows.placeholder = Content("No format is called so.")
        self.rows.rows = found
        names = [each.name for each in found]
        stays = self.chosen in names and not typed
        self.rows.highlighted = names.index(self.chosen) if stays else 0
        self._choose_highlighted()


def _fits(offered: OfferedFormat, terms: Sequence[str]) -> bool:
    words = fold(f"{offered.title} {offered.name}")
    return all(
        any(term in each for each in offered.suffixes) if term.startswith(".") else term in words
        for term in terms
    )


def _begins(offered: OfferedFormat, terms: Sequence[str]) -> bool:
    return bool(terms) and fold(offered.title).startswith(terms[0])
