"""The line in which notes and articles are asked for, with what may be written next beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from reader.core.cells import cell_width, clip
from reader.core.query.completion import Completion, Suggestion, ValuesOf, completed, completions
from reader.core.query.parsing import QueryFault
from reader.errors import ReaderError
from reader.safe_text import drawn, sanitise_line
from reader.ui.host import host_of
from reader.ui.key_hints import KeyHint
from reader.ui.widgets.filter_bar import FilterBar

PLACEHOLDER = "words, “phrases”, -not, OR, tag: speaker: status: site: after: has: is: text:"
"""What an empty query line shows."""

MOST_SHOWN = 8
"""The most suggestions that are shown at once."""

WIDEST = 56
"""The most cells of a suggestion."""


@dataclass
class CompletionWanted(Message):
    """The text or the cursor changed: what may be written next is wanted."""

    text: str
    """The query."""
    cursor: int
    """The offset of the cursor in it."""


class Completed(Message):
    """What may be written at the cursor of the query was found."""

    def __init__(self, wanted: CompletionWanted, completion: Completion) -> None:
        """Take what was wanted, and what was found."""
        super().__init__()
        self.wanted = wanted
        """The text and the cursor that it is for."""
        self.completion = completion
        """What may be written."""


class FaultHighlighter(Highlighter):
    """Underlines what is not understood of a query."""

    def __init__(self) -> None:
        """Underline nothing."""
        self.faults: Sequence[QueryFault] = ()
        """The mistakes."""
        self.style = "underline"
        """The style of what they are about."""

    def highlight(self, text: Text) -> None:
        """Underline the mistakes in a text."""
        for fault in self.faults:
            text.stylize(self.style, fault.start, max(fault.end, fault.start + 1))


class Suggestions(Widget):
    """The suggestions below the query line, over the list; none while it has none."""

    ALLOW_SELECT = False

    completion: reactive[Completion | None] = reactive[Completion | None](None, layout=True)
    """What may be written at the cursor; None for nothing."""
    chosen: reactive[int] = reactive(-1)
    """The index of the suggestion that the arrows have chosen; -1 for none."""

    def __init__(self, take: Callable[[Suggestion], None]) -> None:
        """Show nothing.

        Args:
            take: What writes a suggestion that the reader clicked.
        """
        super().__init__()
        self._take = take

    @property
    def suggestions(self) -> Sequence[Suggestion]:
        """The suggestions."""
        return self.completion.suggestions if self.completion else ()

    def watch_completion(self, completion: Completion | None) -> None:
        """Choose none, and be there only while there is a suggestion."""
        self.chosen = -1
        self.display = bool(completion and completion.suggestions)
        if self.display:
            shown = self._shown()
            self.styles.width = min(max(map(self._width_of, shown)) + 2, WIDEST)
            self.styles.height = len(shown)

    def _shown(self) -> Sequence[Suggestion]:
        """Return the suggestions that fit, among them the chosen one."""
        most = max(min(MOST_SHOWN, self.screen.size.height - 4), 1)
        first = max(min(self.chosen - most + 2, len(self.suggestions) - most), 0)
        return self.suggestions[first : first + most]

    @staticmethod
    def _width_of(suggestion: Suggestion) -> int:
        return cell_width(suggestion.label) + 2 + cell_width(_beside(suggestion))

    def render(self) -> Content:
        """Return a line for each suggestion."""
        width = self.content_size.width
        lines = []
        chosen = self.suggestions[self.chosen] if self.chosen >= 0 else None
        for each in self._shown():
            least = width // 2  # of a long value more is left out than of what it asks for
            beside = clip(_beside(each), max(width - cell_width(each.label) - 2, least, 1))
            room = max(width - cell_width(beside) - 1, 1)
            label = clip(drawn(sanitise_line(each.label)), room)
            gap = " " * max(width - cell_width(label) - cell_width(beside), 1)
            is_chosen = each is chosen
            style = "bold reverse" if is_chosen else "$foreground"
            line = Content.assemble((label, style), gap, (beside, "$faint"))
            lines.append(line)
        return Content("\n").join(lines)

    def move(self, step: int) -> None:
        """Choose another suggestion; before the first and after the last there is none."""
        count = len(self.suggestions)
        self.chosen = (self.chosen + 1 + step) % (count + 1) - 1
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Take the clicked suggestion."""
        offset = event.get_content_offset(self)
        shown = self._shown()
        if offset is not None and offset.y < len(shown):
            event.stop()
            self._take(shown[offset.y])


def _beside(suggestion: Suggestion) -> str:
    """Return what stands beside a suggestion: how many notes have it, or what it asks for."""
    return f"{suggestion.notes:,}" if suggestion.notes >= 0 else suggestion.help


class FaultLine(Static):
    """What is not understood of a query; it is there only while something is not."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__(id="query-fault", markup=False)

    def show(self, faults: Sequence[QueryFault], *, with_unfinished: bool = False) -> None:
        """Show the first mistake.

        Args:
            faults: The mistakes of the query.
            with_unfinished: Whether one that may only not be typed to its end is shown where there
                is no other.
        """
        finished = [each for each in faults if not each.is_unfinished]
        shown = finished or (faults if with_unfinished else ())
        self.display = bool(shown)
        if shown:
            self.update(Content(shown[0].message))


class QueryField(FilterBar):
    """The query line; tab and the arrows complete what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete"),
        Binding("down", "next(1)", "Next"),
        Binding("up", "next(-1)", "Previous"),
    ]

    def __init__(self, placeholder: str = PLACEHOLDER, values_of: ValuesOf | None = None) -> None:
        """Make an empty query line.

        Args:
            placeholder: What it shows while it is empty.
            values_of: The values of a field that are suggested, where they are at hand; None for
                those of the library, which are looked up on a thread.
        """
        super().__init__(placeholder)
        self.suggestions = Suggestions(self.take)
        """Where suggestions are shown; whoever composes the field places it."""
        self._values_of = values_of
        self._highlighter = FaultHighlighter()

    def on_mount(self) -> None:
        """Underline mistakes, and follow the cursor."""
        field = self.query_one(Input)
        field.highlighter = self._highlighter
        self.watch(field, "selection", self._on_moved, init=False)

    @property
    def value(self) -> str:
        """The text as it is typed."""
        return self.query_one(Input).value

    def open(self) -> None:
        """Go to the line, behind what it has."""
        super().open()
        field = self.query_one(Input)
        if field.value and not field.value.endswith(" "):
            field.insert_text_at_cursor(" ")

    def write(self, text: str) -> None:
        """Write another query into the line."""
        field = self.query_one(Input)
        if field.value != text:
            field.value = text
        field.cursor_position = len(text)
        self.suggestions.completion = None

    def show_faults(self, faults: Sequence[QueryFault]) -> None:
        """Underline what is not understood."""
        self._highlighter.faults = faults
        self.query_one(Input).refresh()

    def on_completion_wanted(self, wanted: CompletionWanted) -> None:
        """Find what may be written at the cursor."""
        wanted.stop()
        if self._values_of is not None:
            found = completions(wanted.text, wanted.cursor, self._values_of)
            self._show_completion(wanted, found)
        else:
            work = partial(self._look_up, wanted)
            self.run_worker(work, thread=True, exclusive=True, group="completion")

    def _look_up(self, wanted: CompletionWanted) -> None:
        worker = get_current_worker()
        try:
            values = host_of(self).session.queries.values
            completion = completions(wanted.text, wanted.cursor, values)
        except ReaderError:  # the list says what is wrong
            return
        if not worker.is_cancelled:
            self.post_message(Completed(wanted, completion))

    def on_completed(self, message: Completed) -> None:
        """Show what was found."""
        message.stop()
        self._show_completion(message.wanted, message.completion)

    def _show_completion(self, wanted: CompletionWanted, completion: Completion) -> None:
        """Show what may be written at the cursor, unless it has moved on."""
        field = self.query_one(Input)
        is_current = (field.value, field.cursor_position) == (wanted.text, wanted.cursor)
        if is_current and field.has_focus:
            first = completion.suggestions[:1]
            is_written = bool(first) and len(completion.suggestions) == 1
            typed = wanted.text[completion.start : completion.end]
            done = is_written and first[0].text == typed
            self.suggestions.completion = None if done else completion

    def _on_moved(self) -> None:
        field = self.query_one(Input)
        if field.has_focus and field.value.strip():
            self.post_message(CompletionWanted(field.value, field.cursor_position))
        else:
            self.suggestions.completion = None

    def on_descendant_blur(self) -> None:
        """Show no suggestions any more."""
        self.suggestions.completion = None

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys of the query line."""
        return (
            KeyHint("enter", "to the list", "leave"),
            KeyHint("tab", "complete", "complete"),
            KeyHint("esc", "show all", "clear"),
        )

    def take(self, suggestion: Suggestion) -> None:
        """Write a suggestion into the query."""
        completion = self.suggestions.completion
        if completion is None:
            return
        field = self.query_one(Input)
        text, cursor = completed(field.value, completion, suggestion)
        self.suggestions.completion = None
        field.value = text
        field.cursor_position = cursor
        field.focus()

    def action_complete(self) -> None:
        """Take the chosen suggestion, else the first; without any, go to the list."""
        suggestions = self.suggestions.suggestions
        if suggestions:
            self.take(suggestions[max(self.suggestions.chosen, 0)])
        else:
            self.action_leave()

    def action_next(self, step: int) -> None:
        """Choose another suggestion; without any, go to the list."""
        if self.suggestions.suggestions:
            self.suggestions.move(step)
        elif step > 0:
            self.action_leave()

    def action_clear(self) -> None:
        """Hide the suggestions; without any, clear the query and go to the list."""
        if self.suggestions.suggestions:
            self.suggestions.completion = None
        else:
            super().action_clear()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the suggestion that the arrows have chosen; without one, go to the list."""
        event.stop()
        event.prevent_default()
        if self.suggestions.chosen >= 0:
            self.take(self.suggestions.suggestions[self.suggestions.chosen])
        else:
            self.action_leave()
