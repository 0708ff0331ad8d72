"""Hostile text: what a terminal would obey, or what turns the order of the text around it."""

from __future__ import annotations

import re
from typing import Any

SEQUENCES = {
    "title": "\x1b]0;owned\x07",
    "colour": "\x1b[48;5;199m",
    "clear": "\x1b[2J\x1b[H",
    "clipboard": "\x1b]52;c;b3duZWQ=\x07",
    "link": "\x1b]8;;https://owned.example\x1b\\here\x1b]8;;\x1b\\",
    "device": "\x1bPowned\x1b\\",
    "C1 commands": "\x9b2J\x9d0;owned\x9c\x90owned\x9c\x85",
    "controls": "\x00\x07\x08\x0b\x0c\r\x0e\x1a\x7f",
    "directions": "\u202a\u202b\u202d\u202e\u2066\u2067\u2068",
    "separators": "\u2028\u2029\ufeff\ufff9\U000e0041",
}
"""What a terminal obeys, or what turns the order of the text around it."""

HOSTILE = "<" + "".join(SEQUENCES.values()) + ">"
"""All of it."""

BRIEF = (
    "owned\x1b\x9b\u202e\x07\r\n\x08\u200b\u2066\x00\u2028[/][red]"
    "\x1b]52;c;b3duZWQ=\x07\x1b[48;5;199m\x1b]0;owned\x07"
)
"""One of each kind, of which the first fit into a narrow column, and markup of Textual."""

FILE_NAME = "evil\x1b]0;owned\x07\x1b[2J\x1b]52;c;b3duZWQ=\x07\r\x08\x7f\u202e"
"""What a file may be called: all but a slash and a zero byte."""

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufff9\ud800-\udfff\U000e0041]"
)
"""What none of it may leave behind."""

KEPT = frozenset({
    "id", "schema", "snapshot", "source_digest", "created", "modified", "added", "opened",
    "state", "digest", "exact", "prefix", "suffix", "changed", "time", "place", "deleted",
})  # fmt: skip
"""Fields without which a record is not understood, or a passage is not found."""

STANDARD = ("quote", "claim", "context")
"""The tags that decide which fields an annotation has."""


def poisoned(value: Any, key: str = "", *, text: str = HOSTILE, kept: frozenset[str] = KEPT) -> Any:
    """Return a record with hostile text in every field that may hold any text.

    Args:
        value: The record, or a value in it.
        key: The value's field.
        text: The hostile text.
        kept: The fields that stay as they are.
    """
    if key in kept or value in STANDARD:
        return value
    if isinstance(value, dict):
        return {name: poisoned(each, name, text=text, kept=kept) for name, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, key, text=text, kept=kept) for each in value]
    return f"words {text} {value}" if isinstance(value, str) else value
