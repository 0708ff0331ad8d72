"""Reads Margin's own CSV, also after a spreadsheet has saved it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reader.core.addresses import is_web_address
from reader.core.table_cells import listed, unprotected
from reader.exported_markdown.parts import PARTS
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, ImportItem
from reader.imports.rows import Row, rows_of
from reader.imports.values import moment_in

_DIGEST: Final = re.compile(rf"\b({'|'.join(PARTS)}):([0-9a-f]{{12}})\b")

_COLUMNS: Final = frozenset(("highlight", "note", "tags", "annotation", "article"))


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is a table that Margin wrote."""
    return _COLUMNS.issubset(file.columns)


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield a source for each row, with its note."""
    for row in rows_of(file):
        if isinstance(row, BadRow):
            yield row
        elif not (row.get("annotation") and row.get("article")):
            yield BadRow(row.line, "the id of the annotation or of its article is missing")
        else:
            yield _source(row)


def _source(row: Row) -> ImportedSource:
    url = row.get("url")
    return ImportedSource(
        article=row.get("article").upper(),
        title=_cell(row, "title"),
        authors=tuple(listed(row.cells.get("author", ""))),
        url=url if is_web_address(url) else "",
        site=_cell(row, "site"),
        published=row.get("published"),
        notes=(_note(row),),
    )


def _note(row: Row) -> ImportedNote:
    location = row.get("location")
    is_offset = location.isascii() and location.isdigit() and len(location) < 10
    return ImportedNote(
        quote=_cell(row, "highlight"),
        note=_cell(row, "note"),
        tags=tuple(dict.fromkeys(listed(row.cells.get("tags", "")))),
        speaker=_cell(row, "speaker"),
        status=_cell(row, "status"),
        created=moment_in(row.get("date")),
        start=int(location) if is_offset else None,
        section=_cell(row, "section"),
        page=_cell(row, "page"),
        key=row.get("annotation").upper(),
        base=dict(_DIGEST.findall(row.get("digests"))),
        row=row.line,
    )


def _cell(row: Row, column: str) -> str:
    return unprotected(row.cells.get(column, "")).strip()
