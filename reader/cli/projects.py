"""The command that prints the projects of the library, and renames them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.cli.library import session_of
from reader.cli.output import (
    NOTHING_FOUND,
    OK,
    print_json,
    print_lines,
    print_message,
    print_warning,
)
from reader.core.text_formatting import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from reader.session import Session


def projects(options: argparse.Namespace) -> int:
    """Print the projects with the number of their articles; rename one before, if asked to."""
    session = session_of(options)
    if options.rename:
        _rename(session, *options.rename)
    counts = session.projects.counts()
    for problem in session.problems:
        print_warning(problem)
    if options.json:
        print_json([{"name": name, "articles": articles} for name, articles in counts])
    else:
        digits = max((len(f"{each.articles:,}") for each in counts), default=0)
        print_lines(f"{articles:{digits},}  {name}" for name, articles in counts)
        if not counts:
            print_message("No article belongs to a project; see: margin edit --project")
    return OK if counts else NOTHING_FOUND


def named_projects(session: Session, names: Sequence[str]) -> tuple[str, ...]:
    """Return the projects that options name, in the letters of the library.

    Raises:
        ReaderError: One of them is no name of a project.
    """
    from reader.session.projects import read_project

    return session.projects.spelled([read_project(name) for name in names])


def _rename(session: Session, name: str, new_name: str) -> None:
    """Rename a project, and print how many articles that changed."""
    from reader.session.projects import read_project

    changes = session.projects.rename(read_project(name), read_project(new_name))
    print_message(f"{counted(len(changes), 'article')} changed")
