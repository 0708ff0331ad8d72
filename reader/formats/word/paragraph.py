"""One paragraph of a word processor's file: text with run properties, pictures and references."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from reader.formats.tree.characters import legal

STRONG: Final = 1
EMPHASIS: Final = 2
STRIKETHROUGH: Final = 4
CODE: Final = 8
RAISED: Final = 16
LOWERED: Final = 32
HIDDEN: Final = 64
"""Text that is not shown; the readers leave it out."""

_TAGS: Final = (
    (EMPHASIS, "em"),
    (STRONG, "strong"),
    (STRIKETHROUGH, "s"),
    (CODE, "code"),
    (RAISED, "sup"),
    (LOWERED, "sub"),
)


class _ContentPiece:
    """Text with the same run properties, or one element."""

    __slots__ = ("content", "run_properties", "target")

    def __init__(self, content: list[str] | Any, run_properties: int, target: str) -> None:
        self.content = content
        self.run_properties = run_properties
        self.target = target


class ParagraphText:
    """A paragraph that is being read."""

    __slots__ = ("_has_text", "_pieces")

    def __init__(self) -> None:
        """Start without text."""
        self._pieces: list[_ContentPiece] = []
        self._has_text = False

    @property
    def is_empty(self) -> bool:
        """Whether the paragraph has nothing to read; it may have anchors."""
        return not self._has_text

    @property
    def has_pictures(self) -> bool:
        """Whether the paragraph holds pictures."""
        return any(_is_element(one, "img") for one in self._pieces)

    @property
    def plain(self) -> str:
        """The text with its spaces, and newlines for line breaks."""
        return "".join(
            "".join(one.content) if isinstance(one.content, list) else _plain(one.content)
            for one in self._pieces
        )

    def add_text(self, text: str, run_properties: int = 0, target: str = "") -> None:
        """Add text.

        Args:
            text: The text as the file has it.
            run_properties: The sum of ``STRONG`` and the other constants.
            target: The target of the link around the text, or an empty string.
        """
        text = legal(text)
        if not text:
            return
        if not self._has_text and text.strip():
            self._has_text = True
        last = self._pieces[-1] if self._pieces else None
        if (
            last is not None
            and last.run_properties == run_properties
            and last.target == target
            and isinstance(last.content, list)
        ):
            last.content.append(text)
        else:
            self._pieces.append(_ContentPiece([text], run_properties, target))

    def prepend(self, text: str) -> None:
        """Put text before the text so far."""
        self._pieces.insert(0, _ContentPiece([legal(text)], 0, ""))

    def take_start(self, pattern: re.Pattern[str]) -> str | None:
        """Remove and return the start of the text if it matches a pattern; otherwise return None.

        Args:
            pattern: The pattern of the start.
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

    def add_break(self, run_properties: int = 0, target: str = "") -> None:
        """Begin a new line of the same paragraph."""
        self._pieces.append(_ContentPiece(etree.Element("br"), run_properties, target))

    def add_anchor(self, name: str, *, at_start: bool = False) -> None:
        """Add an anchor for links here, or at the start of the paragraph."""
        piece = _ContentPiece(etree.Element("a", id=legal(name)), 0, "")
        self._pieces.insert(0 if at_start else len(self._pieces), piece)

    def add_picture(self, alternative: str, target: str = "") -> None:
        """Add a picture with its alternative text; without text, only a caption describes it."""
        self._has_text = True
        image = etree.Element("img", alt=legal(alternative))
        self._pieces.append(_ContentPiece(image, 0, target))

    def add_reference(self, label: str, mark: str) -> None:
        """Add a reference to a note."""
        self._has_text = True
        raised = etree.Element("sup")
        etree.SubElement(raised, "a", {"role": "doc-noteref", "href": f"#{label}"}).text = mark
        self._pieces.append(_ContentPiece(raised, 0, ""))

    def take_pictures(self) -> list[Any]:
        """Remove the pictures and return their elements."""
        pictures = [one for one in self._pieces if _is_element(one, "img")]
        self._pieces = [one for one in self._pieces if not _is_element(one, "img")]
        self._has_text = any(
            isinstance(one.content, list) and "".join(one.content).strip() for one in self._pieces
        )
        return [one.content for one in pictures]

    def write_into(self, parent: Any, *, without: int = 0, always: int = 0) -> None:
        """Write the paragraph into an element.

        Args:
            parent: The element.
            without: Run properties to ignore.
            always: Run properties that all of the text gets.
        """
        opened = [_OpenElement("", parent)]
        for piece in self._pieces:
            keys = _keys((piece.run_properties | always) & ~without, piece.target)
            while any(span.key not in keys for span in opened[1:]):
                opened.pop().settle()
            present = {span.key for span in opened}
            for key in keys:
                if key not in present:
                    opened.append(_OpenElement(key, opened[-1].open(key)))
            if isinstance(piece.content, list):
                opened[-1].texts += piece.content
            else:
                opened[-1].append(piece.content)
        for span in opened:
            span.settle()


def _keys(run_properties: int, target: str) -> list[str]:
    keys = [f"a {target}"] if target else []
    if run_properties:
        keys += [tag for bit, tag in _TAGS if run_properties & bit]
    return keys


class _OpenElement:
    """An element that collects its text, since lxml copies the old text to append to it."""

    __slots__ = ("_element", "_last", "key", "texts")

    def __init__(self, key: str, element: Any) -> None:
        self.key = key
        self.texts: list[str] = []
        self._element = element
        self._last = last_child(element)

    def open(self, key: str) -> Any:
        """Open an element inside this one."""
        is_link = key.startswith("a ")
        element = etree.Element("a", href=legal(key[2:])) if is_link else etree.Element(key)
        self.append(element)
        return element

    def append(self, child: Any) -> None:
        """Append an element."""
        self.settle()
        self._element.append(child)
        self._last = child

    def settle(self) -> None:
        """Write the collected text into the tree."""
        text = "".join(self.texts)
        self.texts.clear()
        if not text:
            return
        if self._last is None:
            self._element.text = (self._element.text or "") + text
        else:
            self._last.tail = (self._last.tail or "") + text


def last_child(element: Any) -> Any | None:
    """Return the last child of an element; ``len`` would count all children."""
    return next(element.iterchildren(reversed=True), None)


def _is_element(piece: _ContentPiece, tag: str) -> bool:
    return not isinstance(piece.content, list) and piece.content.tag == tag


def _plain(element: Any) -> str:
    return "\n" if element.tag == "br" else "".join(element.itertext())
