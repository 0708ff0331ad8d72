"""A passage of an outline as the file has it now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reader.digests import part_digest


class OutlinedNote(NamedTuple):
    """An annotation in a file of Org or Logseq, with what it was when Margin wrote it."""

    id: str
    """Its id."""
    article: str
    """The id of its article."""
    row: int
    """The line of its passage, from 1."""
    quote: str
    """The words of the passage, without markup; empty where they were removed."""
    note: str
    """Markdown."""
    tags: tuple[str, ...]
    """The tags; empty where all were removed."""
    speaker: str
    """Who said it; may be empty."""
    status: str
    """The status of a claim; may be empty."""
    base: Mapping[str, str]
    """Digests of what the parts were, by the names in ``parts.PARTS``."""
    section: str = ""
    """The heading above it; may be empty."""
    page: str = ""
    """Its printed page; may be empty."""


class BadPassage(NamedTuple):
    """A passage that is not read."""

    row: int
    """Its line, from 1."""
    message: str
    """What is wrong, as a clause."""


class Outline(NamedTuple):
    """What is read of a file of Margin's."""

    article_ids: tuple[str, ...]
    """The ids of its articles."""
    title: str
    """The title of its only article; empty where there are several."""
    url: str
    """The web address of that one; may be empty."""
    notes: tuple[OutlinedNote, ...]
    """Its annotations, in their order, each once."""
    bad: tuple[BadPassage, ...]
    """What could not be read."""
    rest: frozenset[str]
    """The lines that are no notes, and say no tags, speakers and statuses."""


def holds_edits(before: Outline, after: Outline) -> bool:
    """Return whether a file holds all that a person may have written into an earlier one."""
    present = {note.id: _values(note) for note in after.notes}
    return (
        not before.bad
        and before.rest <= after.rest
        and all(present.get(note.id) == _values(note) for note in before.notes)
    )


def digests(outline: Outline) -> dict[str, str]:
    """Return digests of the notes of a file as they are now, by the ids of the annotations."""
    return {note.id: part_digest(note.note) for note in outline.notes}


def _values(note: OutlinedNote) -> tuple[str, ...]:
    parts = (note.note, note.tags, note.speaker, note.status)
    return tuple(map(part_digest, parts))
