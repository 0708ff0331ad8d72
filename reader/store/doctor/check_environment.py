"""Checking what is around the articles: rights, locks, the index, and files that were left."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from reader.files import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    is_abandoned,
    is_there,
)
from reader.store.doctor.findings import Finding
from reader.store.errors import cannot_read, cannot_write
from reader.store.files.locks import PROBE, is_held, reason_locks_fail
from reader.store.files.paths import FOLDERS, LibraryPaths

_OTHERS: Final = 0o077
"""The rights of everybody but the owner."""


def check_environment(paths: LibraryPaths) -> Iterator[Finding]:
    """Check a library's rights, locks, index, and what dead programs left."""
    for check in (_check_rights, _check_strays, _check_locks, _check_index):
        yield from check(paths)


def _check_rights(paths: LibraryPaths) -> Iterator[Finding]:
    for path in [paths.folder, *(path for name in FOLDERS for path in _tree(paths.folder / name))]:
        try:
            status = path.lstat()
        except FileNotFoundError:
            continue  # gone meanwhile
        except OSError as error:
            yield Finding("unreadable", path, cannot_read(error, path).message)
            continue
        if stat.S_ISLNK(status.st_mode):
            continue
        is_folder = stat.S_ISDIR(status.st_mode)
        if not os.access(path, os.R_OK | (os.X_OK if is_folder else 0)):
            yield Finding("unreadable", path, f"{path} may not be read; check who owns it.")
        elif stat.S_IMODE(status.st_mode) & _OTHERS:
            mode = PRIVATE_FOLDER if is_folder else PRIVATE_FILE
            told = f"{path} may be looked into by others (mode {stat.S_IMODE(status.st_mode):o})."
            yield Finding("rights", path, told, repair=partial(_make_private, path, mode))


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
    return f"its mode is {mode:o}."


def _check_strays(paths: LibraryPaths) -> Iterator[Finding]:
    """Look for temporary files of programs that are gone."""
    for folder in (paths.folder, *(paths.folder / name for name in FOLDERS)):
        for path in sorted(folder.glob(".margin-*.tmp")):
            if is_abandoned(path):
                told = f"{path} is half a file that a program left when it was killed."
                yield Finding("stray", path, told, repair=partial(_remove, path))


def _remove(path: Path) -> str:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(error, path) from error
    return "it is removed; it never was a part of the library."


def _check_locks(paths: LibraryPaths) -> Iterator[Finding]:
    """Tell who holds locks, and whether locks do anything here."""
    if reason := reason_locks_fail(paths.locks):
        yield Finding("locks", paths.locks, reason)
        return
    for path in sorted(paths.locks.glob("*.lock")):
        if path.name != PROBE and is_held(path):
            told = f"{path} is held by a program that is running; this is no fault."
            yield Finding("in use", path, told, is_fault=False)


def _check_index(paths: LibraryPaths) -> Iterator[Finding]:
    database = paths.index
    if not is_there(database):
        return
    fault = ""
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=5.0)) as connection:
            (result,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            fault = "" if result == "ok" else str(result)
    except sqlite3.DatabaseError as error:
        fault = str(error)
    if fault:
        told = f"{database} is damaged ({fault}); it holds nothing that is not in the articles."
        yield Finding("index", database, told, repair=partial(_forget_index, database))


def _forget_index(database: Path) -> str:
    try:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{database}{suffix}").unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(error, database) from error
    return "it is removed, and is made anew from the articles."
