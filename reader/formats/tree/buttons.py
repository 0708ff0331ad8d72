"""Tells the words in buttons that belong to a text from the labels of controls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reader.formats.tree.elements import BLOCKS, local_name

_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"))
_ENDS: Final = (".", "!", "?", ":", "…", "。", "！", "？")
_LETTERS: Final = 3


def is_text(button: Any) -> bool:
    """Return whether a button is a word of a sentence or a heading.

    A word has words of its own block after it, or before it without an end of a sentence between.
    """
    if not any(map(str.isalpha, "".join(button.itertext()))):
        return False
    before, after = "", ""
    inner = button
    for parent in button.iterancestors():
        name = local_name(parent)
        if name in _HEADINGS:
            return True
        before = "".join(reversed(list(_texts_before(inner)))) + before
        after += "".join(_texts_after(inner))
        if name in BLOCKS:
            break
        inner = parent
    before, after = before.strip(), after.strip()
    if sum(map(str.isalpha, before + after)) < _LETTERS:
        return False
    if any(map(str.isalpha, after)):
        return True
    return bool(before) and not before.endswith(_ENDS)


def _texts_before(element: Any) -> Iterator[str]:
    """Yield the texts before an element in its parent, the last first, up to a block."""
    for sibling in element.itersiblings(preceding=True):
        yield sibling.tail or ""
        if local_name(sibling) in BLOCKS or local_name(sibling) in ("br", "button"):
            return
        yield "".join(sibling.itertext())
    yield element.getparent().text or ""


def _texts_after(element: Any) -> Iterator[str]:
    yield element.tail or ""
    for sibling in element.itersiblings():
        if local_name(sibling) in BLOCKS or local_name(sibling) in ("br", "button"):
            return
        yield "".join(sibling.itertext())
        yield sibling.tail or ""
