"""The fields of an annotation's editor, in the order in which they are used."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one

from reader.core.annotation import CLAIM, Annotation, Tag
from reader.core.claims import ClaimStatus
from reader.ui.dialogs.note_editor.edited_note import EditedNote
from reader.ui.dialogs.note_editor.fields import NoteField, SpeakerField, StatusField, TagFields
from reader.ui.dialogs.note_editor.passage import Passage
from reader.ui.painting.palette import sign_of
from reader.ui.widgets.scroll_box import FieldBox


class NoteForm(FieldBox):
    """The passage, and below it the fields that its annotation needs."""

    note = query_one(NoteField)
    status = query_one(StatusField)
    speaker = query_one(SpeakerField)
    tags = query_one(TagFields)

    def __init__(
        self,
        saved: Annotation,
        shown: EditedNote,
        *,
        tags: Sequence[Tag],
        known_tags: Sequence[str],
        speakers: Sequence[str],
        statuses: Sequence[ClaimStatus],
    ) -> None:
        """Show an annotation.

        Args:
            saved: The annotation as it is saved.
            shown: The values that the fields have at first.
            tags: The tags of the settings.
            known_tags: Further tags of the library, offered as completions.
            speakers: The speakers that are offered as completions, the likeliest first.
            statuses: The statuses of the settings.
        """
        super().__init__(id="note-fields")
        self._saved = saved
        self._shown = shown
        self._tags = tags
        self._known_tags = known_tags
        self._speakers = speakers
        self._statuses = statuses

    def compose(self) -> ComposeResult:
        """Lay out the passage and the fields, first the one that the annotation needs first."""
        saved, shown = self._saved, self._shown
        by_name = {tag.name: tag for tag in self._tags}
        _, colour = sign_of(saved.tags[0], by_name, self.app.theme_variables)
        yield Passage(saved, colour)
        status = StatusField(shown.status, saved.status, self._statuses)
        speaker = SpeakerField(shown.speaker, saved.speaker, self._speakers)
        is_claim = shown.tags[:1] == (CLAIM,)
        yield Vertical(*((status, speaker) if is_claim else (speaker, status)), id="note-above")
        yield NoteField(shown.note, saved.note)
        yield TagFields(shown.tags, saved.tags, self._tags, self._known_tags)

    @property
    def edited(self) -> EditedNote:
        """The values of the fields; there may be no tag."""
        return EditedNote(self.note.value, self.tags.value, self.speaker.value, self.status.value)

    def show_needed(self) -> None:
        """Show speaker and status where the tags need them, or they have a value."""
        for field in (self.speaker, self.status):
            field.show_for(self.tags.value)
