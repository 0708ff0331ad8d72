"""The comments of word processors: conversations, the words that they are about, and their keys."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from reader.clock import iso
from reader.core.document import BlockKind, Document, TextRange
from reader.core.sentences import find_sentences
from reader.core.words import trim
from reader.digests import digest_of_texts
from reader.formats.embedded_notes import EmbeddedAnswer, EmbeddedNote, placed, with_own_keys

START: Final = "margin-comment-start-"
"""The name of the anchor where the range of a comment begins, without the comment's number."""

END: Final = "margin-comment-end-"
"""The same for the end of its range."""

POINT: Final = "margin-comment-at-"
"""The same for the sign of the comment, which follows its range."""

MAX_COMMENTS: Final = 20_000
"""The most comments of a document."""

RESOLVED: Final = "resolved"
"""The tag of a conversation that was closed."""

MAX_TEXT: Final = 20_000
"""The most code points of the text of a comment."""

_NEAR: Final = 2000
"""How far the ends of a sentence are looked for, in code points."""

_KEY_LENGTH: Final = 24
_CELL: Final = re.compile(r"[^\t\n]+")


class Comment(NamedTuple):
    """A comment as the file has it."""

    number: str
    """Its number in the file, to which ranges refer."""
    paragraph: str
    """The id of its last paragraph; may be empty."""
    author: str
    """Who wrote it."""
    text: str
    """What was written."""
    written: str
    """When: ISO 8601, UTC, with milliseconds; empty if unknown."""
    parent: str
    """The paragraph id of the comment that it answers; empty if it answers none."""
    is_resolved: bool
    """Whether the conversation is closed."""
    durable: str
    """What identifies the comment as long as it lives; may be empty."""


def count_of(comments: list[Comment]) -> int:
    """Return how many notes comments make: answers are part of the note that they answer."""
    return sum(1 for _ in _conversations(comments))


def notes_of(comments: list[Comment], document: Document) -> tuple[EmbeddedNote, ...]:
    """Return the notes of comments with their passages.

    Args:
        comments: The comments.
        document: The document, with anchors named ``START``, ``END`` and ``POINT``.
    """
    notes = (_note(comment, answers, document) for comment, answers in _conversations(comments))
    return tuple(with_own_keys(notes))


def _conversations(comments: list[Comment]) -> Iterator[tuple[Comment, list[Comment]]]:
    """Yield each comment that answers none, with the answers to it and to its answers."""
    by_paragraph = {one.paragraph: one for one in comments if one.paragraph}
    answers: defaultdict[str, list[Comment]] = defaultdict(list)
    firsts: list[Comment] = []
    for comment in comments:
        first, seen = comment, {comment.paragraph}
        while first.parent in by_paragraph and first.parent not in seen:
            first = by_paragraph[first.parent]
            seen.add(first.paragraph)
        if first is comment:
            firsts.append(comment)
        else:
            answers[first.number].append(comment)
    for comment in firsts:
        if comment.text or answers[comment.number]:
            yield comment, sorted(answers[comment.number], key=lambda one: one.written)


def _note(comment: Comment, answers: list[Comment], document: Document) -> EmbeddedNote:
    note = EmbeddedNote(
        key=_key(comment),
        note=comment.text,
        author=comment.author,
        answers=tuple(
            EmbeddedAnswer(one.text, one.author, one.written) for one in answers if one.text
        ),
        tags=(RESOLVED,) if comment.is_resolved else (),
        created=comment.written,
        modified=comment.written,
    )
    passage = _passage(comment.number, document)
    return note if passage is None else placed(note, document, passage)


def _passage(number: str, document: Document) -> TextRange | None:
    """Return the words of a comment; a comment at a point is about the sentence there.

    An anchor behind the last word of a block is at the start of the next one; behind the last word
    of the text there is none. Those of a cell are at its start.
    """
    start, end, point = (document.place_of(f"#{name}{number}") for name in (START, END, POINT))
    end = point if end is None else end
    if start is not None and (end is None or start < end):
        whole = TextRange(start, len(document.text) if end is None else end)
        if not (passage := trim(document.text, whole)).is_empty:
            return passage
    at = next((offset for offset in (point, start, end) if offset is not None), None)
    if at is None or not document.blocks:
        return None
    text = document.text
    block = document.blocks[document.block_index(at)]
    if block.kind is BlockKind.TABLE:
        cell = _CELL.match(text, at, block.end)
        return TextRange(*cell.span()) if cell else None
    return _sentence_at(document, at)


def _sentence_at(document: Document, at: int) -> TextRange:
    """Return the sentence that an offset is in, or behind which it is."""
    text = document.text
    while at > 0 and text[at - 1].isspace():
        at -= 1
    block = document.blocks[document.block_index(at)]
    first, last = max(block.start, at - _NEAR), min(block.end, at + _NEAR)
    for sentence in find_sentences(text[first:last], document.metadata.language or "en"):
        if first + sentence.end >= at:
            return trim(text, TextRange(first + sentence.start, first + sentence.end))
    return trim(text, TextRange(first, last))


def _key(comment: Comment) -> str:
    """Return what identifies a comment among those of all files, whatever is written in it."""
    name = comment.durable or comment.paragraph or comment.number
    facts = (name, comment.author, comment.written)
    return digest_of_texts(*facts)[:_KEY_LENGTH]


def moment_in(written: str) -> str:
    """Return the time of a comment in Margin's form; one without a zone is local time."""
    if not re.match(r"\d{4}-\d\d-\d\d", written):
        return ""
    try:
        return iso(datetime.fromisoformat(written))
    except (ValueError, OverflowError, OSError):
        return ""
