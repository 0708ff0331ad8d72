"""Drafts: notes that are being written, kept until they are saved or discarded."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import msgspec

from reader.files import make_private_folder, read_plain, write_atomically

_NAME = re.compile(r"[0-9A-Za-z]{1,64}")
"""The annotation ids that may be a file's name."""

_LARGEST = 16_000_000
"""The most bytes of a draft."""


class Draft(msgspec.Struct, frozen=True):
    """The content of an open note editor, not yet saved in an annotation."""

    note: str
    """Markdown."""
    tags: tuple[str, ...]
    """The tags; may be empty."""
    speaker: str
    """Who said it."""
    status: str | None
    """The status of a claim."""
    written: str
    """When the draft was written: ISO 8601, UTC."""


class Drafts:
    """The drafts of one library, a small file for each."""

    def __init__(self, folder: Path) -> None:
        """Keep drafts in ``folder``, which need not exist."""
        self._folder = folder

    def write(self, annotation_id: str, draft: Draft) -> None:
        """Save the draft of an annotation's note.

        Raises:
            OSError: The draft cannot be written; the draft before it is unchanged.
        """
        path = self._path(annotation_id)
        if path is not None:
            make_private_folder(self._folder)
            write_atomically(path, [msgspec.json.format(msgspec.json.encode(draft), indent=2)])

    def read(self, annotation_id: str) -> Draft | None:
        """Return the draft of an annotation's note; None where there is none that can be read."""
        path = self._path(annotation_id)
        if path is None:
            return None
        try:
            draft = msgspec.json.decode(read_plain(path, _LARGEST)[0], type=Draft)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None  # a damaged draft must not keep the note from being edited
        left = self.read_text(annotation_id)  # by a program that went on when Margin had died
        return draft if left is None else msgspec.structs.replace(draft, note=left)

    def ids(self) -> frozenset[str]:
        """Return the ids of the annotations whose notes have a draft."""
        try:
            names = [path.name for path in self._folder.iterdir()]
        except OSError:
            return frozenset()
        return frozenset(
            name.partition(".")[0] for name in names if name.endswith((".json", ".md"))
        )

    def drop(self, annotation_id: str) -> None:
        """Delete the draft of an annotation, if there is one."""
        path = self._path(annotation_id)
        if path is not None:
            path.unlink(missing_ok=True)
        self.drop_text(annotation_id)

    # The text of a note as a file of its own, for another program

    def write_text(self, annotation_id: str, text: str) -> Path:
        """Write the text of a note for another program to change, and return its file.

        Raises:
            OSError: It cannot be written.
        """
        path = self._path(annotation_id, ".md")
        if path is None:
            raise OSError(errno.EINVAL, "its id cannot be a file's name")
        make_private_folder(self._folder)
        write_atomically(path, [f"{text}\n".encode()], keeps_mode=False)
        return path

    def read_text(self, annotation_id: str) -> str | None:
        """Return the text that another program has left, without white space at its end.

        Returns:
            The text, with a replacement character for what is no UTF-8; None where there is no
            file that can be read.
        """
        path = self._path(annotation_id, ".md")
        try:
            data = read_plain(path, _LARGEST)[0] if path is not None else None
        except OSError:
            return None
        if data is None:
            return None
        text = data.decode("utf-8-sig", "replace")
        return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()

    def drop_text(self, annotation_id: str) -> None:
        """Delete the file for another program, if there is one."""
        path = self._path(annotation_id, ".md")
        if path is not None:
            path.unlink(missing_ok=True)

    def _path(self, annotation_id: str, ending: str = ".json") -> Path | None:
        if _NAME.fullmatch(annotation_id) is None:
            return None
        return self._folder / f"{annotation_id}{ending}"
