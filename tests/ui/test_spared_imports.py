"""Textual without some of its imports, in a Python of its own."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys

from reader.ui.spared_imports import spared_imports

with spared_imports():
    import textual.app

spared = {"platformdirs", "ssl", "textual.command"}
assert spared.isdisjoint(sys.modules), spared & set(sys.modules)

import ssl, textual.command, textual.widgets
from platformdirs import user_downloads_path

assert user_downloads_path()
assert ssl.create_default_context()
assert issubclass(textual.command.CommandPalette, textual.app.Screen)

with spared_imports():
    from textual.command import CommandPalette

assert CommandPalette is textual.command.CommandPalette
"""
"""What was spared can be imported afterwards, and what was imported is not spared."""


def test_it_spares_nothing_for_good() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
