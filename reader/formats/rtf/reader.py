"""RTF, read without a library.

Text is decoded as its fonts state, so that no language is lost. Pictures, data and hidden text are
not decoded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from reader.core.document import Document, Metadata
from reader.errors import SourceError
from reader.formats.cleaning import clean_line
from reader.formats.rtf.body import RtfBody
from reader.formats.rtf.definitions import language_of
from reader.formats.rtf.header_tables import HeaderTables
from reader.formats.rtf.parser import RtfReader
from reader.formats.word.documents import read_documents

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?=\{\s*\\rtf)")
_TARGETS = re.compile(rb'\\\\l\s+"([^"\\{}]{1,200})"|\bREF\s+([^\s"\\{}]{1,200})')
_AUTHORS = re.compile(r"\s*;\s*")


def read_bytes(data: bytes, name: str, first_slice: int) -> Iterator[Document]:
    """Yield a document that grows; the last one is complete.

    Args:
        data: The bytes of an RTF file.
        name: Its name or path.
        first_slice: Code points of text in the first part; 0 for the usual number.

    Raises:
        SourceError: It is not RTF, holds no text, or holds too much.
    """
    header_tables, body, source = _opened(data, name)
    yield from read_documents(
        source.read(),
        body.writer,
        partial(_metadata, header_tables, body),
        fault=partial(_fault, name),
        name=name,
        first_slice=first_slice,
    )


def read_elements(data: bytes, name: str) -> list[Any]:
    """Return the elements of an RTF file that another file embeds, in HTML.

    Args:
        data: Its bytes.
        name: Its name in errors.

    Raises:
        SourceError: It is not RTF, or holds too much.
    """
    _, body, source = _opened(data, name)
    for _ in source.read():
        pass
    return list(body.writer.finish())


def _opened(data: bytes, name: str) -> tuple[HeaderTables, RtfBody, RtfReader]:
    start = _START.match(data)
    if start is None:
        raise _fault(name, "does not begin like an RTF file")
    header_tables = HeaderTables()
    body = RtfBody(header_tables, _targets(data))
    source = RtfReader(data[start.end() :], body, header_tables, partial(_fault, name))
    return header_tables, body, source


def _fault(name: str, predicate: str) -> SourceError:
    return SourceError("Not a readable RTF document", f"{name or 'The source'} {predicate}.")


def _targets(data: bytes) -> frozenset[str]:
    """Return the bookmarks that are targets of links."""
    return frozenset(
        (match[1] or match[2]).decode("cp1252", "replace") for match in _TARGETS.finditer(data)
    )


def _metadata(header_tables: HeaderTables, body: RtfBody) -> Metadata:
    authors = _AUTHORS.split(header_tables.info.get("author", "")[:1000])
    languages = {number: count for number, count in body.languages.items() if language_of(number)}
    language = max(languages, key=languages.__getitem__, default=header_tables.default_language)
    return Metadata(
        title=clean_line(header_tables.info.get("title", ""))[:1000],
        authors=tuple(author for one in authors if (author := clean_line(one))),
        published=header_tables.created,
        language=language_of(language),
    )
