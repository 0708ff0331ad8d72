"""The line above the status line: the keys of the moment; while selecting, the tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from reader.core.annotation import Tag
from reader.core.cells import cell_width, clip
from reader.ui.commands import key_of
from reader.ui.messages import HintChosen, TagChosen
from reader.ui.palette import Palette, palette_of
from reader.ui.widgets.hints import KeyHint, hints_of

READING_HINTS = (
    ("select", "select"),
    ("sentence.next", "next sentence"),
    ("search", "search"),
    ("contents", "contents"),
    ("annotations", "annotations"),
    ("library", "library"),
)
"""The commands shown while reading: their ids, with a word or two for each."""

ANNOTATION_HINTS = (
    ("annotation.open", "note"),
    ("annotation.range", "range"),
    ("annotation.delete", "delete"),
    ("copy", "copy"),
    ("undo", "undo"),
)
"""The commands for the annotation at the caret, besides tagging it."""

SELECTING_HINTS = (("select.swap", "other end"), ("copy", "copy"), ("select.none", "clear"))
"""The commands for a selection, besides tagging it."""


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

    def __init__(
        self,
        tags: Sequence[Tag],
        keymap: Mapping[str, str] | None = None,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        """Make the line.

        Args:
            tags: The tags that have a key.
            keymap: The reader's own keys by command id.
            id: The widget's id.
        """
        super().__init__(id=id)
        self._tags = tags
        self._keymap = keymap or {}
        self._palette: Palette | None = None
        self._targets: list[tuple[range, Tag | KeyHint]] = []

    def render_line(self, y: int) -> Strip:
        """Return the line, and note what is at each cell."""
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
        """Post what was clicked."""
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

    def _items(self) -> list[tuple[Tag | KeyHint, list[tuple[str, Style]]]]:
        palette = self._palette = self._palette or palette_of(self, "bar", self._tags)
        key, name = palette.style("key"), palette.style("name")
        hints: Sequence[KeyHint] = self._hints(*READING_HINTS)
        items: list[tuple[Tag | KeyHint, list[tuple[str, Style]]]] = []
        if self.is_selecting and self.prompt:
            hints = self._hints(
                ("annotation.open", self.prompt),
                ("select.swap", "other end"),
                ("select.none", "leave it"),
            )
        elif self.is_selecting:
            items = [(tag, self._tag_pieces(tag, palette)) for tag in self._tags if tag.key]
            hints = self._hints(*SELECTING_HINTS)
        elif self.is_on_annotation:
            note, *others = self._hints(*ANNOTATION_HINTS)
            hints = [note, KeyHint(self._tag_keys(), "tag", ""), *others]
            if self.needs_review:
                hints = [*self._hints(("compare", "what changed")), *hints]
        items += [(hint, [(hint.keys, key), (f" {hint.word}", name)]) for hint in hints]
        return items

    def _hints(self, *commands: tuple[str, str]) -> tuple[KeyHint, ...]:
        return hints_of(commands, self._keymap)

    def _tag_keys(self) -> str:
        """Return the keys of the tags: ``1-3`` where they are digits in a row, else all of them."""
        keys = [key_of(f"tag.{tag.key}", self._keymap) for tag in self._tags if tag.key]
        digits = "".join(keys)
        if len(keys) > 1 and digits in "123456789":
            return f"{keys[0]}-{keys[-1]}"
        return " ".join(keys)

    def _tag_pieces(self, tag: Tag, palette: Palette) -> list[tuple[str, Style]]:
        return [
            (f" {key_of(f'tag.{tag.key}', self._keymap)} ", palette.style("tag-key")),
            (f" {tag.glyph} ", palette.style(f"tag:{tag.name}")),
            (clip(tag.name, 20), palette.style("tag-name")),
        ]
