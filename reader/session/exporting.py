"""Exports the annotations of articles to a text, a file, or a folder of files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reader import clock
from reader.config import Settings
from reader.core.annotation import Annotation
from reader.core.document import Document
from reader.core.text_formatting import counted
from reader.errors import ExportError, NothingToExportError
from reader.exports import (
    FORMATS,
    ExportedArticle,
    ExportFormat,
    ExportOptions,
    Unbacked,
    WrittenExport,
    check_folder_name,
    check_target,
    is_file_name,
    write_export,
)
from reader.exports.leftovers import IMPORT_ADVICE
from reader.exports.vaults import find_vault
from reader.files import Stamp
from reader.progress import EXPORTING, Report, reported, unreported
from reader.safe_text import sanitise_for_file
from reader.session.note_preview import read_note
from reader.session.requests import ChosenNotes, Exported

if TYPE_CHECKING:
    from reader.store.library import ArticleRecord

__all__ = ["FORMATS", "ExportSource", "check_folder_name", "check_target", "export", "is_file_name"]

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
    snapshot_stamp: Callable[[str], Stamp | None]
    """Returns the stamp of the file of that document; None if there is none."""
    chosen: ChosenNotes | None = None
    """The only annotations that are exported of these articles; None for all."""
    settings: Callable[[], Settings] = Settings
    """Returns the settings, which only some formats need."""
    is_for_file: bool = False
    """Whether a text that is returned goes to a file, so that it must be known again."""
    report: Report = unreported
    """Called before each article; may raise to end the export."""
    remark: Callable[[str], None] = lambda _: None
    """Called with each sentence on what the export does not hold."""


def export(
    source: ExportSource,
    *,
    target: Path | None,
    tags: Collection[str],
    format_: ExportFormat[Any],
    has_ids: bool | None = None,
) -> str | bytes | list[Exported]:
    """Export articles as they are on disk; see ``Session.export``.

    Args:
        source: The articles.
        target: A file, or a folder for a file per article; None returns what a file would hold.
        tags: Only annotations with one of these; none means all.
        format_: The format.
        has_ids: Whether there is an id at each passage; None where the target is in a vault.

    Raises:
        NothingToExportError: No annotation fits.
        ExportError: A format that knows no ids, or the target cannot be written.
    """
    source = one_line_query(source)
    article_ids = reported(source.article_ids, EXPORTING, source.report)
    records = filter(None, map(source.record, article_ids))
    options = options_for(format_, source, tags, target, has_ids)
    left_out: Counter[str] = Counter()
    items = (
        item
        for each in records
        if (item := chosen_article(each, source, format_, options, left_out))
    )
    if target is None:
        first = next(items, None)
        if first is None:
            raise _nothing(source, tags, format_, left_out)
        content: str | bytes = format_.whole(chain([first], items), options)
        _remark(source, format_, options, left_out)
        return content
    exported: set[str] = set()
    written, leftovers = write_export(
        _noting(items, exported),
        target,
        format_,
        options,
        query=source.chosen.query if source.chosen else "",
        find_unbacked=lambda article_id: unbacked(article_id, source, format_, options),
    )
    if not written:
        sentences = tuple(each.sentence for each in leftovers)
        raise _nothing(source, tags, format_, left_out, sentences)
    _remark(source, format_, options, left_out)
    if format_.query_of is not None:
        for sentence in filter(None, (_replaced(each, exported, source) for each in written)):
            source.remark(sentence)
    return [
        *(Exported(each.path, each.is_changed, each.kept) for each in written),
        *(Exported(each.path, each.is_changed, leftover=each.sentence) for each in leftovers),
    ]


def _noting(items: Iterable[ExportedArticle], ids: set[str]) -> Iterator[ExportedArticle]:
    """Yield articles, and add their ids to some."""
    for item in items:
        ids.add(item.article.id)
        yield item


def _replaced(written: WrittenExport, exported: Collection[str], source: ExportSource) -> str:
    """Return a sentence on a file that had other notes before; empty where it had the same."""
    held, name = written.former_ids, written.path.name
    query = source.chosen.query if source.chosen else ""
    if held and written.former_query != query:
        notes = f"all notes of {counted(len(held), 'article')}"
        if written.former_query:
            notes = f"the notes of “{written.former_query}”"
        return f"{name} had {notes} before."
    if held and set(held).isdisjoint(exported):
        return f"{name} had the notes of {counted(len(held), 'other article')} before."
    return ""


def one_line_query(source: ExportSource) -> ExportSource:
    """Return a source whose query can stand in a file and in its name."""
    if source.chosen is None:
        return source
    words = sanitise_for_file(source.chosen.query).split()
    return source._replace(chosen=source.chosen._replace(query=" ".join(words)))


def options_for(
    format_: ExportFormat[Any],
    source: ExportSource,
    tags: Collection[str],
    target: Path | None,
    has_ids: bool | None,
) -> ExportOptions:
    """Return what was asked for, with what the settings say where the format needs it.

    Raises:
        ExportError: Ids are asked for of a format that has none.
    """
    options = ExportOptions(
        clock.now(),
        tags,
        is_known_again=target is not None or source.is_for_file,
        has_ids=_has_ids(format_, target, has_ids),
        has_front_matter=has_ids,
    )
    if format_.lacks is None:
        return options
    settings = source.settings()
    return options._replace(statuses=settings.statuses, publisher=settings.claim_review)


def _remark(
    source: ExportSource,
    format_: ExportFormat[Any],
    options: ExportOptions,
    left_out: Mapping[str, int],
) -> None:
    """Say which annotations the format cannot hold, and what the settings lack for it."""
    if left_out:
        source.remark(f"Left out: {_counted_each(left_out)}.")
    if lack := format_.lacks(options) if format_.lacks else "":
        source.remark(lack)


def _counted_each(left_out: Mapping[str, int]) -> str:
    return ", ".join(f"{counted(count, 'annotation')} {each}" for each, count in left_out.items())


def _has_ids(format_: ExportFormat[Any], target: Path | None, asked: bool | None) -> bool:
    """Return whether an export has an id at each passage."""
    if asked and not format_.can_have_ids:
        raise ExportError(
            "Not exported",
            f"{format_.title} has no ids at its passages; leave --ids out, or choose Markdown.",
        )
    if asked is None:
        return format_.can_have_ids and target is not None and find_vault(target) is not None
    return asked


def chosen_article(
    record: ArticleRecord,
    source: ExportSource,
    format_: ExportFormat[Any],
    options: ExportOptions,
    left_out: Counter[str],
) -> ExportedArticle | None:
    """Return an article with its annotations that fit; None if there are none.

    Annotations that the format cannot hold are counted in ``left_out``.
    """
    article, annotations = record
    part = source.chosen
    fitting = [
        each
        for each in annotations
        if not each.is_deleted
        and _fits(each, options.tags)
        and (part is None or each.id in part.ids)
    ]
    if format_.leaves_out:
        reasons = [format_.leaves_out(each, options) for each in fitting]
        left_out.update(filter(None, reasons))
        fitting = [each for each, reason in zip(fitting, reasons, strict=True) if not reason]
    if not fitting:
        return None
    query = part.query if part else ""
    noted = (each for each in fitting if format_.lays_out_notes and each.note.strip())
    notes = {each.id: read_note(each.note).document for each in noted}
    document = source.snapshot(article.snapshot)
    if document is not None and any(each.is_waiting for each in fitting):
        from reader.session.first_places import with_first_places  # noqa: PLC0415  (rarely needed)

        fitting = list(with_first_places(fitting, document))
    return ExportedArticle(article, tuple(fitting), document, query, notes)


def unbacked(
    article_id: str, source: ExportSource, format_: ExportFormat[Any], options: ExportOptions
) -> Unbacked | None:
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
        if not annotations and not format_.is_of_sources:
            advice = f"; {IMPORT_ADVICE}" if format_.form else ""
            return Unbacked(f"the library does not have its annotations{advice}", is_known=False)
        live = [each for each in annotations.values() if not each.is_deleted]
        leaves_out = format_.leaves_out
        held = [each for each in live if not (leaves_out and leaves_out(each, options))]
        reason = "its annotations were deleted"
        if held:
            reason = f"none of its annotations is tagged {' or '.join(options.tags)} any more"
        elif live:
            reason = f"{format_.title} holds none of its annotations any more"
        return Unbacked(reason, annotations, has_others=bool(held))
    if removed := source.removed(article_id):
        annotations = {each.id: each for each in removed.annotations}
        return Unbacked("its article was removed from the library", annotations)
    return Unbacked("its article is not in this library", is_known=False)


def _fits(annotation: Annotation, tags: Collection[str]) -> bool:
    return not tags or not set(tags).isdisjoint(annotation.tags)


def _nothing(
    source: ExportSource,
    tags: Collection[str],
    format_: ExportFormat[Any],
    left_out: Mapping[str, int],
    leftovers: tuple[str, ...] = (),
) -> NothingToExportError:
    if left_out:
        message = f"{format_.title} can hold no annotation of these: {_counted_each(left_out)}."
        return NothingToExportError(message, leftovers)
    which = f" tagged {' or '.join(tags)}" if tags else ""
    if source.chosen is not None:
        which = f"{which} among those of “{source.chosen.query}”"
        return NothingToExportError(f"There are no annotations{which}.", leftovers)
    return NothingToExportError(f"There are no annotations{which} yet.", leftovers)
