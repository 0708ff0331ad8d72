"""The library that a command works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.paths import absolute_path, library_folder

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from reader.session import Session


def folder_of(options: argparse.Namespace) -> Path:
    """Return the library's folder: the one of ``--library``, or the usual one."""
    if options.library is None:
        return library_folder()
    return absolute_path(options.library, "--library")


def session_of(options: argparse.Namespace) -> Session:
    """Return a session on the library, which shows its progress where the library is indexed."""
    from reader.cli.progress import show_indexing
    from reader.session import Session

    session = Session(folder_of(options))
    show_indexing(session)
    return session
