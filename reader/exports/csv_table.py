"""The CSV writer: a row for each annotation, with the columns that Readwise imports first."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from reader.core.annotation import Annotation
from reader.core.text_formatting import one_line
from reader.exports.model import ExportedArticle, in_order
from reader.safe_text import sanitise_for_file

READWISE: Final = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
"""The columns that Readwise reads, by their names."""

COLUMNS: Final = (
    *READWISE, "Tags", "Speaker", "Status", "Section", "Page", "Site", "Published", "State",
    "Query", "Annotation", "Article",
)  # fmt: skip
"""All columns; the last two hold ids."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell must not begin with: spreadsheets run it as a formula (OWASP, "CSV Injection")."""


def write(
    items: Iterable[ExportedArticle],
    tags: Collection[str],
    exported: str,  # noqa: ARG001
) -> Iterator[str]:
    """Yield the annotations as CSV (RFC 4180), in UTF-8 with a heading.

    A cell that a spreadsheet would run gets an apostrophe before it.

    Args:
        items: The articles, in any order.
        tags: Only annotations with one of these; with none, all.
        exported: The time of the export, which is in no row.
    """
    yield _lines([COLUMNS])
    yield from in_order(
        items, lambda item: _lines(_row(item, each) for each in item.selected(tags))
    )


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if it is not Margin's."""
    try:
        head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (ValueError, csv.Error):
        return []
    if tuple(head) != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        return []
    return list(dict.fromkeys(row[-1] for row in rows))


def is_own(text: str, annotations: Mapping[str, Annotation]) -> bool:
    """Tell whether all of a file is as Margin wrote it, and holds nothing that is not known.

    Args:
        text: A file of Margin's.
        annotations: The annotations by id, deleted ones too.
    """
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    if text != _lines([head, *rows]):
        return False
    for row in rows:
        annotation = annotations.get(row[-2])
        if annotation is None or any(
            row[COLUMNS.index(name)] != cell for name, cell in _own_cells(annotation).items()
        ):
            return False
    return True


def query_of(text: str) -> str:
    """Return what chose the annotations of a file of Margin's; empty where it names nothing.

    A query that a spreadsheet would run has an apostrophe before it, which is not a part of it.
    """
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    cell = rows[0][head.index("Query")] if rows else ""
    return cell[1:] if cell.startswith("'") and _harmless(cell[1:]) == cell else cell


def shows_tag(text: str, tags: Collection[str]) -> bool:
    """Tell whether a row of a file of Margin's has one of some tags."""
    column = COLUMNS.index("Tags")
    rows = csv.reader(io.StringIO(text, newline=""))
    return any(not set(tags).isdisjoint(row[column].split(", ")) for row in rows)


def _own_cells(annotation: Annotation) -> dict[str, str]:
    """Return the cells with words that only the annotation has."""
    cells = {
        "Highlight": annotation.selector.exact,
        "Note": annotation.note,
        "Speaker": one_line(annotation.speaker),
    }
    return {name: _harmless(sanitise_for_file(cell)) for name, cell in cells.items()}


def _lines(rows: Iterable[Iterable[str]]) -> str:
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    return lines.getvalue()


def _row(item: ExportedArticle, annotation: Annotation) -> list[str]:
    article, selector = item.article, annotation.selector
    metadata = article.metadata
    cells = {
        "Title": one_line(metadata.title),
        "Author": ", ".join(map(one_line, metadata.authors)),
        "URL": article.address,
        "Location": "" if annotation.is_orphaned else str(annotation.place.start),
        "Date": annotation.created,
        "Tags": ", ".join(map(one_line, annotation.tags)),
        "Status": annotation.status or "",
        "Section": one_line(selector.section),
        "Page": selector.page,
        "Site": one_line(metadata.site),
        "Published": metadata.published,
        "State": str(annotation.place.state),
        "Query": item.query,
        "Annotation": annotation.id,
        "Article": article.id,
    }
    safe = {name: _harmless(sanitise_for_file(cell)) for name, cell in cells.items()}
    return [(safe | _own_cells(annotation))[name] for name in COLUMNS]


def _harmless(cell: str) -> str:
    is_run = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
    return f"'{cell}" if is_run else cell
