"""The state of a group of an RTF file: its destination, the run properties, the paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Protocol

from reader.formats.word.fields import FieldInstruction

BODY: Final = "body"
"""The destination whose text is read; the text of others is kept apart or dropped."""

_IGNORED_NAMES = (
    "aftncn aftnsep aftnsepc annotation atnauthor atndate atnicn atnid atnparent atnref atntime "
    "atrfend atrfstart background blipuid buptim colorschememapping colortbl comment company "
    "datafield datastore defchp defpap doccomm docvar factoidname falt filetbl footer footerf "
    "footerl footerr ftncn ftnsep ftnsepc generator header headerf headerl headerr hlinkbase "
    "keycode keywords latentstyles listname listpicture manager mmathPict nonesttables nonshppict "
    "objalias objclass objdata objname objsect operator panose passwordhash pgptbl private1 "
    "protusertbl revtbl rsidtbl rxe shprslt stylename subject tc template themedata txe userprops "
    "wgrffmtfilter writereservation xe xmlnstbl"
)
IGNORED: Final = frozenset(_IGNORED_NAMES.split())
"""Destinations without text to read: page headers and footers, comments, indexes, data."""


class RtfField:
    """A field: its instruction, and the link or the character that it shows."""

    __slots__ = ("_instruction", "words")

    def __init__(self) -> None:
        """Start before its instruction."""
        self.words: list[str] = []
        """The pieces of text of its instruction."""
        self._instruction: FieldInstruction | None = None

    @property
    def instruction(self) -> FieldInstruction:
        """The parsed instruction; it is parsed once, when the field begins to show something."""
        if self._instruction is None:
            self._instruction = FieldInstruction("".join(self.words))
        return self._instruction


class ParagraphProperties:
    """The properties of paragraphs, copied for each group."""

    __slots__ = ("depth", "indent", "is_in_table", "list_number", "outline", "style", "tables")

    def __init__(self) -> None:
        r"""Start with what ``\pard`` sets."""
        self.style = 0
        self.outline = -1
        self.list_number = 0
        self.depth = 0
        self.is_in_table = False
        self.tables = 0
        self.indent = 0

    def copy(self) -> ParagraphProperties:
        """Return a copy for an inner group; ``copy.copy`` takes some ten times as long."""
        other = ParagraphProperties.__new__(ParagraphProperties)
        other.style = self.style
        other.outline = self.outline
        other.list_number = self.list_number
        other.depth = self.depth
        other.is_in_table = self.is_in_table
        other.tables = self.tables
        other.indent = self.indent
        return other


class GroupState:
    """The state of one group."""

    __slots__ = (
        "destination",
        "end",
        "fallback",
        "field",
        "font",
        "is_deleted",
        "is_hidden",
        "language",
        "paragraph",
        "run_properties",
        "sink",
        "target",
    )

    def __init__(self) -> None:
        """Start outside all groups."""
        self.destination = BODY
        self.sink: list[str] | None = None
        self.end: Callable[[], None] | None = None
        self.run_properties = 0
        self.is_hidden = False
        self.is_deleted = False
        self.font = -1
        self.language = 0
        self.fallback = 1
        self.target = ""
        self.field: RtfField | None = None
        self.paragraph = ParagraphProperties()

    @property
    def is_read(self) -> bool:
        """Whether text of the group is used: it is not hidden, and not of a picture or of data."""
        if self.destination == BODY:
            return not (self.is_hidden or self.is_deleted)
        return self.sink is not None

    def inside(self) -> GroupState:
        """Return a copy for an inner group, without the function that is called at its end.

        Every group makes a copy, and ``copy.copy`` takes some ten times as long.
        """
        other = GroupState.__new__(GroupState)
        other.destination = self.destination
        other.sink = self.sink
        other.end = None
        other.run_properties = self.run_properties
        other.is_hidden = self.is_hidden
        other.is_deleted = self.is_deleted
        other.font = self.font
        other.language = self.language
        other.fallback = self.fallback
        other.target = self.target
        other.field = self.field
        other.paragraph = self.paragraph.copy()
        return other

    def plain(self, font: int) -> None:
        """Reset the properties of text."""
        self.run_properties = 0
        self.is_hidden = self.is_deleted = False
        self.font = font


class Group(Protocol):
    """The current group, as its control words see and change it."""

    state: GroupState
    """The state of the group."""

    def open_destination(
        self, name: str, end: Callable[[], None] | None = None, *, keeps: bool = False
    ) -> list[str]:
        """Send the text of the rest of the group elsewhere.

        Args:
            name: The destination; ``BODY`` is text that is read.
            end: Called when the group ends.
            keeps: Whether the text is kept.

        Returns:
            The list that the text is added to.
        """

    def skip_group(self) -> None:
        """Skip the rest of the group."""

    def skip_first_group(self) -> None:
        """Skip the next group inside this one."""

    def next_matches(self, pattern: re.Pattern[bytes]) -> bool:
        """Return whether the bytes that come next match a pattern."""

    def set_code_page(self, number: int) -> None:
        """Decode text by a code page of Windows, except where its font says another."""


ControlWord = Callable[[Group, int | None], None]
"""What a control word does; its number is None where it has none."""
