"""Picking one of several annotations, such as those that overlap at the caret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content
from textual.screen import Screen

from reader.core.annotation import Annotation, Tag
from reader.ui.dialogs.pick import PickRow, PickScreen
from reader.ui.host import host_of
from reader.ui.widgets.annotation_rows import annotation_lines

WIDTH = 84
"""Cells of a row in the widest dialog."""


async def pick_annotation(
    screen: Screen[Any], annotations: Sequence[Annotation], title: str = ""
) -> str | None:
    """Let the reader pick an annotation; call it from a worker.

    Args:
        screen: The screen that asks.
        annotations: At least one; the only one is picked without asking.
        title: What to pick; by default how many annotations there are.

    Returns:
        The annotation's id; None where the reader picked none.
    """
    if len(annotations) == 1:
        return annotations[0].id
    variables = screen.app.theme_variables
    picker = annotation_picker(annotations, host_of(screen).tags, variables, title)
    picked = await screen.app.push_screen_wait(picker)
    return None if picked is None else annotations[picked].id


def annotation_picker(
    annotations: Sequence[Annotation],
    tags: Sequence[Tag],
    variables: dict[str, str],
    title: str = "",
) -> PickScreen:
    """Return the dialog that shows annotations.

    Args:
        annotations: At least one.
        tags: The tags of the settings.
        variables: The theme's variables.
        title: What to pick; by default how many annotations there are.
    """
    by_name = {tag.name: tag for tag in tags}
    rows = []
    for annotation in annotations:
        first, second = annotation_lines(annotation, by_name, variables, WIDTH)
        rows.append(PickRow(first, Content("  ") + second))
    return PickScreen(rows, title=title or f"{len(annotations)} annotations here")
