"""The items of a list that is written inside a line, such as ``1) flour 2) salt``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

BULLETS = "•⁃‣▪"
"""The signs that may stand before a number."""

_FIRST_ITEM = re.compile(
    rf"\s*(?P<before>(?:[{BULLETS}]\s?)?\(?)"
    r"(?P<number>\d{1,3}|[a-zA-Z]|[ivx]+|[IVX]+)(?P<after>\.\)|\)|\.)\s"
)
"""The marker of an item at the start of a text."""

_ENDS = (".", "!", "?", "…", ";")

_JOINING = re.compile(r"[,;:]$|\b(?:and|or|und|oder|et|ou|y|o|e|og|en|of)$")
"""What joins an item to the next one in a sentence."""

_ROMAN = (
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
)


class ListItem(NamedTuple):
    """An item of a list after its first."""

    start: int
    """Offset of its marker."""
    text_start: int
    """Offset after its marker."""
    is_sentence: bool
    """Whether a sentence begins with it; an item may be joined to the one before by a comma."""


def list_items(text: str, language: str) -> list[ListItem]:
    """Return the second and later items of a list, if ``text`` begins with its first.

    Their markers are numbers, letters or Roman numerals in order, all written alike.

    Args:
        text: One block's text, or a part of it.
        language: The first part of its BCP 47 tag.
    """
    first = _FIRST_ITEM.match(text)
    if first is None:
        return []
    before, number, after = first.group("before", "number", "after")
    # Initials of names are written so, and in many languages ordinals.
    needs_end = after == "." and not before and language != "en"
    for numbers in _series(number, has_initials=after == "."):
        items: list[ListItem] = []
        end = first.end()
        for each in numbers:
            marker = before + each + after
            start = _find_word(text, marker, end)
            previous = text[end:start].rstrip()
            if start < 0 or not previous.strip():
                break
            end = start + len(marker)
            if not needs_end or previous.endswith(_ENDS):
                items.append(ListItem(start, end, is_sentence=not _JOINING.search(previous)))
        if items:
            return items
    return []


def _find_word(text: str, word: str, start: int) -> int:
    """Return where ``word`` first is between white space at or after ``start``; -1 for nowhere."""
    found = text.find(word, start)
    while found > 0:
        end = found + len(word)
        if text[found - 1].isspace() and text[end : end + 1].isspace():
            return found
        found = text.find(word, found + 1)
    return -1


def _series(number: str, *, has_initials: bool) -> Iterator[Iterator[str]]:
    """Yield the markers that may follow one: numbers, Roman numerals or letters.

    Args:
        number: The first one.
        has_initials: Whether a capital may be the initial of a name.
    """
    if number.isdigit():
        yield (str(each) for each in count(int(number) + 1))
        return
    roman = tuple(each.upper() for each in _ROMAN) if number.isupper() else _ROMAN
    if number in roman:
        yield iter(roman[roman.index(number) + 1 :])
    if len(number) == 1 and not (has_initials and number.isupper()):
        letters = ascii_uppercase if number.isupper() else ascii_lowercase
        yield iter(letters[letters.index(number) + 1 :])
