"""Notes that are being written, kept until they are saved or thrown away."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from reader.core.annotation import ClaimStatus
from reader.files import make_private_folder, write_atomically

_NAME = re.compile(r"[0-9A-Za-z]{1,64}")
"""What an annotation's id may be as a file's name."""


class Draft(msgspec.Struct, frozen=True):
    """What an open editor says; saved in no annotation yet."""

    note: str
    """Markdown."""
    tags: tuple[str, ...]
    """The tags, which may be none."""
    speaker: str
    """Who said it."""
    status: ClaimStatus | None
    """How far the claim was checked."""
    written: str
    """When: ISO 8601, UTC."""


class Drafts:
    """The drafts of one library, a small file each."""

    def __init__(self, folder: Path) -> None:
        """Keep drafts in ``folder``, which need not be there."""
        self._folder = folder

    def write(self, annotation_id: str, draft: Draft) -> None:
        """Keep what is being written about an annotation.

        Raises:
            OSError: It cannot be written; the draft before it is still there.
        """
        path = self._path(annotation_id)
        if path is not None:
            make_private_folder(self._folder)
            write_atomically(path, [msgspec.json.format(msgspec.json.encode(draft), indent=2)])

    def read(self, annotation_id: str) -> Draft | None:
        """Return what was being written about an annotation when the program ended, if anything."""
        path = self._path(annotation_id)
        if path is None:
            return None
        try:
            return msgspec.json.decode(path.read_bytes(), type=Draft)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None  # a draft is a help and never in the way

    def drop(self, annotation_id: str) -> None:
        """Forget a draft, because it was saved or thrown away."""
        path = self._path(annotation_id)
        if path is not None:
            path.unlink(missing_ok=True)

    def _path(self, annotation_id: str) -> Path | None:
        return self._folder / f"{annotation_id}.json" if _NAME.fullmatch(annotation_id) else None
