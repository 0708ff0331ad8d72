"""Makes notes of a PDF's annotations: the words beneath a highlight as the reader shows them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Final, NamedTuple

from reader.clock import iso
from reader.core.document import Document
from reader.digests import digest_of_texts
from reader.formats.cleaning import clean, clean_line
from reader.formats.embedded_notes import EmbeddedAnswer, EmbeddedNote, placed, with_own_keys
from reader.formats.pdf.beneath import LetterFinder, folded
from reader.formats.pdf.process import RawAnnotation

MARKUPS: Final = ("highlight", "underline", "squiggly", "strikeout")
"""The kinds of annotations that mark words."""

_KEY_LENGTH: Final = 24
_LEAST_NAME: Final = 8
"""The fewest characters of a name that no other annotation has."""

_CUT = re.compile("[\x02\xad]\\s*|(?<=\\w)-\\s+(?=[a-z])")
_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)|([+-])(\d\d)'?:?(\d\d)?)?"
)


class PlacedAnnotation(NamedTuple):
    """An annotation with its page."""

    page: int
    """The index of the page."""
    page_name: str
    """The page's number in print."""
    raw: RawAnnotation
    """The annotation."""


def count_of(annotations: Sequence[PlacedAnnotation]) -> int:
    """Return how many notes annotations make."""
    answers = _answers(annotations)
    return sum(_is_note(one, answers) for one in annotations)


def notes_of(
    annotations: Sequence[PlacedAnnotation], document: Document
) -> tuple[EmbeddedNote, ...]:
    """Return the notes of annotations, in the order of the file, with their passages.

    Args:
        annotations: All annotations of a PDF.
        document: The document that Margin makes of the PDF.
    """
    finder = LetterFinder(document)
    answers = _answers(annotations)
    return tuple(
        with_own_keys(
            _note(one, answers[one.page, one.raw.index], finder, document)
            for one in annotations
            if _is_note(one, answers)
        )
    )


_Answers = defaultdict[tuple[int, int], list[RawAnnotation]]
"""The answers to annotations, by the page and the index of what they answer."""


def _is_note(annotation: PlacedAnnotation, answers: _Answers) -> bool:
    """Return whether an annotation answers no other, and says or marks something."""
    raw = annotation.raw
    if raw.parent >= 0 or raw.is_state or raw.is_hidden:
        return False
    if raw.contents.strip() or answers.get((annotation.page, raw.index)):
        return True
    return raw.kind in MARKUPS and bool(folded("".join(raw.parts)))


def _answers(annotations: Sequence[PlacedAnnotation]) -> _Answers:
    """Return the answers to each annotation, also those to its answers, the oldest first."""
    parents = {(one.page, one.raw.index): one.raw.parent for one in annotations}
    answers: _Answers = defaultdict(list)
    for page, _, raw in annotations:
        if raw.parent < 0 or raw.is_state or not raw.contents.strip():
            continue
        first, seen = raw.parent, {raw.index}
        while first not in seen and parents.get((page, first), -1) >= 0:
            seen.add(first)
            first = parents[page, first]
        answers[page, first].append(raw)
    for written in answers.values():
        written.sort(key=lambda raw: moment_of(raw.created or raw.modified))
    return answers


def _note(
    annotation: PlacedAnnotation,
    answers: Sequence[RawAnnotation],
    finder: LetterFinder,
    document: Document,
) -> EmbeddedNote:
    raw = annotation.raw
    words = clean_line(_CUT.sub("", " ".join(raw.parts)))
    contents = _written(raw)
    if folded(contents) == folded(words):
        contents = ""  # some programs store the words beneath as the text of the note
    note = EmbeddedNote(
        key=_key(annotation),
        quote=words,
        prefix=clean_line(raw.before),
        suffix=clean_line(raw.after),
        page=annotation.page_name,
        note=contents,
        author=clean_line(raw.author),
        answers=tuple(map(_answer, answers)),
        colour=_colour(raw),
        created=moment_of(raw.created or raw.modified),
        modified=moment_of(raw.modified),
    )
    passage = finder.find(raw.parts, raw.before, raw.after, annotation.page)
    return note if passage is None else placed(note, document, passage)


def _answer(raw: RawAnnotation) -> EmbeddedAnswer:
    written = moment_of(raw.created or raw.modified)
    return EmbeddedAnswer(_written(raw), clean_line(raw.author), written)


def _written(raw: RawAnnotation) -> str:
    """Return the text of an annotation with its lines."""
    return clean(re.sub(r"\r\n?", "\n", raw.contents)).strip()


def _key(annotation: PlacedAnnotation) -> str:
    """Return what identifies an annotation among those of all files, whatever is written in it.

    Most programs give it a name that no other has; otherwise its place, its words and when it was
    made identify it.
    """
    raw = annotation.raw
    name = clean_line(raw.name)
    if len(name) >= _LEAST_NAME and not name.isdecimal():
        return name
    box = (f"{edge:.0f}" for edge in raw.box)
    facts = [str(annotation.page), name, raw.kind, *box, raw.created, folded("".join(raw.parts))]
    return digest_of_texts(*facts)[:_KEY_LENGTH]


def _colour(raw: RawAnnotation) -> str:
    """Return the number of a highlight's colour; the kind of others that mark words."""
    if raw.kind == "highlight":
        return f"#{bytes(raw.colour).hex()}" if raw.colour else ""
    return raw.kind if raw.kind in MARKUPS else ""


def moment_of(date: str) -> str:
    """Return a time of PDF, such as ``D:20260314093000+01'00'``, in Margin's form; else empty."""
    match = _DATE.match(date.strip())
    if match is None:
        return ""
    year, month, day, hour, minute, second, _, sign, hours, minutes = match.groups()
    with suppress(ValueError, OverflowError):
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        written = datetime(
            int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0),
            int(second or 0), tzinfo=timezone(-offset if sign == "-" else offset),
        )  # fmt: skip
        return iso(written)
    return ""


def annotations_in(
    page: int, page_name: str, raws: Iterable[RawAnnotation]
) -> Iterator[PlacedAnnotation]:
    """Yield the annotations of a page with its index and its number in print."""
    return (PlacedAnnotation(page, page_name, raw) for raw in raws)
