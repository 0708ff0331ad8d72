"""Keeps a folder of exported files up to date in which a person writes, too."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import Final

from reader.core.annotation import Article
from reader.core.document import Metadata
from reader.exports.file_parts import FileForm, FileParts
from reader.exports.files import data_of, file_names, free_path, name_key
from reader.exports.leftovers import (
    IMPORT_ADVICE,
    FindUnbacked,
    Leftover,
    Outcome,
    clear_file,
    lost_annotations,
)
from reader.exports.merging import changes_in_words
from reader.exports.model import ExportedArticle, ExportOptions
from reader.exports.registry import ExportFormat
from reader.exports.vault_file import (
    ChangedMeanwhileError,
    FoundFile,
    VaultFate,
    VaultFile,
    read_file,
    rename_file,
    write_file,
)
from reader.exports.vault_memory import VaultMemory
from reader.exports.vault_merge import FileMerger, is_same
from reader.exports.vault_survey import survey
from reader.files import Stamp, explain, sweep_temporary_files, sync_folder

_MOST_TRIES: Final = 3
"""How often a file is read again that is written by another program meanwhile."""
_MOST_NAMES: Final = 9
"""How many names Margin may have given a file: its title, with an id, with numbers."""


class VaultFolder:
    """The files of one format, and of one query, in a folder."""

    def __init__(
        self,
        folder: Path,
        format_: ExportFormat[str],
        form: FileForm,
        options: ExportOptions,
        memory: VaultMemory,
        *,
        query: str = "",
        is_dry: bool = False,
    ) -> None:
        """Look through a folder.

        Args:
            folder: The folder, which need not be there yet.
            format_: The format of the files.
            form: How they are parted.
            options: What was asked for.
            memory: What is known of the files.
            query: What chose the annotations; empty for all of their articles.
            is_dry: Whether only to say what would be done.

        Raises:
            OSError: The folder cannot be read.
        """
        self._folder = folder
        self._format = format_
        self._form = form
        self._options = options
        self._query = query
        self._is_dry = is_dry
        self._memory = memory
        self._owned, self._taken, self._unreadable = survey(folder, format_, query, memory)
        if not is_dry:
            paths = chain.from_iterable(self._owned.values())
            for each in {folder, *(path.parent for path in paths)}:
                sweep_temporary_files(each)
        self._merger = FileMerger(form)
        self._digests: dict[Path, bytes] = {}
        self._changed_folders: set[Path] = set()

    @property
    def known_articles(self) -> frozenset[str]:
        """The articles with one file, which is as it was when it was up to date."""
        return frozenset(
            article_id
            for article_id, paths in self._owned.items()
            if len(paths) == 1 and self._memory.is_known(paths[0])
        )

    def is_current(self, article_id: str, stamp: bytes) -> bool:
        """Tell whether the file of one of the known articles is up to date.

        Args:
            article_id: The article.
            stamp: What it is like.
        """
        return self._memory.stamp_of(self._owned[article_id][0]) == stamp

    def remember(self, file: VaultFile, stamp: bytes) -> None:
        """Remember that a file is up to date with its article, if it is.

        Args:
            file: What became of the file, of which there is nothing to say to the reader.
            stamp: What the article was like.
        """
        digest = self._digests.get(file.path)
        if digest and not file.is_undone and not file.remark:
            self._memory.remember(file.path, file.article_id, stamp, digest)

    def edited(self, article_ids: Collection[str]) -> dict[str, Path]:
        """Return the files of some articles that a person has edited, by the articles' ids."""
        found = {}
        for article_id, paths in self._owned.items():
            if article_id in article_ids:
                path = self._main(article_id, paths)
                with suppress(OSError):  # said when the file is to be written
                    if self._read(path).parts.is_edited:
                        found[article_id] = path
        self._merger.note_edited(found)
        return found

    def compare(self, item: ExportedArticle) -> None:
        """Keep what Margin would write before changes of a file are taken back into the library.

        Args:
            item: The article of an edited file, as the library has it now.
        """
        article_id = item.article.id
        theirs = self._read(self._main(article_id, self._owned[article_id])).parts
        self._merger.note_before(article_id, theirs, self._rendered(item))

    def update(self, item: ExportedArticle, known: Collection[str] | None = None) -> VaultFile:
        """Bring the file of an article up to date, or make it.

        Args:
            item: The article, with at least one annotation.
            known: The ids of all annotations that the library has of it, deleted ones too: a file
                with others stays as it is. None does not ask.
        """
        article_id = item.article.id
        paths = self._owned.pop(article_id, [])
        others = ""
        if len(paths) > 1:
            main = self._main(article_id, paths)
            names = ", ".join(each.name for each in paths if each != main)
            others = f"{names} is another copy of it, and stays as it is"
            paths = [main]
        for _ in range(_MOST_TRIES):
            try:
                done = self._update(item, paths[0], known) if paths else self._make(item)
                return done._replace(remark=done.remark or others)
            except ChangedMeanwhileError:
                paths = paths or self._appeared(item)
            except OSError as error:
                return self._failed(item, paths, *explain(error))
        return self._failed(item, paths, "another program keeps writing it")

    def leave(self, article_id: str, fate: VaultFate, remark: str) -> VaultFile:
        """Leave the file of an article as it is, for a reason."""
        path = self._main(article_id, self._owned.pop(article_id))
        return VaultFile(article_id, path, fate, remark=remark)

    def clear(self, find_unbacked: FindUnbacked) -> Iterator[Leftover]:
        """Take what Margin wrote out of the files whose annotations are gone; yield what it did."""
        for path in [path for paths in self._owned.values() for path in paths]:
            try:
                leftover = clear_file(
                    path,
                    self._format.read(data_of(path)),
                    self._format,
                    find_unbacked,
                    self._options.tags,
                    is_dry=self._is_dry,
                )
            except OSError as error:
                leftover = Leftover(path, Outcome.LEFT, explain(error)[0])
            if leftover is not None:
                if leftover.is_changed:
                    self._changed_folders.add(path.parent)
                yield leftover

    def close(self) -> None:
        """Make the names of new files durable, and keep what is known of the files."""
        self._memory.save()
        for folder in () if self._is_dry else filter(Path.is_dir, self._changed_folders):
            sync_folder(folder)

    def _main(self, article_id: str, paths: list[Path]) -> Path:
        """Return the file of an article of several: the one with a name that Margin gives."""
        if len(paths) == 1:
            return paths[0]
        named = (each for each in paths if self._is_named_by_margin(each, article_id))
        return next(named, paths[0])

    def _is_named_by_margin(self, path: Path, article_id: str) -> bool:
        try:
            return path.name in self._names(article_id, self._read(path).parts.title)
        except OSError:
            return False

    def _names(self, article_id: str, title: str) -> list[str]:
        """Return the names that Margin gives to the file of an article with a title."""
        article = Article(article_id, "", Metadata(title))
        names = file_names(article, self._format.suffixes[0], self._query)
        return list(islice(names, _MOST_NAMES))

    def _read(self, path: Path) -> FoundFile:
        return read_file(path, self._form)

    def _rendered(self, item: ExportedArticle) -> FileParts:
        text = "".join(self._format.write([item], self._options))
        parts = self._form.parts(text)
        return parts._replace(written=parts.own_lines)

    def _make(self, item: ExportedArticle) -> VaultFile:
        """Write the first file of an article, unless it may have one that cannot be read."""
        article = item.article
        names = self._names(article.id, article.metadata.title)
        for path, error in self._unreadable.items():
            if path.name in names:
                return self._failed(item, [path], *explain(error))
        ours = self._rendered(item)
        path = free_path(self._folder, item, self._format, self._taken)
        if not self._is_dry:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._write(path, ours, None, "\n")
        self._taken.add(name_key(path.name))
        what = changes_in_words(None, ours)
        return VaultFile(item.article.id, path, VaultFate.NEW, what=what)

    def _appeared(self, item: ExportedArticle) -> list[Path]:
        """Return the file of an article that another Margin has made meanwhile, if that is so."""
        path = free_path(self._folder, item, self._format, self._taken)
        self._taken.add(name_key(path.name))
        is_of_article = self._format.article_of(data_of(path), self._query) == item.article.id
        return [path] if is_of_article else []

    def _update(
        self, item: ExportedArticle, path: Path, known: Collection[str] | None
    ) -> VaultFile:
        """Bring a file up to date."""
        found = self._read(path)
        theirs, ours = found.parts, self._rendered(item)
        if known is not None and not set(theirs.ids) <= set(ours.ids):
            text = self._form.joined(theirs)
            if lost := lost_annotations(text, self._format, known):
                conflict = VaultFile(item.article.id, path, VaultFate.CONFLICT)
                return conflict._replace(remark=lost, advice=IMPORT_ADVICE)
        new = self._merger.result(item.article.id, theirs, ours)
        target = self._renamed(item, found)
        self._digests[target] = found.digest
        former = path if target != path else None
        has_same_text = is_same(theirs, new)
        if has_same_text and former is None:
            return VaultFile(item.article.id, path, VaultFate.UNCHANGED)
        if not os.access(path, os.W_OK):
            return VaultFile(item.article.id, path, VaultFate.FAILED, remark="it is read-only")
        if not self._is_dry:
            self._put(found, target, None if has_same_text else new)
        self._taken.add(name_key(target.name))
        fate = VaultFate.RENAMED if has_same_text else VaultFate.CHANGED
        what = changes_in_words(theirs, new)
        return VaultFile(item.article.id, target, fate, former, what)

    def _put(self, found: FoundFile, target: Path, parts: FileParts | None) -> None:
        """Rename a file, and write it; None leaves what it holds."""
        is_renamed = target != found.path
        if is_renamed:
            rename_file(found.path, target)
            self._changed_folders.add(target.parent)
        if parts is None:
            return
        try:
            self._write(target, parts, found.stamp, found.line_end)
        except ChangedMeanwhileError:
            if is_renamed:
                rename_file(target, found.path)
            raise

    def _renamed(self, item: ExportedArticle, found: FoundFile) -> Path:
        """Return the path of a file for the present title, if Margin named it after the former."""
        path, article_id = found.path, item.article.id
        before = self._names(article_id, found.parts.title)
        after = file_names(item.article, self._format.suffixes[0], self._query)
        names = list(islice(after, _MOST_NAMES))
        if path.name in names or path.name not in before:
            return path
        taken = {name_key(each.name) for each in path.parent.iterdir()} - {name_key(path.name)}
        free = (name for name in names if name_key(name) not in taken)
        return path.with_name(next(free, path.name))

    def _write(self, path: Path, parts: FileParts, stamp: Stamp | None, line_end: str) -> None:
        self._digests[path] = write_file(path, self._form.joined(parts), stamp, line_end)
        self._changed_folders.add(path.resolve().parent)

    def _failed(
        self, item: ExportedArticle, paths: list[Path], reason: str, advice: str = ""
    ) -> VaultFile:
        path = paths[0] if paths else free_path(self._folder, item, self._format, self._taken)
        fate = VaultFate.FAILED
        return VaultFile(item.article.id, path, fate, remark=reason, advice=advice)
