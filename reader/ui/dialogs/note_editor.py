"""The editor of an annotation: its note, tags, speaker and status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Button, Input, Static, TextArea

from reader import clock
from reader.core.annotation import CLAIM, QUOTE, Annotation, Tag
from reader.core.claims import STANDARD_STATUSES, ClaimStatus
from reader.core.text_formatting import one_line, page_label
from reader.core.wording import present_wording
from reader.paths import styles_folder
from reader.safe_text import drawn, sanitise, sanitise_line
from reader.session import Draft
from reader.ui.messages import NoteTyped
from reader.ui.painting.palette import sign_of
from reader.ui.widgets.choices import Choices, status_choices, tag_choices
from reader.ui.widgets.fields import LineField, shown_value
from reader.ui.widgets.scroll_box import FieldBox
from reader.ui.widgets.speaker_field import SpeakerSuggester
from reader.ui.widgets.tag_field import TagSuggester, parse_tags
from reader.ui.window_sizes import is_wholly_shown

HINT = "ctrl+s save · esc leave · tab next field"

DRAFT_SECONDS = 1.0
"""How long after the first change a draft is saved, in seconds."""

MAX_SECTION = 40
"""How much of a section's heading is shown, in characters."""


class EditedNote(NamedTuple):
    """The parts of an annotation that the editor changes."""

    note: str
    """Markdown, without white space at its end."""
    tags: tuple[str, ...]
    """At least one, each once; the first gives the colour."""
    speaker: str
    """Who said it; may be empty."""
    status: str | None
    """The result of checking a claim; None where it is not given."""


class LeavingBar(Container):
    """Asks what to do with unsaved changes.

    The style sheet puts the answers beside the question, or below it where there is no room.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "screen.save", "Save"),
        Binding("d", "screen.discard", "Discard"),
        Binding("left", "app.focus_previous", "Before"),
        Binding("right", "app.focus_next", "Next"),
    ]

    def compose(self) -> ComposeResult:
        """Yield the question and its answers."""
        yield Static("Not saved yet.", classes="question", markup=False)
        yield Button(_keyed("Save", "s"), id="leave-save", variant="primary", compact=True)
        yield Button(_keyed("Discard", "d"), id="leave-discard", compact=True)
        yield Button(_keyed("Continue", "esc"), id="leave-stay", compact=True)


class NoteEditor(ModalScreen[EditedNote | None]):
    """Edits one annotation; returns what to save, or None where nothing changes."""

    CSS_PATH = str(styles_folder() / "note_editor.tcss")
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save"),
        Binding("ctrl+underscore", "undo_typing", "Undo"),  # ctrl+z suspends
        Binding("escape", "leave", "Leave"),
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
        *,
        speakers: Sequence[str] = (),
        statuses: Sequence[ClaimStatus] = STANDARD_STATUSES,
    ) -> None:
        """Edit an annotation.

        Args:
            annotation: The annotation.
            tags: The tags of the settings.
            known_tags: Further tags of the library, offered as completions.
            draft: The unsaved text from when the program last ended.
            speakers: The speakers that are offered as completions, the likeliest first.
            statuses: The statuses of the settings.
        """
        super().__init__()
        self._draft = draft
        self._speakers = tuple(name for name in speakers if sanitise_line(name) == name)
        self._annotation = annotation
        self._tags = tuple(tags)
        self._statuses = tuple(statuses)
        own = {tag.name for tag in tags}
        self._known_tags = tuple(
            dict.fromkeys(tag for tag in known_tags if tag not in own and sanitise_line(tag) == tag)
        )
        # A tag that is not safe to show stays as it is unless the reader changes what is shown.
        self._tag_as_shown = {
            shown: tag
            for tag in (*annotation.tags, *(draft.tags if draft else ()))
            for shown in parse_tags(sanitise_line(tag))[:1]
        }
        self._order = annotation.tags
        self._saved: EditedNote | None = None
        self._draft_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the passage, the fields and the buttons."""
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
        with Vertical(id="note-dialog", classes="dialog") as dialog:
            dialog.border_title = "Annotation"
            dialog.border_subtitle = Content(_origin(annotation))
            with FieldBox(id="note-fields"):
                with VerticalScroll(id="passage"):
                    yield Static(Content(_passage(annotation)))
                yield TextArea(
                    sanitise(annotation.note),
                    id="note",
                    compact=True,
                    highlight_cursor_line=False,
                    placeholder="Your note, in Markdown.",
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
                        ", ".join(sanitise_line(tag) for tag in annotation.tags if tag not in own),
                        id="further",
                        compact=True,
                        select_on_focus=False,
                        placeholder="with commas between them",
                        suggester=TagSuggester(self._known_tags),
                    )
                with Horizontal(classes="field", id="speaker-field"):
                    yield Static("Speaker", classes="name", markup=False)
                    yield LineField(
                        annotation.speaker,
                        id="speaker",
                        compact=True,
                        select_on_focus=False,
                        placeholder="who said it",
                        suggester=SpeakerSuggester(self._speakers),
                    )
                with Horizontal(classes="field", id="status-field"):
                    yield Static("Status", classes="name", markup=False)
                    yield Choices(
                        status_choices(self._statuses, self._annotation.status, annotation.status),
                        [annotation.status] if annotation.status else [],
                        is_optional=True,
                        id="status",
                    )
            with Vertical(id="note-foot"):
                yield Static("", id="problem", markup=False)
                with Horizontal(id="buttons"):
                    yield Static(HINT, classes="hint", markup=False)
                    yield Button("Save", id="save", variant="primary", compact=True)
                    yield Button("Leave", id="leave", compact=True)
                yield LeavingBar()

    def on_mount(self) -> None:
        """Focus the note, put the caret at its end, and remember the saved values."""
        self.note.focus(scroll_visible=False)  # an animation would end where the note is no more
        self.note.move_cursor(self.note.document.end)
        saved = self._annotation
        self._saved = EditedNote(saved.note, saved.tags, saved.speaker, saved.status)
        if self._draft is not None:
            self._order = self._draft.tags
            written = self._draft.written[:16].replace("T", " ")
            message = f"Your text of {written} UTC was not saved; ctrl+s saves it."
            self.query_one("#problem", Static).update(message)
        by_name = {tag.name: tag for tag in self._tags}
        _, colour = sign_of(self._annotation.tags[0], by_name, self.app.theme_variables)
        self.query_one("#passage").styles.border_left = ("outer", colour)
        self._show_fields()
        self.call_after_refresh(self._update_passage_focus)

    def _update_passage_focus(self) -> None:
        """Let the passage take the focus only if it can be scrolled."""
        passage = self.query_one("#passage")
        passage.can_focus = passage.max_scroll_y > 0

    @property
    def edited(self) -> EditedNote:
        """The values of the fields; there may be no tag."""
        annotation = self._annotation
        is_note_edited = self.note.text != sanitise(annotation.note)
        is_speaker_edited = self.speaker.value != shown_value(annotation.speaker)
        return EditedNote(
            self.note.text.rstrip() if is_note_edited else annotation.note,
            self._chosen_tags(),
            " ".join(self.speaker.value.split()) if is_speaker_edited else annotation.speaker,
            self.status.chosen[0] if self.status.chosen else None,
        )

    @property
    def has_changes(self) -> bool:
        """Whether there are unsaved changes."""
        return self._saved is not None and self.edited != self._saved

    def ask_to_leave(self) -> None:
        """Ask what to do with the unsaved changes."""
        self.add_class("-leaving")
        self.query_one("#leave-save", Button).focus()

    def action_save(self) -> None:
        """Return the values of the fields; without a tag, show that one is missing."""
        edited = self.edited
        if edited.tags:
            self.dismiss(edited)
            return
        self._continue()
        self.query_one("#problem", Static).update("Choose at least one tag, or type one.")
        self.standard_tags.focus()

    def action_undo_typing(self) -> None:
        """Undo the last change of the note's text."""
        self.note.undo()

    def action_leave(self) -> None:
        """Close where nothing changed, else ask; while asking, go back to editing."""
        if self.has_class("-leaving"):
            self._continue()
        elif self.has_changes:
            self.ask_to_leave()
        else:
            self.dismiss(None)

    def action_discard(self) -> None:
        """Close without saving the changes, where the question can be seen."""
        if is_wholly_shown(self.leaving):
            self.dismiss(None)

    @on(TextArea.Changed)
    @on(Choices.Changed)
    @on(Input.Changed)
    def save_draft_soon(self) -> None:
        """Save a draft in a moment, so that a crash does not lose it."""
        if self._saved is not None and self._draft_timer is None:
            self._draft_timer = self.set_timer(DRAFT_SECONDS, self._post_draft)

    def _post_draft(self) -> None:
        self._draft_timer = None
        note, tags, speaker, status = self.edited
        draft = Draft(note, tags, speaker, status, clock.now())
        self.post_message(NoteTyped(self._annotation.id, draft))

    @on(Choices.Changed)
    @on(Input.Changed)
    def update_fields(self) -> None:
        """Show the fields that the tags need, and clear the message about a missing tag."""
        if self._saved is None:
            return
        chosen = self._chosen_tags()
        if chosen and chosen != self._order:  # fields report their first values as changes
            self.query_one("#problem", Static).update("")
        self._order = chosen
        self._show_fields()

    @on(Input.Submitted)
    def go_to_next_field(self) -> None:
        """Go to the next field on enter in a line of text."""
        self.focus_next()

    @on(Button.Pressed)
    def press_button(self, event: Button.Pressed) -> None:
        """Run the action of a button."""
        match event.button.id:
            case "save" | "leave-save":
                self.action_save()
            case "leave" | "leave-stay":
                self.action_leave()
            case _:
                self.action_discard()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Hide the question when the focus moves elsewhere."""
        if self.leaving not in event.widget.ancestors:
            self.remove_class("-leaving")

    def _continue(self) -> None:
        self.remove_class("-leaving")
        self.note.focus()

    def _chosen_tags(self) -> tuple[str, ...]:
        """Return the chosen tags: earlier ones in their order, then new ones."""
        typed = parse_tags(self.further_tags.value)
        further = [self._tag_as_shown.get(tag, tag) for tag in typed]
        chosen = (*self.standard_tags.chosen, *further)
        earlier = [tag for tag in self._order if tag in chosen]
        return tuple(dict.fromkeys((*earlier, *chosen)))

    def _show_fields(self) -> None:
        """Show speaker and status where the tags need them, or they have a value."""
        tags = self._chosen_tags()
        for name, needed_by, value in (
            ("#speaker-field", {QUOTE, CLAIM}, self.speaker.value),
            ("#status-field", {CLAIM}, self.status.chosen),
        ):
            field = self.query_one(name)
            is_needed = not needed_by.isdisjoint(tags)
            field.display = is_needed or bool(value) or field.has_focus_within


def _keyed(answer: str, key: str) -> Content:
    """Return an answer with its key."""
    return Content.assemble(answer, "  ", (key, "not bold"))


def _passage(annotation: Annotation) -> str:
    """Return the annotated passage, without blank lines at its ends."""
    return drawn(sanitise(annotation.selector.exact.strip("\n").replace("\t", " | ")))


def _origin(annotation: Annotation) -> str:
    """Return the section, the page, the day of creation, and what became of the passage."""
    section = one_line(sanitise(annotation.selector.section), MAX_SECTION)
    lost = "lost its place" if annotation.is_orphaned else ""
    page = sanitise(page_label(annotation.selector.page))
    day = clock.local_day(annotation.created)
    present = one_line(sanitise(present_wording(annotation, clock.day_in_words)))
    return " · ".join(part for part in (section, page, day, lost, present) if part)
