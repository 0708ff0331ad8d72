"""Reads HTML, and writes that of a note as the Markdown of Margin's notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from reader.core.addresses import is_web_address

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS: Final = frozenset(
    ("address", "article", "blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li",
     "ol", "p", "pre", "section", "table", "tr", "ul")
)  # fmt: skip
_MARKS: Final = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_UNSEEN: Final = frozenset(("script", "style", "head", "title", "template"))


def markdown_of_html(html: str) -> str:
    """Return a piece of HTML as Markdown: paragraphs, lists, quotes, emphasis and links."""
    root = parsed_html(html)
    return "" if root is None else markdown_of(root)


def parsed_html(html: str) -> _Element | None:
    """Return the root of an HTML text; None if it has none. Nothing is loaded."""
    from lxml import etree  # noqa: PLC0415  (most files hold no HTML)

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        return etree.fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def markdown_of(root: _Element) -> str:
    """Return the text of an element as Markdown."""
    text = "".join(_pieces(root))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def words_of(element: _Element | None) -> str:
    """Return the text of an element on one line; empty for None."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _pieces(root: _Element) -> Iterator[str]:
    """Yield the pieces of the text; nesting costs no stack."""
    from lxml import etree  # noqa: PLC0415  (most files hold no HTML)

    unseen = 0
    for event, element in etree.iterwalk(root, ("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _UNSEEN:
            unseen += 1 if event == "start" else -1
        elif not unseen:
            yield _opening(element, tag) if event == "start" else _closing(element, tag)
        if unseen:
            continue
        if event == "start" and element.text:
            yield " ".join(re.split(r"\s+", element.text))
        elif event == "end" and element is not root and element.tail:
            yield " ".join(re.split(r"\s+", element.tail))


def _opening(element: _Element, tag: str) -> str:
    if tag == "br":
        return "\n"
    if tag == "li":
        return "\n- "
    if tag == "blockquote":
        return "\n\n> "
    if tag == "a" and is_web_address(element.get("href") or ""):
        return "["
    parent = element.getparent()
    if tag == "p" and parent is not None and parent.tag in ("li", "blockquote"):
        return ""
    return "\n\n" if tag in _BLOCKS else _MARKS.get(tag, "")


def _closing(element: _Element, tag: str) -> str:
    if tag == "a" and is_web_address(element.get("href") or ""):
        return f"]({(element.get('href') or '').strip()})"
    if tag == "li":
        return ""
    return "\n\n" if tag in _BLOCKS else _MARKS.get(tag, "")
