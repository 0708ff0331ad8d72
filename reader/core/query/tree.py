"""What a query asks for, as a tree of frozen values."""

from enum import StrEnum
from typing import Final

import msgspec

from reader.core.folding import fold

WORDS: Final = ""
"""The field of the words that are asked for without a field."""


class Match(StrEnum):
    """How a value is compared with a text; both are folded."""

    PART = "part"
    """The text contains it, also inside a word."""
    PHRASE = "phrase"
    """The text contains it, and neither of its ends is inside a word."""
    WHOLE = "whole"
    """The text is it, but for white space at its ends."""


class Term(msgspec.Struct, frozen=True):
    """Asks for a value in a field."""

    field: str
    """The name of a field of ``fields.FIELDS``, or ``WORDS``."""
    value: str
    """What is asked for, on one line, as it was written; not empty where it is folded."""
    match: Match = Match.PART
    """How the value is compared; counts for fields of the kinds ``TEXT`` and ``NAME`` alone."""

    @property
    def folded(self) -> str:
        """The value folded for comparison, without white space at its ends."""
        return fold(self.value).strip()


class Within(msgspec.Struct, frozen=True):
    """Asks for a date in a period; a period without both ends holds any date, but not none."""

    field: str
    """``marked``, ``published``, ``added`` or ``opened``."""
    first: str = ""
    """When the period begins: a day here such as ``2026-03-01``, or a time in ISO 8601, UTC, with
    milliseconds; empty for a period without a beginning."""
    end: str = ""
    """The day or the time at which it is over, in the same form; empty for one without an end."""


class Not(msgspec.Struct, frozen=True):
    """Asks for what a part does not ask for."""

    part: "Node"
    """The part."""


class AllOf(msgspec.Struct, frozen=True):
    """Asks for what all parts ask for; without parts, for everything."""

    parts: tuple["Node", ...] = ()
    """The parts."""


class AnyOf(msgspec.Struct, frozen=True):
    """Asks for what at least one of the parts asks for; without parts, for nothing."""

    parts: tuple["Node", ...] = ()
    """The parts."""


Leaf = Term | Within
Node = Term | Within | Not | AllOf | AnyOf

EVERYTHING: Final = AllOf()
"""Asks for everything."""


def all_of(parts: list[Node]) -> Node:
    """Return what asks for all parts, in the form that queries are parsed to."""
    flat = [leaf for each in parts for leaf in (each.parts if isinstance(each, AllOf) else [each])]
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))


def any_of(parts: list[Node]) -> Node:
    """Return what asks for one of the parts, in the form that queries are parsed to."""
    flat = [leaf for each in parts for leaf in (each.parts if isinstance(each, AnyOf) else [each])]
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat))


def negated(part: Node) -> Node:
    """Return what asks for the opposite, in the form that queries are parsed to."""
    return part.part if isinstance(part, Not) else Not(part)


def leaves(node: Node) -> list[Leaf]:
    """Return the terms and the periods of a tree, from left to right."""
    if isinstance(node, Not):
        return leaves(node.part)
    if isinstance(node, AllOf | AnyOf):
        return [leaf for part in node.parts for leaf in leaves(part)]
    return [node]


def asks_for(node: Node, field: str, value: str = "") -> bool:
    """Return whether a tree has a term or a period of a field, with a value if one is given."""
    return any(
        leaf.field == field and (not value or (isinstance(leaf, Term) and leaf.folded == value))
        for leaf in leaves(node)
    )
