"""The styles of an OpenDocument text: roles of paragraphs, properties of text, numbers of items."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from reader.formats.tree.elements import attribute, local_name
from reader.formats.word.numbering import MAX_LEVELS, ListCounter, NumberingLevel
from reader.formats.word.paragraph import CODE as CODE_RUN
from reader.formats.word.paragraph import EMPHASIS, HIDDEN, LOWERED, RAISED, STRIKETHROUGH, STRONG
from reader.formats.word.roles import MAX_ANCESTORS, Role, role_of_name, role_of_style

NO_LIST: Final = "\0"
"""The list of a style whose paragraphs are in no list."""

_CODE_STYLES: Final = frozenset(("Source_20_Text", "Teletype", "Verbatim_20_Char"))
_ESCAPED = re.compile(r"_([0-9a-fA-F]{2})_")


class _OdtStyle(NamedTuple):
    """A style of text or of paragraphs."""

    name: str
    parent: str
    is_automatic: bool
    list_style: str
    outline: int
    stated: int  # the run properties that it states
    run_properties: int


class OdtStyles:
    """The styles of a document, from its content and from its part of styles."""

    def __init__(self, roots: list[Any]) -> None:
        """Read the styles.

        Args:
            roots: The roots of the files that hold styles; the last one of a name counts.
        """
        self._styles: dict[tuple[str, str], _OdtStyle] = {}
        self._lists: dict[str, dict[int, NumberingLevel]] = {}
        self._roles: dict[str, tuple[Role, int]] = {}
        self._run_properties: dict[str, int] = {}
        self.outline: dict[int, NumberingLevel] = {}
        """The numbering of headings, by depth from 0."""
        self.language = ""
        """The language of text without a language."""
        for root in roots:
            for holder in root:
                if local_name(holder) in ("styles", "automatic-styles"):
                    self._read(holder, is_automatic=local_name(holder) == "automatic-styles")

    def role(self, name: str) -> tuple[Role, int]:
        """Return the role of a paragraph style, and the level of a heading."""
        if name not in self._roles:
            self._roles[name] = role_of_style(name, self._shown_name, self._parent)
        return self._roles[name]

    def paragraph_run_properties(self, name: str) -> int:
        """Return the run properties of a paragraph that were set by hand, not by its style."""
        style = self._styles.get(("paragraph", name))
        if style is None:
            return 0
        return style.run_properties if style.is_automatic else style.run_properties & HIDDEN

    def text_run_properties(self, name: str, around: int) -> int:
        """Return the run properties of text in a style.

        Args:
            name: The style.
            around: The run properties of the text around it.
        """
        chain = self._chain("text", name)
        run_properties = around
        for style in reversed(chain):
            run_properties = (run_properties & ~style.stated) | style.run_properties
        if any(style.name in _CODE_STYLES for style in chain):
            run_properties |= CODE_RUN
        return run_properties

    def list_style(self, paragraph: str) -> str:
        """Return the list that a paragraph style states: none is empty or ``NO_LIST``."""
        chain = self._chain("paragraph", paragraph)
        return next((style.list_style for style in chain if style.list_style), "")

    def heading_level(self, paragraph: str) -> int:
        """Return the heading level that a paragraph style states, or 0."""
        chain = self._chain("paragraph", paragraph)
        return next((style.outline for style in chain if style.outline), 0)

    def counter(self, list_style: str) -> ListCounter:
        """Return a new counter for a list."""
        return ListCounter(self._lists.get(list_style, {}))

    def _chain(self, family: str, name: str) -> list[_OdtStyle]:
        """Return a style and the styles that it is based on, the nearest first."""
        chain: list[_OdtStyle] = []
        style = self._styles.get((family, name))
        while style is not None and len(chain) < MAX_ANCESTORS:
            chain.append(style)
            style = self._styles.get((family, style.parent))
        return chain

    @staticmethod
    def _shown_name(name: str) -> str:
        shown = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)
        return "" if role_of_name(shown) is None else shown

    def _parent(self, name: str) -> str:
        style = self._styles.get(("paragraph", name))
        return style.parent if style else ""

    def _read(self, holder: Any, *, is_automatic: bool) -> None:
        for element in holder:
            match local_name(element):
                case "style":
                    family, name = attribute(element, "family"), attribute(element, "name")
                    if family in ("paragraph", "text"):
                        self._styles[family, name] = _style(element, name, is_automatic)
                case "list-style":
                    self._lists[attribute(element, "name")] = _levels(element)
                case "outline-style":
                    self.outline = _levels(element)
                case "default-style" if attribute(element, "family") == "paragraph":
                    self.language = self.language or _language(element)


def _style(element: Any, name: str, is_automatic: bool) -> _OdtStyle:
    stated, run_properties = _run_properties_of(element)
    outline = attribute(element, "default-outline-level")
    return _OdtStyle(
        name=name,
        parent=attribute(element, "parent-style-name"),
        is_automatic=is_automatic,
        list_style=_list_style(element),
        outline=int(outline) if outline.isdecimal() and len(outline) < 3 else 0,
        stated=stated,
        run_properties=run_properties,
    )


def _list_style(style: Any) -> str:
    """Return the list that a style names; an empty name differs from no name."""
    for key, value in style.attrib.items():
        if key.endswith("}list-style-name"):
            return value or NO_LIST
    return ""


def _run_properties_of(style: Any) -> tuple[int, int]:
    """Return which run properties a style states, and those of them that are on."""
    stated = run_properties = 0
    for properties in style:
        if local_name(properties) != "text-properties":
            continue
        for key, value in properties.attrib.items():
            bits, given = _RUN_PROPERTIES.get(key.rpartition("}")[2], _nothing)(value)
            stated |= bits
            run_properties |= given
    return stated, run_properties


def _nothing(_value: str) -> tuple[int, int]:
    return 0, 0


def _weight(value: str) -> tuple[int, int]:
    is_bold = value == "bold" or (value.isdecimal() and int(value[:4]) >= 600)
    return STRONG, STRONG if is_bold else 0


def _shift(value: str) -> tuple[int, int]:
    position = value.split(maxsplit=1)[0] if value.split() else ""
    if position == "super" or (position[:1].isdigit() and not position.startswith("0")):
        return RAISED | LOWERED, RAISED
    return RAISED | LOWERED, LOWERED if position == "sub" or position.startswith("-") else 0


_RUN_PROPERTIES: Final[dict[str, Callable[[str], tuple[int, int]]]] = {
    "font-weight": _weight,
    "font-style": lambda value: (EMPHASIS, EMPHASIS if value in ("italic", "oblique") else 0),
    "text-line-through-style": lambda value: (STRIKETHROUGH, STRIKETHROUGH * (value != "none")),
    "text-line-through-type": lambda value: (STRIKETHROUGH, STRIKETHROUGH * (value != "none")),
    "text-position": _shift,
    "display": lambda value: (HIDDEN, HIDDEN * (value == "none")),
}


def _language(style: Any) -> str:
    for properties in style:
        language, country = attribute(properties, "language"), attribute(properties, "country")
        if language and language != "none":
            return f"{language}-{country}" if country and country != "none" else language
    return ""


def _levels(style: Any) -> dict[int, NumberingLevel]:
    """Return the numbering of a list's levels, by depth from 0."""
    levels: dict[int, NumberingLevel] = {}
    for element in style:
        stated = attribute(element, "level")
        level = int(stated) if stated.isdecimal() and len(stated) <= 3 else 0
        if not 1 <= level <= MAX_LEVELS:
            continue
        if local_name(element) in ("list-level-style-number", "outline-level-style"):
            levels[level - 1] = _level(element, level)
        else:
            levels[level - 1] = NumberingLevel(form="")
    return levels


def _level(element: Any, number: int) -> NumberingLevel:
    form = attribute(element, "num-format")
    shown = attribute(element, "display-levels")
    count = min(int(shown), number) if shown.isdecimal() and len(shown) < 3 else 1
    numbers = ".".join(f"%{depth}" for depth in range(number - max(count, 1) + 1, number + 1))
    start = attribute(element, "start-value")
    return NumberingLevel(
        form=(form if form in ("1", "a", "A", "i", "I") else "1") if form else "-",
        text=f"{attribute(element, 'num-prefix')}{numbers if form else ''}"
        f"{attribute(element, 'num-suffix')}",
        start=int(start) if start.isdecimal() and len(start) < 9 else 1,
    )
