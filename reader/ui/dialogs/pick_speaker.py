"""A dialog that lets the reader choose a speaker, or type one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from reader.core.folding import fold
from reader.core.speech.offers import SpeakerOffer
from reader.paths import styles_folder
from reader.safe_text import sanitise_line
from reader.ui.dialogs.typed_choice import TypedChoiceScreen
from reader.ui.widgets.fields import LineField
from reader.ui.widgets.row_list import RowActivated, RowList

HINT = "enter takes it · ↑↓ others · tab completes · esc close"
AS_TYPED = "as typed"
NOBODY = "takes the speaker away"
NO_NAMES = "No name was found here or in the library: type one."


class SpeakerRows(RowList[SpeakerOffer]):
    """Speakers, each with why it is offered."""

    def key_of(self, row: SpeakerOffer) -> str:
        """Return the name, with the reason for a name that is there twice."""
        return f"{row.name}\n{row.reason}"

    def render_row(
        self,
        row: SpeakerOffer,
        width: int,  # noqa: ARG002 (the list cuts what is too long)
        is_highlighted: bool,  # noqa: ARG002 (the list draws the highlight)
    ) -> Sequence[Content]:
        """Return the name and why it is offered."""
        return [Content.assemble(row.name or "nobody", "  ", (row.reason, "$faint"))]


class SpeakerScreen(TypedChoiceScreen[str | None]):
    """Lets the reader choose a speaker; returns the name, or None where nothing changes.

    The name is empty where the reader takes the speaker away.
    """

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "pick_name.tcss"),
    ]
    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", show=False),
    ]

    rows = query_one(SpeakerRows)

    def __init__(self, offers: Sequence[SpeakerOffer], speaker: str = "") -> None:
        """Prepare the dialog.

        Args:
            offers: The speakers to offer, the likeliest first; any text.
            speaker: The present speaker; empty for none.
        """
        super().__init__()
        self._offers = tuple(offer for offer in offers if sanitise_line(offer.name) == offer.name)
        self._speaker = speaker

    def compose(self) -> ComposeResult:
        """Lay out the field, the names and the keys."""
        with Vertical(id="name-dialog", classes="dialog") as dialog:
            dialog.border_title = "Who said it?"
            yield LineField(
                id="name",
                compact=True,
                placeholder="a name, or a part of one",
            )
            yield SpeakerRows()
            yield Static(HINT, classes="hint", markup=False)

    def on_mount(self) -> None:
        """Show every speaker."""
        self.rows.placeholder = Content(NO_NAMES)
        self._show_matching()

    @on(Input.Changed)
    def _show_matching(self) -> None:
        typed = " ".join(self.entry.value.split())
        terms = fold(typed).split()
        rows = [offer for offer in self._offers if offer.matches(terms)]
        if typed and not any(offer.name == typed for offer in rows):
            rows.append(SpeakerOffer(typed, AS_TYPED))
        if not typed and self._speaker:
            rows.append(SpeakerOffer("", NOBODY))
        self.rows.rows = rows
        self.rows.highlighted = 0

    def action_complete(self) -> None:
        """Put the highlighted name into the field."""
        row = self.rows.highlighted_row
        if row is not None:
            self.entry.value = row.name
            self.entry.cursor_position = len(row.name)

    @on(Input.Submitted)
    def _take(self) -> None:
        row = self.rows.highlighted_row
        if row is not None:
            self.dismiss(row.name)

    def on_row_activated(self, event: RowActivated[SpeakerOffer]) -> None:
        """Take the speaker that was clicked."""
        event.stop()
        self.dismiss(event.row.name)
