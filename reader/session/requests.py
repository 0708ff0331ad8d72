"""The requests to a session and its results: values that are cheap to import."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

MAX_LISTED = 8
"""How many places of a repeated quote, or articles of one name, an error lists."""


class AnnotationRequest(NamedTuple):
    """A passage to annotate without opening the reader."""

    quote: str
    """The passage; any run of white space counts as one space."""
    prefix: str = ""
    """The words before it, if it is in the article more than once."""
    suffix: str = ""
    """The words after it, for the same purpose."""
    tags: Sequence[str] = ()
    """Tags; none means ``quote``."""
    note: str = ""
    """Markdown."""
    speaker: str = ""
    """Who said it."""
    status: str = ""
    """How far the claim was checked; empty for what a new or known annotation has anyway."""


class ChosenNotes(NamedTuple):
    """Notes that are exported by themselves, whatever else their articles have."""

    ids: Collection[str]
    """The ids of the annotations."""
    query: str
    """What chose them, on one line and not empty: a query, or the name of a saved search. It names
    the files, which an export of anything else leaves alone."""


class ExportScope(NamedTuple):
    """What can be exported at once."""

    label: str
    """What it is, as a choice: ``These 14 notes``."""
    article_ids: tuple[str, ...] | None
    """Which articles; None for all."""
    chosen: ChosenNotes | None = None
    """The only annotations of these articles; None for all."""

    @property
    def is_everything(self) -> bool:
        """Whether this is all of the library."""
        return self.article_ids is None and self.chosen is None


class ExportRequest(NamedTuple):
    """An export that a person asked for."""

    article_ids: tuple[str, ...] | None
    """Which articles; None for all."""
    tags: tuple[str, ...]
    """Only annotations with one of these; empty for all."""
    target: Path | None
    """A file, or a folder for a file per article; None for the clipboard."""
    format_name: str
    """The name of one of ``offered_formats``; empty for that of a vault."""
    chosen: ChosenNotes | None = None
    """The only annotations of these articles; None for all."""
    is_vault: bool = False
    """Whether the target is a folder that is kept up to date, in which a person writes."""


class Exported(NamedTuple):
    """A file that an export was written to."""

    path: Path
    """The file."""
    is_changed: bool
    """Whether its content has changed."""
    kept: Path | None = None
    """The copy of its former content, if a person had changed that; otherwise None."""
    leftover: str = ""
    """A sentence on a file of an earlier export of which the annotations are gone; empty for a file
    that was written."""
