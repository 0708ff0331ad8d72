"""Parses data in Lua's syntax: tables, texts, numbers and truth values. Nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

LuaTable: TypeAlias = dict[Any, Any]
"""A table; what stands in it without a key has the numbers from 1 as keys."""

MAX_DEPTH: Final = 100
"""How deep tables may be nested."""

_SPACE = re.compile(r"\s+")
_LONG = re.compile(r"\[(=*)\[")
_LONG_COMMENT = re.compile(r"--\[(=*)\[")
_COMMENT = re.compile(r"--[^\n]*")
_TEXT = {
    '"': re.compile(r'"([^"\\\n]*(?:\\.[^"\\\n]*)*)"', re.DOTALL),
    "'": re.compile(r"'([^'\\\n]*(?:\\.[^'\\\n]*)*)'", re.DOTALL),
}
_NUMBER = re.compile(r"-?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")
_NAME = re.compile(r"-?[A-Za-z_][\w.]*")
_MARKS = frozenset("{}[]=,;")
_ESCAPE = re.compile(r"\\(z\s*|x[0-9a-fA-F]{2}|u\{[0-9a-fA-F]{1,6}\}|.)", re.DOTALL)
_BYTES = re.compile(r"(?:\\\d{1,3})+")
_ESCAPED: Final = {
    "n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v",
}  # fmt: skip
_NAMED: Final = {"true": True, "false": False}
_LONGEST_NUMBER = 300


class LuaDataError(ValueError):
    """A text is not data in Lua's syntax; the message is a clause that names the line."""


class _Mark(str):
    """A bracket or a separator, which is no text."""

    __slots__ = ()


def parse(text: str) -> LuaTable:
    """Return the table that a file returns or consists of.

    Raises:
        LuaDataError: The text is not a table, or its tables are nested too deeply.
    """
    text = text.replace("\r\n", "\n")
    parts = _parts(text)
    position, part = next(parts)
    if part is _RETURN:
        position, part = next(parts)
    if not _is(part, "{"):
        raise _error(text, position, "no table begins here")
    root: LuaTable = {}
    open_tables = [_Open(root)]
    for position, part in parts:
        table = open_tables[-1]
        if _is(part, "{"):
            open_tables.append(_Open(table.add({})))
            if len(open_tables) > MAX_DEPTH:
                raise _error(text, position, "tables are nested too deeply")
        elif _is(part, "}"):
            table.end()
            open_tables.pop()
            if not open_tables:
                return root
        elif not isinstance(part, _Mark):
            table.add(part)
        elif not table.take(part):
            raise _error(text, position, f"“{part}” is not expected here")
        if table.has_two_values:
            raise _error(text, position, "a comma is missing")
    raise _error(text, len(text), "the table does not end")


def _is(part: Any, mark: str) -> bool:
    return isinstance(part, _Mark) and part == mark


class _Open:
    """A table that is being read, with the key and the value that were read last."""

    def __init__(self, table: LuaTable) -> None:
        self._table = table
        self._next = 1
        self._key: Any = None
        self._values: list[Any] = []
        self._in_brackets = False

    def add(self, value: Any) -> Any:
        """Take a value, or the key before an equals sign."""
        self._values.append(value)
        return value

    @property
    def has_two_values(self) -> bool:
        """Whether no separator stands between two values."""
        return len(self._values) > 1

    def take(self, mark: str) -> bool:
        """Take a bracket, an equals sign or a separator; return whether it may stand here."""
        if mark == "[" and not self._values and not self._in_brackets:
            self._in_brackets = True
        elif mark == "]" and self._in_brackets and len(self._values) == 1:
            self._in_brackets = False
        elif mark == "=" and self._key is None and len(self._values) == 1:
            key = self._values.pop()
            self._key = (key if isinstance(key, str | int | float) else str(key),)
        elif mark in ",;" and not self._in_brackets:
            self.end()
        else:
            return False
        return True

    def end(self) -> None:
        """Keep the value that was read, if there is one."""
        if self._values:
            key = self._key[0] if self._key else self._next
            self._next += self._key is None
            self._table[key] = self._values[-1]
        self._key, self._values, self._in_brackets = None, [], False


_RETURN: Final = object()


def _parts(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the marks and the values of a text with their offsets."""
    position = 0
    while position < len(text):
        start = text[position]
        if found := _SPACE.match(text, position):
            position = found.end()
        elif found := _LONG_COMMENT.match(text, position):
            position = _end_of_long(text, found)[1]
        elif found := _COMMENT.match(text, position):
            position = found.end()
        elif start in _TEXT:
            found = _TEXT[start].match(text, position)
            if not found:
                raise _error(text, position, "the text does not end on its line")
            yield position, _unescaped(found[1])
            position = found.end()
        elif found := _LONG.match(text, position):
            value, end = _end_of_long(text, found)
            yield position, value
            position = end
        elif start in _MARKS:
            yield position, _Mark(start)
            position += 1
        elif found := _NUMBER.match(text, position):
            yield position, _number(found[0])
            position = found.end()
        elif found := _NAME.match(text, position):
            is_return = found[0] == "return"
            yield position, _RETURN if is_return else _NAMED.get(found[0], _named(found, text))
            position = found.end()
        else:
            raise _error(text, position, "this is no data")
    yield position, None


def _named(found: re.Match[str], text: str) -> str | None:
    """Return a name that is a key; None for ``nil``, ``inf`` and what else is a value."""
    is_key = text[found.end() : found.end() + 20].lstrip().startswith("=")
    return found[0] if is_key else None


def _end_of_long(text: str, found: re.Match[str]) -> tuple[str, int]:
    """Return the text in long brackets, and the offset after them."""
    close = f"]{found[1]}]"
    end = text.find(close, found.end())
    if end < 0:
        raise _error(text, found.start(), "the long brackets do not end")
    return text[found.end() : end].removeprefix("\n"), end + len(close)


def _number(text: str) -> int | float:
    if "x" in text.lower():
        return int(text[:_LONGEST_NUMBER], 16)
    is_whole = text.lstrip("-").isdigit() and len(text) < _LONGEST_NUMBER
    return int(text) if is_whole else float(text)


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(_character, _BYTES.sub(_characters, text))


def _characters(found: re.Match[str]) -> str:
    r"""Return what ``\195\164`` stands for, escaped again where that is a backslash."""
    data = bytes(int(each) & 0xFF for each in found[0].split("\\")[1:])
    return data.decode("utf-8", "replace").replace("\\", "\\\\")


def _character(found: re.Match[str]) -> str:
    escape = found[1]
    if escape[0] == "z":
        return ""
    if len(escape) > 1 and escape[0] in "xu":
        code = int(escape[1:].strip("{}"), 16)
        return chr(code) if code <= 0x10FFFF else "\N{REPLACEMENT CHARACTER}"
    return _ESCAPED.get(escape, escape)


def _error(text: str, position: int, message: str) -> LuaDataError:
    line = text.count("\n", 0, position) + 1
    return LuaDataError(f"in line {line}, {message}")
