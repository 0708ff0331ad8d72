"""Read a query: a tree of what was understood, and a sentence with its place for each mistake.

Terms side by side must all hold; ``OR`` between them makes them alternatives and binds less than
standing side by side; ``-`` or ``NOT`` before a term or a group in parentheses leaves it out.
A mistaken term is left out of the tree. Any text can be parsed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from reader.core.claims import STANDARD_NAMES
from reader.core.dates import DateError
from reader.core.folding import fold
from reader.core.query.dates import bounds_of
from reader.core.query.fields import (
    NONE,
    OPEN,
    Field,
    Kind,
    all_names,
    field_names,
    names_like,
)
from reader.core.query.lexing import (
    MOST_LENGTH,
    MOST_TOKENS,
    Token,
    TokenKind,
    Value,
    clean_query,
    tokens_of,
)
from reader.core.query.tree import (
    EVERYTHING,
    WORDS,
    Node,
    Term,
    Within,
    all_of,
    any_of,
    negated,
)
from reader.safe_text import sanitise_line

MOST_TERMS: Final = 200
"""The most terms of a query that are understood."""

MOST_DEPTH: Final = 40
"""The most parentheses inside one another that are understood."""

_SHOWN: Final = 40
"""The most code points of a word that a message repeats."""


class QueryFault(NamedTuple):
    """A mistake in a query."""

    message: str
    """One sentence, safe to show: what is wrong, and what to write."""
    start: int
    """Offset of the first character that it is about."""
    end: int
    """Offset after the last one; the same as ``start`` where something is missing."""
    is_unfinished: bool = False
    """Whether the query may only not be typed to its end."""


class Query(NamedTuple):
    """A query that was read."""

    tree: Node
    """What was understood of it."""
    faults: tuple[QueryFault, ...] = ()
    """What was not, in the order of the text."""


def parse(
    text: str,
    now: datetime,
    *,
    statuses: Collection[str] = STANDARD_NAMES,
    is_for_articles: bool = False,
) -> Query:
    """Read a query; never raises.

    Args:
        text: The query, whatever it is.
        now: The present time here, without a time zone.
        statuses: The names of the statuses that claims may have.
        is_for_articles: Whether articles are asked for: ``before``, ``after``, ``until`` and
            ``on`` then mean when an article was added, else when a passage was marked.
    """
    return _Parser(text, now, statuses, "added" if is_for_articles else "marked").parsed()


class _Group:
    """A group in parentheses, or the whole query, as far as it is read."""

    def __init__(self, start: int, *, is_negated: bool = False) -> None:
        self.start = start
        self.is_negated = is_negated
        self.branches: list[list[Node]] = [[]]
        self.has_terms = False
        """Whether it has a term, also one that was not understood."""
        self.operator: Token | None = None
        """The operator that waits for a term."""

    def add(self, node: Node | None) -> None:
        """Add a term or a group; None for one that was not understood."""
        self.has_terms, self.operator = True, None
        if node is not None:
            self.branches[-1].append(node)

    def node(self) -> Node | None:
        """Return what it asks for; None where nothing was understood."""
        parts = [all_of(branch) for branch in self.branches if branch]
        if not parts:
            return None
        return negated(any_of(parts)) if self.is_negated else any_of(parts)


class _Parser:
    """Reads one query."""

    def __init__(
        self, text: str, now: datetime, statuses: Collection[str], usual_date: str
    ) -> None:
        self._text = clean_query(text)
        self._now = now
        self._statuses = {fold(each).strip(): each for each in statuses}
        self._usual_date = usual_date
        self._faults: list[QueryFault] = []
        self._groups = [_Group(0)]
        self._too_deep = 0
        self._terms = 0
        self._is_negated = False

    def parsed(self) -> Query:
        """Return the tree and the faults."""
        tokens = tokens_of(self._text)
        if len(self._text) > MOST_LENGTH or len(tokens) == MOST_TOKENS:
            end = tokens[-1].end if tokens else MOST_LENGTH
            self._fault("The query is too long; what stands from here on is not read", end, end)
        for token in tokens:
            self._take(token)
            if self._terms > MOST_TERMS:
                break
        self._expect_term(len(self._text.rstrip()))
        while len(self._groups) > 1:
            start = self._groups[-1].start
            message = "This parenthesis is not closed; put ) at the end of the group"
            self._fault(message, start, start + 1, is_unfinished=True)
            self._close()
        faults = sorted(self._faults, key=lambda fault: fault.start)
        return Query(self._groups[0].node() or EVERYTHING, tuple(faults))

    def _take(self, token: Token) -> None:
        group = self._groups[-1]
        match token.kind:
            case TokenKind.OPEN:
                self._open(token)
            case TokenKind.CLOSE:
                self._close_at(token)
            case TokenKind.NOT if self._is_alone(token):
                message = "This - leaves nothing out; put it right before a term"
                is_last = token.end == len(self._text)
                self._fault(message, token.start, token.end, is_unfinished=is_last)
            case TokenKind.NOT:
                self._is_negated = not self._is_negated
                if group.operator is None or group.operator.kind is not TokenKind.NOT:
                    group.operator = token
            case TokenKind.OR | TokenKind.AND:
                if self._is_negated:
                    self._expect_term(token.start)
                    group.operator = None
                if group.operator is not None or not group.has_terms:
                    self._fault(f"{token.kind} has no term before it", token.start, token.end)
                    return
                group.operator = token
                if token.kind is TokenKind.OR:
                    group.branches.append([])
            case TokenKind.TERM:
                self._terms += max(len(token.values), 1)
                if self._terms > MOST_TERMS:
                    message = f"Only the first {MOST_TERMS} terms are looked for"
                    self._fault(message, token.start, token.start)
                    return
                node = self._node(token)
                is_negated, self._is_negated = self._is_negated, False
                group.add(negated(node) if node is not None and is_negated else node)

    def _is_alone(self, token: Token) -> bool:
        """Return whether a token is a hyphen with nothing right after it."""
        following = self._text[token.end : token.end + 1]
        return self._text[token.start] == "-" and (not following or following.isspace())

    def _open(self, token: Token) -> None:
        if len(self._groups) > MOST_DEPTH:
            if not self._too_deep:
                message = f"Parentheses are read {MOST_DEPTH} deep; the ones inside are left out"
                self._fault(message, token.start, token.end)
            self._too_deep += 1
            return
        self._groups.append(_Group(token.start, is_negated=self._is_negated))
        self._is_negated = False

    def _close_at(self, token: Token) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif len(self._groups) == 1:
            message = "This parenthesis closes nothing; put ( before the group"
            self._fault(message, token.start, token.end)
        else:
            self._expect_term(token.start)
            if not self._groups[-1].has_terms:
                message = "There is nothing between these parentheses"
                self._fault(message, self._groups[-1].start, token.end)
            self._close()

    def _close(self) -> None:
        group = self._groups.pop()
        self._groups[-1].add(group.node())

    def _expect_term(self, end: int) -> None:
        """Add a fault where an operator of the innermost group has no term after it."""
        operator = self._groups[-1].operator
        self._is_negated = False
        if operator is not None:
            sign = self._text[operator.start : operator.end]
            message = f"{sign} has no term after it"
            is_last = end == len(self._text.rstrip())
            self._fault(message, operator.start, operator.end, is_unfinished=is_last)

    def _fault(self, message: str, start: int, end: int, *, is_unfinished: bool = False) -> None:
        sentence = message if message.endswith((".", "?")) else f"{message}."
        self._faults.append(QueryFault(sentence, start, end, is_unfinished))

    def _node(self, token: Token) -> Node | None:
        """Return what a term asks for; None where nothing was understood."""
        if token.name and token.field is None:
            self._fault(_unknown_field(token), token.start, token.start + len(token.name))
            return None
        if token.field is not None and not token.values:
            message = (
                f"{token.name}: has no value; write it without a space,"
                f" as in {token.name}:{token.field.example}"
            )
            is_last = token.end == len(self._text)
            self._fault(message, token.start, token.end, is_unfinished=is_last)
            return None
        nodes = [node for value in token.values if (node := self._one(token.field, value))]
        return any_of(nodes) if nodes else None

    def _one(self, field: Field | None, value: Value) -> Node | None:
        """Return what one value of a term asks for; None where it was not understood."""
        text = " ".join(value.text.split())
        if not value.is_closed:
            message = "This quotation mark is not closed; all that follows is taken as one value"
            self._fault(message, value.start, value.start + 1, is_unfinished=True)
        if not fold(text).strip():
            if value.is_closed:
                message = "There is nothing to look for here; a value needs a letter or a sign"
                self._fault(message, value.start, value.end)
            return None
        if field is None:
            return Term(WORDS, text, value.match)
        match field.kind:
            case Kind.TEXT | Kind.NAME:
                return Term(field.name, text, value.match)
            case Kind.TAG:
                return Term(field.name, text)
            case Kind.DATE:
                return self._period(field, text, value)
            case _:
                return self._choice(field, text, value)

    def _period(self, field: Field, text: str, value: Value) -> Node | None:
        try:
            first, end = bounds_of(field.name, text, self._now)
        except DateError as error:
            self._fault_of(value, sanitise_line(str(error)))
            return None
        is_usual = field.name in {"before", "after", "until", "on"}
        return Within(self._usual_date if is_usual else field.name, first, end)

    def _choice(self, field: Field, text: str, value: Value) -> Node | None:
        """Return the term for a status, or for one of a field's own values."""
        folded = fold(text).strip()
        if field.kind is Kind.STATUS:
            known = {**self._statuses, OPEN: OPEN, NONE: NONE}
        else:
            known = {choice.name: choice.name for choice in field.choices}
        if name := known.get(folded):
            return Term(field.name, name)
        near = names_like(folded, list(known))
        advice = f"did you mean {field.name}:{known[near]}?" if near else ""
        advice = advice or f"it is one of {', '.join(known.values())}."
        message = f"“{_shown(text)}” is no value of {field.name}:; {sanitise_line(advice)}"
        self._fault_of(value, message)
        return None

    def _fault_of(self, value: Value, message: str) -> None:
        """Add a fault of a value that may not be typed to its end."""
        is_last = value.end == len(self._text)
        self._fault(message, value.start, value.end, is_unfinished=is_last)


def _unknown_field(token: Token) -> str:
    """Return what is wrong with a field that there is not, without a full stop."""
    name = _shown(token.name)
    near = names_like(token.name, all_names())
    if near:
        return f"There is no field {name}:; did you mean {near}:?"
    return (
        f"There is no field {name}:; the fields are {', '.join(field_names())}. Put it in quotation"
        " marks to look for these words"
    )


def _shown(text: str) -> str:
    """Return a text as a message repeats it."""
    return sanitise_line(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")
