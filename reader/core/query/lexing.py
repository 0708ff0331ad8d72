"""The tokens of a query, each with its place; any text has them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple

from reader.core.query.fields import Field, Kind, all_names, field_named, names_like
from reader.core.query.tree import Match
from reader.safe_text import REPLACEMENT

MOST_LENGTH: Final = 10_000
"""The most code points of a query that are read."""

MOST_TOKENS: Final = 1_000
"""The most tokens of a query that are read."""

_FIELD: Final = re.compile(r"([A-Za-z][A-Za-z_-]*)[:：](?!//)")
_OPERATOR: Final = re.compile(r"(?:OR|AND|NOT)(?=[\s()]|$)")
_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_QUOTES: Final = '"“”„‟«»〝〞〟＂'
"""The characters that are folded to a straight double quotation mark."""

_STRAIGHT: Final = re.compile(r'((?:\\["\\]|[^"])*+)("?)')
_CURLY: Final = re.compile(rf'((?:\\["\\]|[^{_QUOTES}])*+)([{_QUOTES}]?)')
_ESCAPED: Final = re.compile(r"\\([\"\\])")
_WORD_END: Final = re.compile(r"[\s()]")
_VALUE_END: Final = re.compile(r"[\s(),]")


class TokenKind(StrEnum):
    """What a token is."""

    OPEN = "("
    CLOSE = ")"
    OR = "OR"
    AND = "AND"
    NOT = "NOT"
    TERM = "term"


class Value(NamedTuple):
    """A value of a term, and its place."""

    text: str
    """The value, without quotation marks and escapes."""
    match: Match
    """How it is compared."""
    start: int
    """Offset of its first character, which may be a quotation mark."""
    end: int
    """Offset after its last one."""
    is_closed: bool = True
    """Whether its quotation mark is closed; True without one."""


class Token(NamedTuple):
    """A token of a query, and its place."""

    kind: TokenKind
    """What it is."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last one."""
    name: str = ""
    """The field as it is written, for a term; empty for words."""
    field: Field | None = None
    """The field, for a term; None for words, and where there is no field of this name."""
    values: tuple[Value, ...] = ()
    """The values of a term; none where they are missing."""


def clean_query(text: str) -> str:
    """Return a query of the same length with a space for each control character."""
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATE.sub(REPLACEMENT, _UNFIT.sub(" ", text))


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a query, whatever it is.

    Args:
        text: The query, as ``clean_query`` returns it; at most ``MOST_LENGTH`` of it are read.
    """
    text = text[:MOST_LENGTH]
    tokens: list[Token] = []
    position = 0
    while position < len(text) and len(tokens) < MOST_TOKENS:
        if text[position].isspace():
            position += 1
            continue
        token = _token(text, position)
        tokens.append(token)
        position = token.end
    return tokens


def is_quote(char: str) -> bool:
    """Return whether a character is a double quotation mark of any kind."""
    return char in _QUOTES


def _token(text: str, start: int) -> Token:
    char = text[start]
    if char in "()":
        return Token(TokenKind(char), start, start + 1)
    if char == "-":
        return Token(TokenKind.NOT, start, start + 1)
    if operator := _OPERATOR.match(text, start):
        return Token(TokenKind(operator[0]), start, operator.end())
    if name := _FIELD.match(text, start):
        field = field_named(name[1])
        is_value_missing = name.end() == len(text) or text[name.end()].isspace()
        # A word with a colon at its end is no mistaken field, unless it is nearly one.
        if field or not is_value_missing or names_like(name[1], all_names()):
            values, end = _values(text, name.end(), field)
            return Token(TokenKind.TERM, start, end, name[1], field, values)
    if is_quote(char):
        value = _quoted(text, start, Match.PHRASE)
    else:
        end = _end_of_word(text, start, _WORD_END)
        value = Value(text[start:end], Match.PART, start, end)
    return Token(TokenKind.TERM, start, value.end, values=(value,))


def _values(text: str, start: int, field: Field | None) -> tuple[tuple[Value, ...], int]:
    """Return the values of a field from an offset on, and where they end."""
    has_list = field is None or field.kind is not Kind.TEXT
    values: list[Value] = []
    end = start
    while True:
        value = _value(text, end, has_list)
        if value is not None:
            values.append(value)
            end = value.end
        if has_list and end < len(text) and text[end] == ",":
            end += 1
            continue
        return tuple(values), end


def _value(text: str, start: int, has_list: bool) -> Value | None:
    """Return the value at an offset; None where there is none."""
    is_whole = text.startswith("=", start) and has_list
    first = start + is_whole
    if first < len(text) and is_quote(text[first]):
        return _quoted(text, first, Match.WHOLE if is_whole else Match.PHRASE, start)
    end = _end_of_word(text, first, _VALUE_END if has_list else _WORD_END)
    if end == first:
        return None
    return Value(text[first:end], Match.WHOLE if is_whole else Match.PART, start, end)


def _quoted(text: str, opening: int, match: Match, start: int | None = None) -> Value:
    """Return the value in quotation marks; it ends with the text where they are not closed.

    A straight mark is closed by a straight one, any other by any double quotation mark. With ``*``
    after the marks, and while they are not closed, its last word may go on.
    """
    found = (_STRAIGHT if text[opening] == '"' else _CURLY).match(text, opening + 1)
    assert found is not None, "the pattern matches no text, too"
    inner = _ESCAPED.sub(r"\1", found[1])
    begin, end, is_closed = opening if start is None else start, found.end(), bool(found[2])
    goes_on = is_closed and match is Match.PHRASE and text.startswith("*", end)
    if goes_on or (match is Match.PHRASE and not is_closed):
        match = Match.PART
    return Value(inner, match, begin, end + goes_on, is_closed)


def _end_of_word(text: str, start: int, ends: re.Pattern[str]) -> int:
    """Return where a word ends; parentheses that it opens itself belong to it."""
    position, depth = start, 0
    while found := ends.search(text, position):
        char, position = found[0], found.end()
        if char == "(" and found.start() > start:
            depth += 1
        elif char == ")" and depth:
            depth -= 1
        elif char != "," or not depth:
            return found.start()
    return len(text)
