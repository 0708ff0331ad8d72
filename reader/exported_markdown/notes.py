"""Reads a note back from the lines that an export has of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.exported_markdown.blocks import fenced_lines

DEMOTED: Final = 2
"""How many levels an export lowers headings: below the article's title and the section."""

_HEADING: Final = re.compile(r"#{3,6}(?=\s|$)")
_INDENT: Final = "  "
_LAST_RULE: Final = re.compile(r"(?:^|\n[ \t]*\n)[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")


def note_of(lines: Sequence[str], *, is_item: bool) -> str:
    """Return the note that an export has as some lines: the inverse of ``exports.notes.fitted``.

    Args:
        lines: The lines, as a person may have edited them.
        is_item: Whether the note was written as one list item.
    """
    if is_item and lines and _is_one_item(lines):
        first = lines[0][1:].removeprefix(" ")
        rest = [line.removeprefix(_INDENT) for line in lines[1:]]
        return "\n".join([first, *rest] if first.strip() else rest).strip("\n")
    fenced = fenced_lines(lines)
    return "\n".join(
        line[DEMOTED:] if at not in fenced and _HEADING.match(line) else line
        for at, line in enumerate(lines)
    ).strip("\n")


def without_last_rule(note: str) -> str:
    """Return a note without a rule at its end, with which a person parts it from what follows."""
    return _LAST_RULE.sub("", note)


def _is_one_item(lines: Sequence[str]) -> bool:
    return lines[0].startswith(("-", "*", "+")) and all(
        line.startswith(_INDENT) or not line.strip() for line in lines[1:]
    )
