"""The annotations of the open article, in a panel beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.reactive import var

from reader.core.annotation import STANDARD_TAGS, Annotation, Tag
from reader.core.folding import fold
from reader.core.text_formatting import counted
from reader.ui.commands import ANNOTATIONS, bindings_of, key_of, with_keys
from reader.ui.messages import (
    AnnotationHighlighted,
    ChangeRange,
    CompareAnnotation,
    DeleteAnnotation,
    EditAnnotation,
    PutBack,
)
from reader.ui.widgets.annotation_rows import AnnotationRow, AnnotationRows, row_of
from reader.ui.widgets.hints import KeyHint, hints_of
from reader.ui.widgets.panel import Panel
from reader.ui.widgets.row_list import RowActivated, RowHighlighted

HINTS = (
    ("annotations.edit", "edit"),
    ("annotation.delete", "delete"),
    ("annotations.order", "order"),
    ("list.filter", "filter"),
    ("panel.close", "close"),
)
"""The commands at the bottom of the panel, the foremost first."""

LOOK_HINTS = (
    ("compare", "what changed"),
    ("annotation.put_back", "put back"),
    ("annotations.edit", "edit"),
    ("panel.close", "close"),
    ("annotation.delete", "delete"),
    ("annotations.places", "by place"),
    ("annotations.order", "order"),
    ("list.filter", "filter"),
)
"""The same where words have changed or a place was lost."""

FIRST_STEPS = """\
No annotations yet.

Go to a sentence, or select with {select}, and press a key:
TAGS.
{annotation.open} then opens its note."""
"""What an empty list says."""


class Places(Enum):
    """Which annotations are listed, by their place."""

    ALL = ""
    REWORDED = "words changed"
    LOST = "lost their place"

    def lets_through(self, annotation: Annotation) -> bool:
        """Tell whether an annotation is listed."""
        if self is Places.ALL:
            return True
        return annotation.needs_review if self is Places.REWORDED else annotation.is_orphaned


class Order(Enum):
    """In which order the annotations stand."""

    TEXT = "in the order of the text"
    TAG = "by tag"


class AnnotationList(Panel):
    """A panel with the annotations: moving in it moves the article."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(ANNOTATIONS),
        Binding("a", "close", "Close", show=False),
    ]
    FILTER_LOOKS_AT = "quote, note, speaker or tag"

    current: var[str] = var("")
    """Id of the annotation at the caret; the list follows it while it does not have the focus."""
    order: var[Order] = var(Order.TEXT)
    """In which order the annotations stand."""
    places: var[Places] = var(Places.ALL)
    """Which annotations are listed."""

    rows = query_one(AnnotationRows)

    def __init__(
        self,
        tags: Sequence[Tag] = STANDARD_TAGS,
        *,
        current: str = "",
        id: str | None = None,  # noqa: A002 (Textual's own name for it)
    ) -> None:
        """Make an empty list.

        Args:
            tags: The tags of the settings, in their order.
            current: Id of the annotation to highlight at first.
            id: As for any widget.
        """
        super().__init__(id=id)
        self._tags = {tag.name: tag for tag in tags}
        self._folded: dict[str, tuple[Annotation, str]] = {}
        self._has_begun = False
        self.set_reactive(AnnotationList.current, current)

    def make_rows(self) -> AnnotationRows:
        """Return the list, empty."""
        return AnnotationRows()

    def make_hints(self, keymap: Mapping[str, str]) -> tuple[KeyHint, ...]:
        """Return the keys of the list."""
        every = self.state.annotations if self.state else ()
        is_due = any(each.needs_review or each.is_orphaned for each in every)
        return hints_of(LOOK_HINTS if is_due else HINTS, keymap)

    def watch_state(self) -> None:
        """Show the annotations as they are now."""
        if self.is_mounted:
            self.fill()

    def watch_order(self) -> None:
        """Show the annotations in the other order."""
        if self.is_mounted:
            self.fill()

    def watch_places(self) -> None:
        """Show what is to be listed now."""
        if self.is_mounted:
            self.fill()

    def watch_current(self, current: str) -> None:
        """Follow the caret, unless it was this list that moved it."""
        if self.is_mounted and not self.has_focus_within:
            self.rows.highlight_key(current, center=True)

    def action_order(self) -> None:
        """Take the other order."""
        self.order = Order.TAG if self.order is Order.TEXT else Order.TEXT

    def action_filter_places(self) -> None:
        """List only those to look at, then only the lost, then all; pass over what is empty."""
        every = self.state.annotations if self.state else ()
        kinds = list(Places)
        index = kinds.index(self.places)
        for kind in (*kinds[index + 1 :], Places.ALL):
            if kind is Places.ALL or any(map(kind.lets_through, every)):
                self.places = kind
                return

    def action_compare(self) -> None:
        """Ask to be shown what changed in the highlighted annotation."""
        if (row := self.rows.highlighted_row) is not None:
            self.post_message(CompareAnnotation(row.annotation.id))

    def action_put_back(self) -> None:
        """Ask for the highlighted annotation to be put back."""
        if (row := self.rows.highlighted_row) is not None:
            self.post_message(PutBack(row.annotation.id))

    def action_change_range(self) -> None:
        """Ask for the passage of the highlighted annotation to be selected anew."""
        if (row := self.rows.highlighted_row) is not None:
            self.post_message(ChangeRange(row.annotation.id))

    def action_edit_annotation(self) -> None:
        """Ask for the editor of the highlighted annotation."""
        if (row := self.rows.highlighted_row) is not None:
            self.post_message(EditAnnotation(row.annotation.id))

    def action_delete_annotation(self) -> None:
        """Ask for the highlighted annotation to be deleted."""
        if (row := self.rows.highlighted_row) is not None:
            self.post_message(DeleteAnnotation(row.annotation.id))

    @on(RowHighlighted)
    def tell_highlighted(self, event: RowHighlighted[AnnotationRow]) -> None:
        """Let the article follow the highlight."""
        event.stop()
        self.post_message(AnnotationHighlighted(event.row.annotation.id))

    @on(RowActivated)
    def edit_activated(self, event: RowActivated[AnnotationRow]) -> None:
        """Enter opens the editor."""
        event.stop()
        self.action_edit_annotation()

    def fill(self) -> None:
        """Fill list and title."""
        every = self.state.annotations if self.state else ()
        wanted = fold(self.filter_bar.text)
        listed = [each for each in every if self.places.lets_through(each)]
        shown = [each for each in listed if not wanted or wanted in self._text_of(each)]
        count = counted(len(every), "annotation")
        if wanted or self.places is not Places.ALL:
            count = f"{len(shown):,} of {count}"
        by_tag = Order.TAG.value if self.order is Order.TAG and every else ""
        self.set_title(count, " · ".join(filter(None, (self.places.value, by_tag))))
        self.rows.placeholder = Content(self._why_empty()) if every else self._first_steps()
        self.rows.rows = tuple(self._sorted(shown))
        if shown and not self._has_begun:
            self._has_begun = True
            self.rows.highlight_key(self.current, center=True)

    def _sorted(self, annotations: Iterable[Annotation]) -> Iterable[AnnotationRow]:
        """Return rows in order; what has lost its place is a group at the end."""
        ranks = {name: rank for rank, name in enumerate(self._tags)}

        def key(annotation: Annotation) -> tuple[bool, int, str]:
            tag = annotation.tags[0]
            by_tag = (ranks.get(tag, len(ranks)), tag) if self.order is Order.TAG else (0, "")
            return annotation.is_orphaned, *by_tag

        return (row_of(each, self._tags) for each in sorted(annotations, key=key))

    def _text_of(self, annotation: Annotation) -> str:
        """Return what the filter looks at, folded once for each version of an annotation."""
        known = self._folded.get(annotation.id)
        if known is not None and known[0] is annotation:
            return known[1]
        parts = (
            annotation.selector.exact,
            annotation.note,
            annotation.speaker,
            annotation.status.value if annotation.status else "",
            *annotation.tags,
        )
        folded = "\n".join(fold(part) for part in parts)
        self._folded[annotation.id] = (annotation, folded)
        return folded

    def _why_empty(self) -> str:
        if self.filter_bar.text:
            return f"Nothing fits “{self.filter_bar.text}”."
        return f"No annotations here: {self.places.value}."

    def _first_steps(self) -> Content:
        keymap = self.host.settings.keys
        keyed = [
            f"{key_of(f'tag.{tag.key}', keymap)} {tag.glyph} {tag.name}"
            for tag in self._tags.values()
            if tag.key
        ]
        return Content(with_keys(FIRST_STEPS, keymap).replace("TAGS", ", ".join(keyed)))
