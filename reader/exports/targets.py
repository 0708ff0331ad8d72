"""Whether an export goes to a file or to a folder, and whether it can be written there."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from reader.errors import ExportError
from reader.exports.registry import FORMATS
from reader.files import explain
from reader.safe_text import sanitise_line

MAX_NAME = 255
"""The most bytes of a file's name on the file systems in use."""


class Target(NamedTuple):
    """A place that an export can be written to."""

    path: Path
    """The file or folder."""
    is_folder: bool
    """Whether it is a folder for a file per article; it need not be there yet."""


def is_file_name(name: str, suffixes: Collection[str]) -> bool:
    """Return whether a name that is not there yet means a file of a format, and not a folder.

    Args:
        name: The name, or a path.
        suffixes: How the files of the format may end.
    """
    return Path(name.strip()).suffix.lower() in suffixes


def find_target(path: Path, suffixes: Sequence[str]) -> Target:
    """Return what a path means; asks the disk.

    What is there is what it is. What is not there yet is a file if its name ends as the files of
    the format do, and otherwise a folder.

    Args:
        path: The path.
        suffixes: How the files of the format may end; the first is that of new ones.

    Raises:
        ExportError: The name ends as the files of another format do.
        OSError: The disk cannot be asked.
    """
    if path.is_dir():
        return Target(path, is_folder=True)
    suffix = path.suffix.lower()
    others = [other.title for other in FORMATS.values() if suffix in other.suffixes]
    if others and suffix not in suffixes:
        raise _refusal(
            f"{path.name} is a name for {' or '.join(others)}; choose that format, or a name that"
            f" ends in {suffixes[0]}."
        )
    return Target(path, is_folder=not path.exists() and suffix not in suffixes)


def check_target(typed: str, suffixes: Sequence[str]) -> Target:
    """Return what a typed path means, if an export can be written there; asks the disk.

    Args:
        typed: A path; ``~`` is the person's home, a relative path starts from the present folder.
        suffixes: As for ``find_target``.

    Raises:
        ExportError: Nothing can be written there; the message says why.
    """
    if not typed.strip():
        raise _refusal(f"Name a folder, or a file that ends in {suffixes[0]}.")
    with _explained(typed):
        path = _absolute(typed)
        target = find_target(path, suffixes)
        check_folder(path if target.is_folder else path.parent)
        if not target.is_folder and path.exists() and not os.access(path, os.W_OK):
            raise _refusal(f"{path} may not be changed; choose another file.")
    return target


def check_folder_name(typed: str) -> Path:
    """Return the folder that a typed path means, if files can be written in it; asks the disk.

    Args:
        typed: As for ``check_target``; the folder need not be there.

    Raises:
        ExportError: Nothing can be written there; the message says why.
    """
    if not typed.strip():
        raise _refusal("Name a folder.")
    with _explained(typed):
        path = _absolute(typed)
        check_folder(path)
    return path


def _absolute(typed: str) -> Path:
    """Return a typed path from the root on; resolves no links.

    Raises:
        ExportError: A name in it is too long.
        RuntimeError, ValueError: It is no path.
    """
    typed = typed.strip()
    if sanitise_line(typed) != typed:
        raise ValueError(typed)
    path = Path(os.path.abspath(Path(typed).expanduser()))  # noqa: PTH100 (resolves no links)
    if any(len(os.fsencode(part)) > MAX_NAME for part in path.parts):
        raise _refusal("A name in this path is too long; choose a shorter one.")
    return path


@contextmanager
def _explained(typed: str) -> Iterator[None]:
    """Raise in plain words why a typed path cannot be used."""
    typed = typed.strip()
    try:
        yield
    except (RuntimeError, ValueError) as error:  # an unknown ~user, an unsafe character
        raise _refusal(f"{typed} is not a path that this system knows.") from error
    except OSError as error:
        reason, advice = explain(error)
        raise _refusal(f"{typed} cannot be used because {reason}; {advice}.") from error


def check_folder(folder: Path) -> None:
    """Refuse a folder in which nothing can be written; it, and those around it, may be new.

    Raises:
        ExportError: It is a file, or nothing may be written there.
    """
    present = next(each for each in (folder, *folder.parents) if os.path.lexists(each))
    if present.is_symlink() and not present.exists():
        raise _refusal(f"{present} is a link that leads nowhere; repair or delete it.")
    if not present.is_dir():
        raise _refusal(f"{present} is a file, not a folder; choose another place.")
    if not os.access(present, os.W_OK | os.X_OK):
        raise _refusal(f"Nothing may be written in {present}; choose another folder.")


def _refusal(message: str) -> ExportError:
    return ExportError("Not exported", message)
