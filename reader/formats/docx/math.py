"""Writes the formulas of a DOCX on one line."""

from __future__ import annotations

from typing import Any, Final

from reader.formats.tree.elements import attribute, local_name

MAX_FORMULA: Final = 2000
"""The most characters of a formula that are shown."""


def formula_text(element: Any) -> str:
    """Return a formula on one line: ``x=(a+b)/2``.

    Args:
        element: ``m:oMath``; the parser has limited its depth to 256.
    """
    return _text(element)[:MAX_FORMULA]


def _text(element: Any) -> str:
    name = local_name(element)
    if name == "t":
        return element.text or ""
    parts = {local_name(child): _text(child) for child in element} if name in _FORMS else {}
    match name:
        case "f":
            return f"{_grouped(parts.get('num', ''))}/{_grouped(parts.get('den', ''))}"
        case "ssup":
            return f"{parts.get('e', '')}^{_grouped(parts.get('sup', ''))}"
        case "ssub":
            return f"{parts.get('e', '')}_{_grouped(parts.get('sub', ''))}"
        case "ssubsup":
            lower, upper = _grouped(parts.get("sub", "")), _grouped(parts.get("sup", ""))
            return f"{parts.get('e', '')}_{lower}^{upper}"
        case "rad":
            degree = parts.get("deg", "")
            return f"{f'^{degree}' if degree else ''}√{_grouped(parts.get('e', ''))}"
        case "nary":
            sign = _property(element, "chr") or "∫"
            lower, upper = parts.get("sub", ""), parts.get("sup", "")
            bounds = (f"_{_grouped(lower)}" if lower else "") + (
                f"^{_grouped(upper)}" if upper else ""
            )
            return f"{sign}{bounds} {parts.get('e', '')}"
        case "d":
            inner = (_property(element, "sepchr") or ", ").join(
                _text(child) for child in element if local_name(child) == "e"
            )
            return (
                f"{_property(element, 'begchr') or '('}{inner}{_property(element, 'endchr') or ')'}"
            )
        case "mr":
            return ", ".join(_text(child) for child in element)
        case "m" | "eqarr":
            return "; ".join(filter(None, map(_text, element)))
    return "".join(map(_text, element))


_FORMS: Final = frozenset(("f", "ssup", "ssub", "ssubsup", "rad", "nary"))


def _property(element: Any, name: str) -> str:
    """Return a character that the properties of a part name."""
    for properties in element:
        for one in properties:
            if local_name(one) == name:
                return attribute(one, "val")
    return ""


def _grouped(text: str) -> str:
    return text if len(text) == 1 or text.isalnum() else f"({text})"
