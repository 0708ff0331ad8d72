"""The CSV writer: a row for each annotation, with the columns that Readwise imports first."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from reader.core.annotation import Annotation
from reader.core.annotation_record import state_name
from reader.core.table_cells import listed, protected, table_rows, unprotected
from reader.core.text_formatting import one_line
from reader.digests import part_digest
from reader.exports.model import ExportedArticle, ExportOptions, Update, in_order
from reader.exports.spool import Spool, Spooled
from reader.safe_text import sanitise_for_file

READWISE: Final = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")
"""The columns that Readwise reads, by their names."""

COLUMNS: Final = (
    *READWISE, "Tags", "Speaker", "Status", "Section", "Page", "Site", "Published", "State",
    "Query", "Digests", "Annotation", "Article",
)  # fmt: skip
"""All columns; the last two hold ids, and the one before shows an import what was edited."""

_COPY: Final = "Copy"
"""The name of the last column of a copy."""

_REST: Final = "row"
"""The name of the digest of the cells that are not read back."""

_PARTS: Final = {"quote": "Highlight", "note": "Note", "speaker": "Speaker", "status": "Status"}
"""The columns of what a person may edit besides the tags."""


def write(items: Iterable[ExportedArticle], options: ExportOptions) -> Iterator[str]:
    """Yield the annotations as CSV (RFC 4180), in UTF-8 with a heading.

    A cell that a spreadsheet would run gets an apostrophe before it.

    Args:
        items: The articles, in any order.
        options: What was asked for.
    """
    yield _lines([COLUMNS])
    with Spool() as spool:

        def put(item: ExportedArticle) -> Spooled:
            return spool.put(_lines(_row(item, each) for each in item.selected(options.tags)))

        yield from map(spool.text, in_order(items, put))


def article_ids(text: str) -> list[str]:
    """Return the ids of the articles in a file; none if it is not Margin's."""
    try:
        head, *rows = _rows(text)
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
    head, *rows = _rows(text)
    if text != _lines([head, *rows]) or any(map(_is_edited, _named_rows(text))):
        return False
    for row in rows:
        annotation = annotations.get(row[-2])
        if annotation is None or any(
            row[head.index(name)] != cell for name, cell in _own_cells(annotation).items()
        ):
            return False
    return True


def update(previous: str, new: str) -> Update[str]:
    """Return the new file, and a copy of the previous one where an edit of it would be lost.

    A file stays as it is, with its edits, where Margin would write what it wrote last.

    A copy has one more column, so that no export takes it for its own; an import still reads it.
    """
    if not article_ids(previous):
        return Update(new)
    if [row["Digests"] for row in _named_rows(previous)] == [
        row["Digests"] for row in _named_rows(new)
    ]:
        return Update(previous)
    present = {row["Annotation"]: _digests(row) for row in _named_rows(new)}
    edited = filter(_is_edited, _named_rows(previous))
    if all(present.get(row["Annotation"]) == _digests(row) for row in edited):
        return Update(new)
    head, *rows = _rows(previous)
    return Update(new, _lines([[*head, _COPY], *([*row, ""] for row in rows)]))


def _is_edited(row: Mapping[str, str]) -> bool:
    return row["Digests"] != _digests(row)


def _named_rows(text: str) -> Iterator[dict[str, str]]:
    head, *rows = _rows(text)
    return (dict(zip(head, row, strict=True)) for row in rows)


def query_of(text: str) -> str:
    """Return what chose the annotations of a file of Margin's; empty where it names nothing.

    A query that a spreadsheet would run has an apostrophe before it, which is not a part of it.
    """
    head, *rows = _rows(text)
    cell = rows[0][head.index("Query")] if rows else ""
    return unprotected(cell)


def shows_tag(text: str, tags: Collection[str]) -> bool:
    """Tell whether a row of a file of Margin's has one of some tags."""
    head, *rows = _rows(text)
    column = head.index("Tags")
    return any(not set(tags).isdisjoint(listed(row[column])) for row in rows)


def _rows(text: str) -> Iterator[list[str]]:
    return table_rows(io.StringIO(text, newline=""), is_strict=True)


def _own_cells(annotation: Annotation) -> dict[str, str]:
    """Return the cells with words that only the annotation has."""
    cells = {
        "Highlight": annotation.selector.exact,
        "Note": annotation.note,
        "Speaker": one_line(annotation.speaker),
    }
    return {name: protected(sanitise_for_file(cell)) for name, cell in cells.items()}


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
        "Location": str(annotation.place.start) if annotation.has_place else "",
        "Date": annotation.created,
        "Tags": ", ".join(map(one_line, annotation.tags)),
        "Status": annotation.status or "",
        "Section": one_line(selector.section),
        "Page": selector.page,
        "Site": one_line(metadata.site),
        "Published": metadata.published,
        "State": state_name(annotation),
        "Query": item.query,
        "Annotation": annotation.id,
        "Article": article.id,
    }
    safe = {name: protected(sanitise_for_file(cell)) for name, cell in cells.items()}
    row = safe | _own_cells(annotation)
    row["Digests"] = _digests(row)
    return [row[name] for name in COLUMNS]


def _digests(row: Mapping[str, str]) -> str:
    """Return the digests of a row, for example ``note:3a5e0c9d1f42``.

    Each part that is read back has its own, as it is read back, and all other cells have one.
    """
    texts = {part: unprotected(row[column]) for part, column in _PARTS.items()}
    digests = {part: part_digest(text) for part, text in texts.items()}
    digests["tags"] = part_digest(listed(row["Tags"]))
    parts = {*_PARTS.values(), "Tags", "Digests"}
    digests[_REST] = part_digest("\n".join(row[name] for name in COLUMNS if name not in parts))
    return " ".join(f"{part}:{digest}" for part, digest in digests.items())
