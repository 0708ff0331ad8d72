"""The vault that a folder belongs to: Obsidian's or Logseq's, known by its own marks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

_OBSIDIAN: Final = ".obsidian"
"""The folder with Obsidian's settings, at the root of a vault."""
_LOGSEQ: Final = "logseq/config.edn"
"""The file with Logseq's settings, below the root of a graph."""
_PAGES: Final = "pages"
"""The folder of Logseq's pages where its settings name no other."""
_PAGES_SETTING: Final = re.compile(r'^[^;"\n]*:pages-directory[\s,]+"([^"\\\n]+)"', re.MULTILINE)
_MOST_SETTINGS: Final = 1_000_000
"""How many bytes of Logseq's settings are looked at."""


class VaultKind(StrEnum):
    """A program that keeps its notes in a folder of files."""

    OBSIDIAN = "obsidian"
    LOGSEQ = "logseq"


class Vault(NamedTuple):
    """A folder that such a program has its notes in."""

    kind: VaultKind
    """The program; Obsidian where both use the folder, since Logseq reads that form, too."""
    root: Path
    """The folder with the program's settings."""


def find_vault(folder: Path) -> Vault | None:
    """Return the nearest vault that holds a folder, or is it; None where there is none.

    Args:
        folder: A folder, which need not be there yet.
    """
    return next((vault for each in _around(folder) if (vault := _vault_at(each))), None)


def folder_in(vault: Vault | None, folder: Path) -> Path:
    """Return the folder that files for a vault go to: of a Logseq graph, that of its pages.

    Args:
        vault: The vault that ``folder`` is in; None for no vault.
        folder: The folder that a person named; only the root of a graph is not taken as it is.
    """
    if vault is None or vault.kind is not VaultKind.LOGSEQ or _real(folder) != vault.root:
        return folder
    try:
        with (vault.root / _LOGSEQ).open("rb") as file:
            settings = file.read(_MOST_SETTINGS).decode(errors="replace")
    except OSError:
        settings = ""
    named = _PAGES_SETTING.search(settings)
    pages = vault.root / (named[1] if named else _PAGES)
    return pages if vault.root in _real(pages).parents else vault.root / _PAGES


def _around(folder: Path) -> Iterator[Path]:
    """Yield a folder and those around it: as it is named, then where its links lead."""
    for each in (folder.absolute(), _real(folder)):
        yield from (each, *each.parents)


def _real(folder: Path) -> Path:
    """Return where the links of a folder lead, also where they lead in a circle."""
    return Path(os.path.realpath(folder))


def _vault_at(folder: Path) -> Vault | None:
    try:
        if (folder / _OBSIDIAN).is_dir():
            return Vault(VaultKind.OBSIDIAN, _real(folder))
        if (folder / _LOGSEQ).is_file():
            return Vault(VaultKind.LOGSEQ, _real(folder))
    except OSError:  # a folder that may not be looked into
        pass
    return None
