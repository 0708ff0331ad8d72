"""Makes words of the characters of a page: upright, with their accents."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from typing import Any, Final

BOLD, SYMBOL, CUT = 1, 2, 4
"""Flags of a word's style: a heavy font, a font of pictures, no space before the word."""

_SIDEWAYS: Final = 200
"""The fewest characters of sideways text that are more than a stamp or the name of an axis."""

_ACCENTS = dict(
    zip("´¨`ˆ^˜~¸ˇ˘˙˚˝¯˛", "\u0301\u0308\u0300\u0302\u0302\u0303\u0303\u0327\u030c\u0306\u0307"
        "\u030a\u030b\u0304\u0328", strict=True)
)  # fmt: skip
_PLAIN = frozenset(range(0x2D, 0x7F)) - set(map(ord, _ACCENTS))
_SPACES = frozenset((0, 9, 10, 13, 32, 0xA0))
_DOTLESS = {"\u0131": "i", "\u0237": "j"}
_HEAVY = re.compile(rb"(?i)bold|black|heavy|-bd|demi|cmbx")
_PICTURES = re.compile(rb"(?i)dingbat|symbol|wingding|webding")
_BULLETS = "\uf0b7\uf0a7\uf0a8\uf06e\uf06c\uf0d8\uf076\uf02d"

WordRecord = list[Any]
"""A word or a part of one: its text, left, right, base line, bottom, top, size and style."""


class Word:
    """A word or a part of one, upright, whatever its direction on the page."""

    __slots__ = (
        "angle", "appearance", "base", "bottom", "last", "left", "right", "size", "style",
        "text", "top",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        edges: tuple[float, float, float, float],
        base: float,
        appearance: _Appearance,
    ) -> None:
        self.text = text
        self.left, self.right, self.bottom, self.top = edges
        self.last = self.left
        self.base = base
        self.appearance = appearance
        self.size, self.angle, self.style = appearance

    def record(self) -> WordRecord:
        """Return the record of the word in a message."""
        edges = (self.left, self.right, self.base, self.bottom, self.top, self.size)
        return [self.text, *(round(one, 2) for one in edges), self.style]


_Appearance = tuple[float, int, int]
"""The size, the direction in degrees and the style that the characters of an object share."""


class WordReader:
    """Reads the words of an open page."""

    def __init__(self, raw: Any, text: Any) -> None:
        """Prepare the calls for each character.

        Args:
            raw: PDFium's functions.
            text: The handle of the page's text.
        """
        self._raw, self._text = raw, text
        self._handle = ctypes.cast(text, ctypes.c_void_p)
        self._unicode_of = fast_call(raw.FPDFText_GetUnicode, ctypes.c_uint)
        self._object_of = fast_call(raw.FPDFText_GetTextObject, ctypes.c_void_p)
        self._box_of = fast_call(raw.FPDFText_GetLooseCharBox, ctypes.c_int, 1)
        self._origin_of = fast_call(raw.FPDFText_GetCharOrigin, ctypes.c_int, 2)
        self._box, self._x, self._y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        places = self._box, self._x, self._y
        self._at_box, self._at_x, self._at_y = (ctypes.addressof(one) for one in places)
        self._appearances: dict[int, _Appearance] = {}

    def words(self, count: int) -> list[Word]:
        """Return the words of the first characters, in the order of the file."""
        handle, unicode_of, box, y = self._handle, self._unicode_of, self._box, self._y
        words: list[Word] = []
        word: Word | None = None  # the last word, which is open until a space comes
        is_open = False
        high = 0
        for index in range(count):
            code = unicode_of(handle, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
            if code in _SPACES:
                is_open = False
                continue
            if (appearance := self._measured(index)) is None:
                continue
            if is_open and word is not None and appearance is word.appearance and code in _PLAIN:
                # The next letter of a word, as nearly all are; the code below has the same result.
                size, angle, _ = appearance
                is_next = angle == 0 and -0.2 * size < box.left - word.right < 0.35 * size
                is_level = abs(word.base - y.value) < 0.01 * size
                if is_next and is_level and word.text[-1] not in _ACCENTS:
                    word.text += chr(code)
                    word.last, word.right = box.left, box.right
                    continue
            character = self._word(code, appearance)
            if is_open and word is not None and _is_part(word, character):
                continue
            words.append(character)
            word, is_open = character, True
        return words

    def _measured(self, index: int) -> _Appearance | None:
        """Measure a character; return its appearance, or None if it has no position."""
        handle = self._handle
        if not self._box_of(handle, index, self._at_box):
            return None
        if not self._origin_of(handle, index, self._at_x, self._at_y):
            return None
        owner = self._object_of(handle, index) or -1 - index
        if (appearance := self._appearances.get(owner)) is None:
            appearance = self._appearances[owner] = _appearance_of(self._raw, self._text, index)
        return appearance

    def _word(self, code: int, appearance: _Appearance) -> Word:
        """Return the character that was measured last."""
        box = self._box
        edges = box.left, box.bottom, box.right, box.top
        edges, base = turned(edges, self._x.value, self._y.value, appearance[1])
        return Word(_character(code, appearance[2]), edges, base, appearance)


def _is_part(word: Word, character: Word) -> bool:
    """Add a character to the word before it if it belongs there; mark it if it only touches it."""
    if not _goes_on(word, character):
        return False
    if _is_level(word, character):
        _add(word, character)
        return True
    character.style |= CUT
    return False


def fast_call(function: Any, result: Any, outputs: int = 0) -> Any:
    """Return a function of a page's text and an index that takes addresses: twice as fast."""
    arguments = [ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * outputs]
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _appearance_of(raw: Any, text: Any, index: int) -> _Appearance:
    matrix = raw.FS_MATRIX()
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    size, angle, style = raw.FPDFText_GetFontSize(text, index), 0.0, 0
    if raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        size *= math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        angle = angle if math.isfinite(angle) else 0.0
    raw.FPDFText_GetFontInfo(text, index, name, len(name), ctypes.byref(flags))
    if raw.FPDFText_GetFontWeight(text, index) >= 600 or _HEAVY.search(name.value):
        style |= BOLD
    if _PICTURES.search(name.value):
        style |= SYMBOL
    step = 90 if abs(angle / 90 - round(angle / 90)) < 0.04 else 5
    return size if 0.1 < size < 10_000 else 10.0, round(angle / step) * step % 360, style


def turned(
    box: tuple[float, float, float, float], x: float, y: float, angle: int
) -> tuple[tuple[float, float, float, float], float]:
    """Return left, right, bottom and top of a box and the base line, turned upright."""
    left, bottom, right, top = box
    if angle == 0:
        return (left, right, bottom, top), y
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    corners = [(one, two) for one in (left, right) for two in (bottom, top)]
    across = [one * cosine + two * sine for one, two in corners]
    up = [two * cosine - one * sine for one, two in corners]
    return (min(across), max(across), min(up), max(up)), y * cosine - x * sine


def _character(code: int, style: int) -> str:
    if code in (2, 0xAD):  # PDFium's code of a hyphen at a line's end; a soft hyphen
        return "-"
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", chr(code))
    if code >= 0x110000:
        return "\ufffd"
    character = chr(code)
    return "•" if character in _BULLETS and style & SYMBOL else character


def _goes_on(word: Word, character: Word) -> bool:
    """Return whether a character belongs to the word before it."""
    size = max(word.size, character.size)
    is_leftward = _is_leftward(character.text) or (
        _is_leftward(word.text) and not character.text.isalnum()
    )
    gap = word.left - character.right if is_leftward else character.left - word.right
    if (
        character.text.isalpha()
        and word.text[-1].isalpha()
        and is_leftward != _is_leftward(word.text)
    ):
        return False
    if word.angle != character.angle or not -size < gap < 0.35 * size:
        return False
    if not is_leftward and character.left < word.left - 0.3 * size:
        return False
    return min(word.top, character.top) - max(word.bottom, character.bottom) > 0.2 * min(
        word.top - word.bottom, character.top - character.bottom
    )


def _is_leftward(text: str) -> bool:
    """Return whether a text is in a script that is written from right to left."""
    return "\u0590" <= text[0] < "\u0900" or "\ufb1d" <= text[0] <= "\ufefc"


def _is_level(word: Word, one: Word) -> bool:
    is_level = abs(word.base - one.base) < 0.08 * word.size
    is_like = abs(word.size - one.size) < 0.12 * word.size
    return (is_level and is_like) or one.text in _ACCENTS or word.text[-1] in _ACCENTS


def _add(word: Word, character: Word) -> None:
    last = word.text[-1]
    joined = ""
    if character.text in _ACCENTS:
        if word.last <= (character.left + character.right) / 2 < word.right - 0.05 * character.size:
            joined = unicodedata.normalize(
                "NFC", _DOTLESS.get(last, last) + _ACCENTS[character.text]
            )
    elif (
        last in _ACCENTS
        and character.left - 0.05 * character.size < (word.last + word.right) / 2 < character.right
    ):
        joined = unicodedata.normalize(
            "NFC", _DOTLESS.get(character.text, character.text) + _ACCENTS[last]
        )
        if len(word.text) == 1:
            word.base, word.size = character.base, character.size
    word.text = word.text[:-1] + joined if len(joined) == 1 else word.text + character.text
    if not (joined and character.text in _ACCENTS):
        word.last = character.left
    word.left, word.right = min(word.left, character.left), max(word.right, character.right)
    word.bottom, word.top = min(word.bottom, character.bottom), max(word.top, character.top)
    word.style &= character.style | CUT


def groups_of(words: list[Word], box: tuple[float, float, float, float]) -> list[dict[str, Any]]:
    """Return the words by direction, the page's own first, without stamps and names of axes.

    Words outside the page, and words with infinite positions, are left out too.
    """
    lengths: Counter[int] = Counter()
    for word in words:
        lengths[word.angle] += len(word.text)
    groups: list[dict[str, Any]] = []
    for angle, length in lengths.most_common():
        if groups and (length < _SIDEWAYS or (angle - groups[0]["angle"]) % 90):
            continue
        (left, right, bottom, top), _ = turned(box, 0, 0, angle)
        records = [
            word.record()
            for word in words
            if word.angle == angle
            and left - 2 < (word.left + word.right) / 2 < right + 2
            and bottom - 2 < (word.bottom + word.top) / 2 < top + 2
            and math.isfinite(word.base)
        ]
        groups.append({"angle": angle, "box": (left, bottom, right, top), "words": records})
    return groups
