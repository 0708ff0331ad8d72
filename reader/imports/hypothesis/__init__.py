"""Reads the annotations of Hypothesis: the JSON of its API, and what its client exports."""

from reader.imports.hypothesis.reader import read, recognises

__all__ = ["read", "recognises"]
