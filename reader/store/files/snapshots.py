"""Snapshots: the documents that annotations were made on, compressed, readable from the front.

A snapshot is one JSON object in gzip. Its first line holds the document's metadata, and each
further line a slice: some blocks with their text and spans. Every line is a gzip member of its own,
so the first screen can be shown after the first slice, however large the document is.
"""

# Annotations are no strings here: msgspec compiles each string before the first screen.

import contextlib
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
    Stamp,
    is_there,
    make_private_folder,
    open_plain,
    stamp_of,
    write_atomically,
)
from reader.safe_text import REPLACEMENT
from reader.store.errors import DamagedFileError, cannot_read, cannot_write
from reader.store.files.records import encode_clean

SCHEMA: Final = 1
"""The version of the format."""

FIRST_SLICE: Final = 65_536
"""The characters of the first slice: more than any screen; decoding takes a millisecond."""

LARGEST_SLICE: Final = 524_288
"""The characters of the largest slice; until then each slice is twice the one before it."""

LONGEST_TEXT: Final = 200_000_000
"""The most characters of a document: as many as the largest source has bytes."""

LETTERS_OF_A_WORD: Final = 6
"""The characters of a word of English prose, with the space after it."""

LARGEST_HEAD: Final = 16_000_000
"""The most bytes of the line that precedes the slices."""

LARGEST_LINE: Final = 256_000_000
"""The most bytes of a slice, which is at most one block."""

LARGEST_SPANS: Final = 64_000_000
"""The most bytes of all spans and marks together."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What Margin never writes into a text, and a terminal would obey."""

_DIGEST: Final = re.compile("[0-9a-f]{64}")

_GZIP: Final = 31
"""zlib's window bits for a gzip member with the largest window."""

_LEVEL: Final = 6
_CHUNK: Final = 65_536
_END: Final = b"]}"
_COMMA: Final = ord(",")


class _Head(msgspec.Struct):
    """What precedes the slices."""

    schema: int
    digest: str
    length: int
    metadata: Metadata
    words: int = 0
    slices: list[msgspec.Raw] = []


class _Slice(msgspec.Struct, omit_defaults=True):
    """Some blocks of a document; offsets count from the start of the whole text."""

    text: str
    blocks: tuple[Block, ...]
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()


class _PackedSlice(msgspec.Struct):
    """A slice whose structure is not decoded yet: a few bytes may hold millions of blocks."""

    text: str
    blocks: msgspec.Raw
    spans: msgspec.Raw = msgspec.Raw(b"[]")
    marks: msgspec.Raw = msgspec.Raw(b"[]")


class _Text(msgspec.Struct):
    """The text of a slice."""

    text: str


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

    def stamp(self, digest: str) -> Stamp | None:
        """Return the stamp of the snapshot of the document with ``digest``; None for none."""
        return stamp_of(self.path(digest)) if _DIGEST.fullmatch(digest) else None

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
                write_atomically(path, _members(document))
        except OSError as error:
            raise cannot_write(error, path) from error

    def words(self, digest: str) -> int:
        """Return the number of words to read of a document; 0 where there is no such snapshot.

        Snapshots of earlier versions of Margin do not hold it; it is estimated from their length.
        """
        try:
            path = self.path(digest)
            with _explained(path):
                head = _head(path, _lines(path), digest)
        except StoreError:
            return 0
        return head.words or -(-head.length // LETTERS_OF_A_WORD)

    def delete(self, digest: str) -> None:
        """Delete a snapshot; one that cannot be deleted stays, which costs only its room."""
        with contextlib.suppress(OSError):
            self.path(digest).unlink(missing_ok=True)

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
        with _explained(path):
            yield from _growing(path, digest, upto)

    def read_text(self, digest: str, most: int) -> str:
        """Return the text of a document, or its first part; blocks and spans are not looked at.

        Args:
            digest: The digest of the document.
            most: How many code points to read at least, where the text is longer.

        Raises:
            StoreError: The snapshot does not exist or is damaged.
        """
        path = self.path(digest)
        decoder = msgspec.json.Decoder(_Text)
        parts: list[str] = []
        with _explained(path):
            lines = _lines(path)
            left = min(_head(path, lines, digest).length, most)
            while left > 0:
                line = next(lines, _END)
                text = decoder.decode(line[1:] if line[0] == _COMMA else line).text
                parts.append(_CONTROL.sub(REPLACEMENT, text))
                left -= len(text)
        return "".join(parts)

    def verify(self, digest: str) -> None:
        """Read a snapshot to its end and compare its text with its digest.

        Only one slice is in memory at a time.

        Raises:
            StoreError: The snapshot does not exist or is damaged.
        """
        from hashlib import sha256  # noqa: PLC0415  (2 ms; reading the first part needs none)

        path = self.path(digest)
        text_hash = sha256()
        with _explained(path):
            lines = _lines(path)
            for piece in _read_slices(path, lines, _head(path, lines, digest).length):
                text_hash.update(piece.text.encode("utf-8"))
        if text_hash.hexdigest() != digest:
            raise DamagedFileError(path, "its text does not match its name")


def _members(document: Document) -> Iterator[bytes]:
    """Yield the bytes of a snapshot: a gzip member for each line."""
    from reader.core.units import Units  # noqa: PLC0415  (reading needs none)

    words = Units(document).words()
    head = _Head(SCHEMA, document.digest, len(document.text), document.metadata, words)
    yield _compress(encode_clean(head).removesuffix(_END), b"\n")
    separator = b""
    for piece in _slices(document):
        line = encode_clean(piece)
        if len(line) >= LARGEST_LINE:
            raise StoreError("Not saved", "A part of the text is too large for a copy of it.")
        yield _compress(separator, line, b"\n")
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
    head = _head(path, lines, digest)
    parts: list[str] = []
    blocks: list[Block] = []
    spans: list[Span] = []
    marks: list[Mark] = []
    length, due = 0, max(upto, FIRST_SLICE)
    for piece in _read_slices(path, lines, head.length):
        parts.append(_CONTROL.sub(REPLACEMENT, piece.text))
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
    document = Document(
        "".join(parts), tuple(blocks), tuple(spans), head.metadata, marks=tuple(marks)
    )
    document.__dict__["digest"] = digest
    yield document


def _head(path: Path, lines: Iterator[memoryview], digest: str) -> _Head:
    """Return what precedes the slices in the lines of a snapshot.

    Raises:
        DamagedFileError: It is not that of the document with ``digest``, or passes a bound.
    """
    head = msgspec.json.decode(bytes(next(lines, b"")) + _END, type=_Head)
    if head.schema != SCHEMA or head.digest != digest:
        raise DamagedFileError(path, "its format is unknown, or it does not match its name")
    if not 0 <= head.length <= LONGEST_TEXT:
        raise DamagedFileError(path, f"it states a text of {head.length:,} characters")
    return head


def _read_slices(path: Path, lines: Iterator[memoryview], length: int) -> Iterator[_Slice]:
    """Yield the slices in the lines after the head.

    Args:
        path: The snapshot.
        lines: The lines.
        length: The characters of all slices together.

    Raises:
        DamagedFileError: The slices do not fit together, or pass a bound.
    """
    decoder = msgspec.json.Decoder(_PackedSlice)
    position = spans = 0
    is_first = True
    for line in lines:
        if len(line) < _CHUNK and bytes(line).strip() == _END:
            break
        packed = decoder.decode(line[1:] if line[0] == _COMMA else line)
        spans += len(packed.spans) + len(packed.marks)
        end = position + len(packed.text)
        if (
            end > length
            or spans > LARGEST_SPANS
            # Each block begins with its kind, and has a newline before it.
            or bytes(packed.blocks).count(b'["') > len(packed.text) + 1
            or not (packed.text or is_first)
        ):
            raise DamagedFileError(path, "it has more parts than its text")
        is_first = False
        piece = _Slice(
            packed.text,
            msgspec.json.decode(packed.blocks, type=tuple[Block, ...]),
            msgspec.json.decode(packed.spans, type=tuple[Span, ...]),
            msgspec.json.decode(packed.marks, type=tuple[Mark, ...]),
        )
        if not _fits(piece, position, end):
            raise DamagedFileError(path, "its parts do not fit together")
        position = end
        yield piece
    else:
        raise DamagedFileError(path, "its end is missing")
    if position != length:
        raise DamagedFileError(path, "a part of it is missing")


def _fits(piece: _Slice, start: int, end: int) -> bool:
    """Tell whether the blocks of a slice follow one another, and nothing reaches out of the text.

    Args:
        piece: The slice.
        start: The offset of its first character.
        end: The offset after its last character.
    """
    expected = start + 1 if start else 0
    for block in piece.blocks:
        if block.start != expected or block.end < block.start:
            return False
        expected = block.end + 1
    return (
        bool(piece.blocks)
        and expected - 1 <= end
        and all(0 <= span.start <= span.end <= end for span in piece.spans)
        and all(0 <= mark.offset <= end for mark in piece.marks)
    )


def _lines(path: Path) -> Iterator[memoryview]:
    """Yield the lines of a compressed file, those of a gzip member as soon as it is read.

    Raises:
        DamagedFileError: A member unpacks to more than a line may have.
    """
    largest = LARGEST_HEAD
    with open_plain(path) as file:
        member, content = zlib.decompressobj(_GZIP), bytearray()
        while chunk := member.unused_data or member.unconsumed_tail or file.read(_CHUNK):
            if member.eof:
                yield from _split(content)
                member, content, largest = zlib.decompressobj(_GZIP), bytearray(), LARGEST_LINE
            content += member.decompress(chunk, largest + 1 - len(content))
            if len(content) > largest:
                raise DamagedFileError(path, f"a line unpacks to over {largest // 1_000_000} MB")
        if member.eof:
            yield from _split(content)


def _split(content: bytearray) -> Iterator[memoryview]:
    start = 0
    while start < len(content):
        end = content.find(b"\n", start) + 1 or len(content)
        yield memoryview(content)[start:end]
        start = end


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what reading a snapshot raises into errors with a sentence."""
    try:
        yield
    except OSError as error:
        raise cannot_read(error, path) from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, zlib.error) as error:
        raise DamagedFileError(path, str(error)) from error
