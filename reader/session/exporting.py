"""Exports the annotations of articles to a text, a file, or a folder of files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader import clock
from reader.core.annotation import Annotation
from reader.core.document import Document
from reader.errors import NothingToExportError
from reader.exports import (
    FORMATS,
    ExportedArticle,
    Unbacked,
    check_target,
    is_file_name,
    render,
    write_export,
)
from reader.exports.registry import find_format
from reader.progress import EXPORTING, Report, reported, unreported
from reader.safe_text import sanitise_for_file
from reader.session.note_preview import read_note
from reader.session.requests import ChosenNotes, Exported

if TYPE_CHECKING:
    from reader.store.library import ArticleRecord

__all__ = ["FORMATS", "ExportSource", "check_target", "export", "is_file_name"]

RecordOf = Callable[[str], "ArticleRecord | None"]
"""Returns an article with its annotations by its id; None where there is none."""


class ExportSource(NamedTuple):
    """What an export takes its articles from."""

    article_ids: Mapping[str, None]
    """The ids of the articles to export, in their order."""
    is_complete: bool
    """Whether these are all articles of the library."""
    record: RecordOf
    """Returns an article of the library, as it is on disk."""
    removed: RecordOf
    """Returns an article that was removed from the library."""
    snapshot: Callable[[str], Document | None]
    """Returns the document with a digest; None if the library does not have it."""
    chosen: ChosenNotes | None = None
    """The only annotations that are exported of these articles; None for all."""
    report: Report = unreported
    """Called before each article; may raise to end the export."""


def export(
    source: ExportSource, *, target: Path | None, tags: Collection[str], format_name: str
) -> str | list[Exported]:
    """Export articles as they are on disk; see ``Session.export``.

    Args:
        source: The articles.
        target: A file, or a folder for a file per article; None returns the text.
        tags: Only annotations with one of these; none means all.
        format_name: One of ``FORMATS``; empty for the first.

    Raises:
        NothingToExportError: No annotation fits.
        ExportError: An unknown format, or the target cannot be written.
    """
    if source.chosen is not None:
        words = sanitise_for_file(source.chosen.query).split()
        source = source._replace(chosen=source.chosen._replace(query=" ".join(words)))
    article_ids = reported(source.article_ids, EXPORTING, source.report)
    records = filter(None, map(source.record, article_ids))
    lays_out_notes = find_format(format_name).lays_out_notes
    items = (item for each in records if (item := _chosen(each, source, tags, lays_out_notes)))
    now = clock.now()
    if target is None:
        first = next(items, None)
        if first is None:
            raise _nothing(source, tags)
        everything = chain([first], items)
        return render(everything, tags=tags, exported=now, format_name=format_name)
    written, leftovers = write_export(
        items,
        target,
        tags=tags,
        exported=now,
        format_name=format_name,
        query=source.chosen.query if source.chosen else "",
        find_unbacked=lambda article_id: _unbacked(article_id, source, tags),
    )
    if not written:
        raise _nothing(source, tags, tuple(each.sentence for each in leftovers))
    return [
        *(Exported(each.path, each.is_changed, each.kept) for each in written),
        *(Exported(each.path, each.is_changed, leftover=each.sentence) for each in leftovers),
    ]


def _chosen(
    record: ArticleRecord,
    source: ExportSource,
    tags: Collection[str],
    lays_out_notes: bool,
) -> ExportedArticle | None:
    """Return an article with its annotations that fit; None if there are none."""
    article, annotations = record
    part = source.chosen
    fitting = tuple(
        each
        for each in annotations
        if not each.is_deleted and _fits(each, tags) and (part is None or each.id in part.ids)
    )
    if not fitting:
        return None
    query = part.query if part else ""
    noted = (each for each in fitting if lays_out_notes and each.note.strip())
    notes = {each.id: read_note(each.note).document for each in noted}
    return ExportedArticle(article, fitting, source.snapshot(article.snapshot), query, notes)


def _unbacked(article_id: str, source: ExportSource, tags: Collection[str]) -> Unbacked | None:
    """Return what is known of an article that is not among those with fitting annotations.

    An export of chosen notes takes out what was deleted, also of articles that have none of these;
    but never what is only not chosen any more.
    """
    if source.chosen is not None:
        record = source.record(article_id)
        if record and any(not each.is_deleted for each in record.annotations):
            return None
        source = source._replace(article_ids={article_id: None})
    is_asked = article_id in source.article_ids
    if not is_asked and not source.is_complete:
        return None
    if is_asked and (record := source.record(article_id)):
        annotations = {each.id: each for each in record.annotations}
        live = any(not each.is_deleted for each in annotations.values())
        reason = "its annotations were deleted"
        if live:
            reason = f"none of its annotations is tagged {' or '.join(tags)} any more"
        return Unbacked(reason, annotations, has_others=live)
    if removed := source.removed(article_id):
        annotations = {each.id: each for each in removed.annotations}
        return Unbacked("its article was removed from the library", annotations)
    return Unbacked("its article is not in this library", is_known=False)


def _fits(annotation: Annotation, tags: Collection[str]) -> bool:
    return not tags or not set(tags).isdisjoint(annotation.tags)


def _nothing(
    source: ExportSource, tags: Collection[str], leftovers: tuple[str, ...] = ()
) -> NothingToExportError:
    which = f" tagged {' or '.join(tags)}" if tags else ""
    if source.chosen is not None:
        which = f"{which} among those of “{source.chosen.query}”"
        return NothingToExportError(f"There are no annotations{which}.", leftovers)
    return NothingToExportError(f"There are no annotations{which} yet.", leftovers)
