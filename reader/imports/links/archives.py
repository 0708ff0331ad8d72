"""Reads lists in archives: Omnivore's, which also holds the articles, and Pocket's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from reader.errors import SourceError
from reader.imports.archive import Archive
from reader.imports.links import link
from reader.imports.links.link import ARCHIVED, Link, too_large
from reader.imports.links.tables import from_csv
from reader.imports.records import Record, entries_in, json_in, list_in, text_in
from reader.imports.values import decoded, moment_in, tags_in

MAX_COPY_BYTES = 50_000_000
"""The largest copy of an article in an archive, in bytes, unpacked."""


class ArchivedCopies:
    """The articles that an archive holds besides its list; safe to use on several threads."""

    def __init__(self, data: bytes, name: str) -> None:
        """Keep an archive, which is opened when the first article is read.

        Args:
            data: The bytes of the archive.
            name: Its name in errors.
        """
        self._archive = Archive(data, name)
        self._name = name

    def read(self, copy: str) -> bytes:
        """Return an article.

        Args:
            copy: The name of its file, from ``Link.copy``.

        Raises:
            SourceError: The file is missing, too large, or damaged.
        """
        data = self._archive.read(copy, MAX_COPY_BYTES)
        if data is None:
            size = MAX_COPY_BYTES // 1_000_000
            raise SourceError(
                "Article too large", f"{copy} in {self._name} has over {size} MB unpacked."
            )
        return data


def from_archive(data: bytes, name: str) -> Iterator[Link]:
    """Yield the articles of an archive.

    Omnivore's archive holds ``metadata_0_to_20.json`` and so on, and each saved article in
    ``content``; Pocket's holds ``part_000000.csv`` and so on.

    Raises:
        SourceError: The archive is damaged, or its lists are too large.
    """
    archive = Archive(data, name)
    copies = copies_in(archive.names)
    for file, part in list_parts(archive, name):
        if is_table(file):
            yield from from_csv(decoded(part), name)
        else:
            yield from from_json(decoded(part), copies) or ()


def list_parts(archive: Archive, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the names and the bytes of the files of an archive that are lists of articles.

    Raises:
        SourceError: A list is damaged, or all have more than ``link.MAX_BYTES``.
    """
    room = link.MAX_BYTES
    for file in archive.names:
        if is_table(file) or is_metadata(file):
            part = archive.read(file, room)
            if part is None:
                raise too_large(name)
            room -= len(part)
            yield file, part


def is_table(file: str) -> bool:
    """Tell whether a file of an archive is a table."""
    return file.lower().endswith(".csv")


def is_metadata(file: str) -> bool:
    """Tell whether a file of an archive is one of Omnivore's lists."""
    base = PurePosixPath(file).name.lower()
    return base.startswith("metadata_") and base.endswith(".json")


def copies_in(names: tuple[str, ...]) -> Mapping[str, str]:
    """Return the files of Omnivore's articles by their ``slug``."""
    return {PurePosixPath(each).stem: each for each in names if "content/" in each}


def from_json(text: str, copies: Mapping[str, str] | None = None) -> list[Link] | None:
    """Return the articles of Omnivore's JSON; None if the text is not JSON.

    Args:
        text: The JSON.
        copies: The files of the articles, by their ``slug``.
    """
    if (records := json_in(text)) is None:
        return None
    return [link_of_record(each, copies or {}) for each in articles_in(records)]


def articles_in(content: Any) -> list[Record]:
    """Return the articles of Omnivore's JSON: a list, an answer of its API, or one article."""
    if isinstance(content, dict):
        for name in ("data", "search"):
            content = content[name] if isinstance(content.get(name), dict) else content
        edges = content.get("edges")
        if isinstance(edges, list):
            content = [each.get("node") for each in entries_in(edges)]
        else:
            content = content.get("items") or content.get("articles") or [content]
    return entries_in(content)


def link_of_record(record: Record, copies: Mapping[str, str]) -> Link:
    """Return an article of Omnivore's JSON.

    Args:
        record: The article.
        copies: The files of the articles, by their ``slug``.
    """
    listed = Link(
        text_in(record, "originalArticleUrl", "url"),
        moment_in(text_in(record, "savedAt")),
        labels_in(record),
        text_in(record, "state").lower() in ARCHIVED or record.get("isArchived") is True,
    )
    copy = copies.get(text_in(record, "slug"), "")
    if not copy:
        return listed
    return listed._replace(
        copy=copy,
        title=text_in(record, "title"),
        author=text_in(record, "author"),
        published=text_in(record, "publishedAt"),
    )


def labels_in(record: Record) -> tuple[str, ...]:
    """Return the labels of an article or a highlight: names, or objects with a name."""
    labels = list_in(record, "labels")
    names = (each.get("name") if isinstance(each, dict) else each for each in labels)
    return tuple(dict.fromkeys(tag for each in names for tag in tags_in(str(each or ""), "\0")))
