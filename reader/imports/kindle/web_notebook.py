"""Reads the notebook of read.amazon.com, saved from the browser: one book with its notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from reader.imports.authors import names_in
from reader.imports.kindle.entries import place_in
from reader.imports.kindle.words import folded
from reader.imports.model import GivenFile, ImportedNote, ImportedSource, ImportItem, Remark
from reader.imports.rich_text import parsed_html, words_of

_COLOUR = re.compile(r"kp-notebook-highlight-(\w{1,30})")
_DEPTH = 20
"""How far above its words the row of a note stands at most."""

_LABEL = re.compile(r"\A[^:：]{1,12}[:：]\s*")


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is the saved page of a notebook."""
    text = file.text
    return "kp-notebook-annotations" in text and "kp-notebook-highlight" in text


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the book that the page shows, with its notes."""
    root: Any = parsed_html(file.text)
    if root is None:
        return
    heading = next(iter(root.xpath("//h3[contains(@class, 'kp-notebook-metadata')]")), None)
    title = words_of(heading)
    author = heading.getnext() if heading is not None else None
    notes = tuple(_notes(root))
    yield ImportedSource(
        title=title, authors=names_in(_LABEL.sub("", words_of(author))), notes=notes
    )
    if root.xpath("//*[contains(@class, 'kp-notebook-library-each-book')][2]"):
        yield Remark("The page holds the notes of one book; save it again for each of the others.")


def _notes(root: Any) -> Iterator[ImportedNote]:
    parts = root.xpath("//*[@id='highlight' or @id='note']")
    found = [(each, _row_of(each)) for each in parts]
    # A page of another form may have words outside of rows; then each part is a note of its own.
    alone = {each for each, row in found if row is None and words_of(each)}
    rows = dict.fromkeys(
        each if each in alone else row for each, row in found if row is not None or each in alone
    )
    for number, row in enumerate(rows, 1):
        quote, note = _of(row, "highlight"), _of(row, "note")
        header = _of(row, "annotationHighlightHeader") or _of(row, "annotationNoteHeader")
        place = place_in(folded(header.rpartition("|")[2]))
        colours = (_COLOUR.search(each) for each in row.xpath(".//@class"))
        colour = next((each[1] for each in colours if each), "")
        yield ImportedNote(
            quote=quote,
            note=note,
            colour=colour if quote else "",
            page=place.page,
            position=place.position,
            key="" if row in alone else row.get("id", ""),
            row=number,
        )


def _row_of(part: Any) -> Any:
    """Return the row in which the words of a note stand; None if it stands in none."""
    return next(
        (
            each
            for each in islice(part.iterancestors(), _DEPTH)
            if each.get("id") and "a-spacing-base" in (each.get("class") or "").split()
        ),
        None,
    )


def _of(row: Any, name: str) -> str:
    return words_of(next(iter(row.xpath(f"descendant-or-self::*[@id='{name}']")), None))
