"""The control words that set the properties of text, of paragraphs and of rows."""

from __future__ import annotations

from typing import Final

from reader.formats.rtf.state import ControlWord, Group
from reader.formats.rtf.tables import RowProperties
from reader.formats.word.documents import void
from reader.formats.word.paragraph import EMPHASIS, LOWERED, RAISED, STRIKETHROUGH, STRONG

_RUN_PROPERTIES: Final = {
    "b": STRONG,
    "i": EMPHASIS,
    "strike": STRIKETHROUGH,
    "striked": STRIKETHROUGH,
    "super": RAISED,
    "sub": LOWERED,
}
_JOINED: Final = {"clvmgf": "first", "clvmrg": "above", "clmrg": "left"}


class RowWords:
    """Reads the definitions of rows: of the current one, and of a row in one of its cells."""

    def __init__(self) -> None:
        """Start before the first row."""
        self.row = RowProperties()
        """The row of a table in the text."""
        self.nested_row = RowProperties()
        """The row of a table in a cell."""

    @property
    def words(self) -> dict[str, ControlWord]:
        """The control words of rows."""
        return {
            "trowd": self._start_row,
            "trhdr": self._set_header,
            "cellx": self._end_shape,
            **{word: self._join_word(joined) for word, joined in _JOINED.items()},
            "nesttableprops": lambda group, _number: void(group.open_destination("row")),
        }

    def _shape_of_row(self, group: Group) -> RowProperties:
        return self.nested_row if group.state.destination == "row" else self.row

    def _start_row(self, group: Group, _number: int | None) -> None:
        if group.state.destination == "row":
            self.nested_row = RowProperties()
        else:
            self.row = RowProperties()

    def _set_header(self, group: Group, number: int | None) -> None:
        self._shape_of_row(group).is_header = number != 0

    def _end_shape(self, group: Group, number: int | None) -> None:
        self._shape_of_row(group).add_edge(number or 0)

    def _join_word(self, joined: str) -> ControlWord:
        return lambda group, _number: setattr(self._shape_of_row(group), "join", joined)


def _run_property_word(bit: int) -> ControlWord:
    def change(group: Group, number: int | None) -> None:
        if number == 0:
            group.state.run_properties &= ~bit
        else:
            group.state.run_properties |= bit

    return change


def _set_state(name: str) -> ControlWord:
    return lambda group, number: setattr(group.state, name, number != 0)


def _set_number(name: str, otherwise: int) -> ControlWord:
    def change(group: Group, number: int | None) -> None:
        setattr(group.state.paragraph, name, otherwise if number is None else number)

    return change


def _raise_nothing(group: Group, _number: int | None) -> None:
    group.state.run_properties &= ~(RAISED | LOWERED)


def _set_language(group: Group, number: int | None) -> None:
    group.state.language = number or 0


def _set_table(group: Group, number: int | None) -> None:
    group.state.paragraph.is_in_table = number != 0


PROPERTIES: Final[dict[str, ControlWord]] = {
    **{word: _run_property_word(bit) for word, bit in _RUN_PROPERTIES.items()},
    "v": _set_state("is_hidden"),
    "deleted": _set_state("is_deleted"),
    "nosupersub": _raise_nothing,
    "lang": _set_language,
    "intbl": _set_table,
    "itap": _set_number("tables", 1),
    "fi": _set_number("indent", 0),
}
"""The control words of text and of paragraphs."""
