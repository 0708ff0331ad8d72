"""The files of a folder that Margin reads, in all of its folders."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from reader.core.text_formatting import counted
from reader.files import explain

_SNIFFED: Final = 1024
"""How many bytes of a file without a suffix decide whether it is text."""

_MOST_KINDS: Final = 4
"""How many suffixes of other files are named."""

_PAGE: Final = re.compile(r"\.x?html?$", re.IGNORECASE)
_PARTS_OF_PAGE: Final = re.compile(r"[_.-]\w+")
"""What browsers add to the name of a page for the folder of its parts: ``_files``, ``-Dateien``."""


class FolderFiles(NamedTuple):
    """The files of a folder."""

    files: tuple[str, ...]
    """The paths of those that Margin reads, folder by folder, each in the order of the names."""
    others: Mapping[str, int]
    """How many files of other kinds there are, by their suffixes in lower case."""
    problems: tuple[str, ...]
    """A sentence for each folder that could not be read."""

    @property
    def left_out(self) -> str:
        """A sentence on the files of other kinds; empty if there are none."""
        total = sum(self.others.values())
        if not total:
            return ""
        kinds = sorted(self.others.items(), key=lambda each: (-each[1], each[0]))
        named = [
            f"{suffix or 'without a suffix'} {count:,}" for suffix, count in kinds[:_MOST_KINDS]
        ]
        more = ", ..." if len(kinds) > _MOST_KINDS else ""
        verb = "was" if total == 1 else "were"
        return (
            f"{counted(total, 'file')} of other kinds {verb} left out ({', '.join(named)}{more})."
        )


def is_folder(source: str) -> bool:
    """Return whether a source is the path of a folder."""
    return os.path.isdir(os.path.expanduser(source))  # noqa: PTH111, PTH112  (any text)


def files_in(
    folder: str, library: Path, on_found: Callable[[int], object] = lambda _: None
) -> FolderFiles:
    """Return the files in a folder and in the folders in it.

    Hidden files and folders are left out, and so are the library itself and the folders in which
    browsers keep the parts of saved pages. A folder that links lead to twice is read once.

    Args:
        folder: The path of the folder.
        library: The folder of the library.
        on_found: Called now and then with how many files were found; may raise to end the search.
    """
    from reader.formats import may_be_readable  # noqa: PLC0415  (only for folders)

    top = Path(folder).expanduser()
    files: list[str] = []
    others: Counter[str] = Counter()
    problems: list[str] = []
    for path in visible_files(top, library, problems):
        readable = may_be_readable(path.name)
        if readable if readable is not None else _is_text(path):
            files.append(str(path))
        else:
            others[path.suffix.lower()] += 1
        on_found(len(files))
    return FolderFiles(tuple(files), others, tuple(problems))


def visible_files(top: Path, library: Path, problems: list[str]) -> Iterator[Path]:
    """Yield the files in a folder and its folders that are not hidden, each once, by their names.

    Args:
        top: The folder.
        library: The folder of the library, which is left out.
        problems: Gets a sentence for each folder that cannot be read.
    """
    seen: set[tuple[int, int]] = set()
    left = [top]
    own = os.path.realpath(library)
    while left:
        folder = left.pop()
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in seen or os.path.realpath(folder) == own:
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            reason, _ = explain(error)
            problems.append(f"{folder} could not be read because {reason}.")
            continue
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        pages = [_PAGE.sub("", entry.name) for entry in visible if _PAGE.search(entry.name)]
        folders = []
        for entry in visible:
            # Unlike the methods of the entry, these are no error for a link to itself.
            if os.path.isdir(entry.path):  # noqa: PTH112
                if not _is_part_of_page(entry.name, pages):
                    folders.append(Path(entry.path))
            elif os.path.isfile(entry.path):  # noqa: PTH113
                yield Path(entry.path)
        left += reversed(folders)


def _is_part_of_page(name: str, pages: Iterable[str]) -> bool:
    """Return whether a folder holds the parts of a saved page beside it."""
    return any(
        name.startswith(page) and _PARTS_OF_PAGE.fullmatch(name, len(page)) for page in pages
    )


def _is_text(path: Path) -> bool:
    """Return whether a file begins like a text."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        with os.fdopen(descriptor, "rb") as file:
            start = file.read(_SNIFFED)
    except OSError:
        return True  # adding it says why it cannot be read
    return bool(start) and b"\0" not in start
