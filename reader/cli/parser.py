"""The command line: the commands and their options."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from reader import __version__
from reader.cli import (
    adding,
    checking,
    commands,
    comparing,
    completion,
    configuring,
    editing,
    maintenance,
    naming,
    notes,
    projects,
    reviewing,
    searching,
    statistics,
)
from reader.cli.notes import NOTE_ORDERS
from reader.cli.output import COLOUR_CHOICES, FAILED, flush_output, print_message, write_output
from reader.core.annotation import ArticleState
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
    _add_library(parser)
    parser.add_argument("source", nargs="?", metavar="SOURCE", help=SOURCE_HELP)
    parts = parser.add_mutually_exclusive_group()
    _add_whole(parts)
    parts.add_argument(
        "--article", action="store_false", dest="whole", default=None,
        help="only the article of a page of which all text was read so far",
    )  # fmt: skip
    _add_as(parser)
    parser.set_defaults(run=commands.read)
    # A command may also follow --library DIR.
    options, rest = parser.parse_known_args(words)
    if options.source in COMMANDS or rest:
        return command_parser().parse_args(words)
    return options


EXCLUDED = " "
"""Stands before a word of a query that begins with a hyphen, so that it is no option."""

_ASKING = frozenset({"notes", "library", "search", "export"})
"""The commands that take a query."""


def _question(words: Sequence[str]) -> argparse.Namespace | None:
    """Return the options of a command that takes a query; None for another one.

    The words of the query may stand between the options, and begin with a hyphen.
    """
    from reader.cli.manual import commands_of

    at = 2 if words[:1] == ["--library"] else 0
    if len(words) <= at or words[at] not in _ASKING:
        return None
    rest = list(words[:at])
    for word in words[at + 1 :]:
        if rest and rest[-1] == "--query":  # its value may begin with a hyphen
            rest[-1] = f"--query={word}"
        elif _EXCLUSION.match(word) and words[at] != "export":
            rest.append(f"{EXCLUDED}{word}")
        else:
            rest.append(word)
    command = commands_of(command_parser())[words[at]]
    return command.parse_intermixed_args(rest, argparse.Namespace(library=None))


def _help(prog: str) -> argparse.HelpFormatter:
    """Return what formats help; argparse would import ``shutil`` for the width, at every start."""
    return argparse.HelpFormatter(prog, width=_help_width())


def _help_with_examples(prog: str) -> argparse.HelpFormatter:
    """Return what formats help with examples, whose lines stay as they are."""
    return argparse.RawDescriptionHelpFormatter(prog, width=_help_width())


def _help_width() -> int:
    width = os.environ.get("COLUMNS", "")
    try:
        columns = int(width) if width.isdecimal() else os.get_terminal_size(1).columns
    except OSError:  # standard output is no terminal
        columns = 0
    return (columns or USUAL_COLUMNS) - 2


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def __init__(self, **options: Any) -> None:
        """Make a parser; the options are those of ``argparse``."""
        super().__init__(**{"formatter_class": _help, **options})

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


USUAL_COLUMNS = 80
"""The width of help that goes to no terminal."""

SOURCE_HELP = "a path, a web address, or - for standard input"


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; ``run`` of its options is the function of the command."""
    parser = Parser(
        prog="margin",
        description=DESCRIPTION,
        usage="margin [--whole | --article] [--as KIND] [SOURCE]\n       margin COMMAND ...",
    )
    parser.add_argument("--version", action="version", version=f"margin {__version__}")
    parser.add_argument("--man", action=_PrintManual, nargs=0, help="print the manual page")
    _add_library(parser)
    subparsers = parser.add_subparsers(prog="margin", metavar="COMMAND", required=True)
    for name, (add_options, run, text) in COMMANDS.items():
        command = subparsers.add_parser(
            name, help=text, description=text[0].upper() + text[1:] + "."
        )
        _add_library(command, default=argparse.SUPPRESS)
        add_options(command)
        command.set_defaults(run=run)
    return parser


def _add_library(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    parser.add_argument(
        "--library", metavar="DIR", type=Path, default=default,
        help="the folder of the library, instead of MARGIN_LIBRARY or the usual one",
    )  # fmt: skip


def _add_whole(parser: argparse._ActionsContainer, default: bool | None = None) -> None:
    parser.add_argument(
        "--whole", action="store_true", default=default,
        help="all text of a web page, not only its article",
    )  # fmt: skip


def _add_as(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as", dest="read_as", metavar="KIND", type=_kind,
        help="read it as a format such as markdown, text or html; auto lets Margin find out",
    )  # fmt: skip


def _kind(word: str) -> str:
    return "" if word == "auto" else word.lower()


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _add_colour(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--color", metavar="WHEN", choices=COLOUR_CHOICES, default="auto",
        help="when to print in colours: auto (on a terminal), always or never",
    )  # fmt: skip


def _add_project(parser: argparse.ArgumentParser, text: str) -> None:
    parser.add_argument(
        "--project", metavar="PROJECT", action="append", dest="projects", default=[], help=text
    )


def _add_words(parser: argparse.ArgumentParser, things: str) -> None:
    parser.add_argument(
        "words", metavar="QUERY", nargs="*", type=_query,
        help=f"only {things} that a query asks for: words, \"phrases\", -not, OR, field:value",
    )  # fmt: skip


def _add_examples(parser: argparse.ArgumentParser, text: str) -> None:
    parser.epilog = text
    parser.formatter_class = _help_with_examples


def _add_query(parser: argparse.ArgumentParser, things: str) -> None:
    parser.add_argument(
        "--query", metavar="QUERY", default="", help=f"only {things} that a query asks for"
    )
    parser.add_argument(
        "--saved", metavar="SEARCH", default="",
        help=f"only {things} that a saved search asks for, such as open claims, by its name",
    )  # fmt: skip


def _query(word: str) -> str:
    return word.removeprefix(EXCLUDED)


def _add_dates(parser: argparse.ArgumentParser, event: str) -> None:
    parser.add_argument(
        "--since", metavar="DATE", dest="after", type=_date,
        help=f"only {event} on a day or later: 2026-01-31, yesterday, 7d; the same as after:DATE",
    )  # fmt: skip
    parser.add_argument(
        "--until", metavar="DATE", type=_date,
        help=f"only {event} on a day or earlier; the same as until:DATE",
    )  # fmt: skip


def _add_filters(parser: argparse.ArgumentParser) -> None:
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


def _text(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    parser.add_argument(
        "--width",
        type=_width,
        default=72,
        metavar="N",
        help="cells in a line, 20 to 400 (72)",
    )
    _add_whole(parser)
    _add_as(parser)
    _add_json(parser)


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources", metavar="SOURCE", nargs="*",
        help=f"{SOURCE_HELP}, or a folder for every file in it that Margin reads",
    )  # fmt: skip
    parser.add_argument(
        "--from", metavar="FILE", dest="list", help="a list of addresses: text, bookmarks in HTML,"
        " OPML, a CSV of Pocket or Instapaper, an Omnivore export; - for standard input",
    )  # fmt: skip
    _add_project(parser, "give it to this project, also if it is there already; may be repeated")
    _add_json(parser)


def _edit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "articles",
        metavar="A",
        nargs="+",
        help="an article: its id, its path or a part of its title",
    )
    parser.add_argument("--title", metavar="TITLE", help="its title")
    parser.add_argument(
        "--author", metavar="NAME", dest="authors", action="append",
        help="its author; several between commas, or with the option repeated",
    )  # fmt: skip
    parser.add_argument(
        "--outlet", metavar="NAME", dest="site", help="the newspaper, the broadcaster, the site"
    )
    parser.add_argument(
        "--published", metavar="DATE", help="a day, a month or a year: 2026-03-14, 14 March 2026"
    )
    parser.add_argument("--url", metavar="URL", help="its web address")
    parser.add_argument(
        "--accessed", metavar="DATE", help="the day on which you saw it; today is one"
    )
    parser.add_argument("--archive", metavar="URL", help="the web address of an archived copy")
    _add_project(parser, "give it to this project; may be repeated")
    parser.add_argument(
        "--no-project", metavar="PROJECT", action="append", dest="left_projects", default=[],
        help="take it out of this project; may be repeated",
    )  # fmt: skip
    _add_json(parser)


def _next(parser: argparse.ArgumentParser) -> None:
    """Add no options to those of every command."""


def _library(parser: argparse.ArgumentParser) -> None:
    _add_examples(parser, _LIBRARY_EXAMPLES)
    _add_words(parser, "the articles")
    parser.add_argument(
        "--state", choices=[str(each) for each in ArticleState], help="only articles in this state"
    )
    parser.add_argument(
        "--tag",
        metavar="T",
        action="append",
        default=[],
        help="the same as --project",
    )
    _add_project(parser, "only articles of this project; if repeated, of any of them")
    _add_colour(parser)
    _add_json(parser)


def _annotate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    parser.add_argument("--quote", required=True, metavar="TEXT", help="the passage to mark")
    parser.add_argument("--prefix", default="", metavar="P", help="the words before it")
    parser.add_argument("--suffix", default="", metavar="S", help="the words after it")
    parser.add_argument(
        "--tag", metavar="T", action="append", default=[], help="a tag (quote); may be repeated"
    )
    parser.add_argument("--note", default="", metavar="N", help="a note, in Markdown")
    parser.add_argument("--speaker", default="", metavar="SPEAKER", help="who said it")
    parser.add_argument(
        "--status",
        default="",
        metavar="STATUS",
        help="how far a claim was checked: unchecked, supported, disputed, refuted, or your own",
    )
    _add_json(parser)


_NOTES_EXAMPLES = """\
examples:
  margin notes '"26" per cent'                who said so, and where
  margin notes status:open -has:note          open claims without a note
  margin notes speaker:solvay published:march
  margin notes after:7d tag:claim,context     marked in the last seven days
  margin notes is:deleted --sort oldest

The fields of queries:
  tag: speaker: status: in: site: author: project: has: is: passage: note: text:
  before: after: until: on: marked: published: added: opened:
"""

_LIBRARY_EXAMPLES = """\
examples:
  margin library ledger -is:archived
  margin library status:open speaker:prewitt  with an open claim of Prewitt
  margin library text:laboratory published:2026
"""


def _notes(parser: argparse.ArgumentParser) -> None:
    _add_examples(parser, _NOTES_EXAMPLES)
    _add_words(parser, "the notes")
    _add_query(parser, "the notes")
    _add_filters(parser)
    parser.add_argument(
        "--speaker", metavar="NAME", action="append", default=[],
        help="only what a person said, by a part of the name; if repeated, any of them",
    )  # fmt: skip
    parser.add_argument(
        "--status", metavar="STATUS", action="append", default=[],
        help="only claims with this status; if repeated, any of them",
    )  # fmt: skip
    _add_dates(parser, "marked")
    parser.add_argument(
        "--sort", choices=NOTE_ORDERS, default=NOTE_ORDERS[0],
        help="the order: newest, oldest, or place for that in the articles",
    )  # fmt: skip
    parser.add_argument(
        "--cite", action="store_true",
        help="print the words with speaker and source, as the setting quotation_style has it",
    )  # fmt: skip
    _add_colour(parser)
    _add_json(parser)


_SEARCH_EXAMPLES = """\
examples:
  margin search laboratory certificate
  margin search '"26 per cent"' published:2026
  margin search text:tender speaker:solvay --json
"""


def _search(parser: argparse.ArgumentParser) -> None:
    _add_examples(parser, _SEARCH_EXAMPLES)
    _add_words(parser, "the articles and notes")
    _add_colour(parser)
    _add_json(parser)


class _ExportFormats:
    """The names of the formats of export, imported when they are asked for."""

    def __iter__(self) -> Iterator[str]:
        from reader.session.exporting import FORMATS

        return iter(FORMATS)

    def __contains__(self, name: object) -> bool:
        return name in list(self)


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "article",
        metavar="A",
        help="the article: its id, its path, its address or a part of its title",
    )
    parser.add_argument(
        "--from", metavar="WHEN", dest="since",
        help="compare from what it was then: a day such as 30 Nov or yesterday, with a time if you"
        " like; without it, from the version before",
    )  # fmt: skip
    parser.add_argument(
        "--to", metavar="WHEN", dest="until", help="compare to what it was then; without it, now"
    )
    _add_colour(parser)
    parser.add_argument(
        "--no-color", dest="color", action="store_const", const="never", help="print no colours"
    )
    _add_json(parser)


def _projects(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--rename", nargs=2, metavar=("PROJECT", "NAME"),
        help="give a project another name; the name of another one makes them one project",
    )  # fmt: skip
    _add_json(parser)


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "drafts", metavar="DRAFT", nargs="+",
        help="what you wrote, in any format that Margin reads; - for standard input",
    )  # fmt: skip
    parser.add_argument(
        "--all", action="store_true", help="print the quotations that are verbatim, too"
    )
    parser.add_argument(
        "--open", action="store_true",
        help="walk through the quotations of one draft on the screen, beside their sources",
    )  # fmt: skip
    _add_as(parser)
    _add_colour(parser)
    _add_json(parser)


def _add_names(parser: argparse.ArgumentParser, name: str) -> None:
    changes = parser.add_mutually_exclusive_group()
    changes.add_argument(
        "--rename", nargs=2, metavar=(name, "NEW"), help="give the notes of one another name"
    )
    changes.add_argument(
        "--merge", nargs="+", metavar=name, default=[],
        help="make one of several; the name that stays follows --into",
    )  # fmt: skip
    parser.add_argument("--into", metavar=name, default="", help="the name that stays")
    parser.add_argument(
        "--dry-run", action="store_true", help="only say how many notes it would change"
    )
    parser.add_argument("--yes", action="store_true", help="change them without asking")
    _add_json(parser)


def _tags(parser: argparse.ArgumentParser) -> None:
    _add_names(parser, "T")


def _speakers(parser: argparse.ArgumentParser) -> None:
    _add_names(parser, "SPEAKER")
    parser.add_argument("--apart", metavar="SPEAKER", help="say that this is nobody's other name")


def _undo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--list", action="store_true", help="list what can be undone")
    _add_json(parser)


def _review(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query", metavar="QUERY", nargs="*",
        help="what to review, such as words of a passage or a note; without it, what is due",
    )  # fmt: skip
    parser.add_argument(
        "--list", action="store_true", help="print what would be asked, and ask nothing"
    )
    parser.add_argument(
        "--resume", action="store_true",
        help="ask again what QUERY finds and what was suspended or is not for review",
    )  # fmt: skip
    _add_json(parser)


def _export(parser: argparse.ArgumentParser) -> None:
    _add_query(parser, "the notes")
    _add_filters(parser)
    _add_project(parser, "only the articles of this project; if repeated, of any of them")
    parser.add_argument(
        "--format", metavar="F", default="", choices=_ExportFormats(),
        help="the format, by default the first of: %(choices)s",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", metavar="PATH", type=Path,
        help="a file, or a folder for a file per article; without it, standard output",
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_true", help="print the annotations as JSON; with -o, the files"
    )


def _width(word: str) -> int:
    if word.isdecimal() and len(word) <= len("400") and 20 <= (width := int(word)) <= 400:
        return width
    raise argparse.ArgumentTypeError("a width is 20 to 400 cells")


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


def _stats(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--weeks", metavar="N", type=_weeks, default=13,
        help="how many weeks to count, this one among them: 1 to 520 (13)",
    )  # fmt: skip
    _add_colour(parser)
    _add_json(parser)


def _weeks(word: str) -> int:
    if word.isdecimal() and len(word) <= len("520") and 1 <= int(word) <= 520:
        return int(word)
    raise argparse.ArgumentTypeError("weeks are 1 to 520")


def _completion(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "shell", metavar="SHELL", nargs="?", choices=completion.SHELLS, help="bash, zsh or fish"
    )
    parser.add_argument("--values", choices=completion.VALUES, help=argparse.SUPPRESS)
    parser.set_defaults(make_parser=command_parser)


def _config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        metavar="ACTION",
        choices=configuring.ACTIONS,
        help="path, list, get KEY, set KEY VALUE, or edit, which opens them in VISUAL or EDITOR",
    )
    parser.add_argument("key", metavar="KEY", nargs="?", help="such as theme or keys.tag.1")
    parser.add_argument(
        "value", metavar="VALUE", nargs="?", help="such as margin-light, 80 or true"
    )
    _add_json(parser)


def _merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "other",
        metavar="OTHER_LIBRARY",
        type=Path,
        help="the folder of that copy; it is only read",
    )
    _add_json(parser)


def _git_merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("base", metavar="BASE", type=Path, help="the common ancestor: %%O")
    parser.add_argument("ours", metavar="OURS", type=Path, help="receives the result: %%A")
    parser.add_argument("theirs", metavar="THEIRS", type=Path, help="the other version: %%B")


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", metavar="PATH", type=Path,
        help="the archive, or a folder for it; without it, the present folder",
    )  # fmt: skip
    _add_json(parser)


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("archive", metavar="ARCHIVE", type=Path, help="an archive of margin backup")
    _add_json(parser)


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fix", action="store_true", help="repair what can be repaired")
    _add_json(parser)


def _trash(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_mutually_exclusive_group()
    actions.add_argument(
        "--restore", metavar="ID", default="",
        help="bring back an annotation, or an article with its notes, by what the list calls it",
    )  # fmt: skip
    actions.add_argument(
        "--empty", action="store_true", help="delete removed articles and files for good"
    )
    parser.add_argument("--yes", action="store_true", help="delete without asking")
    _add_colour(parser)
    _add_json(parser)


_Command = tuple[
    Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int], str
]

COMMANDS: dict[str, _Command] = {
    "text": (_text, commands.text, "print the reading text as the reader shows it"),
    "annotate": (_annotate, commands.annotate, "mark a passage without opening the reader"),
    "notes": (_notes, notes.notes, "print notes"),
    "search": (
        _search,
        searching.search,
        "print the articles that have words in their text or notes, and where they stand",
    ),
    "review": (_review, reviewing.review, "review notes, or print what is due for a review"),
    "diff": (_diff, comparing.diff, "print what changed between two versions of an article"),
    "check": (
        _check,
        checking.check,
        "look up the quotations of a draft in all articles, and its figures in the claims",
    ),
    "export": (_export, commands.export, "export notes for other programs"),
    "library": (_library, searching.library, "print the articles"),
    "add": (_add, adding.add, "save articles for later without opening the reader"),
    "edit": (
        _edit,
        editing.edit,
        "correct what is known of a source; an empty value takes back the source's own",
    ),
    "projects": (_projects, projects.projects, "print the projects, or rename one"),
    "stats": (
        _stats,
        statistics.stats,
        "print what was marked and reviewed by week, what is due, and who is quoted most",
    ),
    "tags": (_tags, naming.tags, "print the tags of notes, rename or merge them"),
    "speakers": (_speakers, naming.speakers, "print the speakers, rename or merge them"),
    "undo": (_undo, naming.undo, "undo the last renaming or merging of tags or speakers"),
    "next": (_next, adding.read_next, "open the unread article that was added first"),
    "backup": (_backup, maintenance.backup, "write the library to one archive"),
    "restore": (_restore, maintenance.restore, "merge an archive back into the library"),
    "merge": (_merge, maintenance.merge, "merge another copy of the library into this one"),
    "git-merge": (
        _git_merge,
        maintenance.git_merge,
        "merge an article file as git's merge driver",
    ),
    "doctor": (_doctor, maintenance.doctor, "check the library, and repair it"),
    "config": (_config, configuring.config, "print or change the settings"),
    "completion": (
        _completion,
        completion.completion,
        "print a script that completes command lines in a shell",
    ),
    "trash": (
        _trash,
        maintenance.trash,
        "print what was deleted, bring it back, or delete it for good",
    ),
}
"""The commands besides reading, each with its options, its function and its help."""
