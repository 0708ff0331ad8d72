"""The commands for a library as a whole: backups, merging, checking, the trash."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.cli.library import folder_of, session_of
from reader.cli.output import (
    OK,
    PROBLEMS_LEFT,
    print_json,
    print_lines,
    print_message,
    print_warning,
    print_warnings,
)
from reader.cli.pager import paging
from reader.cli.progress import working
from reader.core.text_formatting import counted
from reader.errors import ReaderError
from reader.paths import absolute_path
from reader.progress import (
    CHECKS,
    INDEXING,
    MERGING,
    PACKING,
    REMOVING,
    RESTORING,
    UNPACKING,
    VERIFYING,
    Report,
    unreported,
)

if TYPE_CHECKING:
    import argparse

    from reader.session import Session
    from reader.session.deletions import Deletion
    from reader.session.maintenance import Maintenance


def merge(options: argparse.Namespace) -> int:
    """Merge another copy of the library into this one."""
    other = absolute_path(options.other, "The other library")
    rest = "What is merged is saved; the same command merges the rest."
    with working(dict.fromkeys((INDEXING, MERGING, REMOVING), rest)) as report:
        merged = _maintenance(options, report).merge(other)
    return _print_report(options, merged)


def restore(options: argparse.Namespace) -> int:
    """Merge an archive back into the library."""
    archive = absolute_path(options.archive, "The archive")
    unchanged = "The library is unchanged."
    rest = "What is restored is saved; the same command restores the rest."
    consequences = {
        **dict.fromkeys((VERIFYING, UNPACKING), unchanged),
        **dict.fromkeys((INDEXING, MERGING, RESTORING), rest),
    }
    with working(consequences) as report:
        restored = _maintenance(options, report).restore(archive)
    return _print_report(options, restored)


def git_merge(options: argparse.Namespace) -> int:
    """Merge an article file three ways."""
    from reader.session.maintenance import merge_for_git

    conflicts = merge_for_git(options.base, options.ours, options.theirs)
    if conflicts:
        print_warning(_conflict_sentence(conflicts))
    return OK


def backup(options: argparse.Namespace) -> int:
    """Write the library to one archive."""
    target = absolute_path(options.output or Path(), "-o")
    consequences = {
        PACKING: "No archive was written.",
        VERIFYING: "The archive is complete, but was not verified.",
    }
    with working(consequences) as report:
        written = _maintenance(options, report).back_up(target)
    if options.json:
        print_json(
            {
                "path": str(written.path),
                "files": written.files,
                "bytes": written.size,
                "left_out": list(written.left_out),
            }
        )
    else:
        print_lines([str(written.path)])
        print_message(f"{counted(written.files, 'file')}, {written.size:,} bytes, verified")
    for sentence in written.left_out:
        print_warning(sentence)
    return OK


def doctor(options: argparse.Namespace) -> int:
    """Check the library; the exit code is 1 if a fault is left."""
    consequence = "What was repaired stays." if options.fix else "Nothing was changed."
    findings: list[Any] = []
    try:
        with working(dict.fromkeys(CHECKS, consequence)) as report:
            findings.extend(_maintenance(options, report).check(is_repairing=options.fix))
    except KeyboardInterrupt:
        _print_findings(options, findings, if_none=[])
        raise
    _print_findings(options, findings, if_none=["No fault found."])
    if not options.json:
        repairable = sum(each.can_repair and not each.is_repaired for each in findings)
        if repairable and not options.fix:
            print_message(f"To repair {counted(repairable, 'fault')}: margin doctor --fix")
    return PROBLEMS_LEFT if any(each.is_left for each in findings) else OK


def _print_findings(
    options: argparse.Namespace, findings: Sequence[Any], if_none: Sequence[str]
) -> None:
    if options.json:
        print_json([each.record() for each in findings])
    else:
        print_lines([each.sentence() for each in findings] or if_none)


def trash(options: argparse.Namespace) -> int:
    """Print what was deleted, the newest first; bring it back, or empty the trash."""
    if options.empty:
        maintenance = _maintenance(options)
        return _empty(maintenance, len(maintenance.removals()), is_asking=not options.yes)
    session = session_of(options)
    if options.restore:
        return _bring_back(session, options)
    deletions = session.deletions.every()
    print_warnings(session.problems)
    if options.json:
        print_json([each.record() for each in deletions])
    else:
        from reader.cli.plain import deletion_lines

        with paging():
            for each in deletions:
                print_lines(deletion_lines(each), colour=options.color)
        print_message(_deletion_counts(deletions))
    return OK if deletions else PROBLEMS_LEFT


def _deletion_counts(deletions: Sequence[Deletion]) -> str:
    """Return how much was deleted: ``3 deleted annotations and 1 removal in the trash``."""
    notes = sum(each.removal is None for each in deletions)
    parts = [
        counted(notes, "deleted annotation") if notes else "",
        f"{counted(len(deletions) - notes, 'removal')} in the trash"
        if notes < len(deletions)
        else "",
    ]
    return " and ".join(filter(None, parts)) or "The trash is empty, and no annotation is deleted."


def _bring_back(session: Session, options: argparse.Namespace) -> int:
    deletion = session.deletions.find(options.restore)
    session.deletions.bring_back(deletion)
    session.writer.close()
    if options.json:
        print_json(deletion.record())
    else:
        print_message(deletion.sentence())
    return OK


def _empty(maintenance: Maintenance, count: int, *, is_asking: bool) -> int:
    if not count:
        print_message("The trash is empty.")
        return OK
    if is_asking:
        if sys.stdin is None or not sys.stdin.isatty():
            raise ReaderError(
                "Not emptied", "There is no terminal to ask; to delete without asking, add --yes."
            )
        print_message(
            f"Delete {counted(count, 'removal')} in {maintenance.folder / 'trash'} for good?"
            " [y/N] ",
            end="",
        )
        if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
            return PROBLEMS_LEFT
    print_message(f"Deleted {counted(maintenance.empty_trash(), 'removal')}.")
    return OK


def _print_report(options: argparse.Namespace, report: Any) -> int:
    """Print what a merge did; the exit code is 1 if a file could not be merged."""
    if options.json:
        print_json(report.record())
    else:
        counts = [
            counted(report.added, "article") + " added",
            f"{report.merged} merged",
            f"{report.unchanged} unchanged",
        ]
        if report.kept_removed:
            counts.append(f"{report.kept_removed} removed, and not brought back")
        print_lines([", ".join(counts)])
        if report.conflicting_edits:
            print_warning(_conflict_sentence(report.conflicting_edits))
    print_warnings(report.problems)
    return PROBLEMS_LEFT if report.problems else OK


def _conflict_sentence(count: int) -> str:
    verb = "keeps" if count == 1 else "keep"
    return f"{counted(count, 'note')} edited on both sides {verb} both texts."


def _maintenance(options: argparse.Namespace, report: Report = unreported) -> Maintenance:
    from reader.session.maintenance import Maintenance

    return Maintenance(folder_of(options), report)
