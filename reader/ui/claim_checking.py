"""Setting the status of claims from a list of all articles."""

from __future__ import annotations

import asyncio

from textual.app import App

from reader.core.annotation import Annotation
from reader.ui.host import Host
from reader.ui.reading.screen import ReadingScreen, articles_on


class ClaimChecking:
    """Changes the status of a claim; in an article on screen as a change that undo undoes."""

    def __init__(self, app: App[None], host: Host) -> None:
        self._app = app
        self._host = host

    async def set_status(self, article_id: str, annotation_id: str, status: str) -> Annotation:
        """Set a status, and return the annotation before that; raises ``ReaderError``."""
        screen = self._screen_with(annotation_id)
        if screen is None:
            changes = self._host.session.stored_changes
            return await asyncio.to_thread(changes.set_status, article_id, annotation_id, status)
        before = screen.context.state.by_id[annotation_id]
        screen.context.open_article.set_status(annotation_id, status)
        screen.context.show_state()
        return before

    async def put_back(self, article_id: str, before: Annotation) -> None:
        """Undo setting a status; raises ``ReaderError`` where that fails."""
        screen = self._screen_with(before.id)
        if screen is None:
            changes = self._host.session.stored_changes
            await asyncio.to_thread(changes.put_status_back, article_id, before)
            return
        screen.context.open_article.edit(before.id, tags=before.tags, status=before.status)
        screen.context.show_state()

    def _screen_with(self, annotation_id: str) -> ReadingScreen | None:
        """Return the screen whose article has an annotation and can be changed, if any has."""
        for screen in articles_on(self._app):
            context = screen.context
            annotation = context.state.by_id.get(annotation_id)
            if annotation is not None and not annotation.is_deleted:
                return None if context.open_article.read_only_reason else screen
        return None
