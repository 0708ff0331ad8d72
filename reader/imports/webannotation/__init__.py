"""Reads W3C Web Annotations (JSON-LD), those of Margin and of any other program."""

from reader.imports.webannotation.reader import read, recognises

__all__ = ["read", "recognises"]
