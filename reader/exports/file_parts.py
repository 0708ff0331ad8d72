"""The parts of an exported file that a person may write in, and what Margin wrote of them.

So that a later export knows what is a person's, the file says which lines Margin wrote: by a
digest of each, which is enough to merge, and far smaller than the text.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

_KEY_BYTES: Final = 3
"""The bytes of the digest of a line: three make four letters in the file."""
_PARTING: Final = "."
"""Stands between the digests of the fields and those of the lines."""


class WrittenLines(NamedTuple):
    """Digests of what Margin wrote to a file."""

    fields: tuple[int, ...]
    """Those of the values in its fields; the order tells nothing."""
    body: tuple[int, ...]
    """Those of the lines of its body that are not empty, in their order."""

    def encoded(self) -> str:
        """Return the digests as letters, digits and ``-_.`` for the file."""
        return _PARTING.join(map(_letters, self))


class FileParts(NamedTuple):
    """An exported file in its parts."""

    fields: Mapping[str, Sequence[str]]
    """The lines of each field at its top, by name; further lines are the items of a list."""
    body: Sequence[str]
    """The lines below, of Margin and of a person."""
    digest: str
    """A digest of all that Margin wrote, whenever it did; empty where the file does not say."""
    is_edited: bool
    """Whether the body was changed since."""
    written: WrittenLines | None = None
    """What Margin wrote, where the file says so."""
    record: Sequence[str] = ()
    """Lines below the body that are Margin's alone."""
    tail: Sequence[str] = ()
    """A person's lines below these."""
    title: str = ""
    """The title of the article, as the file has it."""
    ids: tuple[str, ...] = ()
    """What identifies its annotations in the file, in their order."""

    @property
    def own_lines(self) -> WrittenLines:
        """Digests of all that the file holds, as if Margin had written all of it."""
        fields = (
            value_key(name, value) for name, lines in self.fields.items() for value in values(lines)
        )
        return WrittenLines(tuple(fields), tuple(map(line_key, filter(str.strip, self.body))))


class FileForm(NamedTuple):
    """How a format parts its files."""

    parts: Callable[[str], FileParts]
    """Takes what a file holds, whoever wrote it; returns its parts."""
    joined: Callable[[FileParts], str]
    """Takes parts; returns the file, which says what Margin wrote if ``written`` does."""
    is_margins: Callable[[str], bool] = lambda _: False
    """Tells whether a line says only what is taken back into the library when it was changed."""
    margins: Callable[[str], Collection[int]] = lambda _: ()
    """Takes a file that does not say what Margin wrote; returns the numbers of lines of its body
    that are Margin's, or that are taken back. There may be others."""
    notes: Callable[[str], Mapping[str, str]] | None = None
    """Takes what a file holds; returns digests of the notes that would be taken back into the
    library, by their ids. None: nothing is taken back."""

    @property
    def is_read_back(self) -> bool:
        """Whether a person's changes of annotations are taken back into the library."""
        return self.notes is not None


def decoded(letters: str) -> WrittenLines | None:
    """Return what ``WrittenLines.encoded`` wrote; None for any other text."""
    parts = letters.strip().split(_PARTING)
    if len(parts) != 2:
        return None
    try:
        return WrittenLines(_keys(parts[0]), _keys(parts[1]))
    except (binascii.Error, ValueError):
        return None


def line_key(line: str) -> int:
    """Return a number that depends on the words of a line, not on its white space."""
    words = " ".join(line.split())
    return int.from_bytes(
        blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).digest()
    )


def value_key(name: str, value: str) -> int:
    """Return a number that depends on the name and the value of a field."""
    return line_key(f"{name}\n{value}")


def values(lines: Sequence[str]) -> list[str]:
    """Return the value of a field, or the items of a list, without quotation marks.

    Args:
        lines: The lines of the field: ``name: value``, then ``- item`` for each item of a list.
    """
    first, *others = lines or [""]
    items = [
        first.partition(":")[2].lstrip(":"),
        *(each.strip().removeprefix("-") for each in others),
    ]
    return [value for each in items if (value := " ".join(each.split()).strip("\"'"))]


def _letters(keys: Iterable[int]) -> str:
    data = b"".join(key.to_bytes(_KEY_BYTES) for key in keys)
    return base64.urlsafe_b64encode(data).decode("ascii")


def _keys(letters: str) -> tuple[int, ...]:
    data = base64.b64decode(letters, altchars=b"-_", validate=True)
    if len(data) % _KEY_BYTES:
        raise ValueError(letters)
    parts = (data[at : at + _KEY_BYTES] for at in range(0, len(data), _KEY_BYTES))
    return tuple(map(int.from_bytes, parts))
