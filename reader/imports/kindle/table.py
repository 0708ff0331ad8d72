"""Reads the table (CSV) that a Kindle sends by mail when the notes of a book are exported.

Above the table stand the title and the author; what the columns are called depends on the language.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from reader.core.table_cells import table_rows
from reader.core.text_formatting import counted
from reader.imports.authors import names_in
from reader.imports.kindle.entries import place_in
from reader.imports.kindle.listed_notes import ListedNote, joined
from reader.imports.kindle.words import Kind, folded, kind_in, without_limit
from reader.imports.left_out import left_out
from reader.imports.model import BadRow, GivenFile, ImportedSource, ImportItem
from reader.imports.values import FAVOURITE

_RULE = re.compile(r"-{20,}\Z")
_BEFORE_TABLE = 15
"""The table begins within so many rows."""

_COLUMNS = 4
_COLOUR = re.compile(r"[(（]([^()（）]{1,30})[)）]")
_BY = re.compile(r"(?:by|von|par|de|por|di|door|автор:?)\s+(?=\S)", re.IGNORECASE)


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is such a table: a rule below a title, and rows of four cells."""
    head = [row for row in _rows(file.text[:20_000], _BEFORE_TABLE) if isinstance(row, list)]
    rule = _rule_in(head)
    return 0 < rule < len(head) - 1 and any(len(row) >= _COLUMNS for row in head[rule + 1 :])


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the book with its notes."""
    rows: list[list[str]] = []
    for row in _rows(file.text):
        if isinstance(row, BadRow):
            yield row
        else:
            rows.append(row)
    rule = _rule_in(rows[:_BEFORE_TABLE])
    above = [row[0].strip() for row in rows[:rule] if row and row[0].strip()]
    title, author = above[1] if len(above) > 1 else "", above[2] if len(above) > 2 else ""
    notes: list[ListedNote] = []
    empty = 0
    table = [each for each in enumerate(rows[rule + 1 :], rule + 2) if any(each[1])]
    heading = next((at for at, (_, row) in enumerate(table) if len(row) >= _COLUMNS), len(table))
    for number, row in table[heading + 1 :]:
        if len(row) < _COLUMNS:
            yield BadRow(number, f"it has {counted(len(row), 'cell')}, and not {_COLUMNS}")
            continue
        note = _note(*row[:_COLUMNS])
        if note.text:
            notes.append(note)
        else:
            empty += 1
    names = names_in(_BY.sub("", author, count=1))
    yield ImportedSource(title=title, authors=names, notes=tuple(joined(title, notes)))
    yield from left_out({"empty row": empty})


def _rows(text: str, most: int = 1_000_000) -> Iterator[list[str] | BadRow]:
    """Yield the rows of a table, and where it cannot be read."""
    reader = table_rows(io.StringIO(text.lstrip("\ufeff"), newline=""))
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if number > most:
                return
            yield row
    except csv.Error:
        yield BadRow(number + 1, "the table cannot be read from here on")


def _rule_in(rows: list[list[str]]) -> int:
    """Return the number of the row that is a rule; 0 if there is none."""
    return next((n for n, row in enumerate(rows) if row and _RULE.match(row[0].strip())), 0)


def _note(kind: str, where: str, star: str, text: str) -> ListedNote:
    named, colour = kind_in(folded(kind)), _COLOUR.search(kind)
    if named is None:
        named = Kind.HIGHLIGHT if colour else Kind.NOTE
    words = text.strip() if named is not Kind.BOOKMARK else ""
    return ListedNote(
        named,
        "",
        place_in(folded(where)),
        colour[1].strip().lower() if colour else "",
        without_limit(words) if named is Kind.HIGHLIGHT else words,
        (FAVOURITE,) if star.strip() else (),
    )
