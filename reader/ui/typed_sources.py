"""What the reader means by a text that was typed or pasted: paths, web addresses, or an article."""

from __future__ import annotations

import glob
import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from reader.core.addresses import is_web_address
from reader.paths import typed_path, typed_path_exists
from reader.session.sources import STANDARD_INPUT
from reader.ui.messages import ShowSource, ShowText

_ESCAPED = re.compile(r"\\(.)")

SHORTEST_TEXT = 200
"""The least characters of a single line that is taken for the text of an article."""

MOST_PASTED = 200_000
"""The most characters of a paste that is searched for addresses."""

SAMPLE_LENGTH = 20_000
"""How much of a paste decides whether it is a text, in characters."""


def sources_in(text: str) -> list[str]:
    """Return the paths and addresses of a text with one on each line; each is returned once.

    A line may also hold several web addresses. ``-`` is left out: standard input is the keyboard.
    """
    sources: list[str] = []
    for line in text.splitlines():
        words = line.split()
        several = len(words) > 1 and all(map(is_web_address, map(unquoted, words)))
        sources += map(unquoted, words) if several else [unquoted(line)]
    return [source for source in dict.fromkeys(sources) if source not in ("", STANDARD_INPUT)]


def unquoted(line: str) -> str:
    """Return a path or an address without quotes, backslashes or ``file:``.

    A terminal adds these when a file is dropped on it, and so does a shell's completion.
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


def paths_in(line: str) -> list[str]:
    """Return the paths of files and folders that a line names, each once, as a shell reads them.

    A line that is a path as a whole is that one, also with spaces in it. Otherwise its words are
    paths, in quotation marks or with backslashes where they hold spaces, and wildcards stand for
    what fits them. A line of which no word leads anywhere is returned as one path.
    """
    if not unquoted(line):
        return []
    whole = str(typed_path(unquoted(line)))
    if typed_path_exists(whole):
        return [whole]
    try:
        words = shlex.split(line)
    except ValueError:  # an apostrophe of the name
        return [whole]
    paths = [path for word in words if word != STANDARD_INPUT for path in _fitting(word)]
    if not any(map(typed_path_exists, paths)):
        return [whole]
    return list(dict.fromkeys(str(Path(path)) for path in paths))


def _fitting(word: str) -> list[str]:
    """Return the paths that fit a word with wildcards, by name; the word itself where none does."""
    path = str(typed_path(unquote(word[7:]) if word[:8].lower() == "file:///" else word))
    return [path] if typed_path_exists(path) else _matches(path) or [path]


def _matches(pattern: str) -> list[str]:
    """Return the paths that fit wildcards, by name."""
    try:
        return sorted(glob.glob(pattern))  # noqa: PTH207  (a pattern may begin anywhere)
    except ValueError:  # a character that no path has
        return []


def request_for(pasted: str) -> ShowSource | ShowText | Sequence[str] | None:
    """Return what to open for a pasted text: an address, a path, or the text itself.

    Args:
        pasted: The pasted text.

    Returns:
        A list of addresses where the text consists of several; None where it is neither an address
        nor long enough for an article.
    """
    sources = sources_in(pasted[:MOST_PASTED])
    if len(sources) > 1 and len(pasted) <= MOST_PASTED and all(map(is_web_address, sources)):
        return sources
    line = unquoted(pasted)
    if "\n" not in line and "\r" not in line:
        if is_web_address(line) and not any(map(str.isspace, line)):
            return ShowSource(line)
        if line.startswith(("/", "~/", "./", "../")) or line[1:3] in (":\\", ":/"):
            return ShowSource(line)
        if len(line) < SHORTEST_TEXT:
            return None
    return ShowText(pasted) if _is_text(pasted) else None


def _is_text(pasted: str) -> bool:
    """Return whether half of the characters at the start of a paste are letters or digits."""
    characters = "".join(pasted[:SAMPLE_LENGTH].split())
    return sum(map(str.isalnum, characters)) * 2 >= len(characters)
