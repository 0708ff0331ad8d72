"""The line above the status line: the tags, and the keys of the moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.core.annotation import Annotation, Tag
from reader.core.claims import STANDARD_STATUSES, ClaimStatus
from reader.ui.key_hints import KeyHint
from reader.ui.messages import HintChosen, TagChosen
from reader.ui.painting.key_bar import BarItem, BarState, KeyBar, Target
from reader.ui.strips import palette_of, strip_of


class SelectionBar(Widget):
    """Shows keys that fit the moment; each can be clicked."""

    is_selecting: reactive[bool] = reactive(False)
    """Whether a passage is selected, or being selected."""
    needs_review: reactive[bool] = reactive(False)
    """Whether the words of the annotation at the caret have changed."""
    is_on_annotation: reactive[bool] = reactive(False)
    """Whether the caret is in an annotation."""
    prompt: reactive[str] = reactive("")
    """The first hint while selecting, such as ``keep this range``; empty for the tags."""
    is_choosing_status: reactive[bool] = reactive(False)
    """Whether the letter of a status is waited for."""
    is_on_suggestion: reactive[bool] = reactive(False)
    """Whether the caret is in a quotation that is suggested."""
    noted: reactive[Annotation | None] = reactive[Annotation | None](None)
    """The annotation at the caret where its note is to be read on the line; see ``BarState``."""
    speaker: reactive[str] = reactive("")
    """Who was found to have said the annotation at the caret; see ``BarState``."""

    has_chosen: reactive[bool] = reactive(False)
    """Whether a sentence was chosen by its letters, so that a tag marks it."""

    def __init__(
        self,
        tags: Sequence[Tag],
        statuses: Sequence[ClaimStatus] = STANDARD_STATUSES,
        keymap: Mapping[str, str] | None = None,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Make the line.

        Args:
            tags: The tags that have a key.
            statuses: The statuses of claims.
            keymap: The reader's own keys by command id.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._tags = tags
        self._statuses = statuses
        self._keymap = keymap or {}
        self._bar: KeyBar | None = None
        self._items: Sequence[BarItem] = ()

    def render_line(self, y: int) -> Strip:
        """Return the line, and note what is at each cell."""
        width = self.size.width
        if y or width < 1:
            return Strip.blank(width, self.rich_style)
        if self._bar is None:
            palette = palette_of(self, "bar", self._tags, self._statuses)
            self._bar = KeyBar(self._tags, self._statuses, self._keymap, palette)
        state = BarState(
            self.is_selecting,
            self.is_on_annotation,
            self.needs_review,
            self.prompt,
            self.is_on_suggestion,
            self.noted,
            self.speaker,
            has_chosen=self.has_chosen,
            is_choosing_status=self.is_choosing_status,
        )
        self._items = self._bar.items(state, width)
        return strip_of(self._bar.runs(self._items, width), width)

    def on_click(self, event: events.Click) -> None:
        """Post what was clicked."""
        match self.target_at(event.x):
            case Tag() as tag:
                self.post_message(TagChosen(tag.key))
            case KeyHint() as hint if hint.action:
                self.post_message(HintChosen(hint.action))

    def target_at(self, x: int) -> Target | None:
        """Return what a click on a cell of the line means; None for nothing."""
        for item in self._items:
            if item.x <= x < item.x + item.width:
                return item.target
        return None

    def notify_style_update(self) -> None:
        """Take the colours of another theme."""
        super().notify_style_update()
        self._bar = None
