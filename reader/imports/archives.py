"""Reads lists in archives: Omnivore's, which also holds the articles, and Pocket's."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

import msgspec

from reader.errors import SourceError
from reader.imports import link
from reader.imports.link import ARCHIVED, Link, decoded, moment_in, tags_in, too_large
from reader.imports.tables import from_csv

MAX_COPY_BYTES = 50_000_000
"""The largest copy of an article in an archive, in bytes, unpacked."""

MAX_DIRECTORY_BYTES = 20_000_000
"""The longest directory of an archive, in bytes: some two hundred thousand files."""

_MAX_END = 22 + 65_535
_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    zlib.error,
)


class ArchivedCopies:
    """The articles that an archive holds besides its list; safe to use on several threads."""

    def __init__(self, data: bytes, name: str) -> None:
        """Keep an archive, which is opened when the first article is read.

        Args:
            data: The bytes of the archive.
            name: Its name in errors.
        """
        self._data = data
        self._name = name

    def read(self, copy: str) -> bytes:
        """Return an article.

        Args:
            copy: The name of its file, from ``Link.copy``.

        Raises:
            SourceError: The file is missing, too large, or damaged.
        """
        try:
            with self._archive.open(copy) as file:
                data = file.read(MAX_COPY_BYTES + 1)
        except (*_UNREADABLE, KeyError) as error:
            raise SourceError(
                "Article is damaged", f"{copy} in {self._name} cannot be read."
            ) from error
        if len(data) > MAX_COPY_BYTES:
            size = MAX_COPY_BYTES // 1_000_000
            raise SourceError(
                "Article too large", f"{copy} in {self._name} has over {size} MB unpacked."
            )
        return data

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        return _opened(self._data)


def _opened(data: bytes) -> zipfile.ZipFile:
    """Open an archive, unless its directory alone would fill the memory.

    The last record holds the length of the directory; only a comment may follow it.
    """
    end = data.rfind(b"PK\x05\x06", -_MAX_END)
    length = int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0
    if length > MAX_DIRECTORY_BYTES:
        raise zipfile.BadZipFile("too many files")
    return zipfile.ZipFile(io.BytesIO(data))


def from_archive(data: bytes, name: str) -> Iterator[Link]:
    """Yield the articles of an archive.

    Omnivore's archive holds ``metadata_0_to_20.json`` and so on, and each saved article in
    ``content``; Pocket's holds ``part_000000.csv`` and so on.
    """
    room = link.MAX_BYTES
    try:
        with _opened(data) as archive:
            names = archive.namelist()
            copies = {PurePosixPath(each).stem: each for each in names if "content/" in each}
            for entry in archive.infolist():
                base = PurePosixPath(entry.filename).name.lower()
                is_table = base.endswith(".csv")
                if not is_table and not (base.startswith("metadata_") and base.endswith(".json")):
                    continue
                with archive.open(entry) as file:
                    part = file.read(room + 1)
                room -= len(part)
                if room < 0:
                    raise too_large(name)
                if is_table:
                    yield from from_csv(decoded(part), name)
                else:
                    yield from from_json(decoded(part), copies) or ()
    except _UNREADABLE as error:
        raise SourceError(
            "List is damaged", f"{name} is not an archive that can be read."
        ) from error


def from_json(text: str, copies: Mapping[str, str] | None = None) -> list[Link] | None:
    """Return the articles of Omnivore's JSON; None if the text is not JSON.

    Args:
        text: The JSON.
        copies: The files of the articles, by their ``slug``.
    """
    try:
        records = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
        return None
    if isinstance(records, dict):
        records = records.get("items") or records.get("articles") or [records]
    if not isinstance(records, list):
        return []
    return [_link_of_record(each, copies or {}) for each in records if isinstance(each, dict)]


def _link_of_record(record: Mapping[str, Any], copies: Mapping[str, str]) -> Link:
    labels = record.get("labels")
    labels = labels if isinstance(labels, list) else []
    names = (each.get("name") if isinstance(each, dict) else each for each in labels)
    tags = tuple(dict.fromkeys(tag for each in names for tag in tags_in(str(each or ""), "\0")))
    listed = Link(
        _text_in(record, "url"),
        moment_in(_text_in(record, "savedAt")),
        tags,
        _text_in(record, "state").lower() in ARCHIVED,
    )
    copy = copies.get(_text_in(record, "slug"), "")
    if not copy:
        return listed
    return listed._replace(
        copy=copy,
        title=_text_in(record, "title"),
        author=_text_in(record, "author"),
        published=_text_in(record, "publishedAt"),
    )


def _text_in(record: Mapping[str, Any], field: str) -> str:
    value = record.get(field)
    return value.strip() if isinstance(value, str) else ""
