"""Reads the text that KOReader exports; it adds to the same file, so that a book may come again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.imports.dates import moment_text, written_moment
from reader.imports.koreader.entries import with_unique_keys
from reader.imports.left_out import left_out
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, ImportItem
from reader.imports.values import with_unix_ends

_WIDE = "\u3000"
_SEPARATOR = "-=-=-=-=-=-"
_PLACE = re.compile(rf"{_WIDE}{_WIDE}-- [^:\n]{{1,30}}: ([^,\n]{{1,40}}), ([^\n]{{1,80}})\Z")
_NOTE = "---"
_IMAGE = "<An image>"


def recognises(file: GivenFile) -> bool:
    """Tell whether a file is KOReader's text: lines between its passages, and wide spaces."""
    return _SEPARATOR in file.text and f"\n{_WIDE}{_WIDE}-- " in file.text.replace("\r", "\n")


def read(file: GivenFile) -> Iterator[ImportItem]:
    """Yield the books with their notes; a passage that stands there twice comes once."""
    books: dict[str, dict[tuple[str, str], ImportedNote]] = {}
    title = ""
    pictures = 0
    for number, lines in _entries(file.text):
        place = next((count for count, line in enumerate(lines) if _PLACE.match(line)), None)
        if place is None:
            if any(each.strip(f"{_WIDE} ") for each in lines):
                yield BadRow(number, "it does not say where the passage stands")
            continue
        names = [name for each in lines[:place] if (name := each.strip(f"{_WIDE} "))]
        if number == 1 or not lines[0]:  # a book begins after an empty line
            title = names.pop(0) if names else ""
        found = _PLACE.match(lines[place])
        chapter = names[-1] if names else ""
        note = _note(found, lines[place + 1 :], chapter, number) if found else None
        if note is not None:
            books.setdefault(title, {})[note.key, note.quote] = note
        else:
            pictures += 1
    for book, notes in books.items():
        yield ImportedSource(title=book, notes=with_unique_keys(book, notes.values()))
    yield from left_out({"marked picture": pictures})


def _entries(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of each entry with the number of the first one."""
    lines: list[str] = []
    start = 1
    plain = with_unix_ends(text)
    for number, line in enumerate(plain.split("\n"), 1):
        if line == _SEPARATOR:
            yield start, lines
            lines, start = [], number + 1
        else:
            lines.append(line)
    yield start, lines


def _note(place: re.Match[str], lines: list[str], chapter: str, number: int) -> ImportedNote | None:
    parted = lines.index(_NOTE) if _NOTE in lines else len(lines)
    quote = "\n".join(lines[:parted]).strip().removesuffix(_IMAGE).strip()
    note = "\n".join(lines[parted + 1 :]).strip().removesuffix(_IMAGE).strip()
    moment = written_moment(place[2])
    if not quote and not note:
        return None
    return ImportedNote(
        quote=quote,
        note=note,
        created=moment_text(moment) or place[2],
        section=chapter,
        position=f"Page {place[1]}",
        key=moment.isoformat(" ") if moment else place[2],
        row=number,
    )
