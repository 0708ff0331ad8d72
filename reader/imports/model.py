"""What the files of other programs hold: sources with notes on them, and rows that are bad."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final, TypeAlias, TypeVar

import msgspec

from reader.core.evidence import Evidence
from reader.core.table_cells import table_rows
from reader.errors import SourceError
from reader.imports.archive import Archive, is_archive
from reader.imports.records import json_in
from reader.imports.values import decoded

_SEPARATORS: Final = (",", ";", "\t")
"""What stands between the cells of a table; spreadsheets write a semicolon in some countries."""

_HEADING_LENGTH: Final = 100_000
"""How many code points of a file are looked at for the first row of a table."""

_Value = TypeVar("_Value")


class ImportedNote(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A note of another program on a passage, or on a source as a whole."""

    quote: str = ""
    """The words of the passage; empty for a note on the whole source."""
    note: str = ""
    """Markdown."""
    tags: tuple[str, ...] = ()
    """Its tags there, as they are written there."""
    colour: str = ""
    """The name of its colour, style or label there, as it is written there; may be empty."""
    speaker: str = ""
    """Who said the passage, where the other program knows."""
    status: str = ""
    """The status of a claim, where the other program knows."""
    created: str = ""
    """When it was made: ISO 8601, UTC, with milliseconds; empty if unknown. Where it cannot be
    read it is as it is written there, and an import counts it."""
    modified: str = ""
    """When it was changed last, in the same form; empty if unknown."""
    prefix: str = ""
    """What stands before the passage; may be empty."""
    suffix: str = ""
    """What stands after it; may be empty."""
    start: int | None = None
    """About where it stands, as an offset in code points; None where that is not known."""
    section: str = ""
    """The heading of its section or chapter; may be empty."""
    page: str = ""
    """The number of its page, as a printed book has it; may be empty."""
    position: str = ""
    """Where it stands, in the words of the other program (``Location 1,204``); may be empty."""
    key: str = ""
    """What identifies it there, for good; empty where only its source and words do. In a file of
    Margin's own it is the id of the annotation, a ULID."""
    earlier: tuple[tuple[str, str], ...] = ()
    """The words that the passage had before, oldest first, each with since when it had them, in a
    file of Margin's own."""
    since: str = ""
    """Since when it has its present words, where it had others before; may be empty."""
    evidence: tuple[Evidence, ...] = ()
    """What it rests on, and what it is evidence for, in a file of Margin's own."""
    row: int = 0
    """The line of the file, or the number of the entry, from 1; 0 where there is none."""
    base: Mapping[str, str] = {}
    """In a file of Margin's own that a person may have edited: the digests of what its quote, note,
    tags, speaker and status were when it was written, by these names; see
    ``digests.part_digest``."""


class ImportedSource(msgspec.Struct, frozen=True, kw_only=True):
    """An article, page or book of another program, with its notes."""

    article: str = ""
    """The id of its article, a ULID, in a file of Margin's own; empty in any other."""
    title: str = ""
    """Its title; may be empty."""
    authors: tuple[str, ...] = ()
    """Its authors, each as one name."""
    url: str = ""
    """Its web address, or else another one that identifies it (``urn:x-pdf:…``); may be empty."""
    path: str = ""
    """The path of its file on this machine; may be empty."""
    site: str = ""
    """Its outlet or publisher; may be empty."""
    published: str = ""
    """When it was published, as ``Metadata.published``."""
    language: str = ""
    """BCP 47; may be empty."""
    isbn: str = ""
    """The ISBN of a book, digits alone; may be empty."""
    added: str = ""
    """When it was saved there: ISO 8601, UTC, with milliseconds; empty if unknown."""
    tags: tuple[str, ...] = ()
    """The tags of the source itself, which become its projects."""
    is_archived: bool = False
    """Whether it was archived there."""
    read_text: Callable[[], bytes] | None = None
    """Returns the bytes of its text, or raises ``SourceError``; None where the file holds none. An
    archive may hold more text than fits the memory, so each is read when it is needed."""
    text_name: str = ""
    """The name of the file with its text, as ``the-quiet-ledger.html``."""
    notes: tuple[ImportedNote, ...] = ()
    """The notes, in the order of the file."""


NO_ADDRESS: Final = "the web address is missing"
"""Why a row is bad that names no article."""

BAD_ADDRESS: Final = "its web address cannot be read"
"""Why a row is bad that names an article by something else."""


class BadRow(msgspec.Struct, frozen=True):
    """A row of a file that cannot be read; the rest is read."""

    row: int
    """The line of the file, or the number of the entry, from 1."""
    message: str
    """What is wrong, as a clause that stands after ``line 12: ``: ``the date is missing``."""
    is_entry: bool = False
    """Whether ``row`` counts the entries of the file, as in JSON, and not its lines."""

    @property
    def where(self) -> str:
        """Where it is, in words: ``line 12``, ``entry 3``."""
        return f"{'entry' if self.is_entry else 'line'} {self.row:,}"


class Remark(msgspec.Struct, frozen=True):
    """What a reader says of a file as a whole, such as what it leaves out on purpose."""

    message: str
    """One sentence: ``2 bookmarks are left out, which have no words.``"""


ImportItem: TypeAlias = ImportedSource | BadRow | Remark
"""What a reader yields, in the order of the file."""


class GivenFile:
    """A file to import, with what several formats look at to recognise their own."""

    def __init__(self, data: bytes, name: str) -> None:
        """Keep a file.

        Args:
            data: Its bytes.
            name: Its name, without folders, for messages and as a hint.
        """
        self.data = data
        self.name = name
        self._values: dict[Callable[[GivenFile], Any], Any] = {}

    def once(self, read: Callable[[GivenFile], _Value]) -> _Value:
        """Return what a function reads of the file, which is called the first time alone.

        A file is recognised by much that is also needed to read it.
        """
        if read not in self._values:
            self._values[read] = read(self)
        value: _Value = self._values[read]
        return value

    @cached_property
    def archive(self) -> Archive:
        """It as an archive; whether it is one that can be read shows when it is asked."""
        return Archive(self.data, self.name)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the files in it; none where it is no archive, or a damaged one."""
        try:
            return self.archive.names if is_archive(self.data) else ()
        except SourceError:
            return ()

    @cached_property
    def text(self) -> str:
        """Its text, with line ends as in the file."""
        return decoded(self.data)

    @cached_property
    def json(self) -> Any:
        """What it holds as JSON; None where it is none, or only ``null``."""
        text = self.text.lstrip("\ufeff \t\r\n")
        return json_in(text) if text.startswith(("{", "[")) else None

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names in its first row as a CSV, in lower case; empty where it is none."""
        return tuple(each.strip().lower() for each in self._heading(self.separator))

    @cached_property
    def table(self) -> str:
        """Its text from the heading of its table on; spreadsheets may write ``sep=;`` before it."""
        text = self.text.lstrip("\ufeff\r\n")
        if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
            return text[5:].lstrip("\r\n")
        return text

    @cached_property
    def separator(self) -> str:
        """What stands between the cells of its first row as a CSV: a comma where it is none."""
        return max(_SEPARATORS, key=lambda each: len(self._heading(each)))

    def _heading(self, separator: str) -> list[str]:
        """Return the cells of the first row; none where it has only one, and of an archive."""
        if is_archive(self.data):  # which may hold a table that is not compressed
            return []
        head = self.table[:_HEADING_LENGTH]
        try:
            first = next(table_rows(io.StringIO(head, newline=""), separator), [])
        except csv.Error:
            return []
        return first if len(first) > 1 else []
