"""Packs the archives that a browser has unpacked, whose files say more together than alone."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, NamedTuple

from reader.errors import SourceError
from reader.session.sources import MAX_SOURCE_BYTES

_APPLE_BOOKS: Final = "apple-books"


class _Layout(NamedTuple):
    """Where the files of an archive stand below its folder."""

    kind: str
    """The name of its kind."""
    first: str
    """The file by which it is known."""
    others: tuple[str, ...]
    """Its other files."""


_LAYOUTS: Final = (
    _Layout("omnivore", "metadata_*.json", ("content/*", "highlights/*")),
    _Layout("pocket", "part_*.csv", ("annotations/*.json", "annotations/part_*")),
    _Layout(
        _APPLE_BOOKS,
        "AEAnnotation/AEAnnotation*.sqlite",
        ("AEAnnotation/AEAnnotation*.sqlite-wal", "BKLibrary/BKLibrary*.sqlite*"),
    ),
    _Layout(
        _APPLE_BOOKS,
        "AEAnnotation*.sqlite",
        ("AEAnnotation*.sqlite-wal", "BKLibrary*.sqlite*"),
    ),
    _Layout("kobo", "KoboReader.sqlite", ("KoboReader.sqlite-wal",)),
)


class Unpacked(NamedTuple):
    """Files below a folder that make one archive."""

    kind: str
    """The name of the kind that they look like."""
    folder: str
    """Their folder."""
    files: frozenset[Path]
    """The files."""

    def packed(self) -> bytes:
        """Return the archive, without compression.

        Raises:
            SourceError: A file cannot be read, or all are larger than a source may be.
        """
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for path in sorted(self.files):
                try:
                    if out.tell() + path.stat().st_size > MAX_SOURCE_BYTES:
                        raise SourceError(
                            "Not imported",
                            f"The files in {self.folder} have over {MAX_SOURCE_BYTES // 10**6} MB.",
                        )
                    archive.writestr(path.relative_to(self.folder).as_posix(), path.read_bytes())
                except OSError as error:
                    raise SourceError("Not imported", f"{path} cannot be read: {error}.") from error
        return out.getvalue()


def unpacked_in(folder: Path, files: Iterable[Path]) -> Iterator[Unpacked]:
    """Yield the archives that were unpacked into a folder, or into folders in it.

    Args:
        folder: The folder.
        files: The files in it, also in the folders below.
    """
    names: defaultdict[Path, list[str]] = defaultdict(list)
    for path in files:
        names[path.parent].append(path.name)
    tops = dict.fromkeys(top for each in names for top in (each, each.parent))
    taken: set[Path] = set()
    for layout in _LAYOUTS:
        for top in tops:
            if not top.is_relative_to(folder):
                continue
            first = _matching(top, layout.first, names) - taken
            rest = {path for each in layout.others for path in _matching(top, each, names)} - taken
            if first and rest:  # alone, the first ones are read as the files that they are
                taken |= first | rest
                yield Unpacked(layout.kind, str(top), frozenset(first | rest))


def _matching(top: Path, pattern: str, names: Mapping[Path, Sequence[str]]) -> set[Path]:
    """Return the files of a folder that match a pattern, which may begin with a folder in it."""
    below, _, wanted = pattern.rpartition("/")
    place = top / below
    return {place / name for name in names.get(place, ()) if fnmatchcase(name, wanted)}
