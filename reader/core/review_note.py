"""What a review reads from a note and adds to it: hidden words, and dated lines.

``{{26 per cent}}`` in a note hides these words in its passage until the reader asks for the note.
It stands in the note, so that it is written in the note's editor, merged and exported with it.
"""

from __future__ import annotations

import re
from typing import Final

from reader.core.document import TextRange
from reader.core.note_text import words_in_braces
from reader.core.search import TextFinder

MOST_HIDDEN: Final = 50
"""The most pairs of braces of a note that hide something."""

_DATED = re.compile(r"- \d{4}-\d{2}-\d{2} ")


def hidden_words(note: str) -> list[str]:
    """Return the words that a note hides, each once, in their order."""
    found = (words.strip() for words in words_in_braces(note))
    return list(dict.fromkeys(filter(None, found)))[:MOST_HIDDEN]


def hidden_ranges(note: str, passage: str) -> list[TextRange]:
    """Return the ranges of a passage that its note hides, in order and without overlap.

    Words are found as the search finds them; those that the passage does not have hide nothing.
    """
    words = hidden_words(note)
    finder = TextFinder(passage)
    found = sorted(place for each in words for place in finder.find(each))
    ranges: list[TextRange] = []
    for place in found:
        if ranges and place.start <= ranges[-1].end:
            ranges[-1] = TextRange(ranges[-1].start, max(place.end, ranges[-1].end))
        else:
            ranges.append(place)
    return ranges


def with_hidden(note: str, words: str) -> str:
    """Return a note that hides words of its passage as well.

    Args:
        note: The note.
        words: The words, on one line and without braces.
    """
    if words in hidden_words(note):
        return note
    return _with_paragraph(note, f"{{{{{words}}}}}")


def with_dated_line(note: str, day: str, line: str) -> str:
    """Return a note with one more line of its history: ``- 2026-11-30 asked press office``.

    Args:
        note: The note.
        day: The day, such as ``2026-11-30``.
        line: What was done; white space is made single spaces.
    """
    entry = f"- {day} {' '.join(line.split())}"
    last = note.rstrip().rpartition("\n")[2]
    if _DATED.match(last):
        return f"{note.rstrip()}\n{entry}"
    return _with_paragraph(note, entry)


def _with_paragraph(note: str, paragraph: str) -> str:
    return f"{note.rstrip()}\n\n{paragraph}" if note.strip() else paragraph
