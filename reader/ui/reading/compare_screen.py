"""Comparing what a passage was with what it is now: accept it, refuse it, or select another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader import clock
from reader.core.selectors import CONTEXT_LENGTH, selector_history
from reader.core.text_formatting import one_line
from reader.core.word_diff import diff_words
from reader.core.wording import present_since
from reader.paths import styles_folder
from reader.safe_text import drawn, sanitise
from reader.ui.actions import Actions
from reader.ui.bindings import bindings_of
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import COMPARING, with_keys
from reader.ui.host import host_of
from reader.ui.key_hints import hints_of
from reader.ui.painting.palette import sign_of
from reader.ui.widgets.annotation_rows import place_words
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.wordings import ADDED, REMOVED, Pane, Wordings, passage

if TYPE_CHECKING:
    from reader.core.annotation import Annotation, Tag
    from reader.session import OpenArticle, ReadingState

WIDE = 110
"""From this width on, in cells, the two wordings are beside each other."""

TITLE_LENGTH = 40
"""How many characters of a section's heading are shown."""


class CompareOutcome(NamedTuple):
    """How the comparison ended."""

    annotation_id: str
    """The annotation that was on screen last."""
    changes_range: bool = False
    """Whether the reader is to select its passage in the article."""


class CompareScreen(ModalScreen[CompareOutcome], CommandScreen):
    """Goes through annotations whose words have changed or that have lost their place."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / name) for name in ("row_list.tcss", "wordings.tcss", "comparing.tcss")
    ]
    AUTO_FOCUS = "Wordings"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(COMPARING)]

    def __init__(self, open_article: OpenArticle, annotation_id: str, tags: Sequence[Tag]) -> None:
        """Begin at an annotation.

        Args:
            open_article: The article; each decision changes it at once.
            annotation_id: The annotation to show first, changed or not.
            tags: The tags of the settings.
        """
        super().__init__()
        self._open_article = open_article
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}
        self._current = annotation_id
        self._ids = _due(open_article.state.annotations, annotation_id)
        self._message = ""

    def compose(self) -> ComposeResult:
        """Lay out the heading, the two wordings and the keys."""
        yield Static(id="comparing-title", markup=False)
        yield Wordings()
        yield Static(id="comparing-note", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Show the annotation; dismiss the notice that led here."""
        self.app.clear_notifications()
        self._fit()
        self.call_after_refresh(self._fit)
        self._show()

    def _fit(self) -> None:
        self._divide(self.app.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Put the wordings beside each other where there is room."""
        self._divide(event.size.width)

    def _divide(self, width: int) -> None:
        self.query_one(Wordings).set_class(width >= WIDE, "-beside")

    @property
    def _state(self) -> ReadingState:
        return self._open_article.state

    @property
    def _annotation(self) -> Annotation:
        return self._state.by_id[self._current]

    # What is shown

    def _show(self) -> None:
        annotation = self._annotation
        self.query_one("#comparing-title", Static).update(self._title(annotation))
        note = one_line(sanitise(annotation.note), 400)
        self.query_one("#comparing-note", Static).update(
            Content.styled(self._message, "bold $accent") if self._message else Content(note)
        )
        self._show_sides(annotation)
        self.query_one(Hints).hints = hints_of(self._hints(annotation), host_of(self).settings.keys)
        self.query_one(Wordings).scroll_home(animate=False)

    def _title(self, annotation: Annotation) -> Content:
        glyph, colour = sign_of(annotation.tags[0], self._tags, self.app.theme_variables)
        state = _state_of(annotation)
        facts = [", ".join(annotation.tags), one_line(annotation.selector.section, TITLE_LENGTH)]
        return Content.assemble(
            (f"{self._ids.index(self._current) + 1} of {len(self._ids)}  ", "$faint"),
            (f"{glyph} ", f"bold {colour}"),
            (one_line(sanitise(" · ".join(filter(None, facts)))), "bold $heading"),
            (f"  {state}" if state else "", "$warning"),
        )

    def _show_sides(self, annotation: Annotation) -> None:
        first = selector_history(annotation.selector)[0]
        document = self._state.document
        start, end = annotation.range
        old, new = drawn(sanitise(first.exact)), drawn(sanitise(document.text[start:end]))
        diff = diff_words(old, new)
        self.query_one("#then", Pane).show(
            f"As it was marked, {clock.day_in_words(annotation.created)}",
            passage(first.prefix, old, first.suffix, diff.removed, REMOVED),
        )
        title = "Where it seems to belong" if annotation.is_orphaned else "As it reads now"
        if since := present_since(annotation):
            lead = "; not found" if annotation.is_orphaned else ","
            title += f"{lead} since {clock.day_in_words(since)}"
        if annotation.is_orphaned and not new.strip():
            words = Content.styled("Nothing in the article resembles it.", "$faint")
        else:
            before = document.text[max(0, start - CONTEXT_LENGTH) : start]
            after = document.text[end : end + CONTEXT_LENGTH]
            words = passage(before, new, after, diff.added, ADDED)
        self.query_one("#now", Pane).show(title, words)

    def _hints(self, annotation: Annotation) -> tuple[tuple[str, str], ...]:
        first: tuple[tuple[str, str], ...] = ()
        if annotation.is_orphaned:
            if self._has_suggestion(annotation):
                first = (("comparing.accept", "put it back here"),)
            first += (("comparing.range", "select its place"),)
        elif annotation.needs_review:
            first = (
                ("comparing.accept", "accept"),
                ("comparing.range", "select again"),
                ("comparing.lose", "not here"),
            )
        else:
            first = (("comparing.range", "select again"), ("comparing.lose", "not here"))
        return (
            *first,
            ("comparing.next", "next"),
            ("comparing.undo", "undo"),
            ("comparing.close", "close"),
        )

    def _has_suggestion(self, annotation: Annotation) -> bool:
        return bool(self._state.document.quote(annotation.range).strip())

    # Decisions

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "comparing.accept": self.accept,
            "comparing.lose": self.refuse_place,
            "comparing.range": self.change_range,
            "comparing.undo": self.undo,
            "comparing.next": partial(self.go, 1),
            "comparing.previous": partial(self.go, -1),
            "comparing.close": self.close,
        }

    def accept(self) -> None:
        """Accept the present words; put an annotation back that has lost its place."""
        annotation = self._annotation
        if annotation.is_orphaned:
            if not self._has_suggestion(annotation):
                self._show_message("Margin found no likely place; {comparing.range} selects one.")
                return
            self._open_article.move(annotation.id, annotation.range)
            self._go_to_next("Put back; {comparing.undo} undoes that.")
        elif annotation.needs_review:
            self._open_article.accept([annotation.id])
            self._go_to_next("Accepted; {comparing.undo} undoes that.")
        else:
            self._show_message("Its words are accepted.")

    def refuse_place(self) -> None:
        """Refuse the place: the annotation loses it."""
        if self._annotation.is_orphaned:
            self._show_message("It has lost its place already; {comparing.next} leaves it there.")
            return
        self._open_article.refuse_place(self._current)
        self._go_to_next("It has lost its place now; {comparing.undo} undoes that.")

    def change_range(self) -> None:
        """Close, for the reader to select the passage in the article."""
        self.dismiss(CompareOutcome(self._current, changes_range=True))

    def undo(self) -> None:
        """Undo the last change, and show its annotation."""
        _, edit = self._open_article.undo()
        if edit is None:
            self._show_message("Nothing to undo.")
            return
        changed = edit.changes[0].id
        if changed in self._ids and not self._state.by_id[changed].is_deleted:
            self._current = changed
        self._show_message(f"Undone: {edit.label}")

    def go(self, step: int) -> None:
        """Go to the next annotation, or from the last one to the first.

        Args:
            step: 1 for the next annotation, -1 for the previous one.
        """
        self._message = ""
        self._ids = [each for each in self._ids if not self._state.by_id[each].is_deleted]
        index = self._ids.index(self._current) if self._current in self._ids else 0
        self._current = self._ids[(index + step) % len(self._ids)]
        self._show()

    def close(self) -> None:
        """Go back to the article, to this annotation."""
        self.dismiss(CompareOutcome(self._current))

    def _show_message(self, sentence: str) -> None:
        self._message = with_keys(sentence, host_of(self).settings.keys)
        self._show()

    def _go_to_next(self, sentence: str) -> None:
        """Go to the next annotation that waits for review, if there is one, and show a message."""
        index = self._ids.index(self._current)
        for each in (*self._ids[index + 1 :], *self._ids[:index]):
            annotation = self._state.by_id[each]
            if annotation.needs_review or annotation.is_orphaned:
                self._current = each
                break
        else:
            sentence = f"{sentence} Nothing else has changed."
        self._show_message(sentence)


def _due(annotations: Iterable[Annotation], first: str) -> list[str]:
    """Return the ids of what to go through, in the order of the text, orphans last."""
    due = [
        each for each in annotations if each.needs_review or each.is_orphaned or each.id == first
    ]
    return [each.id for each in sorted(due, key=lambda each: each.is_orphaned)]


def _state_of(annotation: Annotation) -> str:
    if annotation.is_orphaned:
        return place_words(annotation)
    return "≠ words changed" if annotation.needs_review else ""
