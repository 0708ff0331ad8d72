"""Finds what the style rules of a page hide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

MAX_STYLES = 3_000_000
"""The longest style sheets of a page that are read, in characters."""

_FLAGS = re.IGNORECASE | re.DOTALL
_HINT = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|clip|\b1px|-\d{4,}", _FLAGS
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_SCREEN = re.compile(
    r"@media\s+(?:only\s+)?(?:all|screen)\s*|@(?:supports|layer)\b.*", re.IGNORECASE | re.DOTALL
)
_NONE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", _FLAGS)
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
_PART = re.compile(r"([.#])((?:[\w-]|\\.)+)")
_NEVER = frozenset(("html", "body", "main", "article", "*", ""))
_MAX_RULES = 20_000
_SHARE = 4
_MIN_GUARDED = 400


class _Rule(NamedTuple):
    """A rule with one selector that hides or shows elements."""

    compounds: tuple[tuple[str, frozenset[str], str], ...]
    """The name, the classes and the id of each element of the selector, the outermost first."""
    children: tuple[bool, ...]
    """Whether an element is a child of the one before, and not any descendant."""
    hides: bool
    """Whether it hides."""
    weight: tuple[bool, int, int, int]
    """Its weight against other rules: importance, ids, classes and names."""


def hide_by_rules(root: Any) -> None:
    """Give the attribute ``hidden`` to what a rule of the page's own style sheets hides.

    What a link inside the page leads to, as to a note, stays. A rule that would hide a quarter of
    the page is left to the scripts that show it again.
    """
    text = "\n".join(style.text or "" for style in root.iter("style"))
    if len(text) > MAX_STYLES or not _HINT.search(text):
        return
    rules = list(_rules(_COMMENT.sub("", text)))
    if not any(rule.hides for rule in rules):
        return
    by_key: dict[str, list[tuple[int, _Rule]]] = {}
    for order, rule in enumerate(rules):
        name, classes, identifier = rule.compounds[-1]
        key = f"#{identifier}" if identifier else f".{min(classes)}" if classes else name
        by_key.setdefault(key, []).append((order, rule))
    hidden: dict[_Rule, list[Any]] = {}
    for element in root.iter():
        decider = _deciding(element, by_key)
        if decider is not None and decider.hides:
            hidden.setdefault(decider, []).append(element)
    if hidden:
        _mark(root, hidden)


def _mark(root: Any, hidden: dict[_Rule, list[Any]]) -> None:
    led_to = {href[1:] for one in root.iter("a") if (href := one.get("href") or "")[:1] == "#"}
    body = root.find("body")
    letters = sum(map(len, body.itertext())) if body is not None else 0
    for elements in hidden.values():
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
    keys = [tag]
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
    return max(matching, key=lambda one: one[:2])[2] if matching else None


def _matches(element: Any, rule: _Rule) -> bool:
    current = element
    for index in range(len(rule.compounds) - 1, -1, -1):
        compound = rule.compounds[index]
        if index == len(rule.compounds) - 1:
            if not _fits(current, compound):
                return False
            continue
        is_child = rule.children[index + 1]
        current = current.getparent()
        while current is not None and not _fits(current, compound):
            if is_child:
                return False
            current = current.getparent()
        if current is None:
            return False
    return True


def _fits(element: Any, compound: tuple[str, frozenset[str], str]) -> bool:
    name, classes, identifier = compound
    if name not in ("", "*", element.tag):
        return False
    if identifier and element.get("id") != identifier:
        return False
    return not classes or classes <= set((element.get("class") or "").split())


def _rules(text: str) -> Iterator[_Rule]:
    """Yield the rules that hide or show something on a screen of any width."""
    stack: list[tuple[str, bool]] = []
    start = count = 0
    for brace in _BRACE.finditer(text):
        piece = text[start : brace.start()]
        start = brace.end()
        if brace[0] == "{":
            prelude = piece.rpartition(";")[2].strip()
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


def _applies(prelude: str) -> bool:
    return not prelude.startswith("@") or _SCREEN.fullmatch(prelude) is not None


def _hides(declarations: str) -> bool:
    if _NONE.search(declarations) or _CLIPPED.search(declarations):
        return True
    plain = declarations.replace(" ", "").lower()
    if "width:1px" in plain and "height:1px" in plain and "overflow:hidden" in plain:
        return True
    is_away = "position:absolute" in plain or "position:fixed" in plain or "text-indent" in plain
    return is_away and _AWAY.search(declarations) is not None


def _rule(selector: str, *, hides: bool, is_important: bool) -> _Rule | None:
    """Return the rule of a selector; None for one with states, siblings or attributes."""
    pieces = selector.replace(">", " > ").split()
    compounds: list[tuple[str, frozenset[str], str]] = []
    children: list[bool] = []
    is_child = False
    for piece in pieces:
        if piece == ">":
            is_child = True
            continue
        match = _COMPOUND.fullmatch(piece)
        if match is None or "[" in piece:
            return None
        parts = [(kind, name.replace("\\", "")) for kind, name in _PART.findall(match[2])]
        if "".join(kind + name for kind, name in parts) != match[2].replace("\\", ""):
            return None
        classes = frozenset(name for kind, name in parts if kind == ".")
        identifier = next((name for kind, name in parts if kind == "#"), "")
        compounds.append(((match[1] or "").lower(), classes, identifier))
        children.append(is_child)
        is_child = False
    if not compounds or (
        compounds[-1][0] in _NEVER and not compounds[-1][1] and not compounds[-1][2]
    ):
        return None
    ids = sum(bool(one[2]) for one in compounds)
    class_count = sum(len(one[1]) for one in compounds)
    names = sum(one[0] not in ("", "*") for one in compounds)
    weight = (is_important, ids, class_count, names)
    return _Rule(tuple(compounds), tuple(children), hides, weight)
