"""Copies of articles in the archives of other programs, read in place of their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from reader.core.document import Document, Metadata
from reader.session.sources import Source, address_of


class ArchivedCopy(NamedTuple):
    """An article in the archive of another program."""

    name: str
    """The name of its file, which tells the format."""
    read: Callable[[], bytes]
    """Returns the bytes of the file; raises ``SourceError``."""
    metadata: Metadata
    """The metadata that the other program has."""


def read_copy(url: str, copy: ArchivedCopy) -> tuple[Source, Document]:
    """Read an archived copy; all of its text is the article.

    Args:
        url: The web address or the path of the article; empty where it has none.
        copy: The copy.

    Raises:
        SourceError: It cannot be read, or is no text.
    """
    from reader.formats import clean_line, read_document  # noqa: PLC0415  (only for lists)

    fetched = Source(address_of(url) if url else "", copy.name, copy.read())
    document = read_document(
        fetched.data, name=fetched.name, info=fetched.info._replace(is_whole=True)
    )
    own, archived = document.metadata, copy.metadata
    metadata = replace(
        own,
        title=clean_line(archived.title) or own.title,
        authors=tuple(filter(None, map(clean_line, archived.authors))) or own.authors,
        site=own.site or clean_line(archived.site),
        published=own.published or clean_line(archived.published),
        language=own.language or clean_line(archived.language),
        url=own.url or archived.url,
        identifier=own.identifier or archived.identifier,
    )
    return fetched, replace(document, metadata=metadata)
