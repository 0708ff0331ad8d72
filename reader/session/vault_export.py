"""Keeps a vault up to date: takes a person's edits back, then brings its files up to date."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

import reader
from reader.core.annotation import Annotation
from reader.errors import ExportError
from reader.exports import ExportedArticle, ExportOptions, Unbacked
from reader.exports.leftovers import Leftover, Outcome
from reader.exports.registry import FORMATS, ExportFormat, find_format
from reader.exports.targets import check_folder
from reader.exports.vault_file import VaultFate, VaultFile
from reader.exports.vault_folder import VaultFolder
from reader.exports.vault_memory import VaultMemory, digest_of_bytes
from reader.exports.vaults import VaultKind, find_vault, folder_in
from reader.files import explain, stamp_of
from reader.progress import CHECKING_ARTICLES, EXPORTING, reported
from reader.session.exporting import (
    ExportSource,
    chosen_article,
    one_line_query,
    options_for,
    unbacked,
)
from reader.session.vault_edits import TakenNote, VaultEdits, edits_label, take_back
from reader.session.vault_update import VaultUpdate

if TYPE_CHECKING:
    from reader.session.importing import Importing
    from reader.store.library import ArticleRecord

__all__ = [
    "Leftover",
    "Outcome",
    "TakenNote",
    "VaultFate",
    "VaultFile",
    "VaultUpdate",
    "update_vault",
]

_LOGSEQ = "logseq"
"""The name of the format for a graph of Logseq."""


def update_vault(
    source: ExportSource,
    importing: Importing,
    folder: Path,
    cache: Path,
    *,
    tags: Collection[str] = (),
    format_name: str = "",
    has_ids: bool | None = None,
    is_dry: bool = False,
    step_made: Callable[[str, str], None],
) -> VaultUpdate:
    """Bring the files of a folder up to date; see ``Session.update_vault``.

    Args:
        source: The articles.
        importing: Takes edits back.
        folder: The folder; in the root of a graph of Logseq, the files go to that of its pages.
        cache: The folder of what is known of the files; it need not be there.
        tags: Only annotations with one of these; none means all.
        format_name: A format that can be kept up to date; empty for Logseq's in its graphs, and
            Markdown anywhere else.
        has_ids: Whether Markdown has ids at its passages; None where the folder is in a vault.
        is_dry: Whether only to say what would be done.
        step_made: As for ``Session.update_vault``.

    Raises:
        ExportError: There is no such format, it cannot be kept up to date, or the folder cannot be
            used.
        StoreError: The library cannot be read or written.
    """
    vault = find_vault(folder)
    is_graph = vault is not None and vault.kind is VaultKind.LOGSEQ
    format_ = find_format(format_name or (_LOGSEQ if is_graph else ""))
    if format_.form is None:
        raise _not_kept(format_)
    folder = folder_in(vault, folder)
    source = one_line_query(source)
    options = options_for(format_, source, tags, folder, has_ids).in_folder()
    memory = VaultMemory(cache, folder, _dependencies(source, format_, options))
    try:
        check_folder(folder)
        update = _Update(source, importing, folder, format_, options, memory=memory, is_dry=is_dry)
        return update.run(str(vault.kind) if vault else "", step_made)
    except OSError as error:
        raise _not_usable(folder, error) from error


class _Update:
    """An update of a folder while it is made, or planned."""

    def __init__(
        self,
        source: ExportSource,
        importing: Importing,
        folder: Path,
        format_: ExportFormat[str],
        options: ExportOptions,
        *,
        memory: VaultMemory,
        is_dry: bool,
    ) -> None:
        """Look through the folder; see ``update_vault``."""
        assert format_.form is not None
        self._source = source
        self._importing = importing
        self._folder = folder
        self._format = format_
        self._options = options
        self._is_dry = is_dry
        query = source.chosen.query if source.chosen else ""
        self._files = VaultFolder(
            folder, format_, format_.form, options, memory, query=query, is_dry=is_dry
        )
        self._current = self._find_current()

    def run(self, vault: str, step_made: Callable[[str, str], None]) -> VaultUpdate:
        """Make the update, or plan it.

        Args:
            vault: What the folder is a vault of; empty for a plain folder.
            step_made: As for ``Session.update_vault``.
        """
        edits = self._take_back()
        if edits.step_id:
            step_made(edits.step_id, edits_label(self._folder))
        try:
            files = tuple(self._write(edits))
            gone = self._clear()
        finally:
            self._files.close()
        name, step_id = self._format.name, edits.step_id
        return VaultUpdate(
            self._folder, vault, name, files, gone, edits.notes, step_id, edits.remarks
        )

    def _take_back(self) -> VaultEdits:
        """Take what a person edited back into the library, or say what would be taken."""
        form = self._format.form
        if form is None or not form.is_read_back:
            return VaultEdits()
        return take_back(
            self._files.edited(self._source.article_ids.keys() - self._current),
            self._format.name,
            self._importing,
            self._folder,
            compare=self._compare,
            report=self._source.report,
            is_dry=self._is_dry,
        )

    def _write(self, edits: VaultEdits) -> Iterator[VaultFile]:
        """Bring the file of each article up to date; yield what became of it.

        Args:
            edits: What was taken back; an article that they leave undecided keeps its file.
        """
        for article_id in reported(self._source.article_ids, EXPORTING, self._source.report):
            if article_id in self._current:
                yield self._files.leave(article_id, VaultFate.UNCHANGED, "")
                continue
            stored = self._source.record(article_id)
            item = self._item_of(_with_edits(stored, edits.after)) if stored else None
            if stored is None or item is None:
                continue
            if why := edits.undecided.get(article_id):
                yield self._files.leave(article_id, VaultFate.CONFLICT, why)
                continue
            file = self._files.update(item, {each.id for each in stored.annotations})
            if article_id not in edits.articles:
                self._remember(file, stored)
            yield file

    def _clear(self) -> tuple[Leftover, ...]:
        """Take what Margin wrote out of the files whose annotations are gone."""

        def find_unbacked(article_id: str) -> Unbacked | None:
            return unbacked(article_id, self._source, self._format, self._options)

        return tuple(self._files.clear(find_unbacked))

    def _find_current(self) -> frozenset[str]:
        """Return the articles whose files are known to be up to date."""
        known = self._files.known_articles
        ids = [each for each in self._source.article_ids if each in known]
        return frozenset(
            article_id
            for article_id in reported(ids, CHECKING_ARTICLES, self._source.report)
            if (stored := self._source.record(article_id)) is not None
            and self._files.is_current(article_id, self._stamp_of(stored))
        )

    def _remember(self, file: VaultFile, record: ArticleRecord) -> None:
        """Remember a file of which there is nothing to say to the reader, if it is up to date."""
        if file.fate is VaultFate.UNCHANGED or not self._is_dry:
            self._files.remember(file, self._stamp_of(record))

    def _stamp_of(self, record: ArticleRecord) -> bytes:
        """Return a digest of all of an article that its file depends on."""
        chosen = self._source.chosen
        ids = [each.id for each in record.annotations if each.id in chosen.ids] if chosen else None
        text = self._source.snapshot_stamp(record.article.snapshot)
        return digest_of_bytes(msgspec.msgpack.encode((record, ids, text)))

    def _compare(self, article_id: str) -> None:
        record = self._source.record(article_id)
        if record is not None and (item := self._item_of(record)) is not None:
            with suppress(OSError):  # said when the file is to be written
                self._files.compare(item)

    def _item_of(self, record: ArticleRecord) -> ExportedArticle | None:
        return chosen_article(record, self._source, self._format, self._options, Counter())


def _dependencies(
    source: ExportSource, format_: ExportFormat[Any], options: ExportOptions
) -> bytes:
    """Return what the files depend on besides their articles, and Margin itself."""
    code = Path(reader.__file__).parent
    stamps = [stamp_of(each) for each in sorted(code.glob("**/*.py"))]
    zone = (time.tzname, time.timezone)
    query = source.chosen.query if source.chosen else ""
    asked = options._replace(exported="", tags=sorted(options.tags))
    return repr((reader.__version__, stamps, zone, format_.name, query, asked)).encode()


def _with_edits(record: ArticleRecord, after: Mapping[str, Annotation]) -> ArticleRecord:
    annotations = tuple(after.get(each.id, each) for each in record.annotations)
    return record._replace(annotations=annotations) if after else record


def _not_usable(folder: Path, error: OSError) -> ExportError:
    reason, advice = explain(error)
    return ExportError("Not exported", f"{folder} cannot be used because {reason}; {advice}.")


def _not_kept(format_: ExportFormat[Any]) -> ExportError:
    kept = ", ".join(each.name for each in FORMATS.values() if each.form is not None)
    return ExportError(
        "Not exported",
        f"{format_.title} cannot be kept up to date in a folder; choose one of {kept}, or write it"
        " with -o.",
    )
