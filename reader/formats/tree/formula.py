"""Writes formulas of MathML on one line: ``x² + √(a/b)``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from reader.formats.tree.elements import local_name
from reader.formats.tree.inline import shifted

MAX_DEPTH: Final = 100
"""The deepest element whose structure is read; the bare text of deeper ones is used."""

_UNSEEN = re.compile("[\u2061-\u2064\u200b\ufeff]")
_SPACED = re.compile(
    "[=+\u2212\u00b1\u2213<>\u00d7\u00f7\u2190-\u21ff\u2208-\u220d\u2223-\u222a\u2234-\u2237"
    "\u223c-\u22a5\u22c5\u22ee-\u22f1\u27f5-\u27ff\u2a7d\u2a7e:]|:=|<=|>="
)
_ACCENTS: Final = {
    "\u00af": "\u0304", "\u203e": "\u0304", "\u2015": "\u0304", "_": "\u0332", "^": "\u0302",
    "\u02c6": "\u0302", "~": "\u0303", "\u02dc": "\u0303", "\u2192": "\u20d7", "\u20d7": "\u20d7",
    "\u02d9": "\u0307", ".": "\u0307", "\u00a8": "\u0308", "\u02c7": "\u030c",
}  # fmt: skip
_ATOM = re.compile(r"(?:\d+|\w)?[\u0300-\u036f\u20d7]?|\W")
_SCRIPTED = re.compile(r"(?:\d+|\w)[\u0300-\u036f\u20d7]?[\u00b2\u00b3\u00b9\u2070-\u209c]*")
_LARGE = re.compile("[\u220f-\u2211\u222b-\u2233\u22c0-\u22c3\u2a00-\u2a06]|lim|max|min|sup|inf")
_STYLES: Final = frozenset({"mstyle", "mpadded", "mrow"})
_FENCES: Final = tuple("([{|\u2016\u27e6\u2308\u230a")
_EQUAL_SIGN = re.compile("^([=<>\u2260-\u2265])(?=\\S)")
_ENDS_IN_SCRIPT = re.compile(r"[_^]\w+$")
_LONGEST_SCRIPT: Final = 40
_STARTS_NAME = re.compile(r"[\w(\[]")
_PRIMES = re.compile("[\u2032-\u2037'*\u2020\u00b0]+")
_NO_LINE = re.compile(r"0(?:\.0*)?\s*[a-z%]*")
_GROUP = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\|[^|]*\|")
_SPACES = re.compile(r"\s+")


def formula_text(formula: Any) -> str:
    """Return a formula on one line, with brackets around groups that would be ambiguous."""
    return _SPACES.sub(" ", _text(formula, 0)).strip()


def _text(element: Any, depth: int) -> str:
    name = local_name(element)
    if depth > MAX_DEPTH:
        return _bare(element)
    if write := _WRITERS.get(name):
        return write(_children(element), element, depth + 1)
    if name in ("mi", "mn", "mtext", "ms"):
        return _bare(element)
    if name == "mo":
        return _operator(element)
    return _row(_children(element), element, depth + 1) or _bare(element)


def _children(element: Any) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str)]


def _bare(element: Any) -> str:
    return _UNSEEN.sub("", _SPACES.sub(" ", "".join(element.itertext())).strip())


def _operator(element: Any) -> str:
    """Return an operator, with spaces if it stands between two operands."""
    text = _bare(element)
    if text in (",", ";"):
        return text + " "
    outer = element
    while outer.getparent() is not None and local_name(outer.getparent()) in _STYLES:
        if not _is_alone(outer):
            break
        outer = outer.getparent()
    is_between = outer.getprevious() is not None and outer.getnext() is not None
    if _SPACED.fullmatch(text) and is_between and element.get("form") != "prefix":
        return f" {text} "
    return text


def _is_alone(element: Any) -> bool:
    """Return whether an element is the only child; ``len`` would count all children."""
    return element.getprevious() is None and element.getnext() is None


class _Part(NamedTuple):
    """A part of a formula, whose text is made once, since parts stand inside parts."""

    name: str
    """The name of its element; empty if there is none."""
    text: str
    """Its text."""

    @property
    def whole(self) -> str:
        """Its text, in brackets if it is more than one name, number or group."""
        is_one = self.name in ("", "mi", "mn", "mtext") or _ATOM.fullmatch(self.text)
        return self.text if is_one or _GROUP.fullmatch(self.text) else f"({self.text})"

    @property
    def in_fraction(self) -> str:
        """Its text in a fraction, where a name with its scripts needs no brackets."""
        return self.text if _SCRIPTED.fullmatch(self.text) else self.whole

    @property
    def lowered(self) -> str:
        """Its text as a subscript: in characters of Unicode, or after ``_``."""
        moved = shifted(self.text, is_raised=False)
        return moved if moved != self.text or not moved else f"_{self.whole}"

    @property
    def raised(self) -> str:
        """Its text as a superscript: in characters of Unicode, or after ``^``."""
        moved = shifted(self.text, is_raised=True)
        if moved != self.text or not moved or _PRIMES.fullmatch(moved):
            return moved
        return f"^{self.whole}"


_NOTHING = _Part("", "")


def _first_parts(parts: Sequence[Any], count: int, depth: int) -> Iterator[_Part]:
    """Yield the first parts, with empty ones in place of missing ones."""
    for index in range(count):
        yield _part(parts[index], depth) if index < len(parts) else _NOTHING


def _part(element: Any, depth: int) -> _Part:
    return _Part(local_name(element), _text(element, depth).strip())


def _row(parts: Sequence[Any], _element: Any, depth: int) -> str:
    """Return parts one after another, with brackets or spaces where they would run together."""
    pieces: list[str] = []
    was_fraction = False
    for part in parts:
        text = _text(part, depth)
        if not text:
            continue
        before = pieces[-1] if pieces else ""
        is_fraction = local_name(part) == "mfrac" and "/" in text
        if is_fraction and before[-1:].isalnum():
            text, is_fraction = f"({text})", False
        if was_fraction and _STARTS_NAME.match(text):
            pieces[-1] = f"({before})"
        elif _STARTS_NAME.match(text) and _ENDS_IN_SCRIPT.search(before[-_LONGEST_SCRIPT:]):
            pieces.append(" ")
        pieces.append(text)
        was_fraction = is_fraction
    return "".join(pieces)


def _fraction(parts: Sequence[Any], element: Any, depth: int) -> str:
    above, below = _first_parts(parts, 2, depth)
    if _NO_LINE.fullmatch(element.get("linethickness") or ""):
        return f"({above.text} over {below.text})"
    return f"{above.in_fraction}/{below.in_fraction}"


def _square_root(parts: Sequence[Any], element: Any, depth: int) -> str:
    if len(parts) == 1:
        return "√" + _part(parts[0], depth).whole
    return f"√({_row(parts, element, depth).strip()})"


def _root(parts: Sequence[Any], _element: Any, depth: int) -> str:
    base, index = _first_parts(parts, 2, depth)
    return f"{shifted(index.text, is_raised=True)}√{base.whole}"


def _lowered(parts: Sequence[Any], _element: Any, depth: int) -> str:
    base, below = _first_parts(parts, 2, depth)
    return _spaced(base, base.whole + below.lowered)


def _raised(parts: Sequence[Any], _element: Any, depth: int) -> str:
    base, above = _first_parts(parts, 2, depth)
    return base.whole + above.raised


def _lowered_and_raised(parts: Sequence[Any], _element: Any, depth: int) -> str:
    base, below, above = _first_parts(parts, 3, depth)
    return _spaced(base, base.whole + below.lowered + above.raised)


def _spaced(base: _Part, text: str) -> str:
    """Separate a sum, an integral or a limit from its operand."""
    return text + " " if _LARGE.fullmatch(base.text) else text


def _accented(parts: Sequence[Any], _element: Any, depth: int) -> str:
    """Return a base with a part over it: an accent, or a limit."""
    base, above = _first_parts(parts, 2, depth)
    accent = _ACCENTS.get(above.text)
    if not accent:
        return base.whole + above.raised
    return base.text + accent if len(base.text) == 1 else base.whole + above.text


def _scripts_on_both_sides(parts: Sequence[Any], _element: Any, depth: int) -> str:
    before: list[str] = []
    after: list[str] = []
    side, is_raised = after, False
    base = next(_first_parts(parts, 1, depth))
    for element in parts[1:]:
        if local_name(element) == "mprescripts":
            side, is_raised = before, False
            continue
        script = _part(element, depth)
        side.append(script.raised if is_raised else script.lowered)
        is_raised = not is_raised
    return "".join(before) + base.whole + "".join(after)


def _fenced(parts: Sequence[Any], element: Any, depth: int) -> str:
    marks = (element.get("separators", ",")).replace(" ", "")
    pieces: list[str] = []
    for number, part in enumerate(parts):
        if number and marks:
            pieces.append(marks[min(number, len(marks)) - 1] + " ")
        pieces.append(_text(part, depth).strip())
    return f"{element.get('open', '(')}{''.join(pieces)}{element.get('close', ')')}"


def _table(parts: Sequence[Any], element: Any, depth: int) -> str:
    """Return a matrix by its rows, or equations one after another."""
    inner, parent, before = element, element.getparent(), element.getprevious()
    while parent is not None and local_name(parent) in _STYLES and _is_alone(inner):
        before, inner, parent = parent.getprevious(), parent, parent.getparent()
    is_fenced = parent is not None and local_name(parent) == "mfenced"
    is_matrix = is_fenced or (before is not None and _bare(before)[-1:] in _FENCES)
    rows: list[str] = []
    for row in parts:
        cells = [_text(cell, depth + 1).strip() for cell in _children(row)]
        if is_matrix:
            rows.append(", ".join(cells))
        elif any(cells):
            sides = (_EQUAL_SIGN.sub(r"\1 ", cell) for cell in cells if cell)
            rows.append(" ".join(sides))
    return "; ".join(rows)


def _first(parts: Sequence[Any], _element: Any, depth: int) -> str:
    return _text(parts[0], depth) if parts else ""


_WRITERS: Final[dict[str, Callable[[Sequence[Any], Any, int], str]]] = {
    "mrow": _row,
    "math": _row,
    "mstyle": _row,
    "semantics": _first,
    "maction": _first,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "msub": _lowered,
    "munder": _lowered,
    "msup": _raised,
    "mover": _accented,
    "msubsup": _lowered_and_raised,
    "munderover": _lowered_and_raised,
    "mmultiscripts": _scripts_on_both_sides,
    "mfenced": _fenced,
    "mtable": _table,
    "mspace": lambda _parts, _element, _depth: " ",
    "mphantom": lambda _parts, _element, _depth: "",
    "annotation": lambda _parts, _element, _depth: "",
    "annotation-xml": lambda _parts, _element, _depth: "",
}
