"""Finds what stands around a passage in the text that a program keeps with it."""

from __future__ import annotations


def around(quote: str, text: str) -> tuple[str, str]:
    """Return what stands before and after a passage, empty where it is not in the text."""
    if not quote:
        return "", ""
    before, found, after = text.partition(quote)
    return (before, after) if found else ("", "")
