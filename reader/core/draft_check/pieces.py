"""The pieces of a quotation between its ellipses, and what its author put in brackets."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reader.core.alignment_words import Vocabulary
from reader.core.draft_check.wordings import WordsAlone

_DOTS: Final = r"[…⋯‥]+|\.(?:\s?\.){1,3}|。{2,}|・{2,}|·{3,}"
_ELLIPSIS: Final = re.compile(
    rf"[\[(<（［〔]\s*(?:{_DOTS}|[前中後下以]?略)\s*[\])>）］〕]|{_DOTS}"  # 中略: left out
)
_BRACKETS: Final = re.compile(r"[\[［〔]([^\[\]［］〔〕\n]{1,120})[\]］〕]")
_SIC: Final = re.compile(r"\s*[\[(]\s*(?:sic\s?[!.]?|!)\s*[\])]", re.IGNORECASE)
"""What only says that the words are right as they stand."""

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[”\"’'»]?\s+|(?<=[。！？])")

MOST_PIECES: Final = 100
"""The most pieces of a quotation that are looked for; more are no quotation."""

SHORTEST_SENTENCE: Final = 3
"""The fewest words of a sentence that is looked for alone."""


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


def parts_of(quotation: str) -> tuple[str, ...]:
    """Return what of a quotation may be from places of its own; none where it cannot be divided.

    These are its pieces where it has an ellipsis, else its sentences. A sentence of a word or two
    belongs to the next one.
    """
    pieces = pieces_of(quotation)
    if len(pieces) > MOST_PIECES:
        return ()
    if len(pieces) != 1:
        return tuple(piece.text for piece in pieces)
    sentences: list[str] = []
    begun, length, at = "", 0, 0
    for match in (*_SENTENCE_END.finditer(quotation), None):
        text = quotation[at : match.end() if match else None]
        at = match.end() if match else at
        begun, length = begun + text, length + _length(text)
        if length >= SHORTEST_SENTENCE:
            sentences.append(begun.strip())
            begun, length = "", 0
        if len(sentences) > MOST_PIECES:
            return ()
    if begun and sentences:
        sentences[-1] = f"{sentences[-1]} {begun.strip()}".strip()
    return tuple(sentences) if len(sentences) > 1 else ()


def _length(text: str) -> int:
    return sum(piece.length for piece in pieces_of(text))


def _piece(quoted: str) -> Piece:
    text = _SIC.sub("", quoted)
    segments: list[Segment] = []
    at, start = 0, 0
    plain = ""
    for match in _BRACKETS.finditer(text):
        inner = match[1].strip()
        is_letter = len(inner) == 1 and text[match.end() : match.end() + 1].isalpha()
        if is_letter:
            plain += text[at : match.start()] + inner
        else:
            start, plain = match.start(), plain + text[at : match.start()]
            # Letters that touch the brackets belong to the word that they change.
            segments.append(_segment(_without_last(plain) if _touches(text, start) else plain))
            plain = ""
        at = match.end()
    segments.append(_segment(plain + text[at:]))
    return Piece(quoted, tuple(segment for segment in segments if segment.length))


def _touches(text: str, start: int) -> bool:
    return start > 0 and text[start - 1].isalnum()


def _without_last(text: str) -> str:
    return re.sub(r"\w+$", "", text)


def _segment(text: str) -> Segment:
    words = WordsAlone(text, Vocabulary())
    return Segment(text.strip(), words.spaced(), len(words))
