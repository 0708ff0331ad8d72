"""Queries as conditions of SQL: what ``core.query.matching`` defines, in the index's tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from reader import clock
from reader.core.folding import fold
from reader.core.query.dates import starts_at
from reader.core.query.fields import NONE, OPEN
from reader.core.query.matching import holds, holds_phrase, is_of_article
from reader.core.query.tree import (
    WORDS,
    AllOf,
    AnyOf,
    Leaf,
    Match,
    Node,
    Not,
    Term,
    Within,
    all_of,
    asks_for,
)

HOLDS_PHRASE: Final = "holds_phrase"
"""The function of SQL that is ``matching.holds_phrase``."""

HOLDS_TEXT: Final = "holds_text"
"""The function of SQL that takes the number of an article and that of a term with ``text:``."""

FUNCTIONS: Final = {HOLDS_PHRASE: holds_phrase}

_LONGEST_PATTERN: Final = 40_000
"""The most bytes of a pattern that SQLite takes are 50,000."""

_FLAGS: Final[Mapping[tuple[str, str], str]] = {
    ("is", "open"): "n.is_open",
    ("is", "changed"): "n.is_changed",
    ("is", "orphaned"): "n.is_orphaned",
    ("is", "deleted"): "n.is_deleted",
    ("is", "overlapping"): "n.is_overlapping",
    ("has", "note"): "n.has_note",
    ("has", "speaker"): "n.speakers != '\n'",
    ("has", "status"): "n.folded_status != '\n\n'",
    ("has", "link"): "n.has_link",
    ("has", "project"): "a.projects != '\n'",
}
"""The conditions of the values of ``is:`` and ``has:`` that are columns."""


class Surroundings(NamedTuple):
    """What a query asks about that does not stand in the article files."""

    now: str
    """The present time: ISO 8601, UTC, with milliseconds."""
    drafts: Collection[str] = ()
    """The ids of the annotations with a draft."""
    other_names: Mapping[str, Sequence[str]] = {}
    """The other names of speakers, by each of their names."""


class Condition(NamedTuple):
    """A condition of SQL on a note ``n``, its words ``w`` or its article ``a``."""

    sql: str
    """The condition, with question marks for its values."""
    values: tuple[Any, ...] = ()
    """The values."""
    tables: frozenset[str] = frozenset()
    """The tables that it asks, by their letters."""


ALWAYS: Final = Condition("1")


class Conditions:
    """Makes the conditions of one query."""

    def __init__(self, surroundings: Surroundings, *, is_joined: bool = False) -> None:
        """Prepare for one query.

        Args:
            surroundings: What does not stand in the article files.
            is_joined: Whether all three tables stand side by side, which is quick for few rows;
                else each is searched from its beginning to its end, which is quick for many.
        """
        self._surroundings = surroundings
        self._is_joined = is_joined
        self.texts: list[Term] = []
        """The terms with ``text:``, by the numbers that ``HOLDS_TEXT`` is given."""

    def of_notes(self, tree: Node) -> Condition:
        """Return the condition of a note that a query asks for."""
        condition = self._lifted(self._compiled(tree, self._note_leaf), "n")
        if asks_for(tree, "is", "deleted"):
            return condition
        return _joined([Condition("n.is_deleted = 0", (), frozenset("n")), condition], "AND")

    def of_articles(self, tree: Node) -> Condition:
        """Return the condition of an article that a query asks for."""
        has_deleted = asks_for(tree, "is", "deleted")
        return self._of_articles(tree, has_deleted)

    def _of_articles(self, node: Node, has_deleted: bool) -> Condition:
        match node:
            case Not(part=part):
                return _negated(self._of_articles(part, has_deleted))
            case AllOf(parts=parts):
                of_notes = [part for part in parts if _is_of_notes(part)]
                conditions = [
                    self._of_articles(part, has_deleted) for part in parts if part not in of_notes
                ]
                if of_notes:
                    conditions.append(self._with_note(all_of(of_notes), has_deleted))
                return _joined(conditions, "AND")
            case AnyOf(parts=parts):
                return _joined([self._of_articles(part, has_deleted) for part in parts], "OR")
            case Term(field=field) if field == WORDS:
                return _held("a.folded", node.folded, node.match)
            case _ if is_of_article(node):
                return self._article_leaf(node)
            case _:
                return self._with_note(node, has_deleted)

    def _with_note(self, node: Node, has_deleted: bool) -> Condition:
        """Return the condition of an article that has a note that a query asks for."""
        inner = Conditions(self._surroundings)
        condition = inner._lifted(inner._compiled(node, inner._note_leaf), "n")
        live = "" if has_deleted else "n.is_deleted = 0 AND "
        sql = f"a.key IN (SELECT n.article FROM notes n WHERE {live}{condition.sql})"  # noqa: S608 - our names
        return Condition(sql, condition.values, frozenset("a"))

    def _compiled(self, node: Node, leaf: Callable[[Leaf], Condition]) -> Condition:
        match node:
            case Not(part=part):
                return _negated(self._compiled(part, leaf))
            case AllOf(parts=parts):
                return self._together([self._compiled(part, leaf) for part in parts], "AND")
            case AnyOf(parts=parts):
                return self._together([self._compiled(part, leaf) for part in parts], "OR")
            case _:
                return leaf(node)

    def _together(self, conditions: Sequence[Condition], operator: str) -> Condition:
        """Join conditions; those that ask the same table are asked together."""
        groups: dict[frozenset[str], list[Condition]] = {}
        for condition in conditions:
            groups.setdefault(condition.tables, []).append(condition)
        joined = [_joined(group, operator) for group in groups.values()]
        if len(joined) > 1:
            joined = [self._lifted(each, "n") for each in joined]
        return _joined(joined, operator)

    def _lifted(self, condition: Condition, table: str) -> Condition:
        """Return a condition of one table as one of a note, unless the tables are joined."""
        if self._is_joined or condition.tables <= {table}:
            return condition
        column, inner = (
            ("key", "words w") if condition.tables == {"w"} else ("article", "articles a")
        )
        key = f"{inner[-1]}.key"
        sql = f"n.{column} IN (SELECT {key} FROM {inner} WHERE {condition.sql})"  # noqa: S608 - our names
        return Condition(sql, condition.values, frozenset("n"))

    def _note_leaf(self, leaf: Leaf) -> Condition:
        """Return the condition of what a note has, or its article."""
        if is_of_article(leaf):
            return self._article_leaf(leaf)
        if isinstance(leaf, Within):
            return _within("n.marked", leaf)
        value, how = leaf.folded, leaf.match
        match leaf.field:
            case "":
                return self._or_other_names(_held("w.folded", value, how), value, how)
            case "tag":
                return _held("n.folded_tags", value, Match.WHOLE)
            case "status":
                return _status(value)
            case "speaker":
                return self._or_other_names(_held("n.speakers", value, how), value, how)
            case "passage":
                part = "substr(w.folded, w.note_end, w.passage_end - w.note_end + 1)"
                return _held(part, value, how)
            case "note":
                return _held("substr(w.folded, 1, w.note_end)", value, how)
            case field:
                return self._flag(field, value)

    def _flag(self, field: str, value: str) -> Condition:
        match field, value:
            case "is", "due":
                sql = "(n.due != '' AND n.due <= ?)"
                return Condition(sql, (self._surroundings.now,), frozenset("n"))
            case "has", "draft":
                return _among("n.id", self._surroundings.drafts)
            case _:
                return Condition(f"({_FLAGS[field, value]})", (), frozenset("n"))

    def _or_other_names(self, condition: Condition, value: str, how: Match) -> Condition:
        """Return a condition that a note also fulfils where its speaker has such another name."""
        names = [
            f"\n{fold(name).strip()}\n"
            for name, others in self._surroundings.other_names.items()
            if any(holds(fold(other).strip(), value, how) for other in others)
        ]
        if not names:
            return condition
        return self._together([condition, _among("n.speakers", names)], "OR")

    def _article_leaf(self, leaf: Leaf) -> Condition:
        """Return the condition of what an article has itself."""
        if isinstance(leaf, Within):
            return (
                _published(leaf) if leaf.field == "published" else _within(f"a.{leaf.field}", leaf)
            )
        value, how = leaf.folded, leaf.match
        match leaf.field:
            case "in":
                return _held("a.title", value, how)
            case "text":
                self.texts.append(leaf)
                sql = f"{HOLDS_TEXT}(a.key, {len(self.texts) - 1})"
                return Condition(sql, (), frozenset("a"))
            case "site" | "author" | "project" as field:
                return _held(f"a.{field}s", value, how)
            case "has":
                return Condition(f"({_FLAGS['has', 'project']})", (), frozenset("a"))
            case _:
                return Condition("a.state = ?", (value,), frozenset("a"))


def _is_of_notes(node: Node) -> bool:
    """Return whether a part of a query of articles asks for a note of them, in each alternative."""
    if isinstance(node, AnyOf):
        return all(map(_is_of_notes, node.parts))
    return isinstance(node, Term | Within) and node.field != WORDS and not is_of_article(node)


def _joined(conditions: Sequence[Condition], operator: str) -> Condition:
    """Join conditions with ``AND`` or ``OR``; none of them are true for all, or for nothing."""
    if len(conditions) == 1:
        return conditions[0]
    if not conditions:
        return ALWAYS if operator == "AND" else Condition("0")
    sql = f" {operator} ".join(each.sql for each in conditions)
    values = tuple(value for each in conditions for value in each.values)
    return Condition(f"({sql})", values, frozenset().union(*(each.tables for each in conditions)))


def _negated(condition: Condition) -> Condition:
    return condition._replace(sql=f"NOT {condition.sql}")


def _held(column: str, value: str, how: Match) -> Condition:
    """Return the condition that one of the texts in a column has a folded value."""
    tables = frozenset("w" if "w." in column else column[0])
    sought = f"\n{value}\n" if how is Match.WHOLE else value
    escaped = sought.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    # LIKE is several times as fast as instr. It ignores the case of ASCII alone, and folded texts
    # have no upper case.
    if len(escaped.encode()) < _LONGEST_PATTERN:
        condition = Condition(f"{column} LIKE ? ESCAPE '\\'", (f"%{escaped}%",), tables)
    else:
        condition = Condition(f"instr({column}, ?) > 0", (sought,), tables)
    if how is not Match.PHRASE:
        return condition._replace(sql=f"({condition.sql})")
    phrase = Condition(f"{HOLDS_PHRASE}({column}, ?)", (value,), tables)
    return _joined([condition, phrase], "AND")


def _among(column: str, values: Collection[str]) -> Condition:
    listed = msgspec.json.encode(sorted(values)).decode()
    sql = f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608 - our names
    return Condition(f"({sql})", (listed,), frozenset(column[0]))


def _status(value: str) -> Condition:
    is_status = Condition("n.folded_status = ?", (f"\n{value}\n",), frozenset("n"))
    if value == OPEN:
        return _joined([Condition("n.is_open", (), frozenset("n")), is_status], "OR")
    if value == NONE:
        is_none = Condition("n.folded_status = ?", ("\n\n",), frozenset("n"))
        return _joined([is_none, is_status], "OR")
    return is_status._replace(sql=f"({is_status.sql})")


def _within(column: str, period: Within) -> Condition:
    first, end = starts_at(period.first), starts_at(period.end)
    tables = frozenset(column[0])
    if not end:
        return Condition(f"({column} != '' AND {column} >= ?)", (first,), tables)
    return Condition(f"({column} != '' AND {column} >= ? AND {column} < ?)", (first, end), tables)


def _published(period: Within) -> Condition:
    first, end = clock.local_day(period.first), clock.local_day(period.end)
    sql = "a.published_first IS NOT NULL AND a.published_first >= ?"
    if not end:
        return Condition(f"({sql})", (first,), frozenset("a"))
    return Condition(f"({sql} AND a.published_end <= ?)", (first, end), frozenset("a"))
