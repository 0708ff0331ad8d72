"""Reads the names of authors as programs list them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from reader.core.author_names import is_suffix, with_suffixes

_BRACKETS: Final = {"(": ")", "（": "）", "【": "】", "[": "]"}
_SEMICOLON = re.compile(r"[;；\n]")
_SEMICOLONS = re.compile(rf"{_SEMICOLON.pattern}| & ")
_AND = re.compile(r"\s(?:and|und|et)\s")
_BEFORE_SURNAME: Final = 2

_NOBODY: Final = frozenset(
    (
        *("unknown", "unknown author", "n/a", "unbekannt", "inconnu", "inconnu(e)"),
        *("auteur inconnu", "desconocido", "autor desconocido", "desconhecido", "sconosciuto"),
        *("autore sconosciuto", "onbekend", "nieznany", "неизвестен", "неизвестный"),
        *("неизвестно", "不明", "未知", "佚名"),
    )
)
"""The words with which programs say that a book has no author, in lower case."""


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a list with semicolons, ampersands, lines or ``and`` between, each once.

    ``Castane, Oriel`` is turned round.
    """
    names = _SEMICOLONS.split(_without_brackets(text))
    return _known(_turned(name.strip()) for each in names for name in _parted(each))


def _parted(names: str) -> list[str]:
    """Return what stands beside each ``and``, unless one of these is a word alone."""
    parts = _AND.split(names)
    return parts if all(" " in each.strip() for each in parts) else [names]


def names_between_commas(text: str) -> tuple[str, ...]:
    """Return the names in a list with commas between them, each once.

    Where semicolons or lines stand between them, or the only comma stands within a name, they are
    read as by ``names_in``.
    """
    text = text.strip()
    names = with_suffixes(text.split(","))
    is_turned = len(names) <= _BEFORE_SURNAME and not all(" " in each for each in names)
    return names_in(text) if is_turned or _SEMICOLON.search(text) else _known(names)


def _without_brackets(text: str) -> str:
    """Return a text without the brackets around all of it."""
    text = text.strip()
    start, end = 0, len(text)
    while end - start > 1 and _BRACKETS.get(text[start]) == text[end - 1]:
        start, end = start + 1, end - 1
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
    return text[start:end]


def _known(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for each in names if each and each.lower() not in _NOBODY))


def _turned(name: str) -> str:
    parts = [each.strip() for each in name.split(",")]
    is_surname_first = len(parts) == _BEFORE_SURNAME and all(parts) and not is_suffix(parts[1])
    return f"{parts[1]} {parts[0]}" if is_surname_first else name
