"""The options that several commands have, and how their help looks."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from reader.cli.output import COLOUR_CHOICES

USUAL_COLUMNS = 80
"""The width of help that goes to no terminal."""

SOURCE_HELP = "a path, a web address, or - for standard input"

EXCLUDED = " "
"""Stands before a word of a query that begins with a hyphen, so that it is no option."""


def help_format(prog: str) -> argparse.HelpFormatter:
    """Return what formats help; argparse would import ``shutil`` for the width, at every start."""
    return argparse.HelpFormatter(prog, width=_help_width())


def help_with_examples(prog: str) -> argparse.HelpFormatter:
    """Return what formats help with examples, whose lines stay as they are."""
    return argparse.RawDescriptionHelpFormatter(prog, width=_help_width())


def _help_width() -> int:
    width = os.environ.get("COLUMNS", "")
    try:
        columns = int(width) if width.isdecimal() else os.get_terminal_size(1).columns
    except OSError:  # standard output is no terminal
        columns = 0
    return (columns or USUAL_COLUMNS) - 2


def add_library(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Add the option for the folder of the library."""
    parser.add_argument(
        "--library", metavar="DIR", type=Path, default=default,
        help="the folder of the library, instead of MARGIN_LIBRARY or the usual one",
    )  # fmt: skip


def add_whole(parser: argparse._ActionsContainer, default: bool | None = None) -> None:
    """Add the option for all text of a page."""
    parser.add_argument(
        "--whole", action="store_true", default=default,
        help="all text of a web page, not only its article",
    )  # fmt: skip


def add_as(parser: argparse.ArgumentParser) -> None:
    """Add the option for the format of a source."""
    parser.add_argument(
        "--as", dest="read_as", metavar="KIND", type=_kind,
        help="read it as a format such as markdown, text or html; auto lets Margin find out",
    )  # fmt: skip


def _kind(word: str) -> str:
    return "" if word == "auto" else word.lower()


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add the option for JSON."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def add_colour(parser: argparse.ArgumentParser) -> None:
    """Add the option for colours."""
    parser.add_argument(
        "--color", metavar="WHEN", choices=COLOUR_CHOICES, default="auto",
        help="when to print in colours: auto (on a terminal), always or never",
    )  # fmt: skip


def add_project(parser: argparse.ArgumentParser, text: str) -> None:
    """Add the option for projects, with its help."""
    parser.add_argument(
        "--project", metavar="PROJECT", action="append", dest="projects", default=[], help=text
    )


def add_words(parser: argparse.ArgumentParser, things: str) -> None:
    """Add the words of a query for some things, such as "the notes"."""
    parser.add_argument(
        "words", metavar="QUERY", nargs="*", type=_query,
        help=f"only {things} that a query asks for: words, \"phrases\", -not, OR, field:value",
    )  # fmt: skip


def add_examples(parser: argparse.ArgumentParser, text: str) -> None:
    """Show examples below the help of a command."""
    parser.epilog = text
    parser.formatter_class = help_with_examples


def add_query(parser: argparse.ArgumentParser, things: str) -> None:
    """Add the option for a query for some things, such as "the notes"."""
    parser.add_argument(
        "--query", metavar="QUERY", default="", help=f"only {things} that a query asks for"
    )
    parser.add_argument(
        "--saved", metavar="SEARCH", default="",
        help=f"only {things} that a saved search asks for, such as open claims, by its name",
    )  # fmt: skip


def _query(word: str) -> str:
    return word.removeprefix(EXCLUDED)


def add_dates(parser: argparse.ArgumentParser, event: str) -> None:
    """Add the options for a period, for an event such as "marked"."""
    parser.add_argument(
        "--since", metavar="DATE", dest="after", type=_date,
        help=f"only {event} on a day or later: 2026-01-31, yesterday, 7d; the same as after:DATE",
    )  # fmt: skip
    parser.add_argument(
        "--until", metavar="DATE", type=_date,
        help=f"only {event} on a day or earlier; the same as until:DATE",
    )  # fmt: skip


def _date(word: str) -> str:
    """Return a date that a query may name.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    from reader.cli.asking import now_here
    from reader.core.dates import DateError
    from reader.core.query.dates import bounds_of

    try:
        bounds_of("after", word, now_here())
    except DateError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return word


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the options for the article and the tags of notes."""
    parser.add_argument(
        "--article", metavar="A", help="only this article: its id, its path or a part of its title"
    )
    parser.add_argument(
        "--tag",
        metavar="T",
        action="append",
        default=[],
        help="only with this tag; if repeated, with any of them",
    )
