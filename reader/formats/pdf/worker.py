"""Runs alone, as a process of its own: PDFium reads a PDF and tells its pages, one after another.

PDFium is written in C++, and a PDF may be made to crash it, to keep it busy for ever or to fill the
memory. Here nothing else is at stake. The program imports nothing of Margin's, so that it starts
fast; ``process`` starts it, with its limits as arguments and the file at its standard input.
Each message is four bytes of length and that much JSON. When standard input ends, so does the
process: it cannot outlive the one that started it.

Distances are in points, 1/72 of an inch, from the lower left corner; ``y`` grows upwards. A page
whose text runs sideways is turned so that it is upright.
"""

from __future__ import annotations

import ctypes
import json
import math
import os
import re
import struct
import sys
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

MAX_CHARACTERS: Final = 200_000
"""Characters that are read of one page."""

MAX_ENTRIES: Final = 20_000
"""Entries of the contents that are read, and links of one page."""

BOLD, SYMBOL, CUT = 1, 2, 4
"""What a piece's style may hold: a heavy font, a font of pictures; it follows without a space."""

_SIDEWAYS: Final = 200
"""Characters of sideways text that are more than a stamp or the name of an axis."""

_FACTS = ("Title", "Author", "CreationDate")
_WRONG_PASSWORD: Final = 4
_URI_ACTION: Final = 3
_GO_TO_ACTION: Final = 1
_IMAGE_OBJECT: Final = 3
_FIELD: Final = 20
_FLATTENED: Final = 1
_ACCENTS = dict(
    zip("´¨`ˆ^˜~¸ˇ˘˙˚˝¯˛", "\u0301\u0308\u0300\u0302\u0302\u0303\u0303\u0327\u030c\u0306\u0307"
        "\u030a\u030b\u0304\u0328", strict=True)
)  # fmt: skip
_PLAIN = frozenset(range(0x2D, 0x7F)) - set(map(ord, _ACCENTS))
_DOTLESS = {"\u0131": "i", "\u0237": "j"}
_HEAVY = re.compile(rb"(?i)bold|black|heavy|-bd|demi|cmbx")
_PICTURES = re.compile(rb"(?i)dingbat|symbol|wingding|webding")
_BULLETS = "\uf0b7\uf0a7\uf0a8\uf06e\uf06c\uf0d8\uf076\uf02d"

Piece = list[Any]
"""A word or a part of one: its text, left, right, base line, bottom, top, size and style."""


def main() -> None:
    """Read the PDF at standard input and tell what it holds."""
    site, memory, seconds, size = sys.argv[1:5]
    _limit(int(memory), int(seconds))
    source = sys.stdin.buffer
    data = source.read(int(size))
    threading.Thread(target=_end_with, args=(source,), daemon=True).start()
    sys.path.append(site)
    try:
        # Only now is it known where it is.
        import pypdfium2_raw as raw  # type: ignore[import-untyped]  # noqa: PLC0415

        raw.FPDF_InitLibrary()
        for message in _messages(raw, data):
            _tell(message)
    except MemoryError:
        _tell({"fault": "memory"})
    sys.stdout.flush()
    os._exit(0)  # PDFium need not tidy up.


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415  (Windows has none)
    except ImportError:
        return
    for kind, wanted in (("AS", memory), ("CPU", seconds), ("CORE", 0), ("NOFILE", 64)):
        number = getattr(resource, f"RLIMIT_{kind}")
        hard = resource.getrlimit(number)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(number, (most, most))
        except (ValueError, OSError):  # macOS refuses some.
            continue


def _end_with(source: Any) -> None:
    source.read(1)
    os._exit(1)


def _tell(message: object) -> None:
    data = json.dumps(message, separators=(",", ":")).encode()
    sys.stdout.buffer.write(struct.pack(">I", len(data)) + data)
    sys.stdout.buffer.flush()


def _messages(raw: Any, data: bytes) -> Iterator[object]:
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        is_locked = raw.FPDF_GetLastError() == _WRONG_PASSWORD
        yield {"fault": "password" if is_locked else "damaged"}
        return
    count = raw.FPDF_GetPageCount(document)
    facts = {
        key: text
        for key in _FACTS
        if (text := _string(raw.FPDF_GetMetaText, document, key.encode()))
    }
    yield {"count": count, "facts": facts, "contents": list(_contents(raw, document))}
    for index in range(count):
        page = _Page(raw, document, index)
        try:
            yield page.message()
        finally:
            page.close()


def _string(function: Any, *arguments: Any) -> str:
    """Return a text that a function writes in UTF-16."""
    size = min(function(*arguments, None, 0), 100_000)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _contents(raw: Any, document: Any) -> Iterator[tuple[int, int, str]]:
    """Yield level, page and title of the contents' entries."""
    seen: set[int] = set()

    def walk(first: Any, level: int) -> Iterator[tuple[int, int, str]]:
        mark = first
        while mark and len(seen) < MAX_ENTRIES:
            place = ctypes.cast(mark, ctypes.c_void_p).value or 0
            if place in seen:
                return
            seen.add(place)
            target = raw.FPDFBookmark_GetDest(document, mark)
            if not target and (action := raw.FPDFBookmark_GetAction(mark)):
                target = raw.FPDFAction_GetDest(document, action)
            page = raw.FPDFDest_GetDestPageIndex(document, target) if target else -1
            yield level, page, _string(raw.FPDFBookmark_GetTitle, mark)[:1000]
            if level < 6:
                yield from walk(raw.FPDFBookmark_GetFirstChild(document, mark), level + 1)
            mark = raw.FPDFBookmark_GetNextSibling(document, mark)

    yield from walk(raw.FPDFBookmark_GetFirstChild(document, None), 1)


class _Page:
    """A page that is open."""

    def __init__(self, raw: Any, document: Any, index: int) -> None:
        self._raw = raw
        self._document = document
        self._index = index
        self._page = raw.FPDF_LoadPage(document, index)
        self._found: list[tuple[float, float, float, float, str]] = []
        if self._page:
            self._found = self._links()
            self._fill_in_forms()
        self._text = raw.FPDFText_LoadPage(self._page) if self._page else None

    def close(self) -> None:
        """Give its memory back."""
        if self._text:
            self._raw.FPDFText_ClosePage(self._text)
        if self._page:
            self._raw.FPDF_ClosePage(self._page)

    def message(self) -> dict[str, object]:
        """Return what is on it."""
        name = _string(self._raw.FPDF_GetPageLabel, self._document, self._index)
        message: dict[str, object] = {"name": name[:100]}
        if not self._text:
            return message | {"state": "damaged"}
        count = self._raw.FPDFText_CountChars(self._text)
        words = _read_words(self._raw, self._text, min(count, MAX_CHARACTERS))
        groups = _groups(words, self._box())
        if count > MAX_CHARACTERS:
            message["state"] = "cut"
        elif not any(group["pieces"] for group in groups) and self._has_picture():
            message["state"] = "picture"
        angle = groups[0]["angle"] if groups else 0
        links = [(*_turned(link[:4], 0, 0, angle)[0], link[4]) for link in self._found if groups]
        return message | {"groups": groups, "links": links}

    def _fill_in_forms(self) -> None:
        """Make what is written into the fields of a form a part of the page."""
        raw = self._raw
        for index in range(min(raw.FPDFPage_GetAnnotCount(self._page), MAX_ENTRIES)):
            annotation = raw.FPDFPage_GetAnnot(self._page, index)
            if not annotation:
                continue
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            raw.FPDFPage_CloseAnnot(annotation)
            if kind == _FIELD:
                break
        else:
            return
        if raw.FPDFPage_Flatten(self._page, 0) == _FLATTENED:
            raw.FPDF_ClosePage(self._page)
            self._page = raw.FPDF_LoadPage(self._document, self._index)

    def _box(self) -> tuple[float, float, float, float]:
        box = self._raw.FS_RECTF()
        if not self._raw.FPDF_GetPageBoundingBox(self._page, ctypes.byref(box)):
            return 0.0, 0.0, 612.0, 792.0
        return box.left, box.bottom, box.right, box.top

    def _has_picture(self) -> bool:
        raw = self._raw
        count = min(raw.FPDFPage_CountObjects(self._page), 1000)
        return any(
            raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(self._page, one)) == _IMAGE_OBJECT
            for one in range(count)
        )

    def _links(self) -> list[tuple[float, float, float, float, str]]:
        """Return the places of links, with an address or ``#`` and the index of a page."""
        raw = self._raw
        links: list[tuple[float, float, float, float, str]] = []
        position = ctypes.c_int(0)
        link = raw.FPDF_LINK()
        box = raw.FS_RECTF()
        while len(links) < MAX_ENTRIES and raw.FPDFLink_Enumerate(
            self._page, ctypes.byref(position), ctypes.byref(link)
        ):
            target = self._target(link)
            if target and raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box)):
                links.append((box.left, box.bottom, box.right, box.top, target))
        return links

    def _target(self, link: Any) -> str:
        raw = self._raw
        action = raw.FPDFLink_GetAction(link)
        kind = raw.FPDFAction_GetType(action) if action else 0
        if kind == _URI_ACTION:
            size = raw.FPDFAction_GetURIPath(self._document, action, None, 0)
            buffer = ctypes.create_string_buffer(min(size, 10_000))
            raw.FPDFAction_GetURIPath(self._document, action, buffer, len(buffer))
            return buffer.value.decode("utf-8", "replace")
        target = raw.FPDFLink_GetDest(self._document, link)
        if not target and kind == _GO_TO_ACTION:
            target = raw.FPDFAction_GetDest(self._document, action)
        page = raw.FPDFDest_GetDestPageIndex(self._document, target) if target else -1
        return f"#{page}" if page >= 0 else ""


class _Word:
    """A word or a part of one, as it is read; upright, whatever its direction on the page."""

    __slots__ = (
        "angle", "base", "bottom", "last", "left", "right", "size", "style", "text", "top"
    )  # fmt: skip

    def __init__(
        self, text: str, edges: tuple[float, float, float, float], base: float, look: _Look
    ) -> None:
        self.text = text
        self.left, self.right, self.bottom, self.top = edges
        self.last = self.left
        self.base = base
        self.size, self.angle, self.style = look

    def piece(self) -> Piece:
        """Return what is told of it."""
        edges = (self.left, self.right, self.base, self.bottom, self.top, self.size)
        return [self.text, *(round(one, 2) for one in edges), self.style]


_Look = tuple[float, int, int]
"""The size, the direction in degrees and the style that the characters of an object share."""


def _read_words(raw: Any, text: Any, count: int) -> list[_Word]:
    """Return the words of a page in the order of its file."""
    handle = ctypes.cast(text, ctypes.c_void_p)
    unicode_of = _fast(raw.FPDFText_GetUnicode, ctypes.c_uint)
    object_of = _fast(raw.FPDFText_GetTextObject, ctypes.c_void_p)
    box_of = _fast(raw.FPDFText_GetLooseCharBox, ctypes.c_int, 1)
    origin_of = _fast(raw.FPDFText_GetCharOrigin, ctypes.c_int, 2)
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    at_box, at_x, at_y = (ctypes.addressof(one) for one in (box, x, y))
    looks: dict[int, _Look] = {}
    words: list[_Word] = []
    is_open = False
    high = 0
    word: _Word | None = None
    look: _Look | None = None
    for index in range(count):
        code = unicode_of(handle, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        if code in (0, 9, 10, 13, 32, 0xA0):
            is_open = False
            continue
        if not box_of(handle, index, at_box) or not origin_of(handle, index, at_x, at_y):
            continue
        owner = object_of(handle, index) or -1 - index
        last_look = look
        if (look := looks.get(owner)) is None:
            look = looks[owner] = _look(raw, text, index)
        if is_open and look is last_look and word is not None and code in _PLAIN:
            # The next letter of a word, as nearly all are: the rest of this loop comes to the same.
            size, angle, _ = look
            is_next = angle == 0 and -0.2 * size < box.left - word.right < 0.35 * size
            is_level = abs(word.base - y.value) < 0.01 * size
            if is_next and is_level and word.text[-1] not in _ACCENTS:
                word.text += chr(code)
                word.last, word.right = box.left, box.right
                continue
        edges, base = _turned((box.left, box.bottom, box.right, box.top), x.value, y.value, look[1])
        one = _Word(_character(code, look[2]), edges, base, look)
        if is_open and _goes_on(words[-1], one):
            if _is_level(words[-1], one):
                _add(words[-1], one)
                continue
            one.style |= CUT
        words.append(one)
        word = one
        is_open = True
    return words


def _fast(function: Any, result: Any, outputs: int = 0) -> Any:
    """Return a function of a page's text and an index that takes addresses: twice as fast."""
    arguments = [ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * outputs]
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _look(raw: Any, text: Any, index: int) -> _Look:
    matrix = raw.FS_MATRIX()
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    size, angle, style = raw.FPDFText_GetFontSize(text, index), 0.0, 0
    if raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        size *= math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
    raw.FPDFText_GetFontInfo(text, index, name, len(name), ctypes.byref(flags))
    if raw.FPDFText_GetFontWeight(text, index) >= 600 or _HEAVY.search(name.value):
        style |= BOLD
    if _PICTURES.search(name.value):
        style |= SYMBOL
    step = 90 if abs(angle / 90 - round(angle / 90)) < 0.04 else 5
    return size if 0.1 < size < 10_000 else 10.0, round(angle / step) * step % 360, style


def _turned(
    box: tuple[float, float, float, float], x: float, y: float, angle: int
) -> tuple[tuple[float, float, float, float], float]:
    """Return left, right, bottom and top of a box, and the base line, turned upright."""
    left, bottom, right, top = box
    if angle == 0:
        return (left, right, bottom, top), y
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    corners = [(one, two) for one in (left, right) for two in (bottom, top)]
    across = [one * cosine + two * sine for one, two in corners]
    up = [two * cosine - one * sine for one, two in corners]
    return (min(across), max(across), min(up), max(up)), y * cosine - x * sine


def _character(code: int, style: int) -> str:
    if code in (2, 0xAD):  # PDFium's mark of a hyphen at a line's end; a soft hyphen.
        return "-"
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", chr(code))
    if code >= 0x110000:
        return "\ufffd"
    character = chr(code)
    return "•" if character in _BULLETS and style & SYMBOL else character


def _goes_on(word: _Word, one: _Word) -> bool:
    """Tell whether a character belongs to the word before it."""
    size = max(word.size, one.size)
    is_leftward = _is_leftward(one.text) or (_is_leftward(word.text) and not one.text.isalnum())
    gap = word.left - one.right if is_leftward else one.left - word.right
    if one.text.isalpha() and word.text[-1].isalpha() and is_leftward != _is_leftward(word.text):
        return False
    if word.angle != one.angle or not -size < gap < 0.35 * size:
        return False
    if not is_leftward and one.left < word.left - 0.3 * size:
        return False
    return min(word.top, one.top) - max(word.bottom, one.bottom) > 0.2 * min(
        word.top - word.bottom, one.top - one.bottom
    )


def _is_leftward(text: str) -> bool:
    """Tell whether a text is of a script that is written from right to left."""
    return "\u0590" <= text[0] < "\u0900" or "\ufb1d" <= text[0] <= "\ufefc"


def _is_level(word: _Word, one: _Word) -> bool:
    is_level = abs(word.base - one.base) < 0.08 * word.size
    is_like = abs(word.size - one.size) < 0.12 * word.size
    return (is_level and is_like) or one.text in _ACCENTS or word.text[-1] in _ACCENTS


def _add(word: _Word, one: _Word) -> None:
    last = word.text[-1]
    joined = ""
    if one.text in _ACCENTS:
        if word.last <= (one.left + one.right) / 2 < word.right - 0.05 * one.size:
            joined = unicodedata.normalize("NFC", _DOTLESS.get(last, last) + _ACCENTS[one.text])
    elif last in _ACCENTS and one.left - 0.05 * one.size < (word.last + word.right) / 2 < one.right:
        joined = unicodedata.normalize("NFC", _DOTLESS.get(one.text, one.text) + _ACCENTS[last])
        if len(word.text) == 1:
            word.base, word.size = one.base, one.size
    word.text = word.text[:-1] + joined if len(joined) == 1 else word.text + one.text
    if not (joined and one.text in _ACCENTS):
        word.last = one.left
    word.left, word.right = min(word.left, one.left), max(word.right, one.right)
    word.bottom, word.top = min(word.bottom, one.bottom), max(word.top, one.top)
    word.style &= one.style | CUT


def _groups(words: list[_Word], box: tuple[float, float, float, float]) -> list[dict[str, Any]]:
    """Return the words by their direction, the page's own first; stamps and axes are left out."""
    lengths: Counter[int] = Counter()
    for word in words:
        lengths[word.angle] += len(word.text)
    groups: list[dict[str, Any]] = []
    for angle, length in lengths.most_common():
        if groups and (length < _SIDEWAYS or (angle - groups[0]["angle"]) % 90):
            continue
        (left, right, bottom, top), _ = _turned(box, 0, 0, angle)
        pieces = [
            word.piece()
            for word in words
            if word.angle == angle
            and left - 2 < (word.left + word.right) / 2 < right + 2
            and bottom - 2 < (word.bottom + word.top) / 2 < top + 2
        ]
        groups.append({"angle": angle, "box": (left, bottom, right, top), "pieces": pieces})
    return groups


if __name__ == "__main__":
    main()
