"""The editor's screen: its commands, saving, and the question on leaving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import DescendantFocus, Resize
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static, TextArea

from reader.core.annotation import Annotation, Tag
from reader.core.claims import STANDARD_STATUSES, ClaimStatus
from reader.paths import styles_folder
from reader.session import Draft
from reader.ui.actions import Actions
from reader.ui.bindings import bindings_of
from reader.ui.command_screen import CommandScreen
from reader.ui.commands import EDITOR
from reader.ui.dialogs.note_editor.draft_saver import DraftSaver
from reader.ui.dialogs.note_editor.edited_note import EditedNote
from reader.ui.dialogs.note_editor.fields import NoteField
from reader.ui.dialogs.note_editor.form import NoteForm
from reader.ui.dialogs.note_editor.passage import Passage, origin_of
from reader.ui.dialogs.note_editor.program import write_in_program
from reader.ui.host import host_of
from reader.ui.key_hints import KeyHint, hints_of
from reader.ui.widgets.choices import Choices
from reader.ui.widgets.hints import Hints
from reader.ui.widgets.leaving_bar import LeavingBar
from reader.ui.widgets.panel_title import PanelTitle
from reader.ui.window_sizes import is_wholly_shown, stands_beside

TITLE = "Annotation"

HINTS = (
    ("editor.save", "save"),
    ("editor.leave", "leave"),
    ("editor.preview", "preview"),
    ("editor.program", "in $EDITOR"),
)
"""The commands at the bottom of the editor, the most important first."""

WHEEL_LINES = 3
"""By how many lines the mouse wheel scrolls the article."""


class NoteEditor(ModalScreen[EditedNote | None], CommandScreen):
    """Edits one annotation; returns what to save, or None where nothing changes.

    It stands beside the article, or below it, and leaves the rest of the window to the screen
    under it, which gets no key meanwhile.
    """

    CSS_PATH = [  # noqa: RUF012 (as Textual declares it)
        str(styles_folder() / "row_list.tcss"),
        str(styles_folder() / "docked.tcss"),
        str(styles_folder() / "leaving_bar.tcss"),
        str(styles_folder() / "note_editor.tcss"),
    ]
    HELP_NAME = EDITOR
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of(EDITOR),
        Binding("ctrl+underscore", "undo_typing", "Undo"),  # ctrl+z suspends
    ]

    note = query_one("#note", TextArea)
    note_field = query_one(NoteField)
    passage = query_one(Passage)
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
        scroll_article: Callable[[int], None] | None = None,
    ) -> None:
        """Edit an annotation.

        Args:
            annotation: The annotation.
            tags: The tags of the settings.
            known_tags: Further tags of the library, offered as completions.
            draft: The unsaved text from when the program last ended.
            speakers: The speakers that are offered as completions, the likeliest first.
            statuses: The statuses of the settings.
            scroll_article: Scrolls the article beside the editor by some lines; None where there
                is none.
        """
        super().__init__()
        self._annotation = annotation
        self._draft = draft
        self.form = NoteForm(
            annotation,
            EditedNote.of(draft or annotation),
            tags=tags,
            known_tags=known_tags,
            speakers=speakers,
            statuses=statuses,
        )
        """The passage and the fields."""
        self._scroll_article = scroll_article
        self._saved: EditedNote | None = None
        self._drafts = DraftSaver(self, annotation.id, lambda: self.edited)

    def compose(self) -> ComposeResult:
        """Lay out the passage, the fields, and below them the keys or the question."""
        with Vertical(id="note-dialog", classes="docked") as dialog:
            dialog.border_title = Content(f" {TITLE} · {origin_of(self._annotation)} ")
            yield PanelTitle()
            yield self.form
            with Vertical(id="note-foot"):
                problem = Static("", id="problem", markup=False)
                problem.display = False
                yield problem
                yield Hints()
                yield LeavingBar("run('editor.save')")

    def on_mount(self) -> None:
        """Focus the note, put the caret at its end, and remember the saved values."""
        self.note.focus(scroll_visible=False)  # an animation would end where the note is no more
        self.note.move_cursor(self.note.document.end)
        saved = self._annotation
        self._saved = EditedNote.of(saved)
        self.query_one(PanelTitle).show(TITLE, origin_of(saved))
        self.query_one(Hints).hints = self._hints
        self.set_class(saved.is_orphaned, "-orphaned")
        if self._draft is not None:
            written = self._draft.written[:16].replace("T", " ")
            key = self._hints[0].keys
            self._show_problem(f"Your text of {written} UTC was not saved; {key} saves it.")
        self.form.show_needed()
        self.call_after_refresh(self.passage.update_focus)

    def on_resize(self, event: Resize) -> None:
        """Stand below the article where there is no room beside it."""
        self.set_class(not stands_beside(event.size), "-narrow")
        self.call_after_refresh(self.passage.update_focus)

    @property
    def _hints(self) -> tuple[KeyHint, ...]:
        hints = hints_of(HINTS, host_of(self).settings.keys)
        return (*hints[:2], KeyHint("tab", "next field", "app.focus_next"), *hints[2:])

    @property
    def edited(self) -> EditedNote:
        """The values of the fields; there may be no tag."""
        return self.form.edited

    @property
    def has_changes(self) -> bool:
        """Whether there are unsaved changes."""
        return self._saved is not None and self.edited != self._saved

    # Commands

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {
            "editor.save": self.save,
            "editor.leave": self.leave,
            "editor.preview": self.toggle_preview,
            "editor.program": self.write_in_program,
            "editor.article_down": partial(self.scroll_article, 1),
            "editor.article_up": partial(self.scroll_article, -1),
        }

    def save(self) -> None:
        """Return the values of the fields; without a tag, show that one is missing."""
        edited = self.edited
        if edited.tags:
            self.dismiss(edited)
            return
        self._continue()
        self._show_problem("Choose at least one tag, or type one.")
        self.form.tags.standard.focus()

    def leave(self) -> None:
        """Close where nothing changed, else ask; while asking, or in the preview, go back."""
        if self.has_class("-leaving"):
            self._continue()
        elif self.note_field.preview.has_focus:
            self.toggle_preview()
        elif self.has_changes:
            self.ask_to_leave()
        else:
            self.dismiss(None)

    def toggle_preview(self) -> None:
        """Show the note as it will be read, or go back to writing it."""
        self.note_field.toggle_preview()
        self.set_class(self.note_field.preview.display, "-previewing")

    def scroll_article(self, lines: int) -> None:
        """Scroll the article beside the editor, to see more of a long passage."""
        if self._scroll_article is not None:
            self._scroll_article(lines)

    def on_mouse_scroll_down(self) -> None:
        """Scroll the article, which gets no events below the editor."""
        self.scroll_article(WHEEL_LINES)

    def on_mouse_scroll_up(self) -> None:
        """Scroll the article back."""
        self.scroll_article(-WHEEL_LINES)

    async def write_in_program(self) -> None:
        """Let the reader write the note in the program that the environment names."""
        written = await write_in_program(host_of(self), self._annotation.id, self._drafts.present)
        if written.note is not None:
            self.note_field.replace(written.note)
        self._show_problem(written.sentence)

    def ask_to_leave(self) -> None:
        """Ask what to do with the unsaved changes."""
        self.add_class("-leaving")
        self.leaving.ask()

    def action_undo_typing(self) -> None:
        """Undo the last change of the note's text."""
        self.note.undo()

    def action_discard(self) -> None:
        """Close without saving the changes, where the question can be seen."""
        if is_wholly_shown(self.leaving):
            self.dismiss(None)

    # Messages of the widgets

    @on(TextArea.Changed)
    @on(Choices.Changed)
    @on(Input.Changed)
    def save_draft_soon(self) -> None:
        """Save a draft in a moment, so that a crash does not lose it."""
        if self._saved is not None:
            self._drafts.save_soon()

    @on(Choices.Changed)
    @on(Input.Changed)
    def update_fields(self) -> None:
        """Show the fields that the tags need, and clear the message about a missing tag."""
        if self._saved is None:
            return
        tags = self.form.tags
        if tags.keep_order() and tags.value:  # fields report their first values, too
            self._show_problem("")
        self.form.show_needed()

    @on(Input.Submitted)
    def go_to_next_field(self) -> None:
        """Go to the next field on enter in a line of text."""
        self.focus_next()

    @on(Button.Pressed)
    def press_button(self, event: Button.Pressed) -> None:
        """Carry out an answer."""
        match event.button.id:
            case "leave-save":
                self.save()
            case "leave-stay":
                self.leave()
            case _:
                self.action_discard()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Hide the question when the focus moves elsewhere."""
        if self.leaving not in event.widget.ancestors:
            self.remove_class("-leaving")

    def _continue(self) -> None:
        self.remove_class("-leaving")
        self.note_field.focus_shown()

    def _show_problem(self, sentence: str) -> None:
        problem = self.query_one("#problem", Static)
        problem.update(sentence)
        problem.display = bool(sentence)
