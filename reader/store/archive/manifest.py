"""The description of a backup's files, and the bounds of what a backup may hold."""

from __future__ import annotations

from typing import Final

import msgspec

from reader.store.files.paths import ARTICLES, DRAFTS, NAMES, SNAPSHOTS, TRASH

MANIFEST: Final = "manifest.json"
"""The last entry of an archive, which lists the other entries with their digests."""

FORMAT: Final = 1
"""The version of the format that this program writes."""

FORMAT_NAME: Final = "margin-backup"
"""What identifies a backup."""

PACKED_FOLDERS: Final = (ARTICLES, DRAFTS, NAMES, SNAPSHOTS, TRASH)
"""The folders of a library that hold what cannot be made again."""

LARGEST_ENTRY: Final = 512_000_000
"""The most bytes of a file in a backup."""

PIECE: Final = 1 << 20
"""The bytes of a file that are read at once."""


class Entry(msgspec.Struct, frozen=True):
    """A file in an archive."""

    sha256: str
    """The SHA-256 digest of the content in hexadecimal digits."""
    size: int
    """The length in bytes."""


class Manifest(msgspec.Struct, frozen=True):
    """The description of an archive."""

    format: str
    """Always ``margin-backup``."""
    version: int
    """The version of the format."""
    created: str
    """When the archive was made: ISO 8601, UTC."""
    files: dict[str, Entry]
    """The files by their paths relative to the library, with slashes."""
