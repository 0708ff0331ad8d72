"""The line above the status line: the keys of the moment; while selecting, the tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reader.core.annotation import Tag
from reader.core.cells import cell_width, clip
from reader.safe_text import sanitise_line
from reader.ui.commands import key_of
from reader.ui.key_hints import KeyHint, hints_of
from reader.ui.painting.palette import Palette
from reader.ui.painting.styles import Run

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

SUGGESTION_HINTS = (
    ("annotation.delete", "turn down"),
    ("quotation.next", "next"),
    ("suggestions.accept_sure", "accept all sure ones"),
    ("suggestions.show", "hide"),
)
"""The commands for a suggested quotation at the caret, besides accepting it."""

LONGEST_TAG = 20
"""The most cells of a tag's name."""

LONGEST_SPEAKER = 32
"""The most cells of a speaker's name."""

LEFT, GAP = 1, 2
"""Cells before the first key, and between two."""


class BarState(NamedTuple):
    """What the line depends on."""

    is_selecting: bool = False
    """Whether a passage is selected, or being selected."""
    is_on_annotation: bool = False
    """Whether the caret is in an annotation."""
    needs_review: bool = False
    """Whether the words of the annotation at the caret have changed."""
    prompt: str = ""
    """The first hint while selecting, such as ``keep this range``; empty for the tags."""
    is_on_suggestion: bool = False
    """Whether the caret is in a quotation that is suggested."""
    speaker: str = ""
    """Who was found to have said the annotation at the caret, with a question mark where that is
    not sure; empty where nobody was found, or it has a speaker."""


class BarItem(NamedTuple):
    """A key, or a tag with its key, on the line."""

    target: Tag | KeyHint
    """What a click on it means."""
    x: int
    """Its first cell."""
    runs: Sequence[Run]
    """How it is drawn."""

    @property
    def width(self) -> int:
        """Its cells."""
        return sum(cell_width(run.text) for run in self.runs)


class KeyBar:
    """Draws the line for the tags and the keys of one reader."""

    def __init__(self, tags: Sequence[Tag], keymap: Mapping[str, str], palette: Palette) -> None:
        """Take what stays the same.

        Args:
            tags: The tags that have a key.
            keymap: The reader's own keys by command id.
            palette: The styles of the section ``bar``.
        """
        self._tags = tags
        self._keymap = keymap
        self._palette = palette

    def items(self, state: BarState, width: int) -> Sequence[BarItem]:
        """Return what fits on a line of ``width`` cells."""
        items: list[BarItem] = []
        x = LEFT
        for target, runs in self._candidates(state):
            item = BarItem(target, x, runs)
            if x + item.width > width:
                break
            items.append(item)
            x += item.width + GAP
        return items

    def runs(self, items: Sequence[BarItem], width: int) -> Sequence[Run]:
        """Return the line, ``width`` cells together."""
        base = self._palette.base
        runs: list[Run] = []
        x = 0
        for item in items:
            runs += [Run(" " * (item.x - x), base), *item.runs]
            x = item.x + item.width
        return [*runs, Run(" " * (width - x), base)]

    def _candidates(self, state: BarState) -> Iterator[tuple[Tag | KeyHint, Sequence[Run]]]:
        hints: Sequence[KeyHint] = self._hints(*READING_HINTS)
        if state.is_selecting and state.prompt:
            hints = self._hints(
                ("annotation.open", state.prompt),
                ("select.swap", "other end"),
                ("select.none", "leave it"),
            )
        elif state.is_selecting:
            for tag in self._tags:
                if tag.key:
                    yield tag, self._tag_runs(tag)
            hints = self._hints(*SELECTING_HINTS)
        elif state.is_on_annotation:
            note, *others = self._hints(*ANNOTATION_HINTS)
            hints = [note, KeyHint(self._tag_keys(), "tag", ""), *others]
            if state.speaker:
                said = f"said {_shown(state.speaker)}"
                offer = (("speaker.take", said), ("speaker.choose", "someone else"))
                hints = [*self._hints(*offer), *hints]
            if state.needs_review:
                hints = [*self._hints(("compare", "what changed")), *hints]
        elif state.is_on_suggestion:
            said = f"accept, said {_shown(state.speaker)}" if state.speaker else "accept"
            hints = self._hints(("annotation.open", said), *SUGGESTION_HINTS)
        key, name = self._palette.style("key"), self._palette.style("name")
        for hint in hints:
            yield hint, (Run(hint.keys, key), Run(f" {hint.word}", name))

    def _hints(self, *commands: tuple[str, str]) -> tuple[KeyHint, ...]:
        return hints_of(commands, self._keymap)

    def _tag_keys(self) -> str:
        """Return the keys of the tags: ``1-3`` where they are digits in a row, else all of them."""
        keys = [key_of(f"tag.{tag.key}", self._keymap) for tag in self._tags if tag.key]
        digits = "".join(keys)
        if len(keys) > 1 and digits in "123456789":
            return f"{keys[0]}-{keys[-1]}"
        return " ".join(keys)

    def _tag_runs(self, tag: Tag) -> Sequence[Run]:
        style = self._palette.style
        return (
            Run(f" {key_of(f'tag.{tag.key}', self._keymap)} ", style("tag-key")),
            Run(f" {tag.glyph} ", style(f"tag:{tag.name}")),
            Run(clip(tag.name, LONGEST_TAG), style("tag-name")),
        )


def _shown(speaker: str) -> str:
    """Return the name of a speaker as the line shows it."""
    return clip(sanitise_line(speaker), LONGEST_SPEAKER)
