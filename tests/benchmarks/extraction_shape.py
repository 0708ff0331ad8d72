"""Count the structure that an extraction keeps: lists, quotations, tables, code, captions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from reader.core.document import Block, BlockKind, Document
from reader.formats.html.matching import without_spaces

KINDS = ("headings", "items", "quotations", "cells", "code", "captions", "footnotes")
"""The kinds of parts that are counted."""

_KEY = 24
"""The characters at the start of a part that identify it."""
_AHEAD = 160
_WAY_BACK = 2
_PERMALINKS = "#¶"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

Parts = dict[str, list[str]]
"""The texts of all parts, by kind; white space matters only in code."""


def of_document(document: Document) -> Parts:
    """Return the parts of Margin's document of a page."""
    parts: Parts = {kind: [] for kind in KINDS}
    before: Block | None = None
    for block in document.blocks:
        text = document.quote(block.range)
        onward = without_spaces(document.text[block.start : block.start + _AHEAD])
        if block.marker:
            parts["items"].append(onward)
        if block.kind is BlockKind.HEADING:
            parts["headings"].append(without_spaces(text))
        elif block.kind is BlockKind.TABLE:
            cells = text.replace("\n", "\t").split("\t")
            parts["cells"] += [without_spaces(cell) for cell in cells if cell.strip()]
        elif block.kind is BlockKind.CODE:
            parts["code"].append(_code(text))
        elif block.kind is BlockKind.FOOTNOTE:
            parts["footnotes"].append(onward)
        if 0 in block.nest and (before is None or 0 not in before.nest):
            parts["quotations"].append(onward)
        if block.kind is BlockKind.IMAGE or (before and before.kind is BlockKind.IMAGE):
            parts["captions"].append(without_spaces(text))
        before = block
    return parts


def of_extractor(body: Any) -> Parts:
    """Return the parts of trafilatura's tree of a page."""
    return {
        "headings": _texts(body.iter("head")),
        "items": [text.lstrip("^") for text in _texts(body.iter("item"))],
        "quotations": _texts(body.iter("quote")),
        "cells": _texts(body.iter("cell")),
        "code": [_code("".join(element.itertext())) for element in body.iter("code")],
        "captions": _texts(body.iter("p", "graphic", "hi")),
        "footnotes": [],
    }


def of_expected(tree: Any) -> Parts:
    """Return the parts of the expected article, given as HTML."""
    tables = [element for element in tree.iter("table") if _is_data(element)]
    return {
        "headings": [
            text.removesuffix("[edit]").rstrip(_PERMALINKS)
            for text in _texts(tree.iter(*_HEADINGS))
        ],
        "items": [text for element in tree.iter("li") if (text := _item(element))],
        "quotations": _texts(tree.iter("blockquote")),
        "cells": [text for element in tables for text in _texts(element.iter("td", "th"))],
        "code": [_code(_lines(element)) for element in tree.iter("pre")],
        "captions": _texts(tree.iter("figcaption")),
        "footnotes": [],
    }


def kept(expected: Parts, extracted: Parts) -> Counter[str]:
    """Return how many of the expected parts were extracted with their kind."""
    counts: Counter[str] = Counter()
    for kind in KINDS:
        if kind == "code":
            counts[kind] = (Counter(expected[kind]) & Counter(extracted[kind])).total()
            continue
        starts = {text[:end] for text in extracted[kind] for end in range(1, _KEY + 1)}
        counts[kind] = sum(text[:_KEY] in starts for text in expected[kind])
    return counts


def count(parts: Parts) -> Counter[str]:
    """Return the number of parts of each kind."""
    return Counter({kind: len(parts[kind]) for kind in KINDS})


def captions(document: Document, page: Any) -> list[str]:
    """Return the captions of a document, without alternative texts, which the page does not show.

    Args:
        document: Margin's document of the page.
        page: The tree of the page.
    """
    shown = without_spaces("".join(page.itertext()))
    return [text for text in of_document(document)["captions"] if text in shown]


def _texts(elements: Iterable[Any]) -> list[str]:
    texts = (without_spaces("".join(element.itertext())) for element in elements)
    return [text for text in texts if text]


def _item(element: Any) -> str:
    """Return the text of an item without the links back from a note to its reference."""
    text = without_spaces("".join(element.itertext()))
    for link in element.iter("a"):
        name = without_spaces("".join(link.itertext()))
        if "#" in (link.get("href") or "") and len(name) <= _WAY_BACK:
            text = text.lstrip("^").removeprefix(name)
    return text.lstrip("^")


def _is_data(table: Any) -> bool:
    rows = [len(row.findall("td") + row.findall("th")) for row in table.iter("tr")]
    return max(rows, default=0) > 1 and len(list(table.iter("table", "li", *_HEADINGS))) == 1


def _lines(element: Any) -> str:
    pieces = [element.text or ""]
    for inner in element.iterdescendants():
        pieces += ["\n" if inner.tag == "br" else "", inner.text or "", inner.tail or ""]
    return "".join(pieces)


def _code(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))
