"""What the reader means by a text that was typed or pasted: paths, web addresses, or an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from reader.core.addresses import is_web_address
from reader.session.sources import STANDARD_INPUT
from reader.ui.messages import ShowSource, ShowText

_ESCAPED = re.compile(r"\\(.)")

SHORTEST_TEXT = 200
"""A single line of fewer characters is no article's text."""

MOST_PASTED = 200_000
"""A paste of more characters is a text and no list of addresses."""

MOST_LOOKED_AT = 20_000
"""How much of a paste is looked at to tell whether it is a text, in characters."""


def sources_in(text: str) -> list[str]:
    """Return the paths and addresses of a text, a line each, each once.

    Several web addresses may stand on one line. Standard input is the keyboard here, and left out.
    """
    sources: list[str] = []
    for line in text.splitlines():
        words = line.split()
        several = len(words) > 1 and all(is_web_address(unquoted(each)) for each in words)
        sources += map(unquoted, words) if several else [unquoted(line)]
    return [each for each in dict.fromkeys(sources) if each not in ("", STANDARD_INPUT)]


def unquoted(line: str) -> str:
    """Return a path or an address without what a shell, or a terminal, puts around and into it.

    A file that is dropped on a terminal comes quoted, with backslashes, or as a ``file:`` address.
    """
    line = line.strip()
    if line[:8].lower() == "file:///":
        return unquote(line[7:])
    if line.startswith(("/", "~/")):
        return _ESCAPED.sub(r"\1", line)
    if len(line) > 1 and line[0] == line[-1] and line[0] in "'\"":
        return line[1:-1]
    if line.startswith("<") and line.endswith(">") and is_web_address(line[1:-1]):
        return line[1:-1]
    return line


def request_for(pasted: str) -> ShowSource | ShowText | Sequence[str] | None:
    """Return what a person means by pasting something: an address, a path, or a text.

    Args:
        pasted: What was pasted.

    Returns:
        A list where it is several web addresses and nothing else; None where it is neither an
        address nor long enough for a text.
    """
    sources = sources_in(pasted[:MOST_PASTED])
    if len(sources) > 1 and len(pasted) <= MOST_PASTED and all(map(is_web_address, sources)):
        return sources
    line = unquoted(pasted)
    if "\n" not in line and "\r" not in line:
        if is_web_address(line) and not any(each.isspace() for each in line):
            return ShowSource(line)
        if line.startswith(("/", "~/", "./", "../")) or line[1:3] in (":\\", ":/"):
            return ShowSource(line)
        if len(line) < SHORTEST_TEXT:
            return None
    return ShowText(pasted) if _is_text(pasted) else None


def _is_text(pasted: str) -> bool:
    """Tell whether a paste looks like something to read, by its beginning."""
    signs = [each for each in pasted[:MOST_LOOKED_AT] if not each.isspace()]
    return sum(map(str.isalnum, signs)) * 2 >= len(signs)
