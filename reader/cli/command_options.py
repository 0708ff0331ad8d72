"""The options of the commands that take no query."""

from __future__ import annotations

import argparse
from pathlib import Path

from reader.cli import completion, configuring
from reader.cli.options import (
    SOURCE_HELP,
    add_as,
    add_colour,
    add_json,
    add_project,
    add_whole,
)


def text_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin text``."""
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    parser.add_argument(
        "--width",
        type=_width,
        default=72,
        metavar="N",
        help="cells in a line, 20 to 400 (72)",
    )
    add_whole(parser)
    add_as(parser)
    add_json(parser)


def _width(word: str) -> int:
    if word.isdecimal() and len(word) <= len("400") and 20 <= (width := int(word)) <= 400:
        return width
    raise argparse.ArgumentTypeError("a width is 20 to 400 cells")


def adding_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin add``."""
    parser.add_argument(
        "sources", metavar="SOURCE", nargs="*",
        help=f"{SOURCE_HELP}, or a folder for every file in it that Margin reads",
    )  # fmt: skip
    parser.add_argument(
        "--from", metavar="FILE", dest="list", help="a list of addresses: text, bookmarks in HTML,"
        " OPML, a CSV of Pocket or Instapaper, an Omnivore export; - for standard input",
    )  # fmt: skip
    parser.add_argument(
        "--with-annotations", action="store_true",
        help="import the highlights and comments in PDF, DOCX and ODT files as notes, too",
    )  # fmt: skip
    add_project(parser, "give it to this project, also if it is there already; may be repeated")
    add_json(parser)


def import_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin import``."""
    parser.add_argument(
        "files", metavar="FILE", nargs="+",
        help="a file with notes of another program or of Margin, or a folder of such files;"
        " - for standard input",
    )  # fmt: skip
    parser.add_argument(
        "--dry-run", action="store_true", help="print what would be imported, and import nothing"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="print each note, too")
    parser.add_argument(
        "--article", metavar="A", default="",
        help="the article that all of the notes belong to, where several fit",
    )  # fmt: skip
    parser.add_argument(
        "--as", metavar="FILE_KIND", dest="kind", default="", type=str.lower,
        help="the kind of the files, where it is not recognised",
    )  # fmt: skip
    parser.add_argument(
        "--tag", metavar="T", action="append", default=[],
        help="give all notes this tag; may be repeated",
    )  # fmt: skip
    add_project(parser, "give all articles to this project; may be repeated")
    add_json(parser)


def edit_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin edit``."""
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
    add_project(parser, "give it to this project; may be repeated")
    parser.add_argument(
        "--no-project", metavar="PROJECT", action="append", dest="left_projects", default=[],
        help="take it out of this project; may be repeated",
    )  # fmt: skip
    add_json(parser)


def next_options(parser: argparse.ArgumentParser) -> None:
    """Add no options to those of every command."""


def annotate_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin annotate``."""
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
    add_json(parser)


def diff_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin diff``."""
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
    add_colour(parser)
    parser.add_argument(
        "--no-color", dest="color", action="store_const", const="never", help="print no colours"
    )
    add_json(parser)


def check_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin check``."""
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
    add_as(parser)
    add_colour(parser)
    add_json(parser)


def _add_names(parser: argparse.ArgumentParser, name: str, what: str = "notes") -> None:
    changes = parser.add_mutually_exclusive_group()
    changes.add_argument(
        "--rename", nargs=2, metavar=(name, "NEW"), help=f"give the {what} of one another name"
    )
    changes.add_argument(
        "--merge", nargs="+", metavar=name, default=[],
        help="make one of several; the name that stays follows --into",
    )  # fmt: skip
    parser.add_argument("--into", metavar=name, default="", help="the name that stays")
    parser.add_argument(
        "--dry-run", action="store_true", help=f"only say how many {what} it would change"
    )
    parser.add_argument("--yes", action="store_true", help="change them without asking")
    add_json(parser)


def projects_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin projects``."""
    _add_names(parser, "PROJECT", "articles")


def tags_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin tags``."""
    _add_names(parser, "T")


def speakers_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin speakers``."""
    _add_names(parser, "SPEAKER")
    parser.add_argument("--apart", metavar="SPEAKER", help="say that this is nobody's other name")


def undo_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin undo``."""
    parser.add_argument("--list", action="store_true", help="list what can be undone")
    add_json(parser)


def stats_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin stats``."""
    parser.add_argument(
        "--weeks", metavar="N", type=_weeks, default=13,
        help="how many weeks to count, this one among them: 1 to 520 (13)",
    )  # fmt: skip
    add_colour(parser)
    add_json(parser)


def _weeks(word: str) -> int:
    if word.isdecimal() and len(word) <= len("520") and 1 <= int(word) <= 520:
        return int(word)
    raise argparse.ArgumentTypeError("weeks are 1 to 520")


def completion_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin completion``."""
    parser.add_argument(
        "shell", metavar="SHELL", nargs="?", choices=completion.SHELLS, help="bash, zsh or fish"
    )
    parser.add_argument("--values", choices=completion.VALUES, help=argparse.SUPPRESS)


def config_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin config``."""
    parser.add_argument(
        "action",
        metavar="ACTION",
        choices=configuring.ACTIONS,
        help="path, list, get KEY, set KEY VALUE, or edit, which opens them in VISUAL or EDITOR",
    )
    parser.add_argument(
        "key", metavar="KEY", nargs="?", help="such as theme, keys.tag.1, or searches"
    )
    parser.add_argument(
        "value", metavar="VALUE", nargs="?", help="such as margin-light, 80 or true"
    )
    add_json(parser)


def merge_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin merge``."""
    parser.add_argument(
        "other",
        metavar="OTHER_LIBRARY",
        type=Path,
        help="the folder of that copy; it is only read",
    )
    add_json(parser)


def git_merge_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin git-merge``."""
    parser.add_argument("base", metavar="BASE", type=Path, help="the common ancestor: %%O")
    parser.add_argument("ours", metavar="OURS", type=Path, help="receives the result: %%A")
    parser.add_argument("theirs", metavar="THEIRS", type=Path, help="the other version: %%B")


def backup_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin backup``."""
    parser.add_argument(
        "-o", "--output", metavar="PATH", type=Path,
        help="the archive, or a folder for it; without it, the present folder",
    )  # fmt: skip
    add_json(parser)


def restore_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin restore``."""
    parser.add_argument("archive", metavar="ARCHIVE", type=Path, help="an archive of margin backup")
    add_json(parser)


def doctor_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin doctor``."""
    parser.add_argument("--fix", action="store_true", help="repair what can be repaired")
    add_json(parser)


def trash_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin trash``."""
    actions = parser.add_mutually_exclusive_group()
    actions.add_argument(
        "--restore", metavar="ID", default="",
        help="bring back an annotation, or an article with its notes, by what the list calls it",
    )  # fmt: skip
    actions.add_argument(
        "--empty", action="store_true", help="delete removed articles and files for good"
    )
    parser.add_argument("--yes", action="store_true", help="delete without asking")
    add_colour(parser)
    add_json(parser)
