"""Picking one of several annotations, such as those that overlap at the caret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content
from textual.screen import Screen

from reader.config import Settings
from reader.core.annotation import Annotation
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
    picker = annotation_picker(annotations, host_of(screen).settings, variables, title)
    picked = await screen.app.push_screen_wait(picker)
    return None if picked is None else annotations[picked].id


def annotation_picker(
    annotations: Sequence[Annotation],
    settings: Settings,
    variables: dict[str, str],
    title: str = "",
) -> PickScreen:
    """Return the dialog that shows annotations.

    Args:
        annotations: At least one.
        settings: The settings, with the tags and the statuses.
        variables: The theme's variables.
        title: What to pick; by default how many annotations there are.
    """
    tags = {tag.name: tag for tag in settings.tags}
    statuses = {status.name: status for status in settings.statuses}
    rows = []
    for annotation in annotations:
        first, second = annotation_lines(annotation, tags, statuses, variables, WIDTH)
        rows.append(PickRow(first, Content("  ") + second))
    return PickScreen(rows, title=title or f"{len(annotations)} annotations here")
