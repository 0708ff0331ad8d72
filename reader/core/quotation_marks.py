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
_CLOSERS: Final = {
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
    '"': '"',
    "‘": "’",
    "‚": "‘",
    "'": "'",
}
"""What closes what each mark opens."""

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

    Words that are one quotation with its marks keep one pair. A mark whose partner is outside the
    words stays, in the form that the language has inside a quotation.

    Args:
        words: The words.
        language: The BCP 47 tag of their language; may be empty.
    """
    words = words.strip()
    marks = marks_of(language)
    parts = _parts(words)
    is_whole = _is_one_quotation(words, parts)
    pieces: list[str] = []
    at = 0
    for part in parts:
        styles = marks.outer if (part.depth + (not is_whole)) % 2 == 0 else marks.inner
        pieces += (words[at : part.start], styles[0 if part.is_opening else 1])
        at = part.end
    pieces.append(words[at:])
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
    open_marks: list[str] = []
    for match in _MARK.finditer(words):
        mark, start = match[0][0], match.start()
        before = words[start - 1] if start else " "
        after = words[start + 1 : start + 2] or " "
        if open_marks and mark in _CLOSERS[open_marks[-1]] and _may_close(mark, before, after):
            open_marks.pop()
            has_space = mark in _GUILLEMETS and before.isspace()
            parts.append(_Part(start - has_space, start + 1, len(open_marks), is_opening=False))
        elif open_marks[-1:] == [mark] and before == "\n":  # the next paragraph of a quotation
            parts.append(_Part(start, start + 1, len(open_marks) - 1, is_opening=True))
        elif _may_open(mark, before, after):
            has_space = mark in _GUILLEMETS and after.isspace()
            parts.append(_Part(start, start + 1 + has_space, len(open_marks), is_opening=True))
            open_marks.append(mark)
        elif mark not in "’'‘" and not (mark == '"' and before.isdigit()):
            parts.append(_Part(start, start + 1, len(open_marks), is_opening=False))
    return parts


def _may_open(mark: str, before: str, after: str) -> bool:
    if mark in _ONLY_CLOSING or before not in _BEFORE_OPENING:
        return mark in "“„«「『" and not before.isalnum() and not after.isspace()
    if mark in "‘‚'":
        return after.isalnum() or after in '“"[…'
    if mark in "«‹":
        return True
    return not after.isspace() and mark != "’"


def _may_close(mark: str, before: str, after: str) -> bool:
    if mark in "’'‘":
        return not after.isalnum() and (not before.isspace() or before == _NO_BREAK)
    return True
