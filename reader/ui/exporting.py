"""Exporting from any screen."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from reader.errors import ReaderError
from reader.session import Exported
from reader.ui.base_app import BaseApp

if TYPE_CHECKING:
    from reader.ui.screens.export import ExportRequest


class Exporting(BaseApp):
    """The part of the app that exports."""

    _export_folder = ""
    _export_format = ""

    @work
    async def export(self, article_id: str = "") -> None:
        """Ask what to export and where, then do it.

        Args:
            article_id: The article on screen; empty where there is none.
        """
        from reader.ui.screens.export import DEFAULT_FOLDER, ExportScreen  # noqa: PLC0415  (when it is asked for)

        request = await self.push_screen_wait(
            ExportScreen(
                article_id,
                folder=self._export_folder or DEFAULT_FOLDER,
                format_name=self._export_format,
            )
        )
        if request is None:
            return
        try:
            written = await asyncio.to_thread(self._export, request)
        except ReaderError as error:
            self.notify_error(error)
            return
        is_file = len(written) == 1 and written[0].path == request.target
        self._export_format = request.format_name
        self._export_folder = str(request.target.parent if is_file else request.target)
        self.notify(_what_was_exported(written, request.target), markup=False, timeout=8)

    def _export(self, request: ExportRequest) -> list[Exported]:
        self.session.save_all()
        article_ids = request.article_ids
        if article_ids is None:
            article_ids = tuple(each.id for each in self.session.articles())
        written = self.session.export(
            article_ids,
            target=request.target,
            tags=request.tags,
            format_name=request.format_name,
        )
        assert isinstance(written, list)
        return written


def _what_was_exported(written: Sequence[Exported], target: Path) -> str:
    """Say in one sentence what an export wrote."""
    changed = [each for each in written if each.is_changed]
    if not changed:
        return f"Nothing has changed since the last export to {target}."
    kept = [each.kept.name for each in written if each.kept is not None]
    aside = f" What was changed by hand is kept as {', '.join(kept)}." if kept else ""
    if len(written) == 1:
        return f"Exported to {written[0].path}.{aside}"
    return f"Exported {len(written)} articles to {target}, {len(changed)} changed.{aside}"
