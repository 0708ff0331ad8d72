"""What an update of a vault did, or would do: plain values."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from reader.core.text_formatting import counted
from reader.exports.leftovers import Leftover
from reader.exports.vault_file import VaultFate, VaultFile
from reader.session.vault_edits import TakenNote


class VaultUpdate(NamedTuple):
    """What an update of a vault did, or would do."""

    folder: Path
    """The folder of the files."""
    vault: str
    """What the folder is a vault of, ``obsidian`` or ``logseq``; empty for a plain folder."""
    format_name: str
    """The format of the files."""
    files: tuple[VaultFile, ...]
    """The files, in the order of the articles."""
    gone: tuple[Leftover, ...]
    """Files whose annotations are gone."""
    taken: tuple[TakenNote, ...]
    """The annotations that a person edited."""
    step_id: str
    """The step that took the edits back, for ``StoredSteps.undo``; empty where there were none."""
    remarks: tuple[tuple[Path, str], ...]
    """Sentences on what of a file is not taken back, each with the file."""

    @property
    def changes(self) -> bool:
        """Whether anything is written or removed, in the folder or in the library."""
        return (
            any(not each.is_unchanged and not each.is_undone for each in self.files)
            or any(each.is_changed for each in self.gone)
            or any(each.parts for each in self.taken)
        )

    @property
    def summary(self) -> str:
        """What becomes of how many files and notes: ``2 new, 1 note changed in the library``."""
        taken = sum(bool(each.parts) for each in self.taken)
        facts = [f"{count:,} {fate}" for fate, count in self._counts.items()]
        facts += [f"{counted(taken, 'note')} changed in the library"] if taken else []
        return ", ".join(facts) or "nothing to export"

    @property
    def brief(self) -> str:
        """What changes, or is to be looked at, in a few words: ``2 new, 1 edit``."""
        facts = [
            f"{count:,} {fate}"
            for fate, count in self._counts.items()
            if fate != VaultFate.UNCHANGED
        ]
        facts += [counted(len(self.taken), "edit")] if self.taken else []
        return ", ".join(facts) or "nothing has changed"

    @property
    def _counts(self) -> Counter[str]:
        fates = sorted((each.fate for each in self.files), key=list(VaultFate).index)
        return Counter([*map(str, fates), *(str(each.outcome) for each in self.gone)])

    def name_of(self, path: Path) -> str:
        """Return the path of a file from the folder on."""
        return str(path.relative_to(self.folder) if path.is_relative_to(self.folder) else path)
