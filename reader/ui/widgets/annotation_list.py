"""The annotations of the open article, in a panel beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Self

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.reactive import var

from reader.core.annotation import STANDARD_TAGS, Annotation, Tag
from reader.core.claims import STANDARD_STATUSES, ClaimStatus
from reader.core.text_formatting import counted
from reader.session import ChosenNotes, ExportScope, ReadingState
from reader.ui.actions import Actions, RunsCommands
from reader.ui.bindings import bindings_of
from reader.ui.commands import ANNOTATIONS, STATUS_PREFIX, commands_of, with_keys
from reader.ui.host import host_of
from reader.ui.key_hints import KeyHint, hints_of, status_hint, tag_key_list
from reader.ui.messages import (
    AnnotationCommand,
    AnnotationHighlighted,
    PanelClosed,
)
from reader.ui.widgets.annotation_query import AnnotationQuery, counted_values
from reader.ui.widgets.annotation_rows import AnnotationRows
from reader.ui.widgets.filter_bar import FilterChanged
from reader.ui.widgets.filtered_list import FilteredList
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.panel_title import PanelTitle, left_hints, panel_hint
from reader.ui.widgets.query_field import FaultLine, QueryField
from reader.ui.widgets.row_list import RowActivated, RowHighlighted

if TYPE_CHECKING:
    from reader.core.query.parsing import QueryFault

HINTS = (
    ("annotations.edit", "edit"),
    ("panel.leave", "article"),
    ("panel.close", "close"),
    ("annotation.delete", "delete"),
    ("annotations.order", "order"),
    ("list.filter", "filter"),
    ("evidence.show", "evidence"),
)
"""The commands at the bottom of the panel, the most important first."""

REVIEW_HINTS = (
    ("compare", "what changed"),
    ("annotation.put_back", "put back"),
    ("annotations.edit", "edit"),
    ("panel.leave", "article"),
    ("panel.close", "close"),
    ("annotation.delete", "delete"),
    ("annotations.places", "by place"),
    ("annotations.order", "order"),
    ("list.filter", "filter"),
)
"""The same where an annotation needs a review or has lost its place."""

READ_ONLY_HINTS = (
    ("panel.leave", "article"),
    ("panel.close", "close"),
    ("annotations.order", "order"),
    ("list.filter", "filter"),
)
"""The same where nothing can be changed."""

REQUESTS = (
    "annotation.delete",
    "annotation.put_back",
    "annotations.edit",
    "annotations.range",
    "compare",
    "copy",
    "copy.words",
    "evidence.add",
    "evidence.show",
)
"""The commands that the article carries out on the highlighted annotation."""

STATUS_COMMANDS = tuple(
    command.id for command in commands_of(ANNOTATIONS) if command.id.startswith(STATUS_PREFIX)
)
"""The commands that set the status of the highlighted annotation."""

FIRST_STEPS = """\
No annotations yet.

Go to a sentence, or select with {select}, and press a key:
TAGS.
{annotation.open} then opens its note."""
"""The text of an empty list; TAGS stands for the keys of the tags."""


PLACEHOLDER = "words, tag: status: speaker: has: is:"
"""What the empty query line shows."""


class Places(Enum):
    """Which annotations are listed, by the state of their place."""

    ALL = ""
    REWORDED = "words changed"
    LOST = "lost their place"

    def includes(self, annotation: Annotation) -> bool:
        """Return whether an annotation is listed."""
        if self is Places.ALL:
            return True
        return annotation.needs_review if self is Places.REWORDED else annotation.is_orphaned


PLACE_QUERIES = {Places.ALL: "", Places.REWORDED: "is:changed", Places.LOST: "is:orphaned"}
"""The queries that list the same annotations."""


class Order(Enum):
    """The order of the annotations."""

    TEXT = "in the order of the text"
    TAG = "by tag"


class AnnotationList(Vertical, RunsCommands):
    """A panel with the annotations; the article follows the highlighted one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(ANNOTATIONS),
        Binding("a", "run('panel.close')", "Close"),
    ]

    state: var[ReadingState | None] = var[ReadingState | None](None)
    """The state of the open article."""
    current: var[str] = var("")
    """Id of the annotation at the caret; the list follows it while it does not have the focus."""
    order: var[Order] = var(Order.TEXT)
    """The order of the annotations."""
    places: var[Places] = var(Places.ALL)
    """Which annotations are listed."""

    rows = query_one(AnnotationRows)
    filter_bar = query_one(QueryField)

    def __init__(
        self,
        tags: Sequence[Tag] = STANDARD_TAGS,
        statuses: Sequence[ClaimStatus] = STANDARD_STATUSES,
        *,
        current: str = "",
        takes_focus: bool = True,
        is_read_only: bool = False,
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """Make an empty list.

        Args:
            tags: The tags of the settings, in their order.
            statuses: The statuses of the settings, in their order.
            current: Id of the annotation to highlight at first.
            takes_focus: Whether it has the focus at first.
            is_read_only: Whether the article refuses to change them; no hint names a change then.
            id: The widget's id.
        """
        super().__init__(id=id, classes="panel docked")
        self._takes_focus = takes_focus
        self._is_read_only = is_read_only
        self._tags = {tag.name: tag for tag in tags}
        self._statuses = {status.name: status for status in statuses}
        self._query = AnnotationQuery()
        self._has_highlighted = False
        self.set_reactive(AnnotationList.current, current)

    def compose(self) -> ComposeResult:
        """Lay out the title, the filter, the annotations and the hints."""
        field = QueryField(PLACEHOLDER, self._values_of)
        with FilteredList(self._list_hints):
            yield PanelTitle(panel_hint("contents", host_of(self).settings.keys))
            yield field
            yield field.suggestions
            yield FaultLine()
            yield AnnotationRows(self._tags, self._statuses)
            yield Hints()

    def on_mount(self) -> None:
        """Show the annotations, and focus the list where it is to have the focus."""
        self.fill()
        load = partial(self._query.load, host_of(self).session)
        self.run_worker(load, thread=True, group="query")
        self.query_one(FilteredList).show_hints()
        if self._takes_focus:
            self.rows.focus()

    def focus(self, scroll_visible: bool = True) -> Self:
        """Focus the list; before it is mounted there is no need, as it then focuses itself."""
        if self.is_mounted:
            self.rows.focus(scroll_visible)
        return self

    def watch_state(self) -> None:
        """Show the annotations of the new state."""
        self._fill_if_mounted()

    def watch_order(self) -> None:
        """Show the annotations in the new order."""
        self._fill_if_mounted()

    def watch_places(self) -> None:
        """Show the annotations that are listed now."""
        self._fill_if_mounted()

    def watch_current(self, current: str) -> None:
        """Highlight the annotation at the caret, unless the list has the focus and moved it."""
        if self.is_mounted and not self.has_focus_within:
            self.rows.highlight_key(current, center=True)

    def fill(self) -> None:
        """Fill the list and the title with the annotations that pass the filters."""
        annotations = self._annotations
        text = self.filter_bar.text
        found = self._matching(text)
        shown = [annotation for annotation in found if self.places.includes(annotation)]
        count = counted(len(annotations), "annotation")
        if text or self.places is not Places.ALL:
            count = f"{len(shown):,} of {count}"
        by_tag = Order.TAG.value if self.order is Order.TAG and annotations else ""
        remark = " · ".join(filter(None, (self.places.value, by_tag)))
        self.query_one(PanelTitle).show(count, remark)
        self.rows.placeholder = Content(self._why_empty() if annotations else self._first_steps())
        self.rows.rows = tuple(self._sorted(shown))
        if shown and not self._has_highlighted:
            self._has_highlighted = True
            self.rows.highlight_key(self.current, center=True)

    @property
    def shown_part(self) -> ExportScope | None:
        """The annotations that are listed, for an export; None where these are all."""
        if self.state is None or not (self.filter_bar.text or self.places is not Places.ALL):
            return None
        ids = frozenset(row.id for row in self.rows.rows)
        query = " ".join(filter(None, [self.filter_bar.text, PLACE_QUERIES[self.places]]))
        label = f"These {counted(len(ids), 'annotation')}"
        return ExportScope(label, (self.state.article.id,), ChosenNotes(ids, query))

    @property
    def _annotations(self) -> Sequence[Annotation]:
        return self.state.annotations if self.state else ()

    def _fill_if_mounted(self) -> None:
        if self.is_mounted:
            self.fill()

    def _sorted(self, annotations: Iterable[Annotation]) -> list[Annotation]:
        """Return annotations in order; the ones that lost their place come last."""
        ranks = {name: rank for rank, name in enumerate(self._tags)}

        def key(annotation: Annotation) -> tuple[bool, int, str]:
            tag = annotation.tags[0]
            by_tag = (ranks.get(tag, len(ranks)), tag) if self.order is Order.TAG else (0, "")
            return annotation.is_orphaned, *by_tag

        return sorted(annotations, key=key)

    def _matching(self, text: str) -> Sequence[Annotation]:
        """Return the annotations that the query asks for, and show what is wrong with it."""
        faults: Sequence[QueryFault] = ()
        found = self._annotations
        if text and self.state is not None:
            found, faults = self._query.matching(self.state, text, self._statuses)
        self.filter_bar.show_faults(faults)
        self.query_one(FaultLine).show(faults)
        return found

    def _values_of(self, field: str) -> Sequence[tuple[str, int]]:
        """Return the values of a field that the annotations have."""
        return counted_values(self._annotations, [*self._statuses], field)

    def _why_empty(self) -> str:
        if self.filter_bar.text:
            return f"Nothing fits “{self.filter_bar.text}”."
        return f"No annotations here: {self.places.value}."

    def _first_steps(self) -> str:
        if self._is_read_only:
            return "No annotations."
        keymap = host_of(self).settings.keys
        tag_keys = tag_key_list(self._tags.values(), keymap)
        return with_keys(FIRST_STEPS, keymap).replace("TAGS", tag_keys)

    def _list_hints(self) -> tuple[KeyHint, ...]:
        needs_review = any(
            annotation.needs_review or annotation.is_orphaned for annotation in self._annotations
        )
        keymap = host_of(self).settings.keys
        if not self.has_focus_within:
            return left_hints(keymap)
        if self._is_read_only:
            return hints_of(READ_ONLY_HINTS, keymap)
        statuses = status_hint(self._statuses.values(), keymap)
        if needs_review:
            return (*hints_of(REVIEW_HINTS, keymap), statuses)
        edit, *others = hints_of(HINTS, keymap)
        return (edit, statuses, *others)

    # Messages of the widgets

    def on_filter_changed(self, message: FilterChanged) -> None:
        """Show the annotations that pass the filters."""
        message.stop()
        self.fill()

    def on_row_highlighted(self, message: RowHighlighted[Annotation]) -> None:
        """Ask the article to follow the highlight."""
        message.stop()
        self.post_message(AnnotationHighlighted(message.row.id))

    def on_row_activated(self, message: RowActivated[Annotation]) -> None:
        """Ask for the editor of the chosen annotation."""
        message.stop()
        self.request("annotations.edit")

    # Commands

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            **{command_id: partial(self.request, command_id) for command_id in REQUESTS},
            **{command_id: partial(self.set_status, command_id) for command_id in STATUS_COMMANDS},
            "list.filter": self.filter_bar.open,
            "panel.close": self.close,
            "panel.leave": self.leave,
            "annotations.order": self.switch_order,
            "annotations.places": self.filter_places,
        }

    def close(self) -> None:
        """Clear the filter where it has a text, else close the panel and stay in the article."""
        if self.filter_bar.text:
            self.filter_bar.action_clear()
        else:
            self.post_message(PanelClosed(True))

    def leave(self) -> None:
        """Go to the article."""
        self.post_message(PanelClosed(True, may_stay=True))

    def switch_order(self) -> None:
        """Switch to the other order."""
        self.order = Order.TAG if self.order is Order.TEXT else Order.TEXT

    def filter_places(self) -> None:
        """List only the changed annotations, then only the lost, then all; skip what is empty."""
        places = list(Places)
        index = places.index(self.places)
        for place in (*places[index + 1 :], Places.ALL):
            if place is Places.ALL or any(map(place.includes, self._annotations)):
                self.places = place
                return

    def set_status(self, command_id: str) -> None:
        """Ask for a status of the highlighted annotation, and go on to the next one."""
        self.request(command_id)
        self.rows.action_highlight_by(1)

    def request(self, command_id: str) -> None:
        """Ask for a command to be carried out on the highlighted annotation."""
        if (row := self.rows.highlighted_row) is not None:
            self.post_message(AnnotationCommand(command_id, row.id))
