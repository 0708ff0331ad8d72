"""Options to choose from with arrows, keys and the mouse; together they are one tab stop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from reader.core.annotation import Tag
from reader.core.cells import cell_width
from reader.core.claims import ClaimStatus
from reader.ui.painting.palette import OTHER_SIGN, find_colour
from reader.ui.widgets.row_list import sanitise_content

GAP = 2
"""Cells between two options."""

MAX_WIDTH = 200
"""The most cells of an option."""


class Choice(NamedTuple):
    """An option."""

    id: str
    """Its name in the program."""
    label: str
    """Its text on screen."""
    key: str = ""
    """The key that chooses it while the options have the focus; empty for its first letter."""
    glyph: str = ""
    """A glyph before the label; may be empty."""
    colour: str = ""
    """A theme variable without ``$``, or a colour such as ``#ff8800``; empty for that of text."""


class _Chip(NamedTuple):
    """The cells of an option in its line."""

    option: int
    """Index of the option."""
    start: int
    """Its first cell."""
    end: int
    """The cell after its last."""


def tag_choices(tags: Iterable[Tag]) -> tuple[Choice, ...]:
    """Return the options for tags that have a glyph."""
    return tuple(Choice(tag.name, tag.name, tag.key, tag.glyph, tag.colour) for tag in tags)


def status_choices(statuses: Sequence[ClaimStatus], *present: str | None) -> tuple[Choice, ...]:
    """Return the options for the status of a claim.

    Args:
        statuses: The statuses of the settings.
        present: Statuses that the claim has; the settings need not have them.
    """
    known = {status.name for status in statuses}
    others = [name for name in dict.fromkeys(present) if name and name not in known]
    return (
        *(Choice(each.name, each.name, each.key, each.sign, each.colour) for each in statuses),
        *(Choice(name, name, "", OTHER_SIGN) for name in others),
    )


class Choices(Widget, can_focus=True):
    """Shows options side by side, on as many lines as they need."""

    DEFAULT_CSS = """
    Choices { width: 1fr; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Before"),
        Binding("right,l", "step(1)", "Next"),
        Binding("up,k", "step_line(-1)", "Line before"),
        Binding("down,j", "step_line(1)", "Next line"),
        Binding("space,enter", "choose", "Choose"),
    ]

    options: reactive[tuple[Choice, ...]] = reactive[tuple[Choice, ...]]((), layout=True)
    """The options."""
    chosen: reactive[tuple[str, ...]] = reactive[tuple[str, ...]](())
    """The ids of the chosen options, in the order in which they were chosen."""
    cursor: reactive[int] = reactive(0)
    """Index of the option that space and enter choose."""

    @dataclass
    class Changed(Message):
        """The reader chose another option, or none."""

        choices: Choices
        """The options."""
        chosen: tuple[str, ...]
        """The ids of the chosen options."""

        @property
        def control(self) -> Choices:
            """The options."""
            return self.choices

    def __init__(
        self,
        options: Sequence[Choice] = (),
        chosen: Sequence[str] = (),
        *,
        is_multiple: bool = False,
        is_optional: bool = False,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
        classes: str | None = None,
    ) -> None:
        """Show options.

        Args:
            options: The options.
            chosen: Ids of the options that are chosen at first.
            is_multiple: Whether any number of options can be chosen, also none.
            is_optional: Whether the only chosen option can be deselected.
            id: The widget's id.
            classes: The widget's classes.
        """
        super().__init__(id=id, classes=classes)
        self._is_multiple = is_multiple
        self._is_optional = is_optional or is_multiple
        self.set_reactive(Choices.options, tuple(options))
        self.set_reactive(Choices.chosen, tuple(chosen))
        first = next((index for index, option in enumerate(options) if option.id in chosen), 0)
        self.set_reactive(Choices.cursor, first)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on an option."""
        return min(max(cursor, 0), max(len(self.options) - 1, 0))

    def watch_options(self) -> None:
        """Keep the cursor on an option when the options change."""
        self.cursor = self.validate_cursor(self.cursor)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines of the options."""
        return max(len(self._lines(width)), 1)

    def render(self) -> RenderResult:
        """Draw the options."""
        lines = []
        for chips in self._lines(self.content_size.width):
            parts: list[Content] = []
            for chip in chips:
                if parts:
                    parts.append(Content(" " * GAP))
                parts.append(sanitise_content(self._content(chip.option), chip.end - chip.start))
            lines.append(Content("").join(parts))
        return Content("\n").join(lines)

    def choose(self, index: int) -> None:
        """Choose an option; deselect one that is chosen, if that is possible."""
        if not 0 <= index < len(self.options):
            return
        self.cursor = index
        option_id = self.options[index].id
        is_chosen = option_id in self.chosen
        if is_chosen and not self._is_optional:
            return
        others: tuple[str, ...] = ()
        if self._is_multiple:
            others = tuple(chosen for chosen in self.chosen if chosen != option_id)
        self.chosen = others if is_chosen else (*others, option_id)
        self.post_message(self.Changed(self, self.chosen))

    def action_step(self, by: int) -> None:
        """Move the cursor to another option."""
        self.cursor += by

    def action_step_line(self, by: int) -> None:
        """Move the cursor a line up or down; from the first or last line, to another field."""
        lines = self._lines(self.content_size.width)
        row = next(
            (y for y, chips in enumerate(lines) for chip in chips if chip.option == self.cursor), 0
        )
        if 0 <= row + by < len(lines):
            here = next(chip.start for chip in lines[row] if chip.option == self.cursor)
            self.cursor = min(lines[row + by], key=lambda chip: abs(chip.start - here)).option
        elif by < 0:
            self.screen.focus_previous()
        else:
            self.screen.focus_next()

    def action_choose(self) -> None:
        """Choose the option at the cursor."""
        self.choose(self.cursor)

    def on_key(self, event: Key) -> None:
        """Choose an option by its key, or by its first letter if it has no key."""
        pressed = event.character or ""
        if not pressed.isalnum():
            return
        for index, option in enumerate(self.options):
            if pressed == (option.key or option.label[:1]):
                event.stop()
                event.prevent_default()
                self.choose(index)
                return

    def on_click(self, event: Click) -> None:
        """Choose the clicked option."""
        offset = event.get_content_offset(self)
        lines = self._lines(self.content_size.width)
        if offset is None or offset.y >= len(lines):
            return
        for chip in lines[offset.y]:
            if chip.start <= offset.x < chip.end:
                event.stop()
                self.choose(chip.option)

    def _content(self, index: int) -> Content:
        option = self.options[index]
        is_chosen = option.id in self.chosen
        colour = find_colour(option.colour, self.app.theme_variables).hex if option.colour else ""
        mark = "x" if self._is_multiple else "•"
        box = f"[{mark if is_chosen else ' '}]" if self._is_multiple else ""
        box = box or f"({mark if is_chosen else ' '})"
        parts: list[tuple[str, str]] = [(f"{box} ", "bold" if is_chosen else "$faint")]
        if option.key:
            parts.append((f"{option.key} ", "$faint"))
        if option.glyph:
            parts.append((f"{option.glyph} ", colour))
        parts.append((option.label, f"bold {colour}".strip() if is_chosen else ""))
        content = sanitise_content(Content.assemble(*parts), MAX_WIDTH)
        if self.has_focus and index == self.cursor:
            content = Content.styled(content.plain, "bold $background on $caret")
        return content

    def _lines(self, width: int) -> list[list[_Chip]]:
        """Return the options line by line; an option wider than the line is cut."""
        lines: list[list[_Chip]] = []
        start = 0
        for index in range(len(self.options)):
            cells = min(cell_width(self._content(index).plain), max(width, 1))
            if not lines or start + cells > width:
                lines.append([])
                start = 0
            lines[-1].append(_Chip(index, start, start + cells))
            start += cells + GAP
        return lines
