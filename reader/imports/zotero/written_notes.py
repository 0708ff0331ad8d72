"""Reads the notes of Zotero's items (HTML), with the annotations that Zotero puts into them.

*Add Note from Annotations* writes a paragraph for each annotation: its words with the annotation as
JSON in an attribute, a citation, and the comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from reader.core.json_values import string_in
from reader.imports.model import ImportedNote
from reader.imports.records import Record, json_in
from reader.imports.rich_text import markdown_of, parsed_html, words_of
from reader.imports.values import date_in
from reader.imports.zotero.annotations import key_of, position_in, tags_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_PASSAGES: Final = "//span[@data-annotation][normalize-space()]"
_MARK: Final = "\ue000"
"""Stands for a passage in the text of its paragraph; no text has this private character."""

_QUOTES: Final = re.compile(r"\A[“”„«»\"'‘’「『]\s*(.*?)\s*[“”„«»\"'‘’」』]\Z", re.DOTALL)


def notes_in(record: Record) -> Iterator[ImportedNote]:
    """Yield the passages of a note with their comments, and what else it says as one note."""
    root: Any = parsed_html(string_in(record, "note").replace(_MARK, ""))
    if root is None:
        return
    blocks = dict.fromkeys(_block_of(each) for each in root.xpath(_PASSAGES))
    for block in blocks:
        yield from _passages(block)
    if blocks:  # Zotero's heading tells when it made the note
        for heading in root.xpath("(//h1)[1]"):
            heading.clear(keep_tail=True)
    if text := markdown_of(root):
        yield ImportedNote(
            note=text,
            tags=tuple(tags_of(record)),
            created=date_in(string_in(record, "dateAdded")),
            modified=date_in(string_in(record, "dateModified")),
            key=key_of(record),
        )


def _block_of(passage: _Element) -> _Element:
    """Return the paragraph or the item of a list in which a passage stands."""
    return next(passage.iterancestors("p", "li", "h1", "h2", "h3", "blockquote", "div", "body"))


def _passages(block: Any) -> Iterator[ImportedNote]:
    """Yield the passages of a paragraph, each with what follows it there, and empty it."""
    passages = []
    for each in block.xpath(f".{_PASSAGES}"):
        annotation = json_in(unquote(each.get("data-annotation") or ""))
        passages.append((words_of(each), annotation if isinstance(annotation, dict) else {}))
        each.clear(keep_tail=True)
        each.text = _MARK
    for each in block.xpath(".//span[contains(concat(' ', @class, ' '), ' citation ')]"):
        each.clear(keep_tail=True)
    _, *comments = markdown_of(block).split(_MARK)
    block.clear(keep_tail=True)
    block.tag = "span"  # an empty item of a list would leave its dash
    for (words, annotation), comment in zip(passages, comments, strict=False):
        yield ImportedNote(
            quote=_QUOTES.sub(r"\1", words),
            note=comment.strip(),
            colour=string_in(annotation, "color"),
            page=string_in(annotation, "pageLabel"),
            position=position_in(annotation.get("position")),
            key=string_in(annotation, "annotationKey"),
        )
