"""Reads lists of articles to read later, from other programs and browsers."""

from reader.imports.links.archives import ArchivedCopies
from reader.imports.links.link import Link
from reader.imports.links.reading_lists import read_links

__all__ = ["ArchivedCopies", "Link", "read_links"]
