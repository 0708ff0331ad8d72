"""Fold text for comparison: case, combining marks, typography and white space.

Two texts that look the same to a reader fold to the same string: ``Caf\u00e9``, ``CAFE`` and
``cafe\u0301``; ``it\u2019s`` and ``it's``; ``\ufb01rst`` and ``first``; words separated by
any white space. Letters follow Unicode's compatibility decomposition (NFKD) and full case folding.
Combining marks are dropped if they are accents, points or harakat, and kept if they spell, as the
vowels of Devanagari or Thai and the voicing of kana do.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from reader.core.document import TextRange
from reader.safe_text import drop_shaping

_TYPOGRAPHY = {
    **dict.fromkeys("“”„‟«»″‶〝〞〟", '"'),
    **dict.fromkeys("‘’‚‛‹›′‵ʼʹ´ˈ", "'"),
    **dict.fromkeys("‐‑‒–—―−⁃", "-"),
    "⁄": "/",
    "∕": "/",
    "ـ": "",  # the Arabic tatweel only stretches a word
}

# Letters that NFKD does not decompose, though the Unicode Collation Algorithm (UTS #10) treats them
# as a letter with a stroke, or as two letters.
_STROKED = {
    "đ": "d\u0335", "Đ": "D\u0335", "ħ": "h\u0335", "Ħ": "H\u0335", "ł": "l\u0335",
    "Ł": "L\u0335", "ø": "o\u0338", "Ø": "O\u0338", "ŧ": "t\u0335", "Ŧ": "T\u0335",
    "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
}  # fmt: skip

_MARKS = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)

_SEEN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2\U000110bd")
"""Format characters that are visible: the signs that enclose Arabic and Syriac numbers."""

_COMPOSABLE = (
    "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\uac00-\ud7a3][\u11a8-\u11c2]"
    "|[\u3041-\u30ff][\u3099\u309a]"
)
"""Jamo that form a Hangul syllable, and kana with a voicing mark."""

_PARTS = "[\u1161-\u1175\u11a8-\u11c2\u3099\u309a\uff9e\uff9f]"
_SPACES = " {2,}"


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    """Compile a pattern when a text needs it; ASCII needs none, and the first screen waits."""
    return re.compile(expression)


def _compose(text: str) -> str:
    return _pattern(_COMPOSABLE).sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def _is_invisible(char: str) -> bool:
    if not drop_shaping(char):
        return True
    return unicodedata.category(char) == "Cf" and char not in _SEEN_FORMATS


class FoldingTable(dict[int, str]):
    """What each code point folds to, computed on first use; for ``str.translate``."""

    def __init__(self, keep_case: bool, keep_marks: bool) -> None:
        """Fill the table for ASCII.

        Args:
            keep_case: Whether upper case is kept.
            keep_marks: Whether accents are kept, as combining marks after their letter.
        """
        super().__init__()
        self._keep_case = keep_case
        self._keep_marks = keep_marks
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
        """Find the characters of a folded text that fold to none or to several characters."""
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
        if folded.startswith(" "):  # an accent by itself: NFKD puts it on a space
            return _TYPOGRAPHY.get(char, char)
        folded = "".join(_TYPOGRAPHY.get(c, c) for c in folded)
        if folded.isascii():
            return folded
        return _compose(folded if self._keep_marks else _pattern(_MARKS).sub("", folded))


@cache
def folding_table(keep_case: bool, keep_marks: bool, /) -> FoldingTable:
    """Return the shared table for these options."""
    return FoldingTable(keep_case, keep_marks)


def fold(
    text: str, *, keep_case: bool = False, keep_marks: bool = False, keep_runs: bool = False
) -> str:
    """Return ``text`` folded for comparison; folding twice changes nothing more.

    Args:
        text: Any text.
        keep_case: Whether upper case is kept.
        keep_marks: Whether accents are kept, as combining marks after their letter.
        keep_runs: Whether each white-space character becomes a space; otherwise a run of them
            becomes one space.
    """
    folded = text.translate(folding_table(keep_case, keep_marks))
    if not folded.isascii() and _pattern(_PARTS).search(folded):
        folded = _compose(folded)
    return folded if keep_runs or "  " not in folded else _pattern(_SPACES).sub(" ", folded)


def fold_with_offsets(
    text: str, *, keep_case: bool = False, keep_marks: bool = False, keep_runs: bool = False
) -> tuple[str, Sequence[int]]:
    """Return ``text`` folded, and the offset that each folded character came from.

    Args:
        text: Any text.
        keep_case: As for ``fold``.
        keep_marks: As for ``fold``.
        keep_runs: As for ``fold``.

    Returns:
        The folded text, equal to the result of ``fold``, and its offsets in ``text``: one for each
        folded character, never falling, then ``len(text)``. ``unfold`` maps a range of the folded
        text to ``text``.
    """
    if text.isascii():
        folded: str = text.translate(folding_table(keep_case, keep_marks))
        offsets: Sequence[int] = range(len(text) + 1)
    else:
        folded, offsets = _translate(text, folding_table(keep_case, keep_marks))
        if _pattern(_PARTS).search(folded):
            folded, offsets = _shorten(folded, offsets, _pattern(_COMPOSABLE), _compose)
    if not keep_runs and "  " in folded:
        folded, offsets = _shorten(folded, offsets, _pattern(_SPACES), lambda _: " ")
    return folded, offsets


def _translate(text: str, characters: FoldingTable) -> tuple[str, Sequence[int]]:
    """Fold each code point; only those that change the length are handled one by one."""
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
    """Replace each match by a text that is not longer, and drop the offsets of the rest."""
    pieces: list[str] = []
    new_offsets = array("l")
    end = 0
    for match in pattern.finditer(folded):
        start = match.start()
        piece = replace(match[0])
        pieces += (folded[end:start], piece)
        new_offsets.extend(offsets[end : start + len(piece)])
        end = match.end()
    pieces.append(folded[end:])
    new_offsets.extend(offsets[end:])
    return "".join(pieces), new_offsets


def unfold(offsets: Sequence[int], start: int, end: int) -> TextRange:
    """Return the range of the text that the folded range ``start:end`` came from.

    A character that is partly in the folded range is wholly in the result, with the combining
    marks and the invisible characters after it.

    Args:
        offsets: The offsets that ``fold_with_offsets`` returned.
        start: Offset of the first folded character.
        end: Offset after the last folded character.
    """
    if end <= start:
        return TextRange(offsets[start], offsets[start])
    return TextRange(offsets[start], offsets[bisect_right(offsets, offsets[end - 1], end)])
