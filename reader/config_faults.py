"""Faults of the settings file, as sentences with their line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

from reader.errors import SettingsError

_TABLE: Final = r"\s*\[\[?\s*([^\]\s]+)\s*\]"
_KEY: Final = r"""\s*(?:"([^"]+)"|'([^']+)'|([\w.-]+))\s*="""


class Faults:
    """Raises errors that name the file, the line and the key of a fault."""

    def __init__(self, path: Path, text: str) -> None:
        """Take a settings file.

        Args:
            path: The file.
            text: Its text.
        """
        self._path = path
        self._text = text

    def fail(self, key: str, fault: str, table: str = "", index: int = 0) -> NoReturn:
        """Raise an error.

        Args:
            key: The key as it is written in its table.
            fault: What is wrong with it, and what to do: the rest of a sentence.
            table: The name of its table; empty for the top of the file.
            index: Which of several tables of that name, from 0.
        """
        line = _line_of(self._text, key, table, index)
        place = f"{self._path}, line {line}" if line else f"{self._path}"
        key = key if key.isprintable() else shown(key)
        stop = "" if fault.endswith("?") else "."
        raise SettingsError("Fault in the settings", f"{place}: {key} {fault}{stop}")

    def check_names(
        self, values: Mapping[str, Any], known: Iterable[str], table: str = "", index: int = 0
    ) -> None:
        """Make sure that there are no keys but known ones.

        Args:
            values: The values of the table by their keys.
            known: The keys that there can be.
            table: As for ``fail``.
            index: As for ``fail``.
        """
        known = tuple(known)
        for key in values:
            if key not in known:
                from difflib import get_close_matches  # noqa: PLC0415  (only to explain a fault)

                nearest = get_close_matches(key, known, 1, cutoff=0)[0]
                self.fail(key, f"is not a setting; did you mean {nearest}?", table, index)


def _line_of(text: str, key: str, table: str, index: int) -> int:
    """Return the number of the line that sets ``key``, from 1; 0 if it is not found.

    Args:
        text: The text of the file.
        key: The key as it is written in its table.
        table: The name of its table; empty for the top of the file.
        index: Which of several tables of that name, from 0.
    """
    present, seen, header = "", -1, 0
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(_TABLE, line):
            present = match[1]
            seen += present == table
            if (present == key and not table) or (present == table and seen == index):
                header = header or number
        elif (
            (match := re.match(_KEY, line))
            and key in match.groups()
            and present == table
            and (not table or seen == index)
        ):
            return number
    return header


def one_of(names: Iterable[str]) -> str:
    """Return names in quotation marks, as the end of a sentence: ``"a", "b" or "c"``."""
    *most, last = (f'"{name}"' for name in names)
    return f"{', '.join(most)} or {last}"


def shown(value: object) -> str:
    """Return a value for a message, much as TOML writes it."""
    match value:
        case None:
            return "missing"
        case bool():
            return str(value).lower()
        case str():
            plain = value if value.isprintable() else value.encode("unicode_escape").decode()
            return f'"{plain}"'
        case _:
            return str(value)
