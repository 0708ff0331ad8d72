"""Reads an annotation of Zotero: a highlight, an underline, a note on a page, or a picture."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, Final

from reader.core.json_values import string_in
from reader.imports.model import ImportedNote
from reader.imports.records import Record, list_in
from reader.imports.values import date_in

_EMPHASIS: Final = re.compile(r"</?([bi])>")
_ELEMENT: Final = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
_MARKS: Final = {"b": "**", "i": "*"}
_PICTURES: Final = ("image", "ink")


def note_of(annotation: Record) -> tuple[ImportedNote, str] | None:
    """Return the note of an annotation, and who of a group wrote its comment.

    It is None for a picture that nobody wrote about.
    """
    kind = string_in(annotation, "annotationType")
    comment = _comment(string_in(annotation, "annotationComment"))
    words = "" if kind in _PICTURES else string_in(annotation, "annotationText")
    tags = tuple(tags_of(annotation))
    if not (words.strip() or comment or tags):
        return None
    author = string_in(annotation, "annotationAuthorName")
    note = ImportedNote(
        quote=html.unescape(_ELEMENT.sub("", words)) if _ELEMENT.search(words) else words,
        note=comment,
        tags=tags,
        colour=string_in(annotation, "annotationColor"),
        created=date_in(string_in(annotation, "dateAdded")),
        modified=date_in(string_in(annotation, "dateModified")),
        page=string_in(annotation, "annotationPageLabel"),
        position=position_in(annotation.get("annotationPosition")),
        key=key_of(annotation),
    )
    return note, author if comment else ""


def _comment(comment: str) -> str:
    """Return a comment in Markdown; Zotero knows bold, italics, and the two scripts."""
    if "<" not in comment:
        return comment.strip()
    text = _EMPHASIS.sub(lambda mark: _MARKS[mark[1]], comment)
    text = re.sub(r"<br ?/?>|</p>", "\n", text)
    return html.unescape(_ELEMENT.sub("", text)).strip()


def position_in(position: Any) -> str:
    """Return the page of the file; it is JSON, which Zotero stores as a text."""
    if isinstance(position, dict):
        index = position.get("pageIndex")
        return f"PDF page {index + 1}" if type(index) is int and 0 <= index < 10**6 else ""
    found = (
        re.search(r'"pageIndex"\s*:\s*(\d{1,6})\b', position) if isinstance(position, str) else None
    )
    return f"PDF page {int(found[1]) + 1}" if found else ""


def tags_of(record: Record) -> Iterator[str]:
    """Yield the tags of an item, an annotation or a note."""
    for each in list_in(record, "tags"):
        tag = each.get("tag") if isinstance(each, dict) else each
        if isinstance(tag, str) and tag.strip():
            yield tag.strip()


def key_of(record: Record) -> str:
    """Return the key that Zotero gave to a record; empty if the file has none."""
    return string_in(record, "key") or string_in(record, "itemKey")
