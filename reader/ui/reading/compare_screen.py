"""What a passage was and what it is, beside each other; accept, refuse or choose another place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.core.document import TextRange
from reader.core.selectors import CONTEXT_LENGTH, selector_history
from reader.core.text_formatting import one_line
from reader.core.word_diff import diff_words
from reader.paths import styles_folder
from reader.safe_text import sanitise
from reader.ui.commands import COMPARING, bindings_of, with_keys
from reader.ui.host import host_of
from reader.ui.messages import HintChosen
from reader.ui.palette import sign_of
from reader.ui.widgets.hints import Hints, hints_of

if TYPE_CHECKING:
    from reader.core.annotation import Annotation, Tag
    from reader.session import OpenArticle, ReadingState

WIDE = 110
"""From this width on, in cells, the wordings stand beside each other."""

TITLE_LENGTH = 40
"""How much of a section's heading is shown, in characters."""

GONE, COME = "strike $warning", "bold underline $success"
"""How words that are gone and words that have come are set apart, not by colour alone."""


class CompareOutcome(NamedTuple):
    """How the screen was left."""

    annotation_id: str
    """The annotation that was shown last."""
    changes_range: bool = False
    """Whether its passage is to be selected in the article."""


class Pane(Vertical):
    """One wording under a heading."""

    def compose(self) -> ComposeResult:
        """Yield the heading and the words."""
        yield Static(classes="pane-title", markup=False)
        yield Static(classes="pane-words", markup=False)

    def show(self, title: str, words: Content) -> None:
        """Show a wording."""
        self.query_one(".pane-title", Static).update(Content(title))
        self.query_one(".pane-words", Static).update(words)


class Sides(VerticalScroll, can_focus=True):
    """The two wordings, scrolled together."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
        Binding("space", "page_down", "Page down", show=False),
        Binding("b", "page_up", "Page up", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Yield the panes: beside each other where there is room, else one below the other."""
        with Container(id="sides"):
            yield Pane(id="then")
            yield Pane(id="now")


class CompareScreen(ModalScreen[CompareOutcome]):
    """Goes through the annotations whose words changed or that lost their place."""

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "comparing.tcss"),
    ]
    AUTO_FOCUS = "Sides"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(COMPARING)]

    def __init__(self, open_article: OpenArticle, annotation_id: str, tags: Sequence[Tag]) -> None:
        """Begin at an annotation.

        Args:
            open_article: The open article; what is decided here is done to it at once.
            annotation_id: The annotation to show first, changed or not.
            tags: The tags of the settings.
        """
        super().__init__()
        self._reading = open_article
        self._tags: Mapping[str, Tag] = {tag.name: tag for tag in tags}
        self._current = annotation_id
        self._ids = _due(open_article.state.annotations, annotation_id)
        self._done = ""

    def compose(self) -> ComposeResult:
        """Lay out the heading, the two wordings and the keys."""
        yield Static(id="comparing-title", markup=False)
        yield Sides()
        yield Static(id="comparing-note", markup=False)
        yield Hints()

    def on_mount(self) -> None:
        """Show the annotation; what was told of the change is answered now."""
        self.app.clear_notifications()
        self._fit()
        self.call_after_refresh(self._fit)
        self._show()

    def _fit(self) -> None:
        self.set_class(self.app.size.width >= WIDE, "-wide")

    def on_resize(self, event: events.Resize) -> None:
        """Put the wordings beside each other where there is room."""
        self.set_class(event.size.width >= WIDE, "-wide")

    @property
    def _state(self) -> ReadingState:
        return self._reading.state

    @property
    def _annotation(self) -> Annotation:
        return self._state.by_id[self._current]

    # What is shown

    def _show(self) -> None:
        annotation = self._annotation
        self.query_one("#comparing-title", Static).update(self._title(annotation))
        note = one_line(sanitise(annotation.note), 400)
        self.query_one("#comparing-note", Static).update(
            Content.styled(self._done, "bold $accent") if self._done else Content(note)
        )
        self._show_sides(annotation)
        self.query_one(Hints).hints = hints_of(self._hints(annotation), host_of(self).settings.keys)
        self.query_one(Sides).scroll_home(animate=False)

    def _title(self, annotation: Annotation) -> Content:
        glyph, colour = sign_of(annotation.tags[0], self._tags, self.app.theme_variables)
        state = _state_of(annotation)
        facts = [", ".join(annotation.tags), one_line(annotation.selector.section, TITLE_LENGTH)]
        return Content.assemble(
            (f"{self._ids.index(self._current) + 1} of {len(self._ids)}  ", "$faint"),
            (f"{glyph} ", f"bold {colour}"),
            (sanitise(" · ".join(filter(None, facts))), "bold $heading"),
            (f"  {state}" if state else "", "$warning"),
        )

    def _show_sides(self, annotation: Annotation) -> None:
        first = selector_history(annotation.selector)[0]
        document = self._state.document
        start, end = annotation.range
        old, new = sanitise(first.exact), sanitise(document.text[start:end])
        diff = diff_words(old, new)
        self.query_one("#then", Pane).show(
            f"As it was marked, {annotation.created[:10]}",
            _passage(first.prefix, old, first.suffix, diff.removed, GONE),
        )
        title = "Where it seems to belong" if annotation.is_orphaned else "As it reads now"
        if annotation.is_orphaned and not new.strip():
            words = Content.styled("Nothing in the article is like it.", "$faint")
        else:
            before = document.text[max(0, start - CONTEXT_LENGTH) : start]
            after = document.text[end : end + CONTEXT_LENGTH]
            words = _passage(before, new, after, diff.added, COME)
        self.query_one("#now", Pane).show(title, words)

    def _hints(self, annotation: Annotation) -> tuple[tuple[str, str], ...]:
        first: tuple[tuple[str, str], ...] = ()
        if annotation.is_orphaned:
            if self._has_hint(annotation):
                first = (("comparing.accept", "put it back here"),)
            first += (("comparing.range", "select its place"),)
        elif annotation.needs_review:
            first = (
                ("comparing.accept", "accept"),
                ("comparing.range", "select anew"),
                ("comparing.lose", "not here"),
            )
        else:
            first = (("comparing.range", "select anew"), ("comparing.lose", "not here"))
        return (
            *first,
            ("comparing.next", "next"),
            ("comparing.undo", "undo"),
            ("comparing.close", "close"),
        )

    def _has_hint(self, annotation: Annotation) -> bool:
        return bool(self._state.document.quote(annotation.range).strip())

    # What is decided

    def action_accept(self) -> None:
        """Take the words as they are now; put back what lost its place."""
        annotation = self._annotation
        if annotation.is_orphaned:
            if not self._has_hint(annotation):
                self._say("No place suggests itself; {comparing.range} selects one.")
                return
            self._reading.move(annotation.id, annotation.range)
            self._go_on("Put back; {comparing.undo} undoes it.")
        elif annotation.needs_review:
            self._reading.accept([annotation.id])
            self._go_on("Accepted; {comparing.undo} undoes it.")
        else:
            self._say("Its words are accepted.")

    def action_lose(self) -> None:
        """Refuse the place."""
        if self._annotation.is_orphaned:
            self._say("It has lost its place; {comparing.next} leaves it so.")
            return
        self._reading.refuse_place(self._current)
        self._go_on("It has lost its place now; {comparing.undo} undoes it.")

    def action_change_range(self) -> None:
        """Leave to select the passage in the article."""
        self.dismiss(CompareOutcome(self._current, changes_range=True))

    def action_undo(self) -> None:
        """Take back the last change, and show what it was about."""
        _, edit = self._reading.undo()
        if edit is None:
            self._say("Nothing to undo.")
            return
        changed = edit.changes[0].id
        if changed in self._ids and not self._state.by_id[changed].is_deleted:
            self._current = changed
        self._say(f"Undone: {edit.label}")

    def action_go(self, step: int) -> None:
        """Go to the next annotation; after the last one comes the first."""
        self._done = ""
        self._ids = [each for each in self._ids if not self._state.by_id[each].is_deleted]
        index = self._ids.index(self._current) if self._current in self._ids else 0
        self._current = self._ids[(index + step) % len(self._ids)]
        self._show()

    def action_close(self) -> None:
        """Go back to the article, to this annotation."""
        self.dismiss(CompareOutcome(self._current))

    @on(HintChosen)
    async def obey(self, event: HintChosen) -> None:
        """Do what was clicked at the bottom."""
        event.stop()
        await self.run_action(event.action)

    def _say(self, done: str) -> None:
        self._done = with_keys(done, host_of(self).settings.keys)
        self._show()

    def _go_on(self, done: str) -> None:
        """Go to the next that is still to be looked at; stay where there is none."""
        index = self._ids.index(self._current)
        for each in (*self._ids[index + 1 :], *self._ids[:index]):
            annotation = self._state.by_id[each]
            if annotation.needs_review or annotation.is_orphaned:
                self._current = each
                break
        else:
            done = f"{done} Nothing else has changed."
        self._say(done)


def _due(annotations: Iterable[Annotation], first: str) -> list[str]:
    """Return the annotations to go through, in the order of the text, the lost ones last."""
    due = [
        each for each in annotations if each.needs_review or each.is_orphaned or each.id == first
    ]
    return [each.id for each in sorted(due, key=lambda each: each.is_orphaned)]


def _state_of(annotation: Annotation) -> str:
    if annotation.is_orphaned:
        return "◌ lost its place"
    return "≠ words changed" if annotation.needs_review else ""


def _passage(
    before: str, words: str, after: str, changed: Iterable[TextRange], style: str
) -> Content:
    """Return a passage between what stands around it, its changed words set apart."""
    passage = Content(words)
    for start, end in changed:
        passage = passage.stylize(style, start, end)
    # The context was cut by length: a word that was cut through is left out.
    before = before.partition(" ")[2] if len(before) == CONTEXT_LENGTH else before
    after = after.rpartition(" ")[0] if len(after) == CONTEXT_LENGTH else after
    lead = Content.styled(f"… {sanitise(before)}" if before else "", "$faint")
    return lead + passage + Content.styled(f"{sanitise(after)} …" if after else "", "$faint")
