"""Reads files that have no record: those of earlier versions, and those that lost it.

Such a file does not say what each part of a note was. It is read as it is; the session takes what
it has besides the library, and keeps both texts of a note where they differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from reader.core.evidence import Relation, phrase
from reader.exported_markdown.attribution import SEPARATOR
from reader.exported_markdown.blocks import find_blocks
from reader.exported_markdown.file import MarkdownFile
from reader.exported_markdown.notes import note_of
from reader.exported_markdown.parts import PARTS, digests_of
from reader.exported_markdown.plain import plain, quoted_words
from reader.imports.model import ImportedNote, ImportedSource, ImportItem, Remark

_ID: Final = re.compile(r"\^margin-([A-Za-z0-9-]+)\s*")
_TAGS: Final = re.compile(r"#\S+(?: #\S+)*")
_RELATIONS: Final = "|".join(
    phrase(relation, is_basis=is_basis).capitalize()
    for relation in Relation
    for is_basis in (True, False)
)
_OF_MARGIN: Final = re.compile(
    rf"When it was marked it read: “|The p(?:assage|lace) |It stood |Not found since |"
    rf"(?:{_RELATIONS}) (?:“|https?://)"
)
"""The start of the paragraphs that Margin wrote between the tags and the note."""
_BOUNDARY: Final = re.compile(r"#{1,2} ")


def read(file: MarkdownFile) -> Iterator[ImportItem]:
    """Yield the article of a file with its notes.

    Args:
        file: A file of Margin's with a front matter and a block id at each passage.
    """
    ids = file.article_ids
    if len(ids) != 1:
        yield Remark("A file of several articles cannot be read without the lines at its end.")
        return
    notes = [*_with_attributions(file)] or [*_with_facts(file)]
    found = {note.key: note for note in notes}
    urls = file.values("url")
    yield ImportedSource(
        article=ids[0],
        title=file.text("title"),
        url=urls[0] if urls else "",
        notes=tuple(found.values()),
    )


def _with_attributions(file: MarkdownFile) -> Iterator[ImportedNote]:
    """Yield the notes of a file whose record was removed."""
    for block in find_blocks(file.body):
        if block.block_id:
            lines = [line for part in block.passage for line in (*part, "")]
            yield ImportedNote(
                key=block.block_id.removeprefix("margin-"),
                quote=quoted_words(lines),
                note=note_of([file.body[at] for at in block.note], is_item=False),
                tags=block.attribution.tags,
                speaker=block.attribution.speaker,
                status=block.attribution.status,
                row=file.first + block.quote,
            )


def _with_facts(file: MarkdownFile) -> Iterator[ImportedNote]:
    """Yield the notes of a file of an earlier version: below each quote its id, then its tags."""
    lines, is_edited = file.body, file.is_edited
    ids = [(at, found[1]) for at, line in enumerate(lines) if (found := _ID.fullmatch(line))]
    quotes = [_quote_above(lines, at) for at, _ in ids]
    for number, (at, key) in enumerate(ids):
        end = quotes[number + 1].start if number + 1 < len(ids) else len(lines)
        end = next((i for i in range(at, end) if _BOUNDARY.match(lines[i])), end)
        paragraphs = _paragraphs(lines[at + 1 : end])
        facts = paragraphs.pop(0)[0] if paragraphs and _TAGS.match(paragraphs[0][0]) else ""
        while paragraphs and _OF_MARGIN.match(paragraphs[0][0]):
            paragraphs.pop(0)
        note = [line for part in paragraphs for line in (*part, "")]
        tags, *others = facts.split(SEPARATOR)
        named = dict(each.split(": ", 1) for each in others if ": " in each)
        values = ImportedNote(
            key=key,
            quote=quoted_words(lines[i].removeprefix(">") for i in quotes[number]),
            note=note_of(note, is_item=False),
            tags=tuple(each.lstrip("#") for each in tags.split()),
            speaker=plain(named.get("Speaker", "")),
            status=plain(named.get("Status", "")),
            modified=file.exported,
            row=file.first + at,
        )
        yield values if is_edited else replace(values, base=_digests_of(values))


def _digests_of(note: ImportedNote) -> dict[str, str]:
    return digests_of({part: getattr(note, part) for part in PARTS})


def _quote_above(lines: Sequence[str], at: int) -> range:
    """Return the lines of the quote above a block id; none where something else stands there."""
    end = at
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and lines[start - 1].startswith(">"):
        start -= 1
    return range(start, end)


def _paragraphs(lines: Sequence[str]) -> list[list[str]]:
    """Return lines parted at empty ones."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]
