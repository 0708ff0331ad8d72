"""The first line of the library: what is due, the open claims, and what the list shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reader.session import ArticleSummary
from reader.ui.commands import key_of
from reader.ui.painting.parts import Part, width_of

HEADING = "Library"
"""The name of the screen."""

PADDING = 2
"""Cells left and right of the line."""

GAP = 3
"""Cells between the name, what is to be done, and the words about the list."""

REVIEW = "review.due"
"""The command that reviews what is due."""


class ToDo(NamedTuple):
    """What the library asks for."""

    due: int = 0
    """How many notes are due for review; 0 where the reader does not want to see that."""
    open_claims: int = 0
    """How many claims nobody has checked."""


def to_do(due: int, articles: Iterable[ArticleSummary]) -> ToDo:
    """Return what the library asks for.

    Args:
        due: How many notes are due.
        articles: The articles whose open claims count.
    """
    return ToDo(due, sum(each.open_claims for each in articles))


def news(asked: ToDo, summary: str, columns: int, keymap: Mapping[str, str]) -> Sequence[Part]:
    """Return what stands right of the name of the screen: as much of it as there is room for.

    Args:
        asked: What the library asks for.
        summary: The words at the end of the line.
        columns: Cells of the line.
        keymap: The reader's own keys by command id.
    """
    room = columns - 2 * PADDING - len(HEADING) - len(summary) - GAP
    parts: list[Part] = []
    key = key_of(REVIEW, keymap)
    due = [(f"{asked.due:,} due, {key} reviews", "$accent")]
    claims = f"{asked.open_claims:,} open claim{'s' * (asked.open_claims != 1)}"
    for shown, count in ((due, asked.due), ([(claims, "$faint")], asked.open_claims)):
        separator = (" · ", "$faint") if parts else (" " * GAP, "")
        if count and width_of([*parts, separator, *shown]) <= room:
            parts += [separator, *shown]
    return parts
