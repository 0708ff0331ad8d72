"""The pieces of a quotation between its ellipses, and what its author put in brackets."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reader.core.alignment_words import Vocabulary
from reader.core.draft_check.wordings import WordsAlone

_ELLIPSIS: Final = re.compile(r"[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.\s?\.\s?\.(?:\s?\.)?")
_BRACKETS: Final = re.compile(r"\[([^\[\]\n]{1,120})\]")


class Segment(NamedTuple):
    """Words in a row, none of them in brackets."""

    text: str
    """The words with their signs."""
    words: str
    """The words alone, with spaces between them."""
    length: int
    """How many words they are."""


class Piece(NamedTuple):
    """What stands between two ellipses."""

    text: str
    """The piece as the draft has it."""
    segments: tuple[Segment, ...]
    """What stands around the words in brackets; one where there are none."""

    @property
    def words(self) -> str:
        """Its words alone, without those in brackets."""
        return " ".join(segment.words for segment in self.segments)

    @property
    def length(self) -> int:
        """How many words these are."""
        return sum(segment.length for segment in self.segments)


def pieces_of(quotation: str) -> tuple[Piece, ...]:
    """Return the pieces of a quotation that have words.

    A letter in brackets only changes its case (``[t]he``), and ``[sic]`` is left out.
    """
    found = (_piece(part.strip()) for part in _ELLIPSIS.split(quotation))
    return tuple(piece for piece in found if piece.segments)


def _piece(text: str) -> Piece:
    segments: list[Segment] = []
    at, start = 0, 0
    plain = ""
    for match in _BRACKETS.finditer(text):
        inner = match[1].strip()
        is_letter = len(inner) == 1 and text[match.end() : match.end() + 1].isalpha()
        if is_letter:
            plain += text[at : match.start()] + inner
        elif inner.lower().rstrip("!.") == "sic":
            plain += text[at : match.start()].rstrip()
        else:
            start, plain = match.start(), plain + text[at : match.start()]
            # Letters that touch the brackets belong to the word that they change.
            segments.append(_segment(_without_last(plain) if _touches(text, start) else plain))
            plain = ""
        at = match.end()
    segments.append(_segment(plain + text[at:]))
    return Piece(text, tuple(segment for segment in segments if segment.length))


def _touches(text: str, start: int) -> bool:
    return start > 0 and text[start - 1].isalnum()


def _without_last(text: str) -> str:
    return re.sub(r"\w+$", "", text)


def _segment(text: str) -> Segment:
    words = WordsAlone(text, Vocabulary())
    return Segment(text.strip(), words.spaced(), len(words))
