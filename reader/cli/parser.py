"""The command line: the commands and their options."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple, NoReturn

from reader import __version__
from reader.cli import commands
from reader.cli.options import EXCLUDED, SOURCE_HELP, add_as, add_library, add_whole, help_format
from reader.cli.output import FAILED, flush_output, print_message, write_output
from reader.safe_text import sanitise_line

_EXCLUSION = re.compile("-[^-].")
"""Matches a hyphen with two characters after it: none of the options with one hyphen has these."""

DESCRIPTION = """\
Opens an article in the terminal, to read it, mark passages and write notes. SOURCE is a path, a web
address, or - for standard input; without it, Margin opens the library. --whole opens all text of a
page, --article only its article again. --as KIND reads SOURCE as a format such as markdown, text or
html. A file with the name of a command is opened by its path: margin ./notes"""


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Return the options of a command line; ``run`` is the function that runs the command.

    Args:
        words: The words after ``margin``.

    Raises:
        SystemExit: The words are not valid (code 2), or ask for help or the version (code 0).
    """
    if question := _question(words):
        return question
    if words and words[0] in COMMANDS:
        return command_parser().parse_args(words)
    for word in words:
        if word in {"-h", "--help", "--man"}:
            return command_parser().parse_args([word])
    parser = Parser(prog="margin", description=DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"margin {__version__}")
    add_library(parser)
    parser.add_argument("source", nargs="?", metavar="SOURCE", help=SOURCE_HELP)
    parts = parser.add_mutually_exclusive_group()
    add_whole(parts)
    parts.add_argument(
        "--article", action="store_false", dest="whole", default=None,
        help="only the article of a page of which all text was read so far",
    )  # fmt: skip
    add_as(parser)
    parser.set_defaults(run=commands.read)
    # A command may also follow --library DIR.
    options, rest = parser.parse_known_args(words)
    if options.source in COMMANDS or rest:
        return command_parser().parse_args(words)
    return options


_ASKING = frozenset({"notes", "library", "search", "export", "review"})
"""The commands that take a query."""


def _question(words: Sequence[str]) -> argparse.Namespace | None:
    """Return the options of a command that takes a query; None for another one.

    The words of the query may stand between the options, and begin with a hyphen.
    """
    from reader.cli.manual import commands_of

    at = 2 if words[:1] == ["--library"] else int(bool(words) and words[0].startswith("--library="))
    if len(words) <= at or words[at] not in _ASKING:
        return None
    takes_words = words[at] != "export"
    rest = list(words[:at])
    for index, word in enumerate(words[at + 1 :], at + 1):
        if word == "--" and takes_words:  # all that follows are words
            rest += [f"{EXCLUDED}{each}" for each in words[index + 1 :]]
            break
        if rest and rest[-1] == "--query":  # its value may begin with a hyphen
            rest[-1] = f"--query={word}"
        elif _EXCLUSION.match(word) and takes_words:
            rest.append(f"{EXCLUDED}{word}")
        else:
            rest.append(word)
    command = commands_of(command_parser())[words[at]]
    return command.parse_intermixed_args(rest, argparse.Namespace(library=None))


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def __init__(self, **options: Any) -> None:
        """Make a parser; the options are those of ``argparse``."""
        super().__init__(**{"formatter_class": help_format, **options})

    def error(self, message: str) -> NoReturn:
        """Print an error on standard error and exit with code 2."""
        print_message(sanitise_line(f"{self.prog}: {message}; see: {self.prog} --help"))
        self.exit(FAILED)

    def _print_message(self, message: str, file: object = None) -> None:  # noqa: ARG002
        """Print the help or the version; argparse is silent where that cannot be written."""
        write_output(message)
        flush_output()


class _PrintManual(argparse.Action):
    """Prints the manual page and ends the program."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from reader.cli.manual import manual

        write_output(manual(parser))
        flush_output()
        parser.exit()


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; ``run`` of its options is the function of the command."""
    parser = Parser(
        prog="margin",
        description=DESCRIPTION,
        usage="margin [--whole | --article] [--as KIND] [SOURCE]\n       margin COMMAND ...",
    )
    parser.add_argument("--version", action="version", version=f"margin {__version__}")
    parser.add_argument("--man", action=_PrintManual, nargs=0, help="print the manual page")
    add_library(parser)
    subparsers = parser.add_subparsers(prog="margin", metavar="COMMAND", required=True)
    for name, row in COMMANDS.items():
        command = subparsers.add_parser(
            name, help=row.help, description=row.help[0].upper() + row.help[1:] + "."
        )
        add_library(command, default=argparse.SUPPRESS)
        _named(row.options)(command)
        command.set_defaults(run=_named(row.run), make_parser=command_parser)
    return parser


class _Command(NamedTuple):
    """A command; what it needs is imported when a command is used, and not at every start."""

    options: str
    """The function that adds its options: a module of this package, and a name in it."""
    run: str
    """The function that runs it, in the same form."""
    help: str
    """What it does, as the end of a sentence."""


def _named(path: str) -> Callable[..., Any]:
    """Return what a path such as ``notes.notes`` names in this package."""
    module, _, name = path.partition(".")
    function: Callable[..., Any] = getattr(import_module(f"reader.cli.{module}"), name)
    return function


COMMANDS: dict[str, _Command] = {
    "text": _Command(
        "command_options.text_options", "commands.text",
        "print the reading text as the reader shows it",
    ),
    "annotate": _Command(
        "command_options.annotate_options", "commands.annotate",
        "mark a passage without opening the reader",
    ),
    "notes": _Command(
        "query_options.notes_options", "notes.notes",
        "print notes",
    ),
    "search": _Command(
        "query_options.search_options", "searching.search",
        "print the articles that have words in their text or notes, and where they stand",
    ),
    "review": _Command(
        "query_options.review_options", "reviewing.review",
        "review notes, or print what is due for a review",
    ),
    "diff": _Command(
        "command_options.diff_options", "comparing.diff",
        "print what changed between two versions of an article",
    ),
    "check": _Command(
        "command_options.check_options", "checking.check",
        "look up the quotations of a draft in all articles, and its figures in the claims",
    ),
    "export": _Command(
        "query_options.export_options", "exporting.export",
        "export notes for other programs",
    ),
    "library": _Command(
        "query_options.library_options", "searching.library",
        "print the articles",
    ),
    "add": _Command(
        "command_options.adding_options", "adding.add",
        "save articles for later without opening the reader",
    ),
    "import": _Command(
        "command_options.import_options", "importing.import_notes",
        "import notes of other programs, or of another library",
    ),
    "edit": _Command(
        "command_options.edit_options", "editing.edit",
        "correct what is known of a source; an empty value takes back the source's own",
    ),
    "projects": _Command(
        "command_options.projects_options", "projects.projects",
        "print the projects of articles, rename or merge them",
    ),
    "stats": _Command(
        "command_options.stats_options", "statistics.stats",
        "print what was marked and reviewed by week, what is due, and who is quoted most",
    ),
    "tags": _Command(
        "command_options.tags_options", "naming.tags",
        "print the tags of notes, rename or merge them",
    ),
    "speakers": _Command(
        "command_options.speakers_options", "naming.speakers",
        "print the speakers, rename or merge them",
    ),
    "undo": _Command(
        "command_options.undo_options", "naming.undo",
        "undo the last import, or renaming or merging of tags or speakers",
    ),
    "next": _Command(
        "command_options.next_options", "adding.read_next",
        "open the unread article that was added first",
    ),
    "backup": _Command(
        "command_options.backup_options", "maintenance.backup",
        "write the library to one archive",
    ),
    "restore": _Command(
        "command_options.restore_options", "maintenance.restore",
        "merge an archive back into the library",
    ),
    "merge": _Command(
        "command_options.merge_options", "maintenance.merge",
        "merge another copy of the library into this one",
    ),
    "git-merge": _Command(
        "command_options.git_merge_options", "maintenance.git_merge",
        "merge an article file as git's merge driver",
    ),
    "doctor": _Command(
        "command_options.doctor_options", "maintenance.doctor",
        "check the library, and repair it",
    ),
    "config": _Command(
        "command_options.config_options", "configuring.config",
        "print or change the settings",
    ),
    "completion": _Command(
        "command_options.completion_options", "completion.completion",
        "print a script that completes command lines in a shell",
    ),
    "trash": _Command(
        "command_options.trash_options", "maintenance.trash",
        "print what was deleted, bring it back, or delete it for good",
    ),
}  # fmt: skip
"""The commands besides reading, each with its options, its function and its help."""
