"""Reads the notes that Apple Books sent by mail, as a saved message or as its HTML."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from typing import Any

from reader.imports.authors import names_in
from reader.imports.dates import written_date
from reader.imports.model import GivenFile, ImportedNote, ImportedSource, ImportItem
from reader.imports.rich_text import parsed_html, words_of
from reader.imports.values import decoded, made_key

_MARK = "annotationrepresentativetext"
_QUOTED = re.compile(
    r"^content-transfer-encoding:\s*quoted-printable", re.IGNORECASE | re.MULTILINE
)
_HEADER = re.compile(r"\A\s*[A-Za-z][\w-]{0,60}:")
_PAGE = re.compile(r",\s+(?:p|S|s|str|pág|pag)\.\s*([\w.-]{1,20})\s*\Z")
"""The page behind the name of a chapter: ``The harbour, p. 8``."""

_HEAD = 50_000
_PLAIN_COLOUR = "defaultColor"


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is such a mail, by the names of the parts of a note."""
    return "annotation" in file.text and _MARK in _html(file)


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the book with its notes."""
    root: Any = parsed_html(_html(file))
    if root is None:
        return
    heading = next(iter(root.xpath("//*[contains(@class, 'booktitle')]")), None)
    title = words_of(heading)
    author = next(iter(root.xpath("//h2")), None)
    parts = enumerate(_of_class(root, "annotation"), 1)
    notes = [_note(each, title, number) for number, each in parts]
    yield ImportedSource(title=title, authors=names_in(words_of(author)), notes=tuple(notes))


def _html(file: GivenFile) -> str:
    """Return the HTML in a file; a message may have it with its long lines parted."""
    text = file.text
    if _HEADER.match(text) and _QUOTED.search(text[:_HEAD]):
        return decoded(quopri.decodestring(file.data))
    return text


def _note(part: Any, title: str, number: int) -> ImportedNote:
    quote, note = _first(part, _MARK), _first(part, "annotationnote")
    chapter = _first(part, "annotationchapter")
    page = _PAGE.search(chapter)
    markers = _of_class(part, "annotationselectionMarker")
    names = markers[0].get("class", "").split() if markers else []
    colour = next((each for each in names if each != "annotationselectionMarker"), "")
    day = _first(part, "annotationdate")
    return ImportedNote(
        quote=quote,
        note=note,
        colour="" if colour == _PLAIN_COLOUR else colour,
        created=written_date(day),
        section=chapter[: page.start()] if page else chapter,
        page=page[1] if page else "",
        key=made_key(title, chapter, quote or note),
        row=number,
    )


def _of_class(part: Any, name: str) -> list[Any]:
    found: list[Any] = part.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")
    return found


def _first(part: Any, name: str) -> str:
    return words_of(next(iter(_of_class(part, name)), None))
