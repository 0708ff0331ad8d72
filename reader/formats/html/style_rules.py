"""Finds what the style rules of a page hide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

MAX_STYLES = 3_000_000
"""The longest style sheets of a page that are read, in characters."""

_FLAGS = re.IGNORECASE | re.DOTALL
_HINT = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|clip|\b1px|-\d{4,}", _FLAGS
)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_SCREEN_WIDTH = 1280
_MEDIA = re.compile(r"@media\b\s*", re.IGNORECASE)
_FOR_ALL = re.compile(r"@(?:supports|layer)\b", re.IGNORECASE)
_SCREEN = re.compile(r"(?:only\s+)?(?:all|screen)", re.IGNORECASE)
_WIDTH = re.compile(
    r"\(\s*(?:(min|max)-width\s*:|width\s*([<>])=?)\s*(\d+(?:\.\d+)?)(px|r?em)\s*\)", re.IGNORECASE
)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_LETTER_WIDTH = 16
_NONE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|content-visibility\s*:\s*hidden)",
    _FLAGS,
)
_SHOWN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?!none|inherit|initial|unset)\w|visibility\s*:\s*visible)",
    _FLAGS,
)
_CLIPPED = re.compile(
    r"(?:^|;)\s*clip\s*:\s*rect\((?:\s*[01](?:px)?[\s,]*){4}\)"
    r"|(?:^|;)\s*clip-path\s*:\s*inset\(\s*(?:50|100)%",
    _FLAGS,
)
_AWAY = re.compile(r"(?:^|;)\s*(?:left|top|text-indent)\s*:\s*-\d{4,}(?:px|em)", _FLAGS)
_COMPOUND = re.compile(r"([a-z*][\w-]*)?((?:[.#][\w\\:/@-]+|\[[^\]]*\])*)", _FLAGS)
_PIECE = re.compile(r">|(?:\[[^\]]*\]|[^\s>\[])+")
_PART = re.compile(
    r"([.#])((?:[\w-]|\\.)+)|\[([\w-]+)(?:(=)(?:\"([^\"]*)\"|'([^']*)'|([\w-]+)))?\]"
)
_NEVER = frozenset(("html", "body", "main", "article", "*", ""))
_MAX_RULES = 20_000
_SHARE = 4
_MIN_GUARDED = 400


class _Compound(NamedTuple):
    """What a selector asks of one element."""

    name: str
    """Its name; empty or ``*`` for any."""
    classes: frozenset[str]
    """Its classes."""
    identifier: str
    """Its id; empty for any."""
    attributes: tuple[tuple[str, str | None], ...]
    """Its attributes and their values; None for any value."""

    def fits(self, element: Any) -> bool:
        """Return whether an element is as asked."""
        if self.name not in ("", "*", element.tag):
            return False
        if self.identifier and element.get("id") != self.identifier:
            return False
        for name, value in self.attributes:
            if (stated := element.get(name)) is None or value not in (None, stated):
                return False
        return not self.classes or self.classes <= set((element.get("class") or "").split())

    def key(self) -> str:
        """Return what an element must have at least, under which the rules are looked up."""
        if self.identifier:
            return f"#{self.identifier}"
        if self.classes:
            return f".{min(self.classes)}"
        return self.name or "*"


class _Rule(NamedTuple):
    """A rule with one selector that hides or shows elements."""

    compounds: tuple[_Compound, ...]
    """What the selector asks of each element, of the outermost first."""
    children: tuple[bool, ...]
    """Whether an element is a child of the one before, and not any descendant."""
    hides: bool
    """Whether it hides."""
    weight: tuple[bool, int, int, int]
    """Its weight against other rules: importance, ids, classes and names."""


_STYLED = etree.XPath(".//*[@style]")


def hide_by_rules(root: Any) -> None:
    """Give the attribute ``hidden`` to what a page's own style sheets and styles hide.

    What a link inside the page leads to, as to a note, stays. A rule that would hide a quarter of
    the page is left to the scripts that show it again.
    """
    hidden = [[one] for one in _STYLED(root) if _hides(one.get("style"))]
    hidden += _hidden_by_sheets(root)
    if hidden:
        _mark(root, hidden)


def _hidden_by_sheets(root: Any) -> list[list[Any]]:
    """Return the elements that each rule of the style sheets hides."""
    text = "\n".join(style.text or "" for style in root.iter("style"))
    if len(text) > MAX_STYLES or not _HINT.search(text):
        return []
    rules = list(_rules(_COMMENT.sub("", text)))
    if not any(rule.hides for rule in rules):
        return []
    by_key: dict[str, list[tuple[int, _Rule]]] = {}
    for order, rule in enumerate(rules):
        by_key.setdefault(rule.compounds[-1].key(), []).append((order, rule))
    hidden: dict[_Rule, list[Any]] = {}
    for element in root.iter():
        decider = _deciding(element, by_key)
        if decider is not None and decider.hides:
            hidden.setdefault(decider, []).append(element)
    return list(hidden.values())


def _mark(root: Any, hidden: list[list[Any]]) -> None:
    led_to = {href[1:] for one in root.iter("a") if (href := one.get("href") or "")[:1] == "#"}
    body = root.find("body")
    letters = sum(map(len, body.itertext())) if body is not None else 0
    for elements in hidden:
        size = sum(len(text) for one in elements for text in one.itertext())
        if size * _SHARE > letters and size > _MIN_GUARDED:
            continue
        for element in elements:
            names = {one.get("id") or one.get("name") for one in element.iter()} - {None}
            if names.isdisjoint(led_to):
                element.set("hidden", "")


def _deciding(element: Any, by_key: dict[str, list[tuple[int, _Rule]]]) -> _Rule | None:
    """Return the rule with the greatest weight that hides or shows an element."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _NEVER or tag in ("head", "style", "script"):
        return None
    keys = [tag, "*"]
    if names := element.get("class"):
        keys += [f".{name}" for name in names.split()]
    if identifier := element.get("id"):
        keys.append(f"#{identifier}")
    matching = [
        (rule.weight, order, rule)
        for key in keys
        for order, rule in by_key.get(key, ())
        if _matches(element, rule)
    ]
    decider = max(matching, key=lambda one: one[:2])[2] if matching else None
    if decider is None or decider.weight[0] or not _SHOWN.search(element.get("style") or ""):
        return decider
    return None  # the element's own style shows it


def _matches(element: Any, rule: _Rule) -> bool:
    current = element
    if not rule.compounds[-1].fits(current):
        return False
    for index in range(len(rule.compounds) - 2, -1, -1):
        current = current.getparent()
        while current is not None and not rule.compounds[index].fits(current):
            if rule.children[index + 1]:
                return False
            current = current.getparent()
        if current is None:
            return False
    return True


def _rules(text: str) -> Iterator[_Rule]:
    """Yield the rules that hide or show something on a wide screen."""
    stack: list[tuple[str, bool]] = []
    start = count = 0
    for brace in _BRACE.finditer(text):
        piece = text[start : brace.start()]
        start = brace.end()
        if brace[0] == "{":
            prelude = _nested(piece.rpartition(";")[2].strip(), [outer for outer, _ in stack])
            is_open = all(one for _, one in stack)
            stack.append((prelude, is_open and _applies(prelude)))
            continue
        if not stack:
            continue
        prelude, applies = stack.pop()
        if not applies or prelude.startswith("@"):
            continue
        hides = _hides(piece)
        if not hides and not _SHOWN.search(piece):
            continue
        for selector in prelude.split(","):
            count += 1
            if count > _MAX_RULES:
                return
            if rule := _rule(selector.strip(), hides=hides, is_important="!important" in piece):
                yield rule


def _nested(prelude: str, around: list[str]) -> str:
    """Return the selectors of a rule inside the rules around it, as outside of any."""
    outer = next((one for one in reversed(around) if not one.startswith("@")), "")
    if not outer or prelude.startswith("@"):
        return prelude
    pairs = (
        (one.strip(), inner.strip()) for one in outer.split(",") for inner in prelude.split(",")
    )
    return ",".join(
        inner.replace("&", one) if "&" in inner else f"{one} {inner}" for one, inner in pairs
    )


def _applies(prelude: str) -> bool:
    """Return whether the rules in a block apply to a wide screen."""
    if not prelude.startswith("@"):
        return True
    media = _MEDIA.match(prelude)
    if media is None:
        return _FOR_ALL.match(prelude) is not None
    queries = prelude[media.end() :].split(",")
    return any(all(map(_holds, _AND.split(query.strip()))) for query in queries)


def _holds(condition: str) -> bool:
    """Return whether a condition of a media query holds for a wide screen."""
    width = _WIDTH.fullmatch(condition)
    if width is None:
        return _SCREEN.fullmatch(condition) is not None
    limit = float(width[3]) * (1 if width[4].lower() == "px" else _LETTER_WIDTH)
    is_least = (width[1] or "").lower() == "min" or width[2] == ">"
    return limit <= _SCREEN_WIDTH if is_least else limit >= _SCREEN_WIDTH


def _hides(declarations: str) -> bool:
    if _NONE.search(declarations) or _CLIPPED.search(declarations):
        return True
    plain = declarations.replace(" ", "").lower()
    if "width:1px" in plain and "height:1px" in plain and "overflow:hidden" in plain:
        return True
    is_away = "position:absolute" in plain or "position:fixed" in plain or "text-indent" in plain
    return is_away and _AWAY.search(declarations) is not None


def _rule(selector: str, *, hides: bool, is_important: bool) -> _Rule | None:
    """Return the rule of a selector; None for one with states or siblings."""
    compounds: list[_Compound] = []
    children: list[bool] = []
    is_child = False
    for piece in _PIECE.findall(selector):
        if piece == ">":
            is_child = True
            continue
        if (compound := _compound(piece)) is None:
            return None
        compounds.append(compound)
        children.append(is_child)
        is_child = False
    if not compounds or (len(compounds) == 1 and _is_for_all(compounds[0])):
        return None
    weight = (
        is_important,
        sum(bool(one.identifier) for one in compounds),
        sum(len(one.classes) + len(one.attributes) for one in compounds),
        sum(one.name not in ("", "*") for one in compounds),
    )
    return _Rule(tuple(compounds), tuple(children), hides, weight)


def _is_for_all(compound: _Compound) -> bool:
    return compound.key() in _NEVER and not compound.attributes


def _compound(source: str) -> _Compound | None:
    """Return what a part of a selector asks of an element; None if it is not only that."""
    match = _COMPOUND.fullmatch(source)
    if match is None:
        return None
    parts = list(_PART.finditer(match[2]))
    if "".join(part[0] for part in parts) != match[2]:
        return None
    names = [(part[1], part[2].replace("\\", "")) for part in parts if part[1]]
    attributes = tuple(
        (part[3].lower(), part[5] or part[6] or part[7] or "" if part[4] else None)
        for part in parts
        if part[3]
    )
    return _Compound(
        (match[1] or "").lower(),
        frozenset(name for kind, name in names if kind == "."),
        next((name for kind, name in names if kind == "#"), ""),
        attributes,
    )
