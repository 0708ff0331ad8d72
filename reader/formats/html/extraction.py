"""Asks the extractor which words of a page are its article.

This is the only module that uses trafilatura.
"""

from __future__ import annotations

import logging
from itertools import islice
from typing import Any

from lxml import etree

from reader.core.document import Metadata
from reader.formats.cleaning import clean_line
from reader.formats.html.authors import names_of
from reader.formats.tree.elements import BLOCKS

MAX_EXTRACTED = 3_000_000
"""The largest page that the extractor reads, in letters; a larger one is a book or a list."""

MAX_COMPARED = 50_000
"""The largest page for which the extractor compares its result with those of others, in letters:
the time grows with the square of the page."""

MAX_COMPARED_BLOCKS = 5_000
"""The same in blocks, since one of the others searches the neighbours of each block."""

# The errors of the extractor on unusual pages. They leave no state of Margin's behind, and the page
# can still be read as a whole.
_FAULTS = (
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    AssertionError,
    RecursionError,
    etree.LxmlError,
)
_AS_HTML = {
    "head": "h2",
    "list": "ul",
    "item": "li",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "lb": "br",
    "ref": "a",
    "graphic": "img",
    "hi": "em",
}
_EMPHASIS = {"#b": "strong", "#i": "em", "#t": "code", "#sub": "sub", "#sup": "sup", "#u": "span"}
_KINDS = {"head": ("h1", "h2", "h3", "h4", "h5", "h6"), "list": ("ul", "ol", "dl")}

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def extract(root: Any, letters: int, *, is_shaped: bool = False) -> Any:
    """Return the tree that the extractor takes for the article; None if it finds none.

    Args:
        root: The page, which is not changed.
        letters: The number of letters that the page shows.
        is_shaped: Whether to return links and emphasis too, with the element names of HTML: for a
            text that cannot be found in the page again.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415  (a whole page is shown without it)

    try:
        extracted: Any = bare_extraction(
            root,
            fast=letters > MAX_COMPARED or _has_many_blocks(root),
            include_comments=False,
            include_formatting=is_shaped,
            include_links=is_shaped,
            output_format="txt",  # only its tree is used
        )
    except _FAULTS:
        return None
    if extracted is None or extracted.body is None:
        return None
    for element in extracted.body.iter() if is_shaped else ():
        _rename(element)
    return extracted.body


def _has_many_blocks(root: Any) -> bool:
    return next(islice(root.iter(*BLOCKS), MAX_COMPARED_BLOCKS, None), None) is not None


def _rename(element: Any) -> None:
    """Rename an element of the extractor's tree to its name in HTML."""
    tag, kind = element.tag, element.get("rend") or ""
    if kind in _KINDS.get(tag, ()):
        element.tag = kind
    elif tag == "hi":
        element.tag = _EMPHASIS.get(kind, "em")
    elif tag == "cell" and element.get("role") == "head":
        element.tag = "th"
    elif tag == "code" and "\n" in "".join(element.itertext()):
        element.tag = "pre"
    elif tag in _AS_HTML:
        element.tag = _AS_HTML[tag]
    if element.tag == "a" and (target := element.get("target")):
        element.set("href", clean_line(target))


def guess_metadata(root: Any, address: str) -> Metadata:
    """Return the extractor's guess of a page's title, authors and date."""
    from trafilatura import extract_metadata  # noqa: PLC0415  (see above)

    try:
        # The extensive search takes any year of the page, and up to seconds.
        guessed: Any = extract_metadata(root, address or None, extensive=False)
    except _FAULTS:
        return Metadata()
    if guessed is None:
        return Metadata()
    authors = [clean_line(one) for one in (guessed.author or "").split(";")]
    return Metadata(
        clean_line(guessed.title or ""),
        names_of(authors),
        clean_line(guessed.sitename or ""),
        clean_line(guessed.date or ""),
        clean_line(guessed.language or ""),
        "",
    )
