"""Write a term into a query and take it out again, so that a choice in a list is a query.

What else was typed stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from reader.core.folding import fold
from reader.core.query.fields import Kind, field_named
from reader.core.query.lexing import Token, TokenKind, Value, clean_query, tokens_of
from reader.core.query.printing import print_name, print_value
from reader.core.query.tree import Match


class _Place(NamedTuple):
    """A term of a query that is in no group."""

    token: Token
    is_negated: bool
    start: int
    """Where it begins, with its ``-``."""


def values_of(text: str, field: str) -> list[str]:
    """Return the values of a field that a query asks for, outside of groups and not left out."""
    return [
        value.text
        for place in _places(clean_query(text), field)
        if not place.is_negated
        for value in place.token.values
    ]


def has_term(text: str, field: str, value: str) -> bool:
    """Return whether a query asks for a value of a field, outside of groups and not left out."""
    return fold(value).strip() in {fold(each).strip() for each in values_of(text, field)}


def with_term(text: str, field: str, value: str, others: Collection[str] = ()) -> str:
    """Return a query that asks for a value of a field, too.

    Where it asks for other values of the field, this one is an alternative to them; a date takes
    the place of the one before.

    Args:
        text: The query.
        field: The name of a field.
        value: The value; for a name, the whole name.
        others: The other values that the field has. Where one of them contains the value, the
            query asks for the whole name.
    """
    if has_term(text, field, value):
        return text
    text = _without(_finished(text), field, value, is_negated=True)
    is_part = _is_part(field, value, others)
    written = print_value(field, value, Match.WHOLE) if is_part else print_name(field, value)
    asked = [each for each in _places(clean_query(text), field) if not each.is_negated]
    if asked and _has_list(field):
        end = asked[-1].token.end
        comma = "" if not asked[-1].token.values or text[end - 1] == "," else ","
        return f"{text[:end]}{comma}{written}{text[end:]}"
    if asked and _is_date(field):
        text = _cut(text, asked[-1].start, asked[-1].token.end)
    return _joined(text, f"{field}:{written}")


def without_term(text: str, field: str, value: str) -> str:
    """Return a query that asks for a value of a field no more, outside of groups."""
    return _without(text, field, value, is_negated=False)


def toggled(text: str, field: str, value: str, others: Collection[str] = ()) -> str:
    """Return a query with a term that it does not have, or without one that it has.

    Args:
        text: The query.
        field: The name of a field.
        value: The value.
        others: As for ``with_term``.
    """
    if has_term(text, field, value):
        return without_term(text, field, value)
    return with_term(text, field, value, others)


def _without(text: str, field: str, value: str, *, is_negated: bool) -> str:
    folded = fold(value).strip()
    for place in reversed(_places(clean_query(text), field)):
        if place.is_negated is not is_negated:
            continue
        values = place.token.values
        kept = [each for each in values if fold(each.text).strip() != folded]
        if len(kept) == len(values):
            continue
        if kept:
            spelt = ",".join(_spelt(text, each) for each in kept)
            name = f"{text[place.token.start : place.token.start + len(place.token.name)]}:"
            text = f"{text[: place.token.start]}{name}{spelt}{text[place.token.end :]}"
        else:
            text = _cut(text, place.start, place.token.end)
    return text


def _spelt(text: str, value: Value) -> str:
    """Return a value as it is written."""
    return text[value.start : value.end]


def _cut(text: str, start: int, end: int) -> str:
    """Return a query without a part, and without the space that it leaves."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    return f"{before} {after}" if before and after else before or after


def _finished(text: str) -> str:
    """Return a query with what it opens closed, and without operators at its end."""
    tokens = tokens_of(clean_query(text))
    while tokens and tokens[-1].kind not in {TokenKind.TERM, TokenKind.CLOSE}:
        text = text[: tokens.pop().start]
    if tokens and tokens[-1].values and not (value := tokens[-1].values[-1]).is_closed:
        text = text[: value.start] + print_value(tokens[-1].name, value.text, value.match)
    depth = 0
    for token in tokens:
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE and depth > 0)
    return f"{text} {')' * depth}" if depth else text


def _joined(text: str, term: str) -> str:
    """Return a query that must hold together with a term."""
    text = text.strip()
    if not text:
        return term
    depth = 0
    for token in tokens_of(clean_query(text)):
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE and depth > 0)
        if token.kind is TokenKind.OR and depth == 0:
            return f"({text}) {term}"
    return f"{text} {term}"


def _places(text: str, field: str) -> list[_Place]:
    """Return the terms of a field that are in no group and no alternative, in their order."""
    found: list[_Place] = []
    depth, sign_start = 0, -1
    negations = 0
    for token in tokens_of(text):
        if token.kind is TokenKind.NOT:
            sign_start = token.start if not negations else sign_start
            negations += 1
            continue
        if token.kind is TokenKind.OR and depth == 0:
            return []
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE and depth > 0)
        if depth == 0 and token.field is not None and token.field.name == field:
            start = sign_start if negations else token.start
            found.append(_Place(token, bool(negations % 2), start))
        negations = 0
    return found


def _is_part(field: str, value: str, others: Collection[str]) -> bool:
    """Return whether a value is a name, and a part of another one."""
    known = field_named(field)
    if known is None or known.kind is not Kind.NAME:
        return False
    folded = fold(value).strip()
    names = (fold(each).strip() for each in others)
    return any(folded in name for name in names if name != folded)


def _has_list(field: str) -> bool:
    known = field_named(field)
    return known is not None and known.kind not in {Kind.TEXT, Kind.DATE}


def _is_date(field: str) -> bool:
    known = field_named(field)
    return known is not None and known.kind is Kind.DATE
