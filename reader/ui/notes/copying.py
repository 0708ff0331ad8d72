"""Copying the words of the selected notes, with their sources or without."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from reader.errors import ReaderError
from reader.session.querying import NoteKey
from reader.session.quoting import marked_quotation, with_source
from reader.ui.actions import Actions
from reader.ui.notes.context import DeskContext


class NoteCopying:
    """Copies a note's passage as the reading screen does."""

    def __init__(self, context: DeskContext) -> None:
        """Copy nothing yet."""
        self._context = context

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"copy": self.copy, "copy.words": partial(self.copy, has_source=False)}

    def copy(self, *, has_source: bool = True) -> None:
        """Copy the words of the chosen notes one after another, with speaker and source or bare."""
        if rows := self._context.chosen:
            copying = self._copy(rows, has_source=has_source)
            self._context.screen.run_worker(copying, group="copy", exclusive=True)

    async def _copy(self, rows: Sequence[NoteKey], *, has_source: bool) -> None:
        def text_to_copy() -> str:
            texts = (self._text_to_copy(row, has_source=has_source) for row in rows)
            return "\n\n".join(filter(None, texts))

        try:
            text = await asyncio.to_thread(text_to_copy)
        except ReaderError as error:
            self._context.notify_error(error)
            return
        if text:
            screen = self._context.screen
            self._context.host.copy(text, partial(screen.app.notify, markup=False, timeout=4))

    def _text_to_copy(self, row: NoteKey, *, has_source: bool) -> str:
        """Return what is copied of an annotation; empty where it is gone."""
        record = self._context.session.record(row.article_id)
        annotations = record.annotations if record is not None else ()
        annotation = next((each for each in annotations if each.id == row.id), None)
        if record is None or annotation is None:
            return ""
        if not has_source:
            return annotation.selector.exact
        style = self._context.host.settings.quotation_style
        return with_source(marked_quotation(annotation), record.article, style)
