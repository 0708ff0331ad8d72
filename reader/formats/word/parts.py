"""The XML parts in the archive of a word processor's file, and its metadata."""

from __future__ import annotations

import re
from typing import Any, Final

from reader.core.document import Metadata
from reader.formats.archive import Archive
from reader.formats.cleaning import clean_line
from reader.formats.tree.elements import local_name
from reader.formats.tree.xml import parse_strictly

MAX_XML: Final = 32 << 20
"""The most XML of a document, in bytes; the tree takes some ten times as much memory."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class XmlParts:
    """Parses the XML files of an archive, up to ``MAX_XML`` bytes in all."""

    def __init__(self, archive: Archive) -> None:
        """Start with nothing parsed."""
        self._archive = archive
        self._left = MAX_XML

    def read(self, path: str) -> Any | None:
        """Return the root of a file; None if the archive does not hold it.

        Raises:
            SourceError: The file is damaged, or makes the document too large.
        """
        data = self._archive.read(path)
        if data is None:
            return None
        self._left -= len(data)
        if self._left < 0:
            raise self._archive.fault(f"holds more than {MAX_XML >> 20} MB of text and its layout")
        root = parse_strictly(data)
        if root is None:
            raise self._archive.fault("is damaged")
        return root


def fields_of(*parents: Any) -> dict[str, str]:
    """Return the texts of elements' children by name; the first one of a name counts."""
    fields: dict[str, str] = {}
    for parent in parents:
        for child in parent:
            fields.setdefault(local_name(child), clean_line("".join(child.itertext()))[:1000])
    return fields


def metadata_of(title: str, authors: str, created: str, language: str) -> Metadata:
    """Return the metadata of a document.

    Args:
        title: Its title.
        authors: Its authors, with semicolons between them.
        created: When it was created, in ISO 8601, with or without a time.
        language: Its language tag.
    """
    date = _DATE.match(created)
    return Metadata(
        title=title,
        authors=tuple(author for name in authors.split(";") if (author := name.strip())),
        published=date[0] if date else "",
        language=language[:40],
    )
