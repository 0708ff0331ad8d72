"""Reads lists in tables: the CSV of Pocket, Instapaper, Raindrop and Readwise's Reader."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from reader.core.table_cells import table_rows
from reader.errors import SourceError
from reader.imports.links.link import ARCHIVED, Link, folder_tags
from reader.imports.values import FAVOURITE, moment_in, tags_in

_YES: Final = frozenset(("true", "1", "yes"))


def has_addresses(head: str) -> bool:
    """Return whether the first line of a table, in lower case, names a column ``url``."""
    return "," in head and "url" in (each.strip().strip('"') for each in head.split(","))


def from_csv(text: str, name: str) -> Iterator[Link]:
    """Yield the articles of a table.

    Raises:
        SourceError: The text is not a table.
    """
    try:
        rows = filter(None, table_rows(io.StringIO(text, newline="")))
        names = [each.strip().lower() for each in next(rows, [])]
        for row in rows:
            yield link_of_row(dict.fromkeys(names, "") | dict(zip(names, row, strict=False)))
    except csv.Error as error:
        raise SourceError(
            "List is damaged", f"{name} is not a table that can be read: {error}."
        ) from error


def link_of_row(row: Mapping[str, str]) -> Link:
    """Return the article of a row.

    Pocket has ``status`` and ``time_added``, Instapaper ``folder`` and ``timestamp``, Raindrop
    ``folder`` (a path) and ``created``, and Readwise's Reader ``location`` and ``saved date``.

    Args:
        row: The cells by the names of their columns in lower case.
    """
    folder = row.get("folder", "").strip().lower()
    tags = _tags_of_row(row.get("tags") or row.get("document tags") or "", _separator(row))
    folders = folder.split("/") if "created" in row else [folder]
    tags = (*tags, *(tag for each in folders for tag in folder_tags(each)))
    if (row.get("favorite") or row.get("important") or "").strip().casefold() in _YES:
        tags = (*tags, FAVOURITE)
    status = (row.get("status") or row.get("location") or folder).strip().lower()
    columns = ("time_added", "timestamp", "created", "saved date")
    added = next((moment for each in columns if (moment := row.get(each, "").strip())), "")
    url = row.get("url", "").strip()
    return Link(url, moment_in(added), tuple(dict.fromkeys(tags)), status in ARCHIVED)


def _separator(row: Mapping[str, str]) -> str:
    """Return what stands between tags: a bar in Pocket's tables, and a comma elsewhere."""
    return "|" if "time_added" in row or "timestamp" in row else ","


def _tags_of_row(text: str, separator: str) -> tuple[str, ...]:
    """Return the tags in a cell; Instapaper writes JSON, and Reader writes a list of Python."""
    if text.lstrip().startswith("["):
        try:
            return tags_in("\0".join(msgspec.json.decode(text, type=list[str])), "\0")
        except (msgspec.DecodeError, UnicodeEncodeError):
            pass  # a tag that begins with a bracket
        if separator == ",":
            names = (each.strip(" '\"") for each in text.strip().strip("[]").split(","))
            return tags_in("\0".join(names), "\0")
    return tags_in(text, separator)
