"""Lists in archives: Omnivore's, which holds the articles too, and Pocket's."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import msgspec

from reader.errors import SourceError
from reader.imports import link
from reader.imports.link import ARCHIVED, Link, decoded, moment_in, tags_in, too_large
from reader.imports.tables import from_csv

MAX_COPY_BYTES = 50_000_000
"""The largest copy of an article that is taken from an archive, in bytes unpacked."""

_UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    zlib.error,
)


def read_copy(data: bytes, copy: str, name: str) -> bytes:
    """Return an article out of the archive that lists it.

    Args:
        data: The bytes of the archive.
        copy: What its ``Link.copy`` says.
        name: What to call the archive in an error.

    Raises:
        SourceError: It is not there, too large, or damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(copy) as file:
            found = file.read(MAX_COPY_BYTES + 1)
    except (*_UNREADABLE, KeyError) as error:
        raise SourceError("Article is damaged", f"{copy} in {name} cannot be read.") from error
    if len(found) > MAX_COPY_BYTES:
        size = MAX_COPY_BYTES // 1_000_000
        raise SourceError("Article too large", f"{copy} in {name} has over {size} MB unpacked.")
    return found


def from_archive(data: bytes, name: str) -> Iterator[Link]:
    """Yield the articles of an archive.

    Omnivore's holds ``metadata_0_to_20.json`` and so on, with each article as it was kept in
    ``content``; Pocket's holds ``part_000000.csv`` and so on.
    """
    room = link.MAX_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
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
        raise SourceError("List is damaged", f"{name} is no archive that can be read.") from error


def from_json(text: str, copies: Mapping[str, str] | None = None) -> list[Link] | None:
    """Return the articles of Omnivore's JSON; None where the text is no JSON.

    Args:
        text: The JSON.
        copies: The files that hold the articles themselves, by their ``slug``.
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
    labels = record.get("labels") or []
    names = (each.get("name") if isinstance(each, dict) else each for each in labels)
    tags = tuple(dict.fromkeys(tag for each in names for tag in tags_in(str(each or ""), "\0")))
    found = Link(
        _text_in(record, "url"),
        moment_in(_text_in(record, "savedAt")),
        tags,
        _text_in(record, "state").lower() in ARCHIVED,
    )
    copy = copies.get(_text_in(record, "slug"), "")
    if not copy:
        return found
    return found._replace(
        copy=copy,
        title=_text_in(record, "title"),
        author=_text_in(record, "author"),
        published=_text_in(record, "publishedAt"),
    )


def _text_in(record: Mapping[str, Any], field: str) -> str:
    value = record.get(field)
    return value.strip() if isinstance(value, str) else ""
