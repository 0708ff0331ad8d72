"""Takes what a person edited in the files of a vault back into the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.core.annotation import Annotation
from reader.formats import clean_line
from reader.imports.model import BadRow, GivenFile, ImportedSource, Remark
from reader.imports.registry import FORMATS as KINDS
from reader.progress import Report
from reader.session.importing import Fate, ImportPlan, PlannedNote
from reader.session.importing.importing import EDITED

if TYPE_CHECKING:
    from reader.session.importing import Importing

_UNDECIDED = "it stays as it is until the library and the file have the same value there"
"""Why a file is not written in which a value and that of the library exclude each other."""


class TakenNote(NamedTuple):
    """An annotation that a person edited in a file."""

    path: Path
    """The file."""
    article_id: str
    """Its article."""
    note_id: str
    """Its id."""
    fate: Fate
    """What becomes of the edit."""
    parts: tuple[str, ...]
    """The parts of the annotation that are changed in the library."""
    quote: str
    """The passage, as the library has it."""
    remark: str
    """What else to know of it, as a sentence; may be empty."""
    text: str
    """Its note as it becomes; empty where the note stays as it is."""


class VaultEdits(NamedTuple):
    """What a person edited in the files."""

    notes: tuple[TakenNote, ...] = ()
    """The annotations that were edited."""
    after: Mapping[str, Annotation] = {}
    """The annotations as they would become, by id, where nothing is changed."""
    undecided: Mapping[str, str] = {}
    """Why the file of an article stays as it is, by the article's id."""
    step_id: str = ""
    """The step that took the edits back; empty where nothing was changed."""
    remarks: tuple[tuple[Path, str], ...] = ()
    """Sentences on what is not taken back, each with its file."""
    articles: frozenset[str] = frozenset()
    """The articles of all of these."""


def edits_label(folder: Path) -> str:
    """Return what taking back edits of a folder is called in the list of steps."""
    return f"edits in {folder.name}"


def take_back(
    edited: Mapping[str, Path],
    kind: str,
    importing: Importing,
    folder: Path,
    *,
    compare: Callable[[str], None],
    report: Report,
    is_dry: bool,
) -> VaultEdits:
    """Take what a person edited in files back into the library, or say what would be taken.

    Args:
        edited: The files by the ids of their articles.
        kind: What reads them, as in the registry of imports.
        importing: Takes edits back.
        folder: The folder of the files.
        compare: Called with each article that an edit changes, before that.
        report: Called before each article that is changed; may raise to end the work.
        is_dry: Whether to change nothing.
    """
    sources, remarks = _read_all(edited, kind)
    remarked = {path for path, _ in remarks}
    articles = {article_id for article_id, path in edited.items() if path in remarked}
    if not sources:
        return VaultEdits(remarks=remarks, articles=frozenset(articles))
    plan = importing.plan_edits(sources, edits_label(folder))
    changed = [
        (note, planned.article.id)
        for planned in plan.sources()
        if planned.article is not None
        for note in planned.notes
        if note.fate in EDITED
    ]
    for article_id in dict.fromkeys(article_id for _, article_id in changed):
        compare(article_id)
    step_id = "" if is_dry or not plan.changes else importing.make(plan, report).step_id
    return VaultEdits(
        tuple(_taken(note, edited[article_id], article_id) for note, article_id in changed),
        _after(plan) if is_dry else {},
        {article_id: _UNDECIDED for note, article_id in changed if _is_undecided(note)},
        step_id,
        remarks,
        frozenset(articles.union(article_id for _, article_id in changed)),
    )


def _read_all(
    edited: Mapping[str, Path], kind: str
) -> tuple[list[ImportedSource], tuple[tuple[Path, str], ...]]:
    """Return what files say of their articles, and what of each file is not taken back."""
    sources: list[ImportedSource] = []
    remarks: list[tuple[Path, str]] = []
    for article_id, path in edited.items():
        found, told = _read(path, kind, article_id)
        sources += found
        remarks += ((path, clean_line(each.message)) for each in told)
    return sources, tuple(remarks)


def _read(path: Path, kind: str, article_id: str) -> tuple[list[ImportedSource], list[Remark]]:
    """Return what a file says of its article, and what of it is not taken back."""
    sources: list[ImportedSource] = []
    remarks: list[Remark] = []
    try:
        data = path.read_bytes()
    except OSError:  # said when the file is to be written
        return [], []
    for each in KINDS[kind].read(GivenFile(data, path.name)):
        if isinstance(each, ImportedSource):
            sources += [each] if each.article == article_id else []
        elif isinstance(each, BadRow):
            remarks.append(Remark(f"line {each.row}: {each.message}"))
        else:
            remarks.append(each)
    return sources, remarks


def _after(plan: ImportPlan) -> dict[str, Annotation]:
    notes = (note.after for source in plan.sources() for note in source.notes)
    return {after.id: after for after in notes if after is not None}


def _taken(note: PlannedNote, path: Path, article_id: str) -> TakenNote:
    before, after = note.before, note.after or note.before
    known = before or after
    quote = known.selector.exact if known else note.note.quote
    text = after.note if after and "note" in note.parts else ""
    note_id = known.id if known else ""
    return TakenNote(path, article_id, note_id, note.fate, note.parts, quote, note.remark, text)


def _is_undecided(note: PlannedNote) -> bool:
    """Tell whether a value of a file and that of the library exclude each other."""
    stays = note.after or note.before
    if note.fate is not Fate.CONFLICT or stays is None:
        return False
    return any(
        (getattr(note.note, part) or "") != (getattr(stays, part) or "")
        for part in ("speaker", "status")
    )
