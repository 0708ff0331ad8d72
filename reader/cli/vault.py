"""The command that keeps a vault up to date: ``margin export --to``."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from reader.cli.output import (
    NOTHING_FOUND,
    OK,
    PROBLEMS_LEFT,
    print_json,
    print_lines,
    print_message,
    print_warning,
)
from reader.cli.progress import working
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.paths import absolute_path
from reader.progress import CHANGING, CHECKING_ARTICLES, EXPORTING, IMPORTING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from reader.session import Session
    from reader.session.requests import ChosenNotes
    from reader.session.vault_export import TakenNote, VaultFile, VaultUpdate

_STOPPED = "Files that were written are whole; the same command writes the rest."
_TAKEN = "Your edits are in the library now. To take them out again: margin undo"
_QUOTE_LENGTH = 60


def update_vault(
    session: Session,
    options: argparse.Namespace,
    articles: Sequence[str] | None,
    chosen: ChosenNotes | None,
    tags: Sequence[str],
) -> int:
    """Bring a folder up to date, or print what that would do.

    Returns:
        The exit code: 1 if a file could not be brought up to date, or there is none.
    """
    folder = _folder(session, options)
    stages = dict.fromkeys((CHECKING_ARTICLES, EXPORTING, IMPORTING, CHANGING), _STOPPED)
    with _telling_of_edits() as step_made, working(stages) as report:
        update = session.update_vault(
            folder,
            articles,
            tags=tags,
            format_name=options.format,
            chosen=chosen,
            has_ids=options.ids,
            is_dry=options.dry_run,
            report=report,
            step_made=step_made,
        )
    session.writer.close()
    if options.json:
        print_json(_record(update, is_dry=options.dry_run))
    else:
        print_lines(_lines(update))
        _print_remarks(update)
        print_message(_summary(update, is_dry=options.dry_run))
    if any(each.is_undone for each in update.files):
        return PROBLEMS_LEFT
    return OK if update.files or update.gone else NOTHING_FOUND


@contextmanager
def _telling_of_edits() -> Iterator[Callable[[str, str], None]]:
    """Say that edits are in the library, where an error keeps the files from being written.

    Yields:
        What is to be called with the id and the label of the step.
    """
    steps: list[str] = []
    try:
        yield lambda step_id, _label: steps.append(step_id)
    except ReaderError:
        if steps:
            print_warning(_TAKEN)
        raise


def _folder(session: Session, options: argparse.Namespace) -> Path:
    """Return the folder that the options name, or else the settings.

    Raises:
        ReaderError: Neither names one.
    """
    if options.to:
        return absolute_path(options.to, "--to")
    if session.settings.vault:
        return absolute_path(session.settings.vault, "the setting vault")
    raise ReaderError(
        "Not exported",
        "Name the folder, as in --to ~/Notes/Margin, or set it: margin config set vault"
        " ~/Notes/Margin",
    )


def _lines(update: VaultUpdate) -> Iterator[str]:
    """Yield a line for each edit that was made in a file, and for each file that changes."""
    for note in update.taken:
        yield _taken_line(note, update)
    for file in update.files:
        if not file.is_unchanged:
            yield _file_line(file, update)
    for gone in update.gone:
        yield f"{gone.outcome}: {update.name_of(gone.path)}"


def _taken_line(note: TakenNote, update: VaultUpdate) -> str:
    what = f"{', '.join(note.parts)} of " if note.parts else ""
    words = one_line(note.quote, _QUOTE_LENGTH)
    return f"edited: {update.name_of(note.path)}: {what}“{words}”: {note.fate}"


def _file_line(file: VaultFile, update: VaultUpdate) -> str:
    was = f" (it was {update.name_of(file.renamed_from)})" if file.renamed_from else ""
    what = f" ({file.what})" if file.what else ""
    return f"{file.fate}: {update.name_of(file.path)}{was}{what}"


def _print_remarks(update: VaultUpdate) -> None:
    for path, remark in update.remarks:
        print_warning(f"{update.name_of(path)}: {remark}")
    for note in update.taken:
        if note.remark:
            words = one_line(note.quote, _QUOTE_LENGTH)
            print_warning(f"{update.name_of(note.path)}: “{words}”: {note.remark}")
    by_remark: dict[str, list[VaultFile]] = defaultdict(list)
    for file in update.files:
        by_remark[file.sentence].append(file)
    by_remark.pop("", None)
    for remark, (file, *others) in by_remark.items():
        more = f" and {counted(len(others), 'other file')}" if others else ""
        print_warning(f"{update.name_of(file.path)}{more}: {remark}")
    for gone in update.gone:
        print_warning(gone.sentence)


def _summary(update: VaultUpdate, *, is_dry: bool) -> str:
    what = update.summary
    if is_dry:
        return f"{update.folder} would have: {what}. Nothing was changed."
    undo = (
        " To take the edits out of the library again: margin undo"
        if update.step_id and any(each.parts for each in update.taken)
        else ""
    )
    return f"{update.folder}: {what}.{undo}"


def _record(update: VaultUpdate, *, is_dry: bool) -> dict[str, Any]:
    return {
        "folder": str(update.folder),
        "vault": update.vault,
        "format": update.format_name,
        "dry_run": is_dry,
        "step": update.step_id,
        "files": [
            {
                "article": each.article_id,
                "path": str(each.path),
                "fate": str(each.fate),
                "renamed_from": str(each.renamed_from) if each.renamed_from else "",
                "what": each.what,
                "remark": each.remark,
            }
            for each in update.files
        ],
        "gone": [
            {"path": str(each.path), "outcome": str(each.outcome), "reason": each.reason}
            for each in update.gone
        ],
        "remarks": [{"path": str(path), "remark": remark} for path, remark in update.remarks],
        "taken": [
            {
                "path": str(each.path),
                "article": each.article_id,
                "annotation": each.note_id,
                "fate": str(each.fate),
                "parts": list(each.parts),
                "quote": each.quote,
                "remark": each.remark,
            }
            for each in update.taken
        ],
    }
