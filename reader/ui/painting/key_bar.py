"""The line above the status line: the tags, and the keys of the moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from reader.core.annotation import Annotation, Tag
from reader.core.cells import cell_width, clip
from reader.core.claims import ClaimStatus
from reader.safe_text import sanitise_line
from reader.ui.commands import key_of
from reader.ui.key_hints import KeyHint, hints_of
from reader.ui.painting.note_card import note_line
from reader.ui.painting.palette import Palette, status_style, tag_style
from reader.ui.painting.styles import Run

READING_HINTS = (
    ("select", "select"),
    ("sentence.next", "next sentence"),
    ("search", "search"),
    ("contents", "contents"),
    ("annotations", "annotations"),
    ("sentence.choose", "sentence"),
    ("library", "library"),
)
"""The commands shown while reading: their ids, with a word or two for each."""

ANNOTATION_HINTS = (
    ("annotation.open", "note"),
    ("status", "status"),
    ("annotation.range", "range"),
    ("annotation.delete", "delete"),
    ("evidence.add", "evidence"),
    ("copy", "copy"),
    ("undo", "undo"),
)
"""The commands for the annotation at the caret, besides tagging it."""

SELECTING_HINTS = (
    ("select.swap", "other end"),
    ("status", "claim with status"),
    ("copy", "copy"),
    ("select.none", "clear"),
)
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

LEFT, GAP, TAG_GAP = 1, 2, 1
"""Cells before the first key, between two, and between two tags that are dimmed."""

STANDING_TAGS = 3
"""How many tags are shown at all times; others too where they leave half of the line."""

WIDTH_FOR_NOTE = 32
"""Lines of fewer cells have no note."""

WIDTH_FOR_NAMES = 76
"""In lines of fewer cells, the tags have no names beside a note."""


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
    noted: Annotation | None = None
    """The annotation at the caret where its note is to be read on the line."""
    speaker: str = ""
    """Who was found to have said the annotation at the caret, with a question mark where that is
    not sure; empty where nobody was found, or it has a speaker."""
    has_chosen: bool = False
    """Whether a sentence was chosen by its letters, so that a tag marks it."""
    is_choosing_status: bool = False
    """Whether the letter of a status is waited for."""

    @property
    def marks_passage(self) -> bool:
        """Whether the tags wait for nothing but their keys."""
        return self.has_chosen or (self.is_selecting and not self.prompt)


Target: TypeAlias = Tag | ClaimStatus | KeyHint
"""What a click on the line may mean: a tag, the status of a claim, or a command."""


class BarItem(NamedTuple):
    """A key, or a tag or a status with its key, on the line."""

    target: Target
    """What a click on it means."""
    x: int
    """Its first cell."""
    runs: Sequence[Run]
    """How it is drawn."""

    @property
    def width(self) -> int:
        """Its cells."""
        return sum(cell_width(run.text) for run in self.runs)


_Item: TypeAlias = tuple[Target, Sequence[Run]]


class KeyBar:
    """Draws the line for the tags and the keys of one reader."""

    def __init__(
        self,
        tags: Sequence[Tag],
        statuses: Sequence[ClaimStatus],
        keymap: Mapping[str, str],
        palette: Palette,
    ) -> None:
        """Take what stays the same.

        Args:
            tags: The tags that have a key.
            statuses: The statuses of claims.
            keymap: The reader's own keys by command id.
            palette: The styles of the section ``bar``.
        """
        self._tags = tags
        self._statuses = statuses
        self._keymap = keymap
        self._palette = palette

    def items(self, state: BarState, width: int) -> Sequence[BarItem]:
        """Return what fits on a line of ``width`` cells: the tags, a note, the keys of the moment.

        Where an annotation or a suggestion is at the caret, or its range is being changed, the
        tags and the note leave room for the first of its keys.
        """
        if state.is_choosing_status:
            return self._status_items(width)
        hints = self._hints_for(state)
        room = width
        is_special = state.prompt or state.is_on_annotation or state.is_on_suggestion
        if is_special and LEFT + hints[0].width <= width:
            room -= hints[0].width + GAP
        noted = None if state.is_selecting or width < WIDTH_FOR_NOTE else state.noted
        names_tags = noted is None or width >= WIDTH_FOR_NAMES
        items = (
            self._ready_tags(room)
            if state.marks_passage
            else self._dimmed_tags(room, names_tags=names_tags)
        )
        x = items[-1].x + items[-1].width + GAP if items else LEFT
        if noted is not None:
            items += _placed([self._note(noted, room - x)], x, GAP, room)
            x = items[-1].x + items[-1].width + GAP
        return [*items, *_placed(map(self._hint_item, hints), x, GAP, width)]

    def runs(self, items: Sequence[BarItem], width: int) -> Sequence[Run]:
        """Return the line, ``width`` cells together."""
        base = self._palette.base
        runs: list[Run] = []
        x = 0
        for item in items:
            runs += [Run(" " * (item.x - x), base), *item.runs]
            x = item.x + item.width
        return [*runs, Run(" " * (width - x), base)]

    def _status_items(self, width: int) -> Sequence[BarItem]:
        """Return the statuses with their letters, as roomy as they fit on the line."""
        close = self._hint_item(KeyHint("esc", "cancel", ""))
        keyed = [status for status in self._statuses if status.key]
        for draw in (self._roomy_status, self._plain_status, self._nameless_status):
            items = [*map(draw, keyed), close]
            placed = _placed(items, LEFT, GAP, width)
            if len(placed) >= len(keyed):
                break
        return placed

    def _ready_tags(self, room: int) -> list[BarItem]:
        """Return the tags while a passage waits for one of them."""
        return _placed(map(self._ready_tag, self._keyed_tags), LEFT, GAP, room)

    def _dimmed_tags(self, room: int, *, names_tags: bool) -> list[BarItem]:
        """Return the tags while nothing waits for them; they work all the same."""
        draw = self._dimmed_tag if names_tags else self._nameless_tag
        items = _placed(map(draw, self._keyed_tags), LEFT, TAG_GAP, room)
        return [
            item
            for number, item in enumerate(items)
            if number < STANDING_TAGS or item.x + item.width <= room // 2
        ]

    def _hints_for(self, state: BarState) -> Sequence[KeyHint]:
        """Return the keys of the moment, the most important first."""
        if state.is_selecting and state.prompt:
            return self._hints(
                ("annotation.open", state.prompt),
                ("select.swap", "other end"),
                ("select.none", "leave it"),
            )
        if state.is_selecting:
            return self._hints(*SELECTING_HINTS)
        if state.is_on_annotation:
            review = [("compare", "what changed")] if state.needs_review else []
            said = f"said {_shown(state.speaker)}"
            offer = [("speaker.take", said), ("speaker.choose", "someone else")]
            return self._hints(*review, *(offer if state.speaker else ()), *ANNOTATION_HINTS)
        if state.is_on_suggestion:
            said = f"accept, said {_shown(state.speaker)}" if state.speaker else "accept"
            return self._hints(("annotation.open", said), *SUGGESTION_HINTS)
        return self._hints(*READING_HINTS)

    def _note(self, annotation: Annotation, width: int) -> _Item:
        """Return the note of an annotation, which a click opens."""
        line = note_line(annotation, {each.name: each for each in self._statuses}, width)
        runs = [Run(text, self._palette.style(style)) for text, style in line]
        return self._hints(("annotation.open", ""))[0], runs

    def _hints(self, *commands: tuple[str, str]) -> tuple[KeyHint, ...]:
        return hints_of(commands, self._keymap)

    @property
    def _keyed_tags(self) -> Iterator[tuple[Tag, str]]:
        """The tags that have a key, with the key."""
        return ((tag, key_of(f"tag.{tag.key}", self._keymap)) for tag in self._tags if tag.key)

    def _ready_tag(self, keyed: tuple[Tag, str]) -> _Item:
        tag, key = keyed
        style = self._palette.style
        return tag, (
            Run(f" {key} ", style("tag-key")),
            Run(f" {tag.glyph} ", style(tag_style(tag.name))),
            Run(clip(tag.name, LONGEST_TAG), style("tag-name")),
        )

    def _dimmed_tag(self, keyed: tuple[Tag, str]) -> _Item:
        tag, key = keyed
        style = self._palette.style
        name = f" {clip(tag.name, LONGEST_TAG)}"
        return tag, (Run(key, style("dimmed-key")), Run(name, style("dimmed-name")))

    def _nameless_tag(self, keyed: tuple[Tag, str]) -> _Item:
        tag, key = keyed
        style = self._palette.style
        return tag, (Run(key, style("dimmed-key")), Run(tag.glyph, style("dimmed-name")))

    def _roomy_status(self, status: ClaimStatus) -> _Item:
        style = self._palette.style
        return status, (
            Run(f" {status.key} ", style("tag-key")),
            Run(f" {status.sign} ", style(status_style(status.name))),
            Run(clip(status.name, LONGEST_TAG), style("tag-name")),
        )

    def _plain_status(self, status: ClaimStatus) -> _Item:
        _, (key, sign) = self._nameless_status(status)
        name = Run(f" {clip(status.name, LONGEST_TAG)}", self._palette.style("tag-name"))
        return status, (key, sign, name)

    def _nameless_status(self, status: ClaimStatus) -> _Item:
        style = self._palette.style
        sign = Run(f" {status.sign}", style(status_style(status.name)))
        return status, (Run(status.key, style("key")), sign)

    def _hint_item(self, hint: KeyHint) -> _Item:
        style = self._palette.style
        return hint, (Run(hint.keys, style("key")), Run(f" {hint.word}", style("name")))


def _placed(items: Iterable[_Item], x: int, gap: int, room: int) -> list[BarItem]:
    """Return those of some items that fit side by side between two cells."""
    placed: list[BarItem] = []
    for target, runs in items:
        item = BarItem(target, x, runs)
        if x + item.width > room:
            break
        placed.append(item)
        x += item.width + gap
    return placed


def _shown(speaker: str) -> str:
    """Return the name of a speaker as the line shows it."""
    return clip(sanitise_line(speaker), LONGEST_SPEAKER)
