"""Reads lists in tables: the CSV of Pocket and of Instapaper."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

import msgspec

from reader.errors import SourceError
from reader.imports.link import ARCHIVED, NO_FOLDERS, Link, moment_in, tags_in


def has_addresses(head: str) -> bool:
    """Return whether the first line of a table, in lower case, names a column ``url``."""
    return "," in head and "url" in (each.strip().strip('"') for each in head.split(","))


def from_csv(text: str, name: str) -> Iterator[Link]:
    """Yield the articles of a table.

    Raises:
        SourceError: The text is not a table.
    """
    try:
        for row in csv.DictReader(io.StringIO(text, newline="")):
            fields = {str(key).strip().lower(): value or "" for key, value in row.items() if key}
            yield _link_of_row(fields)
    except csv.Error as error:
        raise SourceError(
            "List is damaged", f"{name} is not a table that can be read: {error}."
        ) from error


def _link_of_row(row: Mapping[str, str]) -> Link:
    """Return the article of a row of Pocket (status, time_added) or of Instapaper."""
    folder = row.get("folder", "").strip().lower()
    tags = _tags_of_row(row.get("tags", ""))
    if folder not in NO_FOLDERS:
        tags = (*tags, *tags_in(folder, "\0"))
    status = row.get("status", "").strip().lower() or folder
    added = row.get("time_added") or row.get("timestamp") or ""
    return Link(row.get("url", "").strip(), moment_in(added), tags, status in ARCHIVED)


def _tags_of_row(text: str) -> tuple[str, ...]:
    """Return tags between bars, as Pocket writes them, or in JSON, as Instapaper writes them."""
    if text.lstrip().startswith("["):
        try:
            return tags_in("\0".join(msgspec.json.decode(text, type=list[str])), "\0")
        except (msgspec.DecodeError, UnicodeEncodeError):
            pass  # a tag that begins with a bracket
    return tags_in(text, "|")
