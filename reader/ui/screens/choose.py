"""Choosing one of several annotations that overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.core.annotation import STANDARD_TAGS, Annotation, Tag
from reader.paths import styles_folder
from reader.ui.widgets.annotation_list import AnnotationRow, AnnotationRows, row_of
from reader.ui.widgets.row_list import RowActivated

DIGITS = "123456789"
"""The keys that choose a row at once."""


class NumberedRows(AnnotationRows):
    """Annotations with the digits that choose them."""

    def render_row(self, row: AnnotationRow, width: int, is_highlighted: bool) -> Sequence[Content]:
        """Return the lines of a row with its digit before them."""
        index = self.rows.index(row)
        digit = DIGITS[index] if index < len(DIGITS) else " "
        first, second = super().render_row(row, max(width - 2, 1), is_highlighted)
        return [Content.styled(f"{digit} ", "bold $primary") + first, Content("  ") + second]


class ChooseScreen(ModalScreen[str | None]):
    """Lets one of several annotations be chosen; gives its id, or None."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "choose.tcss"),
    ]
    AUTO_FOCUS = "NumberedRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Close", show=False),
    ]

    rows = query_one(NumberedRows)

    def __init__(
        self,
        annotations: Sequence[Annotation],
        tags: Sequence[Tag] = STANDARD_TAGS,
        title: str = "",
    ) -> None:
        """Offer annotations.

        Args:
            annotations: At least one; the first is highlighted.
            tags: The tags of the settings.
            title: What to choose; by default how many annotations there are.
        """
        super().__init__()
        self._title = title or f"{len(annotations)} annotations here"
        known = {tag.name: tag for tag in tags}
        self._rows = tuple(row_of(each, known) for each in annotations)

    def compose(self) -> ComposeResult:
        """Lay out the annotations and the keys."""
        with Vertical(id="choose-dialog") as dialog:
            dialog.border_title = self._title
            yield NumberedRows()
            yield Static("enter or its digit chooses · esc close", classes="hint", markup=False)

    def on_mount(self) -> None:
        """Show the annotations, all of them where there is room."""
        self.rows.rows = self._rows
        self.rows.highlighted = 0
        self.rows.styles.height = len(self._rows) * NumberedRows.ROW_HEIGHT

    def on_key(self, event: Key) -> None:
        """Choose by a digit."""
        index = DIGITS.find(event.character) if event.character else -1
        if 0 <= index < len(self._rows):
            event.stop()
            self.dismiss(self._rows[index].annotation.id)

    @on(RowActivated)
    def choose(self, event: RowActivated[AnnotationRow]) -> None:
        """Choose the highlighted one."""
        event.stop()
        self.dismiss(event.row.annotation.id)
