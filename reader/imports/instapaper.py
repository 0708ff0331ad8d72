"""Reads Instapaper's CSV, with the words selected in a page, and the Markdown of its apps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from reader.core.addresses import is_web_address
from reader.imports.links.tables import link_of_row
from reader.imports.model import (
    BadRow,
    GivenFile,
    ImportedNote,
    ImportedSource,
    ImportItem,
)
from reader.imports.quote_blocks import quote_blocks
from reader.imports.rows import rows_with_addresses

_COLUMNS: Final = frozenset(("url", "title", "selection", "folder"))
"""The columns of every table; older ones have no tags, or neither tags nor times."""

_PRIVATE: Final = "instapaper-private://"
"""Begins the address of what a person sent to Instapaper by mail."""

_TITLE: Final = re.compile(
    r"# \[{1,2}(?P<title>[^\n]{0,1000})\]\((?P<url>(?:https?|instapaper-private)://[^\s()]{1,4000})"
    r"\)\]?[ \t]*(?:\n|$)"
)


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is Instapaper's table, or the highlights of an article."""
    return _COLUMNS.issubset(file.columns) or _is_shared(_lines_of(file))


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the articles with what was selected, highlighted and noted."""
    if not _COLUMNS.issubset(file.columns):
        yield _shared(_lines_of(file))
        return
    for row in rows_with_addresses(file, "timestamp", other_scheme=_PRIVATE):
        if isinstance(row, BadRow):
            yield row
            continue
        link = link_of_row(row.cells)
        selection = row.get("selection")
        note = ImportedNote(quote=selection, created=link.added, row=row.line)
        yield ImportedSource(
            title=row.get("title"),
            url=link.url if is_web_address(link.url) else "",
            added=link.added,
            tags=link.tags,
            is_archived=link.is_archived,
            notes=(note,) if selection else (),
        )


def _lines_of(file: GivenFile) -> str:
    return file.text.lstrip("\ufeff\r\n \t").replace("\r\n", "\n")


def _is_shared(text: str) -> bool:
    """Tell whether a text is a heading that links to the article, with quotes below it."""
    title = _TITLE.match(text)
    return title is not None and text[title.end() :].lstrip("\n").startswith("> ")


def _shared(text: str) -> ImportedSource:
    """Return the article of a text; what stands below a quote is the note on it."""
    title = _TITLE.match(text)
    if title is None:
        return ImportedSource()
    line = text.count("\n", 0, title.end())
    notes = [
        ImportedNote(quote=each.quote, note=each.text.strip(), row=line + each.line)
        for each in quote_blocks(text[title.end() :], continues=False)
    ]
    url = title["url"]
    return ImportedSource(
        title=title["title"].strip(),
        url=url if is_web_address(url) else "",
        notes=tuple(notes),
    )
