"""Write the tree of a query as a query: parsing it gives the same tree."""

from __future__ import annotations

from reader.core.query.dates import day_after, day_before
from reader.core.query.fields import Kind, field_named
from reader.core.query.lexing import TokenKind, tokens_of
from reader.core.query.tree import WORDS, AllOf, AnyOf, Match, Node, Not, Term, Within


def print_query(tree: Node) -> str:
    """Return a query that is parsed to this tree; empty where it asks for everything."""
    if isinstance(tree, AllOf):
        return " ".join(map(_operand, tree.parts))
    if isinstance(tree, AnyOf) and not _is_list(tree):
        return " OR ".join(map(_operand, tree.parts))
    return _operand(tree)


def print_value(field: str, value: str, match: Match = Match.PART) -> str:
    """Return a value as it is written after a field, in quotation marks where it needs them."""
    sign = "=" if match is Match.WHOLE else ""
    if match is not Match.PHRASE and _is_read_back(field, sign, value, match):
        return f"{sign}{value}"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    known = field_named(field)
    is_part = match is Match.PART and (known is None or known.kind in {Kind.TEXT, Kind.NAME})
    return f'{sign}"{escaped}"{"*" if is_part else ""}'


def print_name(field: str, value: str) -> str:
    """Return a value that was chosen from a list as it is written after a field."""
    is_plain = _is_read_back(field, "", value, Match.PART)
    return print_value(field, value, Match.PART if is_plain else Match.PHRASE)


def _is_read_back(field: str, sign: str, value: str, match: Match) -> bool:
    """Return whether a value without quotation marks is read as it is, also before another one."""
    following = ",x" if _has_list(field) else ""
    tokens = tokens_of(f"{field}:{sign}{value}{following}" if field else value)
    if len(tokens) != 1 or tokens[0].kind is not TokenKind.TERM or tokens[0].name != field:
        return False
    first = next(iter(tokens[0].values), None)
    count = 2 if following else 1
    return first is not None and len(tokens[0].values) == count and first[:2] == (value, match)


def _operand(node: Node) -> str:
    """Return a node as a part of another one."""
    if isinstance(node, Term):
        name = f"{node.field}:" if node.field else ""
        return f"{name}{print_value(node.field, node.value, node.match)}"
    if isinstance(node, Within):
        return f"{node.field}:{_days(node)}"
    if isinstance(node, Not):
        return f"-{_operand(node.part)}"
    if isinstance(node, AnyOf) and _is_list(node):
        terms = [part for part in node.parts if isinstance(part, Term)]
        values = (print_value(each.field, each.value, each.match) for each in terms)
        return f"{terms[0].field}:{','.join(values)}"
    inner = print_query(node)
    *_, last = tokens_of(f"({inner})")
    # A word that opens a parenthesis takes the closing one.
    return f"({inner})" if last.kind is TokenKind.CLOSE else f"({inner} )"


def _is_list(node: AnyOf) -> bool:
    """Return whether the parts are values of one field that takes several."""
    first = next(iter(node.parts), None)
    if not isinstance(first, Term) or first.field == WORDS:
        return False
    return _has_list(first.field) and all(
        isinstance(part, Term) and part.field == first.field for part in node.parts
    )


def _has_list(name: str) -> bool:
    """Return whether a field takes several values between commas."""
    field = field_named(name)
    return field is not None and field.kind is not Kind.TEXT


def _days(period: Within) -> str:
    first, end = period.first, period.end
    if not first and not end:
        return "*..*"
    if not end:
        return f">={first}"
    if not first:
        return f"<{end}"
    last = day_before(end)
    return first if day_after(first) == end else f"{first}..{last}"
