"""Describe passages by selectors.

``describe`` is the inverse of ``Anchoring.find`` in ``reader.core.anchoring``. A selector follows
the W3C Web Annotation model: the quote with its context, and its position, both in code points.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from reader.core.annotation import Selector
from reader.core.document import BlockKind, Document, TextRange
from reader.core.graphemes import whole_graphemes
from reader.core.text_formatting import one_line

CONTEXT_LENGTH = 64
"""Code points of context that a selector has on each side; of 16, 32, 64 and 128 this found the
most passages again."""


def whole_words_before(context: str) -> str:
    """Return the text before a passage without a word that its length cut, where it has others.

    Args:
        context: At most ``CONTEXT_LENGTH`` code points, of which only so many are cut.
    """
    is_cut = len(context) >= CONTEXT_LENGTH
    return (context.split(maxsplit=1)[-1:] or [""])[0] if is_cut else context


def whole_words_after(context: str) -> str:
    """Return the text after a passage, as ``whole_words_before``."""
    is_cut = len(context) >= CONTEXT_LENGTH
    return (context.rsplit(maxsplit=1)[:1] or [""])[0] if is_cut else context


def former_context(selector: Selector, show: Callable[[str], str] = one_line) -> str:
    """Return a sentence on where a lost passage was; empty if its selector has no context.

    Args:
        selector: Describes the passage.
        show: Formats a text for display, such as on one line, or escaped.
    """
    parts = (
        ("under “{}”", selector.section),
        ("after “… {}”", whole_words_before(selector.prefix)),
        ("before “{} …”", whole_words_after(selector.suffix)),
    )
    clauses = [form.format(show(text)) for form, text in parts if text.strip()]
    return f"It stood {', '.join(clauses)}." if clauses else ""


def describe(document: Document, passage: TextRange, *, snapshot: str | None = None) -> Selector:
    """Return a selector that finds ``passage`` again after the document has changed.

    Args:
        document: The document.
        passage: A range of its text; white space at its edges is left out.
        snapshot: Digest of the text that the offsets refer to; by default the document's own,
            or an empty string while the document is still being read.

    Returns:
        A selector; its ``exact`` is empty where the passage is only white space.
    """
    start, end = trimmed(document, passage)
    text = document.text
    if snapshot is None:
        snapshot = document.digest if document.is_complete else ""
    return Selector(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT_LENGTH) : start],
        suffix=text[end : end + CONTEXT_LENGTH],
        start=start,
        end=end,
        section=section_title(document, start),
        snapshot=snapshot,
        page=document.page_at(start),
    )


def supersede(selector: Selector, present: Selector, snapshot: str) -> Selector:
    """Return the selector that replaces another one and remembers it in ``earlier``.

    Args:
        selector: The selector to replace.
        present: The new selector, described on the present text.
        snapshot: Digest of the present text. A selector of this same text is not remembered,
            because only its range has changed.
    """
    if selector.snapshot in ("", snapshot):
        return replace(present, earlier=selector.earlier)
    record = msgspec.to_builtins(replace(selector, earlier=()))
    return replace(present, earlier=(*selector.earlier, record))


def selector_history(selector: Selector) -> list[Selector]:
    """Return every selector that a passage has had, oldest first, ``selector`` last.

    Records that cannot be read are skipped.
    """
    selectors: list[Selector] = []
    for record in selector.earlier:
        with contextlib.suppress(msgspec.ValidationError):
            selectors.append(msgspec.convert(record, Selector))
    return [*selectors, selector]


def trimmed(document: Document, passage: TextRange) -> TextRange:
    """Return ``passage`` without white space at its edges, widened to whole graphemes.

    Args:
        document: The document.
        passage: Any two offsets; they are moved into the text, and swapped where the range runs
            backwards.

    Returns:
        A range with grapheme boundaries at both ends; empty where the passage is only white space.
    """
    first, last = document.clamp(passage.start), document.clamp(passage.end)
    return trimmed_range(document.text, min(first, last), max(first, last))


def trimmed_range(text: str, start: int, end: int) -> TextRange:
    """Return ``start:end`` without white space at its edges, widened to whole graphemes."""
    passage = text[start:end]
    stripped = passage.strip()
    if not stripped:
        return TextRange(start, start)
    start += len(passage) - len(passage.lstrip())
    return whole_graphemes(text, TextRange(start, start + len(stripped)))


def section_title(document: Document, offset: int) -> str:
    """Return the text of the last heading at or before ``offset``; empty without one."""
    for index in range(document.block_index(offset), -1, -1):
        block = document.blocks[index]
        if block.kind is BlockKind.HEADING:
            return document.quote(block.range)
    return ""
