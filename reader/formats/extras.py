"""The error for a format that needs a package that is not installed."""

from __future__ import annotations

import importlib.util
import shlex
import sys

from reader.errors import SourceError


def not_installed(kind: str, package: str) -> SourceError:
    """Return the error with the command that installs a package where Margin runs.

    Args:
        kind: The format that needs the package, such as ``PDF``.
        package: The name of the package on the package index.
    """
    python = shlex.quote(sys.executable)
    if importlib.util.find_spec("pip") is None:  # in environments that uv made
        command = f"uv pip install --python {python} {package}"
    else:
        command = f"{python} -m pip install {package}"
    return SourceError("Not installed", f"Reading {kind} needs one more package: {command}")
