"""One paragraph of a word processor's file: text that looks alike, and what stands in it."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

STRONG: Final = 1
EMPHASIS: Final = 2
STRIKETHROUGH: Final = 4
CODE: Final = 8
RAISED: Final = 16
LOWERED: Final = 32
HIDDEN: Final = 64
"""Text that is not shown; whoever reads a file leaves it out."""

_TAGS: Final = (
    (EMPHASIS, "em"),
    (STRONG, "strong"),
    (STRIKETHROUGH, "s"),
    (CODE, "code"),
    (RAISED, "sup"),
    (LOWERED, "sub"),
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class _Piece:
    """Text that looks alike, or one element."""

    __slots__ = ("content", "look", "target")

    def __init__(self, content: list[str] | Any, look: int, target: str) -> None:
        self.content = content
        self.look = look
        self.target = target


class Line:
    """A paragraph as it comes."""

    __slots__ = ("_has_text", "_pieces")

    def __init__(self) -> None:
        """Start without text."""
        self._pieces: list[_Piece] = []
        self._has_text = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read in it, be there anchors."""
        return not self._has_text

    @property
    def has_pictures(self) -> bool:
        """Whether pictures are in it."""
        return any(_is_element(one, "img") for one in self._pieces)

    @property
    def plain(self) -> str:
        """Its text with its spaces, breaks being ends of lines."""
        return "".join(
            "".join(one.content) if isinstance(one.content, list) else _plain(one.content)
            for one in self._pieces
        )

    def text(self, text: str, look: int = 0, target: str = "") -> None:
        """Add text.

        Args:
            text: As it stands in the file.
            look: What sets it apart: ``STRONG`` and the others, added up.
            target: Where a link leads that it is part of, or nothing.
        """
        if not text:
            return
        if _NOT_XML.search(text):
            text = _NOT_XML.sub("", text)
        if not self._has_text and text.strip():
            self._has_text = True
        last = self._pieces[-1] if self._pieces else None
        if (
            last is not None
            and last.look == look
            and last.target == target
            and isinstance(last.content, list)
        ):
            last.content.append(text)
        else:
            self._pieces.append(_Piece([text], look, target))

    def lead(self, text: str) -> None:
        """Put text before what is there."""
        self._pieces.insert(0, _Piece([_NOT_XML.sub("", text)], 0, ""))

    def cut(self, pattern: re.Pattern[str]) -> str | None:
        """Take what its text begins with, if it has a form, and return it.

        Args:
            pattern: The form of what is taken.
        """
        first = self._pieces[0] if self._pieces else None
        if first is None or not isinstance(first.content, list):
            return None
        text = "".join(first.content)
        match = pattern.match(text)
        if match is None:
            return None
        first.content = [text[match.end() :]]
        return match[0]

    def line_break(self, look: int = 0, target: str = "") -> None:
        """Begin a new line of the same paragraph."""
        self._pieces.append(_Piece(etree.Element("br"), look, target))

    def anchor(self, name: str, *, at_start: bool = False) -> None:
        """Name the point that links lead to: the one that is reached, or the paragraph's start."""
        piece = _Piece(etree.Element("a", id=_NOT_XML.sub("", name)), 0, "")
        self._pieces.insert(0 if at_start else len(self._pieces), piece)

    def picture(self, alternative: str, target: str = "") -> None:
        """Add a picture by what it shows; without that only a caption speaks of it."""
        self._has_text = True
        image = etree.Element("img", alt=_NOT_XML.sub("", alternative))
        self._pieces.append(_Piece(image, 0, target))

    def note(self, label: str, mark: str) -> None:
        """Refer to a note."""
        self._has_text = True
        raised = etree.Element("sup")
        etree.SubElement(raised, "a", {"role": "doc-noteref", "href": f"#{label}"}).text = mark
        self._pieces.append(_Piece(raised, 0, ""))

    def take_pictures(self) -> list[Any]:
        """Take out the pictures and return their elements."""
        pictures = [one for one in self._pieces if _is_element(one, "img")]
        self._pieces = [one for one in self._pieces if not _is_element(one, "img")]
        self._has_text = any(
            isinstance(one.content, list) and "".join(one.content).strip() for one in self._pieces
        )
        return [one.content for one in pictures]

    def fill(self, parent: Any, *, without: int = 0, always: int = 0) -> None:
        """Put the paragraph into an element.

        Args:
            parent: The element.
            without: What sets text apart elsewhere, but not here.
            always: What sets all of the text apart.
        """
        opened: list[tuple[str, Any]] = [("", parent)]
        for piece in self._pieces:
            keys = _keys((piece.look | always) & ~without, piece.target)
            while any(key not in keys for key, _ in opened[1:]):
                opened.pop()
            present = {key for key, _ in opened}
            for key in keys:
                if key not in present:
                    opened.append((key, _open(opened[-1][1], key)))
            _append(opened[-1][1], piece.content)


def _keys(look: int, target: str) -> list[str]:
    keys = [f"a {target}"] if target else []
    if look:
        keys += [tag for bit, tag in _TAGS if look & bit]
    return keys


def _open(parent: Any, key: str) -> Any:
    if key.startswith("a "):
        return etree.SubElement(parent, "a", href=_NOT_XML.sub("", key[2:]))
    return etree.SubElement(parent, key)


def _append(parent: Any, content: list[str] | Any) -> None:
    if not isinstance(content, list):
        parent.append(content)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + "".join(content)
    else:
        parent.text = (parent.text or "") + "".join(content)


def _is_element(piece: _Piece, tag: str) -> bool:
    return not isinstance(piece.content, list) and piece.content.tag == tag


def _plain(element: Any) -> str:
    return "\n" if element.tag == "br" else "".join(element.itertext())
