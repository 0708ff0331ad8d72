"""What single control words of RTF say of text, of paragraphs and of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.formats.rtf.heads import Word
from reader.formats.rtf.table import RowShape
from reader.formats.word.line import EMPHASIS, LOWERED, RAISED, STRIKETHROUGH, STRONG
from reader.formats.word.reading import void

if TYPE_CHECKING:
    from reader.formats.rtf.parser import RtfReader

_LOOKS: Final = {
    "b": STRONG,
    "i": EMPHASIS,
    "strike": STRIKETHROUGH,
    "striked": STRIKETHROUGH,
    "super": RAISED,
    "sub": LOWERED,
}
_JOINED: Final = {"clvmgf": "first", "clvmrg": "above", "clmrg": "left"}


class Rows:
    """What is said of the row that is being read, and of the one in a cell of it."""

    def __init__(self) -> None:
        """Start before the first row."""
        self.row = RowShape()
        """The row of a table in the text."""
        self.nested_row = RowShape()
        """The row of a table in a cell."""

    @property
    def words(self) -> dict[str, Word]:
        """What is done about the control words of rows."""
        return {
            "trowd": self._start_row,
            "trhdr": self._set_header,
            "cellx": self._end_shape,
            **{word: self._join_word(joined) for word, joined in _JOINED.items()},
            "nesttableprops": lambda reader, _number: void(reader.open_destination("row")),
        }

    def _shape_of_row(self, reader: RtfReader) -> RowShape:
        return self.nested_row if reader.state.destination == "row" else self.row

    def _start_row(self, reader: RtfReader, _number: int | None) -> None:
        if reader.state.destination == "row":
            self.nested_row = RowShape()
        else:
            self.row = RowShape()

    def _set_header(self, reader: RtfReader, number: int | None) -> None:
        self._shape_of_row(reader).is_header = number != 0

    def _end_shape(self, reader: RtfReader, number: int | None) -> None:
        self._shape_of_row(reader).add_edge(number or 0)

    def _join_word(self, joined: str) -> Word:
        return lambda reader, _number: setattr(self._shape_of_row(reader), "join", joined)


def _look_word(bit: int) -> Word:
    def change(reader: RtfReader, number: int | None) -> None:
        if number == 0:
            reader.state.look &= ~bit
        else:
            reader.state.look |= bit

    return change


def _set_state(name: str) -> Word:
    return lambda reader, number: setattr(reader.state, name, number != 0)


def _set_number(name: str, otherwise: int) -> Word:
    def change(reader: RtfReader, number: int | None) -> None:
        setattr(reader.state.paragraph, name, otherwise if number is None else number)

    return change


def _raise_nothing(reader: RtfReader, _number: int | None) -> None:
    reader.state.look &= ~(RAISED | LOWERED)


def _set_language(reader: RtfReader, number: int | None) -> None:
    reader.state.language = number or 0


def _set_table(reader: RtfReader, number: int | None) -> None:
    reader.state.paragraph.is_in_table = number != 0


PROPERTIES: Final[dict[str, Word]] = {
    **{word: _look_word(bit) for word, bit in _LOOKS.items()},
    "v": _set_state("is_hidden"),
    "deleted": _set_state("is_deleted"),
    "nosupersub": _raise_nothing,
    "lang": _set_language,
    "intbl": _set_table,
    "itap": _set_number("tables", 1),
    "fi": _set_number("indent", 0),
}
"""What is done about the control words of text and of paragraphs."""
