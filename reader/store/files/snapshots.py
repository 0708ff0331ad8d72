"""Snapshots: the documents that annotations were made on, compressed, readable from the front.

A snapshot is one JSON object in gzip. Its first line holds the document's metadata, and each
further line a slice: some blocks with their text and spans. Every line is a gzip member of its own,
so the first screen can be shown after the first slice, however large the document is.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from reader.core.document import Block, Document, Mark, Metadata, Span
from reader.errors import StoreError
from reader.files import (
    is_there,
    make_private_folder,
    stamp_of,
    sweep_temporary_files,
    write_atomically,
)
from reader.store.errors import DamagedFileError, cannot_read, cannot_write
from reader.store.files.records import encode_clean

SCHEMA: Final = 1
"""The version of the format."""

FIRST_SLICE: Final = 65_536
"""The characters of the first slice: more than any screen; decoding takes a millisecond."""

LARGEST_SLICE: Final = 524_288
"""The characters of the largest slice; until then each slice is twice the one before it."""

_DIGEST: Final = re.compile("[0-9a-f]{64}")

_GZIP: Final = 31
"""zlib's window bits for a gzip member with the largest window."""

_LEVEL: Final = 6
_CHUNK: Final = 65_536
_END: Final = b"]}"


class _Head(msgspec.Struct):
    """What precedes the slices."""

    schema: int
    digest: str
    length: int
    metadata: Metadata
    slices: list[msgspec.Raw]


class _Slice(msgspec.Struct, omit_defaults=True):
    """Some blocks of a document; offsets count from the start of the whole text."""

    text: str
    blocks: tuple[Block, ...]
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()


class Snapshots:
    """A folder of snapshots; each file is named by the digest of its document."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which need not exist."""
        self._folder = folder

    def path(self, digest: str) -> Path:
        """Return the path of the snapshot of the document with ``digest``.

        Raises:
            StoreError: ``digest`` is no digest; an article file may name any text, also a path.
        """
        if not _DIGEST.fullmatch(digest):
            raise StoreError("No such snapshot", f"{digest!r} does not name a snapshot.")
        return self._folder / f"{digest}.json.gz"

    def has(self, digest: str) -> bool:
        """Return whether there is a snapshot of the document with ``digest``."""
        return bool(_DIGEST.fullmatch(digest)) and is_there(self.path(digest))

    def write(self, document: Document) -> None:
        """Save ``document``, unless it is saved already: the same digest means the same text.

        Marks do not belong to the text: a document with marks replaces one without.

        Args:
            document: A complete document.

        Raises:
            StoreError: The snapshot could not be written; none of it is left on disk.
        """
        path = self.path(document.digest)
        try:
            if stamp_of(path) is None or (document.marks and not self._has_marks(document.digest)):
                make_private_folder(self._folder)
                sweep_temporary_files(self._folder)
                write_atomically(path, _members(document))
        except OSError as error:
            raise cannot_write(error, path) from error

    def _has_marks(self, digest: str) -> bool:
        try:
            return any(part.marks for part in self.read(digest))
        except StoreError:
            return False

    def read(self, digest: str, *, upto: int = 0) -> Iterator[Document]:
        """Read a document from its front in growing parts.

        Args:
            digest: The digest of the document.
            upto: The offset that the first part reaches at least.

        Yields:
            Documents, each an extension of the one before it and at least twice as long; the
            last one is complete.

        Raises:
            StoreError: The snapshot does not exist or is damaged; the parts already yielded are
                right.
        """
        path = self.path(digest)
        try:
            yield from _growing(path, digest, upto)
        except OSError as error:
            raise cannot_read(error, path) from error
        except (msgspec.MsgspecError, UnicodeDecodeError, zlib.error) as error:
            raise DamagedFileError(path, str(error)) from error

    def verify(self, digest: str) -> None:
        """Read a snapshot to its end and compare its text with its digest.

        Raises:
            StoreError: The snapshot does not exist or is damaged.
        """
        text = ""
        for document in self.read(digest):
            text = document.text
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != digest:
            raise DamagedFileError(self.path(digest), "its text does not match its name")


def _members(document: Document) -> Iterator[bytes]:
    """Yield the bytes of a snapshot: a gzip member for each line."""
    head = _Head(SCHEMA, document.digest, len(document.text), document.metadata, [])
    yield _compress(encode_clean(head).removesuffix(_END), b"\n")
    separator = b""
    for piece in _slices(document):
        yield _compress(separator, encode_clean(piece), b"\n")
        separator = b","
    yield _compress(_END, b"\n")


def _compress(*parts: bytes) -> bytes:
    return zlib.compress(b"".join(parts), _LEVEL, _GZIP)


def _slices(document: Document) -> Iterator[_Slice]:
    """Cut a document between blocks; a slice begins with the newline before its blocks."""
    text, blocks = document.text, document.blocks
    size, start, first, first_span, first_mark = FIRST_SLICE, 0, 0, 0, 0
    for count, block in enumerate(blocks, 1):
        is_last = count == len(blocks)
        if block.end - start < size and not is_last:
            continue
        end = len(text) if is_last else block.end
        last_span = bisect_left(document.spans, end, first_span, key=lambda span: span.start)
        if is_last:
            last_span = len(document.spans)
        last_mark = bisect_right(document.marks, end, first_mark, key=lambda mark: mark.offset)
        yield _Slice(
            text[start:end],
            blocks[first:count],
            document.spans[first_span:last_span],
            document.marks[first_mark:last_mark],
        )
        start, first, first_span, first_mark = end, count, last_span, last_mark
        size = min(size * 2, LARGEST_SLICE)


def _growing(path: Path, digest: str, upto: int) -> Iterator[Document]:
    lines = _lines(path)
    head = msgspec.json.decode(next(lines, b"") + _END, type=_Head)
    if head.schema != SCHEMA or head.digest != digest:
        raise DamagedFileError(path, "its format is unknown, or it does not match its name")
    decoder = msgspec.json.Decoder(_Slice)
    parts: list[str] = []
    blocks: list[Block] = []
    spans: list[Span] = []
    marks: list[Mark] = []
    length, due = 0, max(upto, FIRST_SLICE)
    for line in lines:
        if line.strip() == _END:
            break
        piece = decoder.decode(line.removeprefix(b","))
        parts.append(piece.text)
        blocks += piece.blocks
        spans += piece.spans
        marks += piece.marks
        length += len(piece.text)
        if due <= length < head.length:
            parts = ["".join(parts)]
            yield Document(
                parts[0],
                tuple(blocks),
                tuple(spans),
                head.metadata,
                is_complete=False,
                marks=tuple(marks),
            )
            due = 2 * length
    else:
        raise DamagedFileError(path, "its end is missing")
    if length != head.length:
        raise DamagedFileError(path, "a part of it is missing")
    document = Document(
        "".join(parts), tuple(blocks), tuple(spans), head.metadata, marks=tuple(marks)
    )
    document.__dict__["digest"] = digest
    yield document


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a compressed file, those of a gzip member as soon as it is read."""
    with path.open("rb") as file:
        member = zlib.decompressobj(_GZIP)
        # Joined once: a line that grew with each part took 51 ms, not 33, for 10 MB.
        parts: list[bytes] = []
        while chunk := member.unused_data or file.read(_CHUNK):
            if member.eof:
                yield from b"".join(parts).splitlines(keepends=True)
                member, parts = zlib.decompressobj(_GZIP), []
            parts.append(member.decompress(chunk))
        if member.eof:
            yield from b"".join(parts).splitlines(keepends=True)
