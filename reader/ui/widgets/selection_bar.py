"""The line above the status line: what one can do now; while selecting, the tags to click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.core.annotation import Tag
from reader.core.cells import cell_width, clip
from reader.ui.messages import HintChosen, TagChosen
from reader.ui.palette import Palette, palette_of


class Hint(NamedTuple):
    """A key, what it does, and the action of a click on it."""

    key: str
    """As people write it."""
    name: str
    """One or two words."""
    action: str
    """An action of the screen."""


READING_HINTS = (
    Hint("v", "select", "select"),
    Hint(")", "next sentence", "move('next_sentence')"),
    Hint("/", "search", "search"),
    Hint("t", "contents", "contents"),
    Hint("a", "annotations", "annotations"),
    Hint("L", "library", "library"),
)
"""What one can do while reading."""

ANNOTATION_HINTS = (
    Hint("enter", "note", "open_annotation"),
    Hint("1-9", "tag", ""),
    Hint("r", "range", "change_range"),
    Hint("d", "delete", "delete_annotation"),
    Hint("y", "copy", "copy"),
    Hint("u", "undo", "undo"),
)
"""What one can do with the annotation at the caret."""

SELECTING_HINTS = (
    Hint("o", "other end", "swap_ends"),
    Hint("y", "copy", "copy"),
    Hint("esc", "let go", "let_go"),
)
"""What one can do with a selection, besides tagging it."""


class SelectionBar(Widget):
    """Shows keys for the present situation; each can be clicked."""

    is_selecting: reactive[bool] = reactive(False)
    """Whether a passage is selected, or being selected."""
    is_on_annotation: reactive[bool] = reactive(False)
    """Whether the caret is in an annotation."""
    prompt: reactive[str] = reactive("")
    """What comes first while selecting, such as ``Change the range``; empty for tagging."""

    def __init__(self, tags: Sequence[Tag], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._tags = tags
        self._palette: Palette | None = None
        self._targets: list[tuple[range, Tag | Hint]] = []

    def render_line(self, y: int) -> Strip:
        """Return the line, and note where a click leads."""
        width = self.size.width
        if y or width < 1:
            return Strip.blank(width, self.rich_style)
        self._targets = []
        segments = [Segment(" ", self.rich_style)]
        x = 1
        for target, pieces in self._items():
            length = sum(cell_width(text) for text, _ in pieces)
            if x + length > width:
                break
            self._targets.append((range(x, x + length), target))
            segments += [Segment(text, style) for text, style in pieces]
            segments.append(Segment("  ", self.rich_style))
            x += length + 2
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        for cells, target in self._targets:
            if event.x in cells:
                if isinstance(target, Tag):
                    self.post_message(TagChosen(target.key))
                elif target.action:
                    self.post_message(HintChosen(target.action))

    def notify_style_update(self) -> None:
        """Take the colours of another theme."""
        super().notify_style_update()
        self._palette = None

    def _items(self) -> list[tuple[Tag | Hint, list[tuple[str, Style]]]]:
        palette = self._palette = self._palette or palette_of(self, "bar", self._tags)
        key, name = palette.style("key"), palette.style("name")
        hints: Sequence[Hint] = READING_HINTS
        items: list[tuple[Tag | Hint, list[tuple[str, Style]]]] = []
        if self.is_selecting and self.prompt:
            hints = (
                Hint("enter", self.prompt, "open_annotation"),
                Hint("o", "other end", "swap_ends"),
                Hint("esc", "leave it", "let_go"),
            )
        elif self.is_selecting:
            items = [(tag, _tag_pieces(tag, palette)) for tag in self._tags if tag.key]
            hints = SELECTING_HINTS
        elif self.is_on_annotation:
            hints = ANNOTATION_HINTS
        items += [(hint, [(hint.key, key), (f" {hint.name}", name)]) for hint in hints]
        return items


def _tag_pieces(tag: Tag, palette: Palette) -> list[tuple[str, Style]]:
    return [
        (f" {tag.key} ", palette.style("tag-key")),
        (f" {tag.glyph} ", palette.style(f"tag:{tag.name}")),
        (clip(tag.name, 20), palette.style("tag-name")),
    ]
