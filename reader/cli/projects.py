"""The command that prints the projects of the library, and renames them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.library import session_of
from reader.cli.naming import is_confirmed
from reader.cli.output import (
    NOTHING_FOUND,
    OK,
    PROBLEMS_LEFT,
    print_json,
    print_lines,
    print_message,
    print_warnings,
)
from reader.core.text_formatting import counted
from reader.errors import ReaderError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from reader.session import Session
    from reader.session.projects import ProjectRename


def projects(options: argparse.Namespace) -> int:
    """Print the projects with their articles; rename or merge them before, if asked to."""
    session = session_of(options)
    plan = _plan(session, options)
    if plan is not None:
        return _rename(session, plan, options)
    counts = session.projects.counts()
    print_warnings(session.problems)
    if options.json:
        print_json([{"name": name, "articles": articles} for name, articles in counts])
    else:
        digits = max((len(f"{each.articles:,}") for each in counts), default=0)
        print_lines(f"{articles:{digits},}  {name}" for name, articles in counts)
        if not counts:
            print_message("No article belongs to a project; see: margin edit --project")
    return OK if counts else NOTHING_FOUND


def _plan(session: Session, options: argparse.Namespace) -> ProjectRename | None:
    """Return the change that the options ask for; None where they ask for none."""
    from reader.session.projects import read_project

    if options.rename:
        return session.projects.plan_rename(*map(read_project, options.rename))
    if bool(options.merge) != bool(options.into):
        raise ReaderError(
            "Nothing to merge", "Name what to merge and the name that stays: --merge A B --into C"
        )
    if not options.merge:
        return None
    return session.projects.plan_merge(
        [*map(read_project, options.merge)], read_project(options.into)
    )


def _rename(session: Session, plan: ProjectRename, options: argparse.Namespace) -> int:
    """Say how many articles a change concerns, ask, and make it."""
    articles = len(plan.articles)
    if not options.json:
        print_message(f"This changes {counted(articles, 'article')}.")
    is_made = not options.dry_run
    if is_made:
        if not (options.yes or is_confirmed(plan.label)):
            return PROBLEMS_LEFT
        session.projects.rename(plan)
    if options.json:
        names = {"names": list(plan.names), "new_name": plan.new_name}
        print_json({**names, "articles": articles, "changed": is_made})
    return OK


def named_projects(session: Session, names: Sequence[str]) -> tuple[str, ...]:
    """Return the projects that options name, in the letters of the library.

    Raises:
        ReaderError: One of them is no name of a project.
    """
    from reader.session.projects import read_project

    return session.projects.spelled([read_project(name) for name in names])
