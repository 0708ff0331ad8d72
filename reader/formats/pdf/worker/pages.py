"""Makes the messages about the pages of a PDF, one after another."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any, Final

from . import words
from .annotations import find_annotations, with_words
from .strings import text_of

MAX_CHARACTERS: Final = 200_000
"""The most characters of one page."""

MAX_ENTRIES: Final = 20_000
"""The most entries of the contents, and the most links of one page."""

_FACTS = ("Title", "Author", "CreationDate")
_WRONG_PASSWORD: Final = 4
_URI_ACTION: Final = 3
_GO_TO_ACTION: Final = 1
_IMAGE_OBJECT: Final = 3
_FIELD: Final = 20
_FLATTENED: Final = 1

_Link = tuple[float, float, float, float, str | int]
"""The left, bottom, right and top edge of a link, and its target."""


def messages(raw: Any, data: bytes) -> Iterator[object]:
    """Yield the facts of a PDF, then its pages; or its fault.

    Args:
        raw: PDFium's functions.
        data: The bytes of the PDF.
    """
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        is_locked = raw.FPDF_GetLastError() == _WRONG_PASSWORD
        yield {"fault": "password" if is_locked else "damaged"}
        return
    count = raw.FPDF_GetPageCount(document)
    facts = {
        key: text
        for key in _FACTS
        if (text := text_of(raw.FPDF_GetMetaText, document, key.encode()))
    }
    yield {"count": count, "facts": facts, "contents": list(_contents(raw, document))}
    for index in range(count):
        page = _OpenPage(raw, document, index)
        try:
            yield page.message()
        finally:
            page.close()


def _contents(raw: Any, document: Any) -> Iterator[tuple[int, int, str]]:
    """Yield the level, the page and the title of each entry of the contents."""
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
            yield level, page, text_of(raw.FPDFBookmark_GetTitle, mark)[:1000]
            if level < 6:
                yield from walk(raw.FPDFBookmark_GetFirstChild(document, mark), level + 1)
            mark = raw.FPDFBookmark_GetNextSibling(document, mark)

    yield from walk(raw.FPDFBookmark_GetFirstChild(document, None), 1)


class _OpenPage:
    """An open page."""

    def __init__(self, raw: Any, document: Any, index: int) -> None:
        self._raw = raw
        self._document = document
        self._index = index
        self._page = raw.FPDF_LoadPage(document, index)
        self._found: list[_Link] = []
        self._text = None
        self._annotations: list[dict[str, Any]] = []
        if self._page:
            self._found = self._links()
            self._annotations = self._read_annotations()
            self._fill_in_forms()
        if self._page and not self._text:
            self._text = raw.FPDFText_LoadPage(self._page)

    def close(self) -> None:
        """Free its memory."""
        if self._text:
            self._raw.FPDFText_ClosePage(self._text)
        if self._page:
            self._raw.FPDF_ClosePage(self._page)

    def message(self) -> dict[str, object]:
        """Return the message about the page."""
        name = text_of(self._raw.FPDF_GetPageLabel, self._document, self._index)
        message: dict[str, object] = {"name": name[:100]}
        if not self._text:
            return message | {"state": "damaged"}
        count = self._raw.FPDFText_CountChars(self._text)
        found = words.WordReader(self._raw, self._text).words(min(count, MAX_CHARACTERS))
        groups = words.groups_of(found, self._box())
        if count > MAX_CHARACTERS:
            message["state"] = "cut"
        elif not any(group["words"] for group in groups) and self._has_picture():
            message["state"] = "picture"
        angle = groups[0]["angle"] if groups else 0
        links = [(*words.turned(one[:4], 0, 0, angle)[0], one[4]) for one in self._found if groups]
        return message | {"groups": groups, "links": links, "annotations": self._annotations}

    def _read_annotations(self) -> list[dict[str, Any]]:
        """Return the annotations; filling in forms makes them a part of the page."""
        found = find_annotations(self._raw, self._page)
        if not found:
            return []
        self._text = self._raw.FPDFText_LoadPage(self._page)
        if not self._text:
            return []
        count = min(self._raw.FPDFText_CountChars(self._text), MAX_CHARACTERS)
        return with_words(found, self._raw, self._text, count)

    def _fill_in_forms(self) -> None:
        """Make the values of form fields part of the page."""
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
            self.close()
            self._page, self._text = raw.FPDF_LoadPage(self._document, self._index), None

    def _box(self) -> tuple[float, float, float, float]:
        box = self._raw.FS_RECTF()
        if self._raw.FPDF_GetPageBoundingBox(self._page, ctypes.byref(box)):
            edges = box.left, box.bottom, box.right, box.top
            if all(map(math.isfinite, edges)):
                return edges
        return 0.0, 0.0, 612.0, 792.0

    def _has_picture(self) -> bool:
        raw = self._raw
        count = min(raw.FPDFPage_CountObjects(self._page), 1000)
        return any(
            raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(self._page, one)) == _IMAGE_OBJECT
            for one in range(count)
        )

    def _links(self) -> list[_Link]:
        """Return the areas of links, each with an address or the index of a page."""
        raw = self._raw
        links: list[_Link] = []
        position = ctypes.c_int(0)
        link = raw.FPDF_LINK()
        box = raw.FS_RECTF()
        while len(links) < MAX_ENTRIES and raw.FPDFLink_Enumerate(
            self._page, ctypes.byref(position), ctypes.byref(link)
        ):
            target = self._target(link)
            if target is None or not raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box)):
                continue
            edges = box.left, box.bottom, box.right, box.top
            if all(map(math.isfinite, edges)):
                links.append((*edges, target))
        return links

    def _target(self, link: Any) -> str | int | None:
        """Return an address as it is written, or the index of a page; None for neither."""
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
        return int(page) if page >= 0 else None
