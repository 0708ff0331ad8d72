"""What is shown of an annotation beside its passage: status, evidence, speaker and note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reader.core.annotation import Annotation
from reader.core.cells import WIDEST, cell_width, clip
from reader.core.claims import ClaimStatus
from reader.core.evidence import summary_of
from reader.core.layout.wrapping import WrappedText
from reader.safe_text import drawn, sanitise_line
from reader.session import ReadingState
from reader.ui.painting.palette import status_look

SEPARATOR = " · "
"""What separates two facts."""

MARKUP_SHARE = 4
"""A note is read so many times as far as is shown of it, since markup is not shown."""

LOOSE_END = " ,;:–—-|"
"""What does not stand before the ``…`` of a cut text."""


class CardPart(NamedTuple):
    """A piece of text on a line."""

    text: str
    """The text, as it is drawn."""
    style: str
    """The name of its style in the palette."""


CardLine = Sequence[CardPart]
"""A line of a card."""


def says_something(annotation: Annotation) -> bool:
    """Return whether an annotation has more to show than its passage and its tags."""
    return bool(
        annotation.status
        or annotation.speaker
        or annotation.note.strip()
        or summary_of(annotation.links)
    )


def has_notes(state: ReadingState) -> bool:
    """Return whether anything is to be shown beside an article."""
    return any(says_something(each) and not each.is_orphaned for each in state.annotations)


def heading_of(annotation: Annotation, statuses: Mapping[str, ClaimStatus]) -> CardLine:
    """Return the status, the evidence and the speaker; empty where there is none of them.

    Args:
        annotation: The annotation.
        statuses: The statuses of the settings by their names.
    """
    parts: list[CardPart] = []
    if annotation.status:
        sign, style = status_look(annotation.status, statuses)
        parts.append(CardPart(drawn(f"{sign} {sanitise_line(annotation.status)}"), style))
    if evidence := summary_of(annotation.links):
        parts += [CardPart(SEPARATOR, "note")] if parts else []
        parts.append(CardPart(evidence, "note"))
    if speaker := " ".join(sanitise_line(annotation.speaker).split()):
        parts += [CardPart(SEPARATOR, "note")] if parts else []
        parts.append(CardPart(drawn(speaker), "note-speaker"))
    return parts


def note_line(annotation: Annotation, statuses: Mapping[str, ClaimStatus], width: int) -> CardLine:
    """Return all that is shown of an annotation on one line.

    Args:
        annotation: The annotation.
        statuses: The statuses of the settings by their names.
        width: The most cells.
    """
    return _one_line(heading_of(annotation, statuses), _plain(annotation.note, width), width)


class NoteCard:
    """An annotation as lines of text of a certain width."""

    def __init__(self, annotation: Annotation, heading: CardLine, width: int, most: int) -> None:
        """Wrap as much as is shown.

        Args:
            annotation: The annotation; ``says_something`` of it.
            heading: What ``heading_of`` returns for it.
            width: The cells of a line, at least 1.
            most: The most lines to show, at least 1.
        """
        self.annotation = annotation
        """The annotation."""
        self.width = width
        """The cells of a line."""
        self._heading = heading
        self._plain = _plain(annotation.note, width * (most + 1))
        self._wrapped_heading = _wrapped_parts(self._heading, width) if self._heading else []
        self._note = _wrapped(self._plain, width)

    @property
    def height(self) -> int:
        """The lines that were wrapped, at least 1; more than ``most`` where they are not all."""
        return max(len(self._wrapped_heading) + len(self._note), 1)

    def lines(self, most: int) -> Sequence[CardLine]:
        """Return at most so many lines, at least 1; what is cut ends with ``…``."""
        if self.height <= most:
            return [*self._wrapped_heading, *([CardPart(line, "note")] for line in self._note)]
        if most == 1:
            return [_one_line(self._heading, self._plain, self.width)]
        lines = [clipped(self._heading, self.width)] if self._heading else []
        shown = self._note[: most - len(lines)]
        if len(shown) < len(self._note):
            shown[-1] = _ended(shown[-1], self.width)
        return [*lines, *([CardPart(line, "note")] for line in shown)]


def _one_line(heading: CardLine, note: str, width: int) -> CardLine:
    """Return a heading and a note as one line, cut to ``width`` cells."""
    words = " ".join(note[: WIDEST * width].split())
    between = [CardPart(SEPARATOR, "note")] if heading and words else []
    return clipped([*heading, *between, CardPart(words, "note")], width)


def _plain(note: str, cells: int) -> str:
    """Return the beginning of a note as plain text: at least so many cells, if it has as many."""
    if not note or note.isspace():
        return ""
    from reader.core.note_text import MOST_LENGTH, plain_note  # noqa: PLC0415  (where notes are)

    return plain_note(note, min(MARKUP_SHARE * cells, MOST_LENGTH))


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text as lines of at most ``width`` cells, as they are drawn."""
    return [drawn(text[start:end]) for start, end in _bounds(text, width)] if text else []


def _bounds(text: str, width: int) -> Iterator[tuple[int, int]]:
    wrapped = WrappedText(text, width)
    wrapped.finish()
    for line in range(len(wrapped.starts)):
        start, end = wrapped.bounds(line)
        yield start, wrapped.drawn_end(start, end)


def _wrapped_parts(parts: CardLine, width: int) -> list[CardLine]:
    """Return parts as lines of at most ``width`` cells."""
    text = "".join(part.text for part in parts)
    if cell_width(text) <= width:
        return [parts]
    return [_slice(parts, start, end) for start, end in _bounds(text, width)]


def _slice(parts: CardLine, start: int, end: int) -> CardLine:
    """Return the code points ``start:end`` of parts that stand side by side."""
    sliced: list[CardPart] = []
    at = 0
    for text, style in parts:
        piece = text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            sliced.append(CardPart(piece, style))
        at += len(text)
    return sliced


def clipped(parts: CardLine, width: int) -> CardLine:
    """Return parts cut to ``width`` cells."""
    whole = "".join(part.text for part in parts)
    if cell_width(whole) <= width:
        return parts
    kept = clip(whole, width)[:-1].rstrip(LOOSE_END)
    line = [*_slice(parts, 0, len(kept))]
    return [*line, CardPart("…", line[-1].style if line else "note")]


def _ended(line: str, width: int) -> str:
    """Return a line with ``…`` at its end, in ``width`` cells."""
    line = line.rstrip(LOOSE_END)
    if cell_width(line) < width:
        return f"{line}…"
    return f"{clip(line, width)[:-1].rstrip(LOOSE_END)}…"
