"""The fields of a DOCX, which begin and end among the runs of text: links, numbers, contents."""

from __future__ import annotations

from typing import Final

from reader.formats.word.fields import FieldInstruction

MAX_FIELDS: Final = 50
"""Fields in one another; deeper ones are only counted."""


class _OpenField:
    """A field that has begun."""

    __slots__ = ("instruction", "is_left_out", "is_shown", "target")

    def __init__(self) -> None:
        self.instruction: list[str] = []
        self.is_shown = False
        self.is_left_out = False
        self.target = ""


class FieldStack:
    """The fields around the text that is being read."""

    def __init__(self, has_whole_fields: bool) -> None:
        """Start outside all fields.

        Args:
            has_whole_fields: Whether every field that begins ends, too: else none is left out, so
                that no text is lost for a mark that is missing.
        """
        self._open: list[_OpenField] = []
        self._has_whole_fields = has_whole_fields
        self._excess = 0

    @property
    def target(self) -> str:
        """Where the link leads that the text is part of, or nothing."""
        return next((one.target for one in reversed(self._open) if one.target), "")

    @property
    def is_muted(self) -> bool:
        """Whether what comes is not shown."""
        return self._has_whole_fields and any(
            one.is_left_out or not one.is_shown for one in self._open
        )

    def takes(self, text: str) -> bool:
        """Return whether text is not shown; what is part of an instruction goes there."""
        if not self._has_whole_fields:
            return False
        for field in reversed(self._open):
            if not field.is_shown:
                field.instruction.append(text)
                return True
        return any(field.is_left_out for field in self._open)

    def instruct(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open and not self._open[-1].is_shown:
            self._open[-1].instruction.append(text)

    def mark(self, kind: str) -> tuple[int, str] | None:
        """Begin a field, go on to what it shows, or end it.

        Args:
            kind: ``begin``, ``separate`` or ``end``.

        Returns:
            A character to show, by its place and font, where the field is one.
        """
        if kind == "begin" and len(self._open) < MAX_FIELDS:
            self._open.append(_OpenField())
        elif kind == "begin":
            self._excess += 1
        elif kind == "end" and self._excess:
            self._excess -= 1
        elif self._open and not self._excess:
            field = self._open[-1]
            shown = None if field.is_shown else self._read(field)
            if kind == "end":
                self._open.pop()
            return shown if kind == "end" else None
        return None

    def _read(self, field: _OpenField) -> tuple[int, str] | None:
        instruction = FieldInstruction("".join(field.instruction))
        field.is_shown = True
        field.is_left_out = instruction.is_left_out
        field.target = instruction.target
        return instruction.character
