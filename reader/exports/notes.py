"""Converts notes for exports: as they were written, and unable to break what follows them."""

from __future__ import annotations

import re
from typing import NamedTuple

from reader.exported_markdown.blocks import holds_a_block
from reader.exported_markdown.notes import DEMOTED
from reader.exported_markdown.plain import closes_fence
from reader.safe_text import sanitise_for_file

_FENCE = re.compile(r"(`{3,}|~{3,})")
_OPENING = re.compile(r"(`{3,}[^`]*|~{3,}.*)$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=\s|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*$")
_CONTAINER = re.compile(r"\s*(?:[-+*>]|\d{1,9}[.)])(?:\s|$)|\s*>| {4}|\t")
_HTML = re.compile(r"\s*<(?:[!?]|/?[a-zA-Z][a-zA-Z0-9-]*(?:[\s/>]|$))")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_BLANK_START = re.compile(r"\A(?:[ \t]*\n)+")
_LOWEST = 6 - DEMOTED
"""The lowest level of a heading that can be lowered."""


class FittedNote(NamedTuple):
    """A note as an export has it."""

    text: str
    """Markdown; empty for an empty note."""
    is_item: bool
    """Whether all of it is one list item."""


def fit_note(note: str) -> str:
    """Return the note as Markdown that has no effect beyond its end; see ``fitted``."""
    return fitted(note).text


def fitted(note: str) -> FittedNote:
    """Return the note as Markdown that has no effect beyond its end.

    A simple note is kept as written, with its headings below those of the export. If a note holds
    something that may reach beyond its end (a fence or HTML that is not closed, headings among
    lists), or that would be read back as a quotation of its own, all of it becomes one list item:
    nothing inside a list item outlives it. ``exported_markdown.notes.note_of`` is the inverse.
    """
    text = _close_pairs(_BLANK_START.sub("", sanitise_for_file(note)).rstrip())
    lines = text.split("\n")
    if not text:
        return FittedNote("", is_item=False)
    if _is_simple(lines):
        demoted = "\n".join(_demote(lines)).strip("\n")
        if not holds_a_block(demoted.split("\n")):
            return FittedNote(demoted, is_item=False)
    return FittedNote("\n".join(_as_item(lines)), is_item=True)


def _as_item(lines: list[str]) -> list[str]:
    """Return the note as one list item."""
    first = lines[0].expandtabs(4)
    if not first.startswith("    "):
        # Up to three spaces would move the column at which the other lines of the item must start.
        first = first.lstrip(" ")
    # More hyphens after the first would make a rule, and a row of them below it a table.
    is_alone = not first.strip("- ") or (len(lines) > 1 and not lines[1].strip("|:- \t"))
    head = ["-", f"  {first}"] if is_alone else [f"- {first}"]
    return [*head, *(f"  {line}" if line.strip(" \t") else "" for line in lines[1:])]


def _is_simple(lines: list[str]) -> bool:
    """Return whether each line shows which block it is in, and all blocks end."""
    fence = ""
    for index, line in enumerate(lines):
        opening = _OPENING.match(line)
        if fence:
            if closes_fence(line, fence):
                fence = ""
        elif opening:
            fence = _opening_fence(line)
        elif _may_outlive(lines, index) or _is_too_low(line):
            return False
    return not fence


def _may_outlive(lines: list[str], index: int) -> bool:
    """Return whether a line of text may reach beyond the end of the note."""
    line = lines[index]
    return bool(_FENCE.search(line) or _HTML.match(line)) or _is_odd_underline(lines, index)


def _is_too_low(line: str) -> bool:
    """Return whether a line is a heading that cannot be lowered any more."""
    heading = _HEADING.match(line)
    return heading is not None and len(heading[1]) > _LOWEST


def _is_odd_underline(lines: list[str], index: int) -> bool:
    """Return whether the line underlines a heading that may not be a paragraph of its own."""
    if not _UNDERLINE.match(lines[index]):
        return False
    paragraph = _paragraph_before(lines, index)
    return any(
        pattern.match(line)
        for line in paragraph
        for pattern in (_CONTAINER, _HEADING, _RULE, _UNDERLINE)
    )


def _paragraph_before(lines: list[str], index: int) -> list[str]:
    """Return the lines between the last blank line and ``index``."""
    start = index
    while start and lines[start - 1].strip(" \t"):
        start -= 1
    return lines[start:index]


def _demote(lines: list[str]) -> list[str]:
    """Lower the headings of a simple note, and write underlined ones with number signs."""
    demoted: list[str] = []
    fence = ""
    for index, line in enumerate(lines):
        heading = _HEADING.match(line)
        if fence:
            if closes_fence(line, fence):
                fence = ""
            demoted.append(line)
        elif _OPENING.match(line):
            fence = _opening_fence(line)
            demoted.append(line)
        elif heading:
            demoted.append("#" * (len(heading[1]) + DEMOTED) + line[heading.end() :])
        elif _UNDERLINE.match(line) and _paragraph_before(lines, index):
            level = DEMOTED + (1 if "=" in line else 2)
            paragraph = _paragraph_before(lines, index)
            del demoted[-len(paragraph) :]
            demoted.append("#" * level + " " + " ".join(part.strip() for part in paragraph))
        else:
            demoted.append(line)
    return demoted


def _opening_fence(line: str) -> str:
    """Return the run of backticks or tildes that begins the line."""
    run = _FENCE.match(line)
    return run[0] if run else ""


def _close_pairs(text: str) -> str:
    """Close a comment or formula of Obsidian that the note leaves open."""
    prose = _CODE.sub("", text)
    if prose.rfind("<!--") > prose.rfind("-->"):
        text += " -->"
    for delimiter in ("%%", "$$"):
        if prose.count(delimiter) % 2:
            text += f"\n{delimiter}"
    return text
