r"""Converts plain text to Markdown that shows exactly that text.

The escapes hold for CommonMark with tables and strikethrough, for Obsidian (wiki links, tags,
highlights, comments, maths, block ids) and for Logseq (block references, macros, properties,
timestamps). One rule comes from Logseq alone: ``]`` and ``)`` are never escaped, because it reads
the text between ``\[`` and ``\]``, or ``\(`` and ``\)``, as LaTeX.
"""

from __future__ import annotations

import re

from reader.safe_text import sanitise_for_file

_ALWAYS = frozenset("\\`*[|^")
_DOUBLED = frozenset("=~%{(:$@")
"""Markup only as a pair; both are escaped, so that a search finds no pair."""
_PAIRED = frozenset("$~")
"""Markup if a second one follows in the same paragraph."""
_MAYBE = re.compile(r"[\\`*\[|^=~%{(:$@_#<&]")
"""A character that may be markup; most names and days have none."""
_URL = re.compile(r"\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s<>]+")
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_SPACE = re.compile(r"[ \t\n]+")


def escape_line(text: str, *, within: str = "") -> str:
    """Return Markdown for a line at the start of a block; see ``escape_inline``."""
    return escape_start(escape_inline(text, within=within))


def escape_inline(text: str, *, within: str = "") -> str:
    """Return Markdown for text that does not begin a line.

    Each run of white space becomes one space, as a renderer shows it.

    Args:
        text: The text to show.
        within: The whole paragraph, if ``text`` is a part of it: a dollar sign is markup only if
            there is another one.
    """
    line = _SPACE.sub(" ", sanitise_for_file(text)).strip(" ")
    if not _MAYBE.search(line):
        return line
    paired = {character for character in _PAIRED if (within or line).count(character) > 1}
    addresses = [match.span() for match in _URL.finditer(line)]
    pieces: list[str] = []
    for index, character in enumerate(line):
        if character.isalnum() or character == " ":
            pieces.append(character)
        elif character in paired or _is_markup(line, index, addresses):
            pieces.append("\\" + character)
        else:
            pieces.append(character)
    return "".join(pieces)


def escape_start(line: str) -> str:
    """Escape the start of an escaped line if it would make a list, a quote, a rule or a table."""
    number = _NUMBER.match(line)
    if number:
        return f"{number[1]}\\{line[number.end(1) :]}"
    if line[:1] in {">", "="} or re.match(r"[-+:~](?:\s|$)|[-:]-|-:", line):
        return "\\" + line
    return line


def _is_markup(line: str, index: int, addresses: list[tuple[int, int]]) -> bool:
    """Return whether the character at ``index`` could be read as markup inside a line."""
    character = line[index]
    before = line[index - 1] if index else " "
    after = line[index + 1] if index + 1 < len(line) else " "
    if character in _ALWAYS:
        return True
    if character in _DOUBLED:
        return character in (before, after)
    match character:
        case "_":
            return not (before.isalnum() and after.isalnum())
        case "#":
            return not any(start < index < end for start, end in addresses)
        case "<":
            return after.isalnum() or after in "/!?"
        case "&":
            return _ENTITY.match(line, index) is not None
        case _:
            return False
