"""Tells the forms of Readwise's files apart."""

from __future__ import annotations

from collections.abc import Iterator

from reader.imports.model import GivenFile, ImportItem
from reader.imports.readwise.api import read_json, recognises_json
from reader.imports.readwise.table import read_table, recognises_table


def recognises(file: GivenFile) -> bool:
    """Tell whether a file holds highlights of Readwise, or the documents of its Reader."""
    return recognises_table(file) or recognises_json(file.json)


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the books and articles of a file of Readwise with their highlights."""
    return read_table(file) if file.json is None else read_json(file.json)
