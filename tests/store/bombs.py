"""Small files that unpack to gigabytes, and reading them within a limit of memory.

``python -m tests.store.bombs FOLDER`` prints, as JSON, the sentence that each file is refused with. It
is a process of its own, so that a fault cannot harm the machine that tests.
"""

from __future__ import annotations

import hashlib
import json
import resource
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from reader.errors import StoreError
from reader.store.archive.restore import restore_backup
from reader.store.archive.verify import verify_backup
from reader.store.files.snapshots import LONGEST_TEXT, Snapshots
from reader.store.library import Library

MEMORY: Final = 500 << 20
"""The most address space of the process, in bytes."""

SECONDS: Final = 60
"""The most seconds of processor time for all files together."""

PIECE: Final = 16 << 20
GIGABYTES: Final = 3_000_000_000
DIGEST: Final = "0" * 64

HEAD: Final = '{"schema": 1, "digest": "%s", "length": %d, "metadata": {}, "slices": [\n'


def deflated(pattern: bytes, size: int, window: int = -15, start: bytes = b"") -> bytes:
    """Return ``start`` and ``pattern`` over and over, compressed to a thousandth in an instant.

    Args:
        pattern: What is repeated.
        size: The bytes that the result unpacks to at least.
        window: zlib's window bits; -15 for a ZIP archive, 31 for gzip.
        start: What precedes it.
    """
    pack = zlib.compressobj(9, zlib.DEFLATED, window)
    head = pack.compress(start) + pack.flush(zlib.Z_FULL_FLUSH)
    piece = pattern * (PIECE // len(pattern))
    # After a full flush a piece does not depend on what precedes it, so it may be repeated.
    packed = pack.compress(piece) + pack.flush(zlib.Z_FULL_FLUSH)
    return head + packed * (size // len(piece) + 1)


def gzipped(*lines: str) -> bytes:
    """Return lines as gzip members."""
    return b"".join(zlib.compress(line.encode(), 9, 31) for line in lines)


def _slice(text: str, blocks: str) -> str:
    return f'{{"text": {json.dumps(text)}, "blocks": {blocks}}}\n'


def _paragraph(start: int, end: int) -> str:
    return f'[["paragraph", {start}, {end}]]'


def _head(length: int) -> str:
    return HEAD % (DIGEST, length)


SNAPSHOTS: Final[dict[str, Callable[[], bytes]]] = {
    "zeros": lambda: deflated(b"\0", GIGABYTES, 31),
    "spaces": lambda: deflated(b" ", GIGABYTES, 31),
    "newlines": lambda: deflated(b"\n", GIGABYTES, 31),
    "lists": lambda: deflated(b"[", GIGABYTES, 31),
    "a head without an end": lambda: deflated(b"x", GIGABYTES, 31, HEAD[:20].encode()),
    "a slice without an end": lambda: (
        gzipped(_head(10)) + deflated(b"x", GIGABYTES, 31, b'{"text": "')
    ),
    "empty lines": lambda: gzipped(_head(10)) + deflated(b"\n", GIGABYTES, 31),
    "empty slices": lambda: gzipped(_head(10), *['{"text": "", "blocks": []}\n'] * 50_000),
    "slices of empty blocks": lambda: gzipped(
        _head(10), *[_slice("", _paragraph(0, 0))] * 50_000, "]}\n"
    ),
    "slices of empty blocks in an empty text": lambda: gzipped(
        _head(0), *[_slice("", _paragraph(0, 0))] * 50_000, "]}\n"
    ),
    "millions of blocks": lambda: gzipped(
        _head(10), '{"text": "a", "blocks": [' + '["rule",0,0],' * 8_000_000 + '["rule",0,0]]}\n'
    ),
    "millions of spans": lambda: gzipped(
        _head(10),
        '{"text": "a", "blocks": [["rule",0,1]], "spans": ['
        + '["strong",0,1],' * 8_000_000
        + '["strong",0,1]]}\n',
    ),
    "millions of members": lambda: gzipped(_head(10)) + gzipped("\n") * 500_000,
    "a length past the bound": lambda: gzipped(
        _head(LONGEST_TEXT + 1), *[_slice("a" * 500_000, _paragraph(0, 500_000))] * 10
    ),
    "more text than its length": lambda: gzipped(
        _head(10), *[_slice("a" * 500_000, _paragraph(0, 500_000))] * 5_000
    ),
    "less than no length": lambda: gzipped(_head(-1), "]}\n"),
    "blocks out of order": lambda: gzipped(_head(10), _slice("a" * 10, _paragraph(5, 3)), "]}\n"),
    "blocks past the end": lambda: gzipped(
        _head(10), _slice("a" * 10, _paragraph(0, 10**30)), "]}\n"
    ),
    "deep": lambda: gzipped(_head(10), '{"text": "a", "blocks": ' + "[" * 100_000),
}
"""Contents of snapshots."""


class Entry:
    """A file for a ZIP archive made by hand, whose lengths may be lies."""

    def __init__(self, name: str, packed: bytes, size: int, content: bytes = b"") -> None:
        """Describe a file: its name, its deflated content, and the length that the archive states."""
        self.name = name.encode()
        self.packed = packed
        self.size = size
        self.crc = zlib.crc32(content)


def archive(*entries: Entry) -> bytes:
    """Return a ZIP archive."""
    body, directory = b"", b""
    for entry in entries:
        facts = struct.pack(
            "<HHHHHIIIHH",
            *(20, 0, 8, 0, 33, entry.crc, len(entry.packed), entry.size, len(entry.name), 0),
        )
        place = struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        directory += b"PK\1\2" + b"\x14\0" + facts + place + entry.name
        body += b"PK\3\4" + facts + entry.name + entry.packed
    counts = len(entries) & 0xFFFF
    end = struct.pack("<HHHHIIH", 0, 0, counts, counts, len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + end


def _plain(name: str, content: bytes) -> Entry:
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    return Entry(name, pack.compress(content) + pack.flush(), len(content), content)


def _manifest(files: dict[str, int]) -> Entry:
    entries = {
        name: {"sha256": hashlib.sha256(b"").hexdigest(), "size": size}
        for name, size in files.items()
    }
    content = {"format": "margin-backup", "version": 1, "created": "", "files": entries}
    return _plain("manifest.json", json.dumps(content).encode())


def _bomb(name: str, size: int) -> Entry:
    return Entry(name, deflated(b"\0", GIGABYTES), size)


def _without_content() -> bytes:
    """Return an archive in which a hundred names state 100 MB each, and have no content."""
    files = {f"trash/x/{number}": 100_000_000 for number in range(100)}
    return archive(*(Entry(name, b"", 100_000_000) for name in files), _manifest(files))


NAME: Final = "articles/x.json"

ARCHIVES: Final[dict[str, Callable[[], bytes]]] = {
    "the manifest says 10 bytes": lambda: archive(_bomb(NAME, GIGABYTES), _manifest({NAME: 10})),
    "both say 3 GB": lambda: archive(_bomb(NAME, GIGABYTES), _manifest({NAME: GIGABYTES})),
    "both say 10 bytes": lambda: archive(_bomb(NAME, 10), _manifest({NAME: 10})),
    "both say 500 MB": lambda: archive(_bomb(NAME, 500_000_000), _manifest({NAME: 500_000_000})),
    "less than no bytes": lambda: archive(_bomb(NAME, 10), _manifest({NAME: -1})),
    "many files of 400 MB": lambda: archive(
        *(_plain(f"articles/{number}.json", b"") for number in range(10)),
        _manifest({f"articles/{number}.json": 400_000_000 for number in range(10)}),
    ),
    "many names without content": _without_content,
    "the manifest is 3 GB": lambda: archive(_bomb("manifest.json", GIGABYTES)),
    "the manifest lies": lambda: archive(_bomb("manifest.json", 10)),
    "hundreds of thousands of files": lambda: _with_many_entries(330_000),
    "a million files": lambda: _with_many_entries(1_000_000),
    "a file that is no archive": lambda: deflated(b"\0", GIGABYTES, 31),
}
"""Contents of archives."""


def _with_many_entries(count: int) -> bytes:
    """Return an archive with the same entry over and over in its list of files."""
    entry = archive(Entry("x", b"", 0))
    body, directory = entry[:31], entry[31:78]
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory) * count, len(body), 0)
    return body + directory * count + b"PK\5\6" + end


def refused(read: Callable[[], Any]) -> str:
    """Return the sentence that reading is refused with; empty where it is not."""
    try:
        read()
    except StoreError as error:
        return error.message
    return ""


def run(folder: Path) -> dict[str, str]:
    """Read all files; return the sentences by the names of the files."""
    sentences: dict[str, str] = {}
    snapshots = Snapshots(folder)
    path = folder / f"{DIGEST}.json.gz"
    for name, make in SNAPSHOTS.items():
        path.write_bytes(make())
        sentences[f"verify {name}"] = refused(lambda: snapshots.verify(DIGEST))
        sentences[f"read {name}"] = refused(lambda: list(snapshots.read(DIGEST)))
    path = folder / "backup.zip"
    library = Library(folder / "library")
    for name, make in ARCHIVES.items():
        path.write_bytes(make())
        sentences[f"verify {name}"] = refused(lambda: verify_backup(path))
        sentences[f"restore {name}"] = refused(lambda: restore_backup(library, path))
    return sentences


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    print(json.dumps(run(Path(sys.argv[1]))))
