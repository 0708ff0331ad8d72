"""Saving drafts of an annotation while it is edited, so that a crash does not lose them."""

from __future__ import annotations

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

from reader import clock
from reader.session import Draft
from reader.ui.dialogs.note_editor.edited_note import EditedNote
from reader.ui.messages import NoteTyped

DRAFT_SECONDS = 1.0
"""How long after the first change a draft is saved, in seconds."""


class DraftSaver:
    """Posts a draft shortly after a change; further changes until then go into the same draft."""

    def __init__(
        self, editor: Widget, annotation_id: str, edited: Callable[[], EditedNote]
    ) -> None:
        """Save drafts of an annotation.

        Args:
            editor: The editor, which posts them.
            annotation_id: The annotation.
            edited: Returns the present values of the fields.
        """
        self._editor = editor
        self._annotation_id = annotation_id
        self._edited = edited
        self._timer: Timer | None = None

    @property
    def present(self) -> Draft:
        """The fields as they are now."""
        return Draft(*self._edited(), clock.now())

    def save_soon(self) -> None:
        """Post a draft in a moment."""
        if self._timer is None:
            self._timer = self._editor.set_timer(DRAFT_SECONDS, self._post)

    def _post(self) -> None:
        self._timer = None
        self._editor.post_message(NoteTyped(self._annotation_id, self.present))
