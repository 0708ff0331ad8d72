"""RTF, by a reader of our own: what is marked in it is kept, and read in order.

The text is decoded as its fonts say, so that no language is lost; pictures, data and what is hidden
are passed over without being looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from reader.core.document import Document, Metadata
from reader.errors import SourceError
from reader.formats.builder import DocumentBuilder, title_from_name
from reader.formats.cleaning import clean_line
from reader.formats.rtf.body import Body
from reader.formats.rtf.file_head import language_of
from reader.formats.rtf.heads import Heads
from reader.formats.rtf.parser import RtfReader
from reader.formats.source import slice_sizes
from reader.formats.tree.blocks import TreeReader

FIRST_SLICE: Final = 16_384
"""Code points of text behind the first part."""

LARGEST_SLICE: Final = 262_144
"""Code points of text between two parts."""

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?=\{\s*\\rtf)")
_TARGETS = re.compile(rb'\\\\l\s+"([^"\\{}]{1,200})"|\bREF\s+([^\s"\\{}]{1,200})')
_AUTHORS = re.compile(r"\s*;\s*")


def read_bytes(data: bytes, name: str, first_slice: int) -> Iterator[Document]:
    """Yield a document that grows; the last one is complete.

    Args:
        data: The bytes of an RTF file.
        name: Its name or path.
        first_slice: Code points of text behind the first part; 0 for what suits.

    Raises:
        SourceError: It is no RTF, holds no text, or far too much.
    """
    start = _START.match(data)
    if start is None:
        raise _fault(name, "does not begin as RTF does")
    heads = Heads()
    body = Body(heads, _targets(data))
    source = RtfReader(data[start.end() :], body, heads, partial(_fault, name))
    builder = DocumentBuilder()
    reader = TreeReader(builder)
    sizes = slice_sizes(first_slice or FIRST_SLICE, LARGEST_SLICE)
    due = next(sizes)
    for _ in source.read():
        for element in body.flow.take():
            reader.read(element)
        if builder.text_length >= due:
            yield builder.document(_metadata(heads, body, name, reader.title), is_complete=False)
            due = builder.text_length + next(sizes)
    body.finish()
    for element in body.flow.finish():
        reader.read(element)
    if not len(builder):
        raise _fault(name, "holds no text")
    yield builder.document(_metadata(heads, body, name, reader.title), is_complete=True)


def _fault(name: str, predicate: str) -> SourceError:
    return SourceError("Not a readable RTF document", f"{name or 'The source'} {predicate}.")


def _targets(data: bytes) -> frozenset[str]:
    """Return the bookmarks that links lead to."""
    return frozenset(
        (match[1] or match[2]).decode("cp1252", "replace") for match in _TARGETS.finditer(data)
    )


def _metadata(heads: Heads, body: Body, name: str, heading: str) -> Metadata:
    authors = _AUTHORS.split(heads.said.get("author", "")[:1000])
    languages = {number: count for number, count in body.languages.items() if language_of(number)}
    language = max(languages, key=languages.__getitem__, default=heads.default_language)
    return Metadata(
        title=clean_line(heads.said.get("title", ""))[:1000] or heading or title_from_name(name),
        authors=tuple(author for one in authors if (author := clean_line(one))),
        published=heads.created,
        language=language_of(language),
    )
