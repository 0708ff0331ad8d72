"""The definitions at the head of an RTF file: fonts with their encodings, styles, lists."""

from __future__ import annotations

import codecs
import locale
import re
from typing import Final

from reader.formats.word.numbering import ListCounter, NumberingLevel
from reader.formats.word.roles import Role, role_of_style

MAX_ENTRIES: Final = 20_000
"""The most fonts, styles and lists, each."""

_CHARSETS: Final = {
    77: "mac_roman", 78: "cp932", 79: "cp949", 80: "gb18030", 81: "big5", 83: "mac_greek",
    84: "mac_cyrillic", 88: "mac_turkish", 128: "cp932", 129: "cp949", 130: "johab",
    134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
    255: "cp850",
}  # fmt: skip
SYMBOLS: Final = 2
"""The character set of symbol fonts."""

_PAGES: Final = {
    65001: "utf-8", 936: "gb18030", 1361: "johab", 10000: "mac_roman", 10001: "cp932",
    10006: "mac_greek", 10007: "mac_cyrillic", 10029: "mac_latin2", 10081: "mac_turkish",
    708: "iso8859_6", 819: "cp1252", 850: "cp850", 20866: "koi8_r", 20127: "cp1252",
    28591: "cp1252", 28592: "iso8859_2", 28595: "iso8859_5",
}  # fmt: skip
DEFAULT: Final = "cp1252"
"""The encoding of a file that states none."""

_FORMS: Final = {0: "1", 1: "I", 2: "i", 3: "A", 4: "a", 22: "01", 23: "", 255: "-"}
_PLACES = re.compile("[\x00-\x08]")


def codec_of_page(number: int) -> str:
    """Return the codec of a code page, or ``DEFAULT`` if Python has none."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return DEFAULT
    return name


def language_of(number: int) -> str:
    """Return the language tag of a number of Windows (1036 is ``fr-FR``); empty if unknown."""
    return locale.windows_locale.get(number, "").replace("_", "-")


class RtfFont:
    """A font of the font table."""

    __slots__ = ("charset", "name", "page")

    def __init__(self) -> None:
        """Start with the default values."""
        self.charset = 1
        self.name = ""
        self.page = 0

    def codec(self, otherwise: str) -> str:
        """Return the codec of text in the font."""
        if self.page:
            return codec_of_page(self.page)
        return _CHARSETS.get(self.charset, otherwise)


class RtfStyle:
    """A paragraph style."""

    __slots__ = ("depth", "list_number", "name", "outline", "parent")

    def __init__(self) -> None:
        """Start with the default values."""
        self.name = ""
        self.parent = -1
        self.outline = -1
        self.list_number = 0
        self.depth = 0


class RtfStyleSheet:
    """The style sheet."""

    def __init__(self) -> None:
        """Start without styles."""
        self._styles: dict[int, RtfStyle] = {}
        self._roles: dict[int, tuple[Role, int]] = {}

    def add(self, number: int, style: RtfStyle) -> None:
        """Add a style by its number."""
        if len(self._styles) < MAX_ENTRIES:
            self._styles[number] = style
            self._roles.clear()

    def get(self, number: int) -> RtfStyle | None:
        """Return a style; None if there is none with the number."""
        return self._styles.get(number)

    def role(self, number: int) -> tuple[Role, int]:
        """Return the role of a style, and the level of a heading."""
        if number not in self._roles and number in self._styles:
            role, level = role_of_style(str(number), self._name, self._parent)
            outline = self._styles[number].outline
            if role is Role.BODY and 0 <= outline < 9:
                role, level = Role.OUTLINE, outline + 1
            self._roles[number] = role, level
        return self._roles.get(number, (Role.BODY, 0))

    def _name(self, key: str) -> str:
        style = self._styles.get(int(key))
        return style.name if style else ""

    def _parent(self, key: str) -> str:
        style = self._styles.get(int(key))
        return str(style.parent) if style and style.parent in self._styles else ""


class RtfListLevel:
    """A level of a list that is being read."""

    __slots__ = ("form", "start", "text")

    def __init__(self) -> None:
        """Start with the default values."""
        self.form = 0
        self.start = 1
        self.text = ""

    def level(self) -> NumberingLevel:
        """Return the level, whose text holds its length and a small number for each level."""
        text = _PLACES.sub(lambda match: f"%{ord(match[0]) + 1}", self.text.rstrip(";")[1:])
        return NumberingLevel(_FORMS.get(self.form, "1"), text, self.start)


class RtfLists:
    """The lists, and the numbers by which paragraphs refer to them."""

    def __init__(self) -> None:
        """Start without lists."""
        self._counters: dict[int, ListCounter] = {}
        self._lists: dict[int, int] = {}

    def add(self, identifier: int, levels: list[RtfListLevel]) -> None:
        """Add a list."""
        if len(self._counters) < MAX_ENTRIES:
            shapes = {depth: one.level() for depth, one in enumerate(levels[:9])}
            self._counters[identifier] = ListCounter(shapes)

    def name(self, number: int, identifier: int) -> None:
        """Let paragraphs refer to a list by a number."""
        if len(self._lists) < MAX_ENTRIES:
            self._lists[number] = identifier

    def label(self, number: int, depth: int) -> str | None:
        """Count an item and return its label; None if there is no such list."""
        counter = self._counters.get(self._lists.get(number, -1))
        return counter.label(depth) if counter else None
