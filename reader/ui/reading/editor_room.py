"""Room beside the article for an editor, while the passage that it is about stays in sight."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.widget import Widget

from reader.core.annotation import Annotation
from reader.paths import styles_folder
from reader.ui.compat import load_sheets
from reader.ui.reading.context import ReadingContext


class EditorRoom(Widget):
    """The part of the screen that an editor covers; its size is in ``styles/docked.tcss``."""

    def __init__(self) -> None:
        """Take the place of an editor."""
        super().__init__(classes="docked")


@asynccontextmanager
async def room_for_editor(context: ReadingContext, annotation: Annotation) -> AsyncIterator[None]:
    """Make room for an editor, and show the passage of an annotation in the rest of the screen.

    Afterwards the article is where it was.

    Args:
        context: The open article.
        annotation: The annotation; the article stays where it is for one that lost its place.
    """
    view, screen = context.view, context.screen
    load_sheets(screen.app, [styles_folder() / "docked.tcss"])
    position = view.position
    context.note_jump()
    screen.add_class("-writing")
    room = EditorRoom()
    await screen.mount(room)
    if not annotation.is_orphaned:
        view.keep_in_sight(annotation.range)
    try:
        yield
    finally:
        view.keep_in_sight(None)
        screen.remove_class("-writing")
        await room.remove()
        view.put_back(position)
