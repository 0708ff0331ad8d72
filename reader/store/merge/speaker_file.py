"""The file with the other names of speakers: read, changed, and merged with copies of it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from reader.core.speaker_names import OtherName, SpeakerNames, speaker_key
from reader.errors import StoreError
from reader.files import is_there, make_private_folder, write_atomically
from reader.store.errors import DamagedFileError, cannot_read, cannot_write, newer_sentence
from reader.store.files.locks import locked
from reader.store.files.migrations import is_newer, with_schema
from reader.store.files.paths import LibraryPaths
from reader.store.files.reading import read_tables
from reader.store.files.tables import ARTICLE_TABLE, Tables, encode_tables
from reader.store.merge.file_merge import merge_tables

SPEAKER_TABLE: Final = "speakers"
"""The table that holds the names, by their keys."""


class SpeakerFile:
    """The other names of the speakers of one library; safe to use from several programs.

    What a synchroniser leaves beside the file is merged into it with the next change, and counts
    until then.
    """

    def __init__(self, paths: LibraryPaths) -> None:
        """Serve a library; touches no disk yet."""
        self._paths = paths

    def read(self) -> SpeakerNames:
        """Return the names; none where there is no file.

        Raises:
            StoreError: The file cannot be read, or is damaged.
        """
        return _names_in(self._read_tables())

    def update(self, change: Callable[[SpeakerNames], SpeakerNames]) -> SpeakerNames:
        """Change the names, durably.

        Args:
            change: Returns the names as they are after the change.

        Returns:
            The names after the change.

        Raises:
            StoreError: The file cannot be read or written, is damaged, or a later Margin wrote it;
                it is unchanged.
        """

        def changed(tables: Tables) -> Tables:
            before = _names_in(tables)
            records = dict(tables.get(SPEAKER_TABLE, {}))
            for key, name in change(before).all.items():
                if name != before.all.get(key):
                    records[key] = {**records.get(key, {}), **_record_of(name)}
            return {**tables, SPEAKER_TABLE: records}

        return self._write(changed)

    def merge(self, other: SpeakerFile) -> bool:
        """Merge another library's names; return whether that changed something.

        Raises:
            StoreError: One of the files cannot be read, or this one cannot be written.
        """
        theirs, before = other._read_tables(), self._read_tables()
        if not theirs or merge_tables(before, theirs, {}) == before:
            return False
        self._write(lambda tables: merge_tables(tables, theirs, {}))
        return True

    def merge_copies(self) -> None:
        """Merge what a synchroniser left beside the file; raises as ``update`` does."""
        self._write(lambda tables: tables)

    def copies(self) -> list[Path]:
        """Return the files that a synchroniser left beside the file, as far as they can be read."""
        return [path for path in self._beside() if holds_speakers(path)]

    def _write(self, change: Callable[[Tables], Tables]) -> SpeakerNames:
        from reader.store.files.trash import move_to_trash  # noqa: PLC0415  (rarely needed)

        path = self._paths.speakers
        with locked(self._paths.lock("speakers")):
            before, copies = self._read_tables(), self.copies()
            after = with_schema(change(before))
            try:
                make_private_folder(path.parent)
                if after != before or copies or not is_there(path):
                    write_atomically(path, [encode_tables(after)])
            except OSError as error:
                raise cannot_write(error, path) from error
            for copy in copies:
                move_to_trash(self._paths, f"conflict-{copy.stem}", [copy])
        return _names_in(after)

    def _read_tables(self) -> Tables:
        path = self._paths.speakers
        tables: Tables = _checked_tables(path) if is_there(path) else {}
        for copy in self._beside():
            with contextlib.suppress(StoreError):  # the doctor reports it
                tables = merge_tables(tables, _checked_tables(copy), {})
        return tables

    def _beside(self) -> Iterator[Path]:
        path = self._paths.speakers
        try:
            names = sorted(each.name for each in path.parent.iterdir())
        except FileNotFoundError:
            return
        except OSError as error:
            raise cannot_read(error, path.parent) from error
        for name in names:
            if name != path.name and name.startswith(path.stem) and name.endswith(".json"):
                yield path.with_name(name)


def holds_speakers(path: Path) -> bool:
    """Return whether a file holds names of speakers, and no article."""
    try:
        tables = read_tables(path)[0]
    except StoreError:
        return False
    return SPEAKER_TABLE in tables and ARTICLE_TABLE not in tables


def merge_speakers(base: Path | None, ours: Path, theirs: Path) -> None:
    """Merge two branches' versions of the file of names, and write the result to ``ours``.

    Args:
        base: The common ancestor; None where there is none.
        ours: This branch's version; receives the result.
        theirs: The other branch's version.

    Raises:
        StoreError: A file cannot be read, or a later Margin wrote it; ``ours`` is unchanged.
    """
    before = _checked_tables(base) if base is not None else {}
    merged = merge_tables(_checked_tables(ours), _checked_tables(theirs), before)
    try:
        write_atomically(ours, [encode_tables(merged)])
    except OSError as error:
        raise cannot_write(error, ours) from error


def _checked_tables(path: Path) -> Tables:
    tables = read_tables(path)[0]
    if is_newer(tables):
        raise StoreError("Read-only", newer_sentence(path))
    if SPEAKER_TABLE not in tables:
        raise DamagedFileError(path, "it holds no names of speakers")
    return tables


def _names_in(tables: Tables) -> SpeakerNames:
    """Return the names in the tables of a file, without records of another form."""
    names = (_name_in(record) for record in tables.get(SPEAKER_TABLE, {}).values())
    return SpeakerNames(name for name in names if name is not None and speaker_key(name.name))


def _name_in(record: Any) -> OtherName | None:
    try:
        return msgspec.convert(record, OtherName)
    except msgspec.ValidationError:
        return None


def _record_of(name: OtherName) -> dict[str, Any]:
    record = {"name": name.name, "means": name.means, "modified": name.modified}
    return record | {"apart": name.is_apart}
