"""Reads the highlights of Readwise: its CSV and the JSON of its API, and the list of its Reader."""

from reader.imports.readwise.reader import read, recognises

__all__ = ["read", "recognises"]
