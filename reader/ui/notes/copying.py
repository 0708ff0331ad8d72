"""Copying the words of the highlighted note, with their source or without."""

from __future__ import annotations

import asyncio
from functools import partial

from reader.errors import ReaderError
from reader.session import AnnotationKey
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
        """Copy the words of the highlighted annotation, with speaker and source or bare."""
        if (row := self._context.highlighted) is not None:
            copying = self._copy(row, has_source=has_source)
            self._context.screen.run_worker(copying, group="copy", exclusive=True)

    async def _copy(self, row: AnnotationKey, *, has_source: bool) -> None:
        try:
            text = await asyncio.to_thread(self._text_to_copy, row, has_source=has_source)
        except ReaderError as error:
            self._context.notify_error(error)
            return
        if text:
            screen = self._context.screen
            self._context.host.copy(text, partial(screen.app.notify, markup=False, timeout=4))

    def _text_to_copy(self, row: AnnotationKey, *, has_source: bool) -> str:
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
