"""Whether an export goes to a file or to a folder, and whether it can be written there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from reader.errors import ExportError
from reader.exports.registry import FORMATS, ExportFormat, find_format
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


def is_file_name(name: str, format_name: str) -> bool:
    """Return whether a name that is not there yet means a file of a format, and not a folder."""
    return Path(name.strip()).suffix.lower() in find_format(format_name).suffixes


def find_target(path: Path, format_: ExportFormat) -> Target:
    """Return what a path means; asks the disk.

    What is there is what it is. What is not there yet is a file if its name ends as the files of
    the format do, and otherwise a folder.

    Raises:
        ExportError: The name ends as the files of another format do.
        OSError: The disk cannot be asked.
    """
    if path.is_dir():
        return Target(path, is_folder=True)
    suffix = path.suffix.lower()
    others = [other.title for other in FORMATS.values() if suffix in other.suffixes]
    if others and suffix not in format_.suffixes:
        raise _refusal(
            f"{path.name} is a name for {' or '.join(others)}; choose that format, or a name that"
            f" ends in {format_.suffixes[0]}."
        )
    return Target(path, is_folder=not path.exists() and suffix not in format_.suffixes)


def check_target(typed: str, format_name: str) -> Target:
    """Return what a typed path means, if an export can be written there; asks the disk.

    Args:
        typed: A path; ``~`` is the person's home, a relative path starts from the present folder.
        format_name: The name of a format.

    Raises:
        ExportError: Nothing can be written there; the message says why.
    """
    format_ = find_format(format_name)
    typed = typed.strip()
    if not typed:
        raise _refusal(f"Name a folder, or a file that ends in {format_.suffixes[0]}.")
    try:
        if sanitise_line(typed) != typed:
            raise ValueError(typed)
        path = Path(os.path.abspath(Path(typed).expanduser()))  # noqa: PTH100 (resolves no links)
        if any(len(os.fsencode(part)) > MAX_NAME for part in path.parts):
            raise _refusal("A name in this path is too long; choose a shorter one.")
        target = find_target(path, format_)
        _check_folder(path if target.is_folder else path.parent)
        if not target.is_folder and path.exists() and not os.access(path, os.W_OK):
            raise _refusal(f"{path} may not be changed; choose another file.")
    except (RuntimeError, ValueError) as error:  # an unknown ~user, an unsafe character
        raise _refusal(f"{typed} is not a path that this system knows.") from error
    except OSError as error:
        reason, advice = explain(error)
        raise _refusal(f"{typed} cannot be used because {reason}; {advice}.") from error
    return target


def _check_folder(folder: Path) -> None:
    """Refuse a folder in which nothing can be written; it, and those around it, may be new."""
    present = next(each for each in (folder, *folder.parents) if each.exists())
    if not present.is_dir():
        raise _refusal(f"{present} is a file, not a folder; choose another place.")
    if not os.access(present, os.W_OK | os.X_OK):
        raise _refusal(f"Nothing may be written in {present}; choose another folder.")


def _refusal(message: str) -> ExportError:
    return ExportError("Not exported", message)
