"""Find the passages of a paragraph that stand in quotation marks, of any style."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reader.core.document import TextRange
from reader.core.quotation_marks import CLOSERS

_CLOSERS = {
    **CLOSERS,
    "“”": "”",
    '"': '"”',
    "``": ("''", "”", '"'),
    "‘": "’",
    "'": "'’",
    "‚": "‘’",
    "＂": "＂",
    "״": "״",
    "〝": "〞〟",
    "❝": "❞",
}
"""The marks that close what each mark opens, where a text is searched for quotations."""

_SINGLE = frozenset("‘'‚")
"""Opening marks that are apostrophes as well, or that mostly stand inside other quotations."""

_STRAIGHT = frozenset('"＂״')
"""Marks that both open and close; the last one also stands inside Hebrew abbreviations."""

_BOTH_WAYS = frozenset("\"'”»›")
"""Marks that open in one habit and close in another, so that only their neighbours decide."""

_OPENING = re.compile(r"``|[“„‟”«»‹›「『\"‘'‚＂״〝❝]")
_ANY = re.compile(r"''|[”“»«›‹」』\"’'‘＂״〞〟❞]")
_END_OR_OPENING = re.compile(r"[,.?!…][’'](?!\w)|(?<=[\s(—–])[‘']")
_ENDS = ",.?!…"
_LOOK_AHEAD = 400
"""How far after a genitive, or after inches, the closing mark is looked for, in code points."""

_LONGEST_IN_SINGLE_MARKS = 4000
"""How long a passage in single marks is at most, in code points; many marks are apostrophes."""

_ELISION = re.compile(r"(?:\d\ds?|tis|twas|em|cause|til|till|bout|round|n|ere)\b", re.IGNORECASE)
"""What follows an apostrophe at the start of a word."""

_LONGEST_LONE = 1000
"""How long a lone passage in single marks is at most, in code points."""

_FEWEST_SPACES = 3
"""The fewest spaces in a lone passage in single marks: those of four words."""

DIALOGUE_DASH = "—"
"""What opens speech in dialogues, as in Spanish books: *—No sé —dijo ella—. Quizá.*"""

_DIALOGUE = re.compile(r"^—[^\s—][^\n]*?\s—[^\W\d_]", re.MULTILINE)
_NARRATOR_BEGINS = re.compile(r"\s—(?=[^\W\d_])")
_NARRATOR_ENDS = re.compile(r"—[.,;:?!…]*(?!\S)")

_BEFORE_OPENING = " \u00a0\u202f\n\t(—–-[/:“\"‘'„«"


class Marked(msgspec.Struct, frozen=True, gc=False):
    """A passage in quotation marks."""

    outer: TextRange
    """The passage with its marks."""
    start: int
    """Offset of the first code point inside, without white space."""
    end: int
    """Offset after the last code point inside, without white space."""
    mark: str
    """The opening mark."""
    is_closed: bool
    """Whether a mark closes it; otherwise it runs to the end of its paragraph."""


def uses_single_marks(text: str) -> bool:
    """Return whether speech in ``text`` stands in single quotation marks, as in British books."""
    doubles = sum(text.count(mark) for mark in ("“", "”", '"', "«", "»", "„", "「", "''"))
    pairs = sum(1 for _ in _single_pairs(text)) if "‘" in text or "'" in text else 0
    return pairs > 0 and pairs * 2 >= doubles


def find_marked(
    text: str, start: int, end: int, *, singles: bool, lone_singles: bool = False
) -> list[Marked]:
    """Return the passages in quotation marks between two offsets, without those inside others.

    Args:
        text: The text.
        start: Where a paragraph begins.
        end: Where it ends.
        singles: Whether single marks open passages, too.
        lone_singles: Whether they do in a text of other marks where they hold four words and more
            and are no apostrophes.
    """
    passages: list[Marked] = []
    offset = start
    while match := _OPENING.search(text, offset, end):
        mark = match[0]
        offset = match.end()
        if not _opens(text, match, start, end):
            continue
        if mark in _SINGLE and not singles:
            close = _close_lone(text, mark, offset, end) if lone_singles else None
            if close is None:
                continue
        else:
            close = _close(text, mark, offset, end)
        if close is None and mark in _SINGLE and match.start() > start:
            continue  # an apostrophe
        inner_end, outer_end = close or (end, end)
        first, last = _trimmed(text, match.end(), inner_end)
        if first < last:
            outer = TextRange(match.start(), outer_end if close else last)
            passages.append(Marked(outer, first, last, mark, is_closed=close is not None))
            offset = max(outer_end, offset)
    return passages


def uses_dialogue_dashes(text: str) -> bool:
    """Return whether dashes open speech in ``text``, and the narrator's words inside it."""
    return _DIALOGUE.search(text) is not None


def find_dialogue(text: str, start: int, end: int) -> list[Marked]:
    """Return what is said in a paragraph that a dash opens, without the narrator's words.

    Args:
        text: The text.
        start: Where the paragraph begins, with its dash.
        end: Where it ends.
    """
    passages: list[Marked] = []
    at = start + len(DIALOGUE_DASH)
    while True:
        narrator = _NARRATOR_BEGINS.search(text, at, end)
        first, last = _trimmed(text, at, narrator.start() if narrator else end)
        if first < last:
            outer = TextRange(first if passages else start, last)
            passages.append(Marked(outer, first, last, DIALOGUE_DASH, is_closed=True))
        resumed = _NARRATOR_ENDS.search(text, narrator.end(), end) if narrator else None
        if resumed is None:
            return passages
        at = resumed.end()


def _single_pairs(text: str) -> Iterator[re.Match[str]]:
    return re.finditer(
        r"(?:^|(?<=[\s(—–]))(?:[‘'](?=\w)[^\n]{0,2000}?[,.?!…][’'](?!\w)"
        r"|‚(?=\w)[^\n]{0,2000}?[,.?!…]‘(?!\w))",
        text,
        re.MULTILINE,
    )


def _opens(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Return whether a mark may open a passage, by its neighbours."""
    mark = match[0]
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    if mark in _SINGLE:
        return before in _BEFORE_OPENING and (after.isalnum() or after in '“"[…')
    if mark in _STRAIGHT:
        return not before.isalnum() and not (after.isspace() and before.isspace())
    if mark in _BOTH_WAYS:
        return before in _BEFORE_OPENING and not after.isspace()
    return True


def _close(text: str, mark: str, offset: int, end: int) -> tuple[int, int] | None:
    """Return where the passage ends inside and outside its closing mark; None if it is open."""
    closers = _CLOSERS[mark]
    is_inside = False  # a quotation in straight marks inside one in German marks
    last = min(end, offset + _LONGEST_IN_SINGLE_MARKS) if mark in _SINGLE else end
    for match in _ANY.finditer(text, offset, last):
        at, closer = match.start(), match[0]
        before = text[at - 1]
        after = text[match.end()] if match.end() < end else " "
        if mark == "“" and closer in '"“':
            # A closing mark that was typed as another one; a straight one may stand for inches.
            ahead = text[at : min(last, at + _LOOK_AHEAD)] if before.isdigit() else ""
            is_inch = closer == '"' and "”" in ahead.partition("“")[0]
            if (
                at > offset
                and not is_inch
                and ((closer == '"' and not after.isalnum()) or (closer == "“" and before in _ENDS))
            ):
                return at, match.end()
            continue
        if mark == "„" and closer == '"':
            if is_inside or not (before.isspace() or at == offset or after.isalnum()):
                if not is_inside:
                    return at, match.end()
                is_inside = False
            else:
                is_inside = True
            continue
        if closer not in closers:
            continue
        if mark in _SINGLE:
            if _closes_single(text, at, end, before, after):
                return at, match.end()
        elif closer not in _STRAIGHT or not after.isalnum() or before in _ENDS:
            return at, match.end()
    return None


def _close_lone(text: str, mark: str, offset: int, end: int) -> tuple[int, int] | None:
    """Return where a lone passage in single marks ends; None where they may be apostrophes."""
    if mark != "‚" and _ELISION.match(text, offset, end):
        return None
    end = min(end, offset + _LONGEST_LONE)
    for match in re.finditer(f"[{mark}{_CLOSERS[mark]}]", text[offset:end]):
        at = offset + match.start()
        before, after = text[at - 1], text[at + 1 : at + 2] or " "
        if before in _BEFORE_OPENING:
            return None  # another passage, or an apostrophe before a word
        is_genitive = before in "sxz" and after == " " and text[at + 2 : at + 3].islower()
        if match[0] in _CLOSERS[mark] and not after.isalnum() and not is_genitive:
            return (at, at + 1) if text.count(" ", offset, at) >= _FEWEST_SPACES else None
    return None


def _closes_single(text: str, at: int, end: int, before: str, after: str) -> bool:
    """Return whether an apostrophe closes a passage: no letter follows, and no genitive ends."""
    if after.isalnum():
        return False
    if before in _ENDS or not after.isspace():
        return True
    if not before.isalpha() or not text[at + 2 : at + 3].islower():
        return True
    following = _END_OR_OPENING.search(text, at + 1, min(end, at + _LOOK_AHEAD))
    return following is None or following[0][0] in "‘'"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
