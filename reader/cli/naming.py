"""The commands for the names of tags and speakers, and the one that undoes what they did."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from reader import clock
from reader.cli.library import session_of
from reader.cli.output import (
    NOTHING_FOUND,
    OK,
    PROBLEMS_LEFT,
    print_json,
    print_lines,
    print_message,
    print_warning,
    print_warnings,
)
from reader.cli.progress import working
from reader.core.text_formatting import counted, one_line
from reader.errors import ReaderError
from reader.progress import CHANGING, REMOVING

if TYPE_CHECKING:
    import argparse

    from reader.session import Session
    from reader.session.names import NameChange, NameCount, NameKind

_REST = (
    "What was changed is saved; the same command changes the rest, and margin undo takes it back."
)


def tags(options: argparse.Namespace) -> int:
    """Print the tags of notes with their uses; rename or merge them before, if asked to."""
    from reader.session.names import NameKind

    return _names(NameKind.TAGS, options)


def speakers(options: argparse.Namespace) -> int:
    """Print the speakers with their uses; rename or merge them before, if asked to."""
    from reader.session.names import NameKind

    return _names(NameKind.SPEAKERS, options)


def _names(kind: NameKind, options: argparse.Namespace) -> int:
    session = session_of(options)
    if getattr(options, "apart", None) is not None:
        session.names.set_apart(options.apart)
        print_message(f"“{options.apart}” is nobody’s other name.")
        return OK
    plan = _plan(session, kind, options)
    if plan is not None:
        return _change(session, plan, options)
    counts = session.names.counts(kind)
    print_warnings([*session.problems, *_unfinished(session)])
    if options.json:
        print_json(_records(session, kind, counts))
    else:
        print_lines(_lines(counts))
        _offer_merges(session, kind, counts)
        if not counts:
            print_message(f"No note has a {kind.singular}.")
    return OK if counts else NOTHING_FOUND


def _plan(session: Session, kind: NameKind, options: argparse.Namespace) -> NameChange | None:
    """Return the change that the options ask for; None where they ask for none."""
    if options.rename:
        return session.names.plan_rename(kind, *options.rename)
    if bool(options.merge) != bool(options.into):
        raise ReaderError(
            "Nothing to merge", "Name what to merge and the name that stays: --merge A B --into C"
        )
    return session.names.plan_merge(kind, options.merge, options.into) if options.merge else None


def _change(session: Session, plan: NameChange, options: argparse.Namespace) -> int:
    """Say how much a change of names changes, ask, and make it."""
    _warn_of_settings(session, plan)
    record: dict[str, Any] = {
        "kind": str(plan.kind),
        "names": list(plan.names),
        "new_name": plan.new_name,
        "notes": len(plan.notes),
        "articles": len({each.article_id for each in plan.notes}),
        "changed": False,
    }
    if not options.json:
        print_message(plan.sentence)
    if not options.dry_run:
        if not (options.yes or is_confirmed(plan.label)):
            return PROBLEMS_LEFT
        with working({CHANGING: _REST}) as report:
            session.names.apply(plan, report)
        record["changed"] = True
        if not options.json:
            print_message("Done; to take it back: margin undo")
        session.writer.close()
    if options.json:
        print_json(record)
    return OK


def is_confirmed(change: str) -> bool:
    """Ask whether to make a change, named like ``rename the tag “a” to “b”``.

    Raises:
        ReaderError: There is no terminal to ask.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise ReaderError(
            "Not changed", "There is no terminal to ask; to change it without asking, add --yes."
        )
    print_message(f"{change[0].upper()}{change[1:]}? [y/N] ", end="")
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def _warn_of_settings(session: Session, plan: NameChange) -> None:
    from reader.session.names import NameKind

    if plan.kind is NameKind.TAGS:
        for tag in session.settings.tags:
            if tag.name in plan.names:
                print_warning(
                    f"The settings still have the tag “{tag.name}” on the key {tag.key or 'none'};"
                    " to rename it there: margin config edit"
                )


def _lines(counts: list[NameCount]) -> list[str]:
    digits = max((len(f"{each.notes:,}") for each in counts), default=0)
    return [
        f"{each.notes:{digits},}  {one_line(each.name)}"
        + (f"  ({one_line(', '.join(each.other_names))})" if each.other_names else "")
        for each in counts
    ]


def _offer_merges(session: Session, kind: NameKind, counts: list[NameCount]) -> None:
    """Print which speakers may be one person."""
    from reader.session.names import NameKind

    if kind is not NameKind.SPEAKERS:
        return
    notes = {each.name: each.notes for each in counts}
    merges = session.names.likely_merges(counts)
    if merges:
        print_message("\nThe same person? Nothing is merged unless you say so:")
    for each in merges:
        words = f"--merge {_quoted(each.name)} --into {_quoted(each.main_name)}"
        print_message(
            f"  {one_line(each.name)} ({notes[each.name]}),"
            f" {one_line(each.main_name)} ({notes[each.main_name]}):"
            f" {each.reason}\n    margin speakers {words}"
        )


def _quoted(name: str) -> str:
    import shlex

    return shlex.quote(one_line(name))


def _records(session: Session, kind: NameKind, counts: list[NameCount]) -> list[dict[str, Any]]:
    from reader.session.names import NameKind

    if kind is NameKind.TAGS:
        return [
            {"name": each.name, "notes": each.notes, "articles": each.articles} for each in counts
        ]
    merges = {each.name: each for each in session.names.likely_merges(counts)}
    return [
        each.record()
        | {
            "same_as": merges[each.name].main_name if each.name in merges else "",
            "reason": merges[each.name].reason if each.name in merges else "",
        }
        for each in counts
    ]


def _unfinished(session: Session) -> list[str]:
    return [
        f"Interrupted: {each.label}; the same command goes on, and margin undo takes it back."
        for each in session.stored_steps.all()
        if not each.is_complete and not each.undone
    ]


def undo(options: argparse.Namespace) -> int:
    """Undo the last change of many notes, or list these changes."""
    session = session_of(options)
    if options.list:
        return _list_steps(session, options)
    rest = "What was changed back is saved; the same command goes on."
    with working({CHANGING: rest, REMOVING: rest}) as report:
        undone = session.stored_steps.undo(report=report)
    session.writer.close()
    if undone is None:
        if options.json:
            print_json(None)
        else:
            print_message("There is nothing to undo.")
        return NOTHING_FOUND
    if options.json:
        print_json({"label": undone.label, "notes": undone.notes, "kept": undone.kept})
        return OK
    print_message(undone.sentence)
    return OK


def _list_steps(session: Session, options: argparse.Namespace) -> int:
    steps = session.stored_steps.all()
    if options.json:
        print_json(
            [
                {
                    "id": each.id,
                    "label": each.label,
                    "made": each.made,
                    "notes": each.note_count,
                    "complete": each.is_complete,
                    "undone": each.undone,
                }
                for each in steps
            ]
        )
    else:
        for each in steps:
            state = ", undone" if each.undone else "" if each.is_complete else ", interrupted"
            count = counted(each.note_count, "note")
            print_lines([f"{clock.local_minute(each.made)}  {each.label} ({count}{state})"])
        if not steps:
            print_message("There is nothing to undo.")
    return OK if steps else NOTHING_FOUND
