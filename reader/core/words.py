"""Find the words of a text, and count the words to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reader.core.document import TextRange
from reader.core.graphemes import grapheme_start
from reader.safe_text import SHAPING

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HIRAGANA = "\u3041-\u3096\u3099-\u309f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"

# Combining marks, which ``\w`` does not match: accents, points, and the vowels of Indic scripts,
# Thai, Lao, Tibetan, Burmese and Khmer; and the joiners inside Persian and Indic words.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0"
    "\u0816-\u082d\u0859-\u085b\u08ca-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983"
    "\u09bc-\u09cd\u09d7\u09e2\u09e3\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a75\u0a81-\u0a83"
    "\u0abc-\u0acd\u0ae2\u0ae3\u0b01-\u0b03\u0b3c-\u0b57\u0b62\u0b63\u0b82\u0bbe-\u0bcd\u0bd7"
    "\u0c00-\u0c04\u0c3c-\u0c56\u0c62\u0c63\u0c81-\u0c83\u0cbc-\u0cd6\u0ce2\u0ce3\u0d00-\u0d03"
    "\u0d3b-\u0d4d\u0d57\u0d62\u0d63\u0d81-\u0d83\u0dca-\u0ddf\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f35\u0f37\u0f39\u0f71-\u0f84\u0f86\u0f87\u0f8d-\u0fbc"
    "\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d"
    "\u135d-\u135f\u17b4-\u17d3\u18a9\u1920-\u193b\u1ab0-\u1ace\u1b00-\u1b04\u1b34-\u1b44"
    f"\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f{''.join(SHAPING)}"
)
_LETTERS = rf"(?:(?=[\w{_MARKS}])[^{_HAN}{_HIRAGANA}{_KATAKANA}])+"


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of a word, compiled on first use because that takes 5 ms."""
    return re.compile(
        rf"(?:[^\W\d_]\.){{2,}}"  # U.S., e.g., a.m.
        rf"|{_LETTERS}(?:(?:['’ʼ\-‐‑·&\u00ad]|(?<=\d)[.,:/](?=\d)){_LETTERS})*"
        rf"|[{_HAN}][{_HAN}{''.join(SHAPING)}]*|[{_HIRAGANA}]+|[{_KATAKANA}]+"
    )


# Normal readers read 228 English words, 255 Chinese characters or 357 Japanese characters a minute
# (IReST: Trauzettel-Klosinski and Dietz, 2012, Investigative Ophthalmology & Visual Science
# 53:5452). So a Han character is 228/255 of a word and, if 45% of the characters of a Japanese text
# are Han, a kana is 0.43 of a word.
_WORDS_PER_HAN = 0.9
_WORDS_PER_KANA = 0.43
_LONE_DASHES = (" — ", " – ", " - ", " -- ", " · ", " • ", " / ", " & ", " * ")


@cache
def _wide() -> re.Pattern[str]:
    """Return the pattern of scripts without spaces; compiling it takes 1 ms."""
    return re.compile(f"[{_HAN}{_HIRAGANA}{_KATAKANA}]+")


@cache
def _unspaced() -> re.Pattern[str]:
    """Return the pattern of two characters of scripts that have no spaces between words."""
    return re.compile(f"[{_HAN}{_HIRAGANA}{_KATAKANA}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{{2}}")


@cache
def _han_run() -> re.Pattern[str]:
    return re.compile(f"[{_HAN}]+")


def count_words(text: str) -> int:
    """Return the number of words to read in ``text``, as separated by white space.

    A character of a script without spaces counts as the share of an English word that is read in
    the same time.
    """
    lone = sum(text.count(dash) for dash in _LONE_DASHES)
    if text.isascii() or not _wide().search(text):
        return max(len(text.split()) - lone, 0)
    spaced = _wide().sub(" ", text)
    han = sum(len(run[0]) for run in _han_run().finditer(text))
    kana = sum(len(run[0]) for run in _wide().finditer(text)) - han
    words = sum(1 for word in spaced.split() if any(map(str.isalnum, word)))
    return words + round(han * _WORDS_PER_HAN + kana * _WORDS_PER_KANA)


_REACH = 256
"""The most code points to look back for an offset that divides no word."""


def find_words(text: str, start: int, end: int) -> Iterator[TextRange]:
    """Yield the words between two offsets, in order; a word that reaches outside is cut.

    A word is letters and digits with the apostrophes, hyphens and decimal points inside them, an
    abbreviation with its full stops, or a run of one of the Chinese and Japanese scripts.
    """
    return (TextRange(*match.span()) for match in _word().finditer(text, start, end))


def words_from(text: str, passage: TextRange, offset: int) -> Iterator[TextRange]:
    """Yield the words of a passage in order, starting at or before the word at ``offset``."""
    return find_words(text, _safe_start(text, passage, offset), passage.end)


def last_word_before(text: str, passage: TextRange, offset: int) -> TextRange | None:
    """Return the last word of a passage that begins before ``offset``, or None."""
    reach = _REACH
    while True:
        first = _safe_start(text, passage, offset - reach)
        last = None
        for word in find_words(text, first, passage.end):
            if word.start >= offset:
                break
            last = word
        if first == passage.start or (last is not None and last.start > first):
            return last
        reach *= 4


LONGEST_WORD = 100
"""The most code points of a word that ``word_around`` returns; what is longer is no word."""


def word_around(text: str, offset: int) -> TextRange | None:
    """Return the word that an offset divides.

    Returns:
        None where the offset is at the edge of a word or outside of words, and between two
        characters of a script without spaces, such as Chinese or Thai.
    """
    if not 0 < offset < len(text) or text[offset - 1].isspace() or text[offset].isspace():
        return None
    if _unspaced().fullmatch(text, offset - 1, offset + 1):
        return None
    for word in words_from(text, TextRange(0, len(text)), offset):
        if word.end > offset:
            is_word = word.start < offset and word.end - word.start <= LONGEST_WORD
            return word if is_word else None
    return None


def _safe_start(text: str, passage: TextRange, offset: int) -> int:
    """Return an offset in the passage, before ``offset``, that divides no word.

    It is white space or the passage's start, at most ``_REACH`` code points away; in a text
    without white space, the start of a grapheme.
    """
    near = max(passage.start, offset - _REACH)
    for white in " \n\t":
        cut = text.rfind(white, near, max(offset, near))
        if cut >= 0:
            return cut
    return near if near == passage.start else grapheme_start(text, near)


def trim(text: str, passage: TextRange) -> TextRange:
    """Return ``passage`` without the white space at its ends."""
    piece = text[passage.start : passage.end]
    start = passage.start + len(piece) - len(piece.lstrip())
    return TextRange(start, max(start, passage.start + len(piece.rstrip())))
