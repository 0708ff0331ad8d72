"""The fields of a DOCX, which begin and end between runs of text: links, numbers, contents."""

from __future__ import annotations

from typing import Final

from reader.formats.word.fields import FieldInstruction

MAX_FIELDS: Final = 50
"""The most fields around a text; deeper fields are only counted."""


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
            has_whole_fields: Whether every field has an end. If not, no field is left out, so that
                a missing mark hides no text.
        """
        self._open: list[_OpenField] = []
        self._has_whole_fields = has_whole_fields
        self._excess = 0

    @property
    def target(self) -> str:
        """The target of the link around the text, or an empty string."""
        return next((one.target for one in reversed(self._open) if one.target), "")

    @property
    def is_muted(self) -> bool:
        """Whether the next content is not shown."""
        return self._has_whole_fields and any(
            one.is_left_out or not one.is_shown for one in self._open
        )

    def takes(self, text: str) -> bool:
        """Return whether a text is not shown; text of an instruction is added to it."""
        if not self._has_whole_fields:
            return False
        for field in reversed(self._open):
            if not field.is_shown:
                field.instruction.append(text)
                return True
        return any(field.is_left_out for field in self._open)

    def instruct(self, text: str) -> None:
        """Add text to the instruction of the innermost field."""
        if self._open and not self._open[-1].is_shown:
            self._open[-1].instruction.append(text)

    def advance(self, kind: str) -> tuple[int, str] | None:
        """Begin a field, begin its result, or end it.

        Args:
            kind: ``begin``, ``separate`` or ``end``.

        Returns:
            The code and the font of a symbol to show, if the field is one.
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
