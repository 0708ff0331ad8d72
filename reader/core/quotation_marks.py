"""Quotation marks by language, also around words that hold quotation marks themselves."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_NO_BREAK = "\u00a0"


class Marks(NamedTuple):
    """The marks of a language."""

    outer: tuple[str, str]
    """What opens and closes a quotation."""
    inner: tuple[str, str]
    """What opens and closes a quotation inside another one."""


_ENGLISH = Marks(("“", "”"), ("‘", "’"))
_GERMAN = Marks(("„", "“"), ("‚", "‘"))
_SWISS = Marks(("«", "»"), ("‹", "›"))
_SPANISH = Marks(("«", "»"), ("“", "”"))
_NORDIC = Marks(("”", "”"), ("’", "’"))
_RUSSIAN = Marks(("«", "»"), ("„", "“"))
_JAPANESE = Marks(("「", "」"), ("『", "』"))
_POLISH = Marks(("„", "”"), ("«", "»"))
_FRENCH = Marks((f"«{_NO_BREAK}", f"{_NO_BREAK}»"), ("“", "”"))

_BY_LANGUAGE: Final = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "is", "et", "lt"), _GERMAN),
    **dict.fromkeys(("es", "it", "ca", "gl", "pt-pt", "el"), _SPANISH),
    **dict.fromkeys(("sv", "fi"), _NORDIC),
    **dict.fromkeys(("ru", "uk", "be"), _RUSSIAN),
    **dict.fromkeys(("ja", "zh-tw", "zh-hk", "zh-hant"), _JAPANESE),
    **dict.fromkeys(("pl", "ro"), _POLISH),
    **dict.fromkeys(("de-ch", "de-li", "fr-ch", "it-ch"), _SWISS),
    "fr": _FRENCH,
    "hu": Marks(("„", "”"), ("»", "«")),
    "hr": Marks(("„", "”"), ("‘", "’")),
    "nb": Marks(("«", "»"), ("‘", "’")),
    "no": Marks(("«", "»"), ("‘", "’")),
}
"""The marks of languages, and of their countries where these have others."""

_MARK: Final = re.compile("[“”„‟«»‹›「」『』\"‘’‚']")
CLOSERS: Final = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
}
"""What closes what each mark opens, without the straight marks and those that are apostrophes as
well; German closes with what English opens with."""

_CLOSERS: Final = {
    **CLOSERS,
    '"': '"',
    "‘": "’",
    "‚": "‘",
    "'": "'",
}
"""What closes what each mark opens, where words are quoted."""

_ONLY_CLOSING = frozenset("」』")
_GUILLEMETS = frozenset("«»‹›")
_BEFORE_OPENING = frozenset(" \n\t\u00a0\u202f(—–-[/“„«‘‚「『\"'")


class _Part(NamedTuple):
    """A mark in a text, which opens or closes a quotation."""

    start: int
    """Offset of the mark, with a space before it that belongs to a guillemet."""
    end: int
    """Offset after it, and after such a space."""
    depth: int
    """How many quotations are around the quotation."""
    is_opening: bool
    """Whether it opens the quotation."""
    has_partner: bool = True
    """Whether the words hold the mark at the other end of the quotation."""


def marks_of(language: str) -> Marks:
    """Return the marks of a language; those of English for one that is not known.

    Args:
        language: A BCP 47 tag; may be empty.
    """
    code = language.lower().replace("_", "-")
    while code:
        if code in _BY_LANGUAGE:
            return _BY_LANGUAGE[code]
        code = code.rpartition("-")[0]
    return _ENGLISH


def quoted(words: str, language: str = "") -> str:
    """Return words in quotation marks; marks inside them alternate as the language has it.

    Words that are one quotation with its marks keep one pair. Where the words begin inside a
    quotation and end inside one, as speech does that is broken by “she said”, the marks around them
    are those of the speech. A mark that lacks its partner otherwise gets one.

    Args:
        words: The words.
        language: The BCP 47 tag of their language; may be empty.
    """
    words = words.strip()
    marks = marks_of(language)
    parts = _parts(words)
    begins_inside = any(not part.has_partner and not part.is_opening for part in parts)
    ends_inside = any(not part.has_partner and part.is_opening for part in parts)
    is_whole = _is_one_quotation(words, parts)
    is_outside = not is_whole and not (begins_inside and ends_inside)
    pieces: list[str] = [marks.inner[0]] if begins_inside and is_outside else []
    at = 0
    for part in parts:
        styles = marks.outer if (part.depth + is_outside) % 2 == 0 else marks.inner
        pieces += (words[at : part.start], styles[0 if part.is_opening else 1])
        at = part.end
    pieces.append(words[at:])
    if ends_inside and is_outside:
        pieces.append(marks.inner[1])
    text = "".join(pieces)
    return text if is_whole else f"{marks.outer[0]}{text}{marks.outer[1]}"


def _is_one_quotation(words: str, parts: list[_Part]) -> bool:
    """Return whether the first mark opens what the last one closes, and nothing is outside."""
    if len(parts) < 2 or parts[0].start or not parts[0].is_opening:
        return False
    closing = next((part for part in parts if part.depth == 0 and not part.is_opening), None)
    return closing is parts[-1] and closing.end == len(words)


def _parts(words: str) -> list[_Part]:
    """Return the quotation marks in words, without apostrophes."""
    parts: list[_Part] = []
    open_parts: list[int] = []
    for match in _MARK.finditer(words):
        mark, start, end = match[0], match.start(), match.end()
        before, after = _around(words, start)
        top = words[parts[open_parts[-1]].start] if open_parts else ""
        if top and mark in _CLOSERS[top] and _may_close(mark, before, after):
            open_parts.pop()
            start -= _has_space(words, mark, start - 1, parts)
            parts.append(_Part(start, end, len(open_parts), is_opening=False))
        elif mark == top and before == "\n":  # the next paragraph of a quotation
            parts.append(_Part(start, end, len(open_parts) - 1, is_opening=True))
        elif _may_open(mark, before, after) and _is_closed_if_single(words, mark, end):
            end += _has_space(words, mark, end, parts)
            open_parts.append(len(parts))
            parts.append(_Part(start, end, len(open_parts) - 1, is_opening=True))
        elif mark not in "’'‘‚" and not (mark == '"' and before.isdigit()):
            start -= _has_space(words, mark, start - 1, parts)
            depth = len(open_parts)
            parts.append(_Part(start, end, depth, is_opening=False, has_partner=depth > 0))
    for index in open_parts[:1]:
        parts[index] = parts[index]._replace(has_partner=False)
    return parts


def _around(words: str, start: int) -> tuple[str, str]:
    """Return the characters before and after a mark; a space where there is none."""
    return words[start - 1] if start else " ", words[start + 1 : start + 2] or " "


def _has_space(words: str, mark: str, offset: int, parts: list[_Part]) -> bool:
    """Return whether the character at an offset is a space that belongs to a guillemet."""
    is_free = offset >= (parts[-1].end if parts else 0)
    return mark in _GUILLEMETS and is_free and words[offset : offset + 1].isspace()


def _is_closed_if_single(words: str, mark: str, end: int) -> bool:
    """Return whether a single mark has a closing one behind it; others need none."""
    return mark not in "‘'‚" or any(
        match[0] in _CLOSERS[mark] and _may_close(match[0], *_around(words, match.start()))
        for match in _MARK.finditer(words, end)
    )


def _may_open(mark: str, before: str, after: str) -> bool:
    if mark in _ONLY_CLOSING or before not in _BEFORE_OPENING:
        return mark in "“„«「『" and not before.isalnum() and not after.isspace()
    if mark in "‘‚'":
        return after.isalnum() or after in '“"[…'
    if mark in "«‹":
        return True
    if mark in "»›”":  # German and Swedish open with what others close with
        return after.isalnum() or after in '“"[…„‘‚'
    return not after.isspace() and mark != "’"


def _may_close(mark: str, before: str, after: str) -> bool:
    if mark in "’'‘":
        return not after.isalnum() and (not before.isspace() or before == _NO_BREAK)
    return mark != '"' or not (before.isspace() and after.isalnum())
