"""Exporting from any screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from textual.app import App

from reader.core.text_formatting import counted
from reader.errors import NothingToExportError, ReaderError
from reader.session import Exported, ExportRequest, ExportScope
from reader.ui.clipboard import Copied, size_warning
from reader.ui.host import Host

MAX_LEFTOVERS = 2
"""How many files of which the annotations are gone are named."""


class Exporting:
    """Exports to where the reader last exported to, unless asked otherwise."""

    def __init__(self, app: App[None], host: Host) -> None:
        self._app = app
        self._host = host
        self._folder = ""
        self._format = ""
        self._is_vault = False

    async def export(self, article_id: str, seen: ExportScope | None = None) -> None:
        """Ask what to export and where, then export it.

        Args:
            article_id: The article on screen; empty if there is none.
            seen: As for ``Host.export``.
        """
        from reader.ui.dialogs.export import DEFAULT_FOLDER, ExportScreen  # noqa: PLC0415  (when it is asked for)

        request = await self._app.push_screen_wait(
            ExportScreen(
                article_id,
                seen=seen,
                folder=self._folder or DEFAULT_FOLDER,
                format_name=self._format,
                is_vault=self._is_vault,
            )
        )
        if request is None:
            return
        self._is_vault = request.is_vault
        if request.is_vault:
            self._folder, self._format = str(request.target), request.format_name
            self._host.go_to_vault(request)
            return
        remarks: list[str] = []
        try:
            exported = await asyncio.to_thread(self._export, request, remarks.append)
        except NothingToExportError as error:
            self._app.notify(
                " ".join([*_first(error.leftovers), error.message]),
                title=error.title,
                severity="information" if error.leftovers else "error",
                markup=False,
                timeout=10,
            )
            return
        except ReaderError as error:
            self._host.notify_error(error)
            return
        self._format = request.format_name
        if isinstance(exported, str) or request.target is None:
            self._copy(str(exported), remarks)
            return
        leftovers = [each.leftover for each in exported if each.leftover]
        written = [each for each in exported if not each.leftover]
        is_file = len(written) == 1 and written[0].path == request.target
        self._folder = str(request.target.parent if is_file else request.target)
        sentences = [_summary(written, request.target), *_first(leftovers), *remarks]
        self._app.notify(" ".join(sentences), markup=False, timeout=8)

    def _copy(self, text: str, remarks: Sequence[str]) -> None:
        """Copy what was exported, and say so."""

        def show(sentence: str) -> None:
            is_unsure = sentence.startswith(Copied.ASKED.value)
            sentences = [sentence, size_warning(text) if is_unsure else "", *remarks]
            self._app.notify(" ".join(filter(None, sentences)), markup=False, timeout=8)

        self._host.copy(text, show)

    def _export(
        self, request: ExportRequest, remark: Callable[[str], None]
    ) -> str | list[Exported]:
        self._host.session.save_all()
        exported = self._host.session.export(
            request.article_ids,
            target=request.target,
            tags=request.tags,
            format_name=request.format_name,
            chosen=request.chosen,
            remark=remark,
        )
        assert not isinstance(exported, bytes)
        return exported


def _first(sentences: Sequence[str]) -> list[str]:
    """Return the first sentences about files, and one about how many more there are."""
    more = len(sentences) - MAX_LEFTOVERS
    rest = [f"The same goes for {counted(more, 'more file')}."] if more > 0 else []
    return [*sentences[:MAX_LEFTOVERS], *rest]


def _summary(written: Sequence[Exported], target: Path) -> str:
    """Return a sentence on what an export wrote."""
    changed = [each for each in written if each.is_changed]
    if not changed:
        return f"Nothing has changed since the last export to {target}."
    kept = [each.kept.name for each in written if each.kept is not None]
    copies = f" The version changed by hand is kept as {', '.join(kept)}." if kept else ""
    if len(written) == 1:
        return f"Exported to {written[0].path}.{copies}"
    return f"Exported {len(written)} articles to {target}, {len(changed)} changed.{copies}"
