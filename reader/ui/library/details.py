"""The details of an article of the library, and what the reader changes there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from reader.core.annotation import Article
from reader.errors import ReaderError
from reader.session import ArticleSummary
from reader.session.source_editing import SourceValues
from reader.ui.dialogs.details import DetailsScreen
from reader.ui.dialogs.projects import ProjectChoice
from reader.ui.host import host_of


async def show_details(
    screen: Screen[Any],
    article: ArticleSummary,
    *,
    notify: Callable[[str], None],
    reload: Callable[[], object],
) -> None:
    """Show the details of an article; called from a worker.

    Args:
        screen: The screen that shows the articles.
        article: The article.
        notify: Shows a sentence for a moment; the sentence may contain any text.
        reload: Reads the list again.
    """
    host = host_of(screen)
    session = host.session
    try:
        record = await asyncio.to_thread(session.record, article.id)
        if record is None:
            return
        found = await asyncio.to_thread(session.source_editing.found_facts, record.article)
    except ReaderError as error:
        host.notify_error(error)
        return

    async def show_changed(changed: Article) -> Article:
        reload()
        screen.run_worker(partial(host.check_for_changes, article.id), thread=True)
        return changed

    async def save(values: SourceValues) -> Article:
        (change,) = await asyncio.to_thread(session.source_editing.edit, [article.id], values)
        return await show_changed(change.article)

    async def give(choice: ProjectChoice) -> Article:
        change = partial(session.projects.change, given=choice.given, taken=choice.taken)
        changes = await asyncio.to_thread(change, [article.id])
        return await show_changed(changes[0].article if changes else record.article)

    details = DetailsScreen(
        record.article, annotations=article.annotations, save=save, give=give, found=found
    )
    if address := await screen.app.push_screen_wait(details):
        host.browse(address, notify)
