"""The environment check: rights, locks, the index, and files of programs that were killed."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from reader.files import PRIVATE_FILE, PRIVATE_FOLDER, is_abandoned, is_there, leads_inside
from reader.progress import CHECKING_RIGHTS, Report, reported, unreported
from reader.store.doctor.findings import Finding
from reader.store.errors import cannot_read, cannot_write
from reader.store.files.locks import PROBE, is_held, reason_locks_fail
from reader.store.files.paths import FOLDERS, LibraryPaths
from reader.store.files.trash import move_to_trash
from reader.store.index.database import database_files

_OTHERS: Final = 0o077
"""The rights of everyone but the owner."""


def check_environment(paths: LibraryPaths, report: Report = unreported) -> Iterator[Finding]:
    """Check a library's rights, temporary files, locks and index.

    Args:
        paths: The library's paths.
        report: Called before each file.
    """
    for check in (partial(_check_rights, report=report), _check_strays, _check_locks, _check_index):
        yield from check(paths)


def _check_rights(paths: LibraryPaths, report: Report) -> Iterator[Finding]:
    tree = [paths.folder, *(path for name in FOLDERS for path in _tree(paths.folder / name))]
    for path in reported(tree, CHECKING_RIGHTS, report):
        try:
            status = path.lstat()
        except FileNotFoundError:
            continue  # removed meanwhile
        except OSError as error:
            yield Finding("unreadable", path, cannot_read(error, path).message)
            continue
        is_folder = stat.S_ISDIR(status.st_mode)
        if not (is_folder or stat.S_ISREG(status.st_mode)):
            yield from _check_irregular(paths, path, is_link=stat.S_ISLNK(status.st_mode))
        elif not os.access(path, os.R_OK | (os.X_OK if is_folder else 0)):
            mode = PRIVATE_FOLDER if is_folder else PRIVATE_FILE
            is_own = status.st_uid == os.geteuid()
            repair = partial(_make_private, path, mode) if is_own else None
            problem = f"{path} cannot be read; check who owns it, and its mode."
            yield Finding("unreadable", path, problem, repair=repair)
        elif stat.S_IMODE(status.st_mode) & _OTHERS:
            mode = PRIVATE_FOLDER if is_folder else PRIVATE_FILE
            problem = f"Other people may read {path} (mode {stat.S_IMODE(status.st_mode):o})."
            yield Finding("rights", path, problem, repair=partial(_make_private, path, mode))


def _check_irregular(paths: LibraryPaths, path: Path, *, is_link: bool) -> Iterator[Finding]:
    """Report a link that leads nowhere or out of the library, a pipe or a device.

    In the folders whose every file is read, the other checks report what cannot be read.
    """
    if path.is_relative_to(paths.trash):
        return
    if is_link and is_there(path):
        if not leads_inside(path, paths.folder):
            notice = f"{path} is a link that leads out of the library; backups leave it out."
            yield Finding("link", path, notice, is_fault=False)
    elif path.parent not in (paths.articles, paths.snapshots, paths.backups):
        problem = f"{path} is no file, but a pipe, a device, or a link that leads nowhere."
        yield Finding("unreadable", path, problem, repair=partial(_move_to_trash, paths, path))


def _move_to_trash(paths: LibraryPaths, path: Path) -> str:
    folder = move_to_trash(paths, f"unreadable-{path.name[:12]}", [path])
    return f"it was moved to {folder}."


def _tree(folder: Path) -> Iterator[Path]:
    if is_there(folder) and not folder.is_symlink():
        yield folder
        for parent, folders, files in os.walk(folder):
            yield from (Path(parent) / name for name in sorted([*folders, *files]))


def _make_private(path: Path, mode: int) -> str:
    try:
        path.chmod(mode)
    except OSError as error:
        raise cannot_write(error, path) from error
    return f"its mode is now {mode:o}."


def _check_strays(paths: LibraryPaths) -> Iterator[Finding]:
    """Search for temporary files of programs that have ended."""
    for folder in (paths.folder, *(paths.folder / name for name in FOLDERS)):
        for path in sorted(folder.glob(".margin-*.tmp")):
            if is_abandoned(path):
                problem = f"{path} is a part of a file that a killed program left."
                yield Finding("stray", path, problem, repair=partial(_remove, path))


def _remove(path: Path) -> str:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(error, path) from error
    return "it was removed; it was never a part of the library."


def _check_locks(paths: LibraryPaths) -> Iterator[Finding]:
    """Report locks that a program holds, and disks where locks do not work."""
    if reason := reason_locks_fail(paths.locks):
        yield Finding("locks", paths.locks, reason)
        return
    for path in sorted(paths.locks.glob("*.lock")):
        if path.name != PROBE and is_held(path):
            notice = f"A running program holds {path}; this is no fault."
            yield Finding("in use", path, notice, is_fault=False)


def _check_index(paths: LibraryPaths) -> Iterator[Finding]:
    """Report what is damaged in the databases of the cache."""
    for database in (paths.index, paths.texts):
        if is_there(database) and (fault := _fault_of(database)):
            problem = (
                f"{database} is damaged ({fault}); all that it holds is in other files of the"
                " library, too."
            )
            yield Finding("index", database, problem, repair=partial(_remove_index, database))


def _fault_of(database: Path) -> str:
    """Return what SQLite finds damaged in a database; empty where that is nothing."""
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=5.0)) as connection:
            (result,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            return "" if result == "ok" else str(result)
    except sqlite3.DatabaseError as error:
        return str(error)


def _remove_index(database: Path) -> str:
    try:
        for path in database_files(database):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(error, database) from error
    return "it was removed; Margin makes it again from the other files."
