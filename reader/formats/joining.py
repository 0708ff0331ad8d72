"""Joins the lines of a paragraph, in scripts with and without spaces between words."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from reader.formats.cleaning import MAX_MARKS
from reader.safe_text import drop_shaping

_UNSPACED = (
    "[\u2e80-\u312f\u31a0-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U0003ffff]"
)
_DASHES = ("\u2014", "\u2013", "--", "/")
_AFTER_SUSPENDED = re.compile(r"(?:and|or|to|und|oder|bis|et|ou|y|o)\b")


@cache
def _unspaced() -> re.Pattern[str]:
    """Compile the pattern when a text outside ASCII needs it: it would delay the start by 2 ms."""
    return re.compile(_UNSPACED)


def is_unspaced(character: str) -> bool:
    """Return whether a character's script has no spaces between words, as Chinese and Japanese."""
    return character >= "\u2e80" and _unspaced().match(character) is not None


def ends_unspaced(text: str) -> bool:
    """Return whether a text ends in a character that ``is_unspaced``, whatever form is selected."""
    return is_unspaced(text[-1:]) or is_unspaced(drop_shaping(text[-MAX_MARKS - 1 :])[-1:])


def reading_after(word: str) -> str:
    """Return the reading of a word (ruby) as it follows the word: in brackets, of its script."""
    return f"（{word}）" if ends_unspaced(word) else f" ({word})"


def cells(line: str) -> int:
    """Return roughly the width of a line in cells: East Asian characters count twice."""
    return len(line) if line.isascii() else len(line) + len(_unspaced().findall(line))


def join_lines(lines: list[str]) -> str:
    """Join the stripped lines of a paragraph that was wrapped by hand; hyphens stay."""
    text = "\n".join(lines)
    if text.isascii() and "-\n" not in text and "/\n" not in text:
        return text.replace("\n", " ")
    joined = lines[0]
    pieces = [joined]
    for before, after in pairwise(lines):
        pieces.append(_between(before, after))
        pieces.append(after)
    return "".join(pieces)


def _between(before: str, after: str) -> str:
    if not before or not after or (ends_unspaced(before) and is_unspaced(after[0])):
        return ""
    if before.endswith(_DASHES) and len(before) > 2 and not before[-2].isspace():
        return "" if not before.endswith(" --") else " "
    if before.endswith("-") and before[-2:-1].isalnum() and after[0].isalnum():
        # "well-" and "known" are one word; "pre-" and "and post-war" are not.
        return " " if _AFTER_SUSPENDED.match(after) else ""
    return " "
