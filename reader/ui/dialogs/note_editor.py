"""The editor of an annotation: its note, tags, speaker and status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import ClassVar, NamedTuple

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widgets import Button, Input, Static, TextArea

from reader.core.annotation import CLAIM, QUOTE, Annotation, ClaimStatus, Tag
from reader.core.text_formatting import one_line, page_label
from reader.paths import styles_folder
from reader.safe_text import sanitise
from reader.session import Draft
from reader.ui.messages import NoteTyped
from reader.ui.palette import colour_of
from reader.ui.widgets.choices import Choice, Choices, tag_choices
from reader.ui.widgets.fields import LineField, NoteArea

HINT = "ctrl+s save · esc leave · tab next field"

DRAFT_SECONDS = 1.0
"""How long after the first key something typed is kept against a crash, in seconds."""

MAX_SECTION = 40
"""How much of a section's heading is shown, in characters."""


class EditedNote(NamedTuple):
    """What a person made of an annotation."""

    note: str
    """Markdown, without white space at its end."""
    tags: tuple[str, ...]
    """At least one, without doubles; the first gives the colour."""
    speaker: str
    """Who said it; empty where nobody is named."""
    status: ClaimStatus | None
    """How far a claim was checked; None where nothing is said."""


def parse_tags(typed: str) -> tuple[str, ...]:
    """Return the tags in a text with commas between them, as they are stored.

    A leading ``#`` is dropped, white space inside a tag becomes one space.
    """
    tags = (" ".join(part.split()).lstrip("#").strip().lower() for part in typed.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


class TagSuggester(Suggester):
    """Completes the last tag of a text with commas between tags."""

    def __init__(self, tags: Iterable[str]) -> None:
        """Suggest from ``tags``, the first fitting one first."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags = tuple(tags)

    async def get_suggestion(self, value: str) -> str | None:
        """Return ``value`` with its last tag completed, or None where no known tag fits."""
        *earlier, last = value.split(",")
        begun = last.lstrip().lstrip("#")
        if not begun:
            return None
        taken = set(parse_tags(",".join(earlier)))
        for tag in self._tags:
            if tag.startswith(begun.lower()) and len(tag) > len(begun) and tag not in taken:
                return value + tag[len(begun) :]
        return None


class LeavingBar(Horizontal):
    """Asks what to do with changes that are not saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "screen.save", "Save", show=False),
        Binding("d", "screen.throw_away", "Throw away", show=False),
        Binding("left", "app.focus_previous", "Before", show=False),
        Binding("right", "app.focus_next", "Next", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the question and its answers."""
        yield Static("Not saved yet.", classes="question", markup=False)
        yield Button(_keyed("Save", "s"), id="leave-save", variant="primary", compact=True)
        yield Button(_keyed("Throw away", "d"), id="leave-discard", compact=True)
        yield Button(_keyed("Go on", "esc"), id="leave-stay", compact=True)


class NoteEditor(ModalScreen[EditedNote | None]):
    """Edits one annotation; gives what was saved, or None where nothing is to change."""

    CSS_PATH = str(styles_folder() / "note_editor.tcss")
    AUTO_FOCUS = "#note"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012 (as Textual declares it)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", show=False, priority=True),
        Binding("escape", "leave", "Leave", show=False),
    ]

    note = query_one("#note", TextArea)
    standard_tags = query_one("#tags", Choices)
    further_tags = query_one("#further", Input)
    speaker = query_one("#speaker", Input)
    status = query_one("#status", Choices)
    leaving = query_one(LeavingBar)

    def __init__(
        self,
        annotation: Annotation,
        tags: Sequence[Tag],
        known_tags: Sequence[str] = (),
        draft: Draft | None = None,
    ) -> None:
        """Edit an annotation.

        Args:
            annotation: What is edited.
            tags: The tags that the settings name; those with or without a key.
            known_tags: Further tags of the library, offered as completions.
            draft: What was being written when the program last ended, not saved yet.
        """
        super().__init__()
        self._draft = draft
        self._annotation = annotation
        self._tags = tuple(tags)
        own = {tag.name for tag in tags}
        self._known_tags = tuple(dict.fromkeys(tag for tag in known_tags if tag not in own))
        self._order = annotation.tags
        self._before: EditedNote | None = None
        self._keeping: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the passage, the fields and the keys."""
        annotation = self._annotation
        if self._draft is not None:
            annotation = replace(
                annotation,
                note=self._draft.note,
                tags=self._draft.tags,
                speaker=self._draft.speaker,
                status=self._draft.status,
            )
        own = {tag.name for tag in self._tags}
        with Vertical(id="note-dialog") as dialog:
            dialog.border_title = "Annotation"
            dialog.border_subtitle = Content(_made(annotation))
            with VerticalScroll(id="passage"):
                yield Static(Content(_passage(annotation)))
            yield NoteArea(
                sanitise(annotation.note),
                id="note",
                compact=True,
                highlight_cursor_line=False,
                placeholder="What you think of it. Markdown.",
            )
            with Horizontal(classes="field"):
                yield Static("Tags", classes="name", markup=False)
                yield Choices(
                    tag_choices(self._tags),
                    [tag for tag in annotation.tags if tag in own],
                    is_multiple=True,
                    id="tags",
                )
            with Horizontal(classes="field"):
                yield Static("More tags", classes="name", markup=False)
                yield LineField(
                    ", ".join(tag for tag in annotation.tags if tag not in own),
                    id="further",
                    compact=True,
                    select_on_focus=False,
                    placeholder="with commas between them",
                    suggester=TagSuggester(self._known_tags),
                )
            with Horizontal(classes="field", id="speaker-field"):
                yield Static("Speaker", classes="name", markup=False)
                yield LineField(
                    sanitise(annotation.speaker),
                    id="speaker",
                    compact=True,
                    select_on_focus=False,
                    placeholder="who said it",
                )
            with Horizontal(classes="field", id="status-field"):
                yield Static("Status", classes="name", markup=False)
                yield Choices(
                    [Choice(status.value, status.value) for status in ClaimStatus],
                    [annotation.status.value] if annotation.status else [],
                    is_optional=True,
                    id="status",
                )
            yield Static("", id="problem", markup=False)
            with Horizontal(id="buttons"):
                yield Static(HINT, classes="hint", markup=False)
                yield Button("Save", id="save", variant="primary", compact=True)
                yield Button("Leave", id="leave", compact=True)
            yield LeavingBar()

    def on_mount(self) -> None:
        """Put the caret behind the note, and remember what everything was."""
        self.note.move_cursor(self.note.document.end)
        saved = self._annotation
        self._before = EditedNote(saved.note, saved.tags, saved.speaker, saved.status)
        if self._draft is not None:
            self._order = self._draft.tags
            when = self._draft.written[:16].replace("T", " ")
            message = f"This was written on {when} UTC and not saved; ctrl+s saves it."
            self.query_one("#problem", Static).update(message)
        tag = next((tag for tag in self._tags if tag.name in self._annotation.tags[:1]), None)
        colour = colour_of(tag.colour if tag else "accent", self.app.theme_variables)
        self.query_one("#passage").styles.border_left = ("outer", colour)
        self._show_fields()
        self.call_after_refresh(self._settle_passage)

    def _settle_passage(self) -> None:
        """Make the passage a stop of the tab key only where there is something to scroll."""
        passage = self.query_one("#passage")
        passage.can_focus = passage.max_scroll_y > 0

    @property
    def edited(self) -> EditedNote:
        """What the fields say now; its tags may be none."""
        before = self._annotation
        is_note_touched = self.note.text != sanitise(before.note)
        is_speaker_touched = self.speaker.value != sanitise(before.speaker)
        return EditedNote(
            self.note.text.rstrip() if is_note_touched else before.note,
            self._chosen_tags(),
            " ".join(self.speaker.value.split()) if is_speaker_touched else before.speaker,
            ClaimStatus(self.status.chosen[0]) if self.status.chosen else None,
        )

    @property
    def has_changes(self) -> bool:
        """Whether something was typed or chosen that is not saved."""
        return self._before is not None and self.edited != self._before

    def ask_to_leave(self) -> None:
        """Ask what to do with unsaved changes, without leaving."""
        self.add_class("-leaving")
        self.query_one("#leave-save", Button).focus()

    def action_save(self) -> None:
        """Leave with what the fields say; stay and say why where a tag is missing."""
        edited = self.edited
        if edited.tags:
            self.dismiss(edited)
            return
        self._go_on()
        self.query_one("#problem", Static).update("Choose at least one tag, or type one.")
        self.standard_tags.focus()

    def action_leave(self) -> None:
        """Leave where nothing changed, else ask; asked already, go on writing."""
        if self.has_class("-leaving"):
            self._go_on()
        elif self.has_changes:
            self.ask_to_leave()
        else:
            self.dismiss(None)

    def action_throw_away(self) -> None:
        """Leave without the changes."""
        self.dismiss(None)

    @on(TextArea.Changed)
    @on(Choices.Changed)
    @on(Input.Changed)
    def keep_draft_soon(self) -> None:
        """Have what is written kept after a moment, so that no crash takes it."""
        if self._before is not None and self._keeping is None:
            self._keeping = self.set_timer(DRAFT_SECONDS, self._keep_draft)

    def _keep_draft(self) -> None:
        self._keeping = None
        note, tags, speaker, status = self.edited
        written = datetime.now(UTC).isoformat(timespec="seconds")
        draft = Draft(note, tags, speaker, status, written)
        self.post_message(NoteTyped(self._annotation.id, draft))

    @on(Choices.Changed)
    @on(Input.Changed)
    def show_what_fits(self) -> None:
        """Show the fields that the tags ask for, and take back what was said of missing tags."""
        if self._before is None:
            return
        self._order = self._chosen_tags()
        if self._order:
            self.query_one("#problem", Static).update("")
        self._show_fields()

    @on(Input.Submitted)
    def go_to_next_field(self) -> None:
        """Enter in a line of text goes on to the next field."""
        self.focus_next()

    @on(Button.Pressed)
    def obey(self, event: Button.Pressed) -> None:
        """Do what a button says."""
        match event.button.id:
            case "save" | "leave-save":
                self.action_save()
            case "leave" | "leave-stay":
                self.action_leave()
            case _:
                self.action_throw_away()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Take the question back when a person goes on elsewhere."""
        if self.leaving not in event.widget.ancestors:
            self.remove_class("-leaving")

    def _go_on(self) -> None:
        self.remove_class("-leaving")
        self.note.focus()

    def _chosen_tags(self) -> tuple[str, ...]:
        """Return the tags: those that were there keep their order, new ones follow."""
        wanted = (*self.standard_tags.chosen, *parse_tags(self.further_tags.value))
        kept = [tag for tag in self._order if tag in wanted]
        return tuple(dict.fromkeys((*kept, *wanted)))

    def _show_fields(self) -> None:
        """Show speaker and status where the tags ask for them, or they say something."""
        tags = self._chosen_tags()
        for name, tag, value in (
            ("#speaker-field", QUOTE, self.speaker.value),
            ("#status-field", CLAIM, self.status.chosen),
        ):
            field = self.query_one(name)
            field.display = tag in tags or bool(value) or field.has_focus_within


def _keyed(answer: str, key: str) -> Content:
    """Return an answer with its key."""
    return Content.assemble(answer, "  ", (key, "not bold"))


def _passage(annotation: Annotation) -> str:
    """Return the passage as it was marked, without blank lines at its ends."""
    return sanitise(annotation.selector.exact.strip("\n").replace("\t", " | "))


def _made(annotation: Annotation) -> str:
    """Return the section, the page, the day it was made on, and whether it is lost."""
    section = one_line(sanitise(annotation.selector.section), MAX_SECTION)
    lost = "lost its place" if annotation.is_orphaned else ""
    page = sanitise(page_label(annotation.selector.page))
    return " · ".join(part for part in (section, page, annotation.created[:10], lost) if part)
