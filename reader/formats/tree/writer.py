"""Adds the blocks of a tree of HTML, inside the open containers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from reader.core.document import BlockKind, Mark, MarkKind
from reader.formats.builder import DocumentBuilder
from reader.formats.inline import InlineText
from reader.formats.tree.elements import CORRECTION, LEFT_OUT, ListShape
from reader.formats.tree.notes import Notes

_ONLY_BRACKETS = re.compile(r"[\s\[\](){}.:^]+")

MAX_NEST: Final = 40
"""The most containers around a block; the text of deeper ones stands at this depth."""


class BlockWriter:
    """Adds blocks inside the open containers, with the marker that waits for a block."""

    def __init__(self, builder: DocumentBuilder, notes: Notes) -> None:
        """Start outside all containers."""
        self._builder = builder
        self._notes = notes
        self._label_names: set[str] = set()
        self.nest: list[int] = []
        """The containers around the next block; see ``Block.nest``."""
        self.lists: list[ListShape] = []
        """The lists around the next block, the innermost last."""
        self.marker = ""
        """The marker of the next block."""
        self.note = ""
        """The label of the footnote that begins with the next block."""
        self.note_depth = 0
        """The number of footnotes around the next block."""
        self.is_tight = False
        """Whether the next block follows without a blank line."""
        self.role = ""
        """The role of the next block: ``CORRECTION``, ``LEFT_OUT`` or none."""

    def add_paragraph(self, inline: InlineText, *, is_caption: bool) -> None:
        """Add running text as an item, a quote, a note, a picture or a paragraph.

        Args:
            inline: The text.
            is_caption: Whether it is the caption of the block above it.
        """
        kind, level = BlockKind.PARAGRAPH, 0
        is_quoted = bool(self.nest) and self.nest[-1] == 0
        note = self._notes.body_label(inline.marks) if not self.note_depth else ""
        if note:
            self._add_lone_note(inline, note)
            return
        if self.note and _ONLY_BRACKETS.fullmatch(inline.text):
            return  # brackets around the link back; the text of the note is still to come
        if self.note:
            kind = BlockKind.FOOTNOTE
            inline.cut(self._notes.number_length(inline.text, self.marker))
        elif inline.lone_image and "\n" not in inline.text:
            kind = BlockKind.IMAGE
        elif is_quoted:
            kind, level = BlockKind.QUOTE, self.nest[:MAX_NEST].count(0)
        elif self.marker:
            kind, level = BlockKind.ITEM, len(self.lists)
        self.add(kind, inline, level=level, tight=is_caption)

    def _add_lone_note(self, inline: InlineText, label: str) -> None:
        """Add a footnote that is a paragraph with an anchor at its start."""
        self.flush_marker()
        self.note, self.marker = label, self._notes.markers[label]
        self.nest.append(len(self.marker) + 1)
        inline.cut(self._notes.number_length(inline.text, self.marker))
        self.add(BlockKind.FOOTNOTE, inline)
        self.nest.pop()

    def flush_marker(self) -> None:
        """Add a block for the marker of an item that has no text of its own."""
        if self.marker:
            kind = BlockKind.FOOTNOTE if self.note else BlockKind.ITEM
            self.add(kind, InlineText(), level=0 if self.note else len(self.lists))

    def add(
        self,
        kind: BlockKind,
        inline: InlineText,
        *,
        level: int = 0,
        tight: bool = False,
        language: str = "",
        aligns: str = "",
        header_rows: int = 0,
    ) -> None:
        """Add a block inside the open containers, with the marker that waits for it."""
        marker, self.marker = self.marker, ""
        note, self.note = self.note, ""
        label, marks = self._label(kind, inline, note)
        is_tight = next((shape.is_tight for shape in reversed(self.lists) if shape.is_begun), False)
        for shape in reversed(self.lists):
            if shape.is_begun:  # and so are the lists around it
                break
            shape.is_begun = True
        self._builder.add(
            kind,
            inline.text,
            inline.spans,
            level=level,
            nest=tuple(self.nest[:MAX_NEST]),
            marker=marker,
            tight=is_tight or tight or self.is_tight,
            language=language,
            label=label,
            aligns=aligns,
            header_rows=header_rows,
            residue=self.role == LEFT_OUT,
            correction=self.role == CORRECTION,
            marks=marks,
        )
        self.is_tight = False

    def _label(self, kind: BlockKind, inline: InlineText, note: str) -> tuple[str, Sequence[Mark]]:
        """Return a block's label, and its remaining marks."""
        marks = inline.marks
        label = note or next(
            (mark.name for mark in marks if not mark.offset and mark.kind is MarkKind.ANCHOR), ""
        )
        if label:
            marks = [
                mark
                for mark in marks
                if mark.offset or mark.name != label or mark.kind is not MarkKind.ANCHOR
            ]
        elif kind is BlockKind.HEADING:
            label = self._builder.unique_label(inline.text.replace("\n", " "))
            while label in self._label_names:
                label = self._builder.unique_label(inline.text.replace("\n", " "))
        self._label_names.add(label)
        return label, marks
