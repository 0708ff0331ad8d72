"""The body of an RTF file: paragraphs, tables, notes, fields and pictures, put into a flow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from reader.formats.rtf_heads import Heads, Word, void
from reader.formats.rtf_state import BODY, Field, State
from reader.formats.rtf_table import RowShape, Tables
from reader.formats.word_fields import Instruction
from reader.formats.word_flow import Flow, Shape
from reader.formats.word_line import EMPHASIS, LOWERED, RAISED, STRIKETHROUGH, STRONG
from reader.formats.word_numbering import TICKS
from reader.formats.word_styles import Role
from reader.formats.word_symbols import symbol

if TYPE_CHECKING:
    from reader.formats.rtf_reader import RtfReader

MAX_PLACES: Final = 20
"""Notes and boxes in one another; what is deeper is left out."""

_ENDNOTE = re.compile(rb"\s*\\ftnalt")
_TYPED_BULLET = re.compile(r"[\u2022\u00b7\u25e6\u25aa\u2023\u2043\u25cf\u2013\u2014-]\s*\t")
_LOOKS: Final = {
    "b": STRONG, "i": EMPHASIS, "strike": STRIKETHROUGH, "striked": STRIKETHROUGH,
    "super": RAISED, "sub": LOWERED,
}  # fmt: skip


class Body:
    """What stands in the body while it is read."""

    def __init__(self, heads: Heads, targets: frozenset[str]) -> None:
        """Start before the first paragraph.

        Args:
            heads: The tables of the file.
            targets: The bookmarks that links lead to.
        """
        self.flow = Flow()
        """Where the text goes."""
        self.languages: dict[int, int] = {}
        """How much text is in each language, as Windows counts them."""
        self._heads = heads
        self._targets = targets
        self._tables = [Tables(self.flow)]
        self._row = RowShape()
        self._nested_row = RowShape()
        self._label: str | None = None
        self._labelled: set[int] = set()
        self._alternatives: list[str] = []
        self._property = ""

    def add_text(self, text: str, state: State) -> None:
        """Add text to the paragraph."""
        self.flow.line.text(text, state.look, state.target)
        self.languages[state.language] = self.languages.get(state.language, 0) + len(text)

    @property
    def words(self) -> dict[str, Word]:
        """What is done about the control words of the body."""
        return {
            **{word: _look_word(bit) for word, bit in _LOOKS.items()},
            **_PROPERTIES,
            **dict.fromkeys(("par", "sect"), self._end_here),
            **dict.fromkeys(("page", "column"), self._part_here),
            **dict.fromkeys(("line", "softline", "lbr"), self._break_line),
            "f": self._set_font,
            "plain": lambda reader, _number: reader.state.plain(self._heads.default_font),
            "pard": self._start_paragraph,
            "s": self._set_style,
            "outlinelevel": self._set_outline,
            "ls": self._set_list,
            "ilvl": self._set_depth,
            "listtext": self._open_label,
            "pntext": self._open_label,
            "pn": lambda reader, _number: reader.skip_group(),
            "cell": self._end_cell,
            "nestcell": self._end_nested_cell,
            "trowd": self._start_row,
            "row": lambda _reader, _number: self._tables[-1].end_row(1, self._row),
            "nestrow": self._end_nested_row,
            "trhdr": self._set_header,
            "cellx": self._end_shape,
            **{
                f"cl{word}": self._join_word(joined)
                for word, joined in (("vmgf", "first"), ("vmrg", "above"), ("mrg", "left"))
            },
            "nesttableprops": lambda reader, _number: void(reader.open_destination("row")),
            "footnote": self._open_note,
            "field": self._open_field,
            "fldinst": self._open_instruction,
            "fldrslt": self._open_result,
            "bkmkstart": self._open_bookmark,
            "pict": self._open_picture,
            "shp": self._open_shape,
            "sp": lambda reader, _number: void(reader.open_destination("property")),
            "sn": self._open_property,
            "sv": self._open_value,
            **dict.fromkeys(("shptxt", "dptxbxtext"), self._open_box),
            "upr": self._open_unicode,
            **dict.fromkeys(_PASSED, lambda _reader, _number: None),
        }

    # Paragraphs

    def end_paragraph(self, reader: RtfReader) -> None:
        """End the paragraph that is being read."""
        if reader.state.destination == BODY:
            self._tables[-1].enter(self._depth(reader.state))
            self._finish(reader.state)

    def _end_here(self, reader: RtfReader, _number: int | None) -> None:
        self.end_paragraph(reader)

    def _part_here(self, reader: RtfReader, _number: int | None) -> None:
        if not self.flow.line.is_empty:
            self.end_paragraph(reader)

    def _break_line(self, reader: RtfReader, _number: int | None) -> None:
        state = reader.state
        if state.destination == BODY and not state.is_hidden:
            self.flow.line.line_break(state.look, state.target)

    def finish(self) -> None:
        """End the last paragraph, and the tables."""
        while len(self._tables) > 1:
            self._tables[-1].enter(0)
            self._tables.pop()
            self.flow.end_box()
        if self.flow.line.is_empty:
            self._tables[-1].enter(0)
        else:
            self._tables[-1].enter(self._depth(State()))
            self._finish(State())

    def _finish(self, state: State) -> None:
        self.flow.end_paragraph(self._shape(state))
        self._label = None

    def _shape(self, state: State) -> Shape:
        paragraph = state.paragraph
        role, level = self._heads.styles.role(paragraph.style)
        style = self._heads.styles.get(paragraph.style)
        number, depth = paragraph.list_number, paragraph.depth
        if style is not None and not number:
            number, depth = style.list_number, style.depth
        if role is Role.BODY and 0 <= paragraph.outline < 9:
            role, level = Role.OUTLINE, paragraph.outline + 1
        label = self._label
        if number:
            counted = self._heads.lists.label(number, depth)
            # Where a file writes out what stands before items, what lacks it goes on with one.
            if label is not None:
                self._labelled.add(number)
            elif number in self._labelled and role is Role.BODY:
                return Shape(role, level, min(max(depth, 0), 9) + 1)
            label = counted if label is None else label
        elif label is None and paragraph.indent < 0 and not self.flow.line.is_empty:
            label = self.flow.line.cut(_TYPED_BULLET)
        if label is None or role is Role.CODE:
            return Shape(role, level)
        if label == "o" or not (any(map(str.isalnum, label)) or label in TICKS):
            label = ""
        return Shape(role, level, min(max(depth, 0), 9) + 1, label)

    def _start_paragraph(self, reader: RtfReader, _number: int | None) -> None:
        if reader.state.destination != "label":
            reader.state.paragraph = type(reader.state.paragraph)()

    def _set_font(self, reader: RtfReader, number: int | None) -> None:
        if reader.state.destination == "fonts":
            self._heads.begin_font(number or 0)
        else:
            reader.state.font = number or 0

    def _set_style(self, reader: RtfReader, number: int | None) -> None:
        if reader.state.destination == "style":
            self._heads.style_word("number", number or 0)
        else:
            reader.state.paragraph.style = number or 0

    def _set_outline(self, reader: RtfReader, number: int | None) -> None:
        level = -1 if number is None else number
        if reader.state.destination == "style":
            self._heads.style_word("outline", level)
        else:
            reader.state.paragraph.outline = level

    def _set_list(self, reader: RtfReader, number: int | None) -> None:
        if reader.state.destination == "style":
            self._heads.style_word("list_number", number or 0)
        elif reader.state.destination == "override":
            self._heads.name_list(number or 0)
        else:
            reader.state.paragraph.list_number = number or 0

    def _set_depth(self, reader: RtfReader, number: int | None) -> None:
        if reader.state.destination == "style":
            self._heads.style_word("depth", number or 0)
        else:
            reader.state.paragraph.depth = number or 0

    def _open_label(self, reader: RtfReader, _number: int | None) -> None:
        if reader.state.destination != BODY:
            reader.skip_group()
            return
        sink = reader.open_destination("label", keeps=True)

        def end() -> None:
            self._label = " ".join("".join(sink).split())[:24]

        reader.state.end = end

    # Tables

    @staticmethod
    def _depth(state: State) -> int:
        paragraph = state.paragraph
        return max(paragraph.tables, int(paragraph.is_in_table))

    def _end_cell(self, reader: RtfReader, _number: int | None) -> None:
        self._end_cell_at(1, reader)

    def _end_nested_cell(self, reader: RtfReader, _number: int | None) -> None:
        self._end_cell_at(max(reader.state.paragraph.tables, 2), reader)

    def _end_cell_at(self, depth: int, reader: RtfReader) -> None:
        if reader.state.destination == BODY:
            self._tables[-1].enter(depth)
            self._finish(reader.state)
            self._tables[-1].end_cell()

    def _shape_of_row(self, reader: RtfReader) -> RowShape:
        return self._nested_row if reader.state.destination == "row" else self._row

    def _start_row(self, reader: RtfReader, _number: int | None) -> None:
        if reader.state.destination == "row":
            self._nested_row = RowShape()
        else:
            self._row = RowShape()

    def _end_nested_row(self, reader: RtfReader, _number: int | None) -> None:
        self._tables[-1].end_row(max(reader.state.paragraph.tables, 2), self._nested_row)

    def _set_header(self, reader: RtfReader, number: int | None) -> None:
        self._shape_of_row(reader).is_header = number != 0

    def _end_shape(self, reader: RtfReader, number: int | None) -> None:
        self._shape_of_row(reader).add_edge(number or 0)

    def _join_word(self, joined: str) -> Word:
        return lambda reader, _number: setattr(self._shape_of_row(reader), "join", joined)

    # Notes, boxes, pictures

    def _open_note(self, reader: RtfReader, _number: int | None) -> None:
        kind = "endnote" if reader.next_matches(_ENDNOTE) else "footnote"
        self._open_place(reader, lambda: void(self.flow.open_note(kind)), self.flow.close_note)

    def _open_box(self, reader: RtfReader, _number: int | None) -> None:
        self._open_place(reader, self.flow.open_box, self.flow.end_box)

    def _open_place(
        self, reader: RtfReader, begin: Callable[[], None], finish: Callable[[], None]
    ) -> None:
        state = reader.state
        if len(self._tables) > MAX_PLACES or state.is_hidden or state.is_deleted:
            reader.skip_group()
            return
        outside = self._label, self._row
        self._label = None
        begin()
        self._tables.append(Tables(self.flow))

        def end() -> None:
            # The last paragraph may end with the group, and then is what the group says.
            self._tables[-1].enter(0)
            self._finish(reader.state)
            self._tables.pop()
            finish()
            self._label, self._row = outside

        reader.open_destination(BODY, end)
        state.plain(self._heads.default_font)
        state.target = ""
        state.paragraph = type(state.paragraph)()

    def _open_picture(self, reader: RtfReader, _number: int | None) -> None:
        is_inside_shape = bool(self._alternatives)
        is_read = reader.state.destination == BODY and not reader.state.is_hidden
        target = reader.state.target
        self._alternatives.append("")

        def end() -> None:
            alternative = self._alternatives.pop()
            if is_read and not is_inside_shape:
                self.flow.line.picture(alternative, target)
            elif is_inside_shape and alternative:
                self._alternatives[-1] = alternative

        reader.open_destination("picture", end)

    def _open_shape(self, reader: RtfReader, _number: int | None) -> None:
        is_read = reader.state.destination == BODY and not reader.state.is_hidden
        self._alternatives.append("")

        def end() -> None:
            if (alternative := self._alternatives.pop()) and is_read:
                self.flow.line.picture(alternative)

        reader.open_destination("shape", end)

    def _open_property(self, reader: RtfReader, _number: int | None) -> None:
        sink = reader.open_destination("property name", keeps=True)

        def end() -> None:
            self._property = "".join(sink).strip()[:40]

        reader.state.end = end

    def _open_value(self, reader: RtfReader, _number: int | None) -> None:
        sink = reader.open_destination("property value", keeps=True)
        if self._property != "wzDescription":
            reader.state.sink = None
            return

        def end() -> None:
            if self._alternatives:
                self._alternatives[-1] = "".join(sink)[:2000]

        reader.state.end = end

    # Fields and bookmarks

    def _open_field(self, reader: RtfReader, _number: int | None) -> None:
        if reader.state.destination != BODY:
            reader.skip_group()
        else:
            reader.state.field = Field()

    def _open_instruction(self, reader: RtfReader, _number: int | None) -> None:
        if (field := reader.state.field) is not None:
            reader.open_destination("instruction", keeps=True)
            reader.state.sink = field.instruction

    def _open_result(self, reader: RtfReader, _number: int | None) -> None:
        state = reader.state
        if state.field is None:
            return
        instruction = Instruction("".join(state.field.instruction))
        if instruction.is_left_out:
            reader.skip_group()
        elif instruction.character:
            character, font = instruction.character
            self.add_text(symbol(font, character) if font else chr(character), state)
            reader.skip_group()
        elif instruction.target:
            state.target = instruction.target

    def _open_bookmark(self, reader: RtfReader, _number: int | None) -> None:
        is_read = reader.state.destination == BODY
        sink = reader.open_destination("bookmark", keeps=True)

        def end() -> None:
            name = "".join(sink).strip()
            if is_read and name in self._targets:
                self.flow.line.anchor(name)

        reader.state.end = end

    @staticmethod
    def _open_unicode(reader: RtfReader, _number: int | None) -> None:
        """Pass over the first group, which says the same in an old encoding."""
        reader.skip_first_group()


_PASSED: Final = (
    "shppict", "shpinst", "picprop", "ud", "do", "result", "object", "mmath", "moMath",
    "moMathPara", "shpgrp", "revised",
)  # fmt: skip
"""Destinations whose content is read as what stands around them."""


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


_PROPERTIES: Final[dict[str, Word]] = {
    "v": _set_state("is_hidden"),
    "deleted": _set_state("is_deleted"),
    "nosupersub": _raise_nothing,
    "lang": _set_language,
    "intbl": _set_table,
    "itap": _set_number("tables", 1),
    "fi": _set_number("indent", 0),
}
