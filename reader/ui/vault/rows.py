"""The rows of an update of a vault: its files, and the edits that were made in a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final, NamedTuple

from textual.content import Content

from reader.core.text_formatting import counted, one_line
from reader.session.vault_export import (
    Outcome,
    TakenNote,
    VaultFate,
    VaultUpdate,
)
from reader.ui.importing.plan_rows import SIGNS
from reader.ui.widgets.row_list import RowList, join_parts

_FILE_SIGNS: Final = {
    VaultFate.NEW: ("+", "$supported"),
    VaultFate.CHANGED: ("~", "$accent"),
    VaultFate.RENAMED: ("~", "$accent"),
    VaultFate.UNCHANGED: ("=", "$faint"),
    VaultFate.CONFLICT: ("!", "$disputed"),
    VaultFate.FAILED: ("!", "$disputed"),
    Outcome.REMOVED: ("–", "$disputed"),
    Outcome.EMPTIED: ("–", "$disputed"),
    Outcome.LEFT: ("·", "$faint"),
}
"""The sign of what becomes of a file, of one cell, and its colour."""


class VaultRow(NamedTuple):
    """A file of a vault."""

    name: str
    """Its path from the folder of the vault on."""
    fate: VaultFate | Outcome
    """What becomes of it."""
    article_id: str = ""
    """Its article; empty where that has nothing to export any more."""
    was: str = ""
    """Its former path; empty where that is the same."""
    what: str = ""
    """What changes in it, or why it is gone; may be empty."""
    taken: tuple[TakenNote, ...] = ()
    """The edits that were made in it."""
    remarks: tuple[str, ...] = ()
    """What else to know of it, each as a clause or a sentence."""

    @property
    def is_doubtful(self) -> bool:
        """Whether the reader should look at it."""
        is_undone = self.fate in (VaultFate.CONFLICT, VaultFate.FAILED)
        return is_undone or bool(self.remarks) or any(each.remark for each in self.taken)

    @property
    def is_news(self) -> bool:
        """Whether anything of it changes, or is to be looked at."""
        return self.fate is not VaultFate.UNCHANGED or bool(self.taken) or self.is_doubtful

    @property
    def facts(self) -> tuple[str, ...]:
        """What becomes of it, in words."""
        edits = counted(len(self.taken), "edit") if self.taken else ""
        was = f"it was {self.was}" if self.was else ""
        return tuple(filter(None, (str(self.fate), self.what, was, edits)))

    @property
    def detail(self) -> str:
        """All of it, on several lines."""
        lines = (self.name, ", ".join(self.facts), *self.remarks)
        return "\n".join(one_line(line) for line in lines)


def rows_of(update: VaultUpdate) -> Iterator[VaultRow]:
    """Yield the rows of an update: the files of articles, then those whose annotations are gone."""
    edits: dict[str, _Edits] = defaultdict(_Edits)
    for note in update.taken:
        edits[update.name_of(note.path)].taken.append(note)
    for path, remark in update.remarks:
        edits[update.name_of(path)].remarks.append(remark)
    for file in update.files:
        was = update.name_of(file.renamed_from) if file.renamed_from else ""
        name = update.name_of(file.path)
        row = VaultRow(name, file.fate, file.article_id, was, file.what)
        yield _with_edits(row, edits.pop(was or name, _Edits()), file.sentence)
    for leftover in update.gone:
        name, is_left = update.name_of(leftover.path), leftover.outcome is Outcome.LEFT
        row = VaultRow(name, leftover.outcome, what="" if is_left else leftover.reason)
        yield _with_edits(row, edits.pop(name, _Edits()), leftover.reason if is_left else "")
    for name, others in edits.items():
        article_id = next((each.article_id for each in others.taken), "")
        yield _with_edits(VaultRow(name, VaultFate.UNCHANGED, article_id), others)


@dataclass
class _Edits:
    """What a person edited in a file."""

    taken: list[TakenNote] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def _with_edits(row: VaultRow, edits: _Edits, sentence: str = "") -> VaultRow:
    """Return a row with the edits in its file, and with what to know of them and of the file."""
    remarks = tuple(filter(None, (sentence, *edits.remarks)))
    return row._replace(taken=tuple(edits.taken), remarks=remarks)


class VaultRows(RowList[VaultRow]):
    """The files of a vault, two lines each."""

    ROW_HEIGHT: ClassVar[int] = 2

    def key_of(self, row: VaultRow) -> str:
        """Return the path of the file."""
        return row.name

    def render_row(self, row: VaultRow, width: int, is_highlighted: bool) -> Sequence[Content]:  # noqa: ARG002
        """Return the name of the file, and what becomes of it."""
        sign, colour = _FILE_SIGNS[VaultFate.CONFLICT if row.is_doubtful else row.fate]
        head = Content.assemble((f"{sign} ", f"bold {colour}"), (one_line(row.name, width), "bold"))
        fate, *others = row.facts
        facts = [
            (fate, colour),
            *((one_line(each, width), "$faint") for each in others),
            *((one_line(each, width), "$warning") for each in row.remarks),
        ]
        return head, Content("  ") + join_parts(facts)


class TakenRows(RowList[TakenNote]):
    """The edits that were made in a file, three lines each."""

    ROW_HEIGHT: ClassVar[int] = 3

    def key_of(self, row: TakenNote) -> str:
        """Return the id of the annotation."""
        return row.note_id

    def render_row(self, row: TakenNote, width: int, is_highlighted: bool) -> Sequence[Content]:  # noqa: ARG002
        """Return the passage, the note as it becomes, and what becomes of the edit."""
        sign, colour = SIGNS[row.fate]
        words = f"“{one_line(row.quote[: 4 * width], width)}”"
        head = Content.assemble((f"{sign} ", f"bold {colour}"), (words, "$heading"))
        facts = [
            (str(row.fate), colour),
            (", ".join(row.parts), "$faint"),
            (one_line(row.remark, 4 * width), "$warning"),
        ]
        text = one_line(row.text[: 4 * width], width)
        second = [Content.styled(f"  {text}", "italic")] if text else []
        return [head, *second, Content("  ") + join_parts(facts)]
