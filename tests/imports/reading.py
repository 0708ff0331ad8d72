"""Reads files of other programs in tests, as an import does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from reader.errors import SourceError
from reader.imports.model import BadRow, GivenFile, ImportedNote, ImportedSource, Remark
from reader.imports.registry import recognise


class Reading(NamedTuple):
    """What a file holds."""

    kind: str
    """The name of its kind; empty where none recognises it."""
    sources: list[ImportedSource]
    bad_rows: list[BadRow]
    remarks: list[Remark]

    @property
    def notes(self) -> list[ImportedNote]:
        """The notes of all its sources."""
        return [note for source in self.sources for note in source.notes]


def read(data: bytes | str, name: str = "file") -> Reading:
    """Return what a file holds, by the kind that recognises it."""
    file = GivenFile(data.encode() if isinstance(data, str) else data, name)
    kind = recognise(file)
    if kind is None:
        return Reading("", [], [], [])
    found = list(kind.read(file))
    return Reading(
        kind.name,
        [each for each in found if isinstance(each, ImportedSource)],
        [each for each in found if isinstance(each, BadRow)],
        [each for each in found if isinstance(each, Remark)],
    )


def with_words(source: ImportedSource) -> ImportedSource:
    """Return a source without the notes that an import leaves out and counts: those without words."""
    notes = (each for each in source.notes if each.quote or each.note or each.tags)
    return replace(source, notes=tuple(notes))


def read_or_refuse(data: bytes) -> Reading | None:
    """Return what a file holds; None if it is refused with a sentence. Anything else is a fault."""
    try:
        return read(data)
    except SourceError:
        return None


def damaged(sample: bytes, place: int, piece: bytes, cut: int) -> bytes:
    """Return a sample with a piece in place of some of its bytes."""
    place %= len(sample) + 1
    return sample[:place] + piece + sample[place + cut :]


def archive(files: Mapping[str, bytes | str]) -> bytes:
    """Return an archive of some files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return packed.getvalue()
