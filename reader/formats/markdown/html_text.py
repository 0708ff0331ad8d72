"""Reads HTML inside Markdown: its text without the tags."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from reader.formats.cleaning import clean
from reader.formats.patterns import pattern

_TAG = pattern(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>")
_ALT = pattern(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SPACE = pattern(r"[ \t\n]+")
UNSHOWN = frozenset({"script", "style", "template", "noscript"})
"""Elements whose content is not shown as text."""
_PHRASING = (
    "a abbr b bdi bdo big cite code data del dfn em font i img ins kbd label mark q ruby s samp "
    "small span strike strong sub sup time tt u var wbr"
)
_WITHIN_LINE = frozenset(_PHRASING.split())


class HtmlTag(NamedTuple):
    """One tag of HTML."""

    name: str
    """Its name in lower case."""
    is_closing: bool
    """Whether it is an end tag."""
    alt: str
    """The alternative text of a picture."""


def read_tag(source: str) -> HtmlTag | None:
    """Return the tag that ``source`` is; None for a comment or another declaration."""
    match = _TAG.match(source)
    if match is None:
        return None
    closing, name, attributes = match.groups()
    name = name.lower()
    alt = _ALT.search(attributes) if name == "img" else None
    text = html.unescape(next(filter(None, alt.groups()), "")) if alt else ""
    return HtmlTag(name, bool(closing), _SPACE.sub(" ", clean(text)))


def paragraphs(source: str) -> list[str]:
    """Return the text of a block of HTML, as a list of paragraphs.

    Comments and the content of scripts and styles are dropped, and ``<br>`` is a newline.
    """
    pieces: list[str] = []
    position = 0
    while (start := source.find("<", position)) >= 0:
        pieces.append(_text(source[position:start]))
        position = _after_markup(source, start, pieces)
    pieces.append(_text(source[position:]))
    # A form feed separates two paragraphs, since the cleaned text holds none.
    joined = "".join(pieces)
    lines = (
        "\n".join(_SPACE.sub(" ", line).strip() for line in one.split("\v"))
        for one in joined.split("\f")
    )
    return [paragraph for one in lines if (paragraph := one.strip("\n"))]


def _text(source: str) -> str:
    return clean(html.unescape(source)) if "&" in source else source


def _after_markup(source: str, start: int, pieces: list[str]) -> int:
    """Read the markup at ``start``; return the offset after it."""
    if source.startswith("<!--", start):
        end = source.find("-->", start + 2)
        return len(source) if end < 0 else end + 3
    if source.startswith(("<!", "<?"), start):
        end = source.find(">", start)
        return len(source) if end < 0 else end + 1
    match = _TAG.match(source, start)
    if match is None:
        pieces.append("<")
        return start + 1
    name = match[2].lower()
    if name == "br":
        pieces.append("\v")
    elif name not in _WITHIN_LINE:
        pieces.append("\f")
    elif name == "img" and (tag := read_tag(match[0])):
        pieces.append(tag.alt)
    if name in UNSHOWN and not match[1]:
        end_tag = re.compile(rf"</{name}[^<>]*>", re.IGNORECASE).search(source, match.end())
        return len(source) if end_tag is None else end_tag.end()
    return match.end()
