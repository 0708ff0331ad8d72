"""How a file of Markdown is kept up to date in which a person writes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from reader.digests import part_digest
from reader.exported_markdown.attribution import read_attribution
from reader.exported_markdown.file import FENCE, parse_file
from reader.exported_markdown.matching import matched
from reader.exported_markdown.plain import plain
from reader.exports.file_parts import FileForm, FileParts, WrittenLines, decoded

_LINES: Final = "lines"
"""The name of what a record says of the lines that Margin wrote."""
_LINES_ROW: Final = re.compile(rf'\{{"{_LINES}": "([^"]*)"\}}')
_OF_RECORD: Final = re.compile(r"<!-- |-->|\s*[\[{]|\s*$")
"""How the lines of a record begin; a person wrote any other between them."""
_QUOTED: Final = re.compile(r">[ ]?")
_TITLE: Final = re.compile(r"# (.*\S)")


def parts(text: str) -> FileParts:
    """Return the parts of a file, whoever wrote it."""
    file = parse_file(text)
    rows = [found for line in file.record_lines if (found := _LINES_ROW.fullmatch(line.strip()))]
    heading = next(filter(None, map(_TITLE.fullmatch, file.body)), None)
    record = file.found.record if file.found else None
    stray = [line for line in file.record_lines if not _OF_RECORD.match(line)]
    written = decoded(rows[0][1]) if rows else None
    return FileParts(
        file.fields,
        file.body,
        file.digests[0],
        file.is_edited,
        written,
        [line for line in file.record_lines if _is_margins_row(line)],
        [*stray, *file.tail],
        file.text("title") or (plain(heading[1]) if heading else ""),
        tuple(note.id for each in record.articles for note in each.notes) if record else (),
    )


def joined(parts: FileParts) -> str:
    """Return a file from its parts."""
    fields = [line for lines in parts.fields.values() for line in lines]
    head = [FENCE, *fields, FENCE] if fields else []
    return "\n".join([*head, *parts.body, *_record(parts.record, parts.written), *parts.tail])


def is_margins(line: str) -> bool:
    """Tell whether a line is an attribution, whose speaker, tags and status are taken back."""
    quoted = _QUOTED.match(line)
    return quoted is not None and read_attribution(line[quoted.end() :]) is not None


def notes(text: str) -> dict[str, str]:
    """Return digests of the notes of a file as they are now, by the ids of the annotations."""
    return {
        each.record.id: part_digest(each.values.note)
        for each in matched(parse_file(text))
        if each.record is not None
    }


def margins(text: str) -> set[int]:
    """Return the lines of what Margin reads back: quotations as it wrote them, and their notes."""
    lines: set[int] = set()
    for each in matched(parse_file(text)):
        if each.record is not None:
            lines.update(each.block.note)
            if not each.is_passage_edited:
                lines.update(range(each.block.start, each.block.end))
    return lines


def _is_margins_row(line: str) -> bool:
    """Tell whether a line of a record is Margin's, and says nothing of the lines of the file."""
    return _OF_RECORD.match(line) is not None and not _LINES_ROW.fullmatch(line.strip())


def _record(lines: Sequence[str], written: WrittenLines | None) -> list[str]:
    """Return the lines of a record with what Margin wrote."""
    if written is None or len(lines) < 2:
        return list(lines)
    row = json.dumps({_LINES: written.encoded()})
    return [*lines[:-1], row, lines[-1]]


FORM: Final = FileForm(parts, joined, is_margins, margins, notes)
"""What the registry has of this module."""
