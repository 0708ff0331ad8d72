"""Reads annotations of Zotero: JSON of Better BibTeX and of Zotero's API, and Markdown."""

from reader.imports.zotero.reader import read, recognises

__all__ = ["read", "recognises"]
