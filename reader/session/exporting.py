"""Exports the annotations of articles to a text, a file, or a folder of files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from reader import clock
from reader.core.document import Document
from reader.errors import ExportError
from reader.exports import (
    FORMATS,
    ExportedArticle,
    check_target,
    is_file_name,
    render,
    write_export,
)
from reader.session.requests import Exported

if TYPE_CHECKING:
    from reader.store.library import ArticleRecord

__all__ = ["FORMATS", "check_target", "export", "is_file_name"]


def export(
    records: Iterable[ArticleRecord],
    snapshot: Callable[[str], Document | None],
    *,
    target: Path | None,
    tags: Collection[str],
    format_name: str,
) -> str | list[Exported]:
    """Export articles as they are on disk; see ``Session.export``.

    Args:
        records: The articles.
        snapshot: Returns the document with a digest; None if the library does not have it.
        target: A file, or a folder for a file per article; None returns the text.
        tags: Only annotations with one of these; none means all.
        format_name: One of ``FORMATS``; empty for the first.

    Raises:
        ExportError: Nothing to export, an unknown format, or the target cannot be written.
    """
    items = [item for each in records if (item := _chosen(each, snapshot, tags))]
    if not items:
        which = f" tagged {' or '.join(tags)}" if tags else ""
        raise ExportError("Nothing to export", f"There are no annotations{which} yet.")
    now = clock.now()
    if target is None:
        return render(items, tags=tags, exported=now, format_name=format_name)
    written = write_export(items, target, tags=tags, exported=now, format_name=format_name)
    return [Exported(each.path, each.is_changed, each.kept) for each in written]


def _chosen(
    record: ArticleRecord, snapshot: Callable[[str], Document | None], tags: Collection[str]
) -> ExportedArticle | None:
    """Return an article with its annotations that fit; None if there are none."""
    article, annotations = record
    chosen = tuple(
        each
        for each in annotations
        if not each.is_deleted and (not tags or not set(tags).isdisjoint(each.tags))
    )
    if not chosen:
        return None
    return ExportedArticle(article, chosen, snapshot(article.snapshot))
