"""Packages that only some people need: how one is installed where Margin runs."""

from __future__ import annotations

import importlib.util
import shlex
import sys


def is_installed(package: str) -> bool:
    """Return whether a package can be imported; does not import it."""
    return importlib.util.find_spec(package) is not None


def install_command(package: str) -> str:
    """Return the command that installs a package of the package index where Margin runs."""
    python = shlex.quote(sys.executable)
    if not is_installed("pip"):  # in environments that uv made
        return f"uv pip install --python {python} {package}"
    return f"{python} -m pip install {package}"
