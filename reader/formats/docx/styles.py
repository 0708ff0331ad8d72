"""The styles and lists of a DOCX: roles of paragraphs, properties of text, numbers of items."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from reader.formats.tree.elements import attribute, local_name
from reader.formats.word.numbering import MAX_LEVELS, TICKS, ListCounter, NumberingLevel
from reader.formats.word.paragraph import (
    CODE,
    EMPHASIS,
    HIDDEN,
    LOWERED,
    RAISED,
    STRIKETHROUGH,
    STRONG,
)
from reader.formats.word.roles import MAX_ANCESTORS, Role, role_of_name, role_of_style

_RUN_PROPERTIES: Final = {
    "b": STRONG,
    "i": EMPHASIS,
    "strike": STRIKETHROUGH,
    "dstrike": STRIKETHROUGH,
    "vanish": HIDDEN,
    "specVanish": HIDDEN,
}
_OFF: Final = frozenset(("0", "false", "off", "none"))
_CODE_NAMES: Final = frozenset(
    ("verbatim char", "source text", "html code", "code char", "inline code", "html typewriter")
)
_FORMS: Final = {
    "bullet": "",
    "none": "-",
    "lowerletter": "a",
    "upperletter": "A",
    "lowerroman": "i",
    "upperroman": "I",
    "decimalzero": "01",
}


class _DocxStyle(NamedTuple):
    """A style of paragraphs or of characters."""

    name: str
    parent: str
    outline: int
    number: str
    depth: int
    stated: int
    run_properties: int


class DocxStyles:
    """The styles of a document."""

    def __init__(self, root: Any | None) -> None:
        """Read the styles; None is a document without any."""
        self._styles: dict[str, _DocxStyle] = {}
        self._roles: dict[str, tuple[Role, int]] = {}
        self.default = ""
        """The style of paragraphs without a style."""
        self.language = ""
        """The language of text without a language."""
        for element in () if root is None else root:
            if local_name(element) == "docdefaults":
                stated = next(element.iter("{*}lang"), None)
                self.language = "" if stated is None else attribute(stated, "val")
            elif local_name(element) == "style":
                key = attribute(element, "styleId")
                self._styles[key] = _style(element)
                kind, default = attribute(element, "type"), attribute(element, "default")
                if kind == "paragraph" and default and default not in _OFF:
                    self.default = key

    def role(self, key: str) -> tuple[Role, int]:
        """Return the role of a paragraph style, and the level of a heading."""
        if key not in self._roles:
            role, level = role_of_style(key, self._name, self._parent)
            if role is Role.BODY:
                outline = next((one.outline for one in self._chain(key) if one.outline >= 0), 9)
                role, level = (Role.OUTLINE, outline + 1) if outline < 9 else (role, level)
            self._roles[key] = role, level
        return self._roles[key]

    def number(self, key: str) -> tuple[str, int]:
        """Return the list and the depth of a style's paragraphs; the list ``0`` is none.

        The nearest style in the chain of styles decides each of them.
        """
        chain = self._chain(key)
        number = next((one.number for one in chain if one.number), "")
        return number, next((one.depth for one in chain if one.depth >= 0), 0)

    def run_properties(self, key: str, around: int) -> int:
        """Return the run properties of text in a character style, inside text with others."""
        chain = self._chain(key)
        for style in reversed(chain):
            around = (around & ~style.stated) | style.run_properties
        if any(style.name.casefold() in _CODE_NAMES for style in chain):
            around |= CODE
        return around

    def is_hidden(self, key: str) -> bool:
        """Return whether a style hides its paragraphs."""
        chain = self._chain(key)
        stated = next((style.run_properties for style in chain if style.stated & HIDDEN), 0)
        return bool(stated & HIDDEN)

    def _chain(self, key: str) -> list[_DocxStyle]:
        chain: list[_DocxStyle] = []
        style = self._styles.get(key)
        while style is not None and len(chain) < MAX_ANCESTORS:
            chain.append(style)
            style = self._styles.get(style.parent)
        return chain

    def _name(self, key: str) -> str:
        """Return a style's name, or its key if only the key has a meaning."""
        style = self._styles.get(key)
        name = style.name if style else ""
        return name if role_of_name(name) else key

    def _parent(self, key: str) -> str:
        style = self._styles.get(key)
        return style.parent if style else ""


def _style(element: Any) -> _DocxStyle:
    children = {local_name(child): child for child in element}
    paragraph = children.get("ppr")
    outline, number, depth = -1, "", -1
    if paragraph is not None:
        outline = outline_level(paragraph)
        number, depth = number_of(paragraph)
    stated, run_properties = run_properties_of(children.get("rpr"))
    return _DocxStyle(
        name=value_of(element, "name"),
        parent=value_of(element, "basedon"),
        outline=outline,
        number=number,
        depth=depth,
        stated=stated,
        run_properties=run_properties,
    )


def value_of(element: Any, name: str) -> str:
    """Return the value of a child by its name in lower case; empty if there is none."""
    child = next((one for one in element if local_name(one) == name), None)
    return "" if child is None else attribute(child, "val")


def is_on(element: Any) -> bool:
    """Return whether a property is switched on."""
    return attribute(element, "val").lower() not in _OFF


def outline_level(properties: Any) -> int:
    """Return the outline level of a paragraph or a style, from 0; -1 if it states none."""
    stated = value_of(properties, "outlinelvl")
    return int(stated) if stated.isdecimal() and len(stated) < 3 else -1


def number_of(properties: Any) -> tuple[str, int]:
    """Return the list that a paragraph or a style states, and its depth in it from 0, or -1."""
    numbering = next((one for one in properties if local_name(one) == "numpr"), None)
    if numbering is None:
        return "", -1
    depth = value_of(numbering, "ilvl")
    return value_of(numbering, "numid"), int(depth) if depth.isdecimal() and len(depth) < 3 else -1


def run_properties_of(properties: Any | None) -> tuple[int, int]:
    """Return which run properties an element states, and those of them that are on."""
    stated = run_properties = 0
    for element in () if properties is None else properties:
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if bit := _RUN_PROPERTIES.get(name):
            stated |= bit
            run_properties |= bit if is_on(element) else 0
        elif name == "vertAlign":
            stated |= RAISED | LOWERED
            run_properties |= {"superscript": RAISED, "subscript": LOWERED}.get(
                attribute(element, "val"), 0
            )
    return stated, run_properties


class DocxNumbering:
    """The lists of a document."""

    def __init__(self, root: Any | None) -> None:
        """Read the lists; None is a document without any."""
        self._abstract: dict[str, dict[int, NumberingLevel]] = {}
        self._of_styles: dict[tuple[str, str], int] = {}
        self._links: dict[str, str] = {}
        self._linked: dict[str, str] = {}
        self._counters: dict[str, ListCounter] = {}
        self._lists: dict[str, tuple[str, dict[int, int], dict[int, NumberingLevel]]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in () if root is None else root:
            if local_name(element) == "abstractnum":
                self._read_abstract(element)
            elif local_name(element) == "num":
                self._read_list(element)

    def label(self, number: str, depth: int) -> str | None:
        """Count an item and return its label.

        Args:
            number: The number of the list, which paragraphs refer to.
            depth: The depth of the item, from 0.

        Returns:
            The label, empty for a bullet; None if the list does not exist or the item has no label.
        """
        if number not in self._lists:
            return None
        abstract, starts, levels = self._lists[number]
        key = self._resolved(abstract)
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = ListCounter(self._abstract.get(key, {}))
        if depth in starts and (number, depth) not in self._begun:
            self._begun.add((number, depth))
            counter.restart(depth, starts[depth])
        return counter.label(depth, {**counter.levels, **levels} if levels else None)

    def depth_of_style(self, number: str, style: str) -> int | None:
        """Return the level of a list that a style is bound to; None if there is none."""
        abstract = self._lists.get(number, ("", {}, {}))[0]
        return self._of_styles.get((self._resolved(abstract), style))

    def _resolved(self, abstract: str) -> str:
        """Return the list whose levels count, since a list may use those of a style."""
        link = self._links.get(abstract, "")
        return self._linked.get(link, abstract) if link else abstract

    def _read_abstract(self, element: Any) -> None:
        key = attribute(element, "abstractNumId")
        self._links[key] = value_of(element, "numstylelink")
        if style := value_of(element, "stylelink"):
            self._linked[style] = key
        levels = self._abstract[key] = {}
        for child in element:
            if local_name(child) == "lvl":
                depth = _depth(child)
                levels[depth] = _level(child, depth)
                if style := value_of(child, "pstyle"):
                    self._of_styles[key, style] = depth

    def _read_list(self, element: Any) -> None:
        starts: dict[int, int] = {}
        levels: dict[int, NumberingLevel] = {}
        for child in element:
            if local_name(child) != "lvloverride":
                continue
            depth = _depth(child)
            start = value_of(child, "startoverride")
            if start.isdecimal() and len(start) < 10:
                starts[depth] = int(start)
            for level in child:
                if local_name(level) == "lvl":
                    levels[depth] = _level(level, depth)
        abstract = value_of(element, "abstractnumid")
        self._lists[attribute(element, "numId")] = abstract, starts, levels


def _depth(element: Any) -> int:
    stated = attribute(element, "ilvl")
    return min(int(stated), MAX_LEVELS) if stated.isdecimal() and len(stated) < 5 else 0


def _level(element: Any, depth: int) -> NumberingLevel:
    form = value_of(element, "numfmt").lower()
    start = value_of(element, "start")
    texts = [attribute(child, "val") for child in element if local_name(child) == "lvltext"]
    text = texts[0] if texts else f"%{depth + 1}."
    # Margin's bullet replaces the file's, except for a box to tick; a blank bullet is none.
    is_shown = form != "bullet" or (bool(texts) and (not text.strip() or text in TICKS))
    return NumberingLevel(
        form=_FORMS.get(form, "1") if form != "bullet" or not is_shown else "-",
        text=text,
        start=int(start) if start.isdecimal() and len(start) < 10 else 1,
        is_plain=any(local_name(child) == "islgl" and is_on(child) for child in element),
    )
