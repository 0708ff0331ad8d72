"""Which texts templates wrote to files: in the library's cache, by their digests.

What a template writes need not say that it is Margin's, so that nothing but this tells whether a
file may be replaced. Where the record is lost, such files are taken for a person's own.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import msgspec

from reader.files import UnfitFileError, make_private_folder, read_plain, write_atomically

if TYPE_CHECKING:
    from reader.exports.templates import WrittenText

MOST_TEXTS: Final = 100_000
"""How many texts are remembered; the oldest are forgotten first."""

_MOST_BYTES: Final = 64_000_000


class _Entry(msgspec.Struct, array_like=True):
    digest: str
    template: str
    articles: tuple[str, ...]
    query: str
    tags: tuple[str, ...]


class WrittenTexts:
    """The record while templates are used; what was added is written when it is closed."""

    def __init__(self, file: Path) -> None:
        """Read nothing yet.

        Args:
            file: The file; it need not exist.
        """
        self._file = file
        self._known: dict[str, WrittenText] | None = None
        self._added: dict[str, WrittenText] = {}

    def __enter__(self) -> Self:
        """Begin to use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write what was added; where that fails, these files are not known again."""
        if not self._added:
            return
        texts = {**self._read(), **self._added}  # another process may have added some
        entries = [_Entry(digest, *text) for digest, text in texts.items()][-MOST_TEXTS:]
        with contextlib.suppress(OSError):
            make_private_folder(self._file.parent)
            write_atomically(self._file, [msgspec.json.encode(entries)])

    def find(self, digest: str) -> WrittenText | None:
        """Return the text with a digest; None where none was written."""
        if self._known is None:
            self._known = self._read()
        return self._added.get(digest) or self._known.get(digest)

    def add(self, digest: str, text: WrittenText) -> None:
        """Remember a text."""
        self._added[digest] = text

    def _read(self) -> dict[str, WrittenText]:
        from reader.exports.templates import WrittenText  # noqa: PLC0415  (where one is used)

        with contextlib.suppress(OSError, UnfitFileError, msgspec.MsgspecError):
            content, _ = read_plain(self._file, _MOST_BYTES)
            entries = msgspec.json.decode(content, type=list[_Entry])
            return {
                each.digest: WrittenText(each.template, each.articles, each.query, each.tags)
                for each in entries
            }
        return {}
