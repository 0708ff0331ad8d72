"""What is said where a format needs a package that is not installed."""

from __future__ import annotations

import importlib.util
import shlex
import sys

from reader.errors import SourceError


def not_installed(kind: str, package: str) -> SourceError:
    """Return the error that names the command which installs a package where Margin runs.

    Args:
        kind: What cannot be read without it, such as ``PDF``.
        package: Its name on the package index.
    """
    python = shlex.quote(sys.executable)
    if importlib.util.find_spec("pip") is None:  # environments that uv makes have none
        command = f"uv pip install --python {python} {package}"
    else:
        command = f"{python} -m pip install {package}"
    return SourceError("Not installed", f"Reading {kind} needs one more package: {command}")
