"""The options of the commands that take a query."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from reader.cli.notes import NOTE_ORDERS
from reader.cli.options import (
    add_colour,
    add_dates,
    add_examples,
    add_filters,
    add_json,
    add_project,
    add_query,
    add_words,
)
from reader.core.annotation import ArticleState
from reader.core.query.fields import field_names

_LIBRARY_EXAMPLES = """\
examples:
  margin library ledger -is:archived
  margin library status:open speaker:prewitt  with an open claim of Prewitt
  margin library text:laboratory published:2026
"""


def library_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin library``."""
    add_examples(parser, _LIBRARY_EXAMPLES)
    add_words(parser, "the articles")
    parser.add_argument(
        "--state", choices=[str(each) for each in ArticleState], help="only articles in this state"
    )
    parser.add_argument(
        "--tag",
        metavar="PROJECT",
        action="append",
        default=[],
        help="the same as --project",
    )
    add_project(parser, "only articles of this project; if repeated, of any of them")
    add_colour(parser)
    add_json(parser)


_NOTES_EXAMPLES = """\
examples:
  margin notes '"26" per cent'                who said so, and where
  margin notes status:open -has:note          open claims without a note
  margin notes speaker:solvay published:march
  margin notes after:7d tag:claim,context     marked in the last seven days
  margin notes is:deleted --sort oldest
"""


def notes_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin notes``."""
    names = " ".join(f"{name}:" for name in field_names())
    fields = fill(names, initial_indent="  ", subsequent_indent="  ", width=78)
    add_examples(parser, f"{_NOTES_EXAMPLES}\nThe fields of queries:\n{fields}\n")
    add_words(parser, "the notes")
    add_query(parser, "the notes")
    add_filters(parser)
    parser.add_argument(
        "--speaker", metavar="NAME", action="append", default=[],
        help="only what a person said, by a part of the name; if repeated, any of them",
    )  # fmt: skip
    parser.add_argument(
        "--status", metavar="STATUS", action="append", default=[],
        help="only claims with this status; if repeated, any of them",
    )  # fmt: skip
    add_dates(parser, "marked")
    parser.add_argument(
        "--sort", choices=NOTE_ORDERS, default=NOTE_ORDERS[0],
        help="the order: newest, oldest, place for that in the articles, or relevance",
    )  # fmt: skip
    parser.add_argument(
        "--cite", action="store_true",
        help="print the words with speaker and source, as the setting quotation_style has it",
    )  # fmt: skip
    add_colour(parser)
    add_json(parser)


_SEARCH_EXAMPLES = """\
examples:
  margin search laboratory certificate
  margin search '"26 per cent"' published:2026
  margin search text:tender speaker:solvay --json
"""


def search_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin search``."""
    add_examples(parser, _SEARCH_EXAMPLES)
    add_words(parser, "the articles and notes")
    add_colour(parser)
    add_json(parser)


_REVIEW_EXAMPLES = """\
examples:
  margin review                               what is due
  margin review status:open speaker:prewitt   the open claims of Prewitt
  margin review is:due tag:claim --list       print the claims that are due
"""


def review_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin review``."""
    add_examples(parser, _REVIEW_EXAMPLES)
    add_words(parser, "the notes")
    add_query(parser, "the notes")
    parser.add_argument(
        "--list", action="store_true", help="print what would be asked, and ask nothing"
    )
    parser.add_argument(
        "--resume", action="store_true",
        help="ask again what QUERY finds and what was suspended or is not for review",
    )  # fmt: skip
    add_json(parser)


class _ExportFormats:
    """The names of the formats of export, imported when they are asked for."""

    def __iter__(self) -> Iterator[str]:
        from reader.session.exporting import FORMATS

        return iter(FORMATS)

    def __contains__(self, name: object) -> bool:
        return name in list(self)


def export_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``margin export``."""
    add_query(parser, "the notes")
    add_filters(parser)
    add_project(parser, "only the articles of this project; if repeated, of any of them")
    parser.add_argument(
        "--format", metavar="F", default="", choices=_ExportFormats(),
        help="the format, by default the first of: %(choices)s",
    )  # fmt: skip
    target = parser.add_mutually_exclusive_group()
    target.add_argument(
        "-o", "--output", metavar="PATH", type=Path,
        help="a file, or a folder for a file per article; without it, or for -, standard output",
    )  # fmt: skip
    parser.add_argument(
        "--copy", action="store_true", help="copy the text to the clipboard in place of printing it"
    )
    parser.add_argument(
        "--template", metavar="T", default="",
        help="write what a template makes of the notes: its name, or a file of Jinja2",
    )  # fmt: skip
    parser.add_argument(
        "--print-template", metavar="T", nargs="?", const="",
        help="print a template, to change it; without a name, the names of all",
    )  # fmt: skip
    target.add_argument(
        "--to", metavar="FOLDER", nargs="?", const="",
        help="keep a folder up to date in which you write, too: take your edits back, then write"
        " what has changed; without FOLDER, that of the setting vault",
    )  # fmt: skip
    parser.add_argument(
        "--dry-run", action="store_true", help="with --to, only say what would be done"
    )
    parser.add_argument(
        "--ids", action=argparse.BooleanOptionalAction, default=None,
        help="write Markdown with a front matter and an id at each passage, for links; by default"
        " in a vault of Obsidian or Logseq; --no-ids leaves out the front matter, too, which the"
        " files of a folder have",
    )  # fmt: skip
    parser.add_argument(
        "--json",
        action="store_true",
        help="print the annotations as JSON; with -o or --to, the files",
    )
