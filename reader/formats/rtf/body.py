"""Reads the body of an RTF file: paragraphs, tables, notes, fields and pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from reader.formats.rtf.header_tables import HeaderTables
from reader.formats.rtf.insertions import Insertions
from reader.formats.rtf.properties import PROPERTIES, RowWords
from reader.formats.rtf.state import BODY, ControlWord, Group, GroupState
from reader.formats.rtf.tables import RtfTables
from reader.formats.word.documents import void
from reader.formats.word.numbering import TICKS
from reader.formats.word.roles import Role
from reader.formats.word.writer import HtmlWriter, ParagraphShape

MAX_CONTAINERS: Final = 20
"""The most notes and boxes around a text; a deeper one is left out."""

_ENDNOTE = re.compile(rb"\s*\\ftnalt")
_TYPED_BULLET = re.compile(r"[\u2022\u00b7\u25e6\u25aa\u2023\u2043\u25cf\u2013\u2014-]\s*\t")


class RtfBody:
    """Reads the body and writes its text."""

    def __init__(self, header_tables: HeaderTables, targets: frozenset[str]) -> None:
        """Start before the first paragraph.

        Args:
            header_tables: The tables at the head of the file.
            targets: The bookmarks that are targets of links.
        """
        self.writer = HtmlWriter()
        """Collects the text."""
        self.languages: dict[int, int] = {}
        """The amount of text in each language, by its number in Windows."""
        self._header_tables = header_tables
        self._targets = targets
        self._tables = [RtfTables(self.writer)]
        self._rows = RowWords()
        self._label: str | None = None
        self._labelled: set[int] = set()

    def add_text(self, text: str, state: GroupState) -> None:
        """Add text to the paragraph."""
        self.writer.paragraph.add_text(text, state.run_properties, state.target)
        self.languages[state.language] = self.languages.get(state.language, 0) + len(text)

    @property
    def words(self) -> dict[str, ControlWord]:
        """The control words of the body."""
        return {
            **PROPERTIES,
            **self._rows.words,
            **Insertions(self.writer, self._targets).words,
            **dict.fromkeys(("par", "sect"), self._end_here),
            **dict.fromkeys(("page", "column"), self._part_here),
            **dict.fromkeys(("line", "softline", "lbr"), self._break_line),
            "f": self._set_font,
            "plain": lambda group, _number: group.state.plain(self._header_tables.default_font),
            "pard": self._start_paragraph,
            "s": self._set_style,
            "outlinelevel": self._set_outline,
            "ls": self._set_list,
            "ilvl": self._set_depth,
            "listtext": self._open_label,
            "pntext": self._open_label,
            "pn": lambda group, _number: group.skip_group(),
            "cell": self._end_cell,
            "nestcell": self._end_nested_cell,
            "row": lambda _group, _number: self._tables[-1].end_row(1, self._rows.row),
            "nestrow": self._end_nested_row,
            "footnote": self._open_note,
            **dict.fromkeys(("shptxt", "dptxbxtext"), self._open_box),
            "upr": self._open_unicode,
            **dict.fromkeys(_PASSED, lambda _group, _number: None),
        }

    # Paragraphs

    def end_paragraph(self, group: Group) -> None:
        """End the paragraph that is being read."""
        if group.state.destination == BODY:
            self._tables[-1].enter(self._depth(group.state))
            self._finish(group.state)

    def _end_here(self, group: Group, _number: int | None) -> None:
        self.end_paragraph(group)

    def _part_here(self, group: Group, _number: int | None) -> None:
        if not self.writer.paragraph.is_empty:
            self.end_paragraph(group)

    def _break_line(self, group: Group, _number: int | None) -> None:
        state = group.state
        if state.destination == BODY and not state.is_hidden:
            self.writer.paragraph.add_break(state.run_properties, state.target)

    def finish(self) -> None:
        """End the last paragraph, and the tables."""
        while len(self._tables) > 1:
            self._tables[-1].enter(0)
            self._tables.pop()
            self.writer.end_container()
        if self.writer.paragraph.is_empty:
            self._tables[-1].enter(0)
        else:
            self._tables[-1].enter(self._depth(GroupState()))
            self._finish(GroupState())

    def _finish(self, state: GroupState) -> None:
        self.writer.end_paragraph(self._shape(state))
        self._label = None

    def _shape(self, state: GroupState) -> ParagraphShape:
        paragraph = state.paragraph
        role, level = self._header_tables.styles.role(paragraph.style)
        style = self._header_tables.styles.get(paragraph.style)
        number, depth = paragraph.list_number, paragraph.depth
        if style is not None and not number:
            number, depth = style.list_number, style.depth
        if role is Role.BODY and 0 <= paragraph.outline < 9:
            role, level = Role.OUTLINE, paragraph.outline + 1
        label = self._label
        if number:
            counted = self._header_tables.lists.label(number, depth)
            # In a file that states labels, an item without one continues the item before.
            if label is not None:
                self._labelled.add(number)
            elif number in self._labelled and role is Role.BODY:
                return ParagraphShape(role, level, min(max(depth, 0), 9) + 1)
            label = counted if label is None else label
        elif label is None and paragraph.indent < 0 and not self.writer.paragraph.is_empty:
            label = self.writer.paragraph.take_start(_TYPED_BULLET)
        if label is None or role is Role.CODE:
            return ParagraphShape(role, level)
        if label == "o" or not (any(map(str.isalnum, label)) or label in TICKS):
            label = ""
        return ParagraphShape(role, level, min(max(depth, 0), 9) + 1, label)

    def _start_paragraph(self, group: Group, _number: int | None) -> None:
        if group.state.destination != "label":
            group.state.paragraph = type(group.state.paragraph)()

    def _set_font(self, group: Group, number: int | None) -> None:
        if group.state.destination == "fonts":
            self._header_tables.begin_font(number or 0)
        else:
            group.state.font = number or 0

    def _set_style(self, group: Group, number: int | None) -> None:
        if group.state.destination == "style":
            self._header_tables.style_word("number", number or 0)
        else:
            group.state.paragraph.style = number or 0

    def _set_outline(self, group: Group, number: int | None) -> None:
        level = -1 if number is None else number
        if group.state.destination == "style":
            self._header_tables.style_word("outline", level)
        else:
            group.state.paragraph.outline = level

    def _set_list(self, group: Group, number: int | None) -> None:
        if group.state.destination == "style":
            self._header_tables.style_word("list_number", number or 0)
        elif group.state.destination == "override":
            self._header_tables.name_list(number or 0)
        else:
            group.state.paragraph.list_number = number or 0

    def _set_depth(self, group: Group, number: int | None) -> None:
        if group.state.destination == "style":
            self._header_tables.style_word("depth", number or 0)
        else:
            group.state.paragraph.depth = number or 0

    def _open_label(self, group: Group, _number: int | None) -> None:
        if group.state.destination != BODY:
            group.skip_group()
            return
        sink = group.open_destination("label", keeps=True)

        def end() -> None:
            self._label = " ".join("".join(sink).split())[:24]

        group.state.end = end

    # Tables

    @staticmethod
    def _depth(state: GroupState) -> int:
        paragraph = state.paragraph
        return max(paragraph.tables, int(paragraph.is_in_table))

    def _end_cell(self, group: Group, _number: int | None) -> None:
        self._end_cell_at(1, group)

    def _end_nested_cell(self, group: Group, _number: int | None) -> None:
        self._end_cell_at(max(group.state.paragraph.tables, 2), group)

    def _end_cell_at(self, depth: int, group: Group) -> None:
        if group.state.destination == BODY:
            self._tables[-1].enter(depth)
            self._finish(group.state)
            self._tables[-1].end_cell()

    def _end_nested_row(self, group: Group, _number: int | None) -> None:
        self._tables[-1].end_row(max(group.state.paragraph.tables, 2), self._rows.nested_row)

    # Notes and boxes

    def _open_note(self, group: Group, _number: int | None) -> None:
        kind = "endnote" if group.next_matches(_ENDNOTE) else "footnote"
        self._open_container(
            group, lambda: void(self.writer.open_note(kind)), self.writer.close_note
        )

    def _open_box(self, group: Group, _number: int | None) -> None:
        self._open_container(group, self.writer.open_box, self.writer.end_box)

    def _open_container(
        self, group: Group, begin: Callable[[], None], finish: Callable[[], None]
    ) -> None:
        state = group.state
        if len(self._tables) > MAX_CONTAINERS or state.is_hidden or state.is_deleted:
            group.skip_group()
            return
        outside = self._label, self._rows.row
        self._label = None
        begin()
        self._tables.append(RtfTables(self.writer))

        def end() -> None:
            # The last paragraph may end with the group, whose state then describes it.
            self._tables[-1].enter(0)
            self._finish(group.state)
            self._tables.pop()
            finish()
            self._label, self._rows.row = outside

        group.open_destination(BODY, end)
        state.plain(self._header_tables.default_font)
        state.target = ""
        state.paragraph = type(state.paragraph)()

    @staticmethod
    def _open_unicode(group: Group, _number: int | None) -> None:
        """Skip the first group, which holds the same text in an old encoding."""
        group.skip_first_group()


_PASSED: Final = (
    "shppict", "shpinst", "picprop", "ud", "do", "result", "object", "mmath", "moMath",
    "moMathPara", "shpgrp", "revised",
)  # fmt: skip
"""Destinations whose content is read like the text around them."""
