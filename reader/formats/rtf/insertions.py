"""Reads the insertions in the text of an RTF file: pictures, fields and bookmarks."""

from __future__ import annotations

from reader.formats.rtf.state import BODY, ControlWord, Group, RtfField
from reader.formats.word.documents import void
from reader.formats.word.symbols import is_symbol_font, symbol
from reader.formats.word.writer import HtmlWriter


class Insertions:
    """Reads pictures, fields and bookmarks."""

    def __init__(self, writer: HtmlWriter, targets: frozenset[str]) -> None:
        """Start before the first insertion.

        Args:
            writer: Collects the text.
            targets: The bookmarks that are targets of links.
        """
        self.writer = writer
        """Collects the text."""
        self._targets = targets
        self._alternatives: list[str] = []
        self._property = ""

    @property
    def words(self) -> dict[str, ControlWord]:
        """The control words of insertions."""
        return {
            "field": self._open_field,
            "fldinst": self._open_instruction,
            "fldrslt": self._open_result,
            "bkmkstart": self._open_bookmark,
            "pict": self._open_picture,
            "shp": self._open_shape,
            "sp": lambda group, _number: void(group.open_destination("property")),
            "sn": self._open_property,
            "sv": self._open_value,
        }

    def _open_picture(self, group: Group, _number: int | None) -> None:
        is_inside_shape = bool(self._alternatives)
        is_read = group.state.destination == BODY and not group.state.is_hidden
        target = group.state.target
        self._alternatives.append("")

        def end() -> None:
            alternative = self._alternatives.pop()
            if is_read and not is_inside_shape:
                self.writer.paragraph.add_picture(alternative, target)
            elif is_inside_shape and alternative:
                self._alternatives[-1] = alternative

        group.open_destination("picture", end)

    def _open_shape(self, group: Group, _number: int | None) -> None:
        is_read = group.state.destination == BODY and not group.state.is_hidden
        self._alternatives.append("")

        def end() -> None:
            if (alternative := self._alternatives.pop()) and is_read:
                self.writer.paragraph.add_picture(alternative)

        group.open_destination("shape", end)

    def _open_property(self, group: Group, _number: int | None) -> None:
        sink = group.open_destination("property name", keeps=True)

        def end() -> None:
            self._property = "".join(sink).strip()[:40]

        group.state.end = end

    def _open_value(self, group: Group, _number: int | None) -> None:
        sink = group.open_destination("property value", keeps=True)
        if self._property != "wzDescription":
            group.state.sink = None
            return

        def end() -> None:
            if self._alternatives:
                self._alternatives[-1] = "".join(sink)[:2000]

        group.state.end = end

    # Fields and bookmarks

    def _open_field(self, group: Group, _number: int | None) -> None:
        if group.state.destination != BODY:
            group.skip_group()
        else:
            group.state.field = RtfField()

    def _open_instruction(self, group: Group, _number: int | None) -> None:
        if (field := group.state.field) is not None:
            group.open_destination("instruction", keeps=True)
            group.state.sink = field.words

    def _open_result(self, group: Group, _number: int | None) -> None:
        state = group.state
        if state.field is None:
            return
        instruction = state.field.instruction
        if instruction.is_left_out:
            group.skip_group()
        elif instruction.character:
            character, font = instruction.character
            shown = symbol(font, character) if is_symbol_font(font) else chr(character)
            self.writer.paragraph.add_text(shown, state.run_properties, state.target)
            group.skip_group()
        elif instruction.target:
            state.target = instruction.target

    def _open_bookmark(self, group: Group, _number: int | None) -> None:
        is_read = group.state.destination == BODY
        sink = group.open_destination("bookmark", keeps=True)

        def end() -> None:
            name = "".join(sink).strip()
            if is_read and name in self._targets:
                self.writer.paragraph.add_anchor(name)

        group.state.end = end
