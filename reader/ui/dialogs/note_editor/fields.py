"""The fields of an annotation's editor, each a part of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from reader.core.annotation import CLAIM, QUOTE, Tag
from reader.core.claims import ClaimStatus
from reader.safe_text import sanitise, sanitise_line
from reader.ui.dialogs.note_editor.preview import NotePreview
from reader.ui.widgets.choices import Choices, status_choices, tag_choices
from reader.ui.widgets.fields import LineField, shown_value
from reader.ui.widgets.speaker_field import SpeakerSuggester
from reader.ui.widgets.tag_field import TagSuggester, parse_tags


class Field(Horizontal):
    """A name, and beside it what is chosen or typed."""

    NAME: ClassVar[str]
    """What it is called on screen."""
    NEEDED_BY: ClassVar[frozenset[str]] = frozenset()
    """The tags of which one has to be chosen for it to be shown; empty where it is always shown."""

    def __init__(self, *values: Widget, id: str | None = None) -> None:  # noqa: A002 (Textual's own name for it)
        """Show the values beside the name."""
        name = Static(self.NAME, classes="name", markup=False)
        super().__init__(name, *values, id=id, classes="field")

    @property
    def has_value(self) -> bool:
        """Whether something is chosen or typed."""
        return True

    def show_for(self, tags: Iterable[str]) -> None:
        """Show the field where the tags need it, it has a value, or the reader is in it."""
        is_needed = not self.NEEDED_BY.isdisjoint(tags)
        self.display = is_needed or self.has_value or self.has_focus_within


class StatusField(Field):
    """How far a claim was checked."""

    NAME = "Status"
    NEEDED_BY = frozenset({CLAIM})

    choices = query_one("#status", Choices)

    def __init__(
        self, shown: str | None, saved: str | None, statuses: Sequence[ClaimStatus]
    ) -> None:
        """Show a status.

        Args:
            shown: The status at first; None for one that is not given.
            saved: The status of the annotation as it is saved.
            statuses: The statuses of the settings.
        """
        choices = Choices(
            status_choices(statuses, saved, shown),
            [shown] if shown else [],
            is_optional=True,
            id="status",
        )
        super().__init__(choices, id="status-field")

    @property
    def has_value(self) -> bool:
        """Whether a status is chosen."""
        return self.value is not None

    @property
    def value(self) -> str | None:
        """The status."""
        return self.choices.chosen[0] if self.choices.chosen else None


class SpeakerField(Field):
    """Who said it."""

    NAME = "Speaker"
    NEEDED_BY = frozenset({QUOTE, CLAIM})

    line = query_one("#speaker", Input)

    def __init__(self, shown: str, saved: str, speakers: Sequence[str]) -> None:
        """Show a speaker.

        Args:
            shown: The speaker at first.
            saved: The speaker of the annotation as it is saved.
            speakers: The speakers that are offered as completions, the likeliest first.
        """
        self._saved = saved
        line = LineField(
            shown,
            id="speaker",
            compact=True,
            select_on_focus=False,
            placeholder="who said it",
            suggester=SpeakerSuggester(name for name in speakers if sanitise_line(name) == name),
        )
        super().__init__(line, id="speaker-field")

    @property
    def has_value(self) -> bool:
        """Whether a name is typed."""
        return bool(self.line.value)

    @property
    def value(self) -> str:
        """The name; the saved one where what is shown of it was not changed."""
        is_edited = self.line.value != shown_value(self._saved)
        return " ".join(self.line.value.split()) if is_edited else self._saved


class NoteField(Field):
    """The note, in Markdown."""

    NAME = "Note"

    area = query_one("#note", TextArea)
    preview = query_one(NotePreview)

    def __init__(self, shown: str, saved: str) -> None:
        """Show a note.

        Args:
            shown: The note at first.
            saved: The note of the annotation as it is saved.
        """
        self._saved = saved
        area = TextArea(
            sanitise(shown),
            id="note",
            compact=True,
            highlight_cursor_line=False,
            placeholder="Your note, in Markdown.",
        )
        preview = NotePreview()
        preview.display = False
        super().__init__(area, preview, id="note-field")

    def toggle_preview(self) -> None:
        """Show the note as it will be read, or go back to writing it."""
        shows = not self.preview.display
        if shows:
            self.preview.show(self.area.text)
        self.preview.display, self.area.display = shows, not shows
        self.query_one(".name", Static).update("Preview" if shows else self.NAME)
        self.focus_shown()

    def focus_shown(self) -> None:
        """Focus what is shown of the note: its text or its preview."""
        (self.preview if self.preview.display else self.area).focus()

    def replace(self, note: str) -> None:
        """Put another text in place of the note's, which can be undone."""
        self.area.replace(note, self.area.document.start, self.area.document.end)
        if self.preview.display:
            self.preview.show(note)

    @property
    def value(self) -> str:
        """The note; the saved one where what is shown of it was not changed."""
        is_edited = self.area.text != sanitise(self._saved)
        return self.area.text.rstrip() if is_edited else self._saved


class StandardTags(Field):
    """The tags of the settings."""

    NAME = "Tags"


class FurtherTags(Field):
    """Tags that are typed."""

    NAME = "More tags"


class TagFields(Vertical):
    """The tags, those of the settings and others; they keep the order in which they were given."""

    standard = query_one("#tags", Choices)
    further = query_one("#further", Input)

    def __init__(
        self,
        shown: Sequence[str],
        saved: Sequence[str],
        tags: Sequence[Tag],
        known_tags: Iterable[str],
    ) -> None:
        """Show tags.

        Args:
            shown: The tags at first.
            saved: The tags of the annotation as it is saved.
            tags: The tags of the settings.
            known_tags: Further tags of the library, offered as completions.
        """
        super().__init__()
        self._shown = tuple(shown)
        self._tags = tuple(tags)
        self._own = {tag.name for tag in tags}
        self._known = tuple(
            dict.fromkeys(
                tag for tag in known_tags if tag not in self._own and sanitise_line(tag) == tag
            )
        )
        # A tag that is not safe to show stays as it is unless the reader changes what is shown.
        self._tag_as_shown = {
            line: tag for tag in (*saved, *shown) for line in parse_tags(sanitise_line(tag))[:1]
        }
        self._order = tuple(shown)

    def compose(self) -> ComposeResult:
        """Lay out the tags of the settings, and below them a line for others."""
        own = [tag for tag in self._shown if tag in self._own]
        yield StandardTags(Choices(tag_choices(self._tags), own, is_multiple=True, id="tags"))
        others = ", ".join(sanitise_line(tag) for tag in self._shown if tag not in self._own)
        yield FurtherTags(
            LineField(
                others,
                id="further",
                compact=True,
                select_on_focus=False,
                placeholder="with commas between them",
                suggester=TagSuggester(self._known),
            )
        )

    @property
    def value(self) -> tuple[str, ...]:
        """The chosen tags: earlier ones in their order, then new ones; there may be none."""
        typed = parse_tags(self.further.value)
        chosen = (*self.standard.chosen, *(self._tag_as_shown.get(tag, tag) for tag in typed))
        earlier = [tag for tag in self._order if tag in chosen]
        return tuple(dict.fromkeys((*earlier, *chosen)))

    def keep_order(self) -> bool:
        """Take the chosen tags as the order from now on; return whether they are others."""
        value = self.value
        is_changed, self._order = value != self._order, value
        return is_changed
