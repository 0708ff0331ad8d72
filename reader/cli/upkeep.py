"""The commands that look after a library as a whole."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from reader.cli.json_lines import print_json
from reader.errors import ReaderError

if TYPE_CHECKING:
    import argparse

    from reader.session.upkeep import Upkeep

OK, PROBLEMS_LEFT, FAILED = 0, 1, 2
"""The exit codes."""


def merge(options: argparse.Namespace) -> int:
    """Take in another copy of the library."""
    return _print_union(options, _upkeep(options).merge(options.other.expanduser()))


def restore(options: argparse.Namespace) -> int:
    """Bring an archive back."""
    return _print_union(options, _upkeep(options).restore(options.archive.expanduser()))


def git_merge(options: argparse.Namespace) -> int:
    """Merge an article file three ways."""
    from reader.session.upkeep import merge_for_git

    joined = merge_for_git(options.base, options.ours, options.theirs)
    if joined:
        print(f"margin: {_joined_sentence(joined)}", file=sys.stderr)
    return OK


def backup(options: argparse.Namespace) -> int:
    """Write the library to one archive."""
    written = _upkeep(options).back_up(options.output)
    if options.json:
        print_json({"path": str(written.path), "files": written.files, "bytes": written.size})
    else:
        sys.stdout.write(f"{written.path}\n")
        print(f"{_count(written.files, 'file')}, {written.size:,} bytes, verified", file=sys.stderr)
    return OK


def doctor(options: argparse.Namespace) -> int:
    """Check the library; the exit code is 1 where a fault is left."""
    findings = _upkeep(options).check(is_mending=options.fix)
    if options.json:
        print_json([each.record() for each in findings])
    else:
        for each in findings:
            sys.stdout.write(f"{each.sentence()}\n")
        if not findings:
            sys.stdout.write("No fault found.\n")
        mendable = sum(each.can_mend and not each.is_mended for each in findings)
        if mendable and not options.fix:
            print(f"To mend {_count(mendable, 'fault')}: margin doctor --fix", file=sys.stderr)
    return PROBLEMS_LEFT if any(each.is_left for each in findings) else OK


def trash(options: argparse.Namespace) -> int:
    """Print what is in the trash, or delete it."""
    upkeep = _upkeep(options)
    removals = upkeep.removals()
    if options.empty:
        return _empty(upkeep, len(removals), is_asking=not options.yes)
    if options.json:
        print_json([each.record() for each in removals])
    else:
        for each in removals:
            sys.stdout.write(f"{each.removed[:16].replace('T', ' ')}  {each.name}\n")
            for title in each.titles:
                sys.stdout.write(f"  {title}\n")
        if not removals:
            print("The trash is empty.", file=sys.stderr)
    return OK if removals else PROBLEMS_LEFT


def _empty(upkeep: Upkeep, count: int, *, is_asking: bool) -> int:
    if not count:
        print("The trash is empty.", file=sys.stderr)
        return OK
    if is_asking:
        if not sys.stdin.isatty():
            raise ReaderError(
                "Not emptied", "There is nobody to ask; to delete without asking, add --yes."
            )
        print(
            f"Delete {_count(count, 'removal')} in {upkeep.folder / 'trash'} for good? [y/N] ",
            end="",
            file=sys.stderr,
            flush=True,
        )
        if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
            return PROBLEMS_LEFT
    print(f"Deleted {_count(upkeep.empty_trash(), 'removal')}.", file=sys.stderr)
    return OK


def _print_union(options: argparse.Namespace, union: Any) -> int:
    """Say what a merge did; the exit code is 1 where a file could not be merged."""
    if options.json:
        print_json(union.record())
    else:
        said = [
            _count(union.added, "article") + " added",
            f"{union.merged} merged",
            f"{union.unchanged} as they were",
        ]
        if union.kept_removed:
            said.append(f"{union.kept_removed} removed, and left so")
        sys.stdout.write(", ".join(said) + "\n")
        if union.both_texts:
            print(f"margin: {_joined_sentence(union.both_texts)}", file=sys.stderr)
    for problem in union.problems:
        print(f"margin: {problem}", file=sys.stderr)
    return PROBLEMS_LEFT if union.problems else OK


def _joined_sentence(count: int) -> str:
    verb = "keeps" if count == 1 else "keep"
    return f"{_count(count, 'note')} edited on both sides {verb} both texts."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _upkeep(options: argparse.Namespace) -> Upkeep:
    from reader.paths import library_folder
    from reader.session.upkeep import Upkeep

    return Upkeep((options.library or library_folder()).expanduser())
