"""Where an article comes from: a path, or standard input."""

from __future__ import annotations

import hashlib
import sys
from functools import cached_property
from pathlib import Path

from reader.errors import SourceError

STANDARD_INPUT = "-"
"""The source that stands for standard input."""

MAX_SOURCE_BYTES = 200_000_000
"""The largest file that is opened, in bytes: twenty times the longest books."""


class Source:
    """The bytes of an article, and where they came from."""

    def __init__(self, address: str, name: str, data: bytes) -> None:
        self.address = address
        """Absolute path; empty for standard input."""
        self.name = name
        """File name, from which the kind is told; may be empty."""
        self.data = data
        """The bytes as they are."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


def address_of(source: str) -> str:
    """Return what a source is known by in the library: its absolute path, links resolved.

    Standard input has no address: the empty string.
    """
    if source == STANDARD_INPUT:
        return ""
    return str(Path(source).expanduser().resolve())


def fetch(source: str) -> Source:
    """Read a source.

    Args:
        source: A path, or ``-`` for standard input.

    Raises:
        SourceError: It is missing, not a plain file, too large or cannot be read.
    """
    if source == STANDARD_INPUT:
        return Source("", "", sys.stdin.buffer.read(MAX_SOURCE_BYTES))
    if source.startswith(("http://", "https://")):
        raise SourceError(
            "Cannot open a web address",
            f"Margin opens files; save {source} as text or Markdown and open that.",
        )
    path = Path(address_of(source))
    try:
        if path.is_dir():
            raise SourceError("Not an article", f"{source} is a folder; name a file in it.")
        if path.exists() and not path.is_file():
            raise SourceError(
                "Not an article", f"{source} is a device or a pipe; give its text with: margin -"
            )
        if path.stat().st_size > MAX_SOURCE_BYTES:
            raise SourceError(
                "File too large",
                f"{source} has over {MAX_SOURCE_BYTES // 1_000_000} MB; split it to read it.",
            )
        return Source(str(path), path.name, path.read_bytes())
    except FileNotFoundError:
        raise SourceError("File not found", f"There is no file {source}; check the path.") from None
    except OSError as error:
        raise SourceError("File cannot be read", f"{source}: {error.strerror or error}.") from error
