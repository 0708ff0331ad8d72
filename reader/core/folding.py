"""The one place where text is folded for comparing: case, marks, typography and white space.

Two wordings that a reader takes for the same fold to the same string: ``Caf\u00e9``, ``CAFE`` and
``cafe\u0301``; ``it\u2019s`` and ``it's``; ``\ufb01rst`` and ``first``; words parted by a no-break
space or by a line's end. The letters are those of Unicode's compatibility decomposition (NFKD)
and full case folding; marks are dropped only where they are accents, points or harakat, never
where they spell (the vowels of Devanagari or Thai, the voicing of kana).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from reader.core.document import TextRange

_TYPOGRAPHY = {
    **dict.fromkeys("“”„‟«»″‶〝〞〟", '"'),
    **dict.fromkeys("‘’‚‛‹›′‵ʼʹ´ˈ", "'"),
    **dict.fromkeys("‐‑‒–—―−⁃", "-"),
    "⁄": "/",
    "∕": "/",
    "ـ": "",  # the Arabic tatweel stretches a word and spells nothing
}

# Letters that NFKD leaves whole, though the Unicode Collation Algorithm (UTS #10) holds them for
# a letter with a stroke, or for two letters.
_STROKED = {
    "đ": "d\u0335", "Đ": "D\u0335", "ħ": "h\u0335", "Ħ": "H\u0335", "ł": "l\u0335",
    "Ł": "L\u0335", "ø": "o\u0338", "Ø": "O\u0338", "ŧ": "t\u0335", "Ŧ": "T\u0335",
    "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
}  # fmt: skip

_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)

_SEEN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2\U000110bd")
"""Format characters that are drawn: the signs that enclose Arabic and Syriac numbers."""

_COMPOSABLE = re.compile(
    "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\uac00-\ud7a3][\u11a8-\u11c2]"
    "|[\u3041-\u30ff][\u3099\u309a]"
)
"""Jamo that make up a Hangul syllable, and kana with a mark that voices it."""

_HAS_PARTS = re.compile("[\u1161-\u1175\u11a8-\u11c2\u3099\u309a\uff9e\uff9f]")
_SPACES = re.compile(" {2,}")


def _compose(text: str) -> str:
    return _COMPOSABLE.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def _is_invisible(char: str) -> bool:
    if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return True  # variation selectors
    return unicodedata.category(char) == "Cf" and char not in _SEEN_FORMATS


class FoldingTable(dict[int, str]):
    """What each code point folds to, found out when it is first met; for ``str.translate``."""

    def __init__(self, keep_case: bool, keep_marks: bool) -> None:
        """Start empty but for ASCII.

        Args:
            keep_case: Whether upper case stays upper case.
            keep_marks: Whether accents stay, as combining marks after their letter.
        """
        super().__init__()
        self._keep_case = keep_case
        self._store_validators = keep_marks
        self._uneven: set[str] = set()
        for code in range(128):
            self[code] = self._fold(chr(code))

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = self[code] = self._fold(char)
        if len(folded) != 1:
            self._uneven.add(char)
        return folded

    def find_uneven(self, text: str) -> Iterator[re.Match[str]]:
        """Find the characters of a text, once folded, that fold to none or to more than one."""
        if not self._uneven:
            return iter(())
        return re.finditer(f"[{re.escape(''.join(sorted(self._uneven)))}]", text)

    def _fold(self, char: str) -> str:
        if char.isspace():
            return " "
        if _is_invisible(char):
            return ""
        folded = char
        while True:
            cased = folded if self._keep_case else folded.casefold()
            parts = unicodedata.normalize("NFKD", "".join(_STROKED.get(c, c) for c in cased))
            if parts == folded:
                break
            folded = parts
        if folded.startswith(" "):  # an accent that stands by itself: NFKD puts it on a space
            return _TYPOGRAPHY.get(char, char)
        folded = "".join(_TYPOGRAPHY.get(c, c) for c in folded)
        return _compose(folded if self._store_validators else _MARKS.sub("", folded))


@cache
def folding_table(keep_case: bool, keep_marks: bool, /) -> FoldingTable:
    """Return the table of one way of folding; the same object for the same arguments."""
    return FoldingTable(keep_case, keep_marks)


def fold(
    text: str, *, keep_case: bool = False, keep_marks: bool = False, keep_runs: bool = False
) -> str:
    """Return ``text`` folded for comparing; folding what is folded changes nothing.

    Args:
        text: Any text.
        keep_case: Whether upper case stays upper case.
        keep_marks: Whether accents stay, as combining marks after their letter.
        keep_runs: Whether each white-space character becomes a space of its own; otherwise a
            run of them becomes one space.
    """
    folded = text.translate(folding_table(keep_case, keep_marks))
    if not folded.isascii() and _HAS_PARTS.search(folded):
        folded = _compose(folded)
    return folded if keep_runs or "  " not in folded else _SPACES.sub(" ", folded)


def fold_with_offsets(
    text: str, *, keep_case: bool = False, keep_marks: bool = False, keep_runs: bool = False
) -> tuple[str, Sequence[int]]:
    """Return ``text`` folded, and where each folded character came from.

    Args:
        text: Any text.
        keep_case: As for ``fold``.
        keep_marks: As for ``fold``.
        keep_runs: As for ``fold``.

    Returns:
        The folded text, equal to what ``fold`` gives, and its offsets: one for each folded
        character, in order and never falling, and ``len(text)`` at the end. ``unfold`` turns a
        range of the folded text into one of ``text``.
    """
    if text.isascii():
        folded: str = text.translate(folding_table(keep_case, keep_marks))
        offsets: Sequence[int] = range(len(text) + 1)
    else:
        folded, offsets = _translate(text, folding_table(keep_case, keep_marks))
        if _HAS_PARTS.search(folded):
            folded, offsets = _shorten(folded, offsets, _COMPOSABLE, _compose)
    if not keep_runs and "  " in folded:
        folded, offsets = _shorten(folded, offsets, _SPACES, lambda _: " ")
    return folded, offsets


def _translate(text: str, characters: FoldingTable) -> tuple[str, Sequence[int]]:
    """Fold code point by code point; only those that change the length are looked at singly."""
    folded: str = text.translate(characters)
    offsets = array("l")
    done = 0
    for match in characters.find_uneven(text):
        offset = match.start()
        offsets.extend(range(done, offset))
        offsets.extend([offset] * len(characters[ord(text[offset])]))
        done = offset + 1
    if done == 0:
        return folded, range(len(text) + 1)
    offsets.extend(range(done, len(text) + 1))
    return folded, offsets


def _shorten(
    folded: str, offsets: Sequence[int], pattern: re.Pattern[str], replace: Callable[[str], str]
) -> tuple[str, array[int]]:
    """Replace each match by what is as long or shorter; the rest of a match is dropped."""
    pieces: list[str] = []
    kept = array("l")
    end = 0
    for match in pattern.finditer(folded):
        start = match.start()
        piece = replace(match[0])
        pieces += (folded[end:start], piece)
        kept.extend(offsets[end : start + len(piece)])
        end = match.end()
    pieces.append(folded[end:])
    kept.extend(offsets[end:])
    return "".join(pieces), kept


def unfold(offsets: Sequence[int], start: int, end: int) -> TextRange:
    """Return the range of the text that the folded range ``start:end`` came from.

    A character of which the folded range holds a part belongs to it whole, and so do the marks
    and the invisible characters that follow it.

    Args:
        offsets: What ``fold_with_offsets`` returned with the folded text.
        start: Offset of the first folded character.
        end: Offset after the last folded character.
    """
    if end <= start:
        return TextRange(offsets[start], offsets[start])
    return TextRange(offsets[start], offsets[bisect_right(offsets, offsets[end - 1], end)])
