"""The words in the library's first line that say how many notes are due for review."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.screen import Screen

from reader.errors import ReaderError
from reader.ui.commands import with_keys
from reader.ui.host import host_of
from reader.ui.widgets.list_page import PageHeading


def show_due(screen: Screen[Any]) -> None:
    """Count what is due on a thread, and show it in the heading, unless that is turned off."""
    if host_of(screen).settings.review_reminder:
        screen.run_worker(_show(screen), group="due", exclusive=True)


async def _show(screen: Screen[Any]) -> None:
    host = host_of(screen)

    def count_due() -> int:
        return host.session.reviews.due_count()  # imports what reviews need, on the thread

    try:
        count = await asyncio.to_thread(count_due)
    except ReaderError:
        return  # the list says what is wrong with the library
    words = with_keys(f"{count:,} due, {{review.due}} reviews", host.settings.keys)
    screen.query_one(PageHeading).show_notice(words if count else "")
