"""Importing Textual without those of its imports that Margin needs later or never.

Written for Textual 8.2: its app imports the command palette with all of its widgets, the folders
of downloads, and through asyncio the encryption of connections. That is a sixth of the time that
Textual takes to import, and all of it comes before the first key is answered.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final, cast

_STAND_INS: Final = ("platformdirs", "textual.command")
"""Modules of which Textual's app takes only names, to use them later: as the base of a class that
Margin has no use for, and in functions that Margin does not call."""

_MISSING: Final = ("ssl",)
"""Modules that asyncio does without where Python lacks them; Margin's connections are urllib3's."""


class _StandIn(ModuleType):
    """Takes the place of a module: each name that is imported from it is an empty class."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("_"):
            raise AttributeError(name)
        return type(name, (), {})


@contextmanager
def spared_imports() -> Iterator[None]:
    """Import Textual without what it need not import; afterwards, all of that can be imported.

    Modules that were imported before stay as they are.
    """
    modules = cast("dict[str, ModuleType | None]", sys.modules)
    spared = {
        **{name: _StandIn(name) for name in _STAND_INS if name not in modules},
        **{name: None for name in _MISSING if name not in modules},
    }
    modules.update(spared)
    try:
        yield
    finally:
        for name in spared:
            del modules[name]
