"""Turns a note between Markdown and a block of Logseq, which takes more for markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

_FENCE: Final = re.compile(r"\s*(?:[-*+]\s+)?(`{3,}|~{3,})")
_PROPERTY: Final = re.compile(r"^(\s*[^\s:]+)::(?=\s|$)")
_ITEM: Final = re.compile(r"^(\s*)- (?=.)|^(\s*)-$")
_HEADING: Final = re.compile(r"^\s*#{1,6}\s+(\S.*?)(?:\s#+)?\s*$")
_EMPTY_HEADING: Final = re.compile(r"^(\s*)(#{1,6}\s*)$")
_ORGS: Final = re.compile(r"^(\s*(?:[-*+>]\s+)*)(?=#\+\w|:[\w-]+:\s*$)")
"""The start of a block or a drawer of Org."""
_WRITTEN_PROPERTY: Final = re.compile(r"^(\s*[^\s:]+)\\:\\:(?=\s|$)")
_WRITTEN_ITEM: Final = re.compile(r"^(\s*)\*( |$)")
_WRITTEN_START: Final = re.compile(r"^(\s*(?:[-*+>]\s+)*)\\(?=#\+\w|:[\w-]+:\s*$|#{1,6}\s*$)")
_INDENT: Final = "  "


def block_lines(note: str) -> list[str]:
    """Return a note as the lines of one block.

    Logseq takes a hyphen and a heading for a new block, ``name::`` for a property of this one,
    braces for a macro, ``#+`` for a block of Org, which may be a query, ``:name:`` for a drawer.

    Args:
        note: Markdown without double braces.
    """
    lines: list[str] = []
    for line, is_fenced in fenced(note.split("\n")):
        if is_fenced:
            lines.append(_ITEM.sub(r"\1\2* ", line) if _FENCE.match(line) else line)
        else:
            bold = _HEADING.sub(r"**\1**", _EMPTY_HEADING.sub(r"\1\\\2", line))
            item = _ITEM.sub(r"\1\2* ", bold)
            lines.append(_ORGS.sub(r"\1\\", _PROPERTY.sub(r"\1\:\:", item)))
    return lines


def markdown_of(lines: Sequence[str], hidden: Iterable[str], *, is_item: bool) -> str:
    """Return the Markdown of a note; the inverse of ``block_lines``, but for headings.

    Args:
        lines: The lines of the block.
        hidden: The words that the note hid.
        is_item: Whether it was written as one list item.
    """
    found: list[str] = []
    for line, is_fenced in fenced(lines):
        if is_fenced and not _FENCE.match(line):
            found.append(line)
        else:
            start = _WRITTEN_START.sub(r"\1", line)
            found.append(_WRITTEN_ITEM.sub(r"\1-\2", _WRITTEN_PROPERTY.sub(r"\1::", start)))
    if is_item and found and found[0].startswith("-") and all(map(_is_within, found[1:])):
        first = found[0][1:].removeprefix(" ")
        rest = [line.removeprefix(_INDENT) for line in found[1:]]
        found = [first, *rest] if first.strip() else rest
    note = "\n".join(found).strip("\n")
    for words in hidden:
        if f"{{{{{words}}}}}" not in note:
            note = note.replace(words, f"{{{{{words}}}}}", 1)
    return note


def fenced(lines: Sequence[str]) -> Iterable[tuple[str, bool]]:
    """Yield lines, each with whether it is of a block of code, its first and last one too."""
    fence = ""
    for line in lines:
        was, fence = fence, fence_after(line, fence)
        yield line, bool(was or fence)


def fence_after(line: str, fence: str) -> str:
    """Return the fence of code that is open after a line; empty where none is.

    Args:
        line: The line, which may begin a list item.
        fence: The fence that is open before it.
    """
    found = _FENCE.match(line)
    if not fence:
        return found[1] if found else ""
    is_end = found is not None and found[1].startswith(fence) and not line.strip(" \t`~")
    return "" if is_end else fence


def _is_within(line: str) -> bool:
    return line.startswith(_INDENT) or not line.strip()
