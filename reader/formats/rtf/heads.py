"""The head of an RTF file: what its control words say of fonts, styles, lists and the document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from reader.formats.rtf.file_head import MAX_ENTRIES, Font, ListLevel, Lists, Style, Styles
from reader.formats.word.reading import void

if TYPE_CHECKING:
    from reader.formats.rtf.parser import RtfReader

Word = Callable[["RtfReader", int | None], None]
"""What is done about a control word."""

_SAID: Final = ("title", "author")


class Heads:
    """What the tables of a file hold."""

    def __init__(self) -> None:
        """Start before the first table."""
        self.fonts: dict[int, Font] = {}
        """Fonts by their numbers."""
        self.styles = Styles()
        """The style sheet."""
        self.lists = Lists()
        """The lists."""
        self.said: dict[str, str] = {}
        """The title and the author, as the file says."""
        self.default_font = -1
        """The font of text that names none."""
        self.default_language = 0
        """The language of text that names none, as Windows counts them."""
        self._created: dict[str, int] = {}
        self._font = Font()
        self._style = Style()
        self._style_number = 0
        self._levels: list[ListLevel] = []
        self._list_number = 0

    @property
    def words(self) -> dict[str, Word]:
        """What is done about the control words of tables."""
        return {
            "fonttbl": self._open_fonts,
            "fcharset": self._set_charset,
            "cpg": self._set_page,
            "deff": lambda _reader, number: setattr(self, "default_font", number or 0),
            "deflang": lambda _reader, number: setattr(self, "default_language", number or 0),
            "stylesheet": lambda reader, _number: void(reader.open_destination("stylesheet")),
            "sbasedon": lambda _reader, number: setattr(self._style, "parent", _or(number, -1)),
            "info": lambda reader, _number: void(reader.open_destination("info")),
            "creatim": lambda reader, _number: void(reader.open_destination("creatim")),
            **{name: self._date_word(name) for name in ("yr", "mo", "dy")},
            **{name: self._info_word(name) for name in _SAID},
            "listtable": lambda reader, _number: void(reader.open_destination("lists")),
            "list": self._open_list,
            "listlevel": self._open_level,
            "levelnfc": lambda _reader, number: self._set_level("form", number),
            "levelstartat": lambda _reader, number: self._set_level("start", number),
            "leveltext": self._open_level_text,
            "levelnumbers": lambda reader, _number: reader.skip_group(),
            "listid": lambda _reader, number: setattr(self, "_list_number", number or 0),
            "listoverridetable": lambda reader, _number: void(reader.open_destination("overrides")),
            "listoverride": lambda reader, _number: void(reader.open_destination("override")),
        }

    @property
    def created(self) -> str:
        """The day on which the document was begun, in ISO 8601; nothing where it does not say."""
        year, month, day = (self._created.get(name, 0) for name in ("yr", "mo", "dy"))
        if 1900 < year < 10000 and 0 < month < 13 and 0 < day < 32:
            return f"{year}-{month:02d}-{day:02d}"
        return ""

    def open_group(self, reader: RtfReader) -> None:
        """Begin a style, where a group begins in the style sheet."""
        if reader.state.destination == "stylesheet":
            self._style, self._style_number = Style(), 0
            sink = reader.open_destination("style", keeps=True)
            reader.state.end = lambda: self._end_style("".join(sink))

    def font(self, number: int) -> Font | None:
        """Return a font, the usual one for a negative number; None where there is none."""
        return self.fonts.get(self.default_font if number < 0 else number)

    def begin_font(self, number: int) -> None:
        """Begin to describe a font."""
        self._font = Font()
        if len(self.fonts) < MAX_ENTRIES:
            self.fonts[number] = self._font

    def style_word(self, name: str, number: int) -> None:
        """Keep what a style says: ``number``, ``outline``, ``list_number`` or ``depth``."""
        if name == "number":
            self._style_number = number
        else:
            setattr(self._style, name, number)

    def name_list(self, number: int) -> None:
        """Let paragraphs mean the list that is being described by a number."""
        self.lists.name(number, self._list_number)

    # Fonts

    def _open_fonts(self, reader: RtfReader, _number: int | None) -> None:
        reader.open_destination("fonts")
        reader.state.sink = _FontNames(self)

    def name_font(self, text: str) -> None:
        """Keep a part of the name of the font that is being described."""
        if len(self._font.name) < 80:
            self._font.name += text.partition(";")[0].lstrip()

    def _set_charset(self, _reader: RtfReader, number: int | None) -> None:
        self._font.charset = number or 0

    def _set_page(self, _reader: RtfReader, number: int | None) -> None:
        self._font.page = number or 0

    # Styles

    def _end_style(self, name: str) -> None:
        self._style.name = name.strip("; ")[:100]
        if self._style.name:  # a style of characters was passed over, and has none
            self.styles.add(self._style_number, self._style)

    # Lists

    def _open_list(self, reader: RtfReader, _number: int | None) -> None:
        self._levels = []
        reader.open_destination("list", self._end_list)

    def _end_list(self) -> None:
        self.lists.add(self._list_number, self._levels)

    def _open_level(self, reader: RtfReader, _number: int | None) -> None:
        if len(self._levels) < 9:
            self._levels.append(ListLevel())
        reader.open_destination("level")

    def _set_level(self, name: str, number: int | None) -> None:
        if self._levels and number is not None:
            setattr(self._levels[-1], name, number)

    def _open_level_text(self, reader: RtfReader, _number: int | None) -> None:
        sink = reader.open_destination("level text", keeps=True)

        def end() -> None:
            if self._levels:
                self._levels[-1].text = "".join(sink)[:40]

        reader.state.end = end

    # What the file says of itself

    def _info_word(self, name: str) -> Word:
        def open_it(reader: RtfReader, _number: int | None) -> None:
            if reader.state.destination != "info":
                return
            sink = reader.open_destination(name, keeps=True)
            reader.state.end = lambda: void(self.said.setdefault(name, "".join(sink)))

        return open_it

    def _date_word(self, name: str) -> Word:
        def keep(reader: RtfReader, number: int | None) -> None:
            if reader.state.destination == "creatim":
                self._created[name] = number or 0

        return keep


class _FontNames(list[str]):
    """Text of the table of fonts, which goes to the font that is being described."""

    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self._heads = heads

    def append(self, text: str) -> None:
        self._heads.name_font(text)


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number
