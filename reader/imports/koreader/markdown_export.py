"""Reads the Markdown that KOReader exports, of one book or of several one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from reader.imports.authors import names_between_commas
from reader.imports.dates import moment_text, written_moment
from reader.imports.koreader.entries import with_unique_keys
from reader.imports.model import GivenFile, ImportedNote, ImportedSource, ImportItem
from reader.imports.values import with_unix_ends

_PLACE = re.compile(
    r"### Page (?P<page>\S{1,40}) @ (?P<time>\d\d \w+ \d{4} \d\d:\d\d:\d\d [AP]M)\s*\Z"
)
_ANY_PLACE = re.compile(
    r"^### Page \S{1,40} @ \d\d \w+ \d{4} \d\d:\d\d:\d\d [AP]M\s*$", re.MULTILINE
)
_AUTHOR = "##### "
_NOTE = "---"
_LINK = re.compile(r"\[[^\]\n]*\]\(<?file://")
_GENERATED = re.compile(r"_Generated at: .*_\s*\Z")

_FORMATS: Final = (
    ("**_", "_**", ""),
    ("**", "**", "invert"),
    ("==", "==", ""),
    ("*", "*", ""),
    ("++", "++", "underscore"),
    ("<u>", "</u>", "underscore"),
    ("~~", "~~", "strikeout"),
)
"""What stands around a passage, and the style for which it does so in the settings as they come."""


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is KOReader's Markdown: a heading with a page and a time."""
    return _ANY_PLACE.search(file.text) is not None


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the books with their notes."""
    title, chapter = "", ""
    authors: tuple[str, ...] = ()
    notes: list[ImportedNote] = []
    for number, block in _blocks(file.text):
        head, *body = block
        following = body[0] if body else ""
        if head.startswith("# ") and following.startswith(_AUTHOR):
            if notes:
                yield _source(title, authors, notes)
            title, chapter, notes = head.removeprefix("# ").strip(), "", []
            authors = names_between_commas(following.removeprefix(_AUTHOR))
        elif head.startswith("## "):
            chapter = head.removeprefix("## ").strip()
        elif found := _PLACE.match(head):
            notes.append(_note(found, body, chapter, number))
    if notes:
        yield _source(title, authors, notes)


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each heading with the lines below it, and its line.

    Only what KOReader writes as a heading is one: a passage may hold lines that begin like one.
    """
    lines = with_unix_ends(text).split("\n")
    starts = [
        number
        for number, line in enumerate(lines)
        if line.startswith(("# ", "## ", "### Page")) and _is_heading(lines, number)
    ]
    for start, end in pairwise([*starts, len(lines)]):
        yield start + 1, lines[start:end]


def _is_heading(lines: list[str], number: int) -> bool:
    line, following = lines[number], lines[number + 1] if number + 1 < len(lines) else ""
    if line.startswith("# "):
        return following.startswith(_AUTHOR)
    return bool(_PLACE.match(following if line.startswith("## ") else line))


def _source(title: str, authors: tuple[str, ...], notes: list[ImportedNote]) -> ImportedSource:
    return ImportedSource(title=title, authors=authors, notes=with_unique_keys(title, notes))


def _note(place: re.Match[str], body: list[str], chapter: str, number: int) -> ImportedNote:
    while body and (not body[-1].strip() or _LINK.match(body[-1]) or _GENERATED.match(body[-1])):
        body.pop()
    parted = body.index(_NOTE) if _NOTE in body else len(body)
    quote, style = _plain("\n".join(body[:parted]).strip())
    moment = written_moment(place["time"])
    return ImportedNote(
        quote=quote,
        note="\n".join(body[parted + 1 :]).strip(),
        colour=style,
        created=moment_text(moment) or place["time"],
        section=chapter,
        position=f"Page {place['page']}",
        key=moment.isoformat(" ") if moment else place["time"],
        row=number,
    )


def _plain(text: str) -> tuple[str, str]:
    """Return a passage without the format that stands around it, and its style."""
    for start, end, style in _FORMATS:
        if text.startswith(start) and text.endswith(end) and len(text) > len(start) + len(end):
            return text[len(start) : -len(end)], style
    return text, ""
