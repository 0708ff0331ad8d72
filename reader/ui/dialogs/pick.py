"""A dialog that lets the reader pick one of several rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from reader.paths import styles_folder
from reader.ui.widgets.row_list import RowActivated, RowList, sanitise_content

SMALL = ("-low", "-tiny", "-thin")
"""The classes of a window that the dialog fills."""

DIGITS = "123456789"
"""The keys of the first rows."""


class PickRow(NamedTuple):
    """A row that can be picked."""

    name: str | Content
    """Its first line."""
    detail: str | Content
    """Its second line; plain text is drawn faint."""
    key: str = ""
    """The key that picks it; empty for the digit of its position."""


class PickRows(RowList[PickRow]):
    """Rows with the keys that pick them."""

    ROW_HEIGHT = 2

    def key_of(self, row: PickRow) -> str:
        """Return the row's index."""
        return str(self.rows.index(row))

    def render_row(
        self,
        row: PickRow,
        width: int,  # noqa: ARG002 (the list cuts what is too long)
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the name with its key, and the detail."""
        key = key_for(row, self.rows.index(row))
        detail = Content.styled(row.detail, "$faint") if isinstance(row.detail, str) else row.detail
        return [
            Content.assemble((f"{key or ' '} ", "bold $primary"), row.name),
            Content("  ") + detail,
        ]


def fit_rows(dialog: Widget, rows: RowList[Any]) -> None:
    """Show all rows of a list in a dialog, as far as there is room for them on the screen.

    Args:
        dialog: The dialog, whose other children have their heights.
        rows: The list in it.
    """
    screen = dialog.screen
    others = [each for each in dialog.children if each.display and each is not rows]
    taken = sum(each.outer_size.height + each.styles.margin.height for each in others)
    is_small = any(map(screen.has_class, SMALL))
    most = screen.size.height if is_small else screen.size.height * 8 // 10
    room = most - dialog.gutter.height - taken
    rows.styles.height = max(min(len(rows.rows) * rows.ROW_HEIGHT, room), 1)


def key_for(row: PickRow, index: int) -> str:
    """Return the key that picks a row; empty where it has none."""
    return row.key or (DIGITS[index] if index < len(DIGITS) else "")


class PickScreen(ModalScreen[int | None]):
    """Lets the reader pick a row; returns its index, or None for none."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "pick.tcss"),
    ]
    AUTO_FOCUS = "PickRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Close"),
    ]

    rows = query_one(PickRows)

    def __init__(
        self,
        rows: Sequence[PickRow],
        *,
        question: str = "",
        title: str = "",
        close: str = "close",
    ) -> None:
        """Prepare the dialog.

        Args:
            rows: At least one; the first is highlighted.
            question: One or two sentences above the rows; any text.
            title: A few words in the border, in place of a question; any text.
            close: What escape does, in a word or two.
        """
        super().__init__(classes="-titled" if title else None)
        self._rows = tuple(rows)
        self._question = question
        self._title = title
        self._close = close

    def compose(self) -> ComposeResult:
        """Lay out the question or the title, the rows and the keys."""
        with Vertical(id="pick-dialog", classes="dialog") as dialog:
            if self._title:
                dialog.border_title = Content(self._title)
            if self._question:
                yield Static(sanitise_content(Content(self._question), 400), id="pick-question")
            yield PickRows()
            hint = f"enter or its key picks · esc {self._close}"
            yield Static(hint, classes="hint", markup=False)

    def on_mount(self) -> None:
        """Show the rows."""
        self.rows.rows = self._rows
        self.rows.highlighted = 0

    def on_resize(self) -> None:
        """Show all rows where there is room for them, once the question has its height."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        fit_rows(self.query_one("#pick-dialog"), self.rows)

    def on_key(self, event: Key) -> None:
        """Pick a row by its key."""
        for index, row in enumerate(self._rows):
            if event.character and event.character == key_for(row, index):
                event.stop()
                self._pick(index)
                return

    def _pick(self, index: int) -> None:
        """Return a row; one that is out of sight is shown first, and waits for another key."""
        is_seen = self.rows.is_row_shown(index)
        self.rows.highlighted = index
        if is_seen:
            self.dismiss(index)

    def on_row_activated(self, event: RowActivated[PickRow]) -> None:
        """Pick the highlighted row."""
        event.stop()
        self.dismiss(self._rows.index(event.row))
