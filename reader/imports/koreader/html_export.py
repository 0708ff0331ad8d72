"""Reads the page (HTML) that KOReader exports, of one book or of all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from reader.imports.authors import names_between_commas
from reader.imports.dates import moment_text
from reader.imports.left_out import left_out
from reader.imports.model import GivenFile, ImportedNote, ImportedSource, ImportItem
from reader.imports.rich_text import parsed_html

_TITLE: Final = re.compile(
    r"<h2\s+style\s*=\s*[\"']font-size:\s*18pt;\s*text-align:\s*right;?\s*[\"']", re.IGNORECASE
)
_CHAPTER: Final = re.compile(r"font-weight:\s*bold;\s*text-align:\s*center")
_ENTRY: Final = re.compile(r"padding-top:\s*0\.5em;\s*padding-bottom:\s*0\.5em")
_DATE: Final = "%m/%d/%y"
"""How KOReader writes a day, which has no language on its devices."""
_SPACE: Final = re.compile(r"[ \t\r\n]+")


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is such a page, by the looks of the titles of its books."""
    text = file.text
    return text.lstrip("\ufeff \t\r\n").startswith("<") and _TITLE.search(text) is not None


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the books with their notes."""
    root = parsed_html(file.text)
    title = chapter = ""
    authors: tuple[str, ...] = ()
    notes: list[ImportedNote] = []
    row = empty = 0
    for element in root.iter("h2", "h5", "div") if root is not None else ():
        style = element.get("style", "")
        if element.tag == "h2":
            if notes:
                yield ImportedSource(title=title, authors=authors, notes=tuple(notes))
            title, chapter, authors, notes = _words(element), "", (), []
        elif element.tag == "h5":
            authors = names_between_commas("".join(element.itertext()))
        elif _CHAPTER.search(style):
            chapter = _words(element)
        elif _ENTRY.search(style):
            row += 1
            note = _note(element, chapter, row)
            if note.quote or note.note:
                notes.append(note)
            else:
                empty += 1
    if notes:
        yield ImportedSource(title=title, authors=authors, notes=tuple(notes))
    yield from left_out({"marked picture": empty})


def _note(entry: Any, chapter: str, row: int) -> ImportedNote:
    """Return a passage: above it stand the day and the page, and below it its note."""
    parts: list[Any] = [*entry.iterchildren("div"), None, None, None]
    head, quote, note = parts[:3]
    above = [_words(each) for each in head.iterchildren("span")] if head is not None else []
    page = above[-1].rpartition(": ")[2] if len(above) > 1 else ""
    return ImportedNote(
        quote=_words(quote),
        note=_words(note),
        created=_day(above[0]) if above else "",
        section=chapter,
        position=f"Page {page}" if page else "",
        row=row,
    )


def _words(element: Any) -> str:
    """Return the text of an element, with its line breaks."""
    if element is None:
        return ""
    pieces: list[str] = []
    for each in element.iter():
        pieces += ["\n"] if each.tag == "br" else [_SPACE.sub(" ", each.text or "")]
        pieces += [_SPACE.sub(" ", each.tail or "")] if each is not element else []
    return "\n".join(line.strip() for line in "".join(pieces).split("\n")).strip()


def _day(text: str) -> str:
    try:
        return moment_text(datetime.strptime(text, _DATE))
    except ValueError:
        return text
