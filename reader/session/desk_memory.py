"""What was open in the list of notes last, for the next time: in the library's cache."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

import msgspec

from reader.files import UnfitFileError, make_private_folder, read_plain, write_atomically

MOST_BYTES: Final = 20_000
"""A larger file is not read."""


class DeskState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was open in the list of notes."""

    query: str = ""
    """The query."""
    order: str = ""
    """The order of the notes; empty for the usual one."""
    grouping: str = ""
    """What the notes are grouped by; empty for the usual one."""
    note: str = ""
    """The id of the highlighted note; empty for the first."""
    facets: bool = True
    """Whether the facets are shown where there is room for them."""


class DeskMemory:
    """Keeps the state while the program runs, and in a file for the next start."""

    def __init__(self, file: Path) -> None:
        """Read nothing yet.

        Args:
            file: The file; it need not exist.
        """
        self._file = file
        self._state: DeskState | None = None

    @property
    def state(self) -> DeskState:
        """What was open last; as at first where that is not known, or cannot be read."""
        if self._state is None:
            self._state = self._read()
        return self._state

    def _read(self) -> DeskState:
        with contextlib.suppress(OSError, UnfitFileError, msgspec.MsgspecError):
            content, _ = read_plain(self._file, MOST_BYTES)
            return msgspec.json.decode(content, type=DeskState)
        return DeskState()

    def remember(self, state: DeskState) -> None:
        """Keep a state for as long as the program runs."""
        self._state = state

    def save(self) -> None:
        """Write the state to its file; where that fails, the next start begins as at first."""
        if self._state is None:
            return
        with contextlib.suppress(OSError):
            make_private_folder(self._file.parent)
            write_atomically(self._file, [msgspec.json.encode(self._state)])
