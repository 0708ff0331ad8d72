"""Changes of many notes that can be undone after the program has ended, a file for each."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any, Final

import msgspec

from reader.core.speaker_names import OtherName
from reader.errors import StoreError
from reader.files import is_there, make_private_folder, read_plain, write_atomically
from reader.store.errors import cannot_read, cannot_write

MOST_KEPT: Final = 20
"""How many steps are kept; the oldest are deleted."""

_LARGEST: Final = 64_000_000
"""The most bytes of a step: one note takes some 200."""


class StoredChange(msgspec.Struct, frozen=True, gc=False):
    """What a step changed of one note."""

    article: str
    """The ULID of its article."""
    id: str
    """The ULID of the annotation."""
    before: dict[str, Any]
    """The values of the changed parts before the step, by the names of the fields."""
    after: dict[str, Any]
    """The values of the same parts after the step."""


class MadeNote(msgspec.Struct, frozen=True, gc=False):
    """A note that an import made."""

    article: str
    """The ULID of its article."""
    id: str
    """The ULID of the annotation."""
    state: str
    """The digest of what it was, which tells whether it was changed since."""


class MadeArticle(msgspec.Struct, frozen=True, omit_defaults=True):
    """An article that an import made, or gave to projects."""

    article: str
    """Its ULID."""
    is_new: bool = msgspec.field(default=False, name="new")
    """Whether the import made it."""
    projects: tuple[str, ...] = ()
    """The projects that the import gave it to."""
    trashed: str = ""
    """The name of its removal in the trash, where the import was undone."""


class StoredStep(msgspec.Struct, frozen=True, omit_defaults=True):
    """A change of many notes, and of what is known of the names of speakers."""

    id: str
    """ULID."""
    label: str
    """What it did, in words."""
    made: str
    """When it was made: ISO 8601, UTC, with milliseconds."""
    notes: tuple[StoredChange, ...] = ()
    """What it changed, or was to change where it is not complete."""
    made_notes: tuple[MadeNote, ...] = ()
    """The notes that it made."""
    made_articles: tuple[MadeArticle, ...] = ()
    """The articles that it made, or gave to projects."""
    is_import: bool = msgspec.field(default=False, name="import")
    """Whether it is an import."""
    speakers: tuple[tuple[OtherName, OtherName], ...] = ()
    """What was known of names before, and after."""
    is_complete: bool = msgspec.field(default=False, name="complete")
    """Whether it was made to its end."""
    undone: str = ""
    """When it was undone; empty where it was not."""

    @property
    def note_count(self) -> int:
        """How many notes it made or changed."""
        return len(self.notes) + len(self.made_notes)


class Steps:
    """The steps of one library."""

    def __init__(self, folder: Path) -> None:
        """Keep steps in ``folder``, which need not exist."""
        self._folder = folder

    def all(self) -> list[StoredStep]:
        """Return the steps that can be read, the newest first.

        Raises:
            StoreError: The folder cannot be read.
        """
        try:
            names = sorted((path.name for path in self._folder.glob("*.json")), reverse=True)
        except OSError as error:
            raise cannot_read(error, self._folder) from error
        steps: list[StoredStep] = []
        for name in names:
            with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
                content = read_plain(self._folder / name, _LARGEST)[0]
                steps.append(msgspec.json.decode(content, type=StoredStep))
        return steps

    def write(self, step: StoredStep) -> None:
        """Write a step, durably, in place of an earlier state of it.

        Raises:
            StoreError: It cannot be written; a step that is new is not there then.
        """
        path = self._path(step.id)
        is_new = not is_there(path)
        try:
            make_private_folder(self._folder)
            write_atomically(path, [msgspec.json.format(msgspec.json.encode(step), indent=2)])
            for old in sorted(self._folder.glob("*.json"))[:-MOST_KEPT]:
                old.unlink(missing_ok=True)
        except OSError as error:
            if is_new:  # the file may be there, and only its name not be durable
                self.drop(step.id)
            raise cannot_write(error, path) from error

    def drop(self, step_id: str) -> None:
        """Delete a step; one that cannot be deleted stays."""
        with contextlib.suppress(OSError):
            self._path(step_id).unlink(missing_ok=True)

    def _path(self, step_id: str) -> Path:
        if not step_id.isalnum():
            raise StoreError("Not saved", f"{step_id!r} is no name of a step.")
        return self._folder / f"{step_id}.json"
