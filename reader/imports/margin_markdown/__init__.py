"""Reads back the Markdown that Margin exports, with what a person changed in it."""

from reader.imports.margin_markdown.reader import read, recognises

__all__ = ["read", "recognises"]
