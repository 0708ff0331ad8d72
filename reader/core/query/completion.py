"""What may be completed at the cursor of a query: fields, and values with their counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from reader.core.folding import fold
from reader.core.query.dates import SUGGESTED
from reader.core.query.fields import FIELDS, STATUS_CHOICES, Field, Kind
from reader.core.query.lexing import Token, TokenKind, clean_query, is_quote, tokens_of
from reader.core.query.printing import print_name, print_value
from reader.core.query.tree import Match

MOST_SUGGESTIONS: Final = 50
"""The most suggestions that are offered at once."""

ValuesOf = Callable[[str], Iterable[tuple[str, int]]]
"""Returns the values of a field of names, tags or statuses by its name, each with its count."""


class Suggestion(NamedTuple):
    """A way to go on with a query."""

    text: str
    """What takes the place of the range: a field with its colon, or a value."""
    label: str
    """What is shown for it."""
    notes: int = -1
    """How many notes have the value; negative where that is not known."""
    help: str = ""
    """What it asks for, in a few words."""


class Completion(NamedTuple):
    """What may be written at the cursor."""

    start: int
    """Offset of the first character that a suggestion replaces."""
    end: int
    """Offset after the last one; never before the cursor."""
    suggestions: tuple[Suggestion, ...] = ()
    """The suggestions, the most likely first."""


def completions(text: str, cursor: int, values_of: ValuesOf) -> Completion:
    """Return how a query may go on at its cursor.

    Fields are offered once a letter is typed, values after the colon of a field at once.

    Args:
        text: The query.
        cursor: An offset in it.
        values_of: Called at most once.
    """
    text = clean_query(text)
    cursor = min(max(cursor, 0), len(text))
    token = _token_at(text[:cursor], cursor)
    if token is None:
        return Completion(cursor, cursor)
    if token.field is not None:
        return _values(text, token, token.field, values_of)
    if token.name or is_quote(text[token.start]):
        return Completion(cursor, cursor)
    end = next((each.end for each in tokens_of(text) if each.start == token.start), cursor)
    typed = text[token.start : cursor].lower()
    found = tuple(
        Suggestion(f"{field.name}:", f"{field.name}:", help=field.help)
        for field in FIELDS
        if field.name.startswith(typed)
    )
    return Completion(token.start, max(end, cursor), found) if found else Completion(cursor, cursor)


def completed(text: str, completion: Completion, suggestion: Suggestion) -> tuple[str, int]:
    """Return a query with a suggestion in it, and where its cursor is then."""
    head = text[: completion.start] + suggestion.text
    rest = text[completion.end :]
    if suggestion.text.endswith(":") or rest.startswith((",", ")", " ")):
        return head + rest, len(head)
    return f"{head} {rest}", len(head) + 1


def _token_at(before: str, cursor: int) -> Token | None:
    """Return the term that ends at the cursor; None where there is none."""
    tokens = tokens_of(before)
    last = tokens[-1] if tokens else None
    return last if last and last.kind is TokenKind.TERM and last.end == cursor else None


def _values(text: str, token: Token, field: Field, values_of: ValuesOf) -> Completion:
    """Return the values that go on with what is typed of one, where a term ends for now."""
    cursor = token.end
    value = token.values[-1] if token.values and token.values[-1].end == cursor else None
    if value is not None and value.is_closed and is_quote(text[cursor - 1]):
        return Completion(cursor, cursor)  # the value is typed to its end
    start = value.start if value is not None else cursor
    typed = fold(value.text).strip() if value is not None else ""
    listed = {fold(each.text).strip() for each in token.values if each is not value}
    is_whole = value is not None and value.match is Match.WHOLE
    found = [
        each
        for each in _offered(field, values_of)
        if _fits(each, typed, field) and fold(each.label).strip() not in listed
    ]
    found.sort(key=lambda each: not fold(each.label).startswith(typed))
    suggestions = (
        each._replace(
            text=print_value(field.name, each.label, Match.WHOLE)
            if is_whole
            else print_name(field.name, each.label)
        )
        for each in found[:MOST_SUGGESTIONS]
    )
    whole = next((each for each in tokens_of(text) if each.start == token.start), token)
    stop = next((each.end for each in whole.values if each.start == start), cursor)
    return Completion(start, max(stop, cursor), tuple(suggestions))


def _offered(field: Field, values_of: ValuesOf) -> list[Suggestion]:
    """Return all values of a field, the most frequent first where they have counts."""
    match field.kind:
        case Kind.CHOICE:
            return [Suggestion("", each.name, help=each.help) for each in field.choices]
        case Kind.DATE:
            return [Suggestion("", name, help=text) for name, text in SUGGESTED]
        case Kind.STATUS:
            own = [Suggestion("", each.name, help=each.help) for each in STATUS_CHOICES]
            return [*own, *(Suggestion("", *each) for each in values_of(field.name))]
        case Kind.TEXT:
            return []
        case _:
            counted = sorted(values_of(field.name), key=lambda each: -each[1])
            return [Suggestion("", name, count) for name, count in counted if fold(name).strip()]


def _fits(suggestion: Suggestion, typed: str, field: Field) -> bool:
    """Return whether a value goes on with what is typed: a name at the beginning of any word."""
    label = fold(suggestion.label).strip()
    if field.kind is Kind.NAME:
        return label.startswith(typed) or f" {typed}" in label
    return label.startswith(typed)
