"""Reads the head of an RTF file: fonts, styles, lists and facts about the document."""

from __future__ import annotations

from typing import Final

from reader.formats.rtf.definitions import (
    MAX_ENTRIES,
    RtfFont,
    RtfListLevel,
    RtfLists,
    RtfStyle,
    RtfStyleSheet,
)
from reader.formats.rtf.state import ControlWord, Group
from reader.formats.word.documents import void

_INFO_WORDS: Final = ("title", "author")


class HeaderTables:
    """The tables at the head of a file."""

    def __init__(self) -> None:
        """Start before the first table."""
        self.fonts: dict[int, RtfFont] = {}
        """Fonts by their numbers."""
        self.styles = RtfStyleSheet()
        """The style sheet."""
        self.lists = RtfLists()
        """The lists."""
        self.info: dict[str, str] = {}
        """The title and the author that the file states."""
        self.default_font = -1
        """The font of text without a font."""
        self.default_language = 0
        """The language of text without a language, by its number in Windows."""
        self._created: dict[str, int] = {}
        self._font = RtfFont()
        self._style = RtfStyle()
        self._style_number = 0
        self._levels: list[RtfListLevel] = []
        self._list_number = 0

    @property
    def words(self) -> dict[str, ControlWord]:
        """The control words of tables."""
        return {
            "fonttbl": self._open_fonts,
            "fcharset": self._set_charset,
            "cpg": self._set_page,
            "deff": lambda _group, number: setattr(self, "default_font", number or 0),
            "deflang": lambda _group, number: setattr(self, "default_language", number or 0),
            "stylesheet": lambda group, _number: void(group.open_destination("stylesheet")),
            "sbasedon": lambda _group, number: setattr(self._style, "parent", _or(number, -1)),
            "info": lambda group, _number: void(group.open_destination("info")),
            "creatim": lambda group, _number: void(group.open_destination("creatim")),
            **{name: self._date_word(name) for name in ("yr", "mo", "dy")},
            **{name: self._info_word(name) for name in _INFO_WORDS},
            "listtable": lambda group, _number: void(group.open_destination("lists")),
            "list": self._open_list,
            "listlevel": self._open_level,
            "levelnfc": lambda _group, number: self._set_level("form", number),
            "levelstartat": lambda _group, number: self._set_level("start", number),
            "leveltext": self._open_level_text,
            "levelnumbers": lambda group, _number: group.skip_group(),
            "listid": lambda _group, number: setattr(self, "_list_number", number or 0),
            "listoverridetable": lambda group, _number: void(group.open_destination("overrides")),
            "listoverride": lambda group, _number: void(group.open_destination("override")),
        }

    @property
    def created(self) -> str:
        """The day on which the document was created, in ISO 8601; empty if it is unknown."""
        year, month, day = (self._created.get(name, 0) for name in ("yr", "mo", "dy"))
        if 1900 < year < 10000 and 0 < month < 13 and 0 < day < 32:
            return f"{year}-{month:02d}-{day:02d}"
        return ""

    def open_group(self, group: Group) -> None:
        """Begin a style, if the group is in the style sheet."""
        if group.state.destination == "stylesheet":
            self._style, self._style_number = RtfStyle(), 0
            sink = group.open_destination("style", keeps=True)
            group.state.end = lambda: self._end_style("".join(sink))

    def font(self, number: int) -> RtfFont | None:
        """Return a font, the default one for a negative number; None if there is none."""
        return self.fonts.get(self.default_font if number < 0 else number)

    def begin_font(self, number: int) -> None:
        """Begin the description of a font."""
        self._font = RtfFont()
        if len(self.fonts) < MAX_ENTRIES:
            self.fonts[number] = self._font

    def style_word(self, name: str, number: int) -> None:
        """Set ``number``, ``outline``, ``list_number`` or ``depth`` of the current style."""
        if name == "number":
            self._style_number = number
        else:
            setattr(self._style, name, number)

    def name_list(self, number: int) -> None:
        """Let paragraphs refer to the current list by a number."""
        self.lists.name(number, self._list_number)

    # Fonts

    def _open_fonts(self, group: Group, _number: int | None) -> None:
        group.open_destination("fonts")
        group.state.sink = _FontNames(self)

    def name_font(self, text: str) -> None:
        """Add text to the name of the current font."""
        if len(self._font.name) < 80:
            self._font.name += text.partition(";")[0].lstrip()

    def _set_charset(self, _group: Group, number: int | None) -> None:
        self._font.charset = number or 0

    def _set_page(self, _group: Group, number: int | None) -> None:
        self._font.page = number or 0

    # Styles

    def _end_style(self, name: str) -> None:
        self._style.name = name.strip("; ")[:100]
        if self._style.name:  # a character style was skipped, and has no name
            self.styles.add(self._style_number, self._style)

    # Lists

    def _open_list(self, group: Group, _number: int | None) -> None:
        self._levels = []
        group.open_destination("list", self._end_list)

    def _end_list(self) -> None:
        self.lists.add(self._list_number, self._levels)

    def _open_level(self, group: Group, _number: int | None) -> None:
        if len(self._levels) < 9:
            self._levels.append(RtfListLevel())
        group.open_destination("level")

    def _set_level(self, name: str, number: int | None) -> None:
        if self._levels and number is not None:
            setattr(self._levels[-1], name, number)

    def _open_level_text(self, group: Group, _number: int | None) -> None:
        sink = group.open_destination("level text", keeps=True)

        def end() -> None:
            if self._levels:
                self._levels[-1].text = "".join(sink)[:40]

        group.state.end = end

    # Facts about the document

    def _info_word(self, name: str) -> ControlWord:
        def open_it(group: Group, _number: int | None) -> None:
            if group.state.destination != "info":
                return
            sink = group.open_destination(name, keeps=True)
            group.state.end = lambda: void(self.info.setdefault(name, "".join(sink)))

        return open_it

    def _date_word(self, name: str) -> ControlWord:
        def keep(group: Group, number: int | None) -> None:
            if group.state.destination == "creatim":
                self._created[name] = number or 0

        return keep


class _FontNames(list[str]):
    """Sends the text of the font table to the current font."""

    def __init__(self, header_tables: HeaderTables) -> None:
        super().__init__()
        self._header_tables = header_tables

    def append(self, text: str) -> None:
        self._header_tables.name_font(text)


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number
