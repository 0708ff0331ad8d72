"""Reads the notebook that Kindle's apps export as HTML.

The app for computers closes tags in another order than it opened them, so that the notebook is
read as a sequence of headings and texts, and not as a tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from reader.imports.authors import names_in
from reader.imports.kindle.entries import place_in
from reader.imports.kindle.listed_notes import ListedNote, joined
from reader.imports.kindle.words import Kind, folded, kind_in
from reader.imports.left_out import left_out
from reader.imports.model import GivenFile, ImportedSource, ImportItem

_FIELDS = frozenset(
    {"bookTitle", "authors", "citation", "sectionHeading", "noteHeading", "noteText"}
)
_UNSEEN = frozenset({"style", "script", "title"})
_COLOUR = re.compile(r"highlight_(\w{1,30})")
_BREAK = re.compile(r"[\r\n]")
_NAMED_COLOUR = re.compile(r"\(([^()]{1,30})\)\s*-")
# The app puts a space between some words and the punctuation after or before them.
_SPACE = re.compile(r"(?<=\w) (?=[,.;](?:\s|\Z))|(?<=[“‘(«]) (?=\w)|(?<=[\w.!?,]) (?=[”)])")


class _Field(NamedTuple):
    name: str
    text: str
    colour: str


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is a notebook: HTML with the classes of its headings."""
    text = file.text
    return text.lstrip("\ufeff \t\r\n").startswith("<") and all(
        re.search(rf"<\w+ class\s*=\s*[\"']?{each}\b", text)
        for each in ("noteHeading", "bookTitle")
    )


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the book with its notes; a note that follows its highlight belongs to it."""
    title, bookmarks, empty = "", 0, 0
    authors: tuple[str, ...] = ()
    section, heading = "", _Field("", "", "")
    notes: list[ListedNote] = []
    for each in _fields(file.text):
        if each.name == "bookTitle":
            title = title or each.text
        elif each.name == "authors":
            authors = authors or names_in(each.text)
        elif each.name == "sectionHeading":
            section = each.text
        elif each.name == "noteHeading":
            bookmarks += _is_bookmark(each)
            empty += _is_note(heading)
            heading = each
        elif each.name == "noteText" and heading.text:
            if each.text and _is_note(heading):
                notes.append(_note(heading, each.text, section))
            else:
                empty += _is_note(heading)
            heading = _Field("", "", "")
    empty += _is_note(heading)
    yield ImportedSource(title=title, authors=authors, notes=tuple(joined(title, notes)))
    yield from left_out({"bookmark": bookmarks, "empty highlight": empty})


def _fields(text: str) -> Iterator[_Field]:
    """Yield the fields of a notebook in their order, each until the next one begins."""
    from lxml import etree  # noqa: PLC0415  (few imports are markup)

    target = _Fields()
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True)
    try:
        parser.feed(text.replace("\0", "").encode("utf-8", "replace"))
        parser.close()
    except etree.XMLSyntaxError:
        target.close()
    yield from target.fields


class _Fields:
    """Collects the texts below elements with the classes of a notebook."""

    def __init__(self) -> None:
        self.fields: list[_Field] = []
        self._name = ""
        self._colour = ""
        self._parts: list[str] = []
        self._hidden = 0

    def start(self, tag: str, attributes: Any) -> None:
        """Begin a field, or note the colour or a line break in one."""
        names = attributes.get("class", "").split()
        name = next((each for each in names if each in _FIELDS), "")
        self._hidden += tag in _UNSEEN
        if name:
            self.close()
            self._name = name
        elif tag == "br":
            self._parts.append("\n")
        elif found := next((m for each in names if (m := _COLOUR.fullmatch(each))), None):
            self._colour = found[1]

    def end(self, tag: str) -> None:
        """End a part that is not shown."""
        self._hidden = max(0, self._hidden - (tag in _UNSEEN))

    def data(self, text: str) -> None:
        """Add text to the present field."""
        if self._name and not self._hidden:
            self._parts.append(_BREAK.sub(" ", text))

    def close(self) -> None:
        """Keep the present field."""
        if self._name:
            lines = (" ".join(each.split()) for each in "".join(self._parts).split("\n"))
            self.fields.append(_Field(self._name, "\n".join(lines).strip(), self._colour))
        self._name, self._colour, self._parts = "", "", []


def _is_bookmark(heading: _Field) -> bool:
    return kind_in(folded(_parted(heading.text)[0])) is Kind.BOOKMARK


def _is_note(heading: _Field) -> bool:
    return bool(heading.text) and not _is_bookmark(heading)


def _parted(heading: str) -> tuple[str, str]:
    """Return what a heading says that the note is, and where it stands."""
    what, _, where = heading.partition(" - ")
    return what, where or heading


def _note(heading: _Field, text: str, section: str) -> ListedNote:
    what, where = _parted(heading.text)
    chapter, _, where = where.rpartition(">")
    kind = kind_in(folded(what))
    named = _NAMED_COLOUR.search(heading.text)
    colour = heading.colour or (named[1].strip() if named else "")
    if kind is None:
        kind = Kind.HIGHLIGHT if colour else Kind.NOTE
    words = _SPACE.sub("", text) if kind is Kind.HIGHLIGHT else text
    return ListedNote(kind, chapter.strip() or section, place_in(folded(where)), colour, words)
