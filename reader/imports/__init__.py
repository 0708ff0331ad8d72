"""Reads the files of other programs."""

from reader.imports.archives import ArchivedCopies
from reader.imports.link import Link
from reader.imports.reading_lists import read_links

__all__ = ["ArchivedCopies", "Link", "read_links"]
