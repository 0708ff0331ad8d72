"""The error for a format that needs a package that is not installed."""

from __future__ import annotations

from reader.errors import SourceError
from reader.extras import install_command


def not_installed(kind: str, package: str) -> SourceError:
    """Return the error with the command that installs a package where Margin runs.

    Args:
        kind: The format that needs the package, such as ``PDF``.
        package: The name of the package on the package index.
    """
    command = install_command(package)
    return SourceError("Not installed", f"Reading {kind} needs one more package: {command}")
