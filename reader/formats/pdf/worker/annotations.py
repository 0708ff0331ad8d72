"""Reads the annotations of a page: highlights with the characters beneath them, notes, replies."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from .strings import text_of
from .words import fast_call

MAX_ANNOTATIONS: Final = 2000
"""The most annotations of one page."""

MAX_TEXT: Final = 20_000
"""The most characters of the text of an annotation."""

_MAX_TEXTS: Final = 1_000_000
"""The most characters of all texts of a page's annotations, with those beneath them."""

_MAX_COMPARED: Final = 2_000_000
"""The most comparisons of a character with an area on one page."""

_MAX_QUADS: Final = 500
"""The most areas of one annotation."""

_AROUND: Final = 80
"""The characters before and after those beneath an annotation that a message has."""

_FURTHEST: Final = 200.0
"""The greatest distance of a note from the line beside it, in points."""

_THIN: Final = 8.0
"""The height of an area that covers no letter, and of the letters above it, in points."""

_HIDDEN: Final = 2
_NORMAL: Final = 0
_COLOUR: Final = 0
_MARKUPS = {9: "highlight", 10: "underline", 11: "squiggly", 12: "strikeout"}
_NOTES = {
    1: "note", 3: "text", 4: "shape", 5: "shape", 6: "shape", 7: "shape", 8: "shape", 13: "stamp",
    14: "caret", 15: "shape",
}  # fmt: skip
_KINDS = _MARKUPS | _NOTES
_Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""


class _Character(NamedTuple):
    """A character of a page that is not white space."""

    y: float
    """The height of its middle."""
    x: float
    """The position of its middle."""
    size: float
    """The height of its box."""
    number: int
    """Its index among the characters of the page."""


Found = list[tuple[dict[str, Any], list[_Box]]]
"""The records of annotations without their words, each with its areas."""


def find_annotations(raw: Any, page: Any) -> Found:
    """Return the annotations of an open page that a person made, in their order.

    Args:
        raw: PDFium's functions.
        page: The handle of the page.
    """
    found: Found = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if kind := _KINDS.get(raw.FPDFAnnot_GetSubtype(annotation)):
                found.append(_read(raw, page, annotation, kind))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def with_words(found: Found, raw: Any, text: Any, count: int) -> list[dict[str, Any]]:
    """Return the records of annotations with the words beneath or beside them.

    Args:
        found: The annotations of a page.
        raw: PDFium's functions.
        text: The handle of the page's text.
        count: The number of its characters that are read.
    """
    finder = _TextFinder(raw, text, count)
    room = _MAX_TEXTS
    records: list[dict[str, Any]] = []
    for record, boxes in found:
        if record["kind"] in _MARKUPS.values():
            record.update(finder.beneath(boxes))
        elif record["parent"] < 0:
            record.update(finder.beside(boxes[0]))
        room -= len(record["contents"]) + sum(map(len, record.get("parts", ())))
        if room < 0:
            break
        records.append(record)
    return records


def _read(raw: Any, page: Any, annotation: Any, kind: str) -> tuple[dict[str, Any], list[_Box]]:
    """Return the record of an annotation without its words, and its areas."""

    def value(key: bytes) -> str:
        return text_of(raw.FPDFAnnot_GetStringValue, annotation, key)

    record: dict[str, Any] = {
        "kind": kind,
        "index": raw.FPDFPage_GetAnnotIndex(page, annotation),
        "parent": _parent(raw, page, annotation),
        "name": value(b"NM")[:200],
        "contents": value(b"Contents")[:MAX_TEXT],
        "author": value(b"T")[:200],
        "modified": value(b"M")[:50],
        "created": value(b"CreationDate")[:50],
        "is_state": bool(value(b"StateModel") or value(b"State")),
        "is_hidden": bool(raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN),
    }
    boxes = list(_quads(raw, annotation)) if kind in _MARKUPS.values() else []
    record["colour"] = _colour(raw, annotation) if kind in _MARKUPS.values() else None
    if not boxes:
        edges = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(annotation, ctypes.byref(edges))
        boxes = [_ordered(edges.left, edges.bottom, edges.right, edges.top)]
    record["box"] = [round(edge, 1) for edge in boxes[0]]
    return record, boxes


def _parent(raw: Any, page: Any, annotation: Any) -> int:
    """Return the index of the annotation that another one answers; -1 where it answers none."""
    answered = raw.FPDFAnnot_GetLinkedAnnot(annotation, b"IRT")
    if not answered:
        return -1
    try:
        return int(raw.FPDFPage_GetAnnotIndex(page, answered))
    finally:
        raw.FPDFPage_CloseAnnot(answered)


def _quads(raw: Any, annotation: Any) -> Iterator[_Box]:
    """Yield the boxes around the areas of an annotation; programs order their corners variously."""
    points = raw.FS_QUADPOINTSF()
    for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(annotation), _MAX_QUADS)):
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, ctypes.byref(points)):
            across = points.x1, points.x2, points.x3, points.x4
            up = points.y1, points.y2, points.y3, points.y4
            if all(map(math.isfinite, across + up)):
                yield min(across), min(up), max(across), max(up)


def _colour(raw: Any, annotation: Any) -> list[int] | None:
    """Return the red, green and blue of an annotation, each 0 to 255; None where it has none."""
    # PDFium does not give the colour of one that brings a picture of itself.
    raw.FPDFAnnot_SetAP(annotation, _NORMAL, None)
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFAnnot_HasKey(annotation, b"C"):
        return None
    if not raw.FPDFAnnot_GetColor(annotation, _COLOUR, *map(ctypes.byref, parts)):
        return None
    return [min(part.value, 255) for part in parts[:3]]


def _ordered(left: float, bottom: float, right: float, top: float) -> _Box:
    edges = [edge if math.isfinite(edge) else 0.0 for edge in (left, bottom, right, top)]
    return min(edges[::2]), min(edges[1::2]), max(edges[::2]), max(edges[1::2])


class _TextFinder:
    """Finds the characters of a page in areas of it."""

    def __init__(self, raw: Any, text: Any, count: int) -> None:
        """Measure all characters.

        Args:
            raw: PDFium's functions.
            text: The handle of the page's text.
            count: The number of characters.
        """
        handle = ctypes.cast(text, ctypes.c_void_p)
        unicode_of = fast_call(raw.FPDFText_GetUnicode, ctypes.c_uint)
        box_of = fast_call(raw.FPDFText_GetLooseCharBox, ctypes.c_int, 1)
        box = raw.FS_RECTF()
        at_box = ctypes.addressof(box)
        codes: list[str] = []
        characters: list[_Character] = []
        for index in range(count):
            code = unicode_of(handle, index)
            letter = chr(code) if code < 0x110000 else "\ufffd"
            codes.append(letter)
            if letter.isspace() or not code:
                continue
            if not box_of(handle, index, at_box):
                continue
            bottom, top = box.bottom, box.top
            x, y = (box.left + box.right) / 2, (bottom + top) / 2
            if math.isfinite(x + y):
                characters.append(_Character(y, x, abs(top - bottom), index))
        self._letters = codes
        self._characters = characters
        self._by_height = sorted(characters)
        self._heights = [one.y for one in self._by_height]
        self._left = _MAX_COMPARED

    def beneath(self, boxes: list[_Box]) -> dict[str, Any]:
        """Return the characters in areas, those of each area as one text, and those around."""
        taken: set[int] = set()
        parts: list[list[int]] = []
        for box in boxes:
            inside = self._inside(box)
            if not inside and box[3] - box[1] < _THIN:
                inside = self._inside((box[0], box[1], box[2], box[3] + _THIN))
            inside = sorted(set(inside) - taken)
            taken.update(inside)
            if inside:
                parts.append(inside)
        return self._record(parts)

    def beside(self, box: _Box) -> dict[str, Any]:
        """Return the line of text that is nearest to a note."""
        x, y = box[0], (box[1] + box[3]) / 2
        self._left -= len(self._characters)
        if self._left < 0 or not self._characters:
            return self._record([])

        def distance(place: int) -> float:
            one = self._characters[place]
            return 4 * max(abs(one.y - y) - one.size / 2, 0.0) + abs(one.x - x)

        nearest = min(range(len(self._characters)), key=distance)
        if distance(nearest) > 4 * _FURTHEST:
            return self._record([])
        first = last = nearest
        while first > 0 and self._is_on_line(first - 1, first):
            first -= 1
        while last + 1 < len(self._characters) and self._is_on_line(last, last + 1):
            last += 1
        return self._record([[one.number for one in self._characters[first : last + 1]]])

    def _is_on_line(self, before: int, after: int) -> bool:
        one, other = self._characters[before], self._characters[after]
        size = max(one.size, other.size)
        return abs(one.y - other.y) < 0.5 * size and abs(one.x - other.x) < 3 * size

    def _inside(self, box: _Box) -> list[int]:
        """Return the indices of the characters whose middle is in an area."""
        left, bottom, right, top = box
        inside: list[int] = []
        for place in range(bisect_left(self._heights, bottom), len(self._heights)):
            self._left -= 1
            one = self._by_height[place]
            if one.y > top or self._left < 0:
                break
            if left <= one.x <= right:
                inside.append(one.number)
        return inside

    def _record(self, parts: list[list[int]]) -> dict[str, Any]:
        if not parts:
            return {}
        first, last = min(map(min, parts)), max(map(max, parts))
        return {
            "parts": [self._text(part) for part in parts],
            "before": _whole(self._letters[max(first - _AROUND, 0) : first]),
            "after": _whole(self._letters[last + 1 : last + 1 + _AROUND]),
        }

    def _text(self, indices: list[int]) -> str:
        """Return the characters at indices, with a space where others stand between two of them."""
        letters: list[str] = []
        for place, index in enumerate(indices):
            if place and index > indices[place - 1] + 1:
                letters.append(" ")
            letters.append(self._letters[index])
        return _whole(letters)


def _whole(letters: list[str]) -> str:
    """Return letters as a text, with those that PDFium gives in two halves made whole."""
    return "".join(letters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
