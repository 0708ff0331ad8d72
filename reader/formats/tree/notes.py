"""Recognises references to footnotes in a tree of HTML, and the notes themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from reader.core.document import Mark, MarkKind
from reader.formats.cleaning import clean_line
from reader.formats.tree.elements import attribute, local_name

_NOTE_TEXT = re.compile(
    r"[\[({]?\s*(\d{1,4}|[a-z]|[ivx]{1,6}|[*\u2020\u2021\u00a7\u00b6#]{1,4})\s*[\])}]?\.?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\[(]\s*(?:\d{1,4}|[*\u2020\u2021])\s*[\])]|[*\u2020\u2021]{1,3}")
_NOTE_NAME = re.compile(
    r"#(?:.*[\W_])?(?:(?:foot|end|rear)?notes?|fn|en|ftn|n)[\W_]*\d{1,4}[a-z]?$", re.IGNORECASE
)
_WAY_BACK = re.compile(
    r"[\s\[\]()^\u2191\u21a9\u21b5\u21d1\u23ce\u2b06\u2b8c\u21b0\u2039\u00ab\ufe0e\ufe0f]+"
    r"|(?:go |jump )?(?:back|up|return)(?: to (?:text|content|reference))?",
    re.IGNORECASE,
)
_REFERENCE_TYPES = frozenset({"noteref", "doc-noteref", "footnote-ref", "footnoteref"})
BODY_TYPES = frozenset({"footnote", "endnote", "rearnote", "note", "doc-footnote", "doc-endnote"})
_BACK_TYPES = frozenset(
    {"backlink", "doc-backlink", "footnote-backref", "footnote-back", "reversefootnote"}
)
_PAGE_TYPES = frozenset({"pagebreak", "doc-pagebreak"})
_BODY_ELEMENTS = frozenset({"aside", "li", "div", "section", "p"})
_MAX_MARKER: Final = 12


class Notes:
    """The references so far, by the labels of their notes."""

    def __init__(self) -> None:
        """Start without references."""
        self.markers: dict[str, str] = {}
        """The markers of notes, such as ``[3]``, by their labels."""

    def reference(self, element: Any, label: str) -> str:
        """Return the marker of a footnote (``[3]``) if a link is a reference to one, else nothing.

        Args:
            element: A link into the document.
            label: The label of its target.
        """
        text = _short_text(element)
        if not text or not _is_reference(element, text):
            return ""
        marker = f"[{text.strip('[](){}. ')}]"
        self.markers.setdefault(label, marker)
        return marker

    @staticmethod
    def is_reference(element: Any) -> bool:
        """Return whether a link looks like a reference to a footnote."""
        text = _short_text(element)
        return bool(text) and _is_reference(element, text)

    def is_body(self, element: Any, names: Sequence[str]) -> bool:
        """Return whether a block is the body of a note, by its type or its labels."""
        if local_name(element) not in _BODY_ELEMENTS:
            return False
        if not self.markers.keys().isdisjoint(names):
            return True
        types = types_of(element, with_class=False)
        return not types.isdisjoint(BODY_TYPES) and "note" not in types

    @staticmethod
    def number_length(text: str, marker: str) -> int:
        """Return the length of the number that begins a note's text, if it equals its marker."""
        number = re.escape(marker.strip("[]"))
        match = re.match(rf"(?:\^|[\[(]?{number}[\])]?[.:]?|[.:)\]])\s+(?=\S)", text)
        return match.end() if match else 0

    def body_label(self, marks: Sequence[Mark]) -> str:
        """Return the label of the note that begins at the marks, or an empty string."""
        names = (one.name for one in marks if not one.offset and one.kind is MarkKind.ANCHOR)
        return next((name for name in names if name in self.markers), "")

    def is_way_back(self, element: Any, *, is_opening: bool, in_note: bool) -> bool:
        """Return whether a link only leads back from a note to its reference.

        Args:
            element: A link into the document.
            is_opening: Whether it is the first link of a note's body.
            in_note: Whether it is anywhere in a note.
        """
        if not types_of(element, with_class=True).isdisjoint(_BACK_TYPES):
            return True
        text = _short_text(element)
        if is_opening and _NOTE_TEXT.fullmatch(text):
            return True
        return in_note and (not text or _WAY_BACK.fullmatch(text) is not None)

    @staticmethod
    def is_page_break(element: Any) -> bool:
        """Return whether an element marks the start of a printed page."""
        return not types_of(element, with_class=False).isdisjoint(_PAGE_TYPES)

    @staticmethod
    def page_name(element: Any) -> str:
        """Return the number of the page that begins at an element."""
        name = element.get("title") or element.get("aria-label") or _short_text(element)
        if not name and (digits := re.search(r"(\d+|[ivxlc]+)$", element.get("id") or "")):
            name = digits[1]
        return clean_line(re.sub(r"(?i)^\s*page\s+|[\s.]+$", "", name))[:_MAX_MARKER]


def _is_reference(element: Any, text: str) -> bool:
    if not types_of(element, with_class=True).isdisjoint(_REFERENCE_TYPES):
        return len(text) <= _MAX_MARKER
    if _NOTE_TEXT.fullmatch(text) is None:
        return False
    if _BRACKETED.fullmatch(text):
        return True
    parent = element.getparent()
    if _NOTE_NAME.search(element.get("href") or "") and _touches_text(element):
        return True
    around = [local_name(parent)] if parent is not None else []
    return "sup" in around + [local_name(child) for child in element]


def _touches_text(element: Any) -> bool:
    """Return whether an element follows a word or a full stop without a space."""
    before, parent = element.getprevious(), element.getparent()
    text = (parent.text if parent is not None else "") if before is None else before.tail
    return bool(text) and not text[-1].isspace()


def _short_text(element: Any) -> str:
    """Return the start of an element's text, which is longer than any marker unless it is whole."""
    text = ""
    for piece in element.itertext():
        text += piece
        if len(text) > 100:
            break
    return clean_line(text)


def types_of(element: Any, *, with_class: bool) -> set[str]:
    """Return the types of an element: ``epub:type``, ``role`` and classes."""
    values = [attribute(element, "type"), element.get("role") or ""]
    if with_class:
        values.append(element.get("class") or "")
    return set(" ".join(values).lower().split()) if any(values) else set()
