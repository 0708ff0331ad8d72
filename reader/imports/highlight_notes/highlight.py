"""A quotation in a note in Markdown, and the note of Margin that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from reader.digests import part_digest
from reader.imports.dates import written_date
from reader.imports.highlight_notes.references import (
    MOST,
    Reference,
    plain,
    tags_of,
    without_days,
    without_markup,
)
from reader.imports.model import ImportedNote, ImportedSource
from reader.imports.values import moment_in


@dataclass
class Highlight:
    """A quotation that is being read, with what is written below it."""

    row: int
    words: str
    indent: int = -1
    """The indent of its item; -1 where it is no item."""
    reference: Reference = field(default_factory=Reference)
    remarks: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    colour: str = ""
    section: str = ""
    key: str = ""
    block_id: str = ""
    page: str = ""
    prefix: str = ""
    suffix: str = ""
    created: str = ""
    speaker: str = ""
    status: str = ""

    def take(self, properties: Mapping[str, str]) -> None:
        """Take what the properties of a block of Logseq say."""
        self.page = properties.get("hl-page") or properties.get("page", "")
        self.colour = self.colour or properties.get("hl-color") or properties.get("color", "")
        self.key = properties.get("id", "")
        self.created = moment_in(properties.get("hl-stamp", ""))
        self.speaker = without_markup(properties.get("speaker", ""))
        self.status = properties.get("status", "")
        self.tags += tags_of(properties.get("tags", ""))


def note_of(highlight: Highlight, source: ImportedSource) -> ImportedNote:
    """Return a quotation of a source as a note."""
    reference = highlight.reference
    key = highlight.key or reference.key
    if not key and highlight.block_id:
        key = part_digest((source.url or source.title, highlight.block_id))
    return ImportedNote(
        quote=plain(highlight.words),
        note=joined_remarks(highlight.remarks),
        tags=tuple(dict.fromkeys(highlight.tags)),
        colour=highlight.colour,
        speaker=highlight.speaker,
        status=highlight.status,
        created=highlight.created,
        modified=moment_in(reference.modified) or written_date(reference.modified),
        prefix=highlight.prefix,
        suffix=highlight.suffix,
        section=highlight.section,
        page=highlight.page or reference.page,
        position=reference.position,
        key=key,
        row=highlight.row,
    )


def joined_remarks(parts: list[str]) -> str:
    """Return what was written below a highlight; items of a list follow each other."""
    remark = ""
    for part in filter(None, (without_days(part).strip() for part in parts)):
        is_listed = part.startswith("- ") and remark.rpartition("\n")[2].startswith("- ")
        remark += ("\n" if is_listed else "\n\n") + part
    return remark.strip()[:MOST]
